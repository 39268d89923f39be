# SPDX-License-Identifier: Apache-2.0
"""Crop: a frame over the picture; Enter makes it the canvas. No layer loses pixels by it."""

from __future__ import annotations

from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.session import EditSession
from prodedit.gui.tools import dragging
from prodedit.gui.tools.crop_frame import (
    CORNERS,
    EDGES,
    Frame,
    Handle,
    drawn,
    levelling,
    round_product,
)
from prodedit.gui.tools.handles import inside, paint_crop, paint_level, turn_cursor
from prodedit.gui.tools.tool import Pointer, Tool

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_REACH = 10.0
_A_CLICK = 4.0
_FAR = 10

Kind = Literal["handle", "corner", "move", "turn", "new", "level"]


class Drag(NamedTuple):
    kind: Kind
    start: Pointer
    frame: Frame
    handle: Handle = (0, 0)
    is_click: bool = True
    """As far as is known yet."""


class CropTool(Tool):
    id: ClassVar[str] = "crop"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Crop")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Drag the frame, or outside of it to turn. Shift keeps the proportions, Enter crops, Esc "
        "begins anew.",
    )
    icon: ClassVar[str] = "crop"
    shortcut: ClassVar[str] = "C"

    frame_changed = Signal()
    applied = Signal()
    """The canvas is what was in the frame."""
    levelling_changed = Signal(bool)

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.snap: dragging.Snap = dragging.free
        self._aspect: float | None = None
        self._is_levelling = self._is_active = False
        self._frame = self._wanted = Frame.round(Rect.of(session.document.size))
        self._drag: Drag | None = None
        self._hovered: Pointer | None = None
        session.changed.connect(self._document_changed)

    @property
    def frame(self) -> Frame:
        return self._frame

    @property
    def aspect(self) -> float | None:
        """Width / height; None: free."""
        return self._aspect

    @property
    def is_levelling(self) -> bool:
        """Whether the next drag is a line along what should be level."""
        return self._is_levelling

    @property
    def is_untouched(self) -> bool:
        return self._frame == Frame.round(Rect.of(self.session.document.size))

    @property
    def is_busy(self) -> bool:
        return self._drag is not None

    @property
    def cursor(self) -> QCursor:
        if self._hovered is None or self._is_levelling:
            return QCursor(Qt.CursorShape.CrossCursor)
        drag = self._drag or self._drag_at(self._hovered)
        if drag.kind == "turn":
            return turn_cursor()
        if drag.kind == "handle" and self._frame.angle == 0:
            return QCursor(_CURSORS[drag.handle[0] * drag.handle[1], bool(drag.handle[0])])
        moves = drag.kind == "move"
        return QCursor(Qt.CursorShape.SizeAllCursor if moves else Qt.CursorShape.CrossCursor)

    def activate(self) -> None:
        self._is_active = True
        self.reset()

    def deactivate(self) -> None:
        super().deactivate()
        self._is_active = False
        self.set_levelling(False)

    def reset(self) -> None:
        """Round the whole canvas, in the proportions that are chosen."""
        whole = Frame.round(Rect.of(self.session.document.size))
        self._set(whole if self._aspect is None else whole.with_aspect(self._aspect))

    def set_aspect(self, aspect: float | None) -> None:
        self._aspect = aspect
        if aspect is not None and self._frame.free is None:
            self._set(self._wanted.with_aspect(aspect))

    def set_angle(self, angle: float) -> None:
        """The picture's turn; what would show beyond its edges is left out of the frame."""
        if self._frame.free is None:
            wanted = self._wanted.turned(angle)
            self._show(wanted.within(self._size) if angle else wanted)
            self._wanted = wanted

    def set_levelling(self, on: bool) -> None:
        if on != self._is_levelling:
            self._is_levelling = on
            self.canvas.update_cursor()
            self.levelling_changed.emit(on)

    def set_perspective(self, on: bool) -> None:
        """Four corners that each go their own way."""
        frame = self._frame
        if on and frame.free is None:
            self._set(frame.corner_to(0, frame.corners[0]))
        elif not on and frame.free is not None:
            self.reset()

    def frame_product(self, bounds: Rect, margin: float) -> None:
        """margin: percent of the product's longer side."""
        self._set(round_product(bounds, margin, self._aspect))

    def apply(self) -> None:
        """As one undo step; afterwards the frame is round the new canvas."""
        if not self.is_untouched and self.session.apply(self._frame.edit):
            self.canvas.fit()
            self.applied.emit()

    def press(self, pointer: Pointer) -> None:
        if pointer.is_double and self._drag_at(pointer).kind in ("move", "new"):
            self.apply()
        else:
            self._drag = self._drag_at(pointer)

    def move(self, pointer: Pointer) -> None:
        self._hovered = pointer
        drag = self._drag
        if drag is None or (drag.is_click and pointer.is_click(drag.start)):
            return
        self._drag = drag = drag._replace(is_click=False)
        if drag.kind == "level":
            self.canvas.update()
            return
        frame = self._dragged(drag, pointer)
        if frame is not None:
            self._set(frame)

    def release(self, pointer: Pointer) -> None:
        drag = self._drag
        self.move(pointer)
        self._drag = None
        if drag is not None and drag.kind == "level":
            if self._away(drag.start, pointer) >= _A_CLICK:
                self.set_angle(levelling(drag.start.point, pointer.point))
            self.set_levelling(False)
            self.canvas.update()

    def cancel(self) -> None:
        if self._drag is not None:
            drag, self._drag = self._drag, None
            self._set(drag.frame)

    def hover(self, pointer: Pointer | None) -> None:
        self._hovered = pointer
        self.canvas.update_cursor()

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        elif key == Qt.Key.Key_Escape:
            self.set_levelling(False)
            self.reset()
        elif key in _ARROWS:
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            dx, dy = (step * (_FAR if far else 1) for step in _ARROWS[key])
            self._set(self._frame.moved(dx, dy))
        else:
            return False
        return True

    def paint(self, painter: QPainter) -> None:
        to_widget = self.canvas.viewport.to_widget
        corners = [QPointF(*to_widget(corner)) for corner in self._frame.corners]
        handles = list(corners)
        if self._frame.free is None:
            handles += [QPointF(*to_widget(self._frame.at(edge))) for edge in EDGES]
        paint_crop(painter, self.canvas.rect(), corners, handles)
        if self._drag is not None and self._drag.kind == "level" and self._hovered is not None:
            ends = (self._drag.start.position, self._hovered.position)
            paint_level(painter, QPointF(*ends[0]), QPointF(*ends[1]))

    @property
    def _size(self) -> Size:
        return self.session.document.size

    def _drag_at(self, pointer: Pointer) -> Drag:
        """What a press there would begin."""
        frame = self._frame
        if self._is_levelling:
            return Drag("level", pointer, frame)
        handles = CORNERS if frame.free is not None else (*CORNERS, *EDGES)
        places = frame.corners if frame.free is not None else tuple(map(frame.at, handles))
        away, handle = min(
            (self._away_from(pointer, place), handle)
            for place, handle in zip(places, handles, strict=True)
        )
        if away <= _REACH:
            kind: Kind = "handle" if frame.free is None else "corner"
            return Drag(kind, pointer, frame, handle)
        corners = [self.canvas.viewport.to_widget(corner) for corner in frame.corners]
        if not inside(pointer.position, corners):
            return Drag("turn" if frame.free is None else "move", pointer, frame)
        return Drag("new" if self.is_untouched else "move", pointer, frame)

    def _dragged(self, drag: Drag, pointer: Pointer) -> Frame | None:
        """None: not far enough to be a drag."""
        start, frame = drag.start, drag.frame
        way = Point(pointer.point.x - start.point.x, pointer.point.y - start.point.y)
        if drag.kind == "move":
            moved = frame.moved(round(way.x), round(way.y))
            return moved.moved(*dragging.shift_of(self.snap, moved.corners))
        if drag.kind == "turn":
            return self._turned(drag, pointer)
        if drag.kind == "corner":
            return frame.corner_to(
                CORNERS.index(drag.handle), dragging.snapped(self.snap, pointer.point)
            )
        aspect = self._aspect
        if pointer.shift and aspect is None:
            aspect = frame.width / frame.height
        if drag.kind == "handle":
            held = frame.at(drag.handle)
            to = dragging.snapped(self.snap, Point(held.x + way.x, held.y + way.y))
            return frame.dragged(drag.handle, to, aspect)
        if self._away(start, pointer) < _A_CLICK:
            return None
        end = dragging.snapped(self.snap, pointer.point)
        return drawn(dragging.snapped(self.snap, start.point), end, aspect)

    def _turned(self, drag: Drag, pointer: Pointer) -> Frame:
        (x, y), start, now = drag.frame.middle, drag.start.point, pointer.point
        by = degrees(atan2(now.y - y, now.x - x) - atan2(start.y - y, start.x - x))
        angle = drag.frame.angle - by
        return drag.frame.turned(round(angle / 15) * 15 if pointer.shift else angle)

    def _set(self, frame: Frame) -> None:
        self._wanted = frame
        self._show(frame)

    def _show(self, frame: Frame) -> None:
        self._frame = frame
        self.canvas.update()
        self.canvas.update_cursor()
        self.frame_changed.emit()

    def _away(self, one: Pointer, other: Pointer) -> float:
        return hypot(one.position.x - other.position.x, one.position.y - other.position.y)

    def _away_from(self, pointer: Pointer, place: Point) -> float:
        x, y = self.canvas.viewport.to_widget(place)
        return hypot(pointer.position.x - x, pointer.position.y - y)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Another size, also by undo: the frame was about the old one."""
        if before.size != after.size:
            self._drag = None
            if self._is_active:
                self.reset()


_CURSORS = {
    (1, True): Qt.CursorShape.SizeFDiagCursor,
    (-1, True): Qt.CursorShape.SizeBDiagCursor,
    (0, True): Qt.CursorShape.SizeHorCursor,
    (0, False): Qt.CursorShape.SizeVerCursor,
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
