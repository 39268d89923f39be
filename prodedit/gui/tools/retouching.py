# SPDX-License-Identifier: Apache-2.0
"""Brushes that change what is there: lighter, darker, stronger, softer, sharper, carried along."""

from __future__ import annotations

from typing import ClassVar

from prodedit.core.paint.inks import (
    Blurring,
    Burning,
    Dodging,
    Ink,
    Sharpening,
    Smudging,
    Sponging,
)
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.paint_tool import PaintTool
from prodedit.gui.tools.tool import Pointer

_FIRST = Brush(80.0, 0.0, 0.5)


class RetouchTool(PaintTool):
    """They share a letter; the opacity of their brush is how strong a stroke is."""

    shortcut: ClassVar[str] = "O"
    fields: ClassVar[tuple[str, ...]] = ("size", "hardness", "strength")
    first: ClassVar[Brush] = _FIRST


class Dodge(RetouchTool):
    id: ClassVar[str] = "dodge"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Dodge")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to make lighter, with Alt darker. [ ] size, Shift+[ ] softness.",
    )
    icon: ClassVar[str] = "sun-high"
    fields: ClassVar[tuple[str, ...]] = ("size", "hardness", "strength", "tones")

    def ink(self, pointer: Pointer) -> Ink:
        return (Burning if pointer.alt else Dodging)(self.choices.tones)


class Burn(RetouchTool):
    id: ClassVar[str] = "burn"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Burn")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to make darker, with Alt lighter. [ ] size, Shift+[ ] softness.",
    )
    icon: ClassVar[str] = "flame"
    fields: ClassVar[tuple[str, ...]] = ("size", "hardness", "strength", "tones")

    def ink(self, pointer: Pointer) -> Ink:
        return (Dodging if pointer.alt else Burning)(self.choices.tones)


class Sponge(RetouchTool):
    id: ClassVar[str] = "sponge"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Sponge")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to make colours stronger or paler; Alt does the other. [ ] size, 1-0 strength.",
    )
    icon: ClassVar[str] = "droplet-plus"
    fields: ClassVar[tuple[str, ...]] = ("size", "hardness", "strength", "more")

    def ink(self, pointer: Pointer) -> Ink:
        return Sponging(self.choices.more != pointer.alt)


class BlurBrush(RetouchTool):
    id: ClassVar[str] = "blur"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Blur brush")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Paint to soften, with Alt to sharpen. [ ] size, Shift+[ ] softness."
    )
    icon: ClassVar[str] = "blur"

    def ink(self, pointer: Pointer) -> Ink:
        return Sharpening() if pointer.alt else Blurring()


class SharpenBrush(RetouchTool):
    id: ClassVar[str] = "sharpen"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Sharpen brush")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Paint to sharpen, with Alt to soften. [ ] size, Shift+[ ] softness."
    )
    icon: ClassVar[str] = "triangle"

    def ink(self, pointer: Pointer) -> Ink:
        return Blurring() if pointer.alt else Sharpening()


class Smudge(RetouchTool):
    id: ClassVar[str] = "smudge"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Smudge")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag colours along as with a finger. [ ] size, Shift+[ ] softness."
    )
    icon: ClassVar[str] = "hand-finger"
    more_fields: ClassVar[tuple[str, ...]] = ("smoothing", "pressure_flow")
    first: ClassVar[Brush] = Brush(50.0, 0.5, 0.7)

    def ink(self, pointer: Pointer) -> Ink:
        return Smudging()


RETOUCH_TOOLS = (Dodge, Burn, Sponge, BlurBrush, SharpenBrush, Smudge)
