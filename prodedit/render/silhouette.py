# SPDX-License-Identifier: Apache-2.0
"""The shape of a layer as its effects see it: coverage on the canvas, also beyond its edges."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from math import log2
from typing import Any, NamedTuple
from weakref import ref

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size, bounding
from prodedit.core.layer import Layer
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices
from prodedit.render.cache import PixelCache

Floats = NDArray[np.float32]
Block = Callable[[Layer, Size, Place], Pixels | None]
"""(256, 256, 4) of a layer alone in a block of canvas; None where nothing of it lies."""

_MOST = 2 << 20
"""Cells of a reduced shape: a soft shadow has no finer detail to lose."""
_COARSEST = 64
_KEPT = 8
"""Of what effects have computed of a shape, when one of them changes."""


class Field(NamedTuple):
    """Coverage 0..1 in cells of `factor` x `factor` canvas pixels, the first one's upper left
    corner at (x, y)."""

    values: Floats
    x: int
    y: int
    factor: int

    def sampled(self, area: Rect, dx: float = 0.0, dy: float = 0.0) -> Floats:
        """(h, w) of `area`, everything moved by (dx, dy); linear between cells, 0 outside."""
        step = 1 / self.factor
        x = (area.x + 0.5 - dx - self.x) * step - 0.5
        y = (area.y + 0.5 - dy - self.y) * step - 0.5
        matrix = np.array([[step, 0, x], [0, step, y]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        moved = cv2.warpAffine(self.values, matrix, area.size, flags=flags)
        return np.asarray(moved, np.float32)


class Silhouette:
    """One layer's shape. Blocks come from `block` and are reduced once: see PixelCache.

    made: what effects have computed of the whole shape, by effect or by what they share."""

    def __init__(self, layer: Layer, canvas: Size, block: Block, cache: PixelCache) -> None:
        self.layer = layer
        self.canvas = canvas
        self._block = block
        self._cache = cache
        self._box: Rect | None = None
        self._blocks: dict[Place, ref[Pixels]] = {}
        self._empty: set[Place] = set()
        self.made: dict[Hashable, Any] = {}

    @property
    def reach(self) -> Rect:
        """What the layer may touch; far beyond the canvas nothing counts."""
        canvas = Rect.of(self.canvas)
        margin = max(self.canvas)
        return self.layer.content_bounds(self.canvas).intersect(canvas.inflate(margin))

    def alpha(self, area: Rect) -> Pixels:
        """(h, w) uint8 of `area` of the canvas."""
        return self.pixels(area)[..., 3]

    def pixels(self, area: Rect) -> Pixels:
        """(h, w, 4) premultiplied of `area` of the canvas."""
        found = np.zeros((area.height, area.width, 4), np.uint8)
        for place, part in places(area):
            block = self._at(place)
            if block is not None:
                inside = part.translate(-place[0] * TILE, -place[1] * TILE)
                slices(found, part.translate(-area.x, -area.y))[...] = slices(block, inside)
        return found

    def _at(self, place: Place) -> Pixels | None:
        """Asked for once, as long as the block itself lives."""
        if place in self._empty:
            return None
        known = self._blocks.get(place)
        block = None if known is None else known()
        if block is None:
            block = self._block(self.layer, self.canvas, place)
            if block is None:
                self._empty.add(place)
            else:
                self._blocks[place] = ref(block)
        return block

    def forget(self) -> None:
        """What effects have computed, but for the latest."""
        for key in list(self.made)[:-_KEPT]:
            del self.made[key]

    def box(self) -> Rect:
        """The smallest rectangle round all that is at least half covered; empty for nothing."""
        if self._box is None:
            self._box = bounding(self._visible(place) for place, _ in places(self.reach))
        return self._box

    def lowest(self, area: Rect) -> Iterator[tuple[Rect, NDArray[np.int16]]]:
        """Of each block in `area` the part of it, and for each of that part's columns how many
        rows below the block's top all ends that is at least half covered; 0 for nothing."""
        for place, part in places(area):
            block = self._at(place)
            if block is not None:
                left = part.x - place[0] * TILE
                rows = self._cache.get((block,), "lowest", partial(_lowest, block)).view(np.int16)
                yield (
                    Rect(part.x, place[1] * TILE, part.width, TILE),
                    rows[left : left + part.width],
                )

    def field(self, detail: float, margin: float) -> Field:
        """The whole shape, in cells of at most `detail` pixels (1, 2, 4, ... 64; larger where the
        shape is huge), with at least `margin` pixels of nothing on every side."""
        reach = self.reach
        factor = _cell(detail, reach)
        cells = int(margin) // factor + 2
        x, y = reach.x // TILE * TILE, reach.y // TILE * TILE
        width = -(-(reach.right - x) // factor) + 2 * cells
        height = -(-(reach.bottom - y) // factor) + 2 * cells
        values = np.zeros((height, width), np.uint8)
        for place, _ in places(reach):
            cell = self._reduced(place, factor)
            if cell is not None:
                left = (place[0] * TILE - x) // factor + cells
                top = (place[1] * TILE - y) // factor + cells
                room = values[top : top + cell.shape[0], left : left + cell.shape[1]]
                room[...] = cell[: room.shape[0], : room.shape[1]]
        scaled = values.astype(np.float32) / np.float32(255)
        return Field(scaled, x - cells * factor, y - cells * factor, factor)

    def _reduced(self, place: Place, factor: int) -> Pixels | None:
        block = self._at(place)
        if block is None:
            return None
        side = TILE // factor

        def make() -> Pixels:
            alpha = np.ascontiguousarray(block[..., 3])
            return np.asarray(cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA))

        return self._cache.get((block,), ("reduced", factor), make)

    def _visible(self, place: Place) -> Rect:
        block = self._at(place)
        if block is None:
            return Rect(0, 0, 0, 0)
        edges = self._cache.get((block,), "box", lambda: _edges(block))
        x, y, width, height = (int(number) for number in edges.view(np.int32))
        return (
            Rect(x, y, width, height).translate(*block_rect(place)[:2])
            if width
            else Rect(0, 0, 0, 0)
        )


def empty_field(area: Rect, detail: float) -> Field:
    """Nothing, all over `area`, in cells as `Silhouette.field` has them."""
    factor = _cell(detail, area)
    x, y = area.x // factor, area.y // factor
    cells = -(-area.bottom // factor) - y, -(-area.right // factor) - x
    return Field(np.zeros(cells, np.float32), x * factor, y * factor, factor)


def _cell(detail: float, area: Rect) -> int:
    factor = 1 << max(0, int(log2(max(1.0, detail))))
    while factor < _COARSEST and area.size.area > _MOST * factor * factor:
        factor *= 2
    return min(factor, _COARSEST)


class Silhouettes:
    """Those of the layers that were asked for last. Layers that differ in nothing but their effects
    and how they are laid over others have one and the same."""

    def __init__(self, block: Block, cache: PixelCache, most: int = 16) -> None:
        self._block = block
        self._cache = cache
        self._most = most
        self._known: OrderedDict[tuple[int, Size], tuple[ref[Layer], Silhouette]] = OrderedDict()

    def of(self, layer: Layer, canvas: Size) -> Silhouette:
        key = (id(layer), canvas)
        known = self._known.get(key)
        if known is None or known[0]() is not layer:
            shape = self._alike(layer, canvas)
            if shape is None:
                shape = Silhouette(layer, canvas, self._block, self._cache)
            known = ref(layer), shape
        self._known[key] = known
        self._known.move_to_end(key)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return known[1]

    def _alike(self, layer: Layer, canvas: Size) -> Silhouette | None:
        wanted = _shape_of(layer)
        for _, shape in reversed(self._known.values()):
            if shape.canvas == canvas and _shape_of(shape.layer) == wanted:
                shape.forget()
                return shape
        return None


def _shape_of(layer: Layer) -> tuple[object, ...]:
    return (layer.content, layer.mask, layer.transform, layer.warp)


def _lowest(block: Pixels) -> Pixels:
    """Of each column, the row below the lowest that is at least half covered, as the bytes of int16
    numbers."""
    if (block[-1, :, 3] >= 128).all():
        return np.full(TILE, TILE, np.int16).view(np.uint8)
    covered = cv2.extractChannel(block, 3)[::-1] >= 128
    rows = np.where(covered.any(axis=0), TILE - covered.argmax(axis=0), 0)
    return rows.astype(np.int16).view(np.uint8)


def _edges(block: Pixels) -> Pixels:
    """(x, y, width, height) of what is at least half covered, as the bytes of four int32."""
    covered = (block[..., 3] >= 128).astype(np.uint8)
    return np.array(cv2.boundingRect(covered), np.int32).view(np.uint8)
