# SPDX-License-Identifier: Apache-2.0
"""Over the picture, and never part of it: grid, guides, and the lines that something snapped to."""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from prodedit.core.document import Document
from prodedit.core.geometry import Point
from prodedit.core.guides import Guide
from prodedit.editing.aids import Aids
from prodedit.gui.snapping import Direction, Line

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas
    from prodedit.gui.tools.pen import Pen

# Coloured, because the pictures' own greys are everywhere.
_GUIDE, _DRAGGED = QColor(0, 174, 214), QColor(255, 120, 0)
_SMART = QColor(240, 0, 160)
_STRONG, _WEAK = QColor(60, 130, 250, 150), QColor(60, 130, 250, 70)
_TAG, _TAG_TEXT = QColor(20, 20, 20, 220), QColor(255, 255, 255)
_DENSE = 6.0
"""Widget units: lines nearer to each other than this are not drawn."""
_TICK = 4.0
"""Half the length of the marks at the ends of a smart line, in widget units."""


class MarksView(QObject):
    """Painted by its canvas. What shows follows `aids`, and the extras as a whole."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.aids = Aids()
        self.resolution = 0.0
        """Pixels per inch as the photo told, else 0."""
        self.quiet_path: Pen | None = None
        """Whose path shows while another tool is in hand."""
        self._dragged: Guide | None = None
        self._hidden: Guide | None = None
        self._lines: tuple[Line, ...] = ()
        self._tag = ""
        canvas.session.changed.connect(self._document_changed)

    def set_aids(self, aids: Aids) -> None:
        if aids != self.aids:
            self.aids = aids
            self._canvas.update()

    @property
    def are_guides_shown(self) -> bool:
        return self.aids.guides and self._canvas.selection_view.is_shown

    @property
    def lines(self) -> tuple[Line, ...]:
        """The smart lines that show."""
        return self._lines

    def drag(self, guide: Guide | None, instead_of: Guide | None = None, tag: str = "") -> None:
        """Show a guide where it is dragged, its place beside it; None: it is let go of, or would
        be gone."""
        self._dragged, self._hidden, self._tag = guide, instead_of, tag
        self._canvas.update()

    def show_quietly(self, pen: Pen | None) -> None:
        """The pen's path with other tools, too; None: not."""
        if pen is not self.quiet_path:
            self.quiet_path = pen
            self._canvas.update()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """The smart lines of a drag."""
        if lines != self._lines:
            self._lines = lines
            self._canvas.update()

    def paint(self, painter: QPainter) -> None:
        """In widget units."""
        pen = self.quiet_path
        quiet = self._canvas.selection_view.is_shown and self._canvas.tool is not pen
        if pen is not None and quiet:
            pen.paint_quietly(painter)
        guides, aids = self._canvas.session.document.guides, self.aids
        extras = self._canvas.selection_view.is_shown and (aids.grid or (aids.guides and guides))
        if not (extras or self._dragged or self._lines):
            return
        painter.save()
        slanted = self._canvas.viewport.angle % 90 != 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, slanted)
        if extras and aids.grid:
            self._paint_grid(painter)
        if extras and aids.guides:
            for guide in guides:
                if guide != self._hidden:
                    self._paint_across(painter, guide, _GUIDE)
        for line in self._lines:
            self._paint_smart(painter, line)
        if self._dragged is not None:
            self._paint_across(painter, self._dragged, _DRAGGED)
            self._paint_tag(painter)
        painter.restore()

    def _paint_grid(self, painter: QPainter) -> None:
        viewport, aids = self._canvas.viewport, self.aids
        per = viewport.zoom / viewport.ratio
        strong, weak = float(aids.grid_spacing), aids.grid_step
        visible = viewport.visible
        if strong * per < _DENSE or visible.is_empty:
            return
        for step, colour in ((weak, _WEAK), (strong, _STRONG)):
            if step * per >= _DENSE:
                painter.setPen(_pen(colour))
                painter.drawLines(
                    [
                        self._line("upright", x, visible.y, visible.bottom)
                        for x in _multiples(step, visible.x, visible.right)
                    ]
                    + [
                        self._line("level", y, visible.x, visible.right)
                        for y in _multiples(step, visible.y, visible.bottom)
                    ]
                )

    def _paint_across(self, painter: QPainter, guide: Guide, colour: QColor) -> None:
        """From one side of the view to the other, also beyond the picture."""
        left, top, right, bottom = self._reach()
        ends = (top, bottom) if guide.direction == "upright" else (left, right)
        painter.setPen(_pen(colour))
        painter.drawLine(self._line(guide.direction, guide.position, *ends))

    def _paint_smart(self, painter: QPainter, line: Line) -> None:
        left, top, right, bottom = self._reach()
        low, high = (top, bottom) if line.direction == "upright" else (left, right)
        drawn = self._line(
            line.direction,
            line.position,
            low if line.start == -inf else line.start,
            high if line.end == inf else line.end,
        )
        painter.setPen(_pen(_SMART))
        painter.drawLine(drawn)
        normal = drawn.normalVector().unitVector()
        dx, dy = normal.dx() * _TICK, normal.dy() * _TICK
        for end in (drawn.p1(), drawn.p2()):
            painter.drawLine(QLineF(end.x() - dx, end.y() - dy, end.x() + dx, end.y() + dy))

    def _paint_tag(self, painter: QPainter) -> None:
        at = self._canvas.pointer_inside
        if not self._tag or at is None:
            return
        metrics = QFontMetricsF(painter.font())
        box = QRectF(0, 0, metrics.horizontalAdvance(self._tag) + 12, metrics.height() + 6)
        area = QRectF(self._canvas.rect())
        box.moveTo(
            min(at.x + 14, area.right() - box.width()), min(at.y + 14, area.bottom() - box.height())
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TAG)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(_TAG_TEXT)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tag)

    def _line(self, direction: Direction, position: float, start: float, end: float) -> QLineF:
        """Between two places of the document; where it runs along the screen, on whole pixels."""
        upright = direction == "upright"
        first = Point(position, start) if upright else Point(start, position)
        last = Point(position, end) if upright else Point(end, position)
        viewport = self._canvas.viewport
        (x1, y1), (x2, y2) = viewport.to_widget(first), viewport.to_widget(last)
        ratio = viewport.ratio
        if abs(x1 - x2) < 0.01:
            x1 = x2 = (floor(x1 * ratio + 0.001) + 0.5) / ratio
        elif abs(y1 - y2) < 0.01:
            y1 = y2 = (floor(y1 * ratio + 0.001) + 0.5) / ratio
        return QLineF(x1, y1, x2, y2)

    def _reach(self) -> tuple[float, float, float, float]:
        """The document's plane as far as the view shows it: left, top, right, bottom."""
        rect = self._canvas.rect()
        corners = [
            self._canvas.viewport.to_document(Point(x, y))
            for x in (-1, rect.width() + 1)
            for y in (-1, rect.height() + 1)
        ]
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        if before.guides != after.guides:
            self._canvas.update()


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [number * step for number in range(ceil(low / step), floor(high / step) + 1)]


def _pen(colour: QColor) -> QPen:
    """One device pixel wide at any scale of the screen."""
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    return pen
