# SPDX-License-Identifier: Apache-2.0
"""Black, grey and white taken from the picture by a click, for levels and for curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from prodedit.core.colour import Colour
from prodedit.core.problem import Problem
from prodedit.gui.icons import ICON_SIZE
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.panels.section import Choices
from prodedit.gui.theme import palette_now, qcolor

_GREYS: Mapping[str, int] = MappingProxyType({"black": 0, "grey": 128, "white": 255})
Points = Mapping[str, Callable[[Any, Colour], Any]]
""""black", "grey", "white" -> the adjustment, changed so that the colour becomes that; raises
Problem where it can't."""


class PicturePoints(Choices):
    """A button is pressed for as long as its eyedropper is lent; pressed again it gives it back."""

    changed = Signal(object, str)
    """(Adjustment, which of its points: "point.black")"""

    def __init__(
        self, around: Surroundings, points: Points, value: Callable[[], Any], parent: QWidget
    ) -> None:
        """`value`: the adjustment as it is now."""
        translated = {"black": self.tr("Black"), "grey": self.tr("Grey"), "white": self.tr("White")}
        super().__init__(translated, 3, self.tr("Point from the picture"), parent)
        self._around, self._points, self._value = around, points, value
        tips = {
            "black": self.tr("Then click in the picture what is to be black"),
            "grey": self.tr("Then click in the picture what is to be a neutral grey"),
            "white": self.tr("Then click in the picture what is to be white"),
        }
        for name, tip in tips.items():
            self.button(name).setToolTip(tip)
            self.button(name).setIcon(_swatch(_GREYS[name]))
            self.button(name).setIconSize(ICON_SIZE)
        self._picking = ""
        self.chosen.connect(self._pick)

    def _pick(self, name: str) -> None:
        if name == self._picking:
            self._around.give_up_picking()
            return
        self._around.pick(lambda colour: self._picked(name, colour), self._ended)
        self._picking = name
        self.show_choice(name)

    def _picked(self, name: str, colour: Colour) -> None:
        try:
            new = self._points[name](self._value(), colour)
        except Problem as problem:
            self._around.tell(problem)
            return
        self.changed.emit(new, f"point.{name}")

    def _ended(self) -> None:
        self._picking = ""
        self.show_choice("")


def _swatch(grey: int) -> QIcon:
    """A square of that grey with an edge that is seen on any ground."""
    drawing = QPixmap(ICON_SIZE)
    drawing.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawing)
    painter.setPen(qcolor(palette_now().edge))
    painter.setBrush(QColor(grey, grey, grey))
    painter.drawRect(drawing.rect().adjusted(3, 3, -4, -4))
    painter.end()
    return QIcon(drawing)
