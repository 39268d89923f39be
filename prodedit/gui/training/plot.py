# SPDX-License-Identifier: Apache-2.0
"""How the figures of a training move: one line each, all in one frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor

MOST_POINTS = 2000
"""Of one line; beyond that every second one goes."""
_MARGIN = 8.0
_LEGEND = 22.0
_SHADES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)


class LinePlot(QWidget):
    """Each line is drawn between its own least and largest value: what tells is how they move."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`titles`: of the figures that are shown, translated, in their order."""
        super().__init__(parent)
        self._titles = titles
        self._lines: dict[str, list[tuple[float, float]]] = {}
        self._bounds: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setAccessibleName(self.tr("How the figures move"))

    def add(self, at: float, figures: Mapping[str, float]) -> None:
        """`at`: where on the way, growing."""
        for name, value in figures.items():
            if name in self._titles and isfinite(value):
                line = self._lines.setdefault(name, [])
                line.append((at, value))
                if len(line) > MOST_POINTS:
                    del line[1:-1:2]
        self.update()

    def set_marks(self, places: Sequence[float]) -> None:
        """Where other stages begin."""
        self._bounds = list(places)
        self.update()

    def clear(self) -> None:
        self._lines.clear()
        self._bounds.clear()
        self.update()

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(name for name in self._titles if len(self._lines.get(name, ())) > 1)

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = palette_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(qcolor(palette.border))
        painter.setBrush(qcolor(palette.field))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if not self.shown:
            painter.setPen(qcolor(palette.secondary))
            words = self.tr("The figures come with the first steps.")
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
            return
        field = frame.adjusted(_MARGIN, _MARGIN + _LEGEND, -_MARGIN, -_MARGIN)
        first, last = self._reach()
        painter.setPen(QPen(qcolor(palette.border), 1, Qt.PenStyle.DotLine))
        for bound in self._bounds:
            if first < bound < last:
                x = _placed(bound, first, last, field.left(), field.right())
                painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
        self._draw_lines(painter, field, first, last)

    def _draw_lines(self, painter: QPainter, field: QRectF, first: float, last: float) -> None:
        palette = palette_now()
        left = field.left()
        metrics = QFontMetricsF(painter.font())
        for number, name in enumerate(self.shown):
            colour = qcolor(palette.accent if number % 2 == 0 else palette.text)
            pen = QPen(colour, 1.6, _SHADES[(number // 2 + number % 2) % len(_SHADES)])
            painter.setPen(pen)
            line = self._lines[name]
            values = [value for _, value in line]
            low, high = min(values), max(values)
            points = [
                QPointF(
                    _placed(at, first, last, field.left(), field.right()),
                    _placed(value, low, high, field.bottom(), field.top()),
                )
                for at, value in line
            ]
            for one, other in pairwise(points):
                painter.drawLine(one, other)
            middle = field.top() - _LEGEND / 2
            painter.drawLine(QPointF(left, middle), QPointF(left + 18, middle))
            told = f"{self._titles[name]} {line[-1][1]:.3g}"
            painter.setPen(qcolor(palette.text))
            painter.drawText(QPointF(left + 24, middle + metrics.capHeight() / 2), told)
            left += 24 + metrics.horizontalAdvance(told) + 16

    def _reach(self) -> tuple[float, float]:
        ends = [line for name, line in self._lines.items() if name in self.shown]
        return min(line[0][0] for line in ends), max(line[-1][0] for line in ends)


def _placed(value: float, low: float, high: float, start: float, end: float) -> float:
    return start + (end - start) * ((value - low) / (high - low) if high > low else 0.5)


def shares(steps: Sequence[int], stage: int, step: int) -> float:
    """How many steps there were before a step of a stage, each stage as long as its steps."""
    return sum(steps[:stage]) + step
