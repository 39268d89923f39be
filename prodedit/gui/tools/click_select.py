# SPDX-License-Identifier: Apache-2.0
"""Click on an object to add it to the cut-out, Alt+click to take it away."""

from __future__ import annotations

from math import floor
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QPainter

from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.overlay import paint_seed
from prodedit.gui.tools.tool import Pointer, Tool


class ClickSelect(Tool):
    """Only says where was clicked; whoever listens submits the Task and sets `seeds`."""

    id: ClassVar[str] = "click-select"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Click select")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click a thing to keep it, Alt+click to take it away."
    )
    icon: ClassVar[str] = "click"
    shortcut: ClassVar[str] = "W"

    clicked = Signal(object, bool)
    """(Point in whole pixels of the document, whether to add)"""

    seeds: tuple[tuple[Point, bool], ...] = ()
    """Marks to show: (place in the document, added or taken away)."""

    _pressed: Pointer | None = None

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._pressed is not None

    def show_seeds(self, seeds: tuple[tuple[Point, bool], ...]) -> None:
        self.seeds = seeds
        self.canvas.update()

    def press(self, pointer: Pointer) -> None:
        self._pressed = pointer

    def release(self, pointer: Pointer) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or not Rect.of(self.session.document.size).contains(pressed.point):
            return
        place = Point(floor(pressed.point.x), floor(pressed.point.y))
        self.clicked.emit(place, not pressed.alt)

    def cancel(self) -> None:
        self._pressed = None

    def deactivate(self) -> None:
        super().deactivate()
        self.show_seeds(())

    def paint(self, painter: QPainter) -> None:
        for place, add in self.seeds:
            middle = Point(place.x + 0.5, place.y + 0.5)
            paint_seed(painter, self.canvas.viewport.to_widget(middle), add)
