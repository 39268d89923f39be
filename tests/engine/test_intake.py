# SPDX-License-Identifier: Apache-2.0
"""From a folder of photos to what a generator learns from: each picture taken in once, or told."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.results import MaskResult
from prodedit.engine.training import intake, packed
from prodedit.engine.training.intake import Intake, report_of, take_in
from prodedit.engine.training.likeness import Seen
from prodedit.engine.training.packed import PackedPictures
from prodedit.files.decoder import Decoder

SIDE = 64


def product(number: int, size: int = 80) -> np.ndarray:
    """(size, size, 3) RGB: blots of its own on white."""
    chance = np.random.default_rng(number)
    small = np.full((8, 8, 3), 255, np.uint8)
    small[1:7, 1:7] = chance.integers(0, 220, (6, 6, 3))
    return cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC)


def save(path: Path, rgb: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    done, data = cv2.imencode(path.suffix, cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    assert done
    path.write_bytes(data.tobytes())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes of six."""
    for number in range(12):
        save(tmp_path / "in" / ("bags", "hats")[number % 2] / f"{number:02}.png", product(number))
    return tmp_path / "in"


@pytest.fixture(scope="module")
def decoder() -> Decoder:  # type: ignore[misc]
    with Decoder() as opened:
        yield opened


def taken(
    folder: Path, decoder: Decoder, cut: intake.Cut | None = None, stop_after: int = 10**9
) -> PackedPictures:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    target = folder.parent / "training"
    target.mkdir(exist_ok=True)

    def report(share: float, name: str) -> None:
        nonlocal stop_after
        stop_after -= 1
        if stop_after < 0:
            raise Cancelled

    return take_in(Intake(folder, files, SIDE, cut), target, decoder, report)


def verdicts(folder: Path) -> dict[str, str]:
    report = report_of(folder.parent / "training")
    return {entry.name: entry.verdict for entry in report.left_out}


def test_folders_are_classes_and_every_picture_is_there(folder: Path, decoder: Decoder) -> None:
    found = taken(folder, decoder)
    assert found.contents.classes == ("bags", "hats")
    assert found.labels.tolist() == [0] * 6 + [1] * 6
    assert found.contents.names[0] == "bags/00.png"
    expected = cv2.resize(product(0), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    assert np.abs(found.pixels[0].astype(int) - expected).mean() < 3.0
    assert verdicts(folder) == {}


def test_what_can_not_be_used_is_named_with_its_reason(folder: Path, decoder: Decoder) -> None:
    shutil.copy(folder / "bags" / "00.png", folder / "hats" / "same.png")
    brighter = np.clip(product(3).astype(int) + 2, 0, 255).astype(np.uint8)
    save(folder / "hats" / "zz-again.jpg", cv2.resize(brighter, (70, 70)))
    save(folder / "bags" / "tiny.png", product(40, 20))
    (folder / "bags" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and nothing more")
    found = taken(folder, decoder)
    assert len(found) == 12
    assert verdicts(folder) == {
        "bags/broken.jpg": "unreadable",
        "bags/tiny.png": "too-small",
        "hats/same.png": "same-file",
        "hats/zz-again.jpg": "copy",
    }
    report = report_of(folder.parent / "training")
    more = {entry.name: entry.more for entry in report.left_out}
    assert more["hats/same.png"] == "bags/00.png"
    assert more["hats/zz-again.jpg"] == "hats/03.png"
    assert more["bags/broken.jpg"]


def test_a_stopped_intake_goes_on_and_a_repeated_one_takes_in_what_is_new(
    folder: Path, decoder: Decoder
) -> None:
    with pytest.raises(Cancelled):
        taken(folder, decoder, stop_after=5)
    save(folder / "hats" / "new.png", product(50))
    asked: list[str] = []

    class Watched:
        def decode(self, path: Path) -> object:
            asked.append(path.name)
            return decoder.decode(path)

    found = taken(folder, Watched())  # type: ignore[arg-type]
    assert len(asked) == 8
    assert len(found) == 13
    order = [found.contents.names.index(f"bags/{n:02}.png") for n in (0, 2, 4)]
    assert (found.pixels[order[0]] != found.pixels[order[1]]).any()
    save(folder / "hats" / "newer.png", product(51))
    again = taken(folder, decoder)
    assert again.contents.names[:13] == found.contents.names
    assert (again.pixels[:13] == found.pixels).all()
    assert again.contents.names[13] == "hats/newer.png"


def test_what_was_removed_or_changed_is_learned_from_no_more(
    folder: Path, decoder: Decoder
) -> None:
    before = taken(folder, decoder)
    (folder / "bags" / "04.png").unlink()
    save(folder / "hats" / "03.png", product(60))
    after = taken(folder, decoder)
    kept = [name for name in before.contents.names if name not in ("bags/04.png", "hats/03.png")]
    assert after.contents.names == (*kept, "hats/03.png")
    for place, name in enumerate(kept):
        assert (after.pixels[place] == before.pixels[before.contents.names.index(name)]).all()
    assert (after.pixels[-1] != before.pixels[before.contents.names.index("hats/03.png")]).any()


def test_a_journal_that_says_more_than_is_packed_is_not_believed(
    folder: Path, decoder: Decoder
) -> None:
    whole = taken(folder, decoder)
    path = folder.parent / "training" / intake.PICTURES
    path.write_bytes(path.read_bytes()[: 7 * packed.picture_bytes(SIDE) + 5])
    with (folder.parent / "training" / intake.JOURNAL).open("ab") as file:
        file.write(b'{"name": "half a li')
    again = taken(folder, decoder)
    assert again.contents == whole.contents
    assert (again.pixels == whole.pixels).all()


def test_opaque_photos_are_cut_out_and_failures_dropped(folder: Path, decoder: Decoder) -> None:
    def cut(picture: np.ndarray) -> MaskResult:
        alpha = np.zeros(picture.shape[:2], np.uint8)
        if picture[40, 40, 0] % 2:
            alpha[20:60, 10:70] = 255
        return MaskResult(alpha, alpha, None, 1.0, "scripted")

    middles = [int(product(number)[40, 40, 2]) % 2 for number in range(12)]
    if sum(middles) < intake.LEAST_PICTURES:
        for number in range(12, 40):
            save(folder / "bags" / f"{number}.png", product(number))
    found = taken(folder, decoder, cut)
    assert set(verdicts(folder).values()) == {"too-little"}
    assert (found.pixels[:, :8] == 255).all()
    assert (found.pixels[:, 28:36, 8:56] < 250).any()


def test_pictures_with_transparency_are_used_as_they_are(tmp_path: Path, decoder: Decoder) -> None:
    def cut(picture: np.ndarray) -> MaskResult:
        raise AssertionError("there is nothing to be cut")

    for number in range(9):
        rgba = np.dstack([product(number), np.full((80, 80), 255, np.uint8)])
        rgba[:20, :, 3] = rgba[:, :9, 3] = 0
        _, data = cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA))
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.png").write_bytes(data.tobytes())
    found = taken(tmp_path / "in", decoder, cut)
    assert found.contents.classes == ("in",)
    assert len(found) == 9
    assert (found.pixels[:, 4] == 255).all()


def test_all_the_same_and_too_few_are_told(tmp_path: Path, decoder: Decoder) -> None:
    for number in range(10):
        save(tmp_path / "in" / f"{number}.png", product(1))
    with pytest.raises(Problem, match="the same one"):
        taken(tmp_path / "in", decoder)
    for number in range(10):
        save(tmp_path / "in" / f"{number}.png", product(number % 3))
    with pytest.raises(Problem, match="Of 10 pictures in this folder 3 can be learned"):
        taken(tmp_path / "in", decoder)


def test_an_engine_that_does_not_start_is_no_fault_of_the_pictures(
    folder: Path, decoder: Decoder
) -> None:
    def cut(picture: np.ndarray) -> MaskResult:
        raise Problem("It does not start.", code="engine-no-start")

    with pytest.raises(Problem, match="does not start"):
        taken(folder, decoder, cut)


def test_copies_are_known_whatever_was_done_to_them_and_different_pictures_are_not() -> None:
    seen = Seen()
    for number in range(100):
        picture = product(number, SIDE)
        assert seen.like(picture) is None
        assert seen.add(picture) == number
    for number in (0, 63, 64, 99):
        smaller = cv2.resize(product(number, 200), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        _, data = cv2.imencode(".jpg", smaller, [cv2.IMWRITE_JPEG_QUALITY, 60])
        assert seen.like(np.asarray(cv2.imdecode(data, 1))) == number
