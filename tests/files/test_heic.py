# SPDX-License-Identifier: Apache-2.0
"""Photos of newer phones. What reads them is an extra: `heif` in pyproject.toml."""

import base64
import importlib.util
import sys
from pathlib import Path

import pytest

from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.files.photo import Limits
from prodedit.files.reading import open_header

# 64 × 32, white with a red square at its left top, to be turned right; made with pillow-heif.
_HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAADcAAgAAAAACIwABAAAAAAAAACQAAAA4aWluZgAAAAAA"
    "AgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADm"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAq"
    "QgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQAN"
    "AAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEA"
    "AQAAAGNtZGF0AAAAMygBrwngITk0H//wY///vInZfr1zvC38eP1d8kwf/2kxvX/9VBEB6Jr3/hoKv5zt4AmB8AAAAAZF"
    "eGlmAABNTQAqAAAACAABARIAAwAAAAEABgAAAAAAAA=="
)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(_HEIC)
    return path


def test_without_the_reader_it_is_told(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)  # as if it were not installed
    with pytest.raises(Problem, match="HEIC photo") as caught:
        open_header(photo, Limits())
    assert caught.value.code == "heic-missing"


needs_reader = pytest.mark.skipif(
    importlib.util.find_spec("pi_heif") is None,
    reason="what reads HEIC is not installed: pip install pi-heif",
)


@needs_reader
def test_with_the_reader_it_is_turned_upright(photo: Path) -> None:
    with Decoder() as decoder:
        read = decoder.decode(photo)
    assert read.pixels.shape == (64, 32, 3)
    red, white = read.pixels[5, 27].astype(int), read.pixels[60, 5].astype(int)
    assert red[0] > 180 > 80 > red[1:].max()
    assert white.min() > 230


@needs_reader
@pytest.mark.parametrize("length", [40, 200, 480, 520])
def test_a_damaged_one_is_refused(photo: Path, length: int) -> None:
    photo.write_bytes(_HEIC[:length])
    with Decoder() as decoder, pytest.raises(Problem) as caught:
        decoder.decode(photo)
    assert caught.value.code in ("unreadable", "not-a-picture")
