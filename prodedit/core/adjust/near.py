# SPDX-License-Identifier: Apache-2.0
"""What adjustments make of single colours, nearly, for pictures that move.

What becomes of 33 greens, reds and blues is reckoned, and between two blues three are mixed. Each
pixel is then one bilinear lookup by its red and green (`cv2.remap`) in the slice of the nearest
blue: off by a level or two where the maths is smooth, by more where it turns sharply. A block of
256 x 256 takes 0.7 ms, and the table as long as half a block of the maths, which takes 2 to 3 ms,
of recolouring 6. (A whole trilinear lookup takes 1.8 ms, the nearest of 64 colours a side 0.4; that
was off by up to five levels.)
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.planes import Planes
from prodedit.core.adjust.point import STRIP, Point, Step, program
from prodedit.core.adjust.straight import premultiplied, straight_planes
from prodedit.core.adjust.values import (
    Adjustment,
    BlackAndWhite,
    BrightnessContrast,
    ColourBalance,
    Curves,
    Exposure,
    GradientMap,
    HueSaturation,
    Invert,
    Levels,
    Lut,
    PhotoFilter,
    Recolour,
    Vibrance,
    WhiteBalance,
)
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels

_SIDE, _BETWEEN = 33, 4
"""Colours a side that are reckoned, and steps from one blue to the next."""
_SLICES = (_SIDE - 1) * _BETWEEN + 1
_PARTS = 32
"""`cv2.remap` mixes two neighbours by 32nds."""
_SMOOTH = (
    BlackAndWhite,
    BrightnessContrast,
    ColourBalance,
    Curves,
    Exposure,
    GradientMap,
    HueSaturation,
    Invert,
    Levels,
    Lut,
    PhotoFilter,
    Recolour,
    Vibrance,
    WhiteBalance,
)
"""Of a colour alone, wherever it is, and without jumps."""


class Near(NamedTuple):
    """table: (slices * 33 + 1, 34, 4) uint8 straight BGRA, a slice for each blue, a row for each
    green, red along it; the last row and column are never seen. The others have 256 entries: where
    each byte of a channel lies in the table."""

    table: Pixels
    column: NDArray[np.int16]
    row: NDArray[np.int16]
    slice_: NDArray[np.int16]
    column_part: NDArray[np.uint16]
    row_part: NDArray[np.uint16]

    def run(self, pixels: Pixels) -> Pixels:
        """(h, w, 4) premultiplied BGRA -> a new array of the same."""
        blue, green, red, alpha = straight_planes(pixels)
        made = self._looked_up(blue, green, red)
        if alpha is None:
            return made
        planes = [np.asarray(plane, np.uint8) for plane in cv2.split(made)[:3]]
        return premultiplied(planes, alpha)

    def _looked_up(self, blue: Pixels, green: Pixels, red: Pixels) -> Pixels:
        row = cv2.add(cv2.LUT(green, self.row), cv2.LUT(blue, self.slice_))
        places = cv2.merge([cv2.LUT(red, self.column), row])
        parts = cv2.add(cv2.LUT(red, self.column_part), cv2.LUT(green, self.row_part))
        return np.asarray(cv2.remap(self.table, places, parts, cv2.INTER_LINEAR), np.uint8)


@lru_cache(maxsize=8)
def near(adjustments: tuple[Adjustment, ...]) -> Near | None:
    """None where that would be no faster than the maths itself, or far off. Raises ValueError as
    `program` does."""
    if not all(isinstance(one, _SMOOTH) for one in adjustments):
        return None
    point = program(adjustments)
    return _near(point) if point.steps else None


def _near(point: Point) -> Near:
    red, green, blue = np.clip(point.table, 0, 1)
    column, column_part = _places(red)
    row, row_part = _places(green)
    slice_ = (np.rint(blue * (_SLICES - 1)) * _SIDE).astype(np.int16)
    table = _between(_colours(point.steps))
    return Near(table, column, row, slice_, column_part, row_part * np.uint16(_PARTS))


def _places(channel: NDArray[np.float64]) -> tuple[NDArray[np.int16], NDArray[np.uint16]]:
    """(256,) values 0..1 as whole steps of the table and 32nds of one."""
    at = np.rint(channel * ((_SIDE - 1) * _PARTS)).astype(np.int16)
    return at // _PARTS, (at % _PARTS).astype(np.uint16)


def _colours(steps: tuple[Step, ...]) -> Pixels:
    """(33 * 33, 34, 4) straight BGRA: what becomes of each blue's greens and reds."""
    each = np.linspace(0, 1, _SIDE, dtype=np.float32)
    reds = np.append(each, each[-1:])
    made = np.empty((_SIDE * _SIDE, reds.size, 4), np.uint8)
    height = STRIP // (_SIDE * reds.size)
    for first in range(0, _SIDE, height):
        blues = each[first : first + height]
        planes = np.stack(np.broadcast_arrays(reds, each[:, None], blues[:, None, None]))
        rows = slice(first * _SIDE, (first + blues.size) * _SIDE)
        made[rows] = _bytes(steps, planes.reshape(3, -1, reds.size))
    return made


def _bytes(steps: tuple[Step, ...], planes: Planes) -> Pixels:
    area = Rect(0, 0, planes.shape[2], planes.shape[1])
    for step in steps:
        planes = step(planes, area, Size(*area.size))
    red, green, blue = np.fmin(np.fmax(planes, np.float32(0)), np.float32(1))
    colours = cv2.merge([blue, green, red, np.ones_like(red)])
    return np.asarray(cv2.convertScaleAbs(colours, alpha=255.0), np.uint8)


def _between(colours: Pixels) -> Pixels:
    """The table: what lies between two blues is mixed of them."""
    slices = colours.reshape(_SIDE, -1)
    table = np.empty((_SLICES * _SIDE + 1, *colours.shape[1:]), np.uint8)
    table[-1] = 0
    rows = table[:-1].reshape(_SLICES, -1)
    rows[::_BETWEEN] = slices
    for n in range(1, _BETWEEN):
        share = n / _BETWEEN
        rows[n::_BETWEEN] = cv2.addWeighted(slices[:-1], 1 - share, slices[1:], share, 0)
    return table
