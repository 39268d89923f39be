# SPDX-License-Identifier: Apache-2.0
"""Effects of a layer: made from its alpha, editable, never part of its pixels.

Lengths in pixels of the canvas, angles in degrees, opacity 0..1. Where light matters, `angle` is
where it comes from: 0 = the right, 90 = above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, cos, radians, sin
from types import MappingProxyType
from typing import Any, Literal

from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect
from prodedit.core.values import Value

_BLACK = Colour(0, 0, 0)
_WHITE = Colour(255, 255, 255)
_BLUR_REACH = 3
"""A Gaussian's farthest visible trace, in sigmas."""


class DropShadow(Value, frozen=True):
    """The layer's shape, moved away from the light. blur: sigma; spread: grown by so much first."""

    colour: Colour = _BLACK
    opacity: float = 0.35
    angle: float = 120.0
    distance: float = 24.0
    blur: float = 18.0
    spread: float = 0.0
    enabled: bool = True


class ContactShadow(Value, frozen=True):
    """The dark line where a product stands: its lowest part, pressed flat onto the ground.

    height: how tall the squashed shape is, as a share of the layer's height; blur: sigma of its
    soft part (where the product touches, it is sharper); follow: 1 = along the product's lower
    edge, 0 = straight through its lowest point."""

    colour: Colour = _BLACK
    opacity: float = 0.6
    height: float = 0.06
    blur: float = 20.0
    offset: float = 0.0
    follow: float = 1.0
    enabled: bool = True


class CastShadow(Value, frozen=True):
    """The product's shape lying on the ground, away from the light.

    length: as a share of the layer's height; fade: how much of it is gone at the far end, 0..1;
    blur: sigma at the far end (next to the product it is sharp)."""

    colour: Colour = _BLACK
    opacity: float = 0.4
    angle: float = 120.0
    length: float = 0.5
    blur: float = 24.0
    fade: float = 0.8
    enabled: bool = True


class Reflection(Value, frozen=True):
    """The layer mirrored below itself. height: the share of it that shows before it has faded;
    follow: 1 = in its lower edge, 0 = in a straight line through its lowest point."""

    opacity: float = 0.3
    height: float = 0.3
    gap: float = 0.0
    blur: float = 0.0
    follow: float = 1.0
    enabled: bool = True


class Outline(Value, frozen=True):
    colour: Colour = _WHITE
    opacity: float = 1.0
    width: float = 6.0
    side: Literal["outside", "centre", "inside"] = "outside"
    enabled: bool = True


class Glow(Value, frozen=True):
    colour: Colour = _WHITE
    opacity: float = 0.6
    size: float = 24.0
    side: Literal["outside", "inside"] = "outside"
    enabled: bool = True


class ColourOverlay(Value, frozen=True):
    colour: Colour = Colour(200, 30, 30)
    opacity: float = 1.0
    blend: str = "normal"
    enabled: bool = True


Effect = DropShadow | ContactShadow | CastShadow | Reflection | Outline | Glow | ColourOverlay


def extent(effect: Effect, rect: Rect, whole: Rect) -> Rect:
    """What of the canvas the effect may touch where `rect` of the layer's shape changes;
    `whole`: the bounds of that shape on the canvas."""
    if not effect.enabled or rect.is_empty:
        return Rect(0, 0, 0, 0)
    return _EXTENTS[type(effect)](effect, rect, whole)


def reach(effects: tuple[Effect, ...], rect: Rect, whole: Rect) -> Rect:
    """`rect` and all that effects put round it."""
    found = rect
    for effect in effects:
        found = found.union(extent(effect, rect, whole))
    return found


def light(angle: float, length: float) -> tuple[float, float]:
    """(dx, dy): where a shadow of that length falls."""
    return -cos(radians(angle)) * length, sin(radians(angle)) * length


def _drop(effect: DropShadow, rect: Rect, whole: Rect) -> Rect:
    dx, dy = light(effect.angle, effect.distance)
    moved = Rect.between(rect.x + dx, rect.y + dy, rect.right + dx, rect.bottom + dy)
    return moved.inflate(ceil(effect.blur * _BLUR_REACH + max(0.0, effect.spread)) + 1)


# Where the product stands within its layer is not known here, and any change may move it: what lies
# on the ground may lie anywhere from the layer's top on.


def _ground(effect: ContactShadow, rect: Rect, whole: Rect) -> Rect:
    margin = ceil(effect.blur * _BLUR_REACH + abs(effect.offset)) + 1
    depth = ceil(whole.height * effect.height)
    return Rect(whole.x, whole.y, whole.width, whole.height + depth).inflate(margin)


def _cast(effect: CastShadow, rect: Rect, whole: Rect) -> Rect:
    reaches = whole.height * abs(effect.length)
    dx, _ = light(effect.angle, reaches)
    left, right = whole.x + min(0.0, dx), whole.right + max(0.0, dx)
    area = Rect.between(left, whole.y - reaches, right, whole.bottom + reaches)
    return area.inflate(ceil(effect.blur * _BLUR_REACH) + 1)


def _reflection(effect: Reflection, rect: Rect, whole: Rect) -> Rect:
    bottom = whole.bottom + effect.gap + whole.height * effect.height
    area = Rect.between(whole.x, whole.y + min(0.0, effect.gap), whole.right, bottom)
    return area.inflate(ceil(effect.blur * _BLUR_REACH) + 1)


_EXTENTS: Mapping[type, Callable[[Any, Rect, Rect], Rect]] = MappingProxyType(
    {
        DropShadow: _drop,
        ContactShadow: _ground,
        CastShadow: _cast,
        Reflection: _reflection,
        Outline: lambda effect, rect, whole: rect.inflate(ceil(effect.width) + 1),
        Glow: lambda effect, rect, whole: rect.inflate(ceil(effect.size * _BLUR_REACH) + 1),
        ColourOverlay: lambda effect, rect, whole: rect,
    }
)
