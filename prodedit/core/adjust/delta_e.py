# SPDX-License-Identifier: Apache-2.0
"""How different two colours look: CIEDE2000 (ISO/CIE 11664-6), after Sharma, Wu and Dalal, "The
CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary Test Data, and Mathematical
Observations" (Color Research and Application, 2005)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.tables import linear
from prodedit.core.colour import Colour

Lab = NDArray[np.float64]
"""(..., 3): L* 0..100, a*, b*; D65, 2 degrees."""
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _TO_XYZ.sum(axis=1)
_FAR = 25.0**7


class _Polar(NamedTuple):
    light: Lab
    chroma: Lab
    hue: Lab


def difference(one: Colour, other: Colour) -> float:
    """CIEDE2000 of two sRGB colours: below 1 hardly anybody sees it, 2 is a good match."""
    return float(delta_e(lab_of_colour(one), lab_of_colour(other)))


def lab_of_colour(colour: Colour) -> Lab:
    return lab_of_rgb(np.array(colour[:3]) / 255)


def lab_of_rgb(rgb: NDArray[np.float64]) -> Lab:
    """(..., 3) sRGB 0..1 -> CIELAB (CIE 15), by IEC 61966-2-1."""
    share = linear(rgb) @ _TO_XYZ.T / _WHITE
    edge = (6 / 29) ** 3
    root = np.where(share > edge, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def delta_e(one: Lab, other: Lab) -> Lab:
    """(...): the difference of each pair of colours, with all weights one."""
    first, second = _adapted(one, other)
    chroma = (first.chroma + second.chroma) / 2
    turn, hue = _hues(first, second)
    light = (first.light + second.light) / 2
    light_by = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    chroma_by = 1 + 0.045 * chroma
    hue_by = 1 + 0.015 * chroma * _hue_weight(hue)
    step = (second.light - first.light) / light_by
    fuller = (second.chroma - first.chroma) / chroma_by
    turned = 2 * np.sqrt(first.chroma * second.chroma) * np.sin(np.radians(turn) / 2) / hue_by
    crossed = _rotation(chroma, hue) * fuller * turned
    return np.asarray(np.sqrt(np.maximum(step**2 + fuller**2 + turned**2 + crossed, 0)))


def _adapted(one: Lab, other: Lab) -> tuple[_Polar, _Polar]:
    """Near grey a* counts for more."""
    mean = (np.hypot(one[..., 1], one[..., 2]) + np.hypot(other[..., 1], other[..., 2])) / 2
    factor = 1 + 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + _FAR)))
    return _polar(one, factor), _polar(other, factor)


def _polar(lab: Lab, factor: Lab) -> _Polar:
    a, b = lab[..., 1] * factor, lab[..., 2]
    return _Polar(lab[..., 0], np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360)


def _hues(one: _Polar, other: _Polar) -> tuple[Lab, Lab]:
    """Difference -180..180 and mean of hues in degrees; a grey takes the other's."""
    grey = one.chroma * other.chroma == 0
    turn = (other.hue - one.hue + 180) % 360 - 180
    turn = np.where((turn == -180) & (other.hue > one.hue), 180.0, turn)
    mean = np.where(grey, one.hue + other.hue, one.hue + turn / 2)
    return np.where(grey, 0.0, turn), mean % 360


def _hue_weight(hue: Lab) -> Lab:
    angle = np.radians(hue)
    return np.asarray(
        1
        - 0.17 * np.cos(angle - np.radians(30))
        + 0.24 * np.cos(2 * angle)
        + 0.32 * np.cos(3 * angle + np.radians(6))
        - 0.20 * np.cos(4 * angle - np.radians(63))
    )


def _rotation(chroma: Lab, hue: Lab) -> Lab:
    """Chroma and hue do not count apart from each other for blues."""
    angle = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    return np.asarray(-2 * np.sqrt(chroma**7 / (chroma**7 + _FAR)) * np.sin(np.radians(angle)))
