# SPDX-License-Identifier: Apache-2.0
"""The button that lends the tool for pulling tones of the picture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from prodedit.gui.icons import set_icon
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.panels.adjustments.tone_handle import Grip
from prodedit.gui.theme import palette_now


class ToneButton(QPushButton):
    """Pressed for as long as the tool is lent; pressed again it gives it back."""

    gripped = Signal(object)
    """The Colour where the mouse was pressed."""
    pulled = Signal(float)
    """Steps up from there."""
    let_go = Signal(bool)
    """Whether it counts."""

    def __init__(self, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.setText(self.tr("Pull tones of the picture"))
        self.setCheckable(True)
        self.setProperty("look", "choice")
        tip = self.tr("Then press on the picture and drag: up makes that tone lighter, down darker")
        self.setToolTip(tip)
        set_icon(self, "transfer-vertical", palette_now())
        self.clicked.connect(self._toggle)

    def _toggle(self, on: bool) -> None:
        if not on:
            self._around.give_up_picking()
            return
        grip = Grip(self.gripped.emit, self.pulled.emit, self.let_go.emit, self._ended)
        self._around.pull(grip)
        self.setChecked(True)

    def _ended(self) -> None:
        self.setChecked(False)
