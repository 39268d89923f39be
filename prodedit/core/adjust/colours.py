# SPDX-License-Identifier: Apache-2.0
"""Adjustments that make a new colour of a colour: all three channels of it count.

Each is a function of planes (see planes.py) that may go a little out of range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, radians, sin
from types import MappingProxyType
from typing import Any

import numpy as np

from prodedit.core.adjust.cube import lut
from prodedit.core.adjust.hue import hue_saturation
from prodedit.core.adjust.oklab import fine_encoded, fine_linear
from prodedit.core.adjust.planes import (
    FINE,
    Plane,
    Planes,
    fine_index,
    luma,
    with_luma,
    within,
)
from prodedit.core.adjust.recolour import recolour
from prodedit.core.adjust.tables import curve, linear
from prodedit.core.adjust.values import (
    Adjustment,
    BlackAndWhite,
    ColourBalance,
    Curves,
    GradientMap,
    HueSaturation,
    Lut,
    PhotoFilter,
    Recolour,
    Threshold,
    Vibrance,
)
from prodedit.core.colour import Colour

Colours = Callable[[Planes], Planes]
_BALANCE = 0.3
_SKIN_HUE, _SKIN_WIDTH, _SKIN_SPARED = radians(25), radians(45), 0.6


def colours_of(adjustment: Adjustment) -> Colours | None:
    """None for what is no function of one colour, or only of single channels."""
    make = _COLOURS.get(type(adjustment))
    return None if make is None else make(adjustment)


def _luminosity(curves: Curves) -> Colours | None:
    """Luma goes through the curve, and the colour takes that luma: what a layer of the curved
    picture does with the blend mode Luminosity. None where the curve changes nothing, so that
    curves of channels alone stay a table."""
    bytes_ = np.arange(256.0)
    if np.allclose(curve(curves.luminosity, bytes_), bytes_, atol=1e-6):
        return None
    heights = curve(curves.luminosity, np.linspace(0.0, 255.0, FINE + 1))
    table = (heights / 255).astype(np.float32)

    def change(planes: Planes) -> Planes:
        light = luma(planes)
        new = np.take(table, fine_index(light), mode="clip")
        return within(planes + (new - light), new)

    return change


def _colour_balance(balance: ColourBalance) -> Colours:
    """Each channel is shifted by its share of shadows (1-l)^2, midtones 4l(1-l) and highlights
    l^2, l being luma: smooth, and most at black, at middle grey and at white. 100 is 0.3 of the
    range."""
    shadows, midtones, highlights = (
        np.array(part, np.float32) * (_BALANCE / 100)
        for part in (balance.shadows, balance.midtones, balance.highlights)
    )

    def change(planes: Planes) -> Planes:
        light = luma(planes)
        dark = 1 - light
        low, middle, high = dark * dark, 4 * light * dark, light * light
        rows = [
            plane + shadows[n] * low + midtones[n] * middle + highlights[n] * high
            for n, plane in enumerate(planes)
        ]
        new = np.stack(rows)
        return with_luma(new, light) if balance.keep_lightness else np.clip(new, 0, 1)

    return change


def _vibrance(values: Vibrance) -> Colours:
    """Distances from a colour's own grey (its luma) grow by a factor. Vibrance: with chroma
    c = max - min by 1 + v (1 - c), above 0 less for colours near skin's hue; saturation: by
    1 + s."""
    vibrance = float(np.clip(values.vibrance, -100, 100)) / 100
    saturation = 1 + float(np.clip(values.saturation, -100, 100)) / 100

    def change(planes: Planes) -> Planes:
        light = luma(planes)
        gain = vibrance * (1 - _chroma(planes))
        if vibrance > 0:
            gain *= 1 - _SKIN_SPARED * _skin(planes)
        gain += 1
        gain *= saturation
        return within(light + (planes - light) * gain, light)

    return change


def _chroma(planes: Planes) -> Plane:
    highest = np.maximum(np.maximum(planes[0], planes[1]), planes[2])
    return np.asarray(highest - np.minimum(np.minimum(planes[0], planes[1]), planes[2]))


def _skin(planes: Planes) -> Plane:
    """1 at a hue of 25 degrees, 0 from 45 degrees away, by the cosine of the distance."""
    red, green, blue = planes
    along = red - (green + blue) * red.dtype.type(0.5)
    across = (green - blue) * red.dtype.type(3**0.5 / 2)
    length = np.sqrt(along * along + across * across)
    towards = along * red.dtype.type(cos(_SKIN_HUE)) + across * red.dtype.type(sin(_SKIN_HUE))
    nearness = towards / np.maximum(length, 1e-4) - cos(_SKIN_WIDTH)
    return np.asarray(np.clip(nearness / (1 - cos(_SKIN_WIDTH)), 0, 1))


def _black_and_white(values: BlackAndWhite) -> Colours:
    """A colour is so much grey (its lowest channel), so much of yellow, cyan or magenta (what the
    middle channel has above that) and so much of red, green or blue (what the highest has above
    the middle); each part counts by its percentage. A tint takes the grey as its luma."""
    primary = np.array([values.reds, values.greens, values.blues], np.float32) / 100
    secondary = np.array([values.cyans, values.magentas, values.yellows], np.float32) / 100
    tint = None if values.tint is None else _planes_of(values.tint)

    def change(planes: Planes) -> Planes:
        red, green, blue = planes
        highest = np.maximum(np.maximum(red, green), blue)
        lowest = np.minimum(np.minimum(red, green), blue)
        middle = np.maximum(np.minimum(red, green), np.minimum(np.maximum(red, green), blue))
        top = _chosen(red == highest, green == highest, primary)
        side = _chosen(red == lowest, green == lowest, secondary)
        grey = np.clip(lowest + (middle - lowest) * side + (highest - middle) * top, 0, 1)
        if tint is None:
            return np.stack([grey, grey, grey])
        return with_luma(np.broadcast_to(tint, planes.shape), grey)

    return change


def _chosen(first: Plane, second: Plane, values: Plane) -> Plane:
    return np.asarray(np.where(first, values[0], np.where(second, values[1], values[2])))


def _planes_of(colour: Colour) -> Planes:
    """(3, 1, 1) float32."""
    return np.asarray(np.array(colour[:3], np.float32) / 255)[:, None, None]


def _photo_filter(values: PhotoFilter) -> Colours:
    """Glass before the lens: light times (1 - density) + density * its colour, in linear light;
    with `keep_lightness` luma is set back to what it was."""
    glass = linear(np.array(values.colour[:3]) / 255)
    density = float(np.clip(values.density, 0, 1))
    factors = np.sqrt(1 - density + density * glass).astype(np.float32)
    roots = np.sqrt(fine_linear())
    tables = [np.take(fine_encoded(), fine_index(roots * factor)) for factor in factors]

    def change(planes: Planes) -> Planes:
        pairs = zip(tables, planes, strict=True)
        new = np.stack([np.take(table, fine_index(p), mode="clip") for table, p in pairs])
        return with_luma(new, np.clip(luma(planes), 0, 1)) if values.keep_lightness else new

    return change


def _threshold(threshold: Threshold) -> Colours:
    """White where luma is `level` or more, black elsewhere."""
    level = np.float32((threshold.level - 1e-3) / 255)  # 128 reckoned as 127.99999 is 128

    def change(planes: Planes) -> Planes:
        plane = (luma(planes) >= level).astype(np.float32)
        return np.stack([plane, plane, plane])

    return change


def _gradient_map(values: GradientMap) -> Colours:
    """Luma looked up among the stops, mixed linearly as they are in sRGB."""
    stops = sorted(values.stops, key=lambda stop: stop.place)
    if not stops:
        return lambda planes: planes
    places = np.array([stop.place for stop in stops])
    colours = np.array([stop.colour[:3] for stop in stops]) / 255
    at = np.arange(FINE + 1) / FINE
    tables = [np.interp(at, places, channel).astype(np.float32) for channel in colours.T]

    def change(planes: Planes) -> Planes:
        index = fine_index(luma(planes))
        return np.stack([np.take(table, index, mode="clip") for table in tables])

    return change


_COLOURS: Mapping[type, Callable[[Any], Colours | None]] = MappingProxyType(
    {
        Curves: _luminosity,
        HueSaturation: hue_saturation,
        ColourBalance: _colour_balance,
        Vibrance: _vibrance,
        BlackAndWhite: _black_and_white,
        PhotoFilter: _photo_filter,
        Threshold: _threshold,
        GradientMap: _gradient_map,
        Lut: lut,
        Recolour: recolour,
    }
)
