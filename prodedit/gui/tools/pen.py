# SPDX-License-Identifier: Apache-2.0
"""Pen: paths of straight lines and curves, knot by knot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core import edits, path_changes
from prodedit.core.curves import Hit, Named, hit
from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.session import EditSession
from prodedit.gui import overlay
from prodedit.gui.path_overlay import PathOverlay, draw_line, line_of
from prodedit.gui.tools.pen_gestures import (
    ADD,
    CLOSE,
    MOVE,
    REMOVE,
    Gesture,
    Growing,
    gesture_at,
    held_by,
    straightened,
)
from prodedit.gui.tools.tool import A_CLICK, Pointer, Tool
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_REACH = 7.0
"""Widget units: so near to a knot, handle or line it is meant."""
_FAR = 10
"""Pixels of one nudge with Shift."""
_SIGN = 14.0
"""Widget units from the pointer to the sign of what a click would do."""


class Pen(Tool):
    """Works on one path of the document's, `path_id`; a click makes one where there is none."""

    id: ClassVar[str] = "pen"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Pen")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click for corners, drag for curves, click the first point to close. Ctrl moves points, "
        "Alt breaks handles, Backspace takes the last point back.",
    )
    icon: ClassVar[str] = "ballpen"
    shortcut: ClassVar[str] = "P"

    path_changed = Signal()
    """Another path is worked on."""

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._path_id = session.document.paths[0].id if session.document.paths else ""
        self._growing: Growing | None = None
        self._chosen: Named | None = None
        self._gesture: Gesture | None = None
        self._start: Pointer | None = None
        self._draft: Path | None = None
        self._hovered: Pointer | None = None
        self._nudging = object()
        self._overlay = PathOverlay()
        self._held: Point | None = None
        """From the press to the point that is dragged by it; None: it is a handle, or a line."""
        session.changed.connect(self._document_changed)

    @property
    def path_id(self) -> str:
        """Of the path that is worked on; "" or one that is not there: the next click makes one."""
        return self._path_id

    @property
    def named(self) -> NamedPath | None:
        return next((p for p in self.session.document.paths if p.id == self._path_id), None)

    @property
    def path(self) -> Path:
        return Path() if self.named is None else self.named.path

    @property
    def is_growing(self) -> bool:
        """Whether the next click adds to a subpath that was begun."""
        return self._growing is not None

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None or self._growing is not None

    def work_on(self, path_id: str) -> None:
        """Choose a path; "" for one that is to be made."""
        if path_id != self._path_id:
            self._let_go()
            self._path_id = path_id
            self.path_changed.emit()
        self.canvas.update()

    def press(self, pointer: Pointer) -> None:
        self._nudging = object()
        self._start = pointer
        found = self._hit(pointer)
        self._held = held_by(self.path, found, pointer)
        self.canvas.snapper.begin()
        meant = self._snapped(pointer) if found is None else self._at_held(pointer)
        self._gesture = gesture_at(meant, self.path, found, self._growing)
        if self._gesture is None:
            self._let_go()
            return
        self._chosen = self._gesture.chosen
        self._draft = self._gesture.pressed
        self.canvas.update()

    def move(self, pointer: Pointer) -> None:
        self._hovered = pointer
        if self._gesture is not None and self._is_drag(pointer):
            self._draft = self._gesture.dragged(self._dragged(pointer))
            self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        gesture, start = self._gesture, self._start
        if gesture is None or start is None:
            self._start = None
            return
        is_drag = self._is_drag(pointer)
        path = gesture.dragged(self._dragged(pointer)) if is_drag else gesture.clicked
        self.canvas.snapper.end()
        self._start = self._gesture = self._draft = None
        self._growing = gesture.growing
        self._chosen = gesture.chosen
        self._commit(path, gesture.drag_text if is_drag else gesture.text)
        self.canvas.update()

    def hover(self, pointer: Pointer | None) -> None:
        self._hovered = pointer
        self.canvas.update()

    def cancel(self) -> None:
        """What is being dragged; else the subpath that is drawn ends here."""
        if self._start is not None:
            self._start = self._gesture = self._draft = None
        else:
            self._let_go()
        self.canvas.update()

    def deactivate(self) -> None:
        self._start = self._gesture = self._draft = None
        self._let_go()

    def claims(self, key: int) -> bool:
        if key in _ENDING:
            return self._growing is not None
        return key in _REMOVING and (self._growing is not None or self._chosen is not None)

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ENDING and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._select()
        if self.claims(event.key()):
            self._remove_last() if key in _REMOVING else self._let_go()
            return True
        if key == Qt.Key.Key_Escape and self._chosen is not None:
            self._let_go()
            return True
        way = _ARROWS.get(key)
        return way is not None and self._nudge(way, event)

    def paint(self, painter: QPainter) -> None:
        path = self.path if self._draft is None else self._draft
        chosen = self._chosen if _is_there(path, self._chosen) else None
        self._paint_rubber(painter, path)
        handles = _shown_handles(path, chosen)
        self._overlay.paint(painter, path, self.canvas.viewport, chosen, handles)
        self._paint_sign(painter)

    def _hit(self, pointer: Pointer) -> Hit | None:
        viewport = self.canvas.viewport
        reach = _REACH * viewport.ratio / viewport.zoom
        path = self.path
        # While a line is drawn its handles lie where the next point may be meant.
        free = self._growing is None or pointer.control or pointer.alt
        handles = _shown_handles(path, self._chosen) if free else ()
        return hit(path, pointer.point, reach, handles)

    def paint_quietly(self, painter: QPainter) -> None:
        """The line only, while another tool is in hand."""
        self._overlay.paint_line(painter, self.path, self.canvas.viewport)

    def _dragged(self, pointer: Pointer) -> Pointer:
        """Where what is dragged comes to lie."""
        if self._held is None:
            return pointer
        pointer = self._at_held(pointer)
        return pointer if pointer.shift else self._snapped(pointer)

    def _at_held(self, pointer: Pointer) -> Pointer:
        dx, dy = self._held or (0.0, 0.0)
        return pointer._replace(point=Point(pointer.point.x + dx, pointer.point.y + dy))

    def _snapped(self, pointer: Pointer) -> Pointer:
        """With Ctrl, too, which has its own meaning here."""
        free = pointer._replace(modifiers=Qt.KeyboardModifier.NoModifier)
        return pointer._replace(point=self.canvas.snapper.point(free))

    def _is_drag(self, pointer: Pointer) -> bool:
        assert self._start is not None
        (x1, y1), (x2, y2) = self._start.position, pointer.position
        return max(abs(x2 - x1), abs(y2 - y1)) >= A_CLICK

    def _commit(self, path: Path, text: str, gesture: object = None) -> None:
        named = self.named
        title = translate("Pen", text)
        if named is None and path.subpaths:
            named = NamedPath(*new_path(self.session.document), path)
            self._path_id = named.id
            self.session.apply(edits.SetPath(named), text=title)
            self.path_changed.emit()
        elif named is not None and not path.subpaths:
            self.session.apply(edits.RemovePath(named.id), text=title)
        elif named is not None and path != named.path:
            new = replace(named, path=path)
            self.session.apply(edits.SetPath(new), text=title, gesture=gesture)

    def _let_go(self) -> None:
        """The next click begins something new."""
        self._growing = self._chosen = None
        self.canvas.update()

    def _remove_last(self) -> None:
        """The last knot of what is drawn, or the one that is chosen."""
        path, growing = self.path, self._growing
        name = self._chosen if growing is None else growing.last(path)
        if name is None or not _is_there(path, name):
            return
        left = path_changes.without_knot(path, *name)
        self._chosen = None
        ends = growing is not None and len(path.subpaths[growing.subpath].knots) == 1
        self._growing = None if ends else growing
        self._commit(left, REMOVE)
        if self._growing is not None:
            self._chosen = self._growing.last(self.path)

    def _nudge(self, way: tuple[int, int], event: QKeyEvent) -> bool:
        if self._chosen is None or not _is_there(self.path, self._chosen):
            return False
        number, index = self._chosen
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        knot = self.path.subpaths[number].knots[index]
        moved = path_changes.moved_by(knot, way[0] * far, way[1] * far)
        path = path_changes.with_knot(self.path, number, index, moved)
        self._commit(path, MOVE, self._nudging)
        return True

    def _select(self) -> bool:
        if self.named is None:
            return False
        self._let_go()
        self.session.apply(edits.SelectPath(self._path_id))
        return True

    def _paint_rubber(self, painter: QPainter, path: Path) -> None:
        """The line that a click would draw."""
        hovered, growing = self._hovered, self._growing
        if hovered is None or growing is None or self._start is not None or hovered.control:
            return
        number, index = growing.last(path)
        last = path.subpaths[number].knots[index]
        if growing.backwards:
            last = Knot(last.point, last.leaving, last.arriving)
        place = straightened(hovered.point, last.point) if hovered.shift else hovered.point
        line = Path((Subpath((last, Knot.corner(*place))),))
        on_widget = (self.canvas.viewport.to_widget(p) for k in line.subpaths[0].knots for p in k)
        points = tuple(on_widget)
        shown = Path((Subpath((Knot(*points[:3]), Knot(*points[3:]))),))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_line(painter, line_of(shown))
        painter.restore()

    def _paint_sign(self, painter: QPainter) -> None:
        """What a click would do here: add a point, take one away, or close."""
        hovered = self._hovered
        if hovered is None or self._start is not None or hovered.control:
            return
        found = self._hit(hovered)
        place = Point(hovered.position.x + _SIGN, hovered.position.y + _SIGN)
        if found is None or found.part in ("arriving", "leaving"):
            return
        gesture = gesture_at(hovered, self.path, found, self._growing)
        if gesture is not None and gesture.text == CLOSE:
            overlay.paint_ring(painter, place, 4.0)
        elif gesture is not None and gesture.text in (ADD, REMOVE):
            overlay.paint_sign(painter, place, gesture.text == ADD)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        if before.paths is after.paths:
            return
        self._start = self._gesture = self._draft = None
        path, growing = self.path, self._growing
        if growing is not None and not growing.fits(path):
            self._growing = growing = None
        if growing is not None:
            self._chosen = growing.last(path)
        elif not _is_there(path, self._chosen):
            self._chosen = None
        self.canvas.update()


def new_path(document: Document) -> tuple[str, str]:
    """(id, name) of a path that the document does not have yet."""
    taken = {word for path in document.paths for word in (path.id, path.name)}
    number = len(document.paths) + 1
    while True:
        path_id, name = f"path-{number}", translate("Pen", NAME).format(number=number)
        if not taken & {path_id, name}:
            return path_id, name
        number += 1


def _is_there(path: Path, name: Named | None) -> bool:
    if name is None or name[0] >= len(path.subpaths):
        return False
    return name[1] < len(path.subpaths[name[0]].knots)


def _shown_handles(path: Path, chosen: Named | None) -> tuple[Named, ...]:
    """The chosen knot and its neighbours."""
    if chosen is None or not _is_there(path, chosen):
        return ()
    number, index = chosen
    sub = path.subpaths[number]
    count = len(sub.knots)
    near = (index - 1, index, index + 1)
    kept = (n % count for n in near if sub.closed or 0 <= n < count)
    return tuple((number, n) for n in dict.fromkeys(kept))


_REMOVING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_ENDING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NAME = QT_TRANSLATE_NOOP("Pen", "Path {number}")
