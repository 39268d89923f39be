# SPDX-License-Identifier: Apache-2.0
"""Boxes with handles over the picture, in widget units: readable on black and on white."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from prodedit.core.geometry import Point

_DARK, _LIGHT = QColor(0, 0, 0, 190), QColor(255, 255, 255)
_EDGE = QColor(52, 52, 52)
_DIM = QColor(0, 0, 0, 140)
_SIDE = 9.0
_TURN_SIDE = 24


def paint_box(
    painter: QPainter, corners: Sequence[QPointF], handles: Sequence[QPointF], pivot: QPointF | None
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_lines(painter, list(zip(corners, (*corners[1:], corners[0]), strict=True)))
    paint_handles(painter, handles)
    if pivot is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_DARK, 3.0), QPen(_LIGHT, 1.2)):
            painter.setPen(pen)
            painter.drawEllipse(pivot, 4.5, 4.5)
            for dx, dy in ((7.5, 0.0), (0.0, 7.5)):
                painter.drawLine(pivot - QPointF(dx, dy), pivot + QPointF(dx, dy))
    painter.restore()


def paint_handles(painter: QPainter, handles: Sequence[QPointF]) -> None:
    painter.setPen(QPen(_DARK, 1.2))
    painter.setBrush(_LIGHT)
    for at in handles:
        painter.drawRect(QRectF(at.x() - _SIDE / 2, at.y() - _SIDE / 2, _SIDE, _SIDE))


def paint_grid(painter: QPainter, points: Sequence[QPointF], columns: int) -> None:
    """Smooth lines through a grid of points, row by row, and a handle on each."""
    rows = [points[start : start + columns] for start in range(0, len(points), columns)]
    lines = [*rows, *(points[start::columns] for start in range(columns))]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_lines(painter, [_smooth(line).toSubpathPolygons()[0].toList() for line in lines])
    paint_handles(painter, points)
    painter.restore()


def paint_crop(
    painter: QPainter, whole: QRect, corners: Sequence[QPointF], handles: Sequence[QPointF]
) -> None:
    """A frame with lines at its thirds; all round it is dimmed."""
    frame, all_round = QPainterPath(), QPainterPath()
    frame.addPolygon(QPolygonF([*corners, corners[0]]))
    all_round.addRect(QRectF(whole))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(all_round.subtracted(frame), _DIM)
    one, two, three, four = corners
    lines = []
    for part in (1 / 3, 2 / 3):
        lines.append((one + (two - one) * part, four + (three - four) * part))
        lines.append((one + (four - one) * part, two + (three - two) * part))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(0, 0, 0, 90), 2.0), QPen(QColor(255, 255, 255, 170), 1.0)):
        painter.setPen(pen)
        for line in lines:
            painter.drawLine(*line)
    paint_box(painter, corners, handles, None)
    painter.restore()


def paint_level(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """A line along what should be level."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(_DARK, 3.0), QPen(_LIGHT, 1.4)):
        painter.setPen(pen)
        painter.drawLine(start, end)
    paint_handles(painter, (start, end))
    painter.restore()


def inside(point: Point, corners: Sequence[Point]) -> bool:
    polygon = QPolygonF([QPointF(*corner) for corner in corners])
    return polygon.containsPoint(QPointF(*point), Qt.FillRule.WindingFill)


def turn_cursor() -> QCursor:
    """An arc with an arrow at each end."""
    picture = QPixmap(_TURN_SIDE, _TURN_SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    box = QRectF(5, 6, 14, 14)
    path.arcMoveTo(box, 20)
    path.arcTo(box, 20, 140)
    for x, y, dx in ((5.3, 10.6, -1), (18.7, 10.6, 1)):
        path.moveTo(x + 3.4 * dx, y - 2.6)
        path.lineTo(x, y + 1)
        path.lineTo(x - 3.4 * dx, y - 2.6)
    for pen in (QPen(_LIGHT, 4.0), QPen(QColor(0, 0, 0), 1.8)):
        painter.setPen(pen)
        painter.drawPath(path)
    painter.end()
    return QCursor(picture)


def _paint_lines(painter: QPainter, lines: Sequence[Sequence[QPointF]]) -> None:
    """Light, with an edge of dark on either side: opaque and a pixel wide each, since Qt makes an
    outline of what is wider, and fills that, in many times the time."""
    painter.setPen(QPen(_EDGE, 1.0))
    for line in lines:
        for beside in _beside(line):
            painter.drawPolyline(beside)
    painter.setPen(QPen(_LIGHT, 1.0))
    for line in lines:
        painter.drawPolyline(line)


def _beside(line: Sequence[QPointF]) -> tuple[list[QPointF], list[QPointF]]:
    """The line a pixel to its left, and to its right."""
    places = [(point.x(), point.y()) for point in line]
    left, right = [], []
    ends = zip([places[0], *places], places, [*places[1:], places[-1]], strict=False)
    for (from_x, from_y), (x, y), (to_x, to_y) in ends:
        across, down = from_y - to_y, to_x - from_x
        length = hypot(across, down) or 1.0
        across, down = across / length, down / length
        left.append(QPointF(x - across, y - down))
        right.append(QPointF(x + across, y + down))
    return left, right


def _smooth(line: Sequence[QPointF]) -> QPainterPath:
    """Through all points (Catmull-Rom as Bezier curves), ends as the mesh has them."""
    path = QPainterPath(line[0])
    whole = [line[0] * 2 - line[1], *line, line[-1] * 2 - line[-2]]
    for one, two, three, four in zip(whole, whole[1:], whole[2:], whole[3:], strict=False):
        path.cubicTo(two + (three - one) / 6, three - (four - two) / 6, three)
    return path
