# SPDX-License-Identifier: Apache-2.0
"""Strips of a PNG: to the file and back, to the bit."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from prodedit.core.geometry import Size
from prodedit.core.pixels import premultiply, straight_rgba
from prodedit.files.strips import DamagedError, Kind, assemble, decode, encode, kind_of


def every_pair() -> np.ndarray:
    """(256, 256, 4): each alpha with each colour that it allows."""
    alpha, colour = np.mgrid[0:256, 0:256].astype(np.uint8)
    colour = np.minimum(colour, alpha)
    return np.ascontiguousarray(np.dstack([colour, colour[:, ::-1] // 2, colour // 3, alpha]))


def valid(pixels: np.ndarray) -> np.ndarray:
    return np.minimum(pixels, pixels[..., 3:])


def test_every_premultiplied_pixel_survives_straight_colour() -> None:
    pixels = valid(every_pair())
    assert kind_of(pixels) is Kind.RGBA
    strip = encode(pixels, Kind.RGBA)
    assert np.array_equal(decode(strip.data, 256, 256, Kind.RGBA), pixels)
    assert np.array_equal(premultiply(straight_rgba(pixels)), pixels)


def test_straight_colour_is_what_the_border_to_files_gives() -> None:
    pixels = valid(every_pair())
    png = b"".join(assemble(Size(256, 256), Kind.RGBA, [encode(pixels, Kind.RGBA)]))
    found = np.asarray(Image.open(io.BytesIO(png))).astype(np.int16)
    assert np.abs(found - straight_rgba(pixels)).max() <= 1  # ties are rounded another way


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_comes_back(kind: Kind) -> None:
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (100, 33, 4), np.uint8)
    pixels[..., 3] = 255 if kind is Kind.RGB else pixels[..., 3]
    pixels = valid(pixels) if kind is Kind.RGBA else pixels
    pixels = pixels[..., 0].copy() if kind is Kind.GREY else pixels
    strip = encode(pixels, kind)
    assert np.array_equal(decode(strip.data, 33, 100, kind), pixels)


def test_many_strips_make_one_png() -> None:
    """Pillow checks the sum over all strips when it reads to the end."""
    random = np.random.default_rng(2)
    pixels = random.integers(0, 256, (700, 50), np.uint8)
    strips = [encode(pixels[top : top + 256], Kind.GREY) for top in range(0, 700, 256)]
    png = b"".join(assemble(Size(50, 700), Kind.GREY, strips))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png))), pixels)


def test_a_strip_of_another_size_is_refused() -> None:
    strip = encode(np.zeros((10, 10), np.uint8), Kind.GREY)
    for height in (9, 11):
        with pytest.raises(DamagedError):
            decode(strip.data, 10, height, Kind.GREY)
