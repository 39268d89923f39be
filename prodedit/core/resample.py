# SPDX-License-Identifier: Apache-2.0
"""Pictures in another size or turned, exactly where that is possible."""

from __future__ import annotations

from math import floor, hypot, log2
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.tiles import Pixels, Tiles

_STRIP = 256
"""Columns that are made at a time, with two bytes a number."""


def resized(pixels: Pixels, size: Size) -> Pixels:
    """(h, w) or (h, w, 4) premultiplied -> the same in `size`.

    Means of the pixels' areas along a side that shrinks, Lanczos (8 taps) along one that grows.
    Where Lanczos swings beyond what alpha can be, colours swing as far and are taken back with it:
    cut each for itself they would leave a light line along every edge."""
    height, width = pixels.shape[:2]
    across = Size(size.width, height)
    shrinks = size.width < width, size.height < height
    if pixels.ndim == 2 or all(shrinks) or is_opaque(pixels):
        made = _along(pixels, across, shrinks=shrinks[0])
        return _along(made, size, shrinks=shrinks[1])
    wide = _along(pixels.astype(np.int16), across, shrinks=shrinks[0])
    settled = np.empty((size.height, size.width, 4), np.uint8)
    for x in range(0, size.width, _STRIP):
        strip = np.ascontiguousarray(wide[:, x : x + _STRIP])
        tall = _along(strip, Size(strip.shape[1], size.height), shrinks=shrinks[1])
        settled[:, x : x + _STRIP] = _settled(tall)
    return settled


def is_opaque(pixels: Pixels) -> bool:
    """(h, w, 4): nothing shows through."""
    return pixels.size > 0 and int(pixels[..., 3].min()) == 255


def _settled(pixels: NDArray[np.int16]) -> Pixels:
    """(h, w, 4) premultiplied with what swings over -> within bounds, with the same colours."""
    alpha = np.maximum(pixels[..., 3], 0)
    over = alpha > 255
    if over.any():
        pixels[over] = np.rint(pixels[over] * (255.0 / alpha[over])[:, None])
    colours = np.clip(pixels[..., :3], 0, np.minimum(alpha, 255)[..., None])
    return np.dstack((colours, np.minimum(alpha, 255))).astype(np.uint8)


def _along(pixels: NDArray[Any], size: Size, *, shrinks: bool) -> NDArray[Any]:
    if pixels.shape[1::-1] == tuple(size):
        return pixels.copy()
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(pixels, size, interpolation=method))


def resized_tiles(tiles: Tiles, size: Size) -> Tiles:
    return Tiles.from_array(resized(tiles.to_array(), size)).without_blank()


def turned(tiles: Tiles, quarters: int, mirrored: bool) -> Tiles:
    """Mirrored left to right if asked, then turned clockwise; to the pixel."""
    pixels = tiles.to_array()
    if mirrored:
        pixels = pixels[:, ::-1]
    return Tiles.from_array(np.ascontiguousarray(np.rot90(pixels, -quarters))).without_blank()


def reduced(pixels: Pixels, step: int) -> Pixels:
    """Means of step x step boxes; the last column and row go on where they end within one."""
    if step == 1:
        return pixels
    height, width = pixels.shape[:2]
    pixels = np.asarray(
        cv2.copyMakeBorder(pixels, 0, -height % step, 0, -width % step, cv2.BORDER_REPLICATE)
    )
    size = (pixels.shape[1] // step, pixels.shape[0] // step)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def reduction(transform: Transform) -> int:
    """k: how often the layer's pixels are halved before they are interpolated."""
    scale = min(hypot(transform.a, transform.b), hypot(transform.c, transform.d))
    scale = max(scale, max(hypot(transform.a, transform.b), hypot(transform.c, transform.d)) / 4)
    return max(0, floor(-log2(max(scale, 1e-6)) + 1e-9))


def interpolated(
    pixels: Pixels,
    region: Rect,
    bounds: Rect,
    transform: Transform,
    area: Rect,
    *,
    finely: bool = False,
) -> Pixels:
    """`area` of the canvas from `pixels`, which are those of `region` of a layer of `bounds`.

    Bilinear; finely: bicubic, for pixels that stay so (R. Keys, "Cubic convolution interpolation",
    1981)."""
    step = 1 << reduction(transform)
    inverse = transform.inverse()
    source = reduced(pixels, step)
    swings = finely and pixels.ndim == 3 and not is_opaque(source)
    warped = cv2.warpAffine(
        source.astype(np.int16) if swings else source,
        _between_centres(inverse, area, region, step),
        area.size,
        flags=(cv2.INTER_CUBIC if finely else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if swings:
        warped = _settled(np.asarray(warped))
    coverage = _coverage(inverse, bounds, area)
    return np.asarray(warped, np.uint8) if coverage is None else faded(warped, coverage)


def faded(pixels: NDArray[Any], share: NDArray[np.float32], depth: int = cv2.CV_8U) -> NDArray[Any]:
    """(h, w) or (h, w, 4) times (h, w), rounded to nearest. By OpenCV: floats of a whole block are
    more than the C library keeps, and asking the system for them anew takes most of the time."""
    wide = share if pixels.ndim == 2 else cv2.merge([share] * pixels.shape[2])
    return np.asarray(cv2.multiply(pixels, wide, dtype=depth))


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
    across = _within(_plane(a * x, c * y + dx), bounds.width, hypot(a, c))
    return across * _within(_plane(b * x, d * y + dy), bounds.height, hypot(b, d))


def _plane(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    """Their sum; where both are many, in the end with a precision of 1/1000 pixel."""
    return one.astype(np.float32) + other.astype(np.float32)


def _within(position: NDArray[np.float32], length: int, pixel: float) -> NDArray[np.float32]:
    """The share of a canvas pixel, `pixel` wide in the layer, that lies in 0..length."""
    if pixel > length:
        left = np.clip(position / np.float32(pixel) + np.float32(0.5), 0, 1)
        right = np.clip((length - position) / np.float32(pixel) + np.float32(0.5), 0, 1)
        return np.asarray(np.clip(left + right - 1, 0, 1), np.float32)
    # No pixel reaches over both ends: the nearer one cuts it.
    nearer = np.minimum(position, np.float32(length) - position)
    nearer *= np.float32(1 / pixel)
    nearer += np.float32(0.5)
    return np.asarray(np.clip(nearer, 0, 1, out=nearer), np.float32)
