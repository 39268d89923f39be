# SPDX-License-Identifier: Apache-2.0
"""The pixels of one layer as they meet the canvas: masked, then moved or resampled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from PySide6.QtGui import QPainter

from prodedit.core.bent import bent
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.layer import (
    FillContent,
    Layer,
    Mask,
    PatternFill,
    PixelContent,
    ShapeContent,
    TextContent,
)
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, block_rect, places, slices
from prodedit.core.warp import Warp
from prodedit.render import fills
from prodedit.render.cache import PixelCache
from prodedit.render.drawn import draw, drawn_bounds
from prodedit.render.images import Surface, alpha_image_of, image_of
from prodedit.render.masks import canvas_block, to_canvas
from prodedit.render.program import Merged, active_mask
from prodedit.render.resample import resampled_block

OPAQUE = 0xFF000000
_SMALL = TILE * TILE // 2
"""Pixels of a block, at most, that are masked alone; of more, all of the block is, and kept."""


class Piece(NamedTuple):
    """Read-only (h, w, 4) pixels whose upper left one lies at (x, y) of the canvas.

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

    def pieces(self, source: Layer | Merged, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        """What of `source` lies in the block of canvas at `place`, without opacity and mode.

        Only `part` of the block is asked for; there may be more."""
        if isinstance(source, Layer) and source.warp is not None:
            return self._bent(source, source.warp, canvas, _wanted(canvas, place, part))
        kind = Merged if isinstance(source, Merged) else type(source.content)
        return _KINDS[kind](self, source, canvas, place, part)

    def masked(self, layer: Layer, tiles: Tiles, place: Place) -> tuple[Pixels, bool] | None:
        """One of the layer's own blocks with its mask applied, and whether all of it is opaque.

        None where nothing shows."""
        block = tiles.blocks.get(place)
        mask = active_mask(layer)
        if mask is None:
            return None if block is None else (block.pixels, self.is_opaque(block, tiles, place))
        alpha, paint = _mask_blocks(mask, place)
        if alpha is None or (block is None and paint is None):
            return None
        full = self.is_opaque(alpha, mask.alpha, place)
        if full and paint is None and block is not None:
            return block.pixels, self.is_opaque(block, tiles, place)
        pixels = self.cache.get(
            (block, alpha, paint), "masked", lambda: masked_block(block, alpha, paint)
        )
        return pixels, full and block is not None and self.is_opaque(block, tiles, place)

    def masked_part(self, layer: Layer, tiles: Tiles, place: Place, part: Rect) -> Piece | None:
        """`part` (of the layer's pixels, in its block at `place`) with the mask applied; the
        piece's pixels may be the whole block's. Under a brush the mask is another one each time:
        what little of it has changed is then masked alone."""
        x, y = place[0] * TILE, place[1] * TILE
        mask, block = active_mask(layer), tiles.blocks.get(place)
        if mask is not None and block is not None and part.width * part.height <= _SMALL:
            alpha, paint = _mask_blocks(mask, place)
            known = self.cache.knows((block, alpha, paint), "masked")
            if alpha is not None and not known and not self.is_opaque(alpha, mask.alpha, place):
                pixels = _masked_slices(block, alpha, paint, part.translate(-x, -y))
                return Piece(pixels, part.x, part.y, part, False)
        shown = self.masked(layer, tiles, place)
        return None if shown is None else Piece(shown[0], x, y, part, shown[1])

    def _in_block(
        self, layer: Layer, tiles: Tiles, own: Place, part: Rect, dx: int, dy: int
    ) -> Piece | None:
        """`part` of the canvas, of one of the layer's own blocks, moved by (dx, dy)."""
        if layer.mask is not None:
            moved = Rect(part.x - dx, part.y - dy, part.width, part.height)
            shown = self.masked_part(layer, tiles, own, moved)
            if shown is None:
                return None
            return Piece(shown.pixels, shown.x + dx, shown.y + dy, part, shown.solid)
        block = tiles.blocks.get(own)
        if block is None:
            return None
        solid = self.is_opaque(block, tiles, own)
        return Piece(block.pixels, own[0] * TILE + dx, own[1] * TILE + dy, part, solid)

    def is_opaque(self, block: Block, tiles: Tiles, place: Place) -> bool:
        """Whether a block of colour or alpha is 255 wherever the picture reaches."""
        known = self._opaque.get(block)
        if known is None:
            inside = block_rect(place).intersect(tiles.bounds)
            known = _all_opaque(block.pixels[: inside.height, : inside.width])
            self._opaque[block] = known
        return known

    def _pixels(self, layer: Layer, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        content = layer.content
        assert isinstance(content, PixelContent)
        mask = active_mask(layer)
        if mask is not None and mask.transform != IDENTITY:
            return self._apart(layer, mask, canvas, place)
        if layer.transform.is_whole_shift:
            return self._shifted(layer, content.tiles, part)
        area = _wanted(canvas, place, part)
        pixels = resampled_block(self, layer, content.tiles, area)
        if pixels is None:
            return []
        return [Piece(pixels, area.x, area.y, area, _all_opaque(pixels))]

    def _shifted(self, layer: Layer, tiles: Tiles, part: Rect) -> list[Piece]:
        dx, dy = int(layer.transform.dx), int(layer.transform.dy)
        within = _only_block(tiles.size, part, dx, dy)
        if within is not None:
            shown = self._in_block(layer, tiles, within, part, dx, dy)
            return [] if shown is None else [shown]
        wanted = part.intersect(tiles.bounds.translate(dx, dy)).translate(-dx, -dy)
        found = []
        for own, piece in places(wanted):
            shown = self.masked_part(layer, tiles, own, piece)
            if shown is not None:
                x, y, area = shown.x + dx, shown.y + dy, shown.area.translate(dx, dy)
                found.append(Piece(shown.pixels, x, y, area, shown.solid))
        return found

    def _apart(self, layer: Layer, mask: Mask, canvas: Size, place: Place) -> list[Piece]:
        """Of a layer whose mask does not lie on its pixels: both are brought to the canvas."""
        bare, own = replace(layer, mask=None), to_canvas(mask, layer)
        alpha = canvas_block(self.cache, mask.alpha, own, place)
        paint = self._foreground(mask, own, place)
        if alpha is None:
            return []
        shown = self.pieces(bare, canvas, place, block_rect(place))
        if not shown and paint is None:
            return []
        flat = flattened(shown, place)
        parts, key = (layer.content, alpha, paint), (layer.transform, layer.warp, canvas, place)
        pixels = self.cache.get(parts, key, lambda: masked_pixels(flat, alpha, paint))
        return [_whole(pixels, place, False)]

    def _bent(self, layer: Layer, warp: Warp, canvas: Size, area: Rect) -> list[Piece]:
        """Bent as it shows on its own plane, mask and all."""
        own = layer.straight_bounds
        if own is None or layer.content_bounds(canvas).intersect(area).is_empty:
            return []
        flat = replace(layer, warp=None, transform=IDENTITY)

        def pixels(region: Rect) -> Pixels:
            found = np.zeros((region.height, region.width, 4), np.uint8)
            for near, part in places(region):
                block = flattened(self.pieces(flat, canvas, near, block_rect(near)), near)
                inside = part.translate(-near[0] * TILE, -near[1] * TILE)
                slices(found, part.translate(-region.x, -region.y))[...] = slices(block, inside)
            return found

        mask = active_mask(layer)
        parts = (layer.content, *((None, None) if mask is None else (mask.alpha, mask.foreground)))
        key = (warp, layer.transform, None if mask is None else mask.transform, area)
        made = self.cache.get(parts, key, lambda: bent(warp, layer.transform, own, pixels, area))
        return [Piece(made, area.x, area.y, area, _all_opaque(made))]

    def _foreground(self, mask: Mask, own: Transform, place: Place) -> Pixels | None:
        tiles = mask.foreground
        return None if tiles is None else canvas_block(self.cache, tiles, own, place)

    def _drawn(self, layer: Layer, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        del part
        content, mask = layer.content, active_mask(layer)
        assert isinstance(content, TextContent | ShapeContent)
        if mask is not None:
            return self._apart(layer, mask, canvas, place)
        area = block_rect(place)
        if drawn_bounds(layer).intersect(area).is_empty:
            return []
        key = (content, layer.transform, place)
        pixels = self.cache.get((), key, lambda: draw(content, layer.transform, area))
        return [_whole(pixels, place, False)]

    def _fill(self, layer: Layer, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        content, mask = layer.content, active_mask(layer)
        assert isinstance(content, FillContent)
        if mask is not None:
            return self._apart(layer, mask, canvas, place)
        fill, where = content.fill, place if fills.varies(content.fill) else (0, 0)
        pixels = self.cache.get(
            (content.pattern,),
            (fill, canvas, where),
            lambda: fills.fill_block(fill, canvas, where, self._texture(content)),
        )
        return [_whole(pixels, place, fills.is_solid(fill))]

    def _texture(self, content: FillContent) -> Pixels | None:
        fill, picture = content.fill, content.pattern
        if not isinstance(fill, PatternFill) or picture is None:
            return None
        key = ("texture", min(1.0, fill.scale))
        return self.cache.get((picture,), key, lambda: fills.texture(fill, picture))

    def _merged(self, source: Merged, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        del place, part
        area = block_rect(source.place).intersect(Rect.of(canvas))
        return [Piece(source.pixels, area.x, area.y, area, source.solid)]


def _wanted(canvas: Size, place: Place, part: Rect) -> Rect:
    """The block at `place`; without what of it lies beyond the canvas, unless that is asked for."""
    block = block_rect(place)
    inside = block.intersect(Rect.of(canvas))
    return inside if part.intersect(inside) == part else block


def _whole(pixels: Pixels, place: Place, solid: bool) -> Piece:
    area = block_rect(place)
    return Piece(pixels, area.x, area.y, area, solid)


def flattened(pieces: list[Piece], place: Place) -> Pixels:
    """(256, 256, 4): the pieces as one block, zero where none of them counts."""
    area = block_rect(place)
    if len(pieces) == 1 and pieces[0][1:4] == (area.x, area.y, area):
        return pieces[0].pixels
    flat = np.zeros((TILE, TILE, 4), np.uint8)
    for piece in pieces:
        part = piece.area.intersect(area)
        slices(flat, part.translate(-area.x, -area.y))[...] = slices(
            piece.pixels, part.translate(-piece.x, -piece.y)
        )
    return flat


def _only_block(size: Size, part: Rect, dx: int, dy: int) -> Place | None:
    """The block of a picture moved by (dx, dy) in which all of `part` lies: the usual case, on the
    way of every block of every layer. None where there are several, or less than all."""
    left, top = part.x - dx, part.y - dy
    right, bottom = left + part.width, top + part.height
    column, row = left // TILE, top // TILE
    inside = left >= 0 and top >= 0 and right <= size.width and bottom <= size.height
    single = right <= (column + 1) * TILE and bottom <= (row + 1) * TILE
    return (column, row) if inside and single else None


def _mask_blocks(mask: Mask, place: Place) -> tuple[Block | None, Block | None]:
    """(alpha, foreground) of one block."""
    paint = None if mask.foreground is None else mask.foreground.blocks.get(place)
    return mask.alpha.blocks.get(place), paint


def _masked_slices(block: Block, alpha: Block, paint: Block | None, inside: Rect) -> Pixels:
    colour = None if paint is None else slices(paint.pixels, inside)
    coverage = np.ascontiguousarray(slices(alpha.pixels, inside))
    return masked_pixels(slices(block.pixels, inside), coverage, colour)


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


_KINDS: dict[type, Callable[[Sources, Any, Size, Place, Rect], list[Piece]]] = {
    PixelContent: Sources._pixels,
    TextContent: Sources._drawn,
    ShapeContent: Sources._drawn,
    FillContent: Sources._fill,
    Merged: Sources._merged,
}
