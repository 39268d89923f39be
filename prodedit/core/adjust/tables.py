# SPDX-License-Identifier: Apache-2.0
"""Adjustments that make each channel's new value of its old one alone.

Each is a function of (3, n) float64, red, green and blue in 0..1, to the same; for 8-bit pixels it
becomes a table of 256 entries, which is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.values import (
    Adjustment,
    Band,
    BrightnessContrast,
    Curves,
    Dot,
    Exposure,
    Invert,
    Levels,
    Posterise,
    WhiteBalance,
)

Values = NDArray[np.float64]
Channels = Callable[[Values], Values]
"""(3, n) float64 in 0..1 -> the same."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Of linear red, green and blue (IEC 61966-2-1, ITU-R BT.709)."""
_SIGMOID = 7.0
_BIAS = 0.3
_LEAST_GAMMA = 0.01


def channels_of(adjustment: Adjustment) -> Channels | None:
    """None where a new value depends on more than its own channel. What Curves do to luminosity
    comes after this, see colours.py."""
    make = _CHANNELS.get(type(adjustment))
    return None if make is None else make(adjustment)


def linear(encoded: Values) -> Values:
    """sRGB 0..1 to linear light (IEC 61966-2-1)."""
    above = np.power((np.maximum(encoded, 0.04045) + 0.055) / 1.055, 2.4)
    return np.where(encoded <= 0.04045, encoded / 12.92, above)


def encoded(light: Values) -> Values:
    """Linear light to sRGB, cut to 0..1."""
    light = np.clip(light, 0.0, 1.0)
    above = 1.055 * np.power(np.maximum(light, 0.0031308), 1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, above)


def curve(dots: Sequence[Dot], at: Values) -> Values:
    """The curve through `dots` at the places `at`, 0..255 both, any shape.

    Cubic Hermite pieces with the slopes of Fritsch and Butland, "A Method for Constructing Local
    Monotone Piecewise Cubic Interpolants" (1984): no overshoot between two dots. Level beyond the
    outermost; of dots above one another the last one counts.
    """
    by_place = {float(dot.before): float(dot.after) for dot in dots}
    places = np.array(sorted(by_place)) if by_place else np.array([0.0])
    heights = np.array([by_place[place] for place in places]) if by_place else np.array([0.0])
    if len(places) == 1:
        return np.full(at.shape, heights[0])
    return np.asarray(np.clip(_hermite(places, heights, at), 0.0, 255.0))


def _hermite(places: Values, heights: Values, at: Values) -> Values:
    widths, rises = np.diff(places), np.diff(heights)
    slopes = _slopes(widths, rises / widths)
    at = np.clip(at, places[0], places[-1])
    piece = np.clip(np.searchsorted(places, at, side="right") - 1, 0, len(widths) - 1)
    t, width = (at - places[piece]) / widths[piece], widths[piece]
    smooth = t * t * (3 - 2 * t)
    bend = t * (1 - t) * ((1 - t) * slopes[piece] - t * slopes[piece + 1])
    return np.asarray(heights[piece] + rises[piece] * smooth + width * bend)


def _slopes(widths: Values, steepness: Values) -> Values:
    """Inside: the weighted harmonic mean of both sides, level at a peak; ends: one-sided."""
    slopes = np.zeros(len(widths) + 1)
    for n, (left, right) in enumerate(pairwise(steepness), start=1):
        if left * right > 0:
            near, far = widths[n - 1], widths[n]
            weights = np.array([near + 2 * far, 2 * near + far])
            slopes[n] = weights.sum() / (weights / np.array([left, right])).sum()
    slopes[0] = _end_slope(widths[:2], steepness[:2])
    slopes[-1] = _end_slope(widths[::-1][:2], steepness[::-1][:2])
    return slopes


def _end_slope(widths: Values, steepness: Values) -> float:
    """That of a parabola through three dots, kept monotone."""
    first = float(steepness[0])
    if len(widths) == 1:
        return first
    share = widths[0] / (widths[0] + widths[1])
    slope = float(first + share * (first - steepness[1]))
    if slope * first <= 0:
        return 0.0
    return float(np.clip(slope, -3 * abs(first), 3 * abs(first)))


def _levels(levels: Levels) -> Channels:
    single = (levels.red, levels.green, levels.blue)

    def change(values: Values) -> Values:
        rows = [_band(band, row * 255) for band, row in zip(single, values, strict=True)]
        return _band(levels.rgb, np.stack(rows)) / 255

    return change


def _band(band: Band, values: Values) -> Values:
    """0..255; a white at or below black makes a step there."""
    span = max(band.white - band.black, 1e-6)
    share = np.clip((values - band.black) / span, 0.0, 1.0)
    if band.gamma != 1:
        share = np.power(share, 1 / max(band.gamma, _LEAST_GAMMA))
    return np.clip(band.low + (band.high - band.low) * share, 0.0, 255.0)


def _curves(curves: Curves) -> Channels:
    single = (curves.red, curves.green, curves.blue)

    def change(values: Values) -> Values:
        rows = [curve(dots, row * 255) for dots, row in zip(single, values, strict=True)]
        return curve(curves.rgb, np.stack(rows)) / 255

    return change


def _exposure(exposure: Exposure) -> Channels:
    """light * 2^stops + offset, to the power of 1 / gamma, in linear light."""

    gain = np.exp2(np.clip(exposure.stops, -50, 50))

    def change(values: Values) -> Values:
        light = np.clip(linear(values) * gain + exposure.offset, 0.0, 1.0)
        return encoded(np.power(light, 1 / max(exposure.gamma, _LEAST_GAMMA)))

    return change


def _brightness_contrast(values: BrightnessContrast) -> Channels:
    """Brightness is the bias of Schlick, "Fast Alternatives to Perlin's Bias and Gain Functions"
    (Graphics Gems IV, 1994); contrast a logistic curve scaled to keep both ends, below 0 its
    inverse. Unlike a power, neither is ever steep without bound."""
    bias = 0.5 + _BIAS * float(np.clip(values.brightness, -100, 100)) / 100
    bend = _SIGMOID * float(np.clip(values.contrast, -100, 100)) / 100

    def change(old: Values) -> Values:
        return _contrast(old / ((1 / bias - 2) * (1 - old) + 1), bend)

    return change


def _contrast(values: Values, bend: float) -> Values:
    if abs(bend) < 1e-6:
        return values
    top = np.tanh(abs(bend) / 4)
    if bend > 0:
        return np.asarray(0.5 + 0.5 * np.tanh(bend * (values - 0.5) / 2) / top)
    return np.asarray(0.5 + 2 / -bend * np.arctanh((2 * values - 1) * top))


def _white_balance(balance: WhiteBalance) -> Channels:
    gains = white_balance_gains(balance)[:, None]
    return lambda values: encoded(linear(values) * gains)


def white_balance_gains(balance: WhiteBalance) -> Values:
    """(3,) factors of linear red, green and blue that leave a grey's luminance as it is.

    Warmth raises red as many stops as it lowers blue (one at 100); tint lowers green against both
    (one stop at 100): the two axes across which light differs, daylight's and the one across it.
    Scaling the channels is what a camera does for its white (von Kries, in its own primaries).
    """
    warmth, tint = np.clip([balance.temperature, balance.tint], -500, 500) / 100
    gains = np.exp2([warmth + tint / 3, -2 * tint / 3, tint / 3 - warmth])
    return np.asarray(gains / (gains @ LUMINANCE))


def _posterise(posterise: Posterise) -> Channels:
    """Equal shares of the input, spread evenly over the output."""
    count = int(np.clip(posterise.levels, 2, 255))

    def change(values: Values) -> Values:
        # A hair is added, so that a value computed as 127.99999 counts as 128.
        step = np.floor((values * 255 + 1e-3) * count / 256)
        return np.asarray(np.minimum(step, count - 1) / (count - 1))

    return change


def _invert(_: Invert) -> Channels:
    return lambda values: 1.0 - values


_CHANNELS: Mapping[type, Callable[[Any], Channels]] = MappingProxyType(
    {
        Levels: _levels,
        Curves: _curves,
        Exposure: _exposure,
        BrightnessContrast: _brightness_contrast,
        WhiteBalance: _white_balance,
        Posterise: _posterise,
        Invert: _invert,
    }
)
