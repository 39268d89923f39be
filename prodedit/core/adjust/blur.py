# SPDX-License-Identifier: Apache-2.0
"""Gaussian blur in float, the same in every rectangle it is asked for."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.framing import Frame, frame
from prodedit.core.adjust.reach import blur_reach, shrinking
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels, slices

Floats = NDArray[np.float32]


def blurred(pixels: Pixels, sigma: float, area: Rect, canvas: Size) -> Floats:
    """(h, w, c) uint8 showing `area` -> float32, 0..255; what lies beyond the canvas is zero.

    From a sigma of 8 on the picture is averaged down by a power of two first, on a grid that
    belongs to the canvas, and brought back linearly; the blur in between gives up the variance of
    both.
    """
    result: Floats = np.zeros(pixels.shape, np.float32)
    if area.intersect(Rect.of(canvas)).is_empty:
        return result
    shrink = shrinking(sigma)
    whole = frame(area, canvas, blur_reach(sigma), shrink)
    slices(result, whole.inner)[...] = whole.cut(_blurred(pixels, sigma, shrink, whole))  # type: ignore[arg-type]
    return result


def blurred_bytes(pixels: Pixels, sigma: float, area: Rect, canvas: Size) -> Pixels:
    """The same rounded, for a sigma below 8: OpenCV's fixed-point blur, faster and as exact."""
    result = np.zeros(pixels.shape, np.uint8)
    whole = frame(area, canvas, 0)
    if not whole.inner.is_empty:
        part = np.ascontiguousarray(slices(pixels, whole.inner))
        slices(result, whole.inner)[...] = _gaussian(part, sigma)
    return result


def _blurred(pixels: Pixels, sigma: float, shrink: int, whole: Frame) -> Floats:
    floats = whole.extended(pixels).astype(np.float32)
    if sigma < 0.05:
        return floats
    if shrink == 1:
        return _gaussian(floats, sigma)
    height, width = floats.shape[:2]
    small = cv2.resize(floats, (width // shrink, height // shrink), interpolation=cv2.INTER_AREA)
    variance = sigma**2 - (shrink**2 - 1) / 12 - shrink**2 / 6
    small = _gaussian(np.asarray(small, np.float32), sqrt(variance) / shrink)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _gaussian(array: NDArray[Any], sigma: float) -> NDArray[Any]:
    """Of the same type; what lies beyond an edge is as the edge."""
    side = 2 * ceil(3 * sigma) + 1
    blur = cv2.GaussianBlur(array, (side, side), sigma, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blur)
