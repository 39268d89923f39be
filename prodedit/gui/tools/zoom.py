# SPDX-License-Identifier: Apache-2.0
"""Zoom: click to go nearer, Alt+click to go back, drag a frame to fill the view with it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QPainter

from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.overlay import paint_frame
from prodedit.gui.tools.tool import Pointer, Tool

_A_CLICK = 6.0
"""A drag shorter than this, in widget units, is a click."""


class Zoom(Tool):
    id: ClassVar[str] = "zoom"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Zoom")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click to zoom in, Alt+click to zoom out, drag a frame to fill the view."
    )
    icon: ClassVar[str] = "zoom-in"
    shortcut: ClassVar[str] = "Z"

    _start: Pointer | None = None
    _end: Pointer | None = None

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        self._start = self._end = pointer

    def move(self, pointer: Pointer) -> None:
        self._end = pointer
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        self._end = pointer
        frame, start = self._frame(), self._start
        self.cancel()
        if start is None:
            return
        if frame is not None:
            self.canvas.set_viewport(self.canvas.viewport.fit_rect(frame))
        elif pointer.alt:
            self.canvas.set_viewport(self.canvas.viewport.step_out(pointer.position))
        else:
            self.canvas.set_viewport(self.canvas.viewport.step_in(pointer.position))

    def cancel(self) -> None:
        self._start = self._end = None
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        if self._start is not None and self._end is not None and self._frame() is not None:
            paint_frame(painter, self._start.position, self._end.position)

    def _frame(self) -> Rect | None:
        """The document's pixels in the dragged frame; None for a click."""
        if self._start is None or self._end is None:
            return None
        a, b = self._start.position, self._end.position
        if min(abs(a.x - b.x), abs(a.y - b.y)) < _A_CLICK:
            return None
        viewport = self.canvas.viewport
        corners = [viewport.to_document(Point(x, y)) for x in (a.x, b.x) for y in (a.y, b.y)]
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        return Rect.between(min(xs), min(ys), max(xs), max(ys))
