# SPDX-License-Identifier: Apache-2.0
"""What each effect is called, what can be set of it, and ready-made sets of effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from prodedit.core.colour import Colour
from prodedit.core.document import Document
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
from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP

_T = QT_TRANSLATE_NOOP
_MADE_FOR = 1000.0
"""Pixels of the shorter side of a layer that lengths are given for; others are scaled to it."""
_LENGTHS = ("distance", "blur", "spread", "offset", "gap", "width", "size")


class Number(NamedTuple):
    """A slider; `title` in the context "Effects". The field is the slider's number * `unit`."""

    field: str
    title: str
    low: int
    high: int
    suffix: str = " px"
    unit: float = 1.0


class Kind(NamedTuple):
    title: str
    numbers: tuple[Number, ...]
    sides: tuple[str, ...] = ()
    """Where an outline or a glow may lie."""


_OPACITY = Number("opacity", _T("Effects", "Opacity"), 0, 100, " %", 0.01)
_FOLLOW = Number("follow", _T("Effects", "Hug base"), 0, 100, " %", 0.01)
_BLUR = Number("blur", _T("Effects", "Softness"), 0, 200)

KINDS: Mapping[type[Effect], Kind] = MappingProxyType(
    {
        DropShadow: Kind(
            _T("Effects", "Drop shadow"),
            (
                _OPACITY,
                Number("distance", _T("Effects", "Distance"), 0, 400),
                _BLUR,
                Number("spread", _T("Effects", "Spread"), 0, 100),
            ),
        ),
        ContactShadow: Kind(
            _T("Effects", "Contact shadow"),
            (
                _OPACITY,
                Number("height", _T("Effects", "Height"), 1, 30, " %", 0.01),
                _BLUR,
                Number("offset", _T("Effects", "Lowered"), -100, 100),
                _FOLLOW,
            ),
        ),
        CastShadow: Kind(
            _T("Effects", "Cast shadow"),
            (
                _OPACITY,
                Number("length", _T("Effects", "Length"), 5, 300, " %", 0.01),
                _BLUR,
                Number("fade", _T("Effects", "Fade"), 0, 100, " %", 0.01),
            ),
        ),
        Reflection: Kind(
            _T("Effects", "Reflection"),
            (
                _OPACITY,
                Number("height", _T("Effects", "Height"), 1, 100, " %", 0.01),
                Number("gap", _T("Effects", "Gap"), -100, 200),
                Number("blur", _T("Effects", "Softness"), 0, 50),
                _FOLLOW,
            ),
        ),
        Outline: Kind(
            _T("Effects", "Outline"),
            (_OPACITY, Number("width", _T("Effects", "Width"), 1, 200)),
            ("outside", "centre", "inside"),
        ),
        Glow: Kind(
            _T("Effects", "Glow"),
            (_OPACITY, Number("size", _T("Effects", "Size"), 1, 300)),
            ("outside", "inside"),
        ),
        ColourOverlay: Kind(_T("Effects", "Colour overlay"), (_OPACITY,)),
    }
)
"""In the order of the panel."""

SIDES: Mapping[str, str] = MappingProxyType(
    {
        "outside": _T("Effects", "Outside"),
        "centre": _T("Effects", "On the edge"),
        "inside": _T("Effects", "Inside"),
    }
)


class Preset(NamedTuple):
    title: str
    effects: tuple[Effect, ...]
    """Lengths for a layer whose shorter side is 1000 pixels."""


PRESETS: tuple[Preset, ...] = (
    Preset(
        _T("Effects", "Soft studio shadow"),
        (
            ContactShadow(opacity=0.45, height=0.05, blur=16),
            DropShadow(opacity=0.22, angle=100, distance=34, blur=42),
        ),
    ),
    Preset(
        _T("Effects", "Standing on white"),
        (ContactShadow(opacity=0.6, height=0.06, blur=24),),
    ),
    Preset(
        _T("Effects", "Reflection on a shiny table"),
        (ContactShadow(opacity=0.35, height=0.03, blur=10), Reflection(opacity=0.28, height=0.35)),
    ),
    Preset(
        _T("Effects", "Low sun"),
        (
            ContactShadow(opacity=0.45, height=0.04, blur=14),
            CastShadow(opacity=0.4, angle=140, length=0.7, blur=26, fade=0.75),
        ),
    ),
    Preset(
        _T("Effects", "Floating"),
        (DropShadow(opacity=0.3, angle=90, distance=90, blur=48),),
    ),
    Preset(
        _T("Effects", "Sticker"),
        (
            Outline(colour=Colour(255, 255, 255), width=16),
            DropShadow(opacity=0.3, angle=110, distance=10, blur=10, spread=14),
        ),
    ),
)


def scaled(effect: Effect, document: Document, layer: Layer) -> Effect:
    """The effect for a layer of this size: what looks soft on a large photo drowns a small one."""
    bounds = layer.content_bounds(document.size).intersect(Rect.of(document.size))
    side = min(bounds.size) if not bounds.is_empty else min(document.size)
    factor = max(0.05, side / _MADE_FOR)
    lengths = {name: getattr(effect, name) for name in _LENGTHS if hasattr(effect, name)}
    changed = {name: round(length * factor, 1) for name, length in lengths.items()}
    return with_fields(effect, **changed)


def with_fields(effect: Effect, **fields: Any) -> Effect:
    return msgspec.structs.replace(effect, **fields)


def first_of(effects: tuple[Effect, ...], kind: type[Effect]) -> Effect | None:
    return next((effect for effect in effects if type(effect) is kind), None)


def put(
    effects: tuple[Effect, ...], kind: type[Effect], change: Callable[[Effect | None], Effect]
) -> tuple[Effect, ...]:
    """The first of that kind changed, or one more at the end."""
    old = first_of(effects, kind)
    if old is None:
        return (*effects, change(None))
    place = next(number for number, effect in enumerate(effects) if effect is old)
    return (*effects[:place], change(old), *effects[place + 1 :])
