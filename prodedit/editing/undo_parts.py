# SPDX-License-Identifier: Apache-2.0
"""Old blocks kept as what differs from the block that took their place: a stroke changes a strip
of the blocks that it crosses, seldom all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary, WeakSet

import numpy as np

from prodedit.core.document import Document, layer_tiles
from prodedit.core.geometry import Rect
from prodedit.core.tiles import Block, Pixels, Tiles, slices

Pair = tuple[Block, Block]
"""(a block that undo holds, the one in its place on the other side of the step)"""

_WORTH = 0.75
"""Share of a block, at most, that must differ: beyond it the block is kept as it is."""

_LONGEST = 32
"""Blocks, at most, that rest on one another in a row: a longer row takes long to put together, and
to let go of (each block that goes takes the next one along, on the stack)."""


class _Part(NamedTuple):
    """The block is `base` with `pixels` laid at `rect`."""

    base: Block
    rect: Rect
    pixels: Pixels


class Parts:
    """Knows which blocks are kept as parts. Changed by the window's thread alone; any thread may
    ask the blocks for their pixels meanwhile."""

    def __init__(self) -> None:
        self._parts: WeakKeyDictionary[Block, _Part] = WeakKeyDictionary()
        self._resting: WeakKeyDictionary[Block, WeakSet[Block]] = WeakKeyDictionary()
        self._wholes: WeakSet[Block] = WeakSet()

    def __contains__(self, block: Block) -> bool:
        return block in self._parts

    def nbytes(self, block: Block) -> int:
        """What a block takes up in memory, unless it lies in a file."""
        part = self._parts.get(block)
        return block.nbytes if part is None else part.pixels.nbytes

    def may_fit(self, pair: Pair) -> bool:
        """Whether `keep` is worth a try."""
        block, base = pair
        if block.is_stowed or block in self._wholes:
            return False
        below = self._below(base)
        return block not in below and len(below) + self._above(block) < _LONGEST

    def keep(self, pair: Pair) -> bool:
        """Forget all of the first block but what the second lacks; False where that is too much."""
        block, base = pair
        old, new = block.pixels, base.pixels
        rect = _difference(old, new) if old.shape == new.shape else None
        if rect is None or rect.size.area > _WORTH * old.shape[0] * old.shape[1]:
            self._wholes.add(block)
            return False
        part = _Part(base, rect, slices(old, rect).copy())
        self._parts[block] = part
        self._resting.setdefault(base, WeakSet()).add(block)
        block.stow(lambda: self._whole(part))
        return True

    def forget(self, block: Block) -> None:
        """The block's pixels are in memory again, or in a file."""
        part = self._parts.pop(block, None)
        if part is not None:
            self._resting[part.base].discard(block)

    def _below(self, block: Block) -> list[Block]:
        """The block, and all that it rests on."""
        found = [block]
        while (part := self._parts.get(found[-1])) is not None:
            found.append(part.base)
        return found

    def _above(self, block: Block) -> int:
        """How many blocks rest on this one and on one another, in the longest row."""
        row, count = {block}, -1
        while row:
            row = {each for below in row for each in self._resting.get(below, ())}
            count += 1
        return count

    def _whole(self, part: _Part) -> Pixels:
        laid, base = [part], part.base
        while base.is_stowed and (below := self._parts.get(base)) is not None:
            laid.append(below)
            base = below.base
        pixels = base.pixels.copy()
        for each in reversed(laid):
            slices(pixels, each.rect)[...] = each.pixels
        pixels.flags.writeable = False
        return pixels


def pairs(kept: Document, other: Document) -> Iterator[Pair]:
    """The blocks of `kept` that `other` has replaced by other ones in the same place."""
    for one, two in _tiles(kept, other):
        if one is not two:
            for place, block in one.blocks.items():
                base = two.blocks.get(place)
                if base is not None and base is not block:
                    yield block, base


def _tiles(kept: Document, other: Document) -> Iterator[tuple[Tiles, Tiles]]:
    if kept.selection is not None and other.selection is not None:
        yield kept.selection, other.selection
    others = {layer.id: layer for layer in other.walk()}
    for layer in kept.walk():
        twin = others.get(layer.id)
        if twin is not None and twin is not layer:
            for one in layer_tiles(layer):
                for two in layer_tiles(twin):
                    if one.size == two.size and one.channels == two.channels:
                        yield one, two


def _difference(old: Pixels, new: Pixels) -> Rect:
    """What differs, as one rectangle."""
    differs = old != new if old.ndim == 2 else (old.view(np.uint32) != new.view(np.uint32))[..., 0]
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return Rect(0, 0, 0, 0)
    x, y = int(columns[0]), int(rows[0])
    return Rect(x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)
