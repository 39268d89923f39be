# SPDX-License-Identifier: Apache-2.0
"""Work at full resolution only where a matte is soft: the tiles that hold an edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 64


class Span(NamedTuple):
    """A rectangle of the full picture."""

    left: int
    top: int
    width: int
    height: int

    @property
    def slices(self) -> tuple[slice, slice]:
        return (
            slice(self.top, self.top + self.height),
            slice(self.left, self.left + self.width),
        )

    def sample(self, small: NDArray[np.float32], full: tuple[int, ...]) -> NDArray[np.float32]:
        """This rectangle of `small` (h', w', c or none) enlarged to `full` (h, w), bilinear."""
        scale_x, scale_y = small.shape[1] / full[1], small.shape[0] / full[0]
        if scale_x == 1 and scale_y == 1:
            return small[self.slices]
        # Pixel centres: full x covers small x * scale + (scale - 1) / 2.
        shift_x = (self.left + 0.5) * scale_x - 0.5
        shift_y = (self.top + 0.5) * scale_y - 0.5
        way = np.array([[scale_x, 0, shift_x], [0, scale_y, shift_y]], np.float32)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = (self.width, self.height)
        grown = cv2.warpAffine(small, way, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(grown, np.float32)


def soft_tiles(matte: NDArray[np.uint8], low: int = 0, high: int = 255) -> Iterator[Span]:
    """The tiles of a matte (h, w) that hold values strictly between `low` and `high`."""
    height, width = matte.shape
    soft = np.asarray(cv2.inRange(matte, np.array(low + 1), np.array(high - 1)))
    # Eight pixels at a time: this looks at every pixel of the photo.
    padded = cv2.copyMakeBorder(soft, 0, 0, 0, -width % 8, cv2.BORDER_CONSTANT, value=0)
    words = np.asarray(padded).view(np.uint64)
    rows = np.bitwise_or.reduceat(words, np.arange(0, height, SIDE), axis=0)
    found = np.bitwise_or.reduceat(rows, np.arange(0, words.shape[1], SIDE // 8), axis=1)
    for row, column in np.argwhere(found).tolist():
        top, left = row * SIDE, column * SIDE
        yield Span(left, top, min(SIDE, width - left), min(SIDE, height - top))
