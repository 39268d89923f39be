# SPDX-License-Identifier: Apache-2.0
"""Adjustments with values that matter, and how pixels are asked for piece by piece."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import (
    Adjustment,
    Balance,
    Band,
    BlackAndWhite,
    Blur,
    BrightnessContrast,
    ColourBalance,
    Curves,
    Denoise,
    Dot,
    Exposure,
    GradientMap,
    HueSaturation,
    Invert,
    Levels,
    Lut,
    PhotoFilter,
    Posterise,
    Recolour,
    Sharpen,
    Shift,
    Stop,
    Threshold,
    Vibrance,
    Vignette,
    WhiteBalance,
)
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import slices

Bytes = NDArray[np.uint8]

TABLES: tuple[Adjustment, ...] = (
    Levels(rgb=Band(20, 1.4, 230, 5, 250), red=Band(0, 0.6, 255), blue=Band(30, 1, 200, 255, 0)),
    Levels(rgb=Band(128, 1, 128)),
    Curves(rgb=(Dot(0, 10), Dot(60, 30), Dot(61, 200), Dot(200, 210), Dot(255, 255))),
    Curves(red=(Dot(20, 255), Dot(230, 0)), green=(Dot(0, 0), Dot(128, 128), Dot(255, 90))),
    Exposure(1.3, -0.02, 1.2),
    Exposure(-5, 0.5, 0.1),
    BrightnessContrast(40, 30),
    BrightnessContrast(-100, -100),
    WhiteBalance(35, -20),
    WhiteBalance(-100, 100),
    Posterise(4),
    Posterise(2),
    Invert(),
)


def cube_of(size: int) -> NDArray[np.uint16]:
    """(size, size, size, 3): blue, green, red; the table that changes nothing."""
    steps = np.rint(np.linspace(0, 65535, size)).astype("<u2")
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack([red, green, blue], axis=-1)


_WILD = np.random.default_rng(8).integers(0, 65536, (9, 9, 9, 3)).astype("<u2")
COLOURS: tuple[Adjustment, ...] = (
    Lut("turned", 2, (65535 - cube_of(2)).tobytes()),
    Lut("wild", 9, _WILD.tobytes(), 0.8),
    Recolour(Colour(200, 30, 30), Colour(20, 60, 160)),
    Recolour(Colour(120, 120, 120), Colour(250, 250, 240), 100, 0.5),
    Curves(luminosity=(Dot(10, 30), Dot(90, 160), Dot(255, 240))),
    Curves(red=(Dot(0, 40), Dot(255, 200)), luminosity=(Dot(0, 255), Dot(255, 0))),
    HueSaturation(Shift(25, 20, -10)),
    HueSaturation(Shift(-180, -100, 100)),
    HueSaturation(Shift(10, 0, 0), reds=Shift(-40, 60, 20), blues=Shift(0, -100, -50)),
    HueSaturation(Shift(210, 45, 10), tone=True),
    ColourBalance(Balance(30, -10, 0), Balance(0, 50, -50), Balance(-20, 0, 100)),
    ColourBalance(midtones=Balance(60, 0, 0), keep_lightness=False),
    Vibrance(70, 20),
    Vibrance(-60, -30),
    BlackAndWhite(),
    BlackAndWhite(-200, 300, 0, 120, 300, -50, Colour(200, 150, 90)),
    PhotoFilter(),
    PhotoFilter(Colour(0, 90, 255), 0.9, keep_lightness=False),
    Threshold(100),
    GradientMap(
        (Stop(0.1, Colour(0, 30, 90)), Stop(0.5, Colour(255, 0, 0)), Stop(1, Colour(255, 255, 200)))
    ),
)
PLACED: tuple[Adjustment, ...] = (
    Vignette(),
    Vignette(80, 20, 60, 100),
    Vignette(-100, 70, -100, 0),
)
AROUND: tuple[Adjustment, ...] = (
    Denoise(),
    Denoise(100, 100),
    Denoise(0, 5),
    Blur(0.7),
    Blur(4),
    Blur(9.3),
    Blur(17),
    Sharpen(),
    Sharpen(4, 9, 0),
)
IDENTITIES: tuple[Adjustment, ...] = (
    Denoise(0, 0),
    Lut("same", 2, cube_of(2).tobytes()),
    Lut("same", 17, cube_of(17).tobytes()),
    Lut("none", 2, (65535 - cube_of(2)).tobytes(), 0.0),
    Recolour(Colour(200, 30, 30), Colour(200, 30, 30), 100),
    Levels(),
    Curves(),
    Curves(rgb=(Dot(0, 0), Dot(40, 40), Dot(200, 200), Dot(255, 255))),
    Curves(luminosity=(Dot(0, 0), Dot(40, 40), Dot(255, 255))),
    Exposure(),
    BrightnessContrast(),
    WhiteBalance(),
    HueSaturation(),
    ColourBalance(),
    ColourBalance(keep_lightness=False),
    Vibrance(),
    PhotoFilter(density=0.0),
    PhotoFilter(density=0.0, keep_lightness=False),
    Vignette(amount=0.0),
    Sharpen(amount=0.0),
    Sharpen(threshold=255.0),
    Blur(0.0),
)


def named(adjustment: Adjustment) -> str:
    return repr(adjustment)[:60]


def photo(height: int = 150, width: int = 170, seed: int = 0) -> Bytes:
    """(h, w, 4) premultiplied BGRA: smooth colours, noise, soft and empty parts, extremes."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (6, 7, 4), dtype=np.uint8)
    pixels = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    pixels = cv2.add(pixels, rng.integers(0, 14, (height, width, 4), dtype=np.uint8))
    alpha = np.clip((pixels[..., 3].astype(int) - 90) * 3, 0, 255)
    corner = pixels[:8, :8]
    corner[...] = rng.choice([0, 255], corner.shape)
    pixels[..., 3] = alpha
    pixels[..., :3] = (pixels[..., :3] * alpha[..., None] + 127) // 255
    return np.asarray(pixels)


def piecewise(pixels: Bytes, adjustment: Adjustment, cuts: tuple[int, ...]) -> Bytes:
    """What comes out where each cell between `cuts`, both ways, is asked for on its own."""
    canvas = Size(pixels.shape[1], pixels.shape[0])
    result = np.zeros_like(pixels)
    xs = [0, *[c for c in cuts if c < canvas.width], canvas.width]
    ys = [0, *[c for c in cuts if c < canvas.height], canvas.height]
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            part = Rect(left, top, right - left, bottom - top)
            wide = part.inflate(reach(adjustment)).intersect(Rect.of(canvas))
            new = adjusted(slices(pixels, wide), adjustment, wide, canvas)
            slices(result, part)[...] = slices(new, part.translate(-wide.x, -wide.y))
    return result
