# SPDX-License-Identifier: Apache-2.0
"""Raw files of cameras. What reads them is an extra: `raw` in pyproject.toml."""

from __future__ import annotations

import importlib.util
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder
from prodedit.files.photo import LIMITS
from prodedit.files.reading import open_header
from prodedit.files.sniff import RAW, sniff

_SRGB = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)
"""Of a camera that sees as screens show (from XYZ, in ten-thousandths)."""
needs_reader = pytest.mark.skipif(
    importlib.util.find_spec("rawpy") is None, reason="the extra raw is not installed"
)


def dng(width: int, height: int, colour: tuple[float, float, float], orientation: int = 1) -> bytes:
    """A picture of one colour, as a sensor with red, green, green, blue in each square sees it."""
    mosaic = np.zeros((height, width), np.uint16)
    red, green, blue = (round(value * 60_000) for value in colour)
    mosaic[0::2, 0::2], mosaic[1::2, 1::2] = red, blue
    mosaic[0::2, 1::2] = mosaic[1::2, 0::2] = green
    data = mosaic.tobytes()
    words, ten = {1: "B", 3: "H", 4: "I"}, 10_000
    matrix = b"".join(struct.pack("<ii", value, ten) for value in _SRGB)
    plain = {
        254: (4, (0,)), 256: (4, (width,)), 257: (4, (height,)), 258: (3, (16,)), 259: (3, (1,)),
        262: (3, (32803,)), 273: (4, (0,)), 274: (3, (orientation,)), 277: (3, (1,)),
        278: (4, (height,)), 279: (4, (len(data),)), 33421: (3, (2, 2)), 33422: (1, (0, 1, 1, 2)),
        50706: (1, (1, 4, 0, 0)), 50717: (4, (65535,)), 50778: (3, (21,)),
    }  # fmt: skip
    fields = {
        tag: (kind, len(values), struct.pack(f"<{len(values)}{words[kind]}", *values))
        for tag, (kind, values) in plain.items()
    }
    fields |= dict.fromkeys((271, 272, 50708), (2, 5, b"Test\0"))
    fields |= {50721: (10, 9, matrix), 50728: (5, 3, struct.pack("<6I", *[ten] * 6))}
    return _tiff(fields, data)


def _tiff(fields: dict[int, tuple[int, int, bytes]], data: bytes) -> bytes:
    """One page, its pixels in one strip behind it."""
    beyond = 8 + 2 + 12 * len(fields) + 4
    long = b"".join(raw.ljust(len(raw) + len(raw) % 2, b"\0") for raw in _long(fields))
    fields[273] = (4, 1, struct.pack("<I", beyond + len(long)))
    entries, at = b"", beyond
    for tag in sorted(fields):
        kind, count, raw = fields[tag]
        entries += struct.pack("<HHI", tag, kind, count)
        entries += raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack("<I", at)
        at += (len(raw) + len(raw) % 2) if len(raw) > 4 else 0
    head = b"II*\0" + struct.pack("<IH", 8, len(fields))
    return head + entries + struct.pack("<I", 0) + long + data


def _long(fields: dict[int, tuple[int, int, bytes]]) -> Iterator[bytes]:
    return (fields[tag][2] for tag in sorted(fields) if len(fields[tag][2]) > 4)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "杯子.dng"
    path.write_bytes(dng(96, 64, (0.7, 0.3, 0.2), orientation=6))
    return path


def test_without_the_reader_it_is_told(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo.write_bytes(b"FUJIFILMCCD-RAW 0201")
    monkeypatch.setitem(sys.modules, "rawpy", None)  # as if it were not installed
    monkeypatch.delitem(sys.modules, "prodedit.files.camera_raw", raising=False)
    with pytest.raises(Problem, match="raw camera file") as told:
        open_header(photo, LIMITS)
    assert told.value.code == "camera-raw"


@pytest.mark.parametrize(
    "head",
    [
        b"FUJIFILMCCD-RAW 0201",
        b"II*\x00\x10\x00\x00\x00CR\x02\x00",
        b"IIU\x00\x18\x00",
        b"IIRO\x08\x00",
        b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01",
    ],
)
def test_it_is_known_by_its_first_bytes(head: bytes) -> None:
    assert sniff(head.ljust(64, b"\0")) is RAW


@needs_reader
def test_it_is_developed_upright_in_its_colours(photo: Path) -> None:
    with Decoder() as decoder:
        opened = decoder.decode(photo)
        assert opened.size == Size(64, 96)
        assert opened.pixels.shape == (96, 64, 3)
        middle = opened.pixels[48, 32].astype(int)
        wanted = [255 * (1.055 * v ** (1 / 2.4) - 0.055) for v in (0.64, 0.275, 0.183)]
        assert np.abs(middle - wanted).max() < 12
        assert [note.code for note in opened.notes] == ["developed"]
        small = decoder.thumbnail(photo, 16)
        assert small.size == Size(64, 96)
        assert max(small.pixels.shape) == 16


@needs_reader
def test_a_broken_one_is_told(photo: Path) -> None:
    photo.write_bytes(photo.read_bytes()[:400])
    with Decoder() as decoder, pytest.raises(Problem) as told:
        decoder.decode(photo)
    assert told.value.code in ("unreadable", "unknown-variant")
