# SPDX-License-Identifier: Apache-2.0
"""Films are read again by Pillow; MP4 where ffmpeg is on the computer."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit.core.problem import Problem
from prodedit.files import film
from prodedit.files.film import film_suffixes, there_and_back, write_film


def frames(count: int = 5, side: int = 32) -> np.ndarray:
    """Each of one colour, brighter from one to the next."""
    made = np.full((count, side, side, 4), 255, np.uint8)
    for number, frame in enumerate(made):
        frame[..., :3] = (10, 20, 40 * number + 20)
    return made


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_all_frames_come_back_at_their_pace(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    assert write_film(path, frames(), 10) == path.stat().st_size
    with Image.open(path) as opened:
        assert opened.n_frames == 5
        assert opened.info["loop"] == 0
        for number in range(5):
            opened.seek(number)
            opened.load()
            red, green, blue = opened.convert("RGB").getpixel((16, 16))
            assert abs(red - (40 * number + 20)) < 8
            assert abs(green - 20) < 8
            assert abs(blue - 10) < 8
            assert opened.info["duration"] == 100
    assert b"trainedAlgorithmicMedia" in path.read_bytes()


def test_there_and_back_repeats_no_end() -> None:
    brightness = [int(frame[0, 0, 2]) for frame in there_and_back(frames(4))]
    assert brightness == [20, 60, 100, 140, 100, 60]


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"\.avi.+\.webp"):
        write_film(tmp_path / "film.avi", frames(), 10)
    assert list(tmp_path.iterdir()) == []


def test_mp4_only_where_it_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert film_suffixes() == (".webp", ".gif")
    with pytest.raises(Problem, match=r"\.mp4"):
        write_film(tmp_path / "film.mp4", frames(), 10)


def test_a_failing_ffmpeg_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho no such codec >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Problem, match="ffmpeg") as caught:
        film.write_film(tmp_path / "film.mp4", frames(), 10)
    assert "no such codec" in caught.value.details


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg on this computer")
def test_mp4(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_film(path, frames(5, 65), 10)
    assert path.read_bytes()[4:8] == b"ftyp"
