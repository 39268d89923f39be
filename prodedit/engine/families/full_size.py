# SPDX-License-Identifier: Apache-2.0
"""A picture that was painted small, at the size of the photo, with the photo's own detail.

What the painting makes of the photo's light is, near each pixel, a straight line: so much colour
for so much light. Its slope is found where both are small (the guided filter of He, Sun and Tang,
IEEE Transactions on Pattern Analysis and Machine Intelligence 35, 2013, with the lightness as
guide). The painting is enlarged, and what the enlarged photo lacks of the photo is added, times
that slope: edges are as sharp as the photo's, and seen small the painting is what it was.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.engine.families.reduced import scaled

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_RADIUS = 2  # pixels of the small picture
_FLAT = (6.0) ** 2  # variance of lightness, levels of 255 squared, below which no slope is known
_GRAIN = 0.5  # slope where the photo is flat: its fine grain keeps the paint from looking blurred
_LEAST, _MOST = -1.0, 1.5
_SOFTENED = 0.7  # pixels: networks that double by nearest neighbours leave a grid of two pixels,
# which is a canvas' weave at its own size, and blocks when it is enlarged


def carried(painted: Floats, small: Floats, photo: Bytes) -> Bytes:
    """painted, small: (h, w, 3) float32 0..255, the painting and the photo at its size; photo:
    (H, W, 3) uint8. The painting at the photo's size, (H, W, 3) uint8."""
    height, width = photo.shape[:2]
    painted = np.asarray(cv2.GaussianBlur(painted, (0, 0), _SOFTENED), np.float32)
    light = _lightness(small)
    slopes = _slopes(light, painted)
    detail = cv2.cvtColor(photo, cv2.COLOR_BGR2GRAY).astype(np.float32)
    detail -= _enlarged(light, (width, height))
    planes = []
    for channel in range(3):
        plane = scaled(slopes[channel], (width, height), cv2.INTER_LINEAR)
        plane *= detail
        plane += _enlarged(np.ascontiguousarray(painted[..., channel]), (width, height))
        planes.append(cv2.convertScaleAbs(np.maximum(plane, 0, out=plane)))
    return np.asarray(cv2.merge(planes), np.uint8)


def _slopes(light: Floats, painted: Floats) -> tuple[Floats, ...]:
    """How much each colour of the painting follows the photo's lightness, near each pixel."""
    mean = _mean(light)
    variance = _mean(light * light) - mean * mean
    known = np.asarray(variance / (variance + _FLAT), np.float32)
    return tuple(_slope(light, mean, known, variance, channel) for channel in cv2.split(painted))


def _slope(light: Floats, mean: Floats, known: Floats, variance: Floats, colour: object) -> Floats:
    plane = np.asarray(colour, np.float32)
    along = (_mean(light * plane) - mean * _mean(plane)) / (variance + _FLAT)
    along += _GRAIN * (1 - known)
    return _mean(np.clip(along, _LEAST, _MOST))


def _mean(plane: Floats) -> Floats:
    side = 2 * _RADIUS + 1
    return np.asarray(cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)


def _lightness(picture: Floats) -> Floats:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.float32)


def _enlarged(plane: Floats, size: tuple[int, int]) -> Floats:
    return scaled(plane, size, cv2.INTER_CUBIC)
