# SPDX-License-Identifier: Apache-2.0
"""Rotate view: turn the picture as one turns paper; the picture itself stays as it is."""

from __future__ import annotations

from math import atan2, degrees
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent

from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.tool import Pointer, Tool

_STEP = 15.0
"""Degrees that a turn with Shift goes by."""


class RotateView(Tool):
    id: ClassVar[str] = "rotate-view"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Rotate view")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag to turn the view; Shift goes in steps. Esc or a double click turns it back."
    )
    icon: ClassVar[str] = "rotate-360"
    shortcut: ClassVar[str] = "R"

    _grabbed: float | None = None
    """Degrees of the pointer, as seen from the middle, at the press."""
    _before = 0.0

    @property
    def cursor(self) -> QCursor:
        shape = Qt.CursorShape.ClosedHandCursor if self.is_busy else Qt.CursorShape.OpenHandCursor
        return QCursor(shape)

    @property
    def is_busy(self) -> bool:
        return self._grabbed is not None

    def press(self, pointer: Pointer) -> None:
        if pointer.is_double:
            self.canvas.turn_to(0.0)
            return
        self._grabbed, self._before = self._direction(pointer.position), self.canvas.viewport.angle

    def move(self, pointer: Pointer) -> None:
        if self._grabbed is None:
            return
        angle = self._before + self._direction(pointer.position) - self._grabbed
        if pointer.shift:
            angle = round(angle / _STEP) * _STEP
        self.canvas.turn_to(angle)

    def release(self, pointer: Pointer) -> None:
        self._grabbed = None

    def cancel(self) -> None:
        """As it was before the drag."""
        if self._grabbed is not None:
            self._grabbed = None
            self.canvas.turn_to(self._before)

    def key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.canvas.viewport.angle:
            self.canvas.turn_to(0.0)
            return True
        return False

    def _direction(self, position: Point) -> float:
        """Degrees, clockwise, of a widget's place as seen from its middle."""
        middle = Point(self.canvas.width() / 2, self.canvas.height() / 2)
        return degrees(atan2(position.y - middle.y, position.x - middle.x))
