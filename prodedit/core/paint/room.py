# SPDX-License-Identifier: Apache-2.0
"""Room to paint beyond a layer's pixels: for who paints, a layer ends where the canvas ends.

A stroke paints on a layer that reaches over the whole canvas; blocks that it does not come to are
shared with the layer as it was, or are not there. At its end the layer is cut to what it was and
what was painted, to the pixel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2

from prodedit.core.geometry import Rect, Size, Transform, bounding
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.paint.ground import Ground, Room
from prodedit.core.tiles import TILE, Place, Tiles, block_rect

_MOST = 1 << 27
"""Pixels that a layer may come to have: of one that shows much smaller than it is, the canvas is
far more than a person can paint."""


def widened(ground: Ground, canvas: Size) -> Ground:
    """With room over the whole canvas. As it is where nothing painted there would show: beyond a
    mask all is hidden, and locked transparency stays; or where the layer is bent."""
    layer, own = ground.layer, ground.tiles.bounds
    if layer.mask is not None or layer.warp is not None or ground.keeps_alpha:
        return ground
    try:
        reach = ground.placed.inverse().map_rect(Rect.of(canvas)).union(own)
    except ValueError:  # squeezed to a line: whoever paints will say so
        return ground
    x, y = reach.x // TILE * TILE, reach.y // TILE * TILE
    wide = Rect(x, y, reach.right - x, reach.bottom - y)
    if reach == own or wide.size.area > _MOST:
        return ground
    tiles = ground.tiles.part(wide)
    room = Room(own.translate(-x, -y), reach.translate(-x, -y), ground.placed)
    placed = ground.placed.after(Transform(dx=x, dy=y))
    moved = replace(layer, content=PixelContent(tiles), transform=placed)
    return replace(ground, layer=moved, tiles=tiles, room=room)


def reached(room: Room, touched: Iterable[Place]) -> Rect:
    """What the layer was, and the blocks that were touched beyond it: whole ones, so that all are
    shared while it is painted."""
    return bounding((room.own, *map(block_rect, touched)))


def painted(room: Room, tiles: Tiles) -> Rect:
    """What the layer was, and all beyond it that is not wholly transparent."""
    beyond = [room.own]
    for place, block in tiles.blocks.items():
        if block_rect(place).intersect(room.own) != block_rect(place):
            x, y, width, height = cv2.boundingRect(block.pixels[..., 3])
            beyond.append(Rect(x, y, width, height).translate(place[0] * TILE, place[1] * TILE))
    return bounding(rect for rect in beyond if not rect.is_empty)


def cut(room: Room, layer: Layer, extent: Rect) -> Layer:
    """The widened layer with the pixels of `extent` alone, which holds all that it was."""
    assert layer.tiles is not None
    x, y = extent.x - room.own.x, extent.y - room.own.y
    placed = room.placed.after(Transform(dx=x, dy=y)) if x or y else room.placed
    shares = extent.x % TILE == extent.y % TILE == 0
    tiles = _moved(layer.tiles, extent) if shares else layer.tiles.part(extent)
    return replace(layer, content=PixelContent(tiles), transform=placed)


def _moved(tiles: Tiles, extent: Rect) -> Tiles:
    """As `tiles.part` where corners meet and all beyond `extent` is known to be zero: for each
    frame of a stroke."""
    columns, rows = extent.x // TILE, extent.y // TILE
    right, bottom = -(-extent.right // TILE), -(-extent.bottom // TILE)
    blocks = {
        (column - columns, row - rows): block
        for (column, row), block in tiles.blocks.items()
        if columns <= column < right and rows <= row < bottom
    }
    return Tiles.empty(extent.size, tiles.channels).with_blocks(blocks)
