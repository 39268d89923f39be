# SPDX-License-Identifier: Apache-2.0
"""Oklab: lightness 0..1 and two axes of colour, in which light and shade move a colour straight
towards black, so that hue stays (Björn Ottosson, "A perceptual color space for image processing",
2020)."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.planes import FINE, Planes, fine_index, within
from prodedit.core.adjust.tables import LUMINANCE, encoded, linear
from prodedit.core.colour import Colour

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB, _FROM_CONES = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_CONES)
_STEPS = np.arange(FINE + 1) / FINE


@lru_cache(maxsize=1)
def fine_linear() -> NDArray[np.float32]:
    """(65536,) the light of sRGB 0..1."""
    return _kept(linear(_STEPS))


@lru_cache(maxsize=1)
def fine_encoded() -> NDArray[np.float32]:
    """(65536,) the sRGB of light, by its square root 0..1: dark sRGB is steep, so it is even."""
    return _kept(encoded(_STEPS**2))


def _kept(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """They take longer to make than a block of pixels takes to change."""
    table = values.astype(np.float32)
    table.flags.writeable = False
    return table


class Oklab:
    """Planes of sRGB to planes of Oklab and back; holds the tables for both."""

    def __init__(self) -> None:
        self._linear, self._encoded = fine_linear(), fine_encoded()

    def lab(self, planes: Planes) -> Planes:
        """(3, h, w) float32 sRGB 0..1 -> lightness, a, b."""
        light = [np.take(self._linear, fine_index(plane), mode="clip") for plane in planes]
        cones = cv2.transform(cv2.merge(light), _TO_CONES.astype(np.float32))
        roots = cv2.pow(np.maximum(cones, 0), 1 / 3)
        return np.stack(cv2.split(cv2.transform(roots, _TO_LAB.astype(np.float32))))

    def rgb(self, lab: Planes) -> Planes:
        """Lightness, a, b -> sRGB 0..1; what has no such colour is drawn to its own grey."""
        roots = cv2.transform(cv2.merge(list(lab)), _FROM_LAB.astype(np.float32))
        light = cv2.transform(roots * roots * roots, _FROM_CONES.astype(np.float32))
        planes = np.stack(cv2.split(light))
        grey = sum(plane * np.float32(part) for plane, part in zip(planes, LUMINANCE, strict=True))
        planes = within(planes, np.clip(grey, 0, 1))
        roots = np.sqrt(np.maximum(planes, 0))
        return np.stack([np.take(self._encoded, fine_index(root), mode="clip") for root in roots])


def lab_of(colour: Colour) -> NDArray[np.float64]:
    """(3,) lightness, a, b."""
    light = linear(np.array(colour[:3]) / 255)
    return np.asarray(_TO_LAB @ np.cbrt(_TO_CONES @ light))


def colour_of(lab: NDArray[np.float64]) -> Colour:
    """(3,) lightness, a, b -> the nearest 8-bit colour, cut to what there is."""
    light = _FROM_CONES @ (_FROM_LAB @ lab) ** 3
    return Colour(*(int(value) for value in np.rint(encoded(light) * 255)))
