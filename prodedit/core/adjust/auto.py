# SPDX-License-Identifier: Apache-2.0
"""Adjustments read off a picture: tone, colour and white balance by themselves."""

from __future__ import annotations

from math import log2

import numpy as np

from prodedit.core.adjust.histogram import Counts, Histogram
from prodedit.core.adjust.tables import linear
from prodedit.core.adjust.values import Band, Levels, WhiteBalance
from prodedit.core.colour import Colour

CLIP = 0.001
"""Share of the pixels that may become quite black, and quite white: sparks and dust."""
_LEAST_SPAN = 8.0
"""Levels; a picture that has fewer is flat, and stretched it would be noise."""
_MOST_GAMMA = 1.25


def auto_tone(found: Histogram, clip: float = CLIP) -> Levels:
    """Black and white where all but `clip` of all channels' values lie, the same for each, so that
    no hue changes. Nothing is changed of an empty or flat picture."""
    together = found.red + found.green + found.blue
    return Levels(rgb=_stretched(together, clip))


def auto_colour(found: Histogram, clip: float = CLIP) -> Levels:
    """Each channel stretched to its own black and white, which takes a cast out of both, and bent
    so that the means of the channels are one grey (the grey world of Buchsbaum, "A spatial
    processor model for object colour perception", 1980), gently: the product has a
    colour of its own."""
    channels = (found.red, found.green, found.blue)
    bands = [_stretched(counts, clip) for counts in channels]
    grey = sum(_mean(c, b) for c, b in zip(channels, bands, strict=True)) / 3
    red, green, blue = (_bent(b, c, grey) for c, b in zip(channels, bands, strict=True))
    return Levels(red=red, green=green, blue=blue)


def auto_white_balance(found: Histogram) -> WhiteBalance:
    """For which the mean of linear light becomes a grey."""
    if found.pixels <= 0:
        return WhiteBalance()
    light = linear(np.arange(256) / 255)
    means = [
        float(counts @ light) / found.pixels for counts in (found.red, found.green, found.blue)
    ]
    return _balancing(*means)


def white_balance_from(colour: Colour) -> WhiteBalance:
    """For which `colour`, of something grey, becomes grey, as near as the range of values lets it.
    Black tells nothing and changes nothing."""
    red, green, blue = linear(np.array(colour[:3]) / 255)
    return _balancing(float(red), float(green), float(blue))


def _balancing(red: float, green: float, blue: float) -> WhiteBalance:
    """Red falls by 2^(w + t/3), green by 2^(-2t/3), blue by 2^(t/3 - w): all equal after that."""
    if max(red, green, blue) <= 0:
        return WhiteBalance()
    stops = [log2(max(value, 1e-4)) for value in (red, green, blue)]
    warmth = (stops[2] - stops[0]) / 2
    tint = stops[1] - (stops[0] + stops[2]) / 2
    return WhiteBalance(*(round(max(-100.0, min(100.0, 100 * v)), 2) for v in (warmth, tint)))


def _stretched(counts: Counts, clip: float) -> Band:
    total = counts.sum()
    if total <= 0:
        return Band()
    share = np.cumsum(counts) / total
    black = float(np.searchsorted(share, clip, side="right"))
    white = float(np.searchsorted(share, 1 - clip, side="left"))
    return Band() if white - black < _LEAST_SPAN else Band(black=black, white=white)


def _mean(counts: Counts, band: Band) -> float:
    """After stretching and bending, 0..1."""
    values = np.clip((np.arange(256) - band.black) / (band.white - band.black), 0, 1)
    total = counts.sum()
    return 0.5 if total <= 0 else float(counts @ values ** (1 / band.gamma) / total)


def _bent(band: Band, counts: Counts, grey: float) -> Band:
    """With the gamma that makes `grey` the mean, found by halving: the mean grows with gamma."""
    low, high = 1 / _MOST_GAMMA, _MOST_GAMMA
    if band == Band():
        return band
    for _ in range(20):
        middle = (low + high) / 2
        if _mean(counts, band._replace(gamma=middle)) < grey:
            low = middle
        else:
            high = middle
    return band._replace(gamma=round(low, 3))
