# SPDX-License-Identifier: Apache-2.0
"""How much room the tools take: known before they are, so that nothing moves when they come in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from prodedit.gui.style_sheet import TARGET

BUTTONS = 18
"""One for each letter that has tools."""
EDGE, GAP = 4, 4
FOOT = 56
"""Height of the two colours below them."""


def columns_in(height: int) -> int:
    """One where that is high enough, else two."""
    return 1 if height >= height_of(1) else 2


def height_of(columns: int) -> int:
    """Of all of it, side by side in so many columns."""
    return -(-BUTTONS // columns) * (TARGET + GAP) + FOOT + 4 * EDGE


def width_of(columns: int) -> int:
    return columns * TARGET + (columns - 1) * GAP + 2 * EDGE


class ToolRoom(QWidget):
    """Kept free for the tools."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(width_of(1))
        self.setMinimumHeight(height_of(2))

    def fit(self, height: int) -> None:
        """As wide as the tools would be that high."""
        self.setFixedWidth(width_of(columns_in(height)))
