# SPDX-License-Identifier: Apache-2.0
"""A rectangle with enough round it that what is computed in it does not depend on where it ends."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import slices

LANES = 64
"""OpenCV reckons the rest of a row that fills no whole vector in another way, which may round
differently. Rows of whole vectors, of any processor's, have no such rest."""


class Frame(NamedTuple):
    """inner: the part inside of the canvas, within the array; left.. : what is put round that."""

    inner: Rect
    top: int
    bottom: int
    left: int
    right: int

    def extended(self, array: NDArray[Any]) -> NDArray[Any]:
        """The inner part, its outermost pixels going on."""
        part = slices(array, self.inner)
        return np.asarray(
            cv2.copyMakeBorder(
                part, self.top, self.bottom, self.left, self.right, cv2.BORDER_REPLICATE
            )
        )

    def cut(self, array: NDArray[Any]) -> NDArray[Any]:
        """The inner part again of an extended array."""
        rows = slice(self.top, self.top + self.inner.height)
        return array[rows, self.left : self.left + self.inner.width]


def frame(area: Rect, canvas: Size, margin: int, step: int = 1) -> Frame:
    """margin: what is added at the canvas' edges; step: columns and rows of the canvas that are
    multiples of it are so in the extended array too, and its sides are whole multiples."""
    inside = area.intersect(Rect.of(canvas))
    left, right = _sides(inside.x, inside.right, canvas.width, margin, step, LANES * step)
    top, bottom = _sides(inside.y, inside.bottom, canvas.height, margin, step, step)
    return Frame(inside.translate(-area.x, -area.y), top, bottom, left, right)


def _sides(
    start: int, end: int, length: int, margin: int, step: int, whole: int
) -> tuple[int, int]:
    before = start - (0 if start > 0 else margin)
    before -= before % step
    after = end + (0 if end < length else margin)
    return start - before, after + (before - after) % whole - end
