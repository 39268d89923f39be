# SPDX-License-Identifier: Apache-2.0
"""What tools that paint pixels share: from the press to the one step of a stroke."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from prodedit.core.document import Document
from prodedit.core.edits import PaintStroke
from prodedit.core.edits.painting import Stroking, begun, ground_for
from prodedit.core.geometry import Point
from prodedit.core.paint.ground import Ground
from prodedit.core.paint.inks import Ink
from prodedit.core.paint.pixel_stroke import Touch
from prodedit.core.paint.seen import Region
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.errands import Errand
from prodedit.editing.session import EditSession
from prodedit.gui.late import while_there
from prodedit.gui.tools.brush_tool import BrushTool
from prodedit.gui.tools.told import Choices
from prodedit.gui.tools.tool import Pointer
from prodedit.render.sampled import Sampled

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

Run = Callable[[Callable[[], object]], Errand]
"""Does something away from the window's thread."""

_DRAG = 0.92
"""Of the way to the pointer that the fullest smoothing leaves at each move."""


class PaintTool(BrushTool):
    """Each kind says by `ink` what it lays down; what can be told to it, by `fields`."""

    fields: ClassVar[tuple[str, ...]] = ("size", "hardness", "opacity", "flow")
    more_fields: ClassVar[tuple[str, ...]] = (
        "spacing",
        "smoothing",
        "pressure_size",
        "pressure_flow",
    )

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.choices = Choices()
        self.colours = ColourPair()
        self.run: Run | None = None
        """None: at once, while the window waits."""
        self._stroke: Stroking | None = None
        self._edit: PaintStroke | None = None
        self._sampled: Sampled | None = None
        self._ending: Stroking | None = None  # whose end is computed elsewhere
        self._touches: list[Touch] = []
        self._at: Point | None = None
        self._ended: tuple[str, Touch] | None = None

    def set_choices(self, choices: Choices) -> None:
        self.choices = choices
        self.shown_anew()

    def value_of(self, name: str) -> object:
        return getattr(self.brush if name in Brush._fields else self.choices, name)

    def first_of(self, name: str) -> object:
        return getattr(self.first if name in Brush._fields else Choices(), name)

    def set_value(self, name: str, value: Any) -> None:
        if name in Brush._fields:
            super().set_value(name, value)
        else:
            self.set_choices(self.choices._replace(**{name: value}))

    def ink(self, pointer: Pointer) -> Ink | None:
        """What a stroke that begins here lays down; None: it was a click for something else, or
        was refused."""
        raise NotImplementedError

    def ground(self, ink: Ink, sampled: Region | None) -> Ground:
        """What a stroke with this ink begins on. Raises Problem where it can't."""
        return ground_for(self.session.document, self.session.active_id, ink, sampled)

    def press(self, pointer: Pointer) -> None:
        self.hovered = pointer
        session = self.session
        if session.active_layer is None:
            self.canvas.refused.emit(Problem(_NO_LAYER, code="no-layer"))
            return
        ink = None if self._ending is not None else self.ink(pointer)
        if ink is None:
            return
        looks = getattr(ink, "all_layers", False)
        self._sampled = Sampled(session.document) if looks else None
        region = None if self._sampled is None else self._sampled.region
        try:
            self._stroke = begun(self.ground(ink, region), self.brush, ink)
        except Problem as problem:
            self.canvas.refused.emit(problem)
            return
        self._touches, self._at = [], pointer.point
        self._edit = PaintStroke(session.active_id, self.brush, ink, ())
        if pointer.shift and self._ended is not None and self._ended[0] == session.active_id:
            self._touch(self._ended[1])
        self._extend(pointer)

    def release(self, pointer: Pointer) -> None:
        stroke, edit = self._stroke, self._edit
        if stroke is None or edit is None:
            return
        last = self._touches[-1]
        self._touch(Touch(*pointer.point, last.pressure))  # a pen that is lifted presses no more
        self._show_now()
        self._stroke = None
        self._ended = (edit.layer, self._touches[-1])
        self._finish(stroke, PaintStroke(edit.layer, edit.brush, edit.ink, tuple(self._touches)))
        self.hover(pointer)

    def cancel(self) -> None:
        self._flush_timer.stop()
        if self._stroke is not None or self._ending is not None:
            self._stroke = self._ending = None
            self.session.end_preview()

    def _extend(self, pointer: Pointer) -> None:
        """The brush follows the pointer, the more smoothing the more slowly."""
        at, goes = self._at or pointer.point, 1 - _DRAG * self.choices.smoothing
        x, y = at.x + (pointer.point.x - at.x) * goes, at.y + (pointer.point.y - at.y) * goes
        self._at = Point(x, y)
        self._touch(Touch(x, y, pointer.pressure))
        self._show_soon()

    def _touch(self, touch: Touch) -> None:
        assert self._stroke is not None
        self._touches.append(touch)
        self._stroke.line_to(touch)

    def _finish(self, stroke: Stroking, edit: PaintStroke) -> None:
        document = self.session.document
        work = partial(stroke.finished, document)
        if not stroke.takes_long or self.run is None:
            self._land(stroke, edit, work())
            return
        self._ending = stroke
        errand = self.run(work)
        errand.done.connect(while_there(self, self._land_late, stroke, edit))
        errand.failed.connect(while_there(self, self._fail_late, stroke))

    def _land_late(self, stroke: Stroking, edit: PaintStroke, after: Document | None) -> None:
        if self._ending is stroke:
            self._ending = None
            self._land(stroke, edit, after)

    def _fail_late(self, stroke: Stroking, problem: Problem) -> None:
        if self._ending is stroke:
            self.cancel()
            self.canvas.refused.emit(problem)

    def _land(self, stroke: Stroking, edit: PaintStroke, after: Document | None) -> None:
        if after is not None:
            inputs = {} if self._sampled is None else {"sampled": self._sampled.tiles}
            self.session.apply(edit, inputs, made=after)
            return
        self.session.end_preview()
        if not stroke.reached:
            name = stroke.ground.layer.name
            self.canvas.refused.emit(Problem(_BESIDE, code="beside-layer", name=name))

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        super()._document_changed(before, after, rects)
        self._ending = None


_NO_LAYER = QT_TRANSLATE_NOOP("Problem", "There is no layer to paint on. Choose one first.")
_BESIDE = QT_TRANSLATE_NOOP(
    "Problem", "The layer “{name}” does not reach there. Make a new layer to paint beside it."
)
