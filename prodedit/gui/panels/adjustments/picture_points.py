# SPDX-License-Identifier: Apache-2.0
"""What a curve takes from the picture by the mouse: black, grey and white, and tones to pull."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from prodedit.core.colour import Colour
from prodedit.gui.icons import ICON_SIZE, set_icon
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.panels.adjustments.tone_handle import Grip
from prodedit.gui.panels.section import Choices
from prodedit.gui.theme import palette_now, qcolor

_GREYS: Mapping[str, int] = MappingProxyType({"black": 0, "grey": 128, "white": 255})


class PicturePoints(QWidget):
    """A button is pressed for as long as its tool is lent; pressed again it gives it back."""

    picked = Signal(str, object)
    """("black", "grey" or "white", the Colour that is to become that)"""
    gripped = Signal(object)
    """The Colour where the mouse was pressed."""
    pulled = Signal(float)
    """Steps up from there."""
    released = Signal(bool)
    """Whether it counts."""

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        texts = {"black": self.tr("Black"), "grey": self.tr("Grey"), "white": self.tr("White")}
        tips = {
            "black": self.tr("Then click in the picture what is to be black"),
            "grey": self.tr("Then click in the picture what is to be a neutral grey"),
            "white": self.tr("Then click in the picture what is to be white"),
        }
        self.points = Choices(texts, 3, self.tr("Point from the picture"), self)
        for name, tip in tips.items():
            self.points.button(name).setToolTip(tip)
            self.points.button(name).setIcon(_swatch(_GREYS[name]))
            self.points.button(name).setIconSize(ICON_SIZE)
        self.points.chosen.connect(self._pick)
        self.tones = QPushButton(self.tr("Pull tones of the picture"), self)
        self.tones.setCheckable(True)
        self.tones.setProperty("look", "choice")
        tip = self.tr("Then press on the picture and drag: up makes that tone lighter, down darker")
        self.tones.setToolTip(tip)
        set_icon(self.tones, "transfer-vertical", palette_now())
        self.tones.clicked.connect(self._toggle_tones)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.points)
        self._below = QHBoxLayout()
        self._below.setSpacing(4)
        self._below.addWidget(self.tones, 1)
        column.addLayout(self._below)
        self._picking = ""

    def add_below(self, widget: QWidget) -> None:
        """Beside the button for tones."""
        self._below.addWidget(widget)

    def _pick(self, name: str) -> None:
        if name == self._picking:
            self._around.give_up_picking()
            return
        self._around.pick(lambda colour: self._picked(name, colour), self._ended)
        self._picking = name
        self.points.show_choice(name)

    def _picked(self, name: str, colour: Colour) -> None:
        self.picked.emit(name, colour)

    def _toggle_tones(self, on: bool) -> None:
        if not on:
            self._around.give_up_picking()
            return
        grip = Grip(self.gripped.emit, self.pulled.emit, self.released.emit, self._ended)
        self._around.pull(grip)
        self.tones.setChecked(True)

    def _ended(self) -> None:
        self._picking = ""
        self.points.show_choice("")
        self.tones.setChecked(False)


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
