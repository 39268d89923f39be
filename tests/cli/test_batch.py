# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch` and `prodedit recipes`: a recipe done to files gives what the window gives."""

import csv
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from prodedit import cli
from prodedit.catalogue.batch.alike import Alike
from prodedit.catalogue.batch.ledger import FOLDER, recorded
from prodedit.catalogue.check.fixing import Fixing
from prodedit.cli import batch, batch_doing
from prodedit.core import edits, presets
from prodedit.core.adjust.values import Invert
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.presets import Ask, Making, Preset, Window
from prodedit.editing.recipe_runs import RecipeRuns
from prodedit.engine.recipe import Recipe, from_history, to_bytes
from prodedit.engine.recipe_library import RecipeLibrary, read_recipe
from prodedit.engine.tasks import Enhance, RemoveBackground, TransferStyle
from prodedit.files.decoder import Decoder
from tests.batches import LentDecoder, QuickEngine
from tests.fakes import fake_client
from tests.window import open_file, opened_workspace

GREY = edits.SetBackground(SolidFill(Colour(9, 9, 9)))
STEPS = (
    Enhance(2.0),
    RemoveBackground(),
    TransferStyle("bold-lines", scope="background"),
    edits.SetOpacity("layer-2", 0.5),
    edits.AddAdjustmentLayer("layer-3", "turned", Invert()),
    edits.FrameProduct(width=3, height=4, fill=0.9),
    edits.ResizeImage(Size(60, 80)),
)


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's data; an engine that has no networks."""
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "own"))
    monkeypatch.setattr(batch, "new_engine", fake_client)
    monkeypatch.setattr(batch, "check_models", lambda recipe, store: None)
    return tmp_path / "own" / "recipes"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """The left half is blue, which the engine takes for the product."""
    pixels = np.random.default_rng(1).integers(0, 200, (48, 64, 3), np.uint8)
    pixels[..., 2] = np.repeat([255, 128, 0], [30, 4, 30])
    path = tmp_path / "photos" / "mug.png"
    path.parent.mkdir()
    Image.fromarray(pixels).save(path)
    return path


def saved(own: Path, recipe: Recipe) -> Path:
    return RecipeLibrary(own).add(recipe).path


def test_window_and_command_line_give_the_same_bytes(
    qtbot: QtBot, photo: Path, own: Path, tmp_path: Path
) -> None:
    """And so does what the window's history was saved as."""
    recipe = Recipe("Everything", STEPS, ExportSetting("jpeg", 85))
    file = saved(own, recipe)
    with opened_workspace(tmp_path / "window") as workspace:
        session = open_file(qtbot, workspace, photo)
        runs = RecipeRuns(workspace)
        with qtbot.waitSignal(runs.ended, timeout=60_000):
            runs.start(session, recipe)
        assert session.document.size == Size(60, 80)
        again = Recipe("Again", from_history(session.history).steps, recipe.export)
        with qtbot.waitSignal(workspace.exported, timeout=60_000):
            workspace.export(session, tmp_path / "window.jpg", recipe.export)
        runs.deleteLater()
    by_window = (tmp_path / "window.jpg").read_bytes()
    for number, word in enumerate((str(file), "everything", str(saved(own, again)))):
        out = tmp_path / f"{number}.jpg"
        assert cli.main(["batch", str(photo), "-o", str(out), "--recipe", word]) == 0
        assert out.read_bytes() == by_window


def test_a_folder_is_mirrored_in_the_recipe_s_format(
    photo: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved(own, Recipe("Flat", (edits.ResizeImage(Size(8, 8)),), ExportSetting("webp")))
    inner = photo.parent / "more" / "杯子.png"
    inner.parent.mkdir()
    inner.write_bytes(photo.read_bytes())
    (photo.parent / "bad.jpg").write_bytes(b"no picture")
    words = ["batch", str(photo.parent), "-o", str(tmp_path / "out"), "--recipe", "Flat"]
    assert cli.main([*words, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    wanted = {"planned": 3, "done": 2, "failed": 1, "not_started": 0}
    assert told["counts"].items() >= wanted.items()
    made = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.webp")}
    assert made == {"mug.webp", "more/杯子.webp"}
    assert cli.main([*words, "--format", "png", "--keep-recipe"]) == 1
    beside = read_recipe(tmp_path / "out" / "mug.png.json")
    assert (beside.name, beside.export.format) == ("Flat", "png")
    with Image.open(tmp_path / "out" / "mug.png") as picture:
        assert picture.size == (8, 8)


def test_what_cannot_be_done_is_said_before_anything_runs(
    photo: Path, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "newer.json"
    newer.write_bytes(to_bytes(Recipe("New", ())).replace(b'"schema": 1', b'"schema": 9'))
    unknown = tmp_path / "unknown.json"
    unknown.write_bytes(b'{"type": "Recipe", "name": "x", "steps": [{"type": "Explode"}]}')
    for word, sentence in {
        "nothing": "There is no recipe “nothing”",
        str(newer): "newer version",
        str(unknown): "“Explode”",
        str(tmp_path / "gone.json"): "could not be read",
        str(photo): "no recipe",
    }.items():
        assert cli.main(["batch", str(photo), "-o", str(tmp_path / "o.png"), "--recipe", word]) == 2
        assert sentence in capsys.readouterr().err
    assert not (tmp_path / "o.png").exists()


def test_a_model_that_is_missing_is_told_first(
    monkeypatch: pytest.MonkeyPatch, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("PRODEDIT_MODELS", str(tmp_path / "empty"))
    words = ["batch", str(photo), "-o", str(tmp_path / "o.jpg"), "--recipe", "white-square"]
    assert cli.main(words) == 2
    assert "is not on this computer yet" in capsys.readouterr().err


def test_recipes_are_listed(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(own, Recipe("白底图", (RemoveBackground(), GREY)))
    assert cli.main(["recipes", "list"]) == 0
    assert "Remove background, Background" in capsys.readouterr().out
    (own / "bad.json").write_bytes(b"[]")
    assert cli.main(["recipes", "list", "--json"]) == 1
    out, err = capsys.readouterr()
    found = {one["id"]: one for one in json.loads(out)["recipes"]}
    assert found["white-square"]["built_in"]
    assert found["白底图"]["name"] == "白底图"
    assert "no recipe" in found["bad"]["problem"]
    assert "bad.json" in err


# Presets, names, going on ------------------------------------------------------------------------

SHOP = Preset(
    name="My shop",
    platform="Shop",
    making=Making(size=(80, 80), least=80, fill=0.8, format="jpeg"),
    rules=(
        Window(rule="width", low=80, high=80, source="me", date="2026", confidence="official"),
        Ask(rule="frontal", source="me", date="2026", confidence="official"),
    ),
)
STRICT = msgspec.structs.replace(
    SHOP,
    name="Strict",
    rules=(Window(rule="bytes", low=1e9, source="me", date="2026", confidence="official"),),
)


@pytest.fixture(scope="module")
def decoder() -> Iterator[LentDecoder]:
    with Decoder() as made:
        yield LentDecoder(made)


@pytest.fixture
def shops(own: Path, decoder: LentDecoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Presets `shop` and `strict`, a recipe `cut`; engine and decoder that are there at once."""
    monkeypatch.setattr(batch_doing, "Decoder", lambda processes: decoder)
    monkeypatch.setattr(batch, "new_engine", QuickEngine)
    folder = own.parent / "presets"
    folder.mkdir(parents=True)
    (folder / "shop.json").write_bytes(presets.to_bytes(SHOP))
    (folder / "strict.json").write_bytes(presets.to_bytes(STRICT))
    saved(own, Recipe("Cut", (RemoveBackground(), GREY), ExportSetting("png")))
    saved(own, Recipe("Flat", (edits.ResizeImage(Size(8, 8)),)))
    return folder


def made_in(folder: Path) -> set[str]:
    every = (path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix() for p in every if ".prodedit-batch" not in p.parts}


def test_one_file_for_each_picture_and_preset_and_what_is_found_of_it(
    photo: Path, shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, report = tmp_path / "out", tmp_path / "report"
    words = ["batch", str(photo.parent), "-o", str(out), "--recipe", "cut", "--no-enlarge"]
    words += ["--preset", "shop", "--preset", "My shop"]
    reports = [f"--report={report}.{end}" for end in ("html", "csv", "json")]
    assert cli.main([*words, *reports]) == 0
    assert made_in(out) == {"mug.jpg"}, "the same preset by two names is one"
    assert cli.main([*words, "--preset", "strict", *reports, "--json"]) == 1
    told, said = capsys.readouterr()
    assert made_in(out) == {"mug.jpg", "shop/mug.jpg", "strict/mug.jpg"}
    assert (out / "shop" / "mug.jpg").read_bytes() == (out / "mug.jpg").read_bytes()
    assert "strict: bytes" in said
    assert "1 have a file that fails a rule of its preset" in said
    found = json.loads(told)
    assert [each["outcome"] for each in found["results"][0]["outputs"]] == ["confirm", "fails"]
    assert json.loads((tmp_path / "report.json").read_bytes())["counts"] == found["counts"]
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 3
    assert "File size: " in page
    text = (tmp_path / "report.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["outcome"] for row in rows] == ["confirm", "fails"]


def test_the_marketplace_set_with_several_presets_is_all_files_on_white(
    photo: Path, shops: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ["batch", str(photo), "-o", str(out), "--recipe", "marketplace-set", "--no-enlarge"]
    assert cli.main([*words, "--preset", "shop", "--preset", "walmart-swatch", "--no-check"]) == 0
    sizes = {}
    for file in made_in(out):
        with Image.open(out / file) as picture:
            sizes[file] = picture.size
            corner = picture.convert("RGB").getpixel((1, 1))
            assert min(corner) >= 250, f"{file} has the photo's own backdrop"
    assert sizes == {"shop/mug.jpg": (80, 80), "walmart-swatch/mug.jpg": (100, 100)}


def test_a_preset_alone_makes_what_the_window_makes(
    photo: Path, shops: Path, decoder: LentDecoder, tmp_path: Path
) -> None:
    """And what `prodedit check --fix` makes."""
    out = tmp_path / "mug.jpg"
    words = ["batch", str(photo), "-o", str(out), "--preset", str(shops / "shop.json")]
    assert cli.main([*words, "--no-enlarge"]) == 0
    run = partial(QuickEngine().run, lane="batch")
    fixing = Fixing(photo, decoder, run, network=False)  # type: ignore[arg-type]
    fixing.write(tmp_path / "window.jpg", SHOP.making)
    assert out.read_bytes() == (tmp_path / "window.jpg").read_bytes()


def test_names_by_pattern_and_table(
    photo: Path, shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photo.parent / "杯子.png").write_bytes(photo.read_bytes())
    goods = tmp_path / "goods.csv"
    goods.write_bytes("文件,SKU\nmug,A/1\n杯子.png,A/1\ngone,B\n".encode("gb18030"))
    words = ["batch", str(photo.parent), "-o", str(tmp_path / "out"), "--recipe", "cut"]
    words += ["--csv", str(goods)]
    assert cli.main([*words, "--name", "{preset}{sku}-{n}"]) == 0
    assert "no picture for 1 of its lines: gone" in capsys.readouterr().err
    assert made_in(tmp_path / "out") == {"A-1-1.png", "A-1-2.png"}
    (photo.parent / "new.png").write_bytes(photo.read_bytes())
    for more, sentence in {
        ("--name", "{sku}-{n}"): "has no sku for 1 of 3 pictures: new.png",
        ("--name", "{gtin}"): "Names have no field “gtin”",
        ("--name", "{stem"): "is no pattern",
        ("--name", "{stem}"): "Nothing of “goods.csv” is used",
        (): "Nothing of “goods.csv” is used",
        ("--group", "brand"): "“goods.csv” has no column “brand”",
    }.items():
        assert cli.main([*words, *more]) == 2
        assert sentence in capsys.readouterr().err
    assert made_in(tmp_path / "out") == {"A-1-1.png", "A-1-2.png"}


def test_groups_by_a_column_of_the_table(photo: Path, shops: Path, tmp_path: Path) -> None:
    for name in ("cup", "box"):
        (photo.parent / f"{name}.png").write_bytes(photo.read_bytes())
    goods = tmp_path / "goods.csv"
    goods.write_text("file,Line\nmug,Blue\ncup,blue\n")
    out = tmp_path / "out"
    words = ["batch", str(photo.parent), "-o", str(out), "--recipe", "cut", "--csv", str(goods)]
    assert cli.main([*words, "--group", "line", "--group-scale", "real"]) == 0
    kept = recorded(out / FOLDER)
    assert kept is not None
    assert kept.doing.alike == Alike("table", "real", True, "line")
    groups = {Path(each.source).stem: each.group for each in kept.pictures}
    assert groups == {"mug": "blue", "cup": "blue", "box": ""}
    assert set(kept.commons) == {"blue"}


def test_what_is_there_already(photo: Path, shops: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mug.png").write_bytes(b"mine")
    words = ["batch", str(photo.parent), "-o", str(out), "--recipe", "cut", "--existing"]
    assert cli.main([*words, "skip"]) == 0
    assert made_in(out) == {"mug.png"}
    assert (out / "mug.png").read_bytes() == b"mine"
    assert cli.main([*words, "number"]) == 0
    assert made_in(out) == {"mug.png", "mug-2.png"}
    assert (out / "mug.png").read_bytes() == b"mine"
    assert cli.main([*words, "overwrite"]) == 0
    assert (out / "mug.png").read_bytes() == (out / "mug-2.png").read_bytes()


def test_a_batch_is_gone_on_with_from_another_folder(
    photo: Path,
    shops: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["batch", "photos", "-o", "out", "--recipe", "cut"]) == 0
    assert made_in(tmp_path / "out") == {"mug.png"}
    monkeypatch.chdir(tmp_path / "photos")
    words = ["batch", "../photos", "-o", "../out", "--recipe", "cut", "--resume", "--json"]
    assert cli.main(words) == 0
    told, said = capsys.readouterr()
    assert "1 pictures are done already" in said
    assert json.loads(told)["results"][0]["output"] == str(tmp_path / "out" / "mug.png")


def test_a_batch_is_gone_on_with(
    photo: Path, own: Path, shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = photo.parent / "bad.jpg"
    bad.write_bytes(b"no picture")
    out = tmp_path / "out"
    words = ["batch", str(photo.parent), "-o", str(out), "--recipe", "cut", "--resume"]
    assert cli.main(words) == 1
    first = (out / "mug.png").stat().st_mtime_ns
    bad.write_bytes(photo.read_bytes())
    assert cli.main(words) == 0
    assert "1 pictures are done already" in capsys.readouterr().err
    assert (out / "mug.png").stat().st_mtime_ns == first
    RecipeLibrary(own).change("cut", Recipe("Cut", (RemoveBackground(),), ExportSetting("png")))
    assert cli.main(words) == 0
    assert "The recipe or a preset has changed" in capsys.readouterr().err
    assert (out / "mug.png").stat().st_mtime_ns != first


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Nothing would be done"),
        (["--preset", "nowhere"], "There is no preset “nowhere”"),
        (["--preset", "shop", "--quality", "80"], "A preset says format and quality itself"),
        (["--recipe", "cut", "--report", "a.pdf"], "Reports can't be written as “.pdf”"),
        (["--recipe", "cut", "--csv", "gone.csv"], "could not be read"),
        (["--recipe", "cut", "--group", "brand"], "“brand” is no kind of group"),
        (["--recipe", "flat", "--group", "all"], "nothing cuts them out"),
    ],
)
def test_contradictions_are_said_before_anything_runs(
    words: list[str], sentence: str, photo: Path, shops: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "out"
    assert cli.main(["batch", str(photo.parent), "-o", str(out), *words]) == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_only_folders_are_watched_and_one_file_is_for_one_picture(
    photo: Path, shops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["batch", str(photo), "-o", str(tmp_path / "out"), "--preset", "shop"]
    assert cli.main([*words, "--watch"]) == 2
    assert "Only folders can be watched" in capsys.readouterr().err
    words[1:4] = [str(photo.parent), "-o", str(tmp_path / "out.jpg")]
    assert cli.main(words) == 2
    assert "Name a folder" in capsys.readouterr().err
