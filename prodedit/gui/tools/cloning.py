# SPDX-License-Identifier: Apache-2.0
"""Clone and heal: paint with another place of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QPainter

from prodedit.core.geometry import Point
from prodedit.core.paint.inks import Cloning, Healing, Ink
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.gui.overlay import paint_sign
from prodedit.gui.tools.paint_tool import PaintTool
from prodedit.gui.tools.tool import Pointer

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas


class SourceTool(PaintTool):
    """Alt+click says where from; a cross shows what will be painted."""

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.source: Point | None = None
        self._start: Point | None = None  # where the first stroke from there began

    def set_source(self, source: Point | None) -> None:
        self.source, self._start = source, None
        self.shown_anew()

    def source_for(self, point: Point) -> Point | None:
        """What a stroke that begins at `point` would take; None: none was chosen."""
        source, start = self.source, self._start
        if source is None or start is None or not (self.choices.aligned or self.is_busy):
            return source
        return Point(source.x + point.x - start.x, source.y + point.y - start.y)

    def begun_at(self, point: Point) -> None:
        """From now on the source goes along with the pointer."""
        if self.source is not None and (self._start is None or not self.choices.aligned):
            self._start = point

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        if self.source is not None and self.hovered is not None:
            place = self.source_for(self.hovered.point)
            if place is not None:
                paint_sign(painter, self.canvas.viewport.to_widget(place), True)

    def hover(self, pointer: Pointer | None) -> None:
        self._update_cross()
        super().hover(pointer)
        self._update_cross()

    def _update_cross(self) -> None:
        if self.source is not None and self.hovered is not None:
            place = self.source_for(self.hovered.point)
            if place is not None:
                self.canvas.update_round(self.canvas.viewport.to_widget(place), 8)


class CloneStamp(SourceTool):
    id: ClassVar[str] = "clone"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Clone stamp")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Alt+click the place to copy from, then paint. [ ] size, Shift+[ ] softness, 1-0 opacity.",
    )
    icon: ClassVar[str] = "rubber-stamp"
    shortcut: ClassVar[str] = "S"
    fields: ClassVar[tuple[str, ...]] = (
        "size",
        "hardness",
        "opacity",
        "flow",
        "aligned",
        "all_layers",
    )
    first: ClassVar[Brush] = Brush(60.0, 0.6)

    def ink(self, pointer: Pointer) -> Ink | None:
        if pointer.alt:
            self.set_source(pointer.point)
            return None
        source = self.source_for(pointer.point)
        if source is None:
            self.canvas.refused.emit(Problem(_NO_SOURCE, code="no-source"))
            return None
        self.begun_at(pointer.point)
        return Cloning(source, pointer.point, self.choices.all_layers)


class Heal(SourceTool):
    id: ClassVar[str] = "heal"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Heal")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click dust, or paint over a scratch, and it is gone. Alt+click a place to take its "
        "texture instead of what is found. [ ] size, Shift+[ ] softness.",
    )
    icon: ClassVar[str] = "bandage"
    shortcut: ClassVar[str] = "J"
    fields: ClassVar[tuple[str, ...]] = (
        "size",
        "hardness",
        "opacity",
        "finds",
        "aligned",
        "all_layers",
    )
    more_fields: ClassVar[tuple[str, ...]] = ("spacing", "smoothing", "pressure_size")
    first: ClassVar[Brush] = Brush(30.0, 0.8)

    def ink(self, pointer: Pointer) -> Ink | None:
        if pointer.alt:
            self.set_choices(self.choices._replace(finds=False))
            self.set_source(pointer.point)
            return None
        if self.choices.finds:
            return Healing(None, pointer.point)
        source = self.source_for(pointer.point)
        if source is None:
            self.canvas.refused.emit(Problem(_NO_SOURCE, code="no-source"))
            return None
        self.begun_at(pointer.point)
        return Healing(source, pointer.point, self.choices.all_layers)

    def source_for(self, point: Point) -> Point | None:
        return None if self.choices.finds else super().source_for(point)


_NO_SOURCE = QT_TRANSLATE_NOOP(
    "Problem", "Choose where to copy from first: hold Alt and click there."
)
