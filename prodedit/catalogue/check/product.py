# SPDX-License-Identifier: Apache-2.0
"""Where the product is in a finished picture: told by its transparency, or by a plain backdrop.

On a plain backdrop no network is asked: what differs from it, and what that encloses, is product.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect

Bytes = NDArray[np.uint8]
How = Literal["transparency", "backdrop", "cut-out"]

VISIBLE = 128
_RING = 0.01
"""Of the short side: the width of the border by which a backdrop is known."""
_PLAIN_SHARE, _PLAIN_LEVELS = 0.9, 12
"""So much of the border has one colour, so exactly."""
_LEAST_DIFFERENCE, _MOST_DIFFERENCE, _BEYOND_NOISE = 8, 40, 6
_TOUCHES = 0.005
"""Of an edge: so much of it shows product where the product is cut there."""
_SPECK = 1e-5
"""Of the picture's area: smaller things are grain."""
_PART = 0.02
"""Of the largest thing's area: smaller ones are parts or marks, no objects."""
_JOINED = 0.01
"""Of the long side: things that are nearer to each other are one."""


class Backdrop(NamedTuple):
    """colour: red, green, blue; difference: in levels, of what is no backdrop any more."""

    colour: tuple[int, int, int]
    difference: int


class Things(NamedTuple):
    """Separate parts of a mask: their areas, the largest first, and each pixel's (1 for the
    largest, 0 for none)."""

    areas: tuple[int, ...]
    labels: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Product:
    """alpha: (h, w) uint8, 255 = product; how: by what it is known.

    cut: edges of the photo that cut it off before it was framed anew, which hides that."""

    alpha: Bytes
    how: How
    cut: int = 0

    @cached_property
    def mask(self) -> Bytes:
        """(h, w) uint8: 1 where it is clearly seen."""
        return (self.alpha >= VISIBLE).view(np.uint8)

    @cached_property
    def box(self) -> Rect:
        """Empty where nothing is seen."""
        return Rect(*cv2.boundingRect(self.mask))

    @property
    def edges_touched(self) -> int:
        """How many of the four edges cut it off, here or in the photo that it came from."""
        lines = (self.mask[0], self.mask[-1], self.mask[:, 0], self.mask[:, -1])
        return max(self.cut, sum(float(np.mean(line)) > _TOUCHES for line in lines))

    @cached_property
    def things(self) -> Things:
        """Those that are no grain."""
        return things(self.mask, max(4, round(_SPECK * self.mask.size)))

    @cached_property
    def objects(self) -> int:
        """How many things that a person would count."""
        small = _reduced(self.mask)
        side = max(1, round(_JOINED * max(small.shape)))
        kernel = np.ones((2 * side + 1, 2 * side + 1), np.uint8)
        joined = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), np.uint8)
        areas = things(joined, 1).areas
        return sum(area >= _PART * areas[0] for area in areas)


def things(mask: Bytes, least: int) -> Things:
    """Parts of `mask` (h, w), 0 or 1, that have `least` pixels."""
    count, labels, facts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = facts[:, cv2.CC_STAT_AREA].astype(int)
    kept = sorted((n for n in range(1, count) if areas[n] >= least), key=lambda n: -areas[n])
    numbers = np.zeros(count, np.int32)
    numbers[kept] = np.arange(1, len(kept) + 1)
    return Things(tuple(int(areas[n]) for n in kept), numbers[labels])


def by_transparency(alpha: Bytes | None) -> Product | None:
    """None for a picture that is opaque, or shows nothing."""
    if alpha is None or int(alpha.min()) >= VISIBLE or int(alpha.max()) < VISIBLE:
        return None
    return Product(alpha, "transparency")


def by_backdrop(rgb: Bytes) -> Product | None:
    """None where the backdrop is not of one colour, or there is nothing on it."""
    backdrop = plain_backdrop(rgb)
    if backdrop is None:
        return None
    other = (_difference(rgb, backdrop.colour) > backdrop.difference).view(np.uint8)
    mask = _enclosed(other)
    found = things(mask, max(4, round(_SPECK * mask.size)))
    if not found.areas:
        return None
    return Product(np.where(found.labels > 0, 255, 0).astype(np.uint8), "backdrop")


def plain_backdrop(rgb: Bytes) -> Backdrop | None:
    """The one colour that is nearly all round at the border of (h, w, 3)."""
    border = ring(rgb, max(2, round(_RING * min(rgb.shape[:2]))))
    red, green, blue = (int(value) for value in np.median(border, axis=0))
    colour = (red, green, blue)
    off = np.abs(border.astype(np.int16) - np.array(colour, np.int16)).max(axis=1)
    same = off <= _PLAIN_LEVELS
    if same.mean() < _PLAIN_SHARE:
        return None
    noise = float(np.percentile(off[same], 99)) + _BEYOND_NOISE
    return Backdrop(colour, round(min(_MOST_DIFFERENCE, max(_LEAST_DIFFERENCE, noise))))


def ring(pixels: Bytes, width: int) -> Bytes:
    """The pixels at the border of (h, w, c), (n, c)."""
    height = pixels.shape[0]
    width = min(width, (min(pixels.shape[:2]) + 1) // 2)
    inner = pixels[width : max(width, height - width)]
    parts = (pixels[:width], pixels[max(width, height - width) :])
    sides = (inner[:, :width], inner[:, -width:])
    return np.concatenate([part.reshape(-1, pixels.shape[2]) for part in (*parts, *sides)])


def _difference(rgb: Bytes, colour: tuple[int, int, int]) -> Bytes:
    """(h, w) uint8: of the channel that differs most."""
    plain = np.empty_like(rgb)
    plain[...] = colour
    return np.asarray(cv2.absdiff(rgb, plain).max(axis=2), np.uint8)


def _enclosed(other: Bytes) -> Bytes:
    """With what it encloses: a white label on a red box is product."""
    _, labels = cv2.connectedComponents(1 - other, connectivity=4)
    border = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    outside = np.zeros(int(labels.max()) + 1, bool)
    outside[border] = True
    outside[0] = False
    enclosed: Bytes = np.asarray(~outside[labels]).view(np.uint8)
    return enclosed


def _reduced(mask: Bytes, side: int = 512) -> Bytes:
    height, width = mask.shape
    if max(height, width) <= side:
        return mask
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return (np.asarray(cv2.resize(255 * mask, size, interpolation=cv2.INTER_AREA)) > 64).view(
        np.uint8
    )
