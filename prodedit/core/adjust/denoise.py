# SPDX-License-Identifier: Apache-2.0
"""Noise taken out where there is no edge: of lightness and of colour, each by itself."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.framing import frame
from prodedit.core.adjust.reach import DENOISE_REACH
from prodedit.core.adjust.straight import premultiplied, straight
from prodedit.core.adjust.values import Denoise
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels, slices

Floats = NDArray[np.float32]
_STRONGEST = 25.0
"""Levels of noise, its standard deviation, that strength 100 takes for noise."""
_FINE = 1024.0
"""Sums of whole numbers are exact in every order: means are rounded to parts of a level."""


class _Plane(NamedTuple):
    radius: int
    strength: float


def denoise(pixels: Pixels, adjustment: Denoise, area: Rect, canvas: Size) -> Pixels:
    """The guided filter, each plane guiding itself (He, Sun, Tang, "Guided Image Filtering", IEEE
    TPAMI 2013), on luma over 7 x 7 pixels and on both differences of colour over 13 x 13.

    Where the variance v round a pixel is small against the noise n the mean remains, where it is
    large the pixel: v / (v + n^2). What is transparent counts by its alpha.
    """
    if max(adjustment.strength, adjustment.colour) <= 0 or _outside(area, canvas):
        return pixels
    whole = frame(area, canvas, DENOISE_REACH)
    colour, alpha = straight(pixels)
    weights = None if alpha is None else whole.extended(alpha).astype(np.float32)
    planes = (
        _Plane(3, adjustment.strength),
        _Plane(DENOISE_REACH // 2, adjustment.colour),
        _Plane(DENOISE_REACH // 2, adjustment.colour),
    )
    ycc = _luma_and_colour(whole.extended(colour))
    filtered = [_filtered(p, weights, how) for p, how in zip(ycc, planes, strict=True)]
    new = [np.zeros(pixels.shape[:2], np.uint8) for _ in range(3)]
    for channel, plane in zip(new, _blue_green_red(filtered), strict=True):
        slices(channel, whole.inner)[...] = whole.cut(plane)
    return premultiplied(new, alpha)


def _outside(area: Rect, canvas: Size) -> bool:
    return area.intersect(Rect.of(canvas)).is_empty


def _luma_and_colour(bgra: Pixels) -> list[Floats]:
    """Luma of BT.601, blue and red above it; in whole parts of a level."""
    blue, green, red = (np.asarray(p).astype(np.float32) for p in cv2.split(bgra)[:3])
    light = np.rint((red * 0.299 + green * 0.587 + blue * 0.114) * _FINE) / _FINE
    return [np.asarray(p, np.float32) for p in (light, blue - light, red - light)]


def _blue_green_red(planes: list[Floats]) -> list[Pixels]:
    light, blue, red = planes
    green = light - (np.float32(0.299) * red + np.float32(0.114) * blue) / np.float32(0.587)
    floats = (light + blue, green, light + red)
    return [np.clip(np.rint(p), 0, 255).astype(np.uint8) for p in floats]


def _filtered(plane: Floats, weights: Floats | None, how: _Plane) -> Floats:
    noise = (how.strength / 100 * _STRONGEST) ** 2
    if noise <= 0:
        return plane
    mean = _mean(plane, weights, how.radius)
    square = _mean(_whole(plane * plane), weights, how.radius)
    variance: Floats = np.maximum(square - mean * mean, np.float32(0))
    kept = _whole(variance / (variance + np.float32(noise)))
    rest = _whole(mean * (1 - kept))
    return _mean(kept, weights, how.radius) * plane + _mean(rest, weights, how.radius)


def _whole(plane: Floats) -> Floats:
    """In whole parts of a level."""
    return np.asarray(np.rint(plane * np.float32(_FINE)) / np.float32(_FINE), np.float32)


def _mean(plane: Floats, weights: Floats | None, radius: int) -> Floats:
    side = (2 * radius + 1, 2 * radius + 1)
    if weights is None:
        return np.asarray(cv2.boxFilter(plane, cv2.CV_32F, side), np.float32)
    total = cv2.boxFilter(plane * weights, cv2.CV_32F, side)
    weight = np.maximum(cv2.boxFilter(weights, cv2.CV_32F, side), 1e-3)
    return np.asarray(total / weight, np.float32)
