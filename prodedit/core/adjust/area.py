# SPDX-License-Identifier: Apache-2.0
"""Adjustments that look round each pixel: blur and sharpen. (Denoise has a file of its own.)"""

from __future__ import annotations

import cv2
import numpy as np

from prodedit.core.adjust.blur import Floats, blurred, blurred_bytes
from prodedit.core.adjust.reach import shrinking
from prodedit.core.adjust.straight import premultiplied, straight
from prodedit.core.adjust.values import Blur, Sharpen
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels


def blur(pixels: Pixels, adjustment: Blur, area: Rect, canvas: Size) -> Pixels:
    """Of the premultiplied colour and of alpha: no colour that can't be seen bleeds in."""
    if adjustment.radius < 0.05:
        return pixels
    if shrinking(adjustment.radius) == 1:
        return blurred_bytes(pixels, adjustment.radius, area, canvas)
    return as_bytes(blurred(pixels, adjustment.radius, area, canvas))


def sharpen(pixels: Pixels, adjustment: Sharpen, area: Rect, canvas: Size) -> Pixels:
    """Unsharp mask: what the blurred picture lacks is added `amount` times.

    Differences lose `threshold`, and none below it is left, so that noise is not sharpened and
    nothing jumps at the threshold (soft thresholding: Donoho 1995). The blurred colour is that of
    what is there: its premultiplied blur by the blur of alpha.
    """
    if adjustment.amount <= 0 or adjustment.radius < 0.05:
        return pixels
    colour, alpha = straight(pixels)
    old = colour.astype(np.float32)
    around = blurred(pixels, adjustment.radius, area, canvas)
    if alpha is not None:
        around *= 255 / np.maximum(around[..., 3:], np.float32(1e-3))
    detail = np.subtract(old, around, out=around)
    if adjustment.threshold > 0:
        detail -= np.clip(detail, -adjustment.threshold, adjustment.threshold)
    detail *= np.float32(adjustment.amount)
    detail += old
    new = cv2.split(as_bytes(detail))[:3]
    return premultiplied([np.asarray(plane, np.uint8) for plane in new], alpha)


def as_bytes(floats: Floats) -> Pixels:
    """Rounded to nearest and cut to 0..255; the floats are used up."""
    np.rint(floats, out=floats)
    return np.clip(floats, 0, 255, out=floats).astype(np.uint8)
