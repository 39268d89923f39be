# SPDX-License-Identifier: Apache-2.0
"""Colour maths on planes: (3, h, w) floats, red, green and blue, 0..1, any float type.

The lightness of a mix of channels is luma (ITU-R BT.601, as editors of photos have it), and a
colour out of range is drawn towards its own grey: SetLum and ClipColor of the W3C's "Compositing
and Blending Level 1", section 13.2, with BT.601's weights in full.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[Any]
Plane = NDArray[Any]
LUMA = (0.299, 0.587, 0.114)
FINE = 65535
_TINY = 1e-6


def luma(planes: Planes) -> Plane:
    """0..1 for colours in range."""
    red, green, blue = planes
    result = red * red.dtype.type(LUMA[0])
    result += green * red.dtype.type(LUMA[1])
    result += blue * red.dtype.type(LUMA[2])
    return np.asarray(result)


def within(planes: Planes, light: Plane) -> Planes:
    """Colours whose luma is `light` (0..1), drawn towards it as far as they need to be in range."""
    lowest = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    highest = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    if lowest.size == 0 or (lowest.min() >= 0 and highest.max() <= 1):
        return planes
    share = light / np.maximum(light - lowest, _TINY)
    np.minimum(share, (1 - light) / np.maximum(highest - light, _TINY), out=share)
    np.minimum(share, 1, out=share)
    return np.asarray(light + (planes - light) * share)


def with_luma(planes: Planes, light: Plane) -> Planes:
    """The same hue, as far as it can be, with another luma (0..1)."""
    return within(planes + (light - luma(planes)), light)


def fine_index(plane: Plane) -> NDArray[np.uint16]:
    """0..1 to 0..65535, rounded to nearest and cut."""
    scaled = np.clip(plane, 0, 1) * FINE
    scaled += 0.5
    return np.asarray(scaled.astype(np.uint16))
