# SPDX-License-Identifier: Apache-2.0
"""The previews of the files that are being read, and how the canvas takes over from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget

from prodedit.editing.opening import Opening
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.canvas import Canvas
from prodedit.gui.opening_view import OpeningView
from prodedit.gui.theme import current_palette


class OpeningViews(QObject):
    """canvas_of: a session's canvas."""

    def __init__(
        self,
        workspace: Workspace,
        stack: QStackedWidget,
        canvas_of: Callable[[EditSession], Canvas],
    ) -> None:
        super().__init__(stack)
        self._workspace = workspace
        self._stack = stack
        self._canvas_of = canvas_of
        self._views: dict[Opening, OpeningView] = {}
        workspace.preview_opened.connect(self._add)
        workspace.opening_ended.connect(self._end)

    @property
    def current(self) -> OpeningView | None:
        opening = self._workspace.current_opening
        return None if opening is None else self._views.get(opening)

    @Slot(object)
    def _add(self, opening: Opening) -> None:
        application = QApplication.instance()
        assert opening.preview is not None
        assert isinstance(application, QApplication)
        palette = current_palette(application)
        view = OpeningView(opening, opening.preview, palette, self._stack)
        view.cancel_wanted.connect(self._workspace.cancel_opening)
        self._views[opening] = view
        self._stack.addWidget(view)

    @Slot(object, object)
    def _end(self, opening: Opening, session: EditSession | None) -> None:
        view = self._views.pop(opening)
        if session is not None and opening.preview is not None:
            canvas = self._canvas_of(session)
            if canvas.viewport.document == view.viewport.document:
                pixels = opening.preview.pixels
                canvas.take_over(view.viewport, view.fit_limit, pixels)
        self._stack.removeWidget(view)
        view.deleteLater()
