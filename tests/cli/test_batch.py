# SPDX-License-Identifier: Apache-2.0
"""`prodedit batch` and `prodedit recipes`: a recipe done to files gives what the window gives."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from prodedit import cli
from prodedit.cli import batch
from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.editing.recipe_runs import RecipeRuns
from prodedit.engine.recipe import Recipe, from_history, to_bytes
from prodedit.engine.recipe_library import RecipeLibrary, read_recipe
from prodedit.engine.tasks import Enhance, RemoveBackground, TransferStyle
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
    assert told["counts"] == {"planned": 3, "done": 2, "failed": 1, "not_started": 0}
    made = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")}
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
