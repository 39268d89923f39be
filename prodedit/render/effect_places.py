# SPDX-License-Identifier: Apache-2.0
"""Which effects lie under a layer, and which colour it from within."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from prodedit.core.effects import (
    CastShadow,
    ColourOverlay,
    ContactShadow,
    DropShadow,
    Effect,
    Glow,
    Outline,
    Reflection,
)

Placed = tuple[tuple[Effect, ...], tuple[Effect, ...]]
"""(those under the layer, those inside of it)"""

_ORDER = (CastShadow, DropShadow, ContactShadow, Reflection, Glow, Outline, ColourOverlay)
"""From what lies farthest below to what lies on top, whatever order they were added in."""


def placed(effects: Iterable[Effect]) -> Placed:
    """The enabled ones, lowest first."""
    shown = [effect for effect in effects if effect.enabled and effect.opacity > 0]
    if not shown:
        return (), ()
    parts = [_PLACES[type(e)](e) for e in sorted(shown, key=lambda e: _ORDER.index(type(e)))]
    return tuple(e for under, _ in parts for e in under), tuple(
        e for _, inside in parts for e in inside
    )


def _under(effect: Effect) -> Placed:
    return (effect,), ()


def _by_side(effect: Glow | Outline) -> Placed:
    return ((effect,), ()) if effect.side == "outside" else ((), (effect,))


def _outline(effect: Outline) -> Placed:
    if effect.side != "centre":
        return _by_side(effect)
    half = msgspec.structs.replace(effect, width=effect.width / 2)
    outside = msgspec.structs.replace(half, side="outside")
    return (outside,), (msgspec.structs.replace(half, side="inside"),)


_PLACES: Mapping[type, Callable[[Any], Placed]] = MappingProxyType(
    {
        CastShadow: _under,
        DropShadow: _under,
        ContactShadow: _under,
        Reflection: _under,
        Glow: _by_side,
        Outline: _outline,
        ColourOverlay: lambda effect: ((), (effect,)),
    }
)
