# SPDX-License-Identifier: Apache-2.0
"""Pictures in another size or turned, exactly where that is possible."""

from __future__ import annotations

import cv2
import numpy as np

from prodedit.core.geometry import Size
from prodedit.core.tiles import Pixels, Tiles


def resized(pixels: Pixels, size: Size) -> Pixels:
    """(h, w) or (h, w, 4) premultiplied -> the same in `size`.

    Means of the pixels' areas along a side that shrinks, Lanczos (8 taps) along one that grows;
    what Lanczos swings over is cut, so that no colour is above its alpha."""
    height, width = pixels.shape[:2]
    across = Size(size.width, height)
    pixels = _along(pixels, across, shrinks=size.width < width)
    pixels = _along(pixels, size, shrinks=size.height < height)
    if pixels.ndim == 3:
        np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    return pixels


def _along(pixels: Pixels, size: Size, shrinks: bool) -> Pixels:
    if pixels.shape[1::-1] == tuple(size):
        return pixels.copy()
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


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
