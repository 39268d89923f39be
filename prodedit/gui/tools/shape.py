# SPDX-License-Identifier: Apache-2.0
"""Shapes by drag: Shift makes them regular, Alt draws them from the middle."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.layer import Colour, Fill, Layer, ShapeContent, SolidFill
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.shape import (
    EllipseShape,
    LineShape,
    PolygonShape,
    RectangleShape,
    Shape,
    Stroke,
)
from prodedit.editing.session import EditSession
from prodedit.gui.tools.placing import above_active
from prodedit.gui.tools.tool import Pointer, Tool, translated

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_A_CLICK = 4.0
"""A drag shorter than this, in widget units, draws nothing."""
_THIN = 200
"""A first line is as thick as this part of the picture's shorter side."""
_TURN = pi / 12
"""Lines with Shift go in steps of 15 degrees."""


class ShapeTool(Tool):
    """Each kind of shape is one tool of the letter U."""

    shortcut: ClassVar[str] = "U"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag to draw; Shift makes it regular, Alt draws from the middle."
    )

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._start: Pointer | None = None
        self._edit: edits.AddShapeLayer | None = None
        self.colour = Colour(0, 0, 0)
        """Of the next shape, unless that goes by the one that is worked on."""
        session.changed.connect(self._document_changed)

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        self.canvas.snapper.begin()
        self._start = pointer._replace(point=self.canvas.snapper.point(pointer))
        self._edit = None

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        (x1, y1), (x2, y2) = self._start.position, pointer.position
        if hypot(x2 - x1, y2 - y1) < _A_CLICK:
            self._edit = None
            self.session.end_preview()
            return
        snapped = pointer._replace(point=self.canvas.snapper.point(pointer))
        self._edit = self._made(self._start.point, snapped)
        self.session.preview_edit(self._edit)

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        edit, self._start, self._edit = self._edit, None, None
        self.canvas.snapper.end()
        if edit is not None and self.session.apply(edit):
            self.session.activate(edit.layer)

    def cancel(self) -> None:
        if self._start is not None:
            self._start = self._edit = None
            self.canvas.snapper.end()
            self.session.end_preview()

    def shape(self, width: float, height: float, like: Shape | None) -> Shape:
        """The shape in a box of that size; `like`: the one that is worked on, if it is a shape."""
        raise NotImplementedError

    def _made(self, start: Point, pointer: Pointer) -> edits.AddShapeLayer:
        left, top, width, height = self._box(start, pointer)
        like = self._worked_on()
        fill, stroke = self._looks(like)
        parent, index = above_active(self.session)
        shape = self.shape(width, height, None if like is None else like.shape)
        name, new_id = translated(self.title), self.session.document.new_id()
        return edits.AddShapeLayer(
            new_id, name, shape, fill, stroke, round(left), round(top), parent, index
        )

    def _box(self, start: Point, pointer: Pointer) -> tuple[float, float, float, float]:
        """(left, top, width, height) in whole pixels, at least one each way."""
        dx, dy = pointer.point.x - start.x, pointer.point.y - start.y
        if pointer.shift:
            side = max(abs(dx), abs(dy))
            dx, dy = side * _sign(dx), side * _sign(dy)
        x, y = (start.x - dx, start.y - dy) if pointer.alt else start
        x2, y2 = start.x + dx, start.y + dy
        left, top = round(min(x, x2)), round(min(y, y2))
        right, bottom = round(max(x, x2)), round(max(y, y2))
        return left, top, max(1, right - left), max(1, bottom - top)

    def _worked_on(self) -> ShapeContent | None:
        layer: Layer | None = self.session.active_layer
        return layer.content if layer and isinstance(layer.content, ShapeContent) else None

    def _looks(self, like: ShapeContent | None) -> tuple[Fill | None, Stroke | None]:
        """As the shape that is worked on."""
        if like is not None and (like.fill is not None or like.stroke is not None):
            return like.fill, like.stroke
        return SolidFill(self.colour), None

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        if self._start is not None:
            self.canvas.snapper.end()
        self._start = self._edit = None


class RectangleTool(ShapeTool):
    id: ClassVar[str] = "rectangle"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Rectangle")
    icon: ClassVar[str] = "square"

    def shape(self, width: float, height: float, like: Shape | None) -> Shape:
        radius = like.radius if isinstance(like, RectangleShape) else 0.0
        return RectangleShape(width, height, min(radius, width / 2, height / 2))


class EllipseTool(ShapeTool):
    id: ClassVar[str] = "ellipse"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Ellipse")
    icon: ClassVar[str] = "circle"

    def shape(self, width: float, height: float, like: Shape | None) -> Shape:
        return EllipseShape(width, height)


class PolygonTool(ShapeTool):
    id: ClassVar[str] = "polygon"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Polygon")
    icon: ClassVar[str] = "hexagon"

    def shape(self, width: float, height: float, like: Shape | None) -> Shape:
        if isinstance(like, PolygonShape) and like.inset == 0:
            return PolygonShape(width, height, like.sides)
        return PolygonShape(width, height, 6)


class StarTool(ShapeTool):
    id: ClassVar[str] = "star"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Star")
    icon: ClassVar[str] = "star"

    def shape(self, width: float, height: float, like: Shape | None) -> Shape:
        if isinstance(like, PolygonShape) and like.inset > 0:
            return PolygonShape(width, height, like.sides, like.inset)
        return PolygonShape(width, height, 5, 0.5)


class LineTool(ShapeTool):
    id: ClassVar[str] = "line"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Line")
    icon: ClassVar[str] = "line"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Drag to draw a line; Shift turns it in steps, Alt draws from the middle."
    )

    def _made(self, start: Point, pointer: Pointer) -> edits.AddShapeLayer:
        dx, dy = pointer.point.x - start.x, pointer.point.y - start.y
        if pointer.shift:
            length, angle = hypot(dx, dy), round(atan2(dy, dx) / _TURN) * _TURN
            dx, dy = length * cos(angle), length * sin(angle)
        first = Point(start.x - dx, start.y - dy) if pointer.alt else start
        x, y = round(min(first.x, start.x + dx)), round(min(first.y, start.y + dy))
        line = LineShape(Point(first.x - x, first.y - y), Point(start.x + dx - x, start.y + dy - y))
        parent, index = above_active(self.session)
        name, new_id = translated(self.title), self.session.document.new_id()
        stroke = self._line()
        return edits.AddShapeLayer(new_id, name, line, None, stroke, x, y, parent, index)

    def _line(self) -> Stroke:
        like = self._worked_on()
        if like is not None and like.stroke is not None:
            return like.stroke
        colour = self.colour
        if like is not None and isinstance(like.fill, SolidFill):
            colour = like.fill.colour
        return Stroke(colour, max(2.0, round(min(self.session.document.size) / _THIN)))


def _sign(number: float) -> int:
    return -1 if number < 0 else 1


SHAPE_TOOLS = (RectangleTool, EllipseTool, LineTool, PolygonTool, StarTool)
