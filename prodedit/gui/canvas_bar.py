# SPDX-License-Identifier: Apache-2.0
"""A strip that floats over the upper edge of the canvas; the picture does not move for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

TOP = 8


class CanvasBar(QFrame):
    """Stays in the middle of its parent's upper edge, no wider than that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")  # the look of a card
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 4, 8, 4)
        self.row.setSpacing(8)
        parent.installEventFilter(self)

    def place(self) -> None:
        host = self.parentWidget()
        if host is not None:
            size, room = self.sizeHint(), host.contentsRect()  # without the rulers
            width = min(size.width(), room.width() - 2 * TOP)
            left = room.x() + (room.width() - width) // 2
            self.setGeometry(left, room.y() + TOP, width, size.height())

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
