# SPDX-License-Identifier: Apache-2.0
"""Every hostile, broken or odd picture opens right or is refused with one clear sentence."""

import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder

ARCHIVE = Path(__file__).parents[3] / "shared" / "data" / "torture.tar"
pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason="the hostile pictures are not here")


class Opens(NamedTuple):
    size: tuple[int, int]
    pixel: tuple[int, ...]  # top left
    notes: tuple[str, ...] = ()


class Refused(NamedTuple):
    code: str
    words: str  # somewhere in the sentence


PHOTO = Opens((400, 711), (255, 253, 255))
GREY = Opens((400, 711), (254, 254, 254))
UPRIGHT = Opens((240, 320), (255, 253, 251))  # saved eight times, so within 5
ODD_NAMES = (".hidden.jpg", "UPPER.JPG", "no_extension", "quote'semi;and&space .jpg")
EXPECTED: dict[str, Opens | Refused] = {
    **dict.fromkeys(ODD_NAMES, PHOTO),
    **{f"exif_orientation_{value}.jpg": UPRIGHT for value in (*range(1, 9), 99)},
    "a" * 200 + ".jpg": PHOTO,
    "ünïcode имя 商品 🙂.jpg": PHOTO,
    "all_black_640.jpg": Opens((640, 480), (0, 0, 0)),
    "all_transparent_640.png": Opens((640, 480), (0, 0, 0, 0)),
    "all_white_640.jpg": Opens((640, 480), (255, 255, 255)),
    "animated.gif": Opens((240, 320), (255, 253, 255), ("animation",)),
    "animated.webp": Opens((240, 320), (255, 250, 255, 255), ("animation",)),
    "animated_apng.png": Opens((240, 320), (255, 253, 255), ("animation",)),
    "badcrc.png": Refused("damaged", "You can open what is left"),
    "bilevel.png": Opens((400, 711), (255, 255, 255)),
    "bitflips.jpg": Refused("damaged", "only about 56 %"),
    "bomb_20000x20000_rgb.png": Refused("too-many-pixels", "400 million"),
    "bomb_30000x30000_1bit.png": Refused("too-many-pixels", "900 million"),
    "bomb_claims_2147483647.png": Refused("too-many-pixels", "Up to 200 million"),
    "cmyk.jpg": Opens((400, 711), (255, 253, 255), ("cmyk",)),
    "dangling_symlink.jpg": Refused("not-found", "not there any more"),
    "float32.tif": Opens((400, 711), (254, 254, 254), ("float",)),
    "folder_named.jpg": Refused("folder", "is a folder"),
    "gray.jpg": GREY,
    "gray16.png": Opens((400, 711), (254, 254, 254), ("deep",)),
    "gray16.tif": Opens((400, 711), (254, 254, 254), ("deep",)),
    "html_named.jpg": Refused("not-a-picture", "not a picture"),
    "icc_garbage.jpg": Opens((400, 711), (255, 253, 255), ("profile-broken",)),
    "jpeg_named.png": PHOTO,
    "la.png": Opens((400, 711), (254, 254, 254, 255)),
    "lab_icc_bogus.jpg": Opens((400, 711), (255, 253, 255), ("profile-broken",)),
    "large_6000x4000.jpg": Opens((6000, 4000), (255, 253, 255)),
    "lossless_alpha.webp": PHOTO,
    "one_pixel.png": Opens((1, 1), (255, 0, 0)),
    "one_pixel_transparent.png": Opens((1, 1), (0, 0, 0, 0)),
    "palette_transparency.png": Opens((400, 711), (255, 253, 255, 255)),
    "photo.avif": GREY,
    "photo.jp2": PHOTO,
    "png_named.jpg": PHOTO,
    "prog.jpg": PHOTO,
    "q1.jpg": Opens((400, 711), (255, 255, 255)),
    "rgb.bmp": PHOTO,
    "rgb_lzw.tif": PHOTO,
    "srgb_icc.png": PHOTO,
    "sub444_q100.jpg": PHOTO,
    "svg_xxe.svg": Refused("drawing", "SVG"),
    "tall_1x100000.png": Refused("side-too-long", "1 × 100000"),
    "text_named.png": Refused("not-a-picture", "not a picture"),
    "trailing_junk.jpg": PHOTO,
    "trunc_half.jpg": Refused("damaged", "only about 36 %"),
    "trunc_half.png": Refused("damaged", "only about 34 %"),
    "trunc_header.jpg": Refused("unreadable", "damaged"),
    "wide_100000x1.png": Refused("side-too-long", "100000 × 1"),
    "zero_byte.jpg": Refused("empty-file", "empty"),
    "zero_byte.png": Refused("empty-file", "empty"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("hostile")
    with tarfile.open(ARCHIVE) as archive:
        # One of the files is a link to nowhere, on purpose.
        archive.extractall(target, filter="fully_trusted")
    return target / "torture"


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as opened:
        yield opened


def outcome(decoder: Decoder, path: Path) -> Opens | Problem:
    try:
        photo = decoder.decode(path)
    except Problem as problem:
        return problem
    height, width = photo.pixels.shape[:2]
    notes = tuple(note.code for note in photo.notes)
    assert tuple(photo.size) == (width, height)
    return Opens((width, height), tuple(photo.pixels[0, 0].tolist()), notes)


def test_the_table_names_every_file(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_opens_right_or_is_refused(decoder: Decoder, folder: Path, name: str) -> None:
    expected = EXPECTED[name]
    started = time.monotonic()
    result = outcome(decoder, folder / name)
    assert time.monotonic() - started < 60
    if isinstance(expected, Refused):
        assert isinstance(result, Problem), result
        assert (result.code, result.values["file"]) == (expected.code, name)
        assert expected.words in str(result)
        return
    assert isinstance(result, Opens), str(result)
    assert (result.size, result.notes) == (expected.size, expected.notes)
    assert result.pixel == pytest.approx(expected.pixel, abs=5 if expected is UPRIGHT else 1)


@pytest.mark.parametrize("name", ["trunc_half.jpg", "trunc_half.png", "bitflips.jpg", "badcrc.png"])
def test_what_is_left_of_a_damaged_picture_opens(decoder: Decoder, folder: Path, name: str) -> None:
    photo = decoder.decode(folder / name, accept_damaged=True)
    assert photo.pixels.shape == (711, 400, 3)
    assert photo.pixels[0, 0].tolist() == [255, 253, 255]
    assert [note.code for note in photo.notes] == ["damaged"]
