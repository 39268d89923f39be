# SPDX-License-Identifier: Apache-2.0
"""What a brush lays down where it goes: a colour, nothing, another place, other tones.

Each ink says how the layer would look if the brush covered it wholly; the stroke goes there as
far as it covers. So all brushes but the smudging one follow one rule, and a stroke gives the same
pixels in whatever pieces it is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import cv2
import numpy as np

from prodedit.core.colour import Colour
from prodedit.core.geometry import Point, Rect
from prodedit.core.paint.ground import Ground, over, with_alpha
from prodedit.core.paint.seen import seen_at, seen_through
from prodedit.core.paint.tones import burned, dodged, sponged
from prodedit.core.pixels import premultiply, straight_rgba
from prodedit.core.tiles import Pixels
from prodedit.core.values import Value

Tones = Literal["shadows", "midtones", "highlights"]
_BLUR, _REACH = 2.5, 8
"""Pixels of the layer: how soft the blurring brush makes it, and how far that looks round."""
_SHARPEN = 1.2, 4
_AMOUNT = 1.5
"""How much of what blurring takes away the sharpening brush adds."""


class Colouring(Value, frozen=True):
    colour: Colour


class Erasing(Value, frozen=True):
    """Makes transparent; where transparency is locked, `behind` is painted."""

    behind: Colour = Colour(255, 255, 255)


class Cloning(Value, frozen=True):
    """What lies at `source` is painted at `start`, and so on from there; both on the canvas.
    all_layers: as the picture shows, input `sampled`; else of the layer itself."""

    source: Point
    start: Point
    all_layers: bool = False


class Healing(Value, frozen=True):
    """As Cloning, and the colours are fitted to what is round the stroke. source None: a place
    that fits is found in the layer itself."""

    source: Point | None
    start: Point
    all_layers: bool = False


class Dodging(Value, frozen=True):
    """Lightens."""

    tones: Tones = "midtones"


class Burning(Value, frozen=True):
    """Darkens."""

    tones: Tones = "midtones"


class Sponging(Value, frozen=True):
    """Makes colours stronger, or takes them away."""

    more: bool = True


class Blurring(Value, frozen=True):
    pass


class Sharpening(Value, frozen=True):
    pass


class Smudging(Value, frozen=True):
    """Carries colours along; of all inks the only one for which the way matters."""


Ink = (
    Colouring
    | Erasing
    | Cloning
    | Healing
    | Dodging
    | Burning
    | Sponging
    | Blurring
    | Sharpening
    | Smudging
)


class Spot(NamedTuple):
    """Where ink is laid. rect: in the layer's pixels; old: those, (h, w, 4); x, y: of a bent layer
    where their middles show on the canvas."""

    rect: Rect
    old: Pixels
    x: Any = None
    y: Any = None


def laid(ground: Ground, ink: Ink, spot: Spot) -> Pixels:
    """(h, w, 4) premultiplied: the spot wholly covered with ink."""
    new = INKS[type(ink)](ground, ink, spot)
    return with_alpha(new, spot.old[..., 3]) if ground.keeps_alpha else new


def _coloured(ground: Ground, ink: Colouring, spot: Spot) -> Pixels:
    return _full(ink.colour, spot.old)


def _erased(ground: Ground, ink: Erasing, spot: Spot) -> Pixels:
    return _full(ink.behind, spot.old) if ground.keeps_alpha else np.zeros_like(spot.old)


def _full(colour: Colour, like: Pixels) -> Pixels:
    new = np.empty_like(like)
    new[...] = (colour.blue, colour.green, colour.red, 255)
    return new


def _cloned(ground: Ground, ink: Cloning | Healing, spot: Spot) -> Pixels:
    return over(source_pixels(ground, ink, spot), spot.old)


def source_pixels(ground: Ground, ink: Cloning | Healing, spot: Spot) -> Pixels:
    """What the clone brush takes for a spot; the spot itself where there is no source yet."""
    if ink.source is None:
        return spot.old
    if ground.sampled is None:
        one, other = ground.to_own(ink.source), ground.to_own(ink.start)
        dx, dy = round(one.x - other.x), round(one.y - other.y)
        return ground.tiles.to_array(spot.rect.translate(dx, dy))
    off = Point(ink.source.x - ink.start.x, ink.source.y - ink.start.y)
    if spot.x is not None:
        return seen_at(ground.sampled, spot.x, spot.y, off)
    whole = Point(round(off.x), round(off.y))
    return seen_through(ground.sampled, ground.placed, spot.rect, whole)


def _dodged(ground: Ground, ink: Dodging, spot: Spot) -> Pixels:
    return _on_colours(spot.old, lambda rgb: dodged(rgb, ink.tones))


def _burned(ground: Ground, ink: Burning, spot: Spot) -> Pixels:
    return _on_colours(spot.old, lambda rgb: burned(rgb, ink.tones))


def _sponged(ground: Ground, ink: Sponging, spot: Spot) -> Pixels:
    return _on_colours(spot.old, lambda rgb: sponged(rgb, more=ink.more))


def _blurred(ground: Ground, ink: Blurring, spot: Spot) -> Pixels:
    return _softened(ground, spot.rect, _BLUR, _REACH)


def _sharpened(ground: Ground, ink: Sharpening, spot: Spot) -> Pixels:
    soft = _softened(ground, spot.rect, *_SHARPEN)
    sharp = cv2.addWeighted(spot.old, 1 + _AMOUNT, soft, -_AMOUNT, 0)
    alpha = spot.old[..., 3]
    new = np.minimum(sharp, alpha[..., None])
    new[..., 3] = alpha
    return np.asarray(new, np.uint8)


def _softened(ground: Ground, rect: Rect, sigma: float, reach: int) -> Pixels:
    """Looks at the layer alone, and at its edge at no more than there is."""
    area = rect.inflate(reach).intersect(ground.tiles.bounds)
    side = 2 * reach + 1
    pixels = ground.tiles.to_array(area)
    soft = cv2.GaussianBlur(pixels, (side, side), sigma, borderType=cv2.BORDER_REPLICATE)
    x, y = rect.x - area.x, rect.y - area.y
    return np.asarray(soft[y : y + rect.height, x : x + rect.width], np.uint8)


def _on_colours(bgra: Pixels, change: Callable[[Pixels], Pixels]) -> Pixels:
    """`change` of the straight colours, (h, w, 3) RGB; alpha stays."""
    rgba = straight_rgba(bgra)
    rgba[..., :3] = change(np.ascontiguousarray(rgba[..., :3]))
    return premultiply(rgba)


INKS: Mapping[type, Callable[[Ground, Any, Spot], Pixels]] = MappingProxyType(
    {
        Colouring: _coloured,
        Erasing: _erased,
        Cloning: _cloned,
        Healing: _cloned,
        Dodging: _dodged,
        Burning: _burned,
        Sponging: _sponged,
        Blurring: _blurred,
        Sharpening: _sharpened,
    }
)
