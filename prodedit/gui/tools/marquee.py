# SPDX-License-Identifier: Apache-2.0
"""Marquee: drag a rectangle or an ellipse."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from prodedit.core import edits
from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.screen import qtransform
from prodedit.gui.tools.selecting import SelectTool, draw_line
from prodedit.gui.tools.tool import Pointer

HINT = QT_TRANSLATE_NOOP(
    "Tool",
    "Drag to select. Shift adds, Alt takes away; while dragging Shift makes it even, Alt draws "
    "from the middle, Space moves it.",
)


class RectangleMarquee(SelectTool):
    """Selects whole pixels."""

    id: ClassVar[str] = "marquee"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Rectangle select")
    hint: ClassVar[str] = HINT
    icon: ClassVar[str] = "marquee-2"
    shortcut: ClassVar[str] = "M"

    _from = _to = Point(0, 0)
    _held: tuple[bool, bool] = (False, False)
    """Shift and Alt since before the press: they chose the mode, and mean nothing more until they
    are pressed anew."""
    _even = _from_middle = False

    def begin(self, pointer: Pointer) -> None:
        self.canvas.snapper.begin()
        self._from = self._to = self.canvas.snapper.point(pointer)
        self._held = pointer.shift, pointer.alt
        self._even = self._from_middle = False

    def extend(self, pointer: Pointer) -> None:
        if self.canvas.is_space_down and self._last is not None:
            dx = pointer.point.x - self._last.point.x
            dy = pointer.point.y - self._last.point.y
            self._from = Point(self._from.x + dx, self._from.y + dy)
            self._to = Point(self._to.x + dx, self._to.y + dy)
            self.canvas.update()
            return
        shift, alt = self._held
        self._held = shift and pointer.shift, alt and pointer.alt
        self._even = pointer.shift and not self._held[0]
        self._from_middle = pointer.alt and not self._held[1]
        self._to = self.canvas.snapper.point(pointer)
        self.canvas.update()

    def cancel(self) -> None:
        self.canvas.snapper.end()
        super().cancel()

    def finish(self, pointer: Pointer) -> edits.Edit | None:
        box = self.box
        if box.left == box.right or box.top == box.bottom:
            return None
        return self.edit(box)

    def edit(self, box: edits.Box) -> edits.Edit:
        smooth, feather = self.options.smooth, float(self.options.feather)
        return edits.SelectRectangle(box, self._mode, smooth, feather)

    @property
    def box(self) -> edits.Box:
        """What is drawn, in whole pixels of the document."""
        (x, y), width, height = self._from, self._to.x - self._from.x, self._to.y - self._from.y
        if self._even:
            side = max(abs(width), abs(height))
            width, height = side if width >= 0 else -side, side if height >= 0 else -side
        if self._from_middle:
            x, y, width, height = x - width, y - height, 2 * width, 2 * height
        xs, ys = sorted((round(x), round(x + width))), sorted((round(y), round(y + height)))
        return edits.Box(xs[0], ys[0], xs[1], ys[1])

    def paint(self, painter: QPainter) -> None:
        if self._start is not None and not self._is_moving:
            box = self.box
            path = QPainterPath()
            width, height = box.right - box.left, box.bottom - box.top
            self.outline(path, QRectF(box.left, box.top, width, height))
            draw_line(painter, qtransform(self.canvas.viewport.onto_widget).map(path))

    def outline(self, path: QPainterPath, rect: QRectF) -> None:
        path.addRect(rect)


class EllipseMarquee(RectangleMarquee):
    id: ClassVar[str] = "ellipse-marquee"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Ellipse select")
    icon: ClassVar[str] = "circle-dashed"

    def edit(self, box: edits.Box) -> edits.Edit:
        smooth, feather = self.options.smooth, float(self.options.feather)
        return edits.SelectEllipse(box, self._mode, smooth, feather)

    def outline(self, path: QPainterPath, rect: QRectF) -> None:
        path.addEllipse(rect)
