# SPDX-License-Identifier: Apache-2.0
"""Curves read off a colour of the picture: what is to be black, grey or white, and which tone of a
curve a colour is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
import numpy as np

from prodedit.core.adjust.planes import luma
from prodedit.core.adjust.tables import curve
from prodedit.core.adjust.values import STRAIGHT, Curves, Dot
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Dots = tuple[Dot, ...]
CHANNELS = ("red", "green", "blue")
LEAST_GAP = 2.0
"""Dots are at least so far from each other."""
TOO_LIGHT = QT_TRANSLATE_NOOP(
    "Problem", "This colour is as light as the white point. Click something darker for black."
)
TOO_DARK = QT_TRANSLATE_NOOP(
    "Problem", "This colour is as dark as the black point. Click something lighter for white."
)
NO_GREY = QT_TRANSLATE_NOOP(
    "Problem", "A colour as strong, dark or light as this can't become grey. Click another one."
)


def with_black(curves: Curves, colour: Colour) -> Curves:
    """Curves of red, green and blue that begin at `colour`: it becomes (0, 0, 0), what was made of
    lighter tones stays. Raises Problem where it is no darker than the white point."""
    return _each(curves, colour, _begun, TOO_LIGHT)


def with_white(curves: Curves, colour: Colour) -> Curves:
    """Curves that end at `colour`: it becomes (255, 255, 255). Raises Problem where it is no
    lighter than the black point."""
    return _each(curves, colour, _ended, TOO_DARK)


def with_grey(curves: Curves, colour: Colour) -> Curves:
    """Curves of both their ends and one dot between, by which `colour` becomes the grey that is as
    light (luma). Raises Problem where a channel of it is not between its ends."""
    ends = [fit(getattr(curves, name)) for name in CHANNELS]
    ends = [(dots[0], dots[-1]) for dots in ends]
    pairs = list(zip(ends, colour[:3], strict=True))
    values = np.array([curve(dots, np.array(float(value))) for dots, value in pairs])
    grey = float(np.rint(luma(values)))

    def bent(dots: Dots, value: float) -> Dots | None:
        first, last = dots[0], dots[-1]
        inside = first.before + LEAST_GAP <= value <= last.before - LEAST_GAP
        return (first, Dot(value, grey), last) if inside else None

    return _each(curves, colour, bent, NO_GREY)


def tone_of(curves: Curves, channel: str, colour: Colour) -> float:
    """0..255: the place on the curve `channel` by which `colour` goes; for all channels and for
    luminosity it is the luma of what the curves before it have made of the colour."""
    if channel in CHANNELS:
        return float(colour[CHANNELS.index(channel)])
    values = [
        curve(getattr(curves, name), np.array(float(value)))
        for name, value in zip(CHANNELS, colour[:3], strict=True)
    ]
    planes = np.array(values)
    return float(luma(curve(curves.rgb, planes) if channel == "luminosity" else planes))


def _each(
    curves: Curves,
    colour: Colour,
    change: Callable[[Dots, float], Dots | None],
    refusal: str,
) -> Curves:
    """With the curves of red, green and blue changed for the channels of `colour`."""
    new: dict[str, Dots] = {}
    for name, value in zip(CHANNELS, colour[:3], strict=True):
        dots = change(fit(getattr(curves, name)), float(value))
        if dots is None:
            raise Problem(refusal, code="no-such-point")
        new[name] = dots
    changed: Curves = msgspec.structs.replace(curves, **new)
    return changed


def _begun(dots: Dots, place: float) -> Dots | None:
    later = tuple(dot for dot in dots[1:] if dot.before >= place + LEAST_GAP)
    return (Dot(place, 0.0), *later) if later else None


def _ended(dots: Dots, place: float) -> Dots | None:
    earlier = tuple(dot for dot in dots[:-1] if dot.before <= place - LEAST_GAP)
    return (*earlier, Dot(place, 255.0)) if earlier else None


def fit(dots: Dots) -> Dots:
    """Two dots at least, by rising place: a file of another program may hold anything."""
    return tuple(sorted(dots)) if len(dots) >= 2 else STRAIGHT


POINTS: Mapping[str, Callable[[Curves, Colour], Curves]] = MappingProxyType(
    {"black": with_black, "grey": with_grey, "white": with_white}
)
