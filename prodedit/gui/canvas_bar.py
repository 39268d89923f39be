# SPDX-License-Identifier: Apache-2.0
"""A strip that floats over the upper edge of the canvas.

The picture does not move for it: fitted into the view it leaves room for it anyway, and what is
dragged near to it, in a picture that fills the view, is not covered by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Slot
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView

TOP = 8
_NEAR = 16
"""Widget units round it in which a drag makes it go."""


class CanvasBar(QFrame):
    """Stays in the middle of its view's upper edge, no wider than that."""

    def __init__(self, parent: DocumentView) -> None:
        super().__init__(parent)
        self._canvas = parent.canvas
        self._clear = QGraphicsOpacityEffect(self, opacity=0.0)
        self._clear.setEnabled(False)
        self.setGraphicsEffect(self._clear)
        parent.canvas.cursor_moved.connect(self._pointer_moved)
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

    @property
    def is_clear(self) -> bool:
        """Whether it can't be seen, since something is dragged there."""
        return self._clear.isEnabled()

    @Slot(object)
    def _pointer_moved(self, _place: object) -> None:
        at, clear = self._canvas.pointer_inside, False
        if self._canvas.drag_start is not None and at is not None and self.isVisible():
            near = self.geometry().adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
            clear = near.contains(self._canvas.pos() + QPoint(round(at.x), round(at.y)))
        if clear != self.is_clear:
            self._clear.setEnabled(clear)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
