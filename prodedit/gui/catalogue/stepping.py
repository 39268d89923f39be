# SPDX-License-Identifier: Apache-2.0
"""From one picture of the folder to the next by key: the next takes the place of the one before, at
the same zoom, with the same tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.geometry import Point
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.canvas import Canvas
from prodedit.gui.late import soon
from prodedit.gui.viewport import Viewport


class Stage(Protocol):
    """The main window, as far as stepping needs it."""

    @property
    def canvas(self) -> Canvas | None: ...


class View(NamedTuple):
    """How a picture is looked at. x, y: which place of it is in the middle, as shares."""

    fit_limit: float | None
    zoom: float
    angle: float
    x: float
    y: float


class Stepper(QObject):
    """Opens one picture at a time, however fast the key repeats: the last that was asked for."""

    arrived = Signal(object)
    """The path of the photo."""

    def __init__(
        self,
        workspace: Workspace,
        stage: Stage,
        file_of: Callable[[Path], Path],
        parent: QObject,
    ) -> None:
        """file_of: what is to be opened of a photo: it, or the project that was made of it."""
        super().__init__(parent)
        self._workspace, self._stage, self._file_of = workspace, stage, file_of
        self._under_way: Path | None = None
        self._target: Path | None = None
        self._view: View | None = None
        self._passing: EditSession | None = None
        """Opened by stepping and not touched since: the next one takes its place."""
        self._leaving: EditSession | None = None
        self._refused: Path | None = None
        workspace.session_opened.connect(self._opened)
        workspace.session_closed.connect(self._closed)
        workspace.damaged.connect(self._failed)
        workspace.failed.connect(self._failed)
        workspace.current_changed.connect(self._moved_on)

    @property
    def target(self) -> Path | None:
        """The photo that is on its way to being seen."""
        return self._target

    @property
    def stands_at(self) -> Path | None:
        """Where the next step begins, also where that could not be opened; None: at the picture
        that is worked on."""
        return self._target or self._refused

    def go(self, photo: Path) -> None:
        """Show this one."""
        self._target, self._refused = photo, None
        if self._under_way is None:
            self._open(photo)

    def _open(self, photo: Path) -> None:
        path, current = self._file_of(photo), self._workspace.current
        canvas = self._stage.canvas
        self._view = None if canvas is None else view_of(canvas)
        self._leaving = current if current is not None and current is self._passing else None
        known = {one.path for one in self._workspace.sessions}
        known |= {one.source for one in self._workspace.sessions}
        if path in known:
            self._target = None
            self._workspace.open(path)
            self._let_go()
            self.arrived.emit(photo)
            return
        self._under_way = path
        self._workspace.open(path)

    @Slot(object)
    def _opened(self, session: EditSession) -> None:
        if self._under_way is not None and self._under_way in (session.source, session.path):
            soon(session, lambda: self._arrived(session))

    def _arrived(self, session: EditSession) -> None:
        """It has its place in the window now."""
        canvas, photo = self._stage.canvas, self._target
        if self._workspace.current is session and canvas is not None and self._view is not None:
            look_alike(canvas, self._view)
        self._let_go()
        self._passing = session
        came, self._under_way = self._under_way, None
        if photo is not None and self._file_of(photo) != came:
            self._open(photo)
            return
        self._target = None
        self.arrived.emit(photo)

    def _let_go(self) -> None:
        """Of the one before, unless the person has done something with it."""
        left, self._leaving = self._leaving, None
        now = self._workspace.current
        there = left is not None and left in self._workspace.sessions and left is not now
        if left is not None and there and not _is_worked_on(left):
            self._workspace.close_session(left)
            self._workspace.make_current(now)

    @Slot(object)
    def _closed(self, session: EditSession) -> None:
        if session is self._passing:
            self._passing = None

    @Slot()
    def _failed(self, *_ignored: object) -> None:
        """Why is told by others; what was asked for since is still wanted."""
        came, self._under_way = self._under_way, None
        if came is not None and self._target is not None and self._file_of(self._target) != came:
            self._open(self._target)
        elif came is not None:
            self._target, self._refused = None, self._target

    @Slot(object)
    def _moved_on(self, _session: object) -> None:
        self._refused = None


def _is_worked_on(session: EditSession) -> bool:
    """Something was done to it, or will be: what is only looked at beforehand does not count."""
    lands = (order for order in session.pending if order.see is None)
    return session.stack.count() > 0 or any(lands)


def view_of(canvas: Canvas) -> View:
    """Of what the canvas shows."""
    shown = canvas.viewport
    x, y = shown.view.width / 2, shown.view.height / 2
    of = shown.document
    return View(
        canvas.fit_limit,
        shown.zoom,
        shown.angle,
        (x - shown.origin.x) / shown.zoom / max(1, of.width),
        (y - shown.origin.y) / shown.zoom / max(1, of.height),
    )


def look_alike(canvas: Canvas, view: View) -> None:
    """As another picture was looked at: fitted, or the same place at the same zoom."""
    shown = canvas.viewport
    if view.fit_limit is not None:
        turned = replace(shown, angle=view.angle)
        canvas.set_viewport(turned.fit(view.fit_limit), fit_limit=view.fit_limit)
        return
    canvas.set_viewport(_alike(shown, view))


def _alike(shown: Viewport, view: View) -> Viewport:
    x = shown.view.width / 2 - view.x * shown.document.width * view.zoom
    y = shown.view.height / 2 - view.y * shown.document.height * view.zoom
    origin = Point(x, y)
    return replace(shown, zoom=view.zoom, angle=view.angle, origin=origin).clamped()
