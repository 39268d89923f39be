# SPDX-License-Identifier: Apache-2.0
"""Curves: of all channels or one, as a graph and as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from prodedit.core.adjust.curving import POINTS, fit, tone_of
from prodedit.core.adjust.histogram import Histogram, histogram
from prodedit.core.adjust.values import STRAIGHT, Curves, Dot
from prodedit.core.colour import Colour
from prodedit.core.tiles import Pixels
from prodedit.gui.number_field import NumberField
from prodedit.gui.panels.adjustments.curve_graph import CurveGraph
from prodedit.gui.panels.adjustments.graphs import counts_of
from prodedit.gui.panels.adjustments.levels import channel_texts
from prodedit.gui.panels.adjustments.picture_points import PicturePoints
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings, changed
from prodedit.gui.panels.adjustments.told import Told
from prodedit.gui.panels.adjustments.tone_button import ToneButton
from prodedit.gui.panels.section import Choices, in_row


class CurvesSection(AdjustmentSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = Curves()
        self._found: Histogram | None = None
        texts = {**channel_texts(), "luminosity": self.tr("Light")}
        self.channels = Choices(texts, 5, self.tr("Channel"), self)
        tip = self.tr("Luminosity: only how light it is, the colours stay")
        self.channels.button("luminosity").setToolTip(tip)
        self.channels.show_choice("rgb")
        self.channels.chosen.connect(lambda _channel: self._show())
        self.graph = CurveGraph(self)
        self.graph.moved.connect(lambda dots: self.previewed.emit(self._with(dots)))
        self.graph.released.connect(self._settle)
        self.graph.chosen.connect(lambda _number: self._show_numbers())
        self.told = Told(self)
        self.before = self._number(self.tr("Before"))
        self.after = self._number(self.tr("After"))
        self.points = PicturePoints(around, POINTS, lambda: self.value, self)
        self.points.changed.connect(self._take)
        self.tones = ToneButton(around, self)
        self.tones.gripped.connect(self._grip)
        self.tones.pulled.connect(self._pull)
        self.tones.let_go.connect(self._let_go)
        self._held_at = 0.0
        straight = QPushButton(self.tr("Straight"), self)
        straight.setToolTip(self.tr("This channel as it was"))
        straight.clicked.connect(lambda: self._settle(STRAIGHT))
        self.add(self.channels, self.graph)
        self.column.addLayout(self._number_row())
        self.add(self.told, self.points)
        pulling = in_row(self.tones, straight)
        pulling.setStretch(0, 1)
        self.column.addLayout(pulling)

    def _number_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, box in ((self.tr("Before"), self.before), (self.tr("After"), self.after)):
            label = QLabel(name, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        return row

    @property
    def channel(self) -> str:
        return self.channels.current

    def show_value(self, adjustment: Curves) -> None:
        self.value = adjustment
        self._show()

    def show_pixels(self, pixels: Pixels | None) -> None:
        """The dots are left alone: one may be held just now."""
        self._found = None if pixels is None else histogram(pixels)
        self._show_counts()

    def _show_counts(self) -> None:
        counts = None if self._found is None else counts_of(self._found, self.channel)
        self.graph.show_counts(counts)

    def _show(self) -> None:
        self._show_counts()
        self.graph.show_dots(fit(getattr(self.value, self.channel)), self.channel)
        self._show_numbers()

    def _show_numbers(self) -> None:
        dot = self.graph.points[self.graph.current]
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
        self._settle(self.graph.points)

    def _number(self, title: str) -> NumberField:
        box = NumberField(title, self)
        box.setDecimals(0)
        box.setRange(0, 255)
        box.valueChanged.connect(lambda _number: self._typed())
        self.told.listen(box)
        return box

    # From the picture

    def _take(self, value: Curves, field: str) -> None:
        self.value = value
        self._show()
        self.settled.emit(value, field)

    def _grip(self, colour: Colour) -> None:
        self.graph.hold_changed.emit()
        self.graph.take(tone_of(self.value, self.channel, colour))
        self._held_at = self.graph.points[self.graph.current].after
        self._pull(0.0)

    def _pull(self, up: float) -> None:
        self.graph.put(self.graph.points[self.graph.current].before, self._held_at + up)
        self._show_numbers()
        self.previewed.emit(self._with(self.graph.points))

    def _let_go(self, counts: bool) -> None:
        self._settle(self.graph.points if counts else fit(getattr(self.value, self.channel)))
        self.graph.hold_changed.emit()
