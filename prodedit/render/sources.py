# SPDX-License-Identifier: Apache-2.0
"""The pixels of one layer as they meet the canvas: masked, then moved or resampled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from PySide6.QtGui import QPainter

from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import FillContent, Layer, PixelContent
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, block_rect, places
from prodedit.render import fills
from prodedit.render.cache import PixelCache
from prodedit.render.images import Surface, alpha_image_of, image_of
from prodedit.render.program import Merged, active_mask
from prodedit.render.resample import resampled_block

OPAQUE = 0xFF000000


class Piece(NamedTuple):
    """Read-only (256, 256, 4) pixels whose upper left one lies at (x, y) of the canvas.

    `area`: where they count, in canvas pixels; solid: all of `area` is opaque."""

    pixels: Pixels
    x: int
    y: int
    area: Rect
    solid: bool


class Sources:
    """Finds the pieces of layers; remembers masked and resampled blocks within `budget` bytes."""

    def __init__(self, budget: int) -> None:
        self.cache = PixelCache(budget)
        self._opaque: WeakKeyDictionary[Block, bool] = WeakKeyDictionary()

    def pieces(self, source: Layer | Merged, canvas: Size, place: Place) -> list[Piece]:
        """What of `source` lies in the block of canvas at `place`, without opacity and mode."""
        kind = Merged if isinstance(source, Merged) else type(source.content)
        return _KINDS[kind](self, source, canvas, place)

    def masked(self, layer: Layer, tiles: Tiles, place: Place) -> tuple[Pixels, bool] | None:
        """One of the layer's own blocks with its mask applied, and whether all of it is opaque.

        None where nothing shows."""
        block = tiles.blocks.get(place)
        mask = active_mask(layer)
        if mask is None:
            return None if block is None else (block.pixels, self.is_opaque(block, tiles, place))
        alpha = mask.alpha.blocks.get(place)
        paint = None if mask.foreground is None else mask.foreground.blocks.get(place)
        if alpha is None or (block is None and paint is None):
            return None
        full = self.is_opaque(alpha, mask.alpha, place)
        if full and paint is None and block is not None:
            return block.pixels, self.is_opaque(block, tiles, place)
        pixels = self.cache.get(
            (block, alpha, paint), "masked", lambda: masked_block(block, alpha, paint)
        )
        return pixels, full and block is not None and self.is_opaque(block, tiles, place)

    def is_opaque(self, block: Block, tiles: Tiles, place: Place) -> bool:
        """Whether a block of colour or alpha is 255 wherever the picture reaches."""
        known = self._opaque.get(block)
        if known is None:
            inside = block_rect(place).intersect(tiles.bounds)
            known = _all_opaque(block.pixels[: inside.height, : inside.width])
            self._opaque[block] = known
        return known

    def _pixels(self, layer: Layer, canvas: Size, place: Place) -> list[Piece]:
        content = layer.content
        assert isinstance(content, PixelContent)
        if layer.transform.is_whole_shift:
            return self._shifted(layer, content.tiles, place)
        pixels = resampled_block(self, layer, content.tiles, place)
        if pixels is None:
            return []
        solid = _all_opaque(pixels)
        return [Piece(pixels, place[0] * TILE, place[1] * TILE, block_rect(place), solid)]

    def _shifted(self, layer: Layer, tiles: Tiles, place: Place) -> list[Piece]:
        dx, dy = int(layer.transform.dx), int(layer.transform.dy)
        if dx % TILE == dy % TILE == 0:
            return self._aligned(layer, tiles, place, (dx // TILE, dy // TILE))
        bounds = tiles.bounds.translate(dx, dy)
        wanted = block_rect(place).intersect(bounds).translate(-dx, -dy)
        found = []
        for own, part in places(wanted):
            shown = self.masked(layer, tiles, own)
            if shown is not None:
                x, y = own[0] * TILE + dx, own[1] * TILE + dy
                found.append(Piece(shown[0], x, y, part.translate(dx, dy), shown[1]))
        return found

    def _aligned(self, layer: Layer, tiles: Tiles, place: Place, moved: Place) -> list[Piece]:
        """The usual case, on the way of every block of every layer."""
        own = (place[0] - moved[0], place[1] - moved[1])
        shown = self.masked(layer, tiles, own)
        if shown is None:
            return []
        width = min(TILE, tiles.size.width - own[0] * TILE)
        height = min(TILE, tiles.size.height - own[1] * TILE)
        x, y = place[0] * TILE, place[1] * TILE
        return [Piece(shown[0], x, y, Rect(x, y, width, height), shown[1])]

    def _fill(self, layer: Layer, canvas: Size, place: Place) -> list[Piece]:
        content = layer.content
        assert isinstance(content, FillContent)
        fill, area = content.fill, block_rect(place)
        where = place if fills.varies(fill) else (0, 0)
        pixels = self.cache.get(
            (), (fill, canvas, where), lambda: fills.fill_block(fill, canvas, where)
        )
        mask = active_mask(layer)
        if mask is None:
            return [Piece(pixels, area.x, area.y, area, fills.is_solid(fill))]
        alpha = mask.alpha.blocks.get(place)
        if alpha is None:
            return []
        shown = self.cache.get(
            (alpha,), (fill, canvas, where), lambda: masked_pixels(pixels, alpha.pixels, None)
        )
        return [Piece(shown, area.x, area.y, area, False)]

    def _merged(self, source: Merged, canvas: Size, place: Place) -> list[Piece]:
        area = block_rect(source.place).intersect(Rect.of(canvas))
        return [Piece(source.pixels, area.x, area.y, area, source.solid)]


def masked_block(block: Block | None, alpha: Block, paint: Block | None) -> Pixels:
    """See Mask: the foreground over the pixels, then the alpha."""
    pixels = np.zeros((TILE, TILE, 4), np.uint8) if block is None else block.pixels
    return masked_pixels(pixels, alpha.pixels, None if paint is None else paint.pixels)


def masked_pixels(pixels: Pixels, alpha: Pixels, paint: Pixels | None) -> Pixels:
    surface = Surface(pixels.copy())
    painter = QPainter(surface.image)
    if paint is not None:
        painter.drawImage(0, 0, image_of(paint))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha_image_of(alpha))
    painter.end()
    return surface.array


def _all_opaque(pixels: Pixels) -> bool:
    if pixels.ndim == 2:
        return int(pixels.min()) == 255
    words = np.ascontiguousarray(pixels).view(np.uint32)
    return bool(np.bitwise_and.reduce(words, axis=None) >= OPAQUE)


_KINDS: dict[type, Callable[[Sources, Any, Size, Place], list[Piece]]] = {
    PixelContent: Sources._pixels,
    FillContent: Sources._fill,
    Merged: Sources._merged,
}
