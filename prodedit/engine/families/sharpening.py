# SPDX-License-Identifier: Apache-2.0
"""Sharpening that leaves no light rims: an unsharp mask kept within what lies round each pixel."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_MOST = 2.0
"""What strength 1 adds of the difference from the blurred picture."""
_SIGMA = 1.0
_OVERSHOOT = 0.25
"""Share of the local span by which a value may leave it: a little makes a picture crisp."""
_ROWS = 512


def sharpened(colours: Bytes, strength: float, scale: float = 1.0) -> Bytes:
    """(h, w, 3) uint8. scale: how many times it has been enlarged; its blur has grown with it."""
    if strength <= 0:
        return colours
    sigma = _SIGMA * max(1.0, min(scale, 4.0)) ** 0.5
    reach = int(np.ceil(4 * sigma)) + 2
    made = np.empty_like(colours)
    height = colours.shape[0]
    for top in range(0, height, _ROWS):
        bottom = min(height, top + _ROWS)
        first, last = max(0, top - reach), min(height, bottom + reach)
        strip = _strip(colours[first:last], strength, sigma)
        made[top:bottom] = strip[top - first : bottom - first]
    return made


def _strip(colours: Bytes, strength: float, sigma: float) -> Bytes:
    """Lightness alone is sharpened: colour noise stays what it was."""
    values = colours.astype(np.float32)
    light = np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), np.float32)
    blurred = cv2.GaussianBlur(light, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    wanted = light + np.float32(_MOST * strength) * (light - blurred)
    side = 2 * int(np.ceil(sigma)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    low, high = cv2.erode(light, kernel), cv2.dilate(light, kernel)
    room = np.float32(_OVERSHOOT) * (high - low)
    added = np.clip(wanted, low - room, high + room) - light
    return np.asarray(np.clip(np.rint(values + added[..., np.newaxis]), 0, 255), np.uint8)
