# SPDX-License-Identifier: Apache-2.0
"""Colours that products often come in, to be clicked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
SWATCHES = (
    ("#1E1E1E", _T("Swatch", "Black")),
    ("#F4F1EA", _T("Swatch", "Off-white")),
    ("#8A8D91", _T("Swatch", "Grey")),
    ("#D8C3A5", _T("Swatch", "Beige")),
    ("#6B4226", _T("Swatch", "Brown")),
    ("#B3202C", _T("Swatch", "Red")),
    ("#E98A9A", _T("Swatch", "Pink")),
    ("#E5772E", _T("Swatch", "Orange")),
    ("#E8B923", _T("Swatch", "Yellow")),
    ("#4F7942", _T("Swatch", "Green")),
    ("#8FB8A8", _T("Swatch", "Mint")),
    ("#2E5EAA", _T("Swatch", "Blue")),
    ("#1B2A4A", _T("Swatch", "Navy")),
    ("#6A4C93", _T("Swatch", "Purple")),
)
COLUMNS, SIDE = 7, 24


class Swatches(QWidget):
    picked = Signal(object)
    """The Colour that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QToolButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        for number, (text, name) in enumerate(SWATCHES):
            button = self._button(Colour.from_hex(text), translate("Swatch", name))
            grid.addWidget(button, number // COLUMNS, number % COLUMNS)
        grid.setColumnStretch(COLUMNS, 1)

    def _button(self, colour: Colour, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QIcon(painted(colour, SIDE)))
        button.setIconSize(QSize(SIDE, SIDE))
        button.setToolTip(f"{name} {colour.hex}")
        button.setAccessibleName(f"{name} {colour.hex}")
        button.clicked.connect(lambda: self.picked.emit(colour))
        self.buttons.append(button)
        return button


def painted(colour: Colour, side: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(qcolor(palette_now().edge))
    painter = QPainter(pixmap)
    painter.fillRect(pixmap.rect().adjusted(1, 1, -1, -1), qcolor(colour))
    painter.end()
    return pixmap
