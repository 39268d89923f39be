# SPDX-License-Identifier: Apache-2.0
"""Pixels of a layer as immutable blocks that versions of a document share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size

TILE = 256
"""Side of a block: 256 KiB of colour, half of a core's second-level cache."""

Pixels = NDArray[np.uint8]
Place = tuple[int, int]
"""(column, row) of a block."""


class Block:
    """One block of pixels: (256, 256) or (256, 256, 4) uint8, never written to once it is made.

    The bytes may be put away in a file and come back from there (`stow`): the value stays the
    same, so this is not a change.
    """

    __slots__ = ("__weakref__", "_fetch", "_pixels", "nbytes")

    def __init__(self, pixels: Pixels) -> None:
        pixels.flags.writeable = False
        self._pixels: Pixels | None = pixels
        self._fetch: Callable[[], Pixels] | None = None
        self.nbytes = pixels.nbytes

    @property
    def pixels(self) -> Pixels:
        pixels, fetch = self._pixels, self._fetch  # once each: another thread may stow or recall
        if pixels is not None:
            return pixels
        return fetch() if fetch is not None else self.pixels

    @property
    def is_stowed(self) -> bool:
        return self._pixels is None

    def stow(self, fetch: Callable[[], Pixels]) -> None:
        """Forget the bytes; `fetch` gives the same ones whenever they are asked for."""
        self._fetch = fetch  # before the bytes go, so that there always is a way to them
        self._pixels = None

    def recall(self) -> None:
        """Take the bytes back into memory."""
        if self._pixels is None:
            self._pixels = self.pixels
            self._fetch = None  # it may keep another block alive


@dataclass(frozen=True, eq=False)
class Tiles:
    """An immutable picture of `size` in 256 x 256 blocks; a missing block is all zero.

    channels 4: 8-bit sRGB, premultiplied, byte order B, G, R, A. channels 1: a mask.
    Blocks at the right and lower border are whole; what lies beyond `size` is zero.
    """

    size: Size
    channels: int
    blocks: Mapping[Place, Block] = field(default_factory=lambda: MappingProxyType({}))

    @staticmethod
    def empty(size: Size, channels: int = 4) -> Tiles:
        return Tiles(size, channels)

    @staticmethod
    def from_array(array: Pixels) -> Tiles:
        """(h, w, 4) premultiplied BGRA or (h, w), uint8. Raises ValueError on any other shape."""
        channels = _channels(array)
        return Tiles.empty(Size(array.shape[1], array.shape[0]), channels).paste(array, 0, 0)

    @property
    def bounds(self) -> Rect:
        return Rect.of(self.size)

    @property
    def nbytes(self) -> int:
        return sum(block.nbytes for block in self.blocks.values())

    def block(self, column: int, row: int) -> Pixels | None:
        block = self.blocks.get((column, row))
        return None if block is None else block.pixels

    def to_array(self, rect: Rect | None = None) -> Pixels:
        """The pixels of `rect` (default: all) as a new array; zero outside of the picture."""
        rect = self.bounds if rect is None else rect
        shape = (rect.height, rect.width) if self.channels == 1 else (rect.height, rect.width, 4)
        array = np.zeros(shape, np.uint8)
        for place, part in places(rect.intersect(self.bounds)):
            block = self.blocks.get(place)
            if block is not None:
                inside = part.translate(-place[0] * TILE, -place[1] * TILE)
                slices(array, part.translate(-rect.x, -rect.y))[...] = slices(block.pixels, inside)
        return array

    def paste(self, array: Pixels, x: int, y: int) -> Tiles:
        """The same picture with `array` put at (x, y), replacing; what sticks out is cut."""
        if _channels(array) != self.channels:
            raise ValueError(f"pixels of shape {array.shape} do not fit {self.channels} channels")
        target = Rect(x, y, array.shape[1], array.shape[0]).intersect(self.bounds)
        blocks = dict(self.blocks)
        for place, part in places(target):
            piece = slices(array, part.translate(-x, -y))
            blocks[place] = self._block_with(place, piece, part)
        return self.with_blocks(blocks)

    def part(self, rect: Rect) -> Tiles:
        """The picture in `rect`, which may reach beyond it: there it is zero. Where its corner is
        one of a block, the blocks are shared."""
        picture = Tiles.empty(rect.size, self.channels)
        blocks = {}
        for place, inside in places(picture.bounds):
            area = inside.translate(rect.x, rect.y)
            block = self._shared(area, place, inside)
            if block is None and not area.intersect(self.bounds).is_empty:
                piece = self.to_array(area)
                block = picture._block_with(place, piece, inside) if piece.any() else None
            if block is not None:
                blocks[place] = block
        return picture.with_blocks(blocks)

    def updated(self, array: Pixels) -> Tiles:
        """The picture `array`, of the same size, sharing the blocks that are equal in this one."""
        new = Tiles.from_array(array)
        if (new.size, new.channels) != (self.size, self.channels):
            raise ValueError(f"{new.size} x {new.channels} is not {self.size} x {self.channels}")
        blocks = {}
        for place, block in new.blocks.items():
            old = self.blocks.get(place)
            same = old is not None and np.array_equal(old.pixels, block.pixels)
            blocks[place] = old if old is not None and same else block
        return self.with_blocks(blocks)

    def with_blocks(self, blocks: Mapping[Place, Block]) -> Tiles:
        return Tiles(self.size, self.channels, MappingProxyType(dict(blocks)))

    def without_blank(self) -> Tiles:
        """The same picture without the blocks that are all zero."""
        kept = {place: block for place, block in self.blocks.items() if block.pixels.any()}
        return self if len(kept) == len(self.blocks) else self.with_blocks(kept)

    def changed(self, other: Tiles | None) -> tuple[Rect, ...]:
        """The blocks in which two pictures differ, as rectangles clipped to their bounds."""
        if other is self:
            return ()
        if other is None or other.size != self.size or other.channels != self.channels:
            whole = self.bounds if other is None else self.bounds.union(other.bounds)
            return (whole,)
        places_ = {*self.blocks, *other.blocks}
        differing = [p for p in places_ if self.blocks.get(p) is not other.blocks.get(p)]
        return tuple(block_rect(place).intersect(self.bounds) for place in sorted(differing))

    def _shared(self, area: Rect, place: Place, inside: Rect) -> Block | None:
        """The block with the pixels of `area` and no others, if there is one."""
        column, row = area.x // TILE, area.y // TILE
        block = self.blocks.get((column, row))
        if block is None or area.x % TILE or area.y % TILE:
            return None
        own = inside.translate(-place[0] * TILE, -place[1] * TILE)
        pixels = block.pixels
        is_all = not pixels[own.bottom :].any() and not pixels[: own.bottom, own.right :].any()
        return block if is_all else None

    def _block_with(self, place: Place, piece: Pixels, part: Rect) -> Block:
        if part.size == block_rect(place).size:
            return Block(piece.copy())
        old = self.blocks.get(place)
        shape = (TILE, TILE) if self.channels == 1 else (TILE, TILE, 4)
        pixels = np.zeros(shape, np.uint8) if old is None else old.pixels.copy()
        slices(pixels, part.translate(-place[0] * TILE, -place[1] * TILE))[...] = piece
        return Block(pixels)


def block_rect(place: Place) -> Rect:
    return Rect(place[0] * TILE, place[1] * TILE, TILE, TILE)


def places(rect: Rect) -> Iterator[tuple[Place, Rect]]:
    """The blocks that `rect` touches, each with the part of `rect` that lies in it."""
    if rect.is_empty:
        return
    for row in range(rect.y // TILE, -(-rect.bottom // TILE)):
        for column in range(rect.x // TILE, -(-rect.right // TILE)):
            yield (column, row), block_rect((column, row)).intersect(rect)


def slices(array: Pixels, rect: Rect) -> Pixels:
    """The view of `array` that `rect` names."""
    return array[rect.y : rect.bottom, rect.x : rect.right]


def _channels(array: Pixels) -> int:
    if array.dtype != np.uint8 or not (array.ndim == 2 or array.shape[2:] == (4,)):
        raise ValueError(f"expected (h, w) or (h, w, 4) uint8, got {array.shape} {array.dtype}")
    return 1 if array.ndim == 2 else 4
