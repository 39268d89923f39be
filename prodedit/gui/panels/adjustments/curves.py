# SPDX-License-Identifier: Apache-2.0
"""Curves: points that are dragged on the histogram, by mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QWidget

from prodedit.core.adjust.histogram import Counts, Histogram, histogram
from prodedit.core.adjust.tables import curve
from prodedit.core.adjust.values import STRAIGHT, Curves, Dot
from prodedit.core.tiles import Pixels
from prodedit.gui.panels.adjustments.graphs import colour_of, counts_of, highest, paint_counts
from prodedit.gui.panels.adjustments.handles import is_claimed
from prodedit.gui.panels.adjustments.levels import channel_texts
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings, changed
from prodedit.gui.panels.section import Choices
from prodedit.gui.theme import palette_now, qcolor

Dots = tuple[Dot, ...]
SIDE, MARGIN = 200, 8
MOST = 16
"""Points of one curve."""
_REACH, _FAR = 12.0, 32.0
"""Widget units: so near takes hold of a point, so far outside lets it go."""


class CurveGraph(QWidget):
    moved = Signal(object)
    """The dots while one is dragged."""
    released = Signal(object)
    """They came to rest."""
    chosen = Signal(int)
    """The number of the dot that keys move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dots: Dots = STRAIGHT
        self.current = 0
        self._held = False
        self._gone: Dot | None = None
        self._counts: Counts | None = None
        self._channel = "rgb"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Curve"))
        self.setToolTip(
            self.tr(
                "Click to add a point, drag it out to remove it.\n"
                "Page up and down choose a point, arrows move it, Insert and Delete add and remove."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dots(self, dots: Dots, channel: str) -> None:
        self.dots, self._channel = dots, channel
        self.current = min(self.current, len(dots) - 1)
        self.update()

    def show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.update()

    def point_of(self, dot: Dot) -> QPointF:
        area = self._area
        x = area.left() + dot.before / 255 * area.width()
        return QPointF(x, area.bottom() - dot.after / 255 * area.height())

    def choose(self, number: int) -> None:
        self.current = number % len(self.dots)
        self.update()
        self.chosen.emit(self.current)

    def put(self, before: float, after: float) -> None:
        """The chosen dot there, between its neighbours."""
        low = self.dots[self.current - 1].before + 1 if self.current else 0.0
        last = self.current + 1 == len(self.dots)
        high = 255.0 if last else self.dots[self.current + 1].before - 1
        dot = Dot(float(round(min(high, max(low, before)))), float(round(min(255, max(0, after)))))
        self.dots = (*self.dots[: self.current], dot, *self.dots[self.current + 1 :])
        self.update()

    def add(self, before: float) -> bool:
        """A dot on the curve; whether there was room for it."""
        apart = all(abs(dot.before - before) >= 2 for dot in self.dots)
        if not apart or len(self.dots) >= MOST or not 0 <= before <= 255:
            return False
        height = float(curve(self.dots, np.array([before]))[0])
        dot = Dot(float(round(before)), float(round(height)))
        self.dots = tuple(sorted((*self.dots, dot)))
        self.choose(self.dots.index(dot))
        return True

    def remove(self) -> bool:
        """The chosen dot; two stay."""
        if len(self.dots) <= 2:
            return False
        self.dots = (*self.dots[: self.current], *self.dots[self.current + 1 :])
        self.choose(min(self.current, len(self.dots) - 1))
        return True

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _place(self, at: QPointF) -> tuple[float, float]:
        area = self._area
        across = (at.x() - area.left()) / area.width() * 255
        return across, (area.bottom() - at.y()) / area.height() * 255

    def _near(self, at: QPointF) -> int | None:
        gaps = [(self.point_of(dot) - at).manhattanLength() for dot in self.dots]
        near = int(np.argmin(gaps))
        return near if gaps[near] <= _REACH else None

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
        for number, dot in enumerate(self.dots):
            chosen = number == self.current
            painter.setBrush(qcolor(palette.text if chosen else palette.field))
            ring = palette.link if chosen and self.hasFocus() else palette.text
            painter.setPen(QPen(qcolor(ring), 2 if chosen else 1.5))
            painter.drawEllipse(self.point_of(dot), 4.5, 4.5)

    # Qt's own names

    def event(self, event: QEvent) -> bool:
        if is_claimed(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(SIDE + 2 * MARGIN, SIDE + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter, self._area)
        heights = curve(self.dots, np.arange(256.0))
        line = [self.point_of(Dot(float(x), float(y))) for x, y in enumerate(heights)]
        painter.setPen(QPen(qcolor(palette_now().text), 1.5))
        if self._channel != "rgb":
            painter.setPen(QPen(colour_of(self._channel), 2))
        painter.drawPolyline(QPolygonF(line))
        self._paint_dots(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        near = self._near(event.position())
        before, after = self._place(event.position())
        if near is not None:
            self.choose(near)
        elif not self.add(before):
            return
        else:
            self.put(before, after)
            self.moved.emit(self.dots)
        self._held = True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._held:
            return
        outside = not self._area.adjusted(-_FAR, -_FAR, _FAR, _FAR).contains(event.position())
        if self._gone is None and outside and len(self.dots) > 2:
            self._gone = self.dots[self.current]
            self.remove()
        elif self._gone is not None and not outside:
            self.dots = tuple(sorted((*self.dots, self._gone)))
            self.choose(self.dots.index(self._gone))
            self._gone = None
        if self._gone is None:
            self.put(*self._place(event.position()))
        self.moved.emit(self.dots)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held, self._gone = False, None
            self.released.emit(self.dots)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, dot = Qt.Key(event.key()), self.dots[self.current]
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        steps = {
            Qt.Key.Key_Left: (-far, 0),
            Qt.Key.Key_Right: (far, 0),
            Qt.Key.Key_Up: (0, far),
            Qt.Key.Key_Down: (0, -far),
        }
        turns = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        if key in steps:
            self.put(dot.before + steps[key][0], dot.after + steps[key][1])
            self.released.emit(self.dots)
        elif key in turns:
            self.choose(self.current + turns[key])
        elif key == Qt.Key.Key_Insert and self.add(self._widest_gap()):
            self.released.emit(self.dots)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.remove():
                self.released.emit(self.dots)
        else:
            super().keyPressEvent(event)

    def _widest_gap(self) -> float:
        """The middle of it."""
        places = [0.0, *(dot.before for dot in self.dots), 255.0]
        gap = max(range(len(places) - 1), key=lambda n: places[n + 1] - places[n])
        return (places[gap] + places[gap + 1]) / 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)


class CurvesSection(AdjustmentSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = Curves()
        self._found: Histogram | None = None
        self.channels = Choices(channel_texts(), 4, self.tr("Channel"), self)
        self.channels.show_choice("rgb")
        self.channels.chosen.connect(lambda _channel: self._show())
        self.graph = CurveGraph(self)
        self.graph.moved.connect(lambda dots: self.previewed.emit(self._with(dots)))
        self.graph.released.connect(self._settle)
        self.graph.chosen.connect(lambda _number: self._show_numbers())
        self.before = self._number(self.tr("Before"))
        self.after = self._number(self.tr("After"))
        straight = QPushButton(self.tr("Straight"), self)
        straight.setToolTip(self.tr("This channel as it was"))
        straight.clicked.connect(lambda: self._settle(STRAIGHT))
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, box in ((self.tr("Before"), self.before), (self.tr("After"), self.after)):
            label = QLabel(name, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        self.add(self.channels, self.graph)
        self.column.addLayout(row)
        self.add(straight)

    @property
    def channel(self) -> str:
        return self.channels.current

    def show_value(self, adjustment: Curves) -> None:
        self.value = adjustment
        self._show()

    def show_pixels(self, pixels: Pixels | None) -> None:
        self._found = None if pixels is None else histogram(pixels)
        self._show()

    def _show(self) -> None:
        counts = None if self._found is None else counts_of(self._found, self.channel)
        self.graph.show_counts(counts)
        self.graph.show_dots(_fit(getattr(self.value, self.channel)), self.channel)
        self._show_numbers()

    def _show_numbers(self) -> None:
        dot = self.graph.dots[self.graph.current]
        for box, number in ((self.before, dot.before), (self.after, dot.after)):
            blocked = box.blockSignals(True)
            box.setValue(round(number))
            box.blockSignals(blocked)

    def _with(self, dots: Sequence[Dot]) -> Curves:
        new = changed(self.value, self.channel, tuple(dots))
        assert isinstance(new, Curves)
        return new

    def _settle(self, dots: Sequence[Dot]) -> None:
        self.value = self._with(dots)
        self._show()
        self.settled.emit(self.value, self.channel)

    def _typed(self) -> None:
        self.graph.put(self.before.value(), self.after.value())
        self._settle(self.graph.dots)

    def _number(self, title: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, 255)
        box.setKeyboardTracking(False)
        box.setAccessibleName(title)
        box.lineEdit().setAccessibleName(title)
        box.valueChanged.connect(lambda _number: self._typed())
        return box


def _fit(dots: Dots) -> Dots:
    """Two dots at least, by rising place: a file of another program may hold anything."""
    return tuple(sorted(dots)) if len(dots) >= 2 else STRAIGHT
