# SPDX-License-Identifier: Apache-2.0
"""Fill and gradient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import atan2, cos, degrees, floor, hypot, radians, sin
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QConicalGradient,
    QCursor,
    QGradient,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QRadialGradient,
)

from prodedit.core import edits, selection
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.edits.painting import ground_of
from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.session import EditSession
from prodedit.gui.late import while_there
from prodedit.gui.overlay import paint_line
from prodedit.gui.screen import qtransform
from prodedit.gui.tools.paint_tool import Run
from prodedit.gui.tools.told import Choices
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.render.compositor import Compositor

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_STEP = 45
"""Degrees that Shift holds a gradient's line to."""
_LEAST = 3.0
"""Widget units: a shorter drag was a click."""


class PouringTool(Tool):
    """Says what is to be done; it is done away from the window's thread."""

    shortcut: ClassVar[str] = "G"
    more_fields: ClassVar[tuple[str, ...]] = ()

    settings_changed = Signal()

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.choices = Choices()
        self.colours = ColourPair()
        self.run: Run | None = None
        """None: at once, while the window waits."""

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    def value_of(self, name: str) -> object:
        return getattr(self.choices, name)

    def first_of(self, name: str) -> object:
        return getattr(Choices(), name)

    def set_value(self, name: str, value: Any) -> None:
        self.choices = self.choices._replace(**{name: value})
        self.settings_changed.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Digits set how opaque it is poured."""
        text, held = event.text(), event.modifiers() & _HELD
        if held or len(text) != 1 or text not in "0123456789":
            return False
        self.set_value("pour", (int(text) or 10) / 10)
        return True

    def can_pour(self) -> bool:
        """Whether the active layer takes it; else why not is told."""
        if self.session.active_layer is None:
            self.canvas.refused.emit(Problem(_NO_LAYER, code="no-layer"))
            return False
        try:
            ground_of(self.session.document, self.session.active_id)
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return False
        return True

    def do(self, edit: edits.Edit, inputs: Callable[[], edits.Inputs]) -> None:
        document = self.session.document
        work = partial(_done, document, edit, inputs)
        if self.run is None:
            try:
                self._land(document, edit, work())
            except Problem as problem:
                self.canvas.refused.emit(problem)
            return
        errand = self.run(work)
        errand.done.connect(while_there(self, self._land, document, edit))
        errand.failed.connect(self.canvas.refused)

    def _land(self, before: Document, edit: edits.Edit, after: Document) -> None:
        if self.session.document is before:  # else the picture has changed meanwhile
            self.session.apply(edit, made=after)


def _done(document: Document, edit: edits.Edit, inputs: Callable[[], edits.Inputs]) -> Document:
    return edits.apply(document, edit, inputs())


class Bucket(PouringTool):
    id: ClassVar[str] = "fill"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Fill")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click an area of one colour to fill it with the foreground colour, with Alt the "
        "background colour.",
    )
    icon: ClassVar[str] = "bucket-droplet"
    fields: ClassVar[tuple[str, ...]] = ("tolerance", "pour", "joined", "all_layers", "smooth")

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._is_pressed = False

    @property
    def is_busy(self) -> bool:
        return self._is_pressed

    def press(self, pointer: Pointer) -> None:
        self._is_pressed = True

    def cancel(self) -> None:
        self._is_pressed = False

    def release(self, pointer: Pointer) -> None:
        if self._is_pressed:
            self._is_pressed = False
            self._pour(pointer)

    def _pour(self, pointer: Pointer) -> None:
        x, y = floor(pointer.point.x), floor(pointer.point.y)
        document, choices = self.session.document, self.choices
        if Rect(x, y, 1, 1).intersect(Rect.of(document.size)).is_empty or not self.can_pour():
            return
        colour = self.colours.background if pointer.alt else self.colours.foreground
        edit = edits.FillArea(
            self.session.active_id,
            x,
            y,
            colour,
            choices.pour,
            choices.tolerance,
            choices.joined,
            choices.all_layers,
            choices.smooth,
        )
        self.do(edit, partial(_looked_at, document, edit))


def _looked_at(document: Document, edit: edits.FillArea) -> edits.Inputs:
    layer = document.find(edit.layer)
    own = layer is not None and layer.warp is None and not edit.all_layers
    return {} if own else {"pixels": Tiles.from_array(Compositor().merged(document))}


class GradientTool(PouringTool):
    id: ClassVar[str] = "gradient"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Gradient tool")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Drag from where the foreground colour is to where the background colour is. Shift for "
        "steps of 45°.",
    )
    icon: ClassVar[str] = "gradienter"
    fields: ClassVar[tuple[str, ...]] = ("shape", "fades", "pour", "turned")

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._start: Point | None = None
        self._end: Point | None = None

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    @property
    def ends(self) -> tuple[Colour, Colour]:
        """The colours at the start and at the end of the line."""
        first, last = self.colours.foreground, self.colours.background
        last = Colour(first.red, first.green, first.blue, 0) if self.choices.fades else last
        return (last, first) if self.choices.turned else (first, last)

    def press(self, pointer: Pointer) -> None:
        if self.can_pour():
            self._start = self._end = pointer.point

    def move(self, pointer: Pointer) -> None:
        if self._start is not None:
            self._end = _held(self._start, pointer.point) if pointer.shift else pointer.point
            self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        start, end = self._start, self._end
        self.cancel()
        if start is None or end is None or self._is_short(start, end):
            return
        first, last = self.ends
        layer, choices = self.session.active_id, self.choices
        edit = edits.DrawGradient(layer, start, end, first, last, choices.shape, choices.pour)
        self.do(edit, dict)

    def cancel(self) -> None:
        self._start = self._end = None
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """What it will be, without the layers above it, and the line."""
        if self._start is None or self._end is None or self._is_short(self._start, self._end):
            return
        document, viewport = self.session.document, self.canvas.viewport
        chosen = document.selection
        area = Rect.of(document.size) if chosen is None else selection.bounds(chosen)
        painter.save()
        painter.setTransform(qtransform(viewport.onto_widget), True)
        painter.setOpacity(self.choices.pour)
        painter.fillRect(QRectF(*area), QBrush(self._gradient(self._start, self._end)))
        painter.restore()
        paint_line(painter, viewport.to_widget(self._start), viewport.to_widget(self._end))

    def _gradient(self, start: Point, end: Point) -> QGradient:
        gradient, stops = _GRADIENTS[self.choices.shape](start, end)
        first, last = (QColor(*colour) for colour in self.ends)
        for at, is_last in stops:
            gradient.setColorAt(at, last if is_last else first)
        return gradient

    def _is_short(self, start: Point, end: Point) -> bool:
        one, other = (self.canvas.viewport.to_widget(point) for point in (start, end))
        return hypot(one.x - other.x, one.y - other.y) < _LEAST


_Stops = tuple[tuple[float, bool], ...]
_PLAIN: _Stops = ((0, False), (1, True))


def _linear(start: Point, end: Point) -> tuple[QGradient, _Stops]:
    return QLinearGradient(QPointF(*start), QPointF(*end)), _PLAIN


def _radial(start: Point, end: Point) -> tuple[QGradient, _Stops]:
    return QRadialGradient(QPointF(*start), hypot(end.x - start.x, end.y - start.y)), _PLAIN


def _conical(start: Point, end: Point) -> tuple[QGradient, _Stops]:
    """Qt turns the other way."""
    angle = -degrees(atan2(end.y - start.y, end.x - start.x))
    return QConicalGradient(QPointF(*start), angle), ((0, True), (1, False))


def _reflected(start: Point, end: Point) -> tuple[QGradient, _Stops]:
    other = QPointF(2 * start.x - end.x, 2 * start.y - end.y)
    return QLinearGradient(other, QPointF(*end)), ((0, True), (0.5, False), (1, True))


_GRADIENTS: Mapping[str, Callable[[Point, Point], tuple[QGradient, _Stops]]] = MappingProxyType(
    {
        "linear": _linear,
        "radial": _radial,
        "angle": _conical,
        "reflected": _reflected,
        "diamond": _radial,  # near enough while it is dragged
    }
)


def _held(start: Point, end: Point) -> Point:
    """On the nearest of the lines that Shift allows."""
    length = hypot(end.x - start.x, end.y - start.y)
    turn = radians(_STEP * round(degrees(atan2(end.y - start.y, end.x - start.x)) / _STEP))
    return Point(start.x + length * cos(turn), start.y + length * sin(turn))


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_NO_LAYER = QT_TRANSLATE_NOOP("Problem", "There is no layer to paint on. Choose one first.")
