# SPDX-License-Identifier: Apache-2.0
"""Text that stays text."""

from __future__ import annotations

from typing import Literal

from prodedit.core.colour import Colour
from prodedit.core.values import Value


class Text(Value, frozen=True):
    """What is written, and how. Lengths in pixels of the layer's own plane.

    The first line's top left corner (with `width` 0 and another alignment: its middle or right
    end) lies at (0, 0). family, style: as the system names the font ("Noto Sans CJK SC", "Bold").
    width: where lines are broken, 0 = only where `text` has a new line. line_height: times the
    font's own. letter_spacing: added after each letter, in thousandths of `size`.
    """

    text: str
    family: str = ""
    style: str = ""
    size: float = 48.0
    colour: Colour = Colour(0, 0, 0)
    align: Literal["left", "centre", "right", "justify"] = "left"
    line_height: float = 1.0
    letter_spacing: float = 0.0
    width: float = 0.0
    underline: bool = False
