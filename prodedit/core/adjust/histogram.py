# SPDX-License-Identifier: Apache-2.0
"""How often each value occurs in a picture, and where: histogram and waveform."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.planes import LUMA
from prodedit.core.adjust.straight import straight
from prodedit.core.tiles import Pixels

Counts = NDArray[np.float64]
BINS = 256
_STRIP = 1 << 20
_SHIFT = 14
_WEIGHTS = tuple(round(weight * (1 << _SHIFT)) for weight in LUMA)
"""Whole parts of 16384, which they add up to."""


class Histogram(NamedTuple):
    """(256,) each: pixels of that value, of straight colour; what is half transparent counts half.
    luminance: luma (ITU-R BT.601), rounded."""

    red: Counts
    green: Counts
    blue: Counts
    luminance: Counts

    @property
    def pixels(self) -> float:
        """How many were counted, each by its alpha."""
        return float(self.luminance.sum())


def histogram(pixels: Pixels) -> Histogram:
    """Of (h, w, 4) uint8 premultiplied BGRA."""
    counts = np.zeros((4, BINS))
    rows = max(1, _STRIP // max(1, pixels.shape[1]))
    for top in range(0, pixels.shape[0], rows):
        values, alpha = _values(pixels[top : top + rows])
        for count, plane in zip(counts, values, strict=True):
            count += _counted(plane, alpha)
    return Histogram(*counts)


def waveform(pixels: Pixels, columns: int) -> NDArray[np.float32]:
    """(4, 256, columns): for each part of the width, how much of it has each value of red, green,
    blue and luminance (0..1, darkest first), counted by alpha; zero where all is transparent."""
    if pixels.size == 0 or columns < 1:
        return np.zeros((4, BINS, max(columns, 0)), np.float32)
    values, alpha = _values(pixels)
    weights = np.ones(pixels.shape[:2], np.float64) if alpha is None else alpha / 255.0
    column = np.arange(pixels.shape[1]) * columns // pixels.shape[1]
    places = np.broadcast_to(column, pixels.shape[:2]).ravel()
    flat = weights.ravel()
    counts = [
        np.bincount(plane.ravel().astype(np.intp) * columns + places, flat, BINS * columns)
        for plane in values
    ]
    total = np.bincount(places, flat, columns)
    shares = np.stack(counts).reshape(4, BINS, columns) / np.maximum(total, 1e-6)
    return np.asarray(shares, np.float32)


def _values(pixels: Pixels) -> tuple[tuple[Pixels, ...], Pixels | None]:
    """Red, green, blue, luminance and alpha; where alpha is 0 the colour does not matter."""
    if pixels.size == 0:
        return (np.zeros((0, 0), np.uint8),) * 4, None
    colour, alpha = straight(pixels)
    blue, green, red = (np.asarray(plane, np.uint8) for plane in cv2.split(colour)[:3])
    luma = sum(p.astype(np.uint32) * w for p, w in zip((red, green, blue), _WEIGHTS, strict=True))
    light = np.asarray((luma + (1 << (_SHIFT - 1))) >> _SHIFT).astype(np.uint8)
    return (red, green, blue, light), alpha


def _counted(plane: Pixels, alpha: Pixels | None) -> Counts:
    """Value and alpha together are counted first: OpenCV does that fastest."""
    if plane.size == 0:
        return np.zeros(BINS)
    if alpha is None:
        return cv2.calcHist([plane], [0], None, [BINS], [0, BINS]).ravel().astype(np.float64)
    both = plane.astype(np.uint16) * np.uint16(256) + alpha
    counts = np.bincount(both.ravel(), minlength=BINS * 256).reshape(BINS, 256)
    return np.asarray(counts @ np.arange(256) / 255)
