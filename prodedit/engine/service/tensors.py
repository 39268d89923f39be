# SPDX-License-Identifier: Apache-2.0
"""The border between pictures and networks: premultiplied BGRA bytes on this side, straight RGB
float32 tensors (n, 3, h, w) on the other. numpy and OpenCV only; torch is not needed."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.engine.cards import InputSpec

Pixels = NDArray[np.uint8]
Tensor = NDArray[np.float32]
Picture = NDArray[Any]
"""uint8 or float32."""


def network_input(pixels: Pixels, spec: InputSpec, size: Size | None = None) -> Tensor:
    """A picture as the network of `spec` wants it: (1, 3, h, w) float32, normalised.

    pixels: (h, w, 4) uint8, premultiplied BGRA; what is transparent becomes black.
    size: the tensor's width and height; default: `spec.side` squared, or the picture's own.
    """
    width, height = size or (spec.side or pixels.shape[1], spec.side or pixels.shape[0])
    # Resizing comes first: premultiplied colours may be averaged, and a small picture is quick.
    colours = straight_rgb(resize(pixels, Size(width, height)))
    if spec.channels == "bgr":
        colours = colours[:, :, ::-1]
    return normalise(colours, spec)


def normalise(colours: Tensor, spec: InputSpec) -> Tensor:
    """(h, w, 3) float32 in 0..1 to (1, 3, h, w) float32: onto spec.range, minus mean, over std."""
    low, high = spec.range
    std = np.asarray(spec.std, np.float32)
    scale = np.float32(high - low) / std
    offset = (np.float32(low) - np.asarray(spec.mean, np.float32)) / std
    planes = (colours * scale + offset).transpose(2, 0, 1)
    return np.ascontiguousarray(planes[np.newaxis], dtype=np.float32)


def straight_rgb(pixels: Pixels) -> Tensor:
    """(h, w, 4) uint8 premultiplied BGRA to (h, w, 3) float32 straight RGB in 0..1."""
    _check(pixels)
    alpha = pixels[:, :, 3:]
    colours = pixels[:, :, 2::-1].astype(np.float32)
    if int(alpha.min(initial=255)) == 255:
        return colours * np.float32(1 / 255)
    # 255 * colour / alpha is at most 255 in a well-formed picture; others are clipped.
    return np.minimum(colours / np.maximum(alpha, 1), np.float32(1.0))


def resize(pixels: Picture, size: Size) -> Picture:
    """(h, w) or (h, w, c) at `size`: area averages where it shrinks, linear where it grows."""
    height, width = pixels.shape[:2]
    if (width, height) == tuple(size):
        return pixels
    shrinks = size.width < width and size.height < height
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    if not shrinks and (size.width < width or size.height < height):
        # One side shrinks, the other grows: one after the other, each in its own way.
        middle = Size(min(size.width, width), min(size.height, height))
        return resize(resize_area(pixels, middle), size)
    return cv2.resize(pixels, tuple(size), interpolation=how)


def resize_area(pixels: Picture, size: Size) -> Picture:
    """Area averages; `size` is no larger than the picture in either direction."""
    return cv2.resize(pixels, tuple(size), interpolation=cv2.INTER_AREA)


def _check(pixels: Pixels) -> None:
    if pixels.ndim != 3 or pixels.shape[2] != 4 or pixels.dtype != np.uint8:
        raise ValueError(f"expected (h, w, 4) uint8, received {pixels.shape} {pixels.dtype}")
    if pixels.shape[0] == 0 or pixels.shape[1] == 0:
        raise ValueError(f"expected at least one pixel, received {pixels.shape}")
