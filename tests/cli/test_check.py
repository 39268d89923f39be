# SPDX-License-Identifier: Apache-2.0
"""`prodedit check` and `prodedit presets`, as somebody types them."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit import cli
from prodedit.catalogue.check.words import CheckWords
from prodedit.cli import check, choices
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.service.store import default_store
from tests.fakes import fake_client


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's data; an engine that has no networks, and can cut out but not read."""
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "own"))
    monkeypatch.setattr(check, "new_engine", fake_client)
    monkeypatch.setattr(check, "able", lambda store: frozenset((check.CUTTING,)))
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)
    return tmp_path / "own" / "presets"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A blue thing, which the engine takes for the product; and something that is no picture."""
    folder = tmp_path / "photos"
    folder.mkdir()
    pixels = np.random.default_rng(1).integers(0, 100, (90, 120, 3)).astype(np.uint8)
    pixels[..., 2] = 0
    pixels[20:70, 30:90, 2] = 255
    Image.fromarray(pixels).save(folder / "杯子 [1].png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff no")
    return folder


def small(own: Path) -> None:
    """A preset of the person's own, for pictures of 100 pixels."""
    entry = PresetLibrary(own).copy("pinduoduo-main", "Small")
    text = entry.path.read_text()
    entry.path.write_text(text.replace("800", "100").replace("480", "100").replace("0.87", "0.6"))


def test_fixed_pictures_pass_and_the_broken_one_is_told(
    own: Path, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small(own)
    words = ["check", str(photos), "--preset", "small"]
    assert cli.main(words) == 1
    out, err = capsys.readouterr()
    assert "杯子 [1].png  small: FAILS" in out
    assert "FAILS   Width to height: 1.33, wanted 1  (shuaishou" in out
    assert "failed:" in err
    assert "broken.jpg" in err
    assert "0 of 2 pass" in err
    target = tmp_path / "out"
    assert cli.main([*words, "--fix", "-o", str(target), "--no-enlarge", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    rows = {Path(row["input"]).name: row for row in told["results"]}
    assert rows["broken.jpg"]["code"]
    made = rows["杯子 [1].png"]
    assert made["after"]["counts"]["fails"] == 0, made["after"]
    assert [path.name for path in target.iterdir()] == ["杯子 [1].jpg"]
    (photos / "broken.jpg").unlink()
    assert cli.main(["check", str(target), "--preset", "small", "--all"]) == 0
    assert "passes  File size" in capsys.readouterr().out


def test_several_presets_have_folders_of_their_own(own: Path, photos: Path, tmp_path: Path) -> None:
    (photos / "broken.jpg").unlink()
    words = ["check", str(photos), "--fix", "-o", str(tmp_path / "out"), "--no-enlarge"]
    assert cli.main([*words, "--preset", "walmart-swatch", "--preset", "taobao-3x4"]) in (0, 1)
    made = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")
    }
    assert made == {"walmart-swatch/杯子 [1].jpg", "taobao-3x4/杯子 [1].jpg"}
    with Image.open(tmp_path / "out" / "taobao-3x4" / "杯子 [1].jpg") as picture:
        assert picture.size == (750, 1000)


def test_what_cannot_be_done_is_said_before_anything_runs(
    own: Path, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = PresetLibrary(own).copy("ebay", "Newer").path
    newer.write_bytes(newer.read_bytes().replace(b'"schema": 1', b'"schema": 9'))
    one = str(photos / "杯子 [1].png")
    for words, sentence in {
        (str(photos), "--preset", "nothing"): "There is no preset “nothing”. There are: ",
        (str(photos), "--preset", "newer"): "newer version",
        (str(tmp_path / "gone"), "--preset", "ebay"): "No picture was found",
        (str(photos), "--preset", "ebay", "--fix"): "-o OUT",
        (str(photos), "--preset", "ebay", "-o", "x"): "--fix",
        (one, "--preset", "ebay", "--fix", "-o", str(tmp_path / "a.png")): "does not fit",
    }.items():
        assert cli.main(["check", *words]) == 2
        assert sentence in capsys.readouterr().err
    assert cli.main(["check", str(photos)]) == 2, "a preset must be named"


def test_presets_are_listed_shown_and_copied(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["presets", "list"]) == 0
    assert "amazon-main" in capsys.readouterr().out
    assert cli.main(["presets", "show", "taobao-white"]) == 0
    shown = capsys.readouterr().out
    assert "must    File size: 38.9 KB to 300 KB  (djres, 2017, " in shown
    assert "The product is seen from the front" in shown
    assert cli.main(["presets", "copy", "jd-main", "京东 小图"]) == 0
    assert "京东-小图.json" in capsys.readouterr().out
    assert cli.main(["presets", "copy", "jd-main", "京东 小图"]) == 2
    assert cli.main(["presets", "show", "nothing"]) == 2
    (own / "bad.json").write_bytes(b"[]")
    capsys.readouterr()
    assert cli.main(["presets", "list", "--json"]) == 1
    out, err = capsys.readouterr()
    found = {one["id"]: one for one in json.loads(out)["presets"]}
    assert found["amazon-main"]["built_in"]
    assert found["京东-小图"]["platform"] == "JD"
    assert "no preset" in found["bad"]["problem"]
    assert "bad.json" in err


def test_what_can_be_asked_depends_on_the_models(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("PRODEDIT_MODELS", str(tmp_path / "empty"))
    assert check.able(default_store()) == frozenset()


def test_every_rule_of_every_preset_can_be_said(own: Path) -> None:
    for entry in PresetLibrary(own).entries():
        assert entry.preset is not None
        for rule in entry.preset.rules:
            assert "None" not in CheckWords().demanded(rule)
