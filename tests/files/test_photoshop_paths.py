# SPDX-License-Identifier: Apache-2.0
"""Clipping paths in exported files, read back by a parser of its own and by psd-tools."""

import io
import struct
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image
from psd_tools.psd.image_resources import ImageResources, PascalString
from psd_tools.psd.vector import Path as PsdPath

from prodedit.core.export_setting import ExportSetting, Format
from prodedit.core.geometry import Point, Size
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.files.encode import encode
from prodedit.files.encoding_aside import encode_aside
from prodedit.files.photoshop_paths import jpeg_segments, resources

SIZE = Size(400, 300)
FRAME = Subpath(
    (
        Knot(Point(100, 75), Point(60, 75), Point(140, 75)),
        Knot.corner(300, 75),
        Knot(Point(300, 225), Point(300, 150), Point(320, 250)),
    ),
    True,
)
HOLE = Subpath((Knot.corner(150, 100), Knot.corner(200, 100), Knot.corner(-50, 400)))
CLIP = NamedPath("p", "Freisteller é", Path((FRAME, HOLE)), is_clipping=True)


class Read(NamedTuple):
    selector: int
    numbers: tuple[int, ...]


def blocks_of(data: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Number -> (name, data) of image resources: every byte has to belong to one."""
    found, at = {}, 0
    while at < len(data):
        assert data[at : at + 4] == b"8BIM"
        number, length = struct.unpack(">HB", data[at + 4 : at + 7])
        name = data[at + 7 : at + 7 + length]
        at += 6 + (length + 2) // 2 * 2
        (size,) = struct.unpack(">I", data[at : at + 4])
        found[number] = (name, data[at + 4 : at + 4 + size])
        at += 4 + (size + 1) // 2 * 2
    assert at == len(data)
    return found


def records_of(data: bytes) -> list[Read]:
    assert len(data) % 26 == 0
    found = []
    for at in range(0, len(data), 26):
        (selector,) = struct.unpack(">H", data[at : at + 2])
        form = ">6i" if selector in (1, 2, 4, 5) else ">12H"
        found.append(Read(selector, struct.unpack(form, data[at + 2 : at + 26])))
    return found


def subpaths_of(data: bytes, size: Size) -> list[Subpath]:
    """In pixels again."""
    found: list[Subpath] = []
    knots: list[Knot] = []
    left = 0
    for selector, numbers in records_of(data):
        if selector in (0, 3):
            assert left == 0
            left, knots, closed = numbers[0], [], selector == 0
        elif selector in (1, 2, 4, 5):
            assert (selector < 3) == closed
            shares = [number / (1 << 24) for number in numbers]
            places = [
                Point(across * size.width, down * size.height)
                for down, across in zip(shares[::2], shares[1::2], strict=True)
            ]
            arriving, point, leaving = places
            knots.append(Knot(point, arriving, leaving))
            left -= 1
            if left == 0:
                found.append(Subpath(tuple(knots), closed))
    assert left == 0
    return found


def photoshop_of(data: bytes) -> bytes:
    """The image resources in a JPEG or TIFF file, found without our own code."""
    if data[:2] == b"\xff\xd8":
        return _jpeg_segments(data)
    image = Image.open(io.BytesIO(data))
    found = image.tag_v2.get(34377, b"")  # type: ignore[attr-defined]
    assert isinstance(found, bytes)
    return found


def _jpeg_segments(data: bytes) -> bytes:
    found, at = b"", 2
    while data[at + 1] != 0xDA:
        assert data[at] == 0xFF
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xED and body.startswith(b"Photoshop 3.0\0"):
            found += body[14:]
        at += 2 + length
    return found


def close(a: Subpath, b: Subpath) -> bool:
    points = [p for k in a.knots for p in k], [p for k in b.knots for p in k]
    return a.closed == b.closed and bool(np.allclose(*points, atol=1e-4))


def picture(kind: Format) -> np.ndarray:
    channels = 3 if kind == "jpeg" else 4
    return np.random.default_rng(1).integers(0, 256, (SIZE.height, SIZE.width, channels), np.uint8)


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_the_path_comes_back(kind: Format) -> None:
    data = encode(picture(kind), ExportSetting(kind), None, CLIP)
    blocks = blocks_of(photoshop_of(data))
    name, records = blocks[2000]
    assert name == "Freisteller é".encode("mac_roman")
    found = subpaths_of(records, SIZE)
    assert len(found) == 2
    assert close(found[0], FRAME)
    assert close(found[1], HOLE)
    assert [one.selector for one in records_of(records)] == [6, 8, 0, 1, 2, 2, 3, 5, 5, 5]
    clipping = blocks[2999][1]
    assert clipping[1 : 1 + clipping[0]] == name
    pixels = np.asarray(Image.open(io.BytesIO(data)))
    assert kind == "jpeg" or (pixels == picture(kind)).all()


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_another_program_reads_it(kind: Format) -> None:
    data = photoshop_of(encode(picture(kind), ExportSetting(kind), None, CLIP))
    read = ImageResources.read(io.BytesIO(struct.pack(">I", len(data)) + data))
    name = PascalString.read(io.BytesIO(blocks_of(data)[2999][1]))
    assert name.value == "Freisteller é"
    assert 2999 in {int(key) for key in read}
    path = PsdPath.read(io.BytesIO(blocks_of(data)[2000][1]))
    first = path[2]
    assert first.is_closed()
    assert not path[3].is_closed()
    assert first[0].anchor == pytest.approx((75 / 300, 100 / 400))
    assert first[2].leaving == pytest.approx((250 / 300, 320 / 400))


def test_nothing_is_written_where_it_is_not_wished_or_has_no_place() -> None:
    for kind in ("jpeg", "tiff"):
        assert photoshop_of(encode(picture(kind), ExportSetting(kind))) == b""
        off = ExportSetting(kind, clipping=False)
        assert encode(picture(kind), off, None, CLIP) == encode(picture(kind), off)
    for kind in ("png", "webp"):
        setting = ExportSetting(kind)
        assert encode(picture(kind), setting, None, CLIP) == encode(picture(kind), setting)
    assert resources(NamedPath("p", "Empty", Path(()), True), SIZE) == b""


@pytest.mark.parametrize("kind", ["jpeg", "tiff"])
def test_the_other_process_writes_the_same(kind: Format) -> None:
    setting = ExportSetting(kind)
    assert encode_aside(picture(kind), setting, None, CLIP) == encode(
        picture(kind), setting, None, CLIP
    )


@pytest.mark.parametrize("name", ["杯子", "", "x" * 300])
def test_names_that_do_not_fit_are_the_same_in_both_places(name: str) -> None:
    blocks = blocks_of(resources(NamedPath("p", name, CLIP.path, True), SIZE))
    written, told = blocks[2000][0], blocks[2999][1]
    assert 0 < len(written) <= 255
    assert told[1 : 1 + told[0]] == written


def test_a_long_path_goes_into_several_segments() -> None:
    knots = tuple(Knot.corner(n % 400, n // 40) for n in range(6000))
    long = NamedPath("p", "Long", Path((Subpath(knots, True),)), True)
    blocks = resources(long, SIZE)
    assert jpeg_segments(blocks).count(b"Photoshop 3.0\0") == 3
    data = encode(picture("jpeg"), ExportSetting("jpeg"), None, long)
    assert photoshop_of(data) == blocks
    assert Image.open(io.BytesIO(data)).size == SIZE
    (sub,) = subpaths_of(blocks_of(blocks)[2000][1], SIZE)
    assert close(sub, long.path.subpaths[0])


def test_a_handle_far_away_stays_within_the_format() -> None:
    far = NamedPath("p", "Far", Path((Subpath((Knot.corner(1e6, -1e6), Knot.corner(1, 1)), True),)))
    (sub,) = subpaths_of(blocks_of(resources(far, SIZE))[2000][1], SIZE)
    assert sub.knots[0].point.x > 100 * SIZE.width
