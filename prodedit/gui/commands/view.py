# SPDX-License-Identifier: Apache-2.0
"""The View and Window menus, and the search of commands."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.editing.workspace import Workspace
from prodedit.gui.canvas import Canvas
from prodedit.gui.mask_view import MaskView


class Stage(Protocol):
    """The main window, as far as these commands need it."""

    @property
    def canvas(self) -> Canvas | None: ...

    def toggle_panels(self) -> None: ...

    def toggle_full_screen(self) -> None: ...

    def next_area(self) -> None: ...

    def reset_layout(self) -> None: ...

    def search_commands(self) -> None: ...


class ViewCommands(QObject):
    """Works on the canvas of the current picture, and on the window."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._stage = stage
        self._window = window

    def zoom_in(self) -> None:
        if self._stage.canvas:
            self._stage.canvas.zoom_in()

    def zoom_out(self) -> None:
        if self._stage.canvas:
            self._stage.canvas.zoom_out()

    def zoom_fit(self) -> None:
        if self._stage.canvas:
            self._stage.canvas.fit()

    def zoom_full(self) -> None:
        if self._stage.canvas:
            self._stage.canvas.one_to_one()

    def before_after(self) -> None:
        canvas = self._stage.canvas
        if canvas:
            canvas.show_before(not canvas.is_before)

    def mask_view(self) -> None:
        """The next way of looking at the cut-out, and round again."""
        canvas = self._stage.canvas
        if canvas:
            views = list(MaskView)
            canvas.set_mask_view(views[(views.index(canvas.mask_view) + 1) % len(views)])

    def mask_overlay(self) -> None:
        canvas = self._stage.canvas
        if canvas:
            on = canvas.mask_view is MaskView.OVERLAY
            canvas.set_mask_view(MaskView.OFF if on else MaskView.OVERLAY)

    def panels(self) -> None:
        self._stage.toggle_panels()

    def full_screen(self) -> None:
        self._stage.toggle_full_screen()

    def next_document(self) -> None:
        self._step(1)

    def previous_document(self) -> None:
        self._step(-1)

    def next_area(self) -> None:
        self._stage.next_area()

    def reset_layout(self) -> None:
        self._stage.reset_layout()

    def search_commands(self) -> None:
        self._stage.search_commands()

    def _step(self, by: int) -> None:
        sessions, current = self._workspace.sessions, self._workspace.current
        if current is not None:
            place = (sessions.index(current) + by) % len(sessions)
            self._workspace.make_current(sessions[place])
