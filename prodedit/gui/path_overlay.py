# SPDX-License-Identifier: Apache-2.0
"""A path over the picture: line, knots and handles of the same size at every zoom."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QTransform

from prodedit.core.curves import Named, cubics
from prodedit.core.geometry import Point, Size
from prodedit.core.path import Path
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.viewport import Viewport

SIDE = 36
"""Of a small picture of a path."""
_LINE, _UNDER = QColor("#1E6FE8"), QColor(255, 255, 255, 220)
_FILL = QColor(255, 255, 255)
_HALF = 3.5
"""Of a knot's side, in widget units."""
_ROUND = 3.0
_FARTHEST = 50_000.0
"""Widget units: what lies beyond is drawn nowhere, and Qt need not count with it."""


class PathOverlay:
    """Remembers the drawn line for as long as the path is the same."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._line = QPainterPath()

    def paint(
        self,
        painter: QPainter,
        path: Path,
        viewport: Viewport,
        chosen: Named | None,
        handles_of: Collection[Named],
    ) -> None:
        """`chosen`: the knot that is drawn filled; those of `handles_of` show their handles."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_line(painter, _to_widget(viewport).map(self._drawn(path)))
        for name in handles_of:
            self._handles(painter, path, viewport, name)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._knots(painter, path, viewport, chosen)
        painter.restore()

    def paint_line(self, painter: QPainter, path: Path, viewport: Viewport) -> None:
        """Without its knots."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_line(painter, _to_widget(viewport).map(self._drawn(path)))
        painter.restore()

    def _drawn(self, path: Path) -> QPainterPath:
        if path is not self._path:
            self._path, self._line = path, line_of(path)
        return self._line

    def _handles(self, painter: QPainter, path: Path, viewport: Viewport, name: Named) -> None:
        knot = path.subpaths[name[0]].knots[name[1]]
        middle = QPointF(*viewport.to_widget(knot.point))
        for point in (knot.arriving, knot.leaving):
            if point == knot.point:
                continue
            end = QPointF(*viewport.to_widget(point))
            for pen in (QPen(_UNDER, 2.5), QPen(_LINE, 1.0)):
                painter.setPen(pen)
                painter.drawLine(middle, end)
            painter.setBrush(_LINE)
            painter.setPen(QPen(_UNDER, 1.0))
            painter.drawEllipse(end, _ROUND, _ROUND)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _knots(
        self, painter: QPainter, path: Path, viewport: Viewport, chosen: Named | None
    ) -> None:
        for number, sub in enumerate(path.subpaths):
            for index, knot in enumerate(sub.knots):
                x, y = viewport.to_widget(knot.point)
                if max(abs(x), abs(y)) > _FARTHEST:
                    continue
                # On whole pixels: a square that is half on one looks out of focus.
                box = QRectF(round(x) - _HALF, round(y) - _HALF, 2 * _HALF, 2 * _HALF)
                painter.fillRect(box.adjusted(-1, -1, 1, 1), _UNDER)
                painter.fillRect(box, _LINE)
                if (number, index) != chosen:
                    painter.fillRect(box.adjusted(1, 1, -1, -1), _FILL)


def line_of(path: Path) -> QPainterPath:
    """In the path's own pixels."""
    line = QPainterPath()
    for sub in path.subpaths:
        if sub.knots:
            line.moveTo(*sub.knots[0].point)
        for cubic in cubics(sub):
            line.cubicTo(QPointF(*cubic.leaving), QPointF(*cubic.arriving), QPointF(*cubic.end))
    return line


def draw_line(painter: QPainter, line: QPainterPath) -> None:
    """In widget units; seen on everything."""
    for pen in (QPen(_UNDER, 3.0), QPen(_LINE, 1.4)):
        painter.setPen(pen)
        painter.drawPath(line)


def _to_widget(viewport: Viewport) -> QTransform:
    """Of the document's pixels, however the view is turned."""
    (x, y), right, down = (viewport.to_widget(Point(*p)) for p in ((0, 0), (1, 0), (0, 1)))
    return QTransform(right.x - x, right.y - y, down.x - x, down.y - y, x, y)


def path_icon(path: Path, canvas: Size) -> QIcon:
    """What lies inside, dark on white, as it lies on the canvas."""
    palette = palette_now()
    pixmap = QPixmap(SIDE, SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    scale = (SIDE - 2) / max(canvas)
    sheet = QRectF(0, 0, canvas.width * scale, canvas.height * scale)
    sheet.moveCenter(QRectF(0, 0, SIDE, SIDE).center())
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(sheet, Qt.GlobalColor.white)
    painter.setClipRect(sheet)
    place = QTransform(scale, 0, 0, scale, sheet.x(), sheet.y())
    line = place.map(line_of(path))
    painter.fillPath(line, Qt.GlobalColor.lightGray)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawPath(line)
    painter.setClipping(False)
    painter.setPen(qcolor(palette.border))
    painter.drawRect(sheet)
    painter.end()
    return QIcon(pixmap)
