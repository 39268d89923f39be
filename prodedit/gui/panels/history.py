# SPDX-License-Identifier: Apache-2.0
"""What was done, step by step; clicking a step goes back or forth to it."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QLabel, QUndoView, QVBoxLayout, QWidget

from prodedit.editing.session import EditSession


class HistoryPanel(QWidget):
    """Qt's own view of the session's stack."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: EditSession | None = None
        self._nothing = QUndoStack(self)
        self._view = _View(self)
        self._view.setEmptyLabel(self.tr("Photo opened"))
        self._view.setAccessibleName(self.tr("History"))
        self._empty = QLabel(self.tr("What you do to a picture is listed here."), self)
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)

    def set_session(self, session: EditSession | None) -> None:
        self._session = session
        if session is not None:
            self._view.setStack(session.stack)
        else:
            self._view.setStack(self._nothing)
        self._view.setVisible(session is not None)
        self._empty.setVisible(session is None)


class _View(QUndoView):
    """Full width, and no horizontal scrolling for a long step's name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
