# SPDX-License-Identifier: Apache-2.0
"""Move: drag the active layer by whole pixels, or nudge it with the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent

from prodedit.core.document import Document
from prodedit.core.edits import ShiftLayer
from prodedit.core.edits.layers import unlocked
from prodedit.core.geometry import Point
from prodedit.core.layer import FillContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.gui.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAR = 10
"""Pixels of one nudge with Shift."""


class Move(Tool):
    id: ClassVar[str] = "move"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Move")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag to move the layer; Shift keeps it straight. Arrows move it by one pixel."
    )
    icon: ClassVar[str] = "arrows-move"
    shortcut: ClassVar[str] = "V"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._start: Point | None = None
        self._layer = ""
        self._shift = (0, 0)
        session.changed.connect(self._document_changed)

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.SizeAllCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        if self._movable() is not None:
            self._start, self._layer, self._shift = pointer.point, self.session.active_id, (0, 0)

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        dx, dy = pointer.point.x - self._start.x, pointer.point.y - self._start.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        shift = (round(dx), round(dy))
        if shift != self._shift:
            self._shift = shift
            self.session.preview_edit(ShiftLayer(self._layer, *shift))

    def release(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        self.move(pointer)
        self._start = None
        if self._shift == (0, 0):
            self.session.end_preview()
        else:
            self.session.apply(ShiftLayer(self._layer, *self._shift))

    def cancel(self) -> None:
        if self._start is not None:
            self._start = None
            self.session.end_preview()

    def key(self, event: QKeyEvent) -> bool:
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or self.is_busy:
            return False
        if self._movable() is not None:
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            dx, dy = (step * (_FAR if far else 1) for step in direction)
            self.session.apply(ShiftLayer(self.session.active_id, dx, dy))
        return True

    def _movable(self) -> Layer | None:
        """The active layer; None, having told why, where it is locked."""
        layer = self.session.active_layer
        if layer is None or isinstance(layer.content, FillContent):
            return None
        try:
            return unlocked(layer, "position")
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return None

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Undo, or a result, came during the drag: the drag began from what is gone."""
        self._start = None
