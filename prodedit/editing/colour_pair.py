# SPDX-License-Identifier: Apache-2.0
"""The two colours at hand: one to draw and fill with, one behind it."""

from __future__ import annotations

from typing import Literal

import msgspec

from prodedit.core.colour import Colour

Role = Literal["foreground", "background"]


class ColourPair(msgspec.Struct, frozen=True):
    foreground: Colour = Colour(0, 0, 0)
    background: Colour = Colour(255, 255, 255)

    @property
    def swapped(self) -> ColourPair:
        return ColourPair(self.background, self.foreground)

    def with_colour(self, role: Role, colour: Colour) -> ColourPair:
        """With another one of the two."""
        return msgspec.structs.replace(self, **{role: colour})
