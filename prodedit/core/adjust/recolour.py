# SPDX-License-Identifier: Apache-2.0
"""One colour becomes another; shading and texture stay.

A product's pixel is its own colour, lit more or less, mixed with light that is mirrored and, at
its edge, with what lies behind (the dichromatic model: Shafer, "Using color to separate reflection
components", 1985). In Oklab light and shade scale all three numbers alike, so at each lightness
it is known what the bare colour `source` would be, and how much of it a pixel holds: its share.
That much is taken out, and as much of `target`, lit in the same way, put in. Highlights, prints in
other colours and the mixed pixels of edges hold less of it and change less: no halo.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.oklab import Oklab, lab_of
from prodedit.core.adjust.planes import Plane, Planes
from prodedit.core.adjust.values import Recolour

_NOISE, _GREY_NOISE, _GREY = 0.015, 0.1, 0.04
"""Chroma that tells nothing, of strong colours and of greys, and chroma that counts as grey: of a
grey source, and of deep shadow, every pixel is a part, whatever a camera's noise makes of it."""
_TRACES = (0.02, 0.16)
"""Shares that count for nothing, and in full: another thing's hue has a little of many colours."""
_LIGHTNESS_COUNTS, _MIX_COUNTS = 0.5, 0.6
"""Against another hue: lightness of greys, and how much of the source is mixed with grey."""
_TOLERANCE = 0.225
_FLATTEST, _LIGHT_FLATTEST, _STEEPEST = 0.4, 0.6, 1.5
_ROOM = 0.1
"""Lightness that a product's lit side is brighter by: so much is kept for it below white."""


class _Share(NamedTuple):
    """bare: (2, h, w), the source's chroma at each pixel's lightness; share: how much of it is
    there, 0 and up; weight: 0..1, how near the source the pixel's colour is."""

    bare: Planes
    share: Plane
    weight: Plane


def recolour(values: Recolour) -> Callable[[Planes], Planes]:
    oklab, source, target = Oklab(), lab_of(values.source), lab_of(values.target)
    target[0] += np.clip(values.keep_lightness, 0, 1) * (source[0] - target[0])
    tone = _Tone(float(source[0]), float(target[0]), 1 - _greyness(source))

    def change(planes: Planes) -> Planes:
        lab = oklab.lab(planes)
        found = _share(lab, source, values.tolerance)
        light, amount = lab[0], found.share * found.weight
        lit = tone(light)
        new = lab + 0
        new[0] += np.minimum(amount, 1) * (lit - light)
        bare = _lit(lit, target)
        new[1] += amount * (bare[0] - found.bare[0])
        new[2] += amount * (bare[1] - found.bare[1])
        return oklab.rgb(new)

    return change


def weight(values: Recolour) -> Callable[[Planes], Plane]:
    """How much of each pixel (planes of sRGB) becomes new, 0..1."""
    oklab, source = Oklab(), lab_of(values.source)

    def measure(planes: Planes) -> Plane:
        found = _share(oklab.lab(planes), source, values.tolerance)
        return np.asarray(np.minimum(found.share, 1) * found.weight)

    return measure


def _share(lab: Planes, source: NDArray[np.float64], tolerance: float) -> _Share:
    light, a, b = lab
    bare = _lit(light, source)
    noise = np.float32((_NOISE + _GREY_NOISE * _greyness(source)) ** 2)
    square = bare[0] * bare[0] + bare[1] * bare[1] + noise
    share = np.maximum((a * bare[0] + b * bare[1] + noise) / square, 0)
    weight = _weight(lab, bare, share, source, tolerance)
    weight *= _smooth((share - _TRACES[0]) / (_TRACES[1] - _TRACES[0]))
    return _Share(bare, share, weight)


def _greyness(source: NDArray[np.float64]) -> float:
    """1 of a grey, next to nothing from a chroma of a tenth on."""
    return float(np.exp(-(source[1] ** 2 + source[2] ** 2) / _GREY**2))


def _smooth(t: Plane) -> Plane:
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def _weight(
    lab: Planes, bare: Planes, share: Plane, source: NDArray[np.float64], tolerance: float
) -> Plane:
    """1 within 0.6 of the radius, 0 from 1.2 of it on. Lightness counts as far as the source is
    grey, for then there is nothing else to tell it by."""
    radius = _radius(tolerance)
    if not np.isfinite(radius):
        return np.ones_like(lab[0])
    counts = np.float32(_LIGHTNESS_COUNTS * _greyness(source))
    along = (lab[0] - np.float32(source[0])) * counts
    part = np.minimum(share, 1)
    strength = np.sqrt(bare[0] * bare[0] + bare[1] * bare[1])  # numpy's hypot takes thrice as long
    mixed = (1 - part) * strength * np.float32(_MIX_COUNTS)
    x, y = lab[1] - part * bare[0], lab[2] - part * bare[1]
    distance = np.sqrt(x * x + y * y + mixed * mixed + along * along)
    return _smooth((np.float32(1.2) - distance / np.float32(radius)) / np.float32(0.6))


def _radius(tolerance: float) -> float:
    """In Oklab's units; 40 reaches about as far as a strong colour's mixes with white do."""
    share = float(np.clip(tolerance, 0.5, 100)) / 100
    return float("inf") if share == 1 else _TOLERANCE * share / (1 - share)


def _lit(light: Plane, colour: NDArray[np.float64]) -> Planes:
    """(2, h, w): the colour's chroma at each lightness, in proportion to that."""
    scale = light * np.float32(1 / max(float(colour[0]), 0.02))
    return np.stack([scale * np.float32(colour[1]), scale * np.float32(colour[2])])


class _Tone:
    """The new lightness of each old one: `source` becomes `target`, with a slope there as light
    has it (their ratio) within bounds; bent towards black and white where it would cross them.

    black: how far black stays black, 0..1. Beside a strong colour it is another thing; of a grey
    it may be a fold that the camera saw nothing in.
    """

    def __init__(self, source: float, target: float, black: float) -> None:
        self._source, self._target, self._black = source, target, black
        steepest = np.clip((1 - target) / _ROOM, _LIGHT_FLATTEST, _STEEPEST)
        own = float(np.clip(target / max(source, 0.02), _FLATTEST, steepest))
        self._slope = 1.0 if target == source else own

    def __call__(self, light: Plane) -> Plane:
        offset = light - np.float32(self._source)
        below = self._side(-offset, self._source, self._target, self._black)
        above = self._side(offset, 1 - self._source, 1 - self._target, 0.0)
        return np.asarray(np.float32(self._target) + above - below)

    def _side(self, distance: Plane, reach: float, room: float, whole: float) -> Plane:
        """(m t / (1 + (m - 1) t)) of the room where m, the slope, is above 1: all of it at the
        end. Else m t, and near the end the `whole` share of what is left."""
        steepness = self._slope * reach / max(room, 1e-4)
        t = np.maximum(distance, 0) * np.float32(1 / max(reach, 1e-4))
        if steepness > 1:
            return np.asarray(room * steepness * t / (1 + (steepness - 1) * t))
        last = (t * t * t) ** 2
        return np.asarray(room * (steepness * t + whole * (1 - steepness) * last))
