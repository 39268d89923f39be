# SPDX-License-Identifier: Apache-2.0
"""What the dodge, burn and sponge brushes make of colours.

A curve over each channel, a power that lifts or lowers, and as much of it as the value belongs to
the tones that were chosen. Black stays black and white stays white, and no two values change
places, so nothing clips however often the brush goes over it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from prodedit.core.tiles import Pixels

_LIFT = 1.6
"""The power of a whole stroke."""
_STRONGER = 0.5
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def dodged(rgb: Pixels, tones: str) -> Pixels:
    """(h, w, 3) uint8, lightened."""
    return np.asarray(_curve(tones, 1 / _LIFT)[rgb], np.uint8)


def burned(rgb: Pixels, tones: str) -> Pixels:
    """(h, w, 3) uint8, darkened."""
    return np.asarray(_curve(tones, _LIFT)[rgb], np.uint8)


def sponged(rgb: Pixels, *, more: bool) -> Pixels:
    """(h, w, 3) uint8: away from the grey of the same lightness, or to it. What is strong already
    grows less, so that no channel leaves its range before the others."""
    values = rgb.astype(np.float32)
    grey = (values @ _LUMA)[..., None]
    away = values - grey
    if not more:
        return np.asarray(np.rint(grey + away * (1 - _STRONGER)), np.uint8)
    room = np.where(away > 0, (255 - grey) / np.maximum(away, 1), grey / np.maximum(-away, 1))
    most = np.maximum(1, room.min(axis=2, keepdims=True))
    times = np.minimum(1 + _STRONGER, (1 + most) / 2)
    return np.asarray(np.clip(np.rint(grey + away * times), 0, 255), np.uint8)


@lru_cache(maxsize=6)
def _curve(tones: str, power: float) -> NDArray[np.uint8]:
    x = np.arange(256) / 255
    weights = {"shadows": (1 - x) ** 2, "midtones": np.ones(256), "highlights": x**2}
    bent = x + weights[tones] * (x**power - x)
    curve = np.rint(np.maximum.accumulate(bent) * 255).astype(np.uint8)
    curve.flags.writeable = False
    return np.asarray(curve, np.uint8)
