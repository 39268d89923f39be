# SPDX-License-Identifier: Apache-2.0
"""Curves: of all channels or one, as a graph and as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from prodedit.core.adjust.histogram import Histogram, histogram
from prodedit.core.adjust.values import STRAIGHT, Curves, Dot
from prodedit.core.tiles import Pixels
from prodedit.gui.panels.adjustments.curve_graph import CurveGraph, Dots
from prodedit.gui.panels.adjustments.graphs import counts_of
from prodedit.gui.panels.adjustments.levels import channel_texts
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings, changed
from prodedit.gui.panels.section import Choices


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

    def _number(self, title: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, 255)
        box.setKeyboardTracking(False)
        box.setAccessibleName(title)
        box.lineEdit().setAccessibleName(title)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.valueChanged.connect(lambda _number: self._typed())
        return box


def _fit(dots: Dots) -> Dots:
    """Two dots at least, by rising place: a file of another program may hold anything."""
    return tuple(sorted(dots)) if len(dots) >= 2 else STRAIGHT
