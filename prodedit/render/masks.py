# SPDX-License-Identifier: Apache-2.0
"""A mask's alpha where it meets the canvas, for every kind of layer."""

from __future__ import annotations

from prodedit.core.geometry import IDENTITY, Rect, Transform
from prodedit.core.layer import Layer, Mask
from prodedit.core.tiles import Pixels, Place, Tiles, block_rect
from prodedit.render.cache import PixelCache
from prodedit.render.resample import resampled


def to_canvas(mask: Mask, layer: Layer) -> Transform:
    """From the mask's pixels to the canvas: by way of the layer's own, where it has any."""
    return mask.transform if layer.own_bounds is None else layer.transform.after(mask.transform)


def canvas_block(
    cache: PixelCache, tiles: Tiles, transform: Transform, place: Place
) -> Pixels | None:
    """What of `tiles` (alpha, or the foreground of a mask) lies in the block of canvas at `place`:
    (256, 256) or (256, 256, 4), read-only. None where that is nothing."""
    if transform == IDENTITY:
        block = tiles.blocks.get(place)
        return None if block is None else block.pixels
    area = block_rect(place)
    if transform.is_whole_shift:
        own = area.translate(-int(transform.dx), -int(transform.dy))
        if own.intersect(tiles.bounds).is_empty:
            return None
        return cache.get((tiles,), ("shifted", transform, place), lambda: tiles.to_array(own))
    if transform.map_rect(tiles.bounds).inflate(1).intersect(area).is_empty:
        return None
    if transform.a * transform.d == transform.b * transform.c:
        return None  # squeezed to a line: nothing lies anywhere
    key = ("mapped", transform, place)
    return cache.get((tiles,), key, lambda: _mapped(tiles, transform, area))


def _mapped(tiles: Tiles, transform: Transform, area: Rect) -> Pixels:
    found = resampled(tiles, transform, area)
    return Tiles.empty(area.size, tiles.channels).to_array() if found is None else found
