# SPDX-License-Identifier: Apache-2.0
"""What was done, step by step; clicking a step goes back or forth to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QLabel, QPushButton, QUndoView, QVBoxLayout, QWidget

from prodedit.editing.session import EditSession


class HistoryPanel(QWidget):
    """Qt's own view of the session's stack."""

    recipe_wanted = Signal()
    """What was done is to be kept, to be done to other pictures."""

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
        self.keep = QPushButton(self.tr("Save as recipe…"), self)
        self.keep.setToolTip(self.tr("Do the same to other pictures later"))
        self.keep.clicked.connect(self.recipe_wanted)
        column.addWidget(self.keep)
        self.set_session(None)

    def set_session(self, session: EditSession | None) -> None:
        stack = self._nothing if session is None else session.stack
        if self._session is not None:
            self._session.stack.indexChanged.disconnect(self._show_what_can_be_done)
        self._session = session
        if session is not None:
            session.stack.indexChanged.connect(self._show_what_can_be_done)
        self._view.setStack(stack)
        for widget in (self._view, self.keep):
            widget.setVisible(session is not None)
        self._empty.setVisible(session is None)
        self._show_what_can_be_done()

    def _show_what_can_be_done(self, *_ignored: object) -> None:
        session = self._session
        self.keep.setEnabled(session is not None and session.stack.index() > 0)


class _View(QUndoView):
    """Full width, and no horizontal scrolling for a long step's name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
