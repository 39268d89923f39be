# SPDX-License-Identifier: Apache-2.0
"""The line at the bottom: the picture's size, where the pointer is, a hint for the tool."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from prodedit.gui.translation import translate

if TYPE_CHECKING:  # not to be loaded before the first paint
    from prodedit.core.geometry import Point
    from prodedit.editing.session import EditSession


class StatusLine(QStatusBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(28)
        self._size, self._place, self._hint = QLabel(self), QLabel(self), QLabel(self)
        self._size.setContentsMargins(12, 0, 0, 0)
        self._place.setMinimumWidth(120)
        self.addWidget(self._size)
        self.addWidget(self._place)
        self.addWidget(self._hint, 1)
        # A long hint ends at the edge; it must not make the window wider than the screen.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_document(self, session: EditSession | None) -> None:
        if session is None:
            self._size.clear()
            self._place.clear()
            return
        size = session.document.size
        self._size.setText(f"{size.width} × {size.height}   sRGB   " + self.tr("8-bit"))

    @Slot(object)
    def show_place(self, point: Point | None) -> None:
        self._place.setText("" if point is None else f"x {floor(point.x)}   y {floor(point.y)}")

    def show_hint(self, hint: str) -> None:
        """`hint`: a tool's, not translated yet."""
        self._hint.setText(translate("Tool", hint) if hint else "")
