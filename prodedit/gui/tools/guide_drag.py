# SPDX-License-Identifier: Apache-2.0
"""Guides under the mouse: lent by the canvas over one, or while one is pulled out of a ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor

from prodedit.core.document import Document
from prodedit.core.edits import SetGuides
from prodedit.core.geometry import Point
from prodedit.core.guides import Guide
from prodedit.editing.session import EditSession
from prodedit.gui.snapping import Direction
from prodedit.gui.tools.move import Move
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.units import length_text

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_NEAR = 4.0
"""Widget units: so near to a guide a press takes hold of it."""


class GuideDrag(Tool):
    """Drag a guide to move it, out of the view to remove it; a double click asks for its place."""

    id: ClassVar[str] = "guide"
    title: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    shortcut: ClassVar[str] = ""

    place_wanted = Signal(object)
    """A Guide that was double-clicked."""

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._old: Guide | None = None
        self._new: Guide | None = None
        self._direction: Direction | None = None
        self._hovered: Direction | None = None
        session.changed.connect(self._document_changed)

    @property
    def cursor(self) -> QCursor:
        turn = self.canvas.viewport.turn
        upright = ((self._direction or self._hovered) == "upright") == (abs(turn.a) >= abs(turn.b))
        shape = Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        return QCursor(shape)

    @property
    def is_busy(self) -> bool:
        return self._direction is not None

    def wants(self, pointer: Pointer | None, tool: Tool | None) -> bool:
        """Whether a press there is meant for a guide: with the Move tool, or Ctrl held."""
        if pointer is None or not (pointer.control or isinstance(tool, Move)):
            return False
        guide = self.guide_at(pointer.position)
        self._hovered = None if guide is None else guide.direction
        return guide is not None

    def guide_at(self, position: Point) -> Guide | None:
        """The nearest one that can be taken hold of at a place of the widget."""
        marks, document = self.canvas.marks, self.session.document
        if not document.guides or not marks.are_guides_shown or marks.aids.lock_guides:
            return None
        viewport = self.canvas.viewport
        place = viewport.to_document(position)
        near = _NEAR * viewport.ratio / viewport.zoom
        distance, guide = min(
            ((abs(_along(place, one.direction) - one.position), one) for one in document.guides),
            key=lambda found: found[0],
        )
        return guide if distance <= near else None

    def press(self, pointer: Pointer) -> None:
        guide = self.guide_at(pointer.position)
        if guide is None:
            return
        if pointer.is_double:
            self.place_wanted.emit(guide)
            return
        self._old, self._direction = guide, guide.direction
        self.canvas.snapper.begin(without=guide)

    def begin_new(self, direction: Direction) -> None:
        """One is pulled out of a ruler."""
        self._old, self._new, self._direction = None, None, direction
        self.canvas.snapper.begin()

    def move(self, pointer: Pointer) -> None:
        if self._direction is None:
            return
        inside = self.canvas.rect().contains(round(pointer.position.x), round(pointer.position.y))
        self._new = self._placed(pointer) if inside else None
        if not inside:
            self.canvas.marks.show_lines(())
        self.canvas.marks.drag(self._new, self._old, self._tag())

    def release(self, pointer: Pointer) -> None:
        if self._direction is None:
            return
        if self._old is not None and self._new is None and not self._is_gone(pointer):
            self.cancel()  # a click
            return
        self.move(pointer)
        old, new = self._old, self._new
        self.cancel()
        rest = tuple(guide for guide in self.session.document.guides if guide != old)
        guides = rest if new is None else (*rest, new)
        if guides != self.session.document.guides and new != old:
            self.session.apply(SetGuides(guides))

    def cancel(self) -> None:
        self._old = self._new = self._direction = None
        self.canvas.snapper.end()
        self.canvas.marks.drag(None)

    def _is_gone(self, pointer: Pointer) -> bool:
        x, y = round(pointer.position.x), round(pointer.position.y)
        return not self.canvas.rect().contains(x, y)

    def _placed(self, pointer: Pointer) -> Guide:
        """On a whole pixel, or where it snapped."""
        assert self._direction is not None
        point = self.canvas.snapper.point(pointer, "x" if self._direction == "upright" else "y")
        value = _along(point, self._direction)
        snapped = point != pointer.point
        return Guide(self._direction, value if snapped else float(round(value)))

    def _tag(self) -> str:
        if self._new is None:
            return ""
        marks = self.canvas.marks
        name = "x" if self._new.direction == "upright" else "y"
        return f"{name} {length_text(self._new.position, marks.aids.unit, marks.resolution)}"

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        if self._direction is not None:
            self.cancel()


def _along(point: Point, direction: Direction) -> float:
    return point.x if direction == "upright" else point.y
