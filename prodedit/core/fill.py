# SPDX-License-Identifier: Apache-2.0
"""What an area is filled with: a colour, a gradient, a pattern."""

from __future__ import annotations

from typing import Literal

from prodedit.core.colour import Colour
from prodedit.core.values import Value


class SolidFill(Value, frozen=True):
    colour: Colour


class GradientFill(Value, frozen=True):
    """From `start` to `end`: linear along `angle` (degrees, 0 = to the right, 90 = downwards),
    corner to corner; radial from the middle to the farthest corner."""

    start: Colour
    end: Colour
    angle: float = 90.0
    shape: Literal["linear", "radial"] = "linear"


class PatternFill(Value, frozen=True):
    """A picture, `scale` times its size, again and again, its corner at (x, y) of the canvas.

    Its pixels lie in the FillContent: JSON cannot carry them."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0


Fill = SolidFill | GradientFill | PatternFill
