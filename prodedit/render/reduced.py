# SPDX-License-Identifier: Apache-2.0
"""A document made smaller by a power of two, its layers reduced block by block as they are asked
for: what nobody looks at costs nothing, and what has not changed is not reduced again.

Blending and adjusting what was reduced is not just reducing what was blended, and a layer that
lies between two pixels of the copy is put on the nearer one: near enough to be shown until the
picture itself is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import floor, hypot, log2
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary

import cv2
import numpy as np

from prodedit.core.document import Document
from prodedit.core.edits.scaling import Scaling
from prodedit.core.geometry import IDENTITY, Point, Rect, Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, block_rect
from prodedit.core.warp import MeshWarp, Perspective, Warp, bounds

_Made = WeakValueDictionary[tuple[int, ...], Block]
"""Reduced blocks by the ids of the blocks that they were made of. Whoever holds one holds those,
too, so that no id is another's meanwhile."""


class ReducedBlocks(Mapping[Place, Block]):
    """The blocks of a picture whose sides are a `step`th of `source`'s, rounded up; made when they
    are asked for. `step` divides 256. For any thread."""

    def __init__(self, source: Tiles, step: int, made: _Made) -> None:
        self.source = source
        self._step = step
        self._made = made
        self._known: dict[Place, Block] = {}
        self._places = frozenset((x // step, y // step) for x, y in source.blocks)

    @property
    def nbytes(self) -> int:
        return sum(block.nbytes for block in list(self._known.values()))

    def __getitem__(self, place: Place) -> Block:
        known = self._known.get(place)
        if known is None:
            if place not in self._places:
                raise KeyError(place)
            known = self._known[place] = self._found(place)
        return known

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _found(self, place: Place) -> Block:
        near = tuple(
            self.source.blocks.get((place[0] * self._step + x, place[1] * self._step + y))
            for y in range(self._step)
            for x in range(self._step)
        )
        key = tuple(map(id, near))
        block = self._made.get(key)
        if block is None:
            block = self._made[key] = Block(self._averaged(place, near))
        return block

    def _averaged(self, place: Place, near: tuple[Block | None, ...]) -> Pixels:
        shape = (TILE, TILE) if self.source.channels == 1 else (TILE, TILE, 4)
        pixels, side = np.zeros(shape, np.uint8), TILE // self._step
        for number, block in enumerate(near):
            if block is None:
                continue
            row, column = divmod(number, self._step)
            own = block_rect((place[0] * self._step + column, place[1] * self._step + row))
            inside = own.intersect(self.source.bounds)
            small = averaged(block.pixels[: inside.height, : inside.width], self._step)
            y, x = row * side, column * side
            pixels[y : y + small.shape[0], x : x + small.shape[1]] = small
        return pixels


def averaged(pixels: Pixels, step: int) -> Pixels:
    """Means of `step` x `step` pixels; the last column and row count on where they end within.
    Halved again and again: OpenCV's means of 2 x 2 are by far its fastest."""
    while step > 1:
        height, width = pixels.shape[:2]
        if height % 2 or width % 2:
            pixels = np.asarray(
                cv2.copyMakeBorder(pixels, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
            )
        size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        step //= 2
    return pixels


def reduced_size(size: Size, step: int) -> Size:
    return Size(-(-size.width // step), -(-size.height // step))


class Smaller:
    """Makes documents `step` times smaller. Of one document after the other it makes anew only the
    layers that are others, and of those only the blocks that are."""

    def __init__(self, step: int) -> None:
        self.step = step
        self._made: dict[int, _Made] = {}
        self._tiles: WeakValueDictionary[tuple[int, int], Tiles] = WeakValueDictionary()
        self._layers: dict[int, tuple[Layer, Layer]] = {}
        self._size = Size(0, 0)

    @property
    def nbytes(self) -> int:
        """Bytes of what was reduced and is in use."""
        known = (tiles.blocks for tiles in list(self._tiles.values()))
        return sum(blocks.nbytes for blocks in known if isinstance(blocks, ReducedBlocks))

    def document(self, document: Document) -> Document:
        """Its small copy, without its selection; a layer that is the same is so in the copy."""
        if self.step == 1:
            return Document(document.size, document.layers)
        if document.size != self._size:
            self._layers, self._size = {}, document.size
        scaling = _Reducing(document.size, self, self._layers)
        layers = tuple(map(scaling.layer, document.layers))
        self._layers = scaling.layers
        return Document(reduced_size(document.size, self.step), layers)

    def tiles(self, tiles: Tiles, step: int) -> Tiles:
        key = (id(tiles), step)
        known = self._tiles.get(key)
        if known is None or _source(known) is not tiles:
            made = self._made.setdefault(step, WeakValueDictionary())
            blocks = ReducedBlocks(tiles, step, made)
            known = Tiles(reduced_size(tiles.size, step), tiles.channels, blocks)
            self._tiles[key] = known
        return known


def _source(tiles: Tiles) -> Tiles | None:
    return tiles.blocks.source if isinstance(tiles.blocks, ReducedBlocks) else None


class _Reducing(Scaling):
    """One document; `known`: layers of the one before, with what they came to."""

    def __init__(
        self, before: Size, smaller: Smaller, known: Mapping[int, tuple[Layer, Layer]]
    ) -> None:
        step = smaller.step
        onto = Transform(a=1 / step, d=1 / step)
        super().__init__(onto, before, reduced_size(before, step))
        self._step, self._smaller, self._known = step, smaller, known
        self.layers: dict[int, tuple[Layer, Layer]] = {}

    def layer(self, layer: Layer) -> Layer:
        known = self._known.get(id(layer))
        if known is None or known[0] is not layer:
            known = layer, super().layer(layer)
        else:
            kept = ((id(one), self._known.get(id(one))) for one in layer.walk())
            self.layers.update({key: pair for key, pair in kept if pair is not None})
        self.layers[id(layer)] = known
        return known[1]

    def size_of(self, size: Size) -> Size:
        return reduced_size(size, self._step)

    def resized(self, tiles: Tiles, size: Size) -> Tiles:
        return self._smaller.tiles(tiles, self._step)

    def carried(self, layer: Layer) -> Layer:
        """Pixels that don't lie straight are reduced as much as they are shown smaller."""
        tiles = layer.tiles
        step = 1 if tiles is None else _own_step(layer, tiles.size, self._step)
        if tiles is None or step == 1:
            return super().carried(layer)
        enlarged = Transform(a=step, d=step)
        return replace(
            layer,
            content=PixelContent(self._smaller.tiles(tiles, step)),
            transform=self._onto.after(layer.transform).after(enlarged),
            warp=None if layer.warp is None else _SHRUNK[type(layer.warp)](layer.warp, step),
            mask=None if layer.mask is None else self._carried_mask(layer.mask, tiles.size, step),
        )

    def _carried_mask(self, mask: Mask, size: Size, step: int) -> Mask:
        if mask.transform == IDENTITY and mask.alpha.size == size:
            return mask.changed(lambda tiles: self._smaller.tiles(tiles, step))
        return replace(mask, transform=Transform(a=1 / step, d=1 / step).after(mask.transform))


def _own_step(layer: Layer, size: Size, step: int) -> int:
    """By how much the layer's own pixels may be reduced where the picture is by `step`."""
    a, b, c, d, *_ = layer.transform
    scale = max(hypot(a, b), hypot(c, d), 1e-3)
    if layer.warp is not None:
        bent = bounds(layer.warp)
        scale *= max(1.0, bent.width / size.width, bent.height / size.height)
    return int(2 ** max(0, min(log2(TILE), floor(log2(step / scale) + 1e-9))))


def _shrunk(points: tuple[Point, ...], step: int) -> Any:
    return tuple(Point(x / step, y / step) for x, y in points)


_SHRUNK: Mapping[type, Callable[[Any, int], Warp]] = MappingProxyType(
    {
        Perspective: lambda warp, step: Perspective(_shrunk(warp.corners, step)),
        MeshWarp: lambda warp, step: MeshWarp(warp.columns, warp.rows, _shrunk(warp.points, step)),
    }
)


def warmed(document: Document, area: Rect) -> Document:
    """The small copy with the blocks made that lie in `area` of it, or of layers that do not lie
    straight, all: for a thread beside the window's."""
    for layer in document.walk():
        tiles = layer.tiles
        if tiles is None:
            continue
        seen = tiles.bounds
        if layer.transform.is_whole_shift and layer.warp is None:
            seen = area.translate(-int(layer.transform.dx), -int(layer.transform.dy))
        masks = () if layer.mask is None else (layer.mask.alpha, layer.mask.foreground)
        for one in (tiles, *masks):
            for place in () if one is None else tuple(one.blocks):
                if not block_rect(place).intersect(seen).is_empty:
                    one.blocks[place]
    return document
