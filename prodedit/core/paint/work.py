# SPDX-License-Identifier: Apache-2.0
"""The blocks of a layer that are being painted on, before they become a version of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, slices


class Work:
    """Writes into copies; `painted` is the layer with them, which shares all other blocks."""

    def __init__(self, layer: Layer, tiles: Tiles) -> None:
        self._layer = layer
        self._tiles = tiles
        self._pixels: dict[Place, Pixels] = {}
        self._blocks: dict[Place, Block] = {}
        self._stale: set[Place] = set()
        self._foreground: dict[Place, Pixels] = {}

    @property
    def places(self) -> Collection[Place]:
        """The blocks that were written into."""
        return self._pixels.keys()

    def old(self, place: Place, inside: Rect) -> Pixels:
        """(h, w, 4): as it was before, of a part of a block."""
        block = self._tiles.blocks.get(place)
        if block is None:
            return np.zeros((inside.height, inside.width, 4), np.uint8)
        return np.ascontiguousarray(slices(block.pixels, inside))

    def now(self, place: Place, inside: Rect) -> Pixels:
        """As it is by now."""
        return np.ascontiguousarray(slices(self._copy(place), inside))

    def put(self, place: Place, inside: Rect, pixels: Pixels) -> None:
        """These pixels in place of that part."""
        slices(self._copy(place), inside)[...] = pixels
        self._stale.add(place)

    def uncolour(self, place: Place, inside: Rect, share: Pixels) -> None:
        """What was computed of the soft edge of a cut-out was for the old pixels: where `share` is
        more than nothing the layer's own show again."""
        mask = self._layer.mask
        block = mask and mask.foreground and mask.foreground.blocks.get(place)
        if block:
            kept = self._foreground.setdefault(place, block.pixels.copy())
            slices(kept, inside)[share > 0] = 0

    def painted(self) -> Layer:
        for place in self._stale:
            self._blocks[place] = Block(self._pixels[place].copy())
        self._stale.clear()
        if not self._blocks:
            return self._layer
        tiles = self._tiles.with_blocks({**self._tiles.blocks, **self._blocks})
        return replace(self._layer, content=PixelContent(tiles), mask=self._mask())

    def finished(self) -> Layer | None:
        """As `painted`, where blocks that are as before are the old ones; None: nothing changed."""
        self.painted()
        old = self._tiles.blocks
        changed = {p: b for p, b in self._blocks.items() if not _same(old.get(p), b)}
        if not changed:
            return None
        blocks = {**old, **changed}
        kept = {p: b for p, b in blocks.items() if p not in changed or b.pixels.any()}
        tiles = self._tiles.with_blocks(kept)
        return replace(self._layer, content=PixelContent(tiles), mask=self._mask())

    def _mask(self) -> Mask | None:
        mask = self._layer.mask
        if not self._foreground or mask is None or mask.foreground is None:
            return mask
        fresh = {place: Block(pixels.copy()) for place, pixels in self._foreground.items()}
        blocks = {**mask.foreground.blocks, **fresh}
        return replace(mask, foreground=mask.foreground.with_blocks(blocks).without_blank())

    def _copy(self, place: Place) -> Pixels:
        pixels = self._pixels.get(place)
        if pixels is None:
            block = self._tiles.blocks.get(place)
            blank = np.zeros((TILE, TILE, 4), np.uint8)
            pixels = self._pixels[place] = blank if block is None else block.pixels.copy()
        return pixels


def _same(old: Block | None, new: Block) -> bool:
    if old is None:
        return not new.pixels.any()
    return np.array_equal(old.pixels.view(np.uint32), new.pixels.view(np.uint32))
