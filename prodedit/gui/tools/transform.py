# SPDX-License-Identifier: Apache-2.0
"""Transform: a box with handles round the chosen layers; nothing is done before Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, degrees
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits import TransformSelected
from prodedit.core.edits.bending import Corners
from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.gui.tools import dragging
from prodedit.gui.tools.handles import paint_box, paint_grid
from prodedit.gui.tools.selected_part import Loose, what_is_taken
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.tools.transform_grips import MODES as MODES
from prodedit.gui.tools.transform_grips import Grip, Mode, Seen
from prodedit.gui.tools.transform_pose import (
    CORNERS,
    EDGES,
    MIDDLE,
    Pose,
)
from prodedit.gui.tools.transform_preview import TransformPreview
from prodedit.gui.tools.wand import Run

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_STEP = 15.0
"""Degrees that a turn with Shift goes by."""
_FAR = 10


class Drag(NamedTuple):
    grip: Grip
    start: Pointer
    pose: Pose
    pivot: Point
    is_click: bool = True
    """As far as is known yet."""


class TransformTool(Tool):
    """Lent while something is transformed; Enter applies, Esc drops it, then `ended` is told."""

    id: ClassVar[str] = "transform"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Transform")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Drag a handle to scale, outside to rotate. Shift, Alt, Ctrl: free, from the middle, "
        "perspective. Enter applies, Esc cancels.",
    )
    icon: ClassVar[str] = "scale"
    shortcut: ClassVar[str] = ""

    pose_changed = Signal()
    mode_changed = Signal()
    ended = Signal()

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.mode: Mode = "scale"
        self.run: Run | None = None
        self.snap: dragging.Snap = dragging.free
        self._preview: TransformPreview | None = None
        self._pose: Pose | None = None
        self._is_single = False
        self._pivot: Point | None = None
        self._drag: Drag | None = None
        self._refusal: Problem | None = None
        self._hovered: Pointer | None = None
        session.changed.connect(self._document_changed)

    @property
    def pose(self) -> Pose | None:
        return self._pose

    @property
    def outline(self) -> Corners:
        """The box's corners on the canvas."""
        assert self._pose is not None
        return self._pose.outline

    @property
    def pivot(self) -> Point:
        """Of the canvas: the middle, or where a person put it."""
        assert self._pose is not None
        return self._pose.at(MIDDLE) if self._pivot is None else self._pose.placed.map(self._pivot)

    @property
    def is_busy(self) -> bool:
        return self._drag is not None

    @property
    def cursor(self) -> QCursor:
        if self._pose is None or self._hovered is None:
            return QCursor(Qt.CursorShape.ArrowCursor)
        grip = self._drag.grip if self._drag is not None else self.grip_at(self._hovered)
        return self._seen.cursor(self.mode, grip)

    def begin(self) -> bool:
        """Take hold of the chosen layers; False, having told why, where that can't be."""
        try:
            whose, document = what_is_taken(self.canvas)
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return False
        self._preview = TransformPreview(self.canvas, whose, self.run, document)
        self._is_single = whose.has_plane
        self._pose = self._preview.before
        self._pivot = self._drag = self._refusal = None
        self.mode = "warp" if self._pose.mesh is not None else "scale"
        self.canvas.selection_view.show(None)  # the box tells where it is
        self.canvas.update()
        self.mode_changed.emit()
        self.pose_changed.emit()
        return True

    def set_mode(self, mode: Mode) -> None:
        if self._pose is None:
            return
        if mode == "warp":
            if not self._is_single:
                self.canvas.refused.emit(Problem(_ONE_ONLY, code="one-layer-only"))
                self.mode_changed.emit()
                return
            if self._pose.mesh is None:
                self._pose = self._pose.meshed()
        elif self._pose.mesh is not None and self._pose.mesh == _rested(self._pose):
            self._pose = self._pose.straight()
        self.mode = mode
        self.canvas.update()
        self.mode_changed.emit()
        self.pose_changed.emit()

    def change(self, pose: Pose) -> None:
        """As typed, or by a button."""
        self._try(pose)
        self._tell_refusal()
        self._rest()

    def turn(self, angle: float) -> None:
        if self._pose is not None:
            self.change(self._pose.turned(angle, self.pivot))

    def flip(self, across: bool) -> None:
        if self._pose is not None:
            self.change(self._pose.flipped(across))

    def apply(self) -> None:
        """As one undo step."""
        if self._finish():
            self.ended.emit()

    def drop(self) -> None:
        """All as it was before."""
        if self._pose is not None:
            self._end()
            self.ended.emit()

    def deactivate(self) -> None:
        """Another tool was chosen: what was done is not lost."""
        self.cancel()
        self._finish()

    def press(self, pointer: Pointer) -> None:
        if self._pose is not None:
            self._drag = Drag(self.grip_at(pointer), pointer, self._pose, self.pivot)
            self._refusal = None

    def move(self, pointer: Pointer) -> None:
        self._hovered = pointer
        drag = self._drag
        if drag is None or (drag.is_click and pointer.is_click(drag.start)):
            return
        self._drag = drag = drag._replace(is_click=False)
        kind = drag.grip.kind
        if kind == "pivot":
            place = dragging.snapped(self.snap, pointer.point)
            self._pivot = drag.pose.placed.inverse().map(place)
            self.canvas.update()
        else:
            self._try(_DRAGS[kind](self, drag, pointer))

    def release(self, pointer: Pointer) -> None:
        if self._drag is not None:
            self.move(pointer)
            self._drag = None
            self._tell_refusal()
            self._rest()

    def cancel(self) -> None:
        """Esc during a drag takes only that back."""
        if self._drag is not None:
            drag, self._drag = self._drag, None
            self._try(drag.pose)
            self._rest()

    def hover(self, pointer: Pointer | None) -> None:
        self._hovered = pointer
        self.canvas.update_cursor()

    def key(self, event: QKeyEvent) -> bool:
        if self._pose is None:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        elif key == Qt.Key.Key_Escape:
            self.drop()
        elif key in _ARROWS:
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            dx, dy = (step * (_FAR if far else 1) for step in _ARROWS[key])
            self.change(self._pose.moved(dx, dy))
        else:
            return False
        return True

    def grip_at(self, pointer: Pointer) -> Grip:
        """What a press there would take hold of."""
        return self._seen.grip(self.mode, pointer.position)

    def paint(self, painter: QPainter) -> None:
        if self._pose is None:
            return
        if self.mode == "warp" and self._pose.mesh is not None:
            points = [QPointF(*self._on_widget(point)) for point in self._pose.grid]
            paint_grid(painter, points, self._pose.mesh.columns + 1)
            return
        corners = [QPointF(*self._on_widget(corner)) for corner in self._pose.outline]
        handles = [QPointF(*self._on_widget(self._pose.at(h))) for h in (*CORNERS, *EDGES)]
        pivot = QPointF(*self._on_widget(self.pivot)) if self._seen.has_room else None
        paint_box(painter, corners, handles, pivot)

    # How each kind of drag changes the pose

    def _scaled(self, drag: Drag, pointer: Pointer) -> Pose:
        handle, is_corner = drag.grip.handle, drag.grip.kind == "corner"
        way = self._way(drag, pointer)
        held = drag.pose.at(handle)
        to = dragging.snapped(self.snap, Point(held.x + way.x, held.y + way.y))
        skews = pointer.control and pointer.shift
        if not is_corner and (skews or self.mode == "skew"):
            return drag.pose.skewed(handle, way, centred=pointer.alt)
        if is_corner and (pointer.control or self.mode in ("skew", "perspective")):
            mirrored = self.mode == "perspective" and pointer.shift
            return drag.pose.bent_to(handle, to, mirrored=mirrored)
        if self.mode == "rotate":
            return self._turned(drag, pointer)
        keep = pointer.shift != is_corner
        return drag.pose.scaled(handle, to, keep=keep, centred=pointer.alt)

    def _moved(self, drag: Drag, pointer: Pointer) -> Pose:
        dx, dy = self._way(drag, pointer)
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        # By whole pixels, as with the Move tool: nothing is resampled for it.
        moved = drag.pose.moved(round(dx), round(dy))
        return moved.moved(*dragging.shift_of(self.snap, moved.grid or moved.outline))

    def _turned(self, drag: Drag, pointer: Pointer) -> Pose:
        pivot, start, now = drag.pivot, drag.start.point, pointer.point
        before = atan2(start.y - pivot.y, start.x - pivot.x)
        angle = degrees(atan2(now.y - pivot.y, now.x - pivot.x) - before)
        if pointer.shift:
            whole = drag.pose.numbers.angle
            angle = round((whole + angle) / _STEP) * _STEP - whole
        return drag.pose.turned(angle, pivot)

    def _meshed(self, drag: Drag, pointer: Pointer) -> Pose:
        return drag.pose.mesh_to(drag.grip.point, dragging.snapped(self.snap, pointer.point))

    # Showing it

    def _try(self, pose: Pose) -> None:
        """Take the pose if it can be done, and show it; else keep the last one that could."""
        assert self._preview is not None
        try:
            self._preview.show(pose)
        except (Problem, ValueError) as problem:
            self._refusal = problem if isinstance(problem, Problem) else None
            return
        self._pose, self._refusal = pose, None
        self.canvas.update()
        self.canvas.update_cursor()
        self.pose_changed.emit()

    def _rest(self) -> None:
        if self._preview is not None:
            self._preview.rest()

    def _tell_refusal(self) -> None:
        if self._refusal is not None:
            refusal, self._refusal = self._refusal, None
            self.canvas.refused.emit(refusal)

    def _finish(self) -> bool:
        """Do it; False where nothing was taken hold of."""
        if self._preview is None:
            return False
        edit, made, before = self._preview.edit, self._preview.made, self._preview.document
        if edit is not None and before is not self.session.document:
            made = made or edits.apply(before, edit)
        self._end(keeps_preview=edit is not None)
        if edit is not None:
            text = QCoreApplication.translate("Edit", "Transform")
            done = self.session.apply(edit, text=text, made=made)
            if done and isinstance(edit, TransformSelected):
                self.canvas.loose = Loose(before, self.session.document, edit)
        return True

    def _end(self, *, keeps_preview: bool = False) -> None:
        if self._preview is not None:
            self._preview.end()
        self._preview = self._pose = self._drag = None
        if not keeps_preview:
            self.session.end_preview()
        self.canvas.selection_view.end_preview()
        self.canvas.update()

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Undo, or a result, came: what was taken hold of is gone."""
        if self._pose is not None:
            self._end()
            self.ended.emit()

    def _way(self, drag: Drag, pointer: Pointer) -> Point:
        return Point(pointer.point.x - drag.start.point.x, pointer.point.y - drag.start.point.y)

    def _on_widget(self, point: Point) -> Point:
        return self.canvas.viewport.to_widget(point)

    @property
    def _seen(self) -> Seen:
        assert self._pose is not None
        return Seen(self._pose, self.pivot, self.canvas.viewport.to_widget)


def _rested(pose: Pose) -> object:
    """The grid that changes nothing."""
    mesh = pose.mesh
    return None if mesh is None else pose.straight().meshed(mesh.columns, mesh.rows).mesh


_DRAGS: Mapping[str, Callable[[TransformTool, Drag, Pointer], Pose]] = MappingProxyType(
    {
        "corner": TransformTool._scaled,
        "edge": TransformTool._scaled,
        "mesh": TransformTool._meshed,
        "move": TransformTool._moved,
        "turn": TransformTool._turned,
    }
)
_ARROWS = MappingProxyType(
    {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }
)
_ONE_ONLY = QT_TRANSLATE_NOOP(
    "Problem", "Only one layer at a time can be warped. Choose a picture, a text or a shape."
)
