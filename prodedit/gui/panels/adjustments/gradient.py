# SPDX-License-Identifier: Apache-2.0
"""Gradient map: the colours that darkness and light become, as stops on a bar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from prodedit.core.adjust.values import GradientMap, Stop
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.adjustments.handles import is_claimed
from prodedit.gui.panels.adjustments.number_slider import NumberSlider
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings
from prodedit.gui.panels.section import Choices
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

Stops = tuple[Stop, ...]
MARGIN, BAR, FOOT = 8, 24, 14
MOST = 12
_REACH, _FAR = 12.0, 40.0

_T = QT_TRANSLATE_NOOP


def _stops(*hexes: str) -> Stops:
    last = len(hexes) - 1
    return tuple(Stop(n / last, Colour.from_hex(text)) for n, text in enumerate(hexes))


PRESETS: Mapping[str, tuple[str, Stops]] = MappingProxyType(
    {
        "grey": (_T("Adjust", "Grey"), _stops("#000000", "#FFFFFF")),
        "sepia": (_T("Adjust", "Sepia"), _stops("#1D0F05", "#8E6A45", "#FFF4DF")),
        "cold": (_T("Adjust", "Cold"), _stops("#06122E", "#3E6FA8", "#F2F8FF")),
        "warm": (_T("Adjust", "Warm"), _stops("#2A0A12", "#D4663A", "#FFF1D6")),
        "duotone": (_T("Adjust", "Two tones"), _stops("#2B1A66", "#FF8A5C")),
        "night": (_T("Adjust", "Night"), _stops("#050A18", "#1E3A5F", "#9CC4D8")),
    }
)


class GradientBar(QWidget):
    """Click to add a stop, drag it away to remove it; keys do all of that, too."""

    moved = Signal(object)
    released = Signal(object)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops: Stops = GradientMap().stops
        self.current = 0
        self._held = False
        self._gone: Stop | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Colours from dark to light"))
        self.setToolTip(
            self.tr(
                "Click to add a colour, drag it away to remove it.\n"
                "Up and down choose one, left and right move it, Insert and Delete add and remove."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stops(self, stops: Stops) -> None:
        self.stops = stops
        self.current = min(self.current, len(stops) - 1)
        self.update()

    def choose(self, number: int) -> None:
        self.current = number % len(self.stops)
        self.update()
        self.chosen.emit(self.current)

    def put(self, place: float) -> None:
        """The chosen stop there, between its neighbours."""
        low = self.stops[self.current - 1].place if self.current else 0.0
        last = self.current + 1 == len(self.stops)
        high = 1.0 if last else self.stops[self.current + 1].place
        self._replace(Stop(round(min(high, max(low, place)), 4), self.stops[self.current].colour))

    def paint_chosen(self, colour: Colour) -> None:
        self._replace(Stop(self.stops[self.current].place, colour))

    def add(self, place: float) -> bool:
        if len(self.stops) >= MOST or not 0 <= place <= 1:
            return False
        stop = Stop(round(place, 4), mixed(self.stops, place))
        self.stops = tuple(sorted((*self.stops, stop), key=lambda one: one.place))
        self.choose(self.stops.index(stop))
        return True

    def remove(self) -> bool:
        """The chosen stop; two stay."""
        if len(self.stops) <= 2:
            return False
        self.stops = (*self.stops[: self.current], *self.stops[self.current + 1 :])
        self.choose(min(self.current, len(self.stops) - 1))
        return True

    def handle_at(self, number: int) -> QPointF:
        x = MARGIN + self.stops[number].place * (self.width() - 2 * MARGIN)
        return QPointF(x, BAR + FOOT / 2)

    def _replace(self, stop: Stop) -> None:
        self.stops = (*self.stops[: self.current], stop, *self.stops[self.current + 1 :])
        self.update()

    def _place(self, x: float) -> float:
        return min(1.0, max(0.0, (x - MARGIN) / max(1, self.width() - 2 * MARGIN)))

    def _near(self, x: float) -> int | None:
        gaps = [abs(self.handle_at(n).x() - x) for n in range(len(self.stops))]
        near = gaps.index(min(gaps))
        return near if gaps[near] <= _REACH else None

    # Qt's own names

    def event(self, event: QEvent) -> bool:
        if is_claimed(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + FOOT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = palette_now()
        area = QRectF(MARGIN, 0, self.width() - 2 * MARGIN, BAR)
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for stop in self.stops:
            gradient.setColorAt(min(1.0, max(0.0, stop.place)), qcolor(stop.colour))
        painter.fillRect(area, gradient)
        painter.setPen(qcolor(palette.border))
        painter.drawRect(area)
        for number, stop in enumerate(self.stops):
            x, top = self.handle_at(number).x(), BAR + 2.0
            drop = QPolygonF([QPointF(x, top), QPointF(x + 6, top + 10), QPointF(x - 6, top + 10)])
            focused = self.hasFocus() and number == self.current
            edge = palette.link if focused else palette.text
            painter.setPen(QPen(qcolor(edge), 2.5 if number == self.current else 1))
            painter.setBrush(qcolor(stop.colour))
            painter.drawPolygon(drop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        near = self._near(event.position().x())
        if near is not None:
            self.choose(near)
        elif self.add(self._place(event.position().x())):
            self.moved.emit(self.stops)
        else:
            return
        self._held = True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._held:
            return
        away = not -_FAR <= event.position().y() <= self.height() + _FAR
        if self._gone is None and away and len(self.stops) > 2:
            self._gone = self.stops[self.current]
            self.remove()
        elif self._gone is not None and not away:
            stop, self._gone = self._gone, None
            self.stops = tuple(sorted((*self.stops, stop), key=lambda one: one.place))
            self.choose(self.stops.index(stop))
        if self._gone is None:
            self.put(self._place(event.position().x()))
        self.moved.emit(self.stops)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held, self._gone = False, None
            self.released.emit(self.stops)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -0.01, Qt.Key.Key_Right: 0.01}
        turns = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if key in steps:
            self.put(self.stops[self.current].place + steps[key])
            self.released.emit(self.stops)
        elif key in turns:
            self.choose(self.current + turns[key])
        elif key == Qt.Key.Key_Insert:
            if self.add(_widest_gap(self.stops)):
                self.released.emit(self.stops)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.remove():
                self.released.emit(self.stops)
        else:
            super().keyPressEvent(event)


class GradientSection(AdjustmentSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = GradientMap()
        texts = {name: translate("Adjust", title) for name, (title, _) in PRESETS.items()}
        self.presets = Choices(texts, 3, self.tr("Ready-made gradients"), self)
        self.presets.chosen.connect(lambda name: self._settle(PRESETS[name][1], "preset"))
        self.bar = GradientBar(self)
        self.bar.moved.connect(lambda stops: self.previewed.emit(GradientMap(stops)))
        self.bar.released.connect(lambda stops: self._settle(stops, "stops"))
        self.bar.chosen.connect(lambda _number: self._show_chosen())
        self.colour = ColourButton(self.tr("Colour here"), Colour(0, 0, 0), self)
        self.colour.previewed.connect(lambda colour: self._colour(colour, done=False))
        self.colour.picked.connect(lambda colour: self._colour(colour, done=True))
        self.place = NumberSlider(self.tr("Lightness it stands for"), 0, 100, 0, suffix=" %")
        self.place.changed.connect(lambda value: self._moved(value, done=False))
        self.place.finished.connect(lambda value: self._moved(value, done=True))
        turn = QPushButton(self.tr("Turn round"), self)
        turn.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(self.tr("Colour here"), self)
        row.addWidget(label)
        row.addWidget(self.colour, 1)
        self.add(self.presets, self.bar)
        self.column.addLayout(row)
        self.add(self.place, turn)

    def show_value(self, adjustment: GradientMap) -> None:
        self.value = adjustment
        self.bar.show_stops(_fit(adjustment.stops))
        known = (name for name, (_, stops) in PRESETS.items() if stops == adjustment.stops)
        self.presets.show_choice(next(known, ""))
        self._show_chosen()

    def _show_chosen(self) -> None:
        stop = self.bar.stops[self.bar.current]
        self.colour.set_colour(stop.colour)
        self.place.set_value(stop.place * 100)

    def _colour(self, colour: Colour, *, done: bool) -> None:
        self.bar.paint_chosen(colour)
        self._told("colour", done)

    def _moved(self, percent: float, *, done: bool) -> None:
        self.bar.put(percent / 100)
        self._told("stops", done)

    def _told(self, field: str, done: bool) -> None:
        if done:
            self._settle(self.bar.stops, field)
        else:
            self.previewed.emit(GradientMap(self.bar.stops))

    def _turn(self) -> None:
        turned = (Stop(round(1 - stop.place, 4), stop.colour) for stop in reversed(self.bar.stops))
        self._settle(tuple(turned), "turn")

    def _settle(self, stops: Stops, field: str) -> None:
        self.show_value(GradientMap(stops))
        self.settled.emit(self.value, field)


def mixed(stops: Stops, place: float) -> Colour:
    """The colour that a gradient has there."""
    under = [stop for stop in stops if stop.place <= place]
    over = [stop for stop in stops if stop.place > place]
    if not under or not over:
        return (under[-1] if under else over[0]).colour
    low, high = under[-1], over[0]
    share = (place - low.place) / (high.place - low.place)
    pairs = zip(low.colour, high.colour, strict=True)
    return Colour(*(round(a + (b - a) * share) for a, b in pairs))


def _widest_gap(stops: Stops) -> float:
    places = [0.0, *(stop.place for stop in stops), 1.0]
    gap = max(range(len(places) - 1), key=lambda n: places[n + 1] - places[n])
    return (places[gap] + places[gap + 1]) / 2


def _fit(stops: Stops) -> Stops:
    return stops if len(stops) >= 2 else GradientMap().stops
