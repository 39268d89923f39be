# SPDX-License-Identifier: Apache-2.0
"""Gradient map: the colours that darkness and light become, as stops on a bar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from prodedit.core.adjust.values import GradientMap, Stop
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.adjustments.point_graph import PointGraph, middle_of_widest
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings
from prodedit.gui.panels.section import Choices
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

Stops = tuple[Stop, ...]
MARGIN, BAR, FOOT = 8, 24, 14
_FAR, _STEP = 40.0, 0.01

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


class GradientBar(PointGraph[Stop]):
    """Click to add a stop, drag it away to remove it; keys do all of that, too."""

    MOST: ClassVar[int] = 12
    TURNS: ClassVar[Mapping[Qt.Key, int]] = MappingProxyType(
        {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
    )
    STEPS: ClassVar[Mapping[Qt.Key, tuple[int, int]]] = MappingProxyType(
        {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        tip = self.tr(
            "Click to add a colour, drag it away to remove it.\n"
            "Up and down choose one, left and right move it, Insert and Delete add and remove."
        )
        super().__init__(GradientMap().stops, self.tr("Colours from dark to light"), tip, parent)

    def put(self, place: float) -> None:
        """The chosen stop there, between its neighbours."""
        low = self.points[self.current - 1].place if self.current else 0.0
        last = self.current + 1 == len(self.points)
        high = 1.0 if last else self.points[self.current + 1].place
        self.replace(Stop(round(min(high, max(low, place)), 4), self.points[self.current].colour))

    def paint_chosen(self, colour: Colour) -> None:
        self.replace(Stop(self.points[self.current].place, colour))

    def place_of(self, point: Stop) -> float:
        return point.place

    def handle_at(self, number: int) -> QPointF:
        x = MARGIN + self.points[number].place * (self.width() - 2 * MARGIN)
        return QPointF(x, BAR + FOOT / 2)

    def distance(self, number: int, at: QPointF) -> float:
        return abs(self.handle_at(number).x() - at.x())

    def is_away(self, at: QPointF) -> bool:
        return not -_FAR <= at.y() <= self.height() + _FAR

    def new_point(self, place: float) -> Stop | None:
        return Stop(round(place, 4), mixed(self.points, place)) if 0 <= place <= 1 else None

    def place_at(self, at: QPointF) -> float:
        return min(1.0, max(0.0, (at.x() - MARGIN) / max(1, self.width() - 2 * MARGIN)))

    def put_at(self, at: QPointF) -> None:
        self.put(self.place_at(at))

    def step(self, across: float, up: float) -> None:
        self.put(self.points[self.current].place + across * _STEP)

    def widest_gap(self) -> float:
        return middle_of_widest(tuple(stop.place for stop in self.points), 1.0)

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(240, BAR + FOOT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = palette_now()
        area = QRectF(MARGIN, 0, self.width() - 2 * MARGIN, BAR)
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for stop in self.points:
            gradient.setColorAt(min(1.0, max(0.0, stop.place)), qcolor(stop.colour))
        painter.fillRect(area, gradient)
        painter.setPen(qcolor(palette.border))
        painter.drawRect(area)
        for number, stop in enumerate(self.points):
            x, top = self.handle_at(number).x(), BAR + 2.0
            drop = QPolygonF([QPointF(x, top), QPointF(x + 6, top + 10), QPointF(x - 6, top + 10)])
            focused = self.hasFocus() and number == self.current
            edge = palette.link if focused else palette.text
            painter.setPen(QPen(qcolor(edge), 2.5 if number == self.current else 1))
            painter.setBrush(qcolor(stop.colour))
            painter.drawPolygon(drop)


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
        self.place = SliderRow(
            self.tr("Lightness it stands for"), 0, 100, 0, " %", self, above=True
        )
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
        self.bar.show_points(_fit(adjustment.stops))
        known = (name for name, (_, stops) in PRESETS.items() if stops == adjustment.stops)
        self.presets.show_choice(next(known, ""))
        self._show_chosen()

    def _show_chosen(self) -> None:
        stop = self.bar.points[self.bar.current]
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
            self._settle(self.bar.points, field)
        else:
            self.previewed.emit(GradientMap(self.bar.points))

    def _turn(self) -> None:
        turned = (Stop(round(1 - stop.place, 4), stop.colour) for stop in reversed(self.bar.points))
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


def _fit(stops: Stops) -> Stops:
    return stops if len(stops) >= 2 else GradientMap().stops
