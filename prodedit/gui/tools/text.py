# SPDX-License-Identifier: Apache-2.0
"""Text: click and type on the picture; a drag makes a box in which lines are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QCursor, QPainter, QPolygonF

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.edits.layers import unlocked
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import Layer, TextContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.text import Text
from prodedit.editing.session import EditSession
from prodedit.gui.overlay import paint_caret, paint_frame, paint_marked
from prodedit.gui.tools.placing import above_active
from prodedit.gui.tools.tool import Pointer, Tool, translated
from prodedit.gui.tools.typed_layer import TypedLayer, typed
from prodedit.gui.tools.typing_field import TypingField
from prodedit.render.fonts import own_family
from prodedit.render.text import content_of
from prodedit.render.typeset import Typeset

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_A_CLICK = 6.0
"""A drag shorter than this, in widget units, is a click."""
_PAUSE_MS = 2000
"""Who rests so long finds what was typed in the history, and after a crash."""
_NAME = 30
"""Letters of a new layer's name, from its text."""
_SHARE = 16
"""A new text is as high as this part of the picture."""


class TextTool(Tool):
    id: ClassVar[str] = "text"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Text")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click and type, or drag a box for longer text. Click on text to change it; Esc ends.",
    )
    icon: ClassVar[str] = "typography"
    shortcut: ClassVar[str] = "T"

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._typing: TypedLayer | None = None
        self._drag: tuple[Pointer, Pointer] | None = None
        self._selecting = False
        self.colour = Colour(0, 0, 0)
        """Of a new text, unless it goes by the one that is worked on."""
        self._committing = False
        self._field = TypingField(canvas, self._upright, self._line_ends)
        self._field.changed.connect(self._typed)
        self._field.ended.connect(self.end)
        self._field.left.connect(self.commit)
        self._resting = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._resting.timeout.connect(self._paused)
        session.changed.connect(self._document_changed)
        canvas.viewport_changed.connect(self._follow_view)

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.IBeamCursor)

    @property
    def is_busy(self) -> bool:
        return self._drag is not None or self._selecting

    @property
    def is_typing(self) -> bool:
        return self._typing is not None

    def deactivate(self) -> None:
        self.cancel()
        self.end()

    def change(self, layer_id: str) -> None:
        """Type in that layer, all of its letters marked; it says why where that cannot be."""
        self.end()
        layer = self.session.document.find(layer_id)
        if layer is not None and isinstance(layer.content, TextContent):
            self._change(layer, None)
        if self._typing is not None:
            self._field.place_caret(1 << 30, selecting=True)

    def press(self, pointer: Pointer) -> None:
        if self._typing is not None and self._typing.reaches(pointer.point):
            self._field.place_caret(
                self._typing.position_at(pointer.point), selecting=pointer.shift
            )
            self._field.setFocus()
            self._selecting = True
            return
        self.end()
        layer = self._text_at(pointer.point)
        if layer is not None:
            self._change(layer, pointer.point)
        else:
            self.canvas.snapper.begin()
            self._drag = (self._snapped(pointer), pointer)

    def move(self, pointer: Pointer) -> None:
        if self._selecting and self._typing is not None:
            self._field.place_caret(self._typing.position_at(pointer.point), selecting=True)
        elif self._drag is not None:
            self._drag = (self._drag[0], self._snapped(pointer))
            self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        self._selecting = False
        if self._drag is None:
            return
        start, self._drag, raw = self._drag[0], None, pointer
        pointer = self._snapped(pointer)
        self.canvas.snapper.end()
        if abs(pointer.position.x - start.position.x) < _A_CLICK:
            self._start(raw.point, 0.0)
        else:
            corner = Point(min(start.point.x, pointer.point.x), min(start.point.y, pointer.point.y))
            self._start(corner, abs(pointer.point.x - start.point.x))
        self.canvas.update()

    def _snapped(self, pointer: Pointer) -> Pointer:
        """A corner of a box; a click is meant just where it is."""
        point = self.canvas.snapper.point(pointer)
        return pointer._replace(point=point, position=self.canvas.viewport.to_widget(point))

    def cancel(self) -> None:
        self._drag, self._selecting = None, False
        self.canvas.snapper.end()
        self.canvas.update()

    def commit(self) -> None:
        """Put what was typed into the history."""
        self._resting.stop()
        self.canvas.update()  # without the focus there is no caret
        typing, text = self._typing, self._field.text
        if typing is None or self._committing:
            return
        if text == typing.text.text:
            self.session.end_preview()
            return
        self._committing = True
        try:
            self._apply(typing, msgspec.structs.replace(typing.text, text=text))
        finally:
            self._committing = False

    def end(self) -> None:
        """Nobody types any more; a layer without a letter is taken away."""
        typing = self._typing
        if typing is None:
            return
        self.commit()
        self._typing = None
        self._field.finish()
        self.canvas.update()
        if not typing.is_new and not self._field.text.strip():
            self.session.apply(edits.RemoveLayer(typing.layer_id), gesture=typing.gesture)
        if self.canvas.isVisible():
            self.canvas.setFocus()

    def paint(self, painter: QPainter) -> None:
        if self._drag is not None:
            paint_frame(painter, self._drag[0].position, self._drag[1].position)
        typing = self._typing
        if typing is None:
            return
        typeset, field = typing.typeset, self._field
        for rect in typeset.selected(*field.selection):
            paint_marked(painter, self._mapped(rect))
        for rect in typeset.selected(*field.composed):
            bottom = QRectF(rect.left(), rect.bottom() - rect.height() / 20, rect.width(), 0)
            paint_caret(painter, *self._ends(bottom.topLeft(), bottom.topRight()))
        if typing.text.width > 0:
            last = typeset.caret(1 << 30)[1]
            box = QRectF(0, 0, typing.text.width, last.y)
            paint_marked(painter, self._mapped(box), filled=False)
        if field.hasFocus():
            paint_caret(painter, *(self._to_widget(point) for point in typeset.caret(field.caret)))

    # Beginning

    def _start(self, corner: Point, width: float) -> None:
        """A new text whose first line's middle lies at the click; of a box, its corner there."""
        text = self._style(width)
        typeset = Typeset(text)
        if width <= 0:
            upper, lower = typeset.caret(0)
            corner = Point(corner.x, corner.y - (lower.y - upper.y) / 2)
        layer_id = self.session.document.new_id()
        place = Transform(dx=round(corner.x), dy=round(corner.y))
        self._typing = TypedLayer(layer_id, text, place, None, is_new=True)
        self._field.begin("", 0)

    def _style(self, width: float) -> Text:
        """As the text that is worked on; else the computer's own font."""
        layer = self.session.active_layer
        if layer is not None and isinstance(layer.content, TextContent):
            return msgspec.structs.replace(layer.content.text, text="", width=width)
        size = max(12, round(min(self.session.document.size) / _SHARE))
        return Text("", own_family(), size=float(size), colour=self.colour, width=width)

    def _change(self, layer: Layer, at: Point | None) -> None:
        assert isinstance(layer.content, TextContent)
        try:
            unlocked(self.session.document, layer.id, "pixels")
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return
        self.session.activate(layer.id)
        self._typing = typing = typed(layer)
        if typing is not None:
            self._field.begin(typing.text.text, 0 if at is None else typing.position_at(at))

    def _text_at(self, point: Point) -> Layer | None:
        """The topmost text under the pointer that is seen and can be typed in."""
        for layer in reversed(tuple(_shown(self.session.document))):
            typing = typed(layer)
            if typing is not None and typing.reaches(point):
                return layer
        return None

    # Typing

    def _typed(self) -> None:
        typing = self._typing
        if typing is None:
            return
        shown = msgspec.structs.replace(typing.text, text=self._field.shown)
        typing.typeset = Typeset(shown)
        if typing.is_new and not shown.text:
            self.session.end_preview()
        elif shown.text != typing.text.text or self.session.shown is not self.session.document:
            self.session.preview_edit(self._edit(typing, shown))
            typing.follow(self.session.shown)
        self._resting.start()
        self._place_field()
        self.canvas.update()

    def _paused(self) -> None:
        """What the input method is composing is not typed yet, and must not vanish from sight
        while somebody looks for the right word."""
        if self._field.is_composing:
            self._resting.start()
        else:
            self.commit()

    def _edit(self, typing: TypedLayer, text: Text) -> edits.Edit:
        content = content_of(text)
        if not typing.is_new:
            return edits.SetText(typing.layer_id, text, content.extent)
        name = text.text.strip().split("\n")[0][:_NAME] or translated(self.title)
        parent, index = above_active(self.session)
        x, y = typing.place.dx, typing.place.dy
        return edits.AddTextLayer(typing.layer_id, name, text, content.extent, x, y, parent, index)

    def _apply(self, typing: TypedLayer, text: Text) -> None:
        if typing.is_new and not text.text.strip():
            self.session.end_preview()
            return
        gesture = None if typing.is_new else typing.gesture
        if self.session.apply(self._edit(typing, text), gesture=gesture):
            typing.text = text
            typing.follow(self.session.document)
            if typing.is_new:
                typing.is_new = False
                self.session.activate(typing.layer_id)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """Undo, a panel or a result came while somebody typed."""
        typing = self._typing
        if typing is None or self._committing:
            return
        layer = after.find(typing.layer_id)
        if typing.is_new and layer is None:
            self._typed()
        elif layer is None or not isinstance(layer.content, TextContent):
            self._typing = None
            self._field.finish()
            self.canvas.update()
        elif not typing.is_as(layer):
            self._typing = typed(layer)
            self._field.begin(layer.content.text.text, self._field.caret)

    # Places

    def _upright(self, position: int, down: int) -> int:
        if self._typing is None:
            return position
        typeset = self._typing.typeset
        upper, lower = typeset.caret(position)
        height = lower.y - upper.y
        lines = typeset.lines
        number = lines.index(typeset.line_at(position)) + down
        if not 0 <= number < len(lines):
            return 0 if down < 0 else 1 << 30
        y = (lines[number].top + lines[number].height / 2) * typeset.scale
        return typeset.position_at(Point(upper.x, y if height else lower.y))

    def _line_ends(self, position: int) -> tuple[int, int]:
        if self._typing is None:
            return position, position
        line = self._typing.typeset.line_at(position)
        return line.start, line.end

    def _follow_view(self, *_ignored: object) -> None:
        if self._typing is not None:
            self._place_field()

    def _place_field(self) -> None:
        """As large as the caret, so that an input method shows its words beside it."""
        if self._typing is None:
            return
        ends = (self._to_widget(p) for p in self._typing.typeset.caret(self._field.caret))
        (x1, y1), (x2, y2) = ends
        height = max(8, round(abs(y2 - y1)))
        self._field.setGeometry(QRect(round(min(x1, x2)), round(min(y1, y2)), 2, height))
        self._field.updateMicroFocus()  # the view may have moved under it

    def _to_widget(self, point: Point) -> Point:
        assert self._typing is not None
        return self.canvas.viewport.to_widget(self._typing.on_canvas(point))

    def _ends(self, first: QPointF, last: QPointF) -> tuple[Point, Point]:
        one, other = Point(first.x(), first.y()), Point(last.x(), last.y())
        return self._to_widget(one), self._to_widget(other)

    def _mapped(self, rect: QRectF) -> QPolygonF:
        assert self._typing is not None
        corners = (rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft())
        places = [Point(corner.x(), corner.y()) for corner in corners]
        sides = zip(places, (*places[1:], places[0]), strict=True)
        points = (point for side in sides for point in self._typing.along(*side))
        return QPolygonF([QPointF(*self.canvas.viewport.to_widget(point)) for point in points])


def _shown(document: Document) -> list[Layer]:
    """From the lowest to the topmost, without what is hidden, alone or with its group."""
    found: list[Layer] = []

    def visit(layers: tuple[Layer, ...]) -> None:
        for layer in layers:
            if layer.visible:
                found.append(layer)
                visit(layer.children)

    visit(document.layers)
    return found
