# SPDX-License-Identifier: Apache-2.0
"""Hand: push the picture about."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.tool import Pointer, Tool


class Hand(Tool):
    id: ClassVar[str] = "hand"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Hand")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag to move the view. Space does it in any tool."
    )
    icon: ClassVar[str] = "hand-stop"
    shortcut: ClassVar[str] = "H"

    _last: Point | None = None

    @property
    def cursor(self) -> QCursor:
        shape = Qt.CursorShape.ClosedHandCursor if self.is_busy else Qt.CursorShape.OpenHandCursor
        return QCursor(shape)

    @property
    def is_busy(self) -> bool:
        return self._last is not None

    def press(self, pointer: Pointer) -> None:
        self._last = pointer.position

    def move(self, pointer: Pointer) -> None:
        if self._last is not None:
            dx, dy = pointer.position.x - self._last.x, pointer.position.y - self._last.y
            self._last = pointer.position
            self.canvas.pan(dx, dy)

    def release(self, pointer: Pointer) -> None:
        self._last = None

    def cancel(self) -> None:
        self._last = None
