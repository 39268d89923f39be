# SPDX-License-Identifier: Apache-2.0
"""Erase object: paint over it, and what could be behind it takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.edits import LayPatch, PaintStroke
from prodedit.core.edits.painting import Stroking, ground_of
from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.paint.ground import Ground
from prodedit.core.paint.hole import LEAST, MARGIN, softened
from prodedit.core.paint.inks import Colouring, Ink
from prodedit.core.paint.pixel_stroke import PixelStroke
from prodedit.core.paint.seen import Region
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.engine.results import PicturesResult
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import EraseObject
from prodedit.gui.late import while_there
from prodedit.gui.tools.paint_tool import PaintTool
from prodedit.gui.tools.told import Choices
from prodedit.gui.tools.tool import Pointer

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_MARK = Colour(226, 48, 72)
_MARKED = 0.5


class _Hole(NamedTuple):
    """area: of the layer that is looked at; share: how far it is painted over."""

    area: Rect
    hole: NDArray[np.uint8]
    share: NDArray[np.uint8]


class _Laid(NamedTuple):
    """What lies on the layer now, and what could instead."""

    before: Document
    after: Document
    layer: str
    hole: _Hole
    variants: tuple[Tiles, ...]
    gesture: object


class EraseObjectTool(PaintTool):
    """The engine looks for what could be there; of its variants the first is laid at once, and
    another, or less of it, as long as nothing else was done: all that is one step."""

    id: ClassVar[str] = "erase-object"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Erase object")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint over something to make it disappear; then choose a variant above. Esc stops. "
        "[ ] size, Shift+click for a straight line.",
    )
    icon: ClassVar[str] = "pencil-x"
    shortcut: ClassVar[str] = "J"
    fields: ClassVar[tuple[str, ...]] = ("size", "variant", "amount")
    more_fields: ClassVar[tuple[str, ...]] = ("smoothing", "pressure_size")
    first: ClassVar[Brush] = Brush(60.0, 1.0, _MARKED)

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self._job_id = ""
        self._laid: _Laid | None = None

    @property
    def is_busy(self) -> bool:
        return super().is_busy or bool(self._job_id)

    def set_brush(self, brush: Brush) -> None:
        """What is painted is only a mark: always as strong, and with a hard edge."""
        super().set_brush(brush._replace(opacity=_MARKED, hardness=1.0))

    def set_choices(self, choices: Choices) -> None:
        super().set_choices(choices)
        self._lay_again()

    def ink(self, pointer: Pointer) -> Ink | None:
        return None if self._job_id else Colouring(_MARK)

    def ground(self, ink: Ink, sampled: Region | None) -> Ground:
        """What is marked lies on the layer."""
        return ground_of(self.session.document, self.session.active_id, sampled)

    def cancel(self) -> None:
        job_id, self._job_id = self._job_id, ""
        if job_id:
            self.session.cancel(job_id)
        super().cancel()

    def _finish(self, stroke: Stroking, edit: PaintStroke) -> None:
        """The mark stays seen while the engine looks."""
        hole = _hole(stroke) if isinstance(stroke, PixelStroke) and stroke.reached else None
        if hole is None:
            super()._finish(stroke, edit)
            return
        layer = stroke.ground.layer
        piece = Tiles.from_array(stroke.ground.tiles.to_array(hole.area))
        alone = Document(piece.size, (Layer(layer.id, layer.name, PixelContent(piece)),))
        self._ending = stroke
        self._job_id = self.session.look(
            EraseObject(),
            alone,
            layer.id,
            while_there(self, self._seen, layer.id, hole),
            {"erase": Tiles.from_array(hole.hole)},
        )

    def _seen(self, layer_id: str, hole: _Hole, job: Job) -> None:
        if job.id != self._job_id:
            return
        self._job_id, self._ending = "", None
        if job.state is State.DONE and isinstance(job.result, PicturesResult):
            variants = tuple(map(Tiles.from_array, job.result.pictures))
            document = self.session.document
            self._laid = _Laid(document, document, layer_id, hole, variants, object())
            self.choices = self.choices._replace(variant=0, pour=1.0)
            self._lay_again()
            self.shown_anew()
            return
        self.session.end_preview()
        if job.problem is not None and job.state is State.FAILED:
            self.canvas.refused.emit(job.problem)

    def _lay_again(self) -> None:
        """The chosen variant, where nothing else was done since."""
        laid = self._laid
        if laid is None or self.session.document is not laid.after:
            return
        x, y = laid.hole.area.x, laid.hole.area.y
        edit = LayPatch(laid.layer, x, y, self.choices.pour)
        patch = laid.variants[min(self.choices.variant, len(laid.variants) - 1)]
        inputs = {"patch": patch, "share": Tiles.from_array(laid.hole.share)}
        after = edits.apply(laid.before, edit, inputs)
        self._laid = laid._replace(after=after)
        self.session.apply(edit, inputs, gesture=laid.gesture, made=after)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        """What is looked for would not fit any more."""
        job_id, self._job_id = self._job_id, ""
        if job_id:
            self.session.cancel(job_id)
        super()._document_changed(before, after, rects)


def _hole(stroke: PixelStroke) -> _Hole | None:
    """None where nothing of it is selected."""
    bounds = stroke.ground.tiles.bounds
    share = stroke.share_in(stroke.rect)
    x, y, width, height = cv2.boundingRect((share > 0).view(np.uint8))
    if not width:
        return None
    tight = Rect(stroke.rect.x + x, stroke.rect.y + y, width, height)
    area = tight.inflate(max(LEAST, width, height)).intersect(bounds)
    kernel = np.ones((2 * MARGIN + 1, 2 * MARGIN + 1), np.uint8)
    marked = (stroke.share_in(area) > 0).view(np.uint8) * 255
    hole = np.asarray(cv2.dilate(marked, kernel), np.uint8)
    soft = softened(hole)
    limit = stroke.selected_in(area)
    if limit is not None:
        soft = np.minimum(soft, limit)
    return _Hole(area, hole, soft)
