# SPDX-License-Identifier: Apache-2.0
"""A photo together with its smaller copies, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect
from prodedit.engine.families.lanczos import resized

Bytes = NDArray[np.uint8]
_AMPLE = 8.0  # times the side wanted: a network answers up to 7/255 otherwise from a third of it
Scalar = TypeVar("Scalar", bound=np.generic)

LARGEST_WORKING_SIDE = 1536


def scaled(values: NDArray[Scalar], size: tuple[int, int], how: int = -1) -> NDArray[Scalar]:
    """(h, w) or (h, w, c) at (width, height): `how`, else linear where it grows, area averages
    where it shrinks."""
    if how < 0:
        how = cv2.INTER_LINEAR if size[0] >= values.shape[1] else cv2.INTER_AREA
    return cast("NDArray[Scalar]", cv2.resize(values, size, interpolation=how))  # type: ignore[arg-type]


def _shrunk(plane: Bytes, side: int) -> Bytes:
    if int(plane.min()) == 255:  # mostly so with alpha
        return np.full((side, side), 255, np.uint8)
    return resized(plane, (side, side))


@dataclass(frozen=True, eq=False)
class Reduced:
    """`source` (h, w, 4) uint8 premultiplied BGRA, and what is made of it."""

    source: Bytes

    @cached_property
    def halves(self) -> tuple[Bytes, ...]:
        """The source, then halves of it until the long side is at most LARGEST_WORKING_SIDE.

        Halving twice is several times faster than one area average by another factor.
        """
        levels = [self.source]
        while max(levels[-1].shape[:2]) > LARGEST_WORKING_SIDE:
            height, width = levels[-1].shape[:2]
            size = (max(1, width // 2), max(1, height // 2))
            levels.append(scaled(levels[-1], size, cv2.INTER_AREA))
        return tuple(levels)

    @property
    def small(self) -> Bytes:
        """The copy (h', w', 4) at which edges are worked out."""
        return self.halves[-1]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of `small`."""
        return self.small.shape[1], self.small.shape[0]

    def lanczos(self, side: int) -> Bytes:
        """(side, side, 4): by the Lanczos of Pillow, from the first copy that is ample."""
        ample = [level for level in self.halves if min(level.shape[:2]) >= _AMPLE * side]
        level = (ample or [self.source])[-1]
        planes = (np.asarray(cv2.extractChannel(level, n), np.uint8) for n in range(4))
        return np.stack([_shrunk(plane, side) for plane in planes], axis=2)

    def crop(self, box: Rect) -> Reduced:
        """A part of the photo, as a photo."""
        return Reduced(self.source[box.y : box.bottom, box.x : box.right])
