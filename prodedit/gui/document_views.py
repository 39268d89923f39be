# SPDX-License-Identifier: Apache-2.0
"""One view for each open picture, as long as it is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.canvas import Canvas
from prodedit.gui.document_view import DocumentView


class DocumentViews(QObject):
    """They are pages of `stack`; which of them is seen is decided by whoever owns it."""

    added = Signal(object)
    """A DocumentView that was made; nothing is shown on it yet."""

    def __init__(self, workspace: Workspace, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._workspace = workspace
        self._stack = stack
        self._views: dict[EditSession, DocumentView] = {}
        workspace.session_opened.connect(self._add)
        workspace.session_closed.connect(self._remove)

    @property
    def current(self) -> DocumentView | None:
        session = self._workspace.current
        return None if session is None else self._views.get(session)

    def canvas_of(self, session: EditSession) -> Canvas:
        """Of one that is open."""
        return self._views[session].canvas

    @Slot(object)
    def _add(self, session: EditSession) -> None:
        view = DocumentView(session, self._stack, self._workspace.run)
        self._views[session] = view
        self._stack.addWidget(view)
        self.added.emit(view)

    @Slot(object)
    def _remove(self, session: EditSession) -> None:
        view = self._views.pop(session)
        self._stack.removeWidget(view)
        view.deleteLater()
