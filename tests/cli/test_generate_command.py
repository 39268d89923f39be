# SPDX-License-Identifier: Apache-2.0
"""`prodedit generate` and `prodedit invert`, with the engine's own functions in this process and a
small generator with random weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
import torch
from PIL import Image

from prodedit import cli
from prodedit.cli import generate, invert
from prodedit.core.provenance import ALL, PARTLY
from prodedit.engine.generators import two_stage_explorer
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.generators.shelf import Shelf
from prodedit.engine.results import MaskResult, Result
from prodedit.engine.service.runner import FAMILIES, find_function
from prodedit.engine.tasks import RemoveBackground, Task
from tests.engine.test_generate import SIDE, Studio, write_generator


class Engine:
    """What a command needs of an EngineClient."""

    def __init__(self, shelf: Shelf) -> None:
        self._studio = Studio(shelf)

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: str) -> Result:
        assert lane == "batch"
        if isinstance(task, RemoveBackground):
            alpha = np.zeros(inputs["source"].shape[:2], np.uint8)
            alpha[10:30, 10:40] = 255
            return MaskResult(alpha, alpha, None, 1.0, "scripted")
        return find_function(type(task), FAMILIES)(task, inputs, self._studio)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli-generators") / "shapes.generator"
    write_generator(path, directions=3)
    return path


@pytest.fixture(autouse=True)
def line(generator: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.set_num_threads(1)
    monkeypatch.setattr(two_stage_explorer, "STEPS", 3)
    shelf = Shelf(GeneratorLibrary(generator.parent, generator.parent / "none"))
    for module in (generate, invert):
        monkeypatch.setattr(module, "new_engine", lambda: Engine(shelf))
    monkeypatch.setattr(invert.choices, "check_model", lambda model, store: None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(0, 256, (40, 50, 3), np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_the_same_seed_gives_the_same_picture_however_many_are_asked_for(
    generator: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    three, one = tmp_path / "three", tmp_path / "one"
    words = ["generate", str(generator), "--class", "square"]
    assert cli.main([*words, "-o", str(three), "--count", "3", "--seed", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["pictures"]
    assert [picture["seed"] for picture in told] == [5, 6, 7]
    assert cli.main([*words, "-o", str(one), "--count", "1", "--seed", "7"]) == 0
    again = pixels(one / "square-000007.png").astype(int)
    assert np.abs(pixels(three / "square-000007.png") - again).max() <= 1
    assert (pixels(three / "square-000005.png") != pixels(three / "square-000006.png")).any()
    assert pixels(one / "square-000007.png").shape == (SIDE, SIDE, 3)


def test_classes_come_in_turn_and_files_tell_that_they_were_generated(
    generator: Path, tmp_path: Path
) -> None:
    assert cli.main(["generate", str(generator), "-o", str(tmp_path / "out"), "--count", "2"]) == 0
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["round-000000.png", "square-000001.png"]
    for path in (tmp_path / "out").iterdir():
        assert f"digitalsourcetype/{ALL}".encode() in path.read_bytes()


def test_the_way_between_two_seeds_ends_with_their_pictures(
    generator: Path, tmp_path: Path
) -> None:
    words = ["generate", str(generator), "--class", "round"]
    way = [*words, "-o", str(tmp_path / "way"), "--interpolate", "3", "9", "--frames", "3"]
    assert cli.main(way) == 0
    assert cli.main([*words, "-o", str(tmp_path / "ends"), "--seed", "9", "--count", "1"]) == 0
    last = pixels(tmp_path / "way" / "way-3-9-0002.png").astype(int)
    assert np.abs(last - pixels(tmp_path / "ends" / "round-000009.png")).max() <= 1
    assert len(list((tmp_path / "way").iterdir())) == 3


@pytest.mark.parametrize(
    ("more", "code"),
    [(["--class", "shoe"], "unknown-class"), ([], "unknown-generator"), ([], "bad-generator")],
)
def test_what_there_is_not_is_told(
    more: list[str], code: str, generator: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = {"unknown-generator": tmp_path / "none", "bad-generator": tmp_path / "broken"}
    (tmp_path / "broken").write_bytes(b"PK\x03\x04")
    words = ["generate", str(path.get(code, generator)), "-o", str(tmp_path / "out"), "--json"]
    assert cli.main([*words, *more]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not (tmp_path / "out").exists()


def test_a_photo_that_is_not_changed_stays_as_it_is_bit_for_bit(
    photo: Path, generator: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.png"
    words = ["invert", str(photo), str(generator), "-o", str(out), "--steps", "2", "--json"]
    assert cli.main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unchanged"]
    assert told["class"] in ("round", "square")
    assert (pixels(out) == pixels(photo)).all()
    assert b"digitalsourcetype" not in out.read_bytes()


def test_a_moved_photo_changes_and_tells_so(photo: Path, generator: Path, tmp_path: Path) -> None:
    out, bare = tmp_path / "out.png", tmp_path / "bare.png"
    words = ["invert", str(photo), str(generator), "--steps", "0", "--class", "round"]
    assert cli.main([*words, "-o", str(out), "--move", "2=3"]) == 0
    assert (pixels(out) != pixels(photo)).any()
    assert f"digitalsourcetype/{PARTLY}".encode() in out.read_bytes()
    assert cli.main([*words, "-o", str(bare), "--bare"]) == 0
    assert pixels(bare).shape == (SIDE, SIDE, 3)
    assert f"digitalsourcetype/{ALL}".encode() in bare.read_bytes()


def test_transparency_goes_along(generator: Path, tmp_path: Path) -> None:
    rgba = np.random.default_rng(2).integers(0, 256, (20, 20, 4), np.uint8)
    photo, out = tmp_path / "cut.png", tmp_path / "out.png"
    Image.fromarray(rgba).save(photo)
    words = ["invert", str(photo), str(generator), "--steps", "0", "-o", str(out)]
    assert cli.main(words) == 0
    assert (pixels(out) == rgba).all()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["-o", "{photo}"], "same-file"),
        (["-o", "out.png", "--move", "x"], "bad-move"),
        (["-o", "out.png", "--class", "shoe"], "unknown-class"),
        (["-o", "out.xyz"], "unknown-format"),
    ],
)
def test_wrong_calls_are_refused_before_anything_is_done(
    more: list[str], code: str, photo: Path, generator: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = photo.read_bytes()
    words = [word.format(photo=photo) for word in more]
    assert cli.main(["invert", str(photo), str(generator), "--json", *words]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert photo.read_bytes() == before
    assert not (tmp_path / "out.png").exists()
