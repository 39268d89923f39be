# SPDX-License-Identifier: Apache-2.0
"""Levels read off a colour of the picture: what is to be black, grey or white."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log
from types import MappingProxyType

import msgspec
import numpy as np

from prodedit.core.adjust.curving import CHANNELS, NO_GREY, TOO_DARK, TOO_LIGHT
from prodedit.core.adjust.planes import luma
from prodedit.core.adjust.values import Band, Levels
from prodedit.core.colour import Colour
from prodedit.core.problem import Problem

LEAST_SPAN = 2.0
"""Between the black and the white of a channel."""
GAMMAS = (0.1, 9.99)


def with_black(levels: Levels, colour: Colour) -> Levels:
    """Bands of red, green and blue that begin at `colour`: it becomes (0, 0, 0). Raises Problem
    where it is no darker than the white point."""

    def begun(band: Band, value: float) -> Band | None:
        fits = value + LEAST_SPAN <= band.white
        return band._replace(black=value, low=0.0) if fits else None

    return _each(levels, colour, begun, TOO_LIGHT)


def with_white(levels: Levels, colour: Colour) -> Levels:
    """Bands that end at `colour`: it becomes (255, 255, 255). Raises Problem where it is no
    lighter than the black point."""

    def ended(band: Band, value: float) -> Band | None:
        fits = value - LEAST_SPAN >= band.black
        return band._replace(white=value, high=255.0) if fits else None

    return _each(levels, colour, ended, TOO_DARK)


def with_grey(levels: Levels, colour: Colour) -> Levels:
    """Bands of the same ends with the gamma by which `colour` becomes the grey that is as light
    (luma). Raises Problem where no gamma of GAMMAS does that."""
    bands = [getattr(levels, name) for name in CHANNELS]
    shares = [_share(band, value) for band, value in zip(bands, colour[:3], strict=True)]
    straight = [b.low + (b.high - b.low) * s for b, s in zip(bands, shares, strict=True)]
    grey = float(np.rint(luma(np.array(straight))))

    def bent(band: Band, value: float) -> Band | None:
        before, height = _share(band, value), band.high - band.low
        after = (grey - band.low) / height if height else 0.0
        if not (0 < before < 1 and 0 < after < 1):
            return None
        gamma = round(log(before) / log(after), 4)
        return band._replace(gamma=gamma) if GAMMAS[0] <= gamma <= GAMMAS[1] else None

    return _each(levels, colour, bent, NO_GREY)


def _share(band: Band, value: float) -> float:
    """0..1: where between black and white it lies."""
    return min(1.0, max(0.0, (value - band.black) / max(band.white - band.black, 1e-6)))


def _each(
    levels: Levels, colour: Colour, change: Callable[[Band, float], Band | None], refusal: str
) -> Levels:
    """With the bands of red, green and blue changed for the channels of `colour`."""
    new: dict[str, Band] = {}
    for name, value in zip(CHANNELS, colour[:3], strict=True):
        band = change(getattr(levels, name), float(value))
        if band is None:
            raise Problem(refusal, code="no-such-point")
        new[name] = band
    changed: Levels = msgspec.structs.replace(levels, **new)
    return changed


POINTS: Mapping[str, Callable[[Levels, Colour], Levels]] = MappingProxyType(
    {"black": with_black, "grey": with_grey, "white": with_white}
)
