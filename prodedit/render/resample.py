# SPDX-License-Identifier: Apache-2.0
"""Layers that are turned, scaled or moved by parts of a pixel.

Each block of canvas is made as a whole, so that a pixel does not depend on which rectangle was
asked for. Bilinear on premultiplied pixels; what is reduced to less than half is first averaged in
2^k x 2^k boxes, so that nothing flickers. The outermost colours are continued beyond the layer's
edge and cut off by exact coverage: a layer that fills the canvas has no soft border.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import Layer
from prodedit.core.resample import interpolated, reduction
from prodedit.core.tiles import TILE, Pixels, Tiles, places, slices
from prodedit.render.program import active_mask

if TYPE_CHECKING:
    from prodedit.render.sources import Sources


def resampled_block(sources: Sources, layer: Layer, tiles: Tiles, area: Rect) -> Pixels | None:
    """(h, w, 4): the layer in `area`, a block of canvas or what of it lies on that; None where the
    layer is not."""
    transform = layer.transform
    if transform.a * transform.d == transform.b * transform.c:
        return None
    region = _source_region(transform, tiles.bounds, area)
    if region.is_empty or layer.bounds(area.size).intersect(area).is_empty:
        return None
    mask = active_mask(layer)
    parts = (tiles, None, None) if mask is None else (tiles, mask.alpha, mask.foreground)

    def make() -> Pixels:
        pixels = _assembled(sources, layer, tiles, region)
        return interpolated(pixels, region, tiles.bounds, transform, area)

    return sources.cache.get(parts, (transform, area), make)


def resampled(tiles: Tiles, transform: Transform, area: Rect) -> Pixels | None:
    """`area` of the canvas with these pixels, of 1 or 4 channels, mapped there by `transform`; zero
    beyond them. None where nothing of them lies."""
    if transform.a * transform.d == transform.b * transform.c:
        return None
    region = _source_region(transform, tiles.bounds, area)
    if region.is_empty:
        return None
    return interpolated(tiles.to_array(region), region, tiles.bounds, transform, area)


def _source_region(transform: Transform, bounds: Rect, area: Rect) -> Rect:
    """The layer's pixels that are needed: with those beside them, in whole steps."""
    step = 1 << reduction(transform)
    near = transform.inverse().map_rect(area).inflate(2 * step).intersect(bounds)
    if near.is_empty:
        return near
    x, y = near.x // step * step, near.y // step * step
    right = min(bounds.right, ceil(near.right / step) * step)
    bottom = min(bounds.bottom, ceil(near.bottom / step) * step)
    return Rect(x, y, right - x, bottom - y)


def _assembled(sources: Sources, layer: Layer, tiles: Tiles, region: Rect) -> Pixels:
    """The layer's own masked pixels of `region`."""
    pixels = np.zeros((region.height, region.width, 4), np.uint8)
    for own, part in places(region):
        shown = sources.masked(layer, tiles, own)
        if shown is not None:
            inside = part.translate(-own[0] * TILE, -own[1] * TILE)
            slices(pixels, part.translate(-region.x, -region.y))[...] = slices(shown[0], inside)
    return pixels
