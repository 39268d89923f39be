# SPDX-License-Identifier: Apache-2.0
"""B(backdrop, source): what each blend mode makes of two straight colours.

`b` the backdrop's, `s` the source's colour: (3, n) float32 in 0..1, planes B, G, R. Each returns a
new array of the same shape in 0..1. The first half is separable: each channel for itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

NEARLY = np.float32(1e-5)
"""Less than any step of 8-bit colours, more than float32's rounding."""
LUMINANCE = np.array([[0.11], [0.59], [0.3]], np.float32)
"""Of B, G, R: W3C Compositing 1, section 10.2."""


def normal(b: Floats, s: Floats) -> Floats:
    del b
    return s.copy()


def multiply(b: Floats, s: Floats) -> Floats:
    return b * s


def screen(b: Floats, s: Floats) -> Floats:
    return b + s - b * s


def darken(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.minimum(b, s))


def lighten(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.maximum(b, s))


def difference(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.abs(b - s))


def exclusion(b: Floats, s: Floats) -> Floats:
    return b + s - 2 * b * s


def linear_dodge(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.minimum(b + s, 1))


def linear_burn(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.maximum(b + s - 1, 0))


def subtract(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.maximum(b - s, 0))


def divide(b: Floats, s: Floats) -> Floats:
    """Black stays black, even over black."""
    return np.asarray(np.minimum(b / np.maximum(s, np.float32(1e-12)), 1))


def color_dodge(b: Floats, s: Floats) -> Floats:
    """A black backdrop stays black, whatever shines on it."""
    return np.asarray(np.minimum(b / np.maximum(1 - s, np.float32(1e-12)), 1))


def color_burn(b: Floats, s: Floats) -> Floats:
    """A white backdrop stays white."""
    return 1 - color_dodge(1 - b, 1 - s)


def hard_light(b: Floats, s: Floats) -> Floats:
    double = 2 * s
    return np.where(s <= 0.5, b * double, screen(b, double - 1))


def overlay(b: Floats, s: Floats) -> Floats:
    return hard_light(s, b)


def soft_light(b: Floats, s: Floats) -> Floats:
    curve = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    weight = 2 * s - 1
    return b + weight * np.where(weight <= 0, b - b * b, curve - b)


def vivid_light(b: Floats, s: Floats) -> Floats:
    double = 2 * s
    return np.where(
        s <= 0.5, color_burn(b, np.minimum(double, 1)), color_dodge(b, np.maximum(double - 1, 0))
    )


def linear_light(b: Floats, s: Floats) -> Floats:
    return np.asarray(np.clip(b + 2 * s - 1, 0, 1))


def pin_light(b: Floats, s: Floats) -> Floats:
    double = 2 * s
    return np.asarray(np.maximum(np.minimum(b, double), double - 1))


def hard_mix(b: Floats, s: Floats) -> Floats:
    return (b + s >= 1 - NEARLY).astype(np.float32)


def darker_color(b: Floats, s: Floats) -> Floats:
    """The darker of the two as a whole; the source where they are equally light."""
    return np.where(_luminance(s) <= _luminance(b) + NEARLY, s, b)


def lighter_color(b: Floats, s: Floats) -> Floats:
    return np.where(_luminance(s) >= _luminance(b) - NEARLY, s, b)


def hue(b: Floats, s: Floats) -> Floats:
    return _with_luminance(_with_saturation(s, _saturation(b)), _luminance(b))


def saturation(b: Floats, s: Floats) -> Floats:
    return _with_luminance(_with_saturation(b, _saturation(s)), _luminance(b))


def color(b: Floats, s: Floats) -> Floats:
    return _with_luminance(s, _luminance(b))


def luminosity(b: Floats, s: Floats) -> Floats:
    return _with_luminance(b, _luminance(s))


def _luminance(c: Floats) -> Floats:
    return np.asarray(c[0] * LUMINANCE[0] + c[1] * LUMINANCE[1] + c[2] * LUMINANCE[2])


def _saturation(c: Floats) -> Floats:
    return np.asarray(c.max(axis=0) - c.min(axis=0))


def _with_saturation(c: Floats, wanted: Floats) -> Floats:
    """SetSat of the standard: the same order of channels, stretched to 0..wanted."""
    least = c.min(axis=0)
    spread = c.max(axis=0) - least
    stretch = np.where(spread > NEARLY, wanted / np.maximum(spread, NEARLY), 0)
    return np.asarray((c - least) * stretch)


def _with_luminance(c: Floats, wanted: Floats) -> Floats:
    """SetLum and ClipColor of the standard: shifted to a luminance, then pulled towards that grey
    until it is in range. The luminance of a clipped colour is the wanted one."""
    shifted = c + (wanted - _luminance(c))
    least, most = shifted.min(axis=0), shifted.max(axis=0)
    low = np.where(least < 0, wanted / np.maximum(wanted - least, NEARLY), 1)
    high = np.where(most > 1, (1 - wanted) / np.maximum(most - wanted, NEARLY), 1)
    grey_to_colour = np.minimum(low, high).astype(np.float32)
    clipped = wanted + (shifted - wanted) * grey_to_colour
    return np.asarray(np.clip(clipped, 0, 1))
