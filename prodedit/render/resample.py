# SPDX-License-Identifier: Apache-2.0
"""Layers that are turned, scaled or moved by parts of a pixel.

Each block of canvas is made as a whole, so that a pixel does not depend on which rectangle was
asked for. Bilinear on premultiplied pixels; what is reduced to less than half is first averaged in
2^k x 2^k boxes, so that nothing flickers. The outermost colours are continued beyond the layer's
edge and cut off by exact coverage: a layer that fills the canvas has no soft border.
"""

from __future__ import annotations

from math import ceil, floor, hypot, log2
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import Layer
from prodedit.core.resample import reduced
from prodedit.core.tiles import TILE, Pixels, Place, Tiles, block_rect, places, slices
from prodedit.render.program import active_mask

if TYPE_CHECKING:
    from prodedit.render.sources import Sources


def resampled_block(sources: Sources, layer: Layer, tiles: Tiles, place: Place) -> Pixels | None:
    """The layer in the block of canvas at `place`: (256, 256, 4), or None where it is not."""
    transform = layer.transform
    if transform.a * transform.d == transform.b * transform.c:
        return None
    area = block_rect(place)
    region = _source_region(transform, tiles.bounds, area)
    if region.is_empty or layer.bounds(area.size).intersect(area).is_empty:
        return None
    mask = active_mask(layer)
    parts = (tiles, None, None) if mask is None else (tiles, mask.alpha, mask.foreground)

    def make() -> Pixels:
        pixels = _assembled(sources, layer, tiles, region)
        return _interpolated(pixels, region, tiles.bounds, transform, area)

    return sources.cache.get(parts, (transform, place), make)


def resampled(tiles: Tiles, transform: Transform, area: Rect) -> Pixels | None:
    """`area` of the canvas with these pixels, of 1 or 4 channels, mapped there by `transform`; zero
    beyond them. None where nothing of them lies."""
    if transform.a * transform.d == transform.b * transform.c:
        return None
    region = _source_region(transform, tiles.bounds, area)
    if region.is_empty:
        return None
    return _interpolated(tiles.to_array(region), region, tiles.bounds, transform, area)


def reduction(transform: Transform) -> int:
    """k: how often the layer's pixels are halved before they are interpolated."""
    scale = min(hypot(transform.a, transform.b), hypot(transform.c, transform.d))
    scale = max(scale, max(hypot(transform.a, transform.b), hypot(transform.c, transform.d)) / 4)
    return max(0, floor(-log2(max(scale, 1e-6)) + 1e-9))


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


def _interpolated(
    pixels: Pixels, region: Rect, bounds: Rect, transform: Transform, area: Rect
) -> Pixels:
    """`area` of the canvas from `pixels`, which are those of `region` of a layer of `bounds`."""
    step = 1 << reduction(transform)
    inverse = transform.inverse()
    warped = cv2.warpAffine(
        reduced(pixels, step),
        _between_centres(inverse, area, region, step),
        area.size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    coverage = _coverage(inverse, bounds, area)
    if coverage is not None:
        share = coverage[..., None] if pixels.ndim == 3 else coverage
        warped = np.rint(warped * share).astype(np.uint8)
    return np.asarray(warped)


def _assembled(sources: Sources, layer: Layer, tiles: Tiles, region: Rect) -> Pixels:
    """The layer's own masked pixels of `region`."""
    pixels = np.zeros((region.height, region.width, 4), np.uint8)
    for own, part in places(region):
        shown = sources.masked(layer, tiles, own)
        if shown is not None:
            inside = part.translate(-own[0] * TILE, -own[1] * TILE)
            slices(pixels, part.translate(-region.x, -region.y))[...] = slices(shown[0], inside)
    return pixels


def _between_centres(
    inverse: Transform, area: Rect, region: Rect, step: int
) -> NDArray[np.float64]:
    """From indices of the block's pixels to indices of the reduced region's: both name centres."""
    a, b, c, d, dx, dy = inverse
    x = a * (area.x + 0.5) + c * (area.y + 0.5) + dx - region.x
    y = b * (area.x + 0.5) + d * (area.y + 0.5) + dy - region.y
    matrix = np.array([[a, c, x], [b, d, y]]) / step
    matrix[:, 2] -= 0.5
    return matrix


def _coverage(inverse: Transform, bounds: Rect, area: Rect) -> NDArray[np.float32] | None:
    """How much of each canvas pixel the layer covers, 0..1; None where that is all of each.

    Exact for upright edges, and to a few percent for slanted ones: the distance of the pixel's
    centre from each edge."""
    inner = inverse.map_rect(area.inflate(1))
    if inner == inner.intersect(bounds):
        return None
    a, b, c, d, dx, dy = inverse
    x = np.arange(area.x, area.right, dtype=np.float64) + 0.5
    y = (np.arange(area.y, area.bottom, dtype=np.float64) + 0.5)[:, None]
    across = _within(a * x + c * y + dx, bounds.width, hypot(a, c))
    down = _within(b * x + d * y + dy, bounds.height, hypot(b, d))
    return (across * down).astype(np.float32)


def _within(position: NDArray[np.float64], length: int, pixel: float) -> NDArray[np.float64]:
    """The share of a canvas pixel, `pixel` wide in the layer, that lies in 0..length."""
    left = np.clip(position / pixel + 0.5, 0, 1)
    right = np.clip((length - position) / pixel + 0.5, 0, 1)
    return np.clip(left + right - 1, 0, 1)
