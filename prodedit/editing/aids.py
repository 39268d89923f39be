# SPDX-License-Identifier: Apache-2.0
"""What helps to put things in their places: which of it shows, and what things snap to."""

from __future__ import annotations

from typing import Literal

import msgspec

Unit = Literal["px", "cm", "in"]

SPACING = (2, 10_000)
PARTS = (1, 20)


class Aids(msgspec.Struct, frozen=True):
    """One for all pictures. `grid_spacing`: pixels of the picture from one strong line to the
    next; `grid_parts`: into so many fields weak lines divide that."""

    rulers: bool = False
    unit: Unit = "px"
    guides: bool = True
    lock_guides: bool = False
    grid: bool = False
    grid_spacing: int = 100
    grid_parts: int = 4
    snap: bool = True
    snap_guides: bool = True
    snap_grid: bool = True
    snap_canvas: bool = True
    snap_layers: bool = True

    @property
    def grid_step(self) -> float:
        """Pixels from line to line, weak or strong."""
        return max(SPACING[0], self.grid_spacing) / max(PARTS[0], self.grid_parts)
