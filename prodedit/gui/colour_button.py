# SPDX-License-Identifier: Apache-2.0
"""A button that shows a colour and lets a person choose another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton, QWidget

from prodedit.core.layer import Colour
from prodedit.gui.icons import ICON_SIZE
from prodedit.gui.theme import palette_now, qcolor


class ColourButton(QPushButton):
    previewed = Signal(object)
    """Colour under the pointer of the dialog, not chosen yet."""
    picked = Signal(object)
    """Colour that was chosen; also after Cancel, the old one again."""

    def __init__(self, title: str, colour: Colour, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.setToolTip(title)
        self.setIconSize(ICON_SIZE)
        self.clicked.connect(self._choose)
        self.colour = colour
        self.set_colour(colour)

    def set_colour(self, colour: Colour) -> None:
        self.colour = colour
        swatch = QPixmap(ICON_SIZE)
        swatch.fill(qcolor(palette_now().edge))
        inner = swatch.rect().adjusted(1, 1, -1, -1)
        painter = QPainter(swatch)
        painter.fillRect(inner, qcolor(colour))
        painter.end()
        self.setIcon(QIcon(swatch))
        self.setText(colour.hex)
        self.setAccessibleName(f"{self._title}: {colour.hex}")

    def _choose(self) -> None:
        before = self.colour
        dialog = QColorDialog(qcolor(before), self)
        dialog.setWindowTitle(self._title)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.currentColorChanged.connect(lambda c: self.previewed.emit(_colour(c)))
        accepted = dialog.exec() == QColorDialog.DialogCode.Accepted
        self.set_colour(_colour(dialog.currentColor()) if accepted else before)
        self.picked.emit(self.colour)


def _colour(chosen: QColor) -> Colour:
    return Colour(chosen.red(), chosen.green(), chosen.blue(), chosen.alpha())
