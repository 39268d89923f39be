# SPDX-License-Identifier: Apache-2.0
"""A curve on the histogram of what it changes, with points to be dragged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from prodedit.core.adjust.curving import CHANNELS, LEAST_GAP
from prodedit.core.adjust.histogram import Counts
from prodedit.core.adjust.tables import curve
from prodedit.core.adjust.values import STRAIGHT, Dot
from prodedit.gui.panels.adjustments.graphs import colour_of, highest, paint_counts
from prodedit.gui.panels.adjustments.point_graph import PointGraph, middle_of_widest
from prodedit.gui.theme import palette_now, qcolor

Dots = tuple[Dot, ...]
SIDE, MARGIN = 164, 8
"""Widget units: as high as leaves room for all that is below on a screen of 768 lines."""
_FAR = 32.0
"""Widget units: so far outside lets a point go."""
_NEAR = 4.0
"""Levels: a tone that is so near to a point is that point's."""


class CurveGraph(PointGraph[Dot]):
    MOST: ClassVar[int] = 16
    TURNS: ClassVar[Mapping[Qt.Key, int]] = MappingProxyType(
        {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
    )
    STEPS: ClassVar[Mapping[Qt.Key, tuple[int, int]]] = MappingProxyType(
        {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        tip = self.tr(
            "Click to add a point, drag it out to remove it.\n"
            "Page up and down choose a point, arrows move it, Insert and Delete add and remove."
        )
        super().__init__(STRAIGHT, self.tr("Curve"), tip, parent)
        self._counts: Counts | None = None
        self._channel = "rgb"

    def show_dots(self, dots: Dots, channel: str) -> None:
        self._channel = channel
        self.show_points(dots)

    def show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.update()

    def point_of(self, dot: Dot) -> QPointF:
        area = self._area
        x = area.left() + dot.before / 255 * area.width()
        return QPointF(x, area.bottom() - dot.after / 255 * area.height())

    def put(self, before: float, after: float) -> None:
        """The chosen dot there, between its neighbours."""
        low = self.points[self.current - 1].before + 1 if self.current else 0.0
        last = self.current + 1 == len(self.points)
        high = 255.0 if last else self.points[self.current + 1].before - 1
        dot = Dot(float(round(min(high, max(low, before)))), float(round(min(255, max(0, after)))))
        self.replace(dot)

    def take(self, place: float) -> None:
        """Choose the point at that tone, or add it; the nearest one where there is no room."""
        gaps = [abs(dot.before - place) for dot in self.points]
        near = gaps.index(min(gaps))
        if gaps[near] <= _NEAR or not self.add(place):
            self.choose(near)

    def place_of(self, point: Dot) -> float:
        return point.before

    def handle_at(self, number: int) -> QPointF:
        return self.point_of(self.points[number])

    def distance(self, number: int, at: QPointF) -> float:
        return (self.handle_at(number) - at).manhattanLength()

    def is_away(self, at: QPointF) -> bool:
        return not self._area.adjusted(-_FAR, -_FAR, _FAR, _FAR).contains(at)

    def new_point(self, place: float) -> Dot | None:
        apart = all(abs(dot.before - place) >= LEAST_GAP for dot in self.points)
        if not apart or not 0 <= place <= 255:
            return None
        height = float(curve(self.points, np.array([place]))[0])
        return Dot(float(round(place)), float(round(height)))

    def place_at(self, at: QPointF) -> float:
        return self._value_at(at)[0]

    def put_at(self, at: QPointF) -> None:
        self.put(*self._value_at(at))

    def step(self, across: float, up: float) -> None:
        dot = self.points[self.current]
        self.put(dot.before + across, dot.after + up)

    def widest_gap(self) -> float:
        return middle_of_widest(tuple(dot.before for dot in self.points), 255.0)

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _value_at(self, at: QPointF) -> tuple[float, float]:
        area = self._area
        across = (at.x() - area.left()) / area.width() * 255
        return across, (area.bottom() - at.y()) / area.height() * 255

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        palette = palette_now()
        painter.fillRect(area, qcolor(palette.field))
        if self._counts is not None:
            shade = colour_of(self._channel)
            shade.setAlpha(90)
            paint_counts(painter, area, self._counts, shade, highest(self._counts))
        painter.setPen(qcolor(palette.border))
        for part in range(5):
            x = area.left() + area.width() * part / 4
            y = area.top() + area.height() * part / 4
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.drawLine(area.bottomLeft(), area.topRight())

    def _paint_dots(self, painter: QPainter) -> None:
        palette = palette_now()
        for number, dot in enumerate(self.points):
            chosen = number == self.current
            painter.setBrush(qcolor(palette.text if chosen else palette.field))
            ring = palette.link if chosen and self.hasFocus() else palette.text
            painter.setPen(QPen(qcolor(ring), 2 if chosen else 1.5))
            painter.drawEllipse(self.point_of(dot), 4.5, 4.5)

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(SIDE + 2 * MARGIN, SIDE + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter, self._area)
        heights = curve(self.points, np.arange(256.0))
        line = [self.point_of(Dot(float(x), float(y))) for x, y in enumerate(heights)]
        painter.setPen(QPen(qcolor(palette_now().text), 1.5))
        if self._channel in CHANNELS:
            painter.setPen(QPen(colour_of(self._channel), 2))
        painter.drawPolyline(QPolygonF(line))
        self._paint_dots(painter)
