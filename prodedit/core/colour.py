# SPDX-License-Identifier: Apache-2.0
"""Colours; apart from layers, so that the window's palette needs no pixels and no numpy."""

from __future__ import annotations

from string import hexdigits
from typing import NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem


class Colour(NamedTuple):
    """Straight 8-bit sRGB."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    @staticmethod
    def from_hex(text: str) -> Colour:
        """#RGB, #RRGGBB or #RRGGBBAA. Raises Problem on anything else."""
        digits = text.strip().removeprefix("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        if len(digits) not in (6, 8) or not set(digits) <= set(hexdigits):
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "“{colour}” is not a colour. Write it like #FFFFFF."),
                code="bad-colour",
                colour=text,
            )
        return Colour(*bytes.fromhex(digits))

    @property
    def hex(self) -> str:
        text = f"#{self.red:02X}{self.green:02X}{self.blue:02X}"
        return text if self.alpha == 255 else f"{text}{self.alpha:02X}"
