# SPDX-License-Identifier: Apache-2.0
"""Adjustments that look round each pixel: blur and sharpen. (Denoise has a file of its own.)"""

from __future__ import annotations

import numpy as np

from prodedit.core.adjust.blur import Floats, blurred
from prodedit.core.adjust.straight import premultiplied, straight
from prodedit.core.adjust.values import Blur, Sharpen
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels


def blur(pixels: Pixels, adjustment: Blur, area: Rect, canvas: Size) -> Pixels:
    """Of the premultiplied colour and of alpha: no colour that can't be seen bleeds in."""
    if adjustment.radius < 0.05:
        return pixels
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
    old: Floats = colour[..., :3].astype(np.float32)
    soft = blurred(pixels, adjustment.radius, area, canvas)
    around: Floats = soft[..., :3]
    if alpha is not None:
        around = np.asarray(around * (255 / np.maximum(soft[..., 3:], 1e-3)), np.float32)
    detail: Floats = old - around
    detail -= np.clip(detail, -adjustment.threshold, adjustment.threshold)
    new = as_bytes(old + np.float32(adjustment.amount) * detail)
    return premultiplied([np.ascontiguousarray(new[..., n]) for n in range(3)], alpha)


def as_bytes(floats: Floats) -> Pixels:
    """Rounded to nearest and cut to 0..255."""
    rounded = np.rint(floats)
    return np.clip(rounded, 0, 255, out=rounded).astype(np.uint8)
