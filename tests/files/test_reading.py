# SPDX-License-Identifier: Apache-2.0
"""What the decoder process does with each kind of picture, in this process."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from prodedit.core.geometry import Size
from prodedit.files.colour import conversion, dithered, has_alpha
from prodedit.files.deep import deepened
from prodedit.files.photo import LIMITS
from prodedit.files.placing import place
from prodedit.files.reading import load, open_header, upright


def read(path: Path) -> tuple[NDArray[np.uint8], list[str]]:
    image, kind = open_header(path, LIMITS)
    with image:
        loaded = load(path, image, kind, accept_damaged=False)
        shade = deepened(path, loaded, conversion(loaded), kind)
        out = np.zeros((loaded.height, loaded.width, 4 if has_alpha(loaded) else 3), np.uint8)
        place(loaded, 1, shade.strip, out)
    return out, [note.code for note in shade.notes]


def ramp16(width: int = 512, height: int = 300) -> NDArray[np.uint16]:
    """A shallow 16-bit ramp, which would show bands in 8 bits."""
    row = np.linspace(20_000, 22_000, width)
    return np.repeat(row[None], height, axis=0).astype(np.uint16)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (1, 129), (5, 1)])
def test_turning_agrees_with_exif(orientation: int, size: tuple[int, int]) -> None:
    """Against the definition: where the first row and column of the file are shown."""
    width, height = size
    chance = np.random.default_rng(3)
    stored = chance.integers(0, 255, (height, width, 3), dtype=np.uint8)
    shown_size = upright(Size(width, height), orientation)
    out = np.zeros((shown_size.height, shown_size.width, 3), np.uint8)
    place(Image.fromarray(stored), orientation, lambda part, top: part, out)
    definition = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.swapaxes(0, 1),
        6: lambda a: np.rot90(a, -1),
        7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
        8: lambda a: np.rot90(a, 1),
    }
    assert (out == definition[orientation](stored)).all()


def test_dither_keeps_whole_numbers_and_the_mean() -> None:
    whole = np.repeat(np.arange(256, dtype=np.float32)[None], 40, axis=0)
    assert (dithered(whole, 0) == whole).all()
    for value in (10.1, 10.5, 10.9):
        flat = dithered(np.full((200, 200), value, np.float32), 0)
        assert set(np.unique(flat)) == {10, 11}
        assert flat.mean() == pytest.approx(value, abs=0.02)


def test_dither_goes_on_over_strips() -> None:
    values = np.random.default_rng(0).uniform(0, 255, (64, 32)).astype(np.float32)
    parts = [dithered(values[:20], 0), dithered(values[20:], 20)]
    assert (np.concatenate(parts) == dithered(values, 0)).all()


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bit_grey_has_no_bands(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(ramp16()).save(path)
    pixels, notes = read(path)
    assert notes == ["deep"]
    error = pixels[..., 0].mean(axis=0) - ramp16()[0] / 257
    assert np.abs(error).max() < 0.15


@pytest.mark.parametrize("suffix", ["png", "tif"])
@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bit_colour_has_no_bands(tmp_path: Path, suffix: str, channels: int) -> None:
    ramp = ramp16()
    planes = [ramp, ramp[::-1, ::-1], ramp // 2, np.full_like(ramp, 65535)][:channels]
    deep = np.stack(planes, axis=-1)
    swap = cv2.COLOR_RGB2BGR if channels == 3 else cv2.COLOR_RGBA2BGRA
    path = tmp_path / f"a.{suffix}"
    assert cv2.imwrite(str(path), cv2.cvtColor(deep, swap))
    pixels, notes = read(path)
    assert notes == ["deep"]
    assert pixels.shape == (300, 512, channels)
    error = pixels.mean(axis=0) - (deep / 257.0).mean(axis=0)
    assert np.abs(error).max() < 0.15


@pytest.mark.parametrize("top", [1.0, 255.0, 65535.0])
def test_fractions_are_taken_in_their_customary_range(tmp_path: Path, top: float) -> None:
    values = np.linspace(0, top, 256, dtype=np.float32)[None].repeat(4, axis=0)
    Image.fromarray(values).save(tmp_path / "a.tif")
    pixels, notes = read(tmp_path / "a.tif")
    assert notes == ["float"]
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_fractions_that_are_no_numbers(tmp_path: Path) -> None:
    values = np.array([[0.0, np.nan, np.inf, -np.inf, 1.0]], np.float32)
    Image.fromarray(values).save(tmp_path / "a.tif")
    assert read(tmp_path / "a.tif")[0][0, :, 0].tolist() == [0, 0, 255, 0, 255]


def profile(name: str) -> bytes:
    """A wide RGB profile or a grey one, made by us (ICC.1:2010), so that none is carried along."""
    base = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    if name == "swapped":  # red and blue change places: nobody can miss it
        at_red, at_blue = base.index(b"rXYZ"), base.index(b"bXYZ")
        base[at_red : at_red + 4], base[at_blue : at_blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(base)


def test_colours_go_through_the_profile(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), (250, 10, 10)).save(tmp_path / "a.png", icc_profile=profile("swapped"))
    pixels, notes = read(tmp_path / "a.png")
    assert notes == ["profile"]
    assert pixels[0, 0].tolist() == pytest.approx([10, 10, 250], abs=3)


def test_alpha_is_untouched_by_the_profile(tmp_path: Path) -> None:
    image = Image.new("RGBA", (256, 4), (250, 10, 10, 0))
    image.putalpha(Image.fromarray(np.arange(256, dtype=np.uint8)[None].repeat(4, axis=0)))
    image.save(tmp_path / "a.png", icc_profile=profile("swapped"))
    pixels, _ = read(tmp_path / "a.png")
    assert (pixels[..., 3] == np.arange(256)).all()


def test_srgb_profiles_change_nothing_and_are_not_told(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    colours = chance.integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(colours).save(tmp_path / "a.png", icc_profile=profile("srgb"))
    pixels, notes = read(tmp_path / "a.png")
    assert (pixels == colours).all()
    assert notes == []


def test_a_colour_profile_in_a_grey_picture(tmp_path: Path) -> None:
    Image.new("L", (9, 9), 77).save(tmp_path / "a.jpg", icc_profile=profile("srgb"))
    pixels, notes = read(tmp_path / "a.jpg")
    assert (pixels == 77).all()
    assert notes == []


@pytest.mark.parametrize("icc", [b"x", b"\0" * 200, profile("srgb")[:300]])
def test_broken_profiles_are_told(tmp_path: Path, icc: bytes) -> None:
    Image.new("RGB", (9, 9), (200, 100, 50)).save(tmp_path / "a.jpg", icc_profile=icc, quality=100)
    pixels, notes = read(tmp_path / "a.jpg")
    assert notes == ["profile-broken"]
    assert pixels[0, 0].tolist() == pytest.approx([200, 100, 50], abs=2)


@pytest.mark.parametrize(
    ("mode", "suffix", "expected"),
    [
        ("1", "png", 3),
        ("L", "png", 3),
        ("LA", "png", 4),
        ("P", "png", 3),
        ("RGBA", "png", 4),
        ("CMYK", "jpg", 3),
        ("CMYK", "tif", 3),
        ("LAB", "tif", 3),
        ("RGBA", "tif", 4),
        ("P", "gif", 3),
        ("P", "bmp", 3),
        ("RGB", "avif", 3),
        ("RGB", "jp2", 3),
    ],
)
def test_modes(tmp_path: Path, mode: str, suffix: str, expected: int) -> None:
    colour = Image.new("RGB", (40, 30), (255, 255, 255))
    path = tmp_path / f"a.{suffix}"
    image = Image.new("LAB", (40, 30), (255, 128, 128)) if mode == "LAB" else colour.convert(mode)
    image.save(path)
    pixels, _ = read(path)
    assert pixels.shape == (30, 40, expected)
    assert pixels.min() >= 250


def test_transparent_colours_of_palettes_and_grey(tmp_path: Path) -> None:
    palette = Image.new("P", (2, 1))
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    palette.save(tmp_path / "a.png", transparency=1)
    assert read(tmp_path / "a.png")[0][0].tolist()[0] == [255, 0, 0, 255]
    assert read(tmp_path / "a.png")[0][0, 1, 3] == 0
    Image.new("L", (1, 1), 9).save(tmp_path / "b.png", transparency=9)
    assert read(tmp_path / "b.png")[0][0, 0, 3] == 0
