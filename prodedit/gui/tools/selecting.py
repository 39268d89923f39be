# SPDX-License-Identifier: Apache-2.0
"""What all tools that make selections share: add, subtract, move what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QPainter, QPainterPath, QPen

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.selection import Mode
from prodedit.editing.session import EditSession
from prodedit.gui.tools.selected_part import PieceMover, is_selected
from prodedit.gui.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_FAR = 10
"""Pixels of one nudge with Shift."""
_DARK, _LIGHT = QColor(0, 0, 0), QColor(255, 255, 255)


class Selecting(NamedTuple):
    """How the next selection is made. feather: pixels; smooth: without steps at slanted edges."""

    mode: Mode = "replace"
    feather: int = 0
    smooth: bool = True


class SelectTool(Tool):
    """A press within the selection moves it, with Ctrl its pixels; elsewhere, or with Shift or Alt
    held, a new part of it begins: `begin`, `extend`, `finish`. A click without one deselects."""

    options_changed = Signal()

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.options = Selecting()
        self._start: Pointer | None = None
        self._last: Pointer | None = None
        self._is_moving = False
        self._mode: Mode = "replace"
        self._nudging = object()
        self._piece = PieceMover(canvas)
        session.changed.connect(self._piece_gone)

    @property
    def cursor(self) -> QCursor:
        inside = self._last is not None and not self.is_busy and self._would_move(self._last)
        return QCursor(Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self._piece.is_held

    def set_options(self, options: Selecting) -> None:
        self.options = options
        self.options_changed.emit()

    def press(self, pointer: Pointer) -> None:
        if self._piece.press(pointer):
            return
        self._start = self._last = pointer
        self._is_moving = self._would_move(pointer)
        self._mode = self.mode_at(pointer)
        self._nudging = object()
        if not self._is_moving:
            self.begin(pointer)

    def move(self, pointer: Pointer) -> None:
        self._piece.move(pointer)
        if self._start is None:
            return
        if self._is_moving:
            self.canvas.selection_view.set_offset(*self._way(pointer))
        else:
            self.extend(pointer)
        self._last = pointer

    def release(self, pointer: Pointer) -> None:
        start, was_moving = self._start, self._is_moving
        if self._piece.is_held:
            self._piece.release(pointer)
        if start is None:
            return
        self.move(pointer)
        way, is_click = self._way(pointer), self._is_click(pointer)
        edit = None if was_moving or is_click else self.finish(pointer)
        self.cancel()
        if is_click:
            self.clicked(pointer)
        elif was_moving:
            self.session.apply(edits.MoveSelection(*way))
        elif edit is not None:
            self.session.apply(edit)

    def hover(self, pointer: Pointer | None) -> None:
        self._last = pointer
        self.canvas.update_cursor()

    def cancel(self) -> None:
        self._piece.cancel()
        self._start = None
        self._is_moving = False
        self.canvas.selection_view.set_offset(0, 0)
        self.canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """The arrows push the selection, with Ctrl its pixels."""
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or self.is_busy or self.session.document.selection is None:
            return False
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        dx, dy = (step * (_FAR if far else 1) for step in direction)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._piece.nudge(dx, dy):
            return True
        self.session.apply(edits.MoveSelection(dx, dy), gesture=self._nudging)
        return True

    def begin(self, pointer: Pointer) -> None:
        """A new part was begun."""

    def extend(self, pointer: Pointer) -> None:
        """The pointer moved on."""

    def finish(self, pointer: Pointer) -> edits.Edit | None:
        """The edit for what was drawn; None: nothing."""
        return None

    def clicked(self, pointer: Pointer) -> None:
        """A press and a release at one place."""
        if self._mode == "replace":
            self.session.apply(edits.Deselect())

    def mode_at(self, pointer: Pointer) -> Mode:
        """Keys go before what is chosen in the options."""
        return mode_of(pointer.shift, pointer.alt, self.options.mode)

    def _would_move(self, pointer: Pointer) -> bool:
        if self.mode_at(pointer) != "replace":
            return False
        return is_selected(self.session.document, pointer.point)

    def _piece_gone(self, before: Document, after: Document, rects: object) -> None:
        self._piece.document_changed()

    def _is_click(self, pointer: Pointer) -> bool:
        assert self._start is not None
        return pointer.is_click(self._start)

    def _way(self, pointer: Pointer) -> tuple[int, int]:
        """Pixels of the document since the press; Shift keeps it straight."""
        assert self._start is not None
        dx, dy = pointer.point.x - self._start.point.x, pointer.point.y - self._start.point.y
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        return round(dx), round(dy)


def mode_of(shift: bool, alt: bool, otherwise: Mode) -> Mode:
    """What the keys held say."""
    return _MODES.get((shift, alt), otherwise)


def draw_line(painter: QPainter, path: QPainterPath) -> None:
    """What is being drawn, in widget units: dashes that are seen on everything."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_DARK, 1.0), QPen(_LIGHT, 1.0, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawPath(path)
    painter.restore()


def on_widget(canvas: Canvas, point: Point) -> QPointF:
    return QPointF(*canvas.viewport.to_widget(point))


_MODES: Mapping[tuple[bool, bool], Mode] = MappingProxyType(
    {(True, False): "add", (False, True): "subtract", (True, True): "intersect"}
)
_ARROWS = MappingProxyType(
    {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }
)
