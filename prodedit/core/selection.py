# SPDX-License-Identifier: Apache-2.0
"""Selections: 1-channel Tiles over the canvas, 0 = not selected, 255 = selected. None: all is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import pi, sqrt
from types import MappingProxyType
from typing import Any, Literal

import cv2
import numpy as np

from prodedit.core.coverage import Region
from prodedit.core.geometry import Rect, Size, bounding
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, block_rect, places, slices

Mode = Literal["replace", "add", "subtract", "intersect"]
"""What becomes of the selection that there is."""

FARTHEST = 500
"""Pixels by which a selection is grown, softened and so on at most."""
_EDGE = 3
"""Half selected pixels for each pixel of the rim; more, and the edge is a soft one."""
_DISC = 4
_NARROW = 6.0
"""Below this sigma a true Gaussian is as fast as boxes, and finer."""


def full(size: Size) -> Tiles:
    """Everything is selected, and known to be; blocks that look alike are one object."""
    blocks: dict[Size, Block] = {}
    selection: dict[Place, Block] = {}
    for place, part in places(Rect.of(size)):
        if part.size not in blocks:
            pixels = np.zeros((TILE, TILE), np.uint8)
            pixels[: part.height, : part.width] = 255
            blocks[part.size] = Block(pixels)
        selection[place] = blocks[part.size]
    return Tiles.empty(size, 1).with_blocks(selection)


def combined(old: Tiles | None, new: Region, mode: Mode, size: Size) -> Tiles | None:
    """The selection after `new` was chosen; None where nothing is left.

    Blocks that `new` does not touch, or leaves as they are, stay the same objects."""
    if old is None:
        old = full(size) if mode in ("subtract", "intersect") else Tiles.empty(size, 1)
    kept = dict(old.blocks) if mode in ("add", "subtract") else {}
    formula = _FORMULAS[mode]
    for place, part in places(new.rect.intersect(Rect.of(size))):
        block = old.blocks.get(place)
        before = np.zeros((TILE, TILE), np.uint8) if block is None else block.pixels
        other = np.zeros((TILE, TILE), np.uint8)
        inside = part.translate(-place[0] * TILE, -place[1] * TILE)
        slices(other, inside)[...] = slices(new.pixels, part.translate(-new.x, -new.y))
        kept[place] = _shared(block, formula(before, other))
    return tidy(old.with_blocks(kept))


_FORMULAS: Mapping[Mode, Callable[[Pixels, Pixels], Pixels]] = MappingProxyType(
    {
        "replace": lambda old, new: new,
        "add": lambda old, new: np.maximum(old, new),
        "subtract": lambda old, new: np.asarray(cv2.subtract(old, new), np.uint8),
        "intersect": lambda old, new: np.minimum(old, new),
    }
)


def tidy(selection: Tiles) -> Tiles | None:
    """Without empty blocks, and those that are full as one object; None where nothing is left."""
    whole: dict[Size, Block] = {}
    kept: dict[Place, Block] = {}
    for place, block in selection.blocks.items():
        inside = block_rect(place).intersect(selection.bounds)
        used = block.pixels[: inside.height, : inside.width]
        if not used.any():
            continue
        kept[place] = whole.setdefault(inside.size, block) if used.min() == 255 else block
    return selection.with_blocks(kept) if kept else None


def bounds(selection: Tiles) -> Rect:
    """The smallest rectangle that holds all that is selected at all."""
    found = []
    for place, block in selection.blocks.items():
        x, y, width, height = cv2.boundingRect(block.pixels)
        found.append(Rect(x + place[0] * TILE, y + place[1] * TILE, width, height))
    return bounding(rect for rect in found if not rect.is_empty)


def region_of(selection: Tiles) -> Region:
    """All of it as one array."""
    rect = bounds(selection)
    return Region(selection.to_array(rect), rect.x, rect.y)


def inverted(selection: Tiles) -> Tiles | None:
    """None where nothing would be selected."""
    whole = full(selection.size)
    blocks = {}
    for place, block in whole.blocks.items():
        old = selection.blocks.get(place)
        blocks[place] = block if old is None else Block(block.pixels - old.pixels)
    return tidy(selection.with_blocks(blocks))


def grown(selection: Tiles, pixels: int) -> Tiles | None:
    """Its edge moved outwards by so many pixels; a soft edge stays as soft."""
    return _changed(selection, min(pixels, FARTHEST), partial(_grown, pixels=pixels))


def shrunk(selection: Tiles, pixels: int) -> Tiles | None:
    """Its edge moved inwards; where it ends at the edge of the picture it goes on ending there."""
    return _changed(selection, 1, partial(_shrunk, pixels=pixels))


def feathered(selection: Tiles, radius: float) -> Tiles | None:
    """Soft over about `radius` pixels to both sides of its edge."""
    sigma = max(0.1, min(radius, FARTHEST) / 2)
    return _changed(selection, round(3 * sigma) + 1, partial(_blurred, sigma=sigma))


def smoothed(selection: Tiles, radius: float) -> Tiles | None:
    """Corners rounded, specks and holes smaller than `radius` gone, its edge hard again."""
    sigma = max(0.5, min(radius, FARTHEST) / 2)

    def smooth(pixels: Pixels) -> Pixels:
        steep = max(1.0, sigma * sqrt(2 * pi))  # a blurred edge rises by 1 / this a pixel
        return _line(_blurred(pixels, sigma), steep, 127.5 * (1 - steep))

    return _changed(selection, round(sigma) + 2, smooth)


def bordered(selection: Tiles, width: int) -> Tiles | None:
    """A frame of `width` pixels on its edge, half to each side; the picture's edge is an edge."""
    width = max(1, min(width, FARTHEST))
    outer, inner = width - width // 2, width // 2

    def frame(pixels: Pixels) -> Pixels:
        outside = cv2.copyMakeBorder(pixels, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0,))
        kept = _shrunk(np.asarray(outside, np.uint8), inner)[1:-1, 1:-1]
        return np.asarray(cv2.subtract(_grown(pixels, outer), kept), np.uint8)

    return _changed(selection, outer, frame)


def _changed(selection: Tiles, margin: int, change: Callable[[Pixels], Pixels]) -> Tiles | None:
    """`change` sees what is selected with `margin` pixels round it, cut at the canvas' edge."""
    rect = bounds(selection).inflate(margin).intersect(selection.bounds)
    if rect.is_empty:
        return None
    changed = change(selection.to_array(rect))
    return tidy(Tiles.empty(selection.size, 1).paste(changed, rect.x, rect.y))


def _grown(area: Pixels, pixels: int) -> Pixels:
    if _is_soft(area):
        return _by_discs(area, pixels, cv2.dilate)
    far = cv2.distanceTransform((area < 128).astype(np.uint8), cv2.DIST_L2, 5)
    return np.maximum(area, _line(far, -255, 255 * (pixels + 1)))


def _shrunk(area: Pixels, pixels: int) -> Pixels:
    if _is_soft(area):
        return _by_discs(area, pixels, cv2.erode)
    far = cv2.distanceTransform((area >= 128).astype(np.uint8), cv2.DIST_L2, 5)
    return np.minimum(area, _line(far, 255, -255 * pixels))


def _line(values: cv2.typing.MatLike, slope: float, start: float) -> Pixels:
    """start + slope * values, cut to 0..255: one pass over the pixels."""
    return np.asarray(cv2.addWeighted(values, slope, values, 0.0, start, dtype=cv2.CV_8U), np.uint8)


def _is_soft(area: Pixels) -> bool:
    """Whether the edge is wider than smoothed steps are."""
    hard = (area >= 128).astype(np.uint8)
    rim = cv2.countNonZero(hard) - cv2.countNonZero(cv2.erode(hard, np.ones((3, 3), np.uint8)))
    return cv2.countNonZero(cv2.inRange(area, 1, 254)) > _EDGE * max(rim, 1)


def _by_discs(area: Pixels, pixels: int, morph: Callable[..., Any]) -> Pixels:
    """Small discs one after the other make the large one, and cost its radius, not its area."""
    left = min(pixels, FARTHEST)
    while left > 0:
        radius = min(left, _DISC)
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        area = np.asarray(morph(area, disc), np.uint8)
        left -= radius
    return area


def _blurred(area: Pixels, sigma: float) -> Pixels:
    """A Gaussian; a wide one as three boxes, whose cost does not grow with it (W. Wells, "Efficient
    synthesis of Gaussian filters by cascaded uniform filters", 1986)."""
    if sigma < _NARROW:
        return np.asarray(cv2.GaussianBlur(area, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))
    width = 2 * round(sqrt(4 * sigma * sigma + 1) / 2) + 1
    for _ in range(3):
        area = np.asarray(cv2.blur(area, (width, width), borderType=cv2.BORDER_REPLICATE))
    return area


def _shared(block: Block | None, pixels: Pixels) -> Block:
    """The old block where it shows the same."""
    if block is not None and np.array_equal(block.pixels, pixels):
        return block
    return Block(pixels)
