# SPDX-License-Identifier: Apache-2.0
"""The border between files' straight RGB(A) and the premultiplied BGRA used everywhere inside."""

from __future__ import annotations

from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Block, Tiles, places, slices

Pixels = NDArray[np.uint8]


def tiles_from_rgb(rgb: Pixels) -> Tiles:
    """(h, w, 3) uint8 RGB -> opaque tiles."""
    return _tiles(rgb, cv2.COLOR_RGB2BGRA)


def opaque_and_alpha(rgba: Pixels) -> tuple[Tiles, Tiles]:
    """(h, w, 4) uint8 straight RGBA -> (its colour made opaque, its alpha): no colour is lost."""
    alpha = Tiles.from_array(np.ascontiguousarray(rgba[..., 3]))
    return _tiles(rgba[..., :3], cv2.COLOR_RGB2BGRA), alpha


def premultiply(rgba: Pixels) -> Pixels:
    """(h, w, 4) uint8 straight RGBA -> premultiplied BGRA, rounded to nearest."""
    bgra: Pixels = np.asarray(
        cv2.cvtColor(np.ascontiguousarray(rgba), cv2.COLOR_RGBA2BGRA), np.uint8
    )
    alpha = bgra[..., 3]
    if not (alpha == 255).all():
        for channel in range(3):
            bgra[..., channel] = scale(bgra[..., channel], alpha)
    return bgra


def straight_rgba(bgra: Pixels) -> Pixels:
    """(h, w, 4) uint8 premultiplied BGRA -> straight RGBA; where alpha is 0 the colour is black."""
    rgba: Pixels = np.asarray(cv2.cvtColor(np.ascontiguousarray(bgra), cv2.COLOR_BGRA2RGBA))
    pixels = rgba.reshape(-1, 4)
    alpha = np.ascontiguousarray(pixels[:, 3])
    # Four bytes as one number, and the few soft pixels by place: nine times as fast as masks.
    pixels.view(np.uint32)[:, 0] *= alpha != 0
    places = np.flatnonzero(alpha - np.uint8(1) < 254)
    # Of many, all in a row is faster; the others come out as they are.
    soft = slice(None) if 8 * len(places) > len(alpha) else places
    a = alpha[soft, None]
    # Fractions, faster than whole numbers and as exact: a quotient by up to 255 is either whole or
    # further from it than their last bit.
    colour = pixels[soft, :3] * np.float32(255)
    colour += a // 2
    colour /= np.maximum(a, 1)
    pixels[soft, :3] = np.minimum(colour, 255, out=colour)  # cut off behind the point
    return rgba


def rgb_over(bgra: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """(h, w, 4) premultiplied BGRA laid over `colour` (red, green, blue) -> (h, w, 3) RGB."""
    rgb: Pixels = np.asarray(cv2.cvtColor(np.ascontiguousarray(bgra), cv2.COLOR_BGRA2RGB))
    alpha = bgra[..., 3]
    if (alpha == 255).all():
        return rgb
    for channel, value in enumerate(colour):
        rgb[..., channel] += scale(np.full_like(alpha, value), 255 - alpha)
    return rgb


def scale(values: Pixels, alpha: Pixels) -> Pixels:
    """values * alpha / 255, rounded to nearest, for uint8 arrays of the same shape."""
    return np.asarray(cv2.multiply(values, alpha, scale=1 / 255, dtype=cv2.CV_8U))


def _tiles(rgb: Pixels, code: int) -> Tiles:
    """Convert block by block: a photo of 24 megapixels then needs no second whole copy."""
    size = Size(rgb.shape[1], rgb.shape[0])
    blocks = {}
    for place, part in places(Rect.of(size)):
        piece = cv2.cvtColor(np.ascontiguousarray(slices(rgb, part)), code)
        if part.size != Size(TILE, TILE):
            whole = np.zeros((TILE, TILE, 4), np.uint8)
            whole[: part.height, : part.width] = piece
            piece = whole
        blocks[place] = Block(np.asarray(piece))
    return Tiles(size, 4, MappingProxyType(blocks))
