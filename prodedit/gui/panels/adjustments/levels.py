# SPDX-License-Identifier: Apache-2.0
"""Levels and threshold: handles under the histogram of what is adjusted."""

from __future__ import annotations

from math import log

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from prodedit.core.adjust.auto import auto_tone
from prodedit.core.adjust.histogram import Histogram, histogram
from prodedit.core.adjust.levelling import GAMMAS, POINTS
from prodedit.core.adjust.values import Band, Levels, Threshold
from prodedit.core.tiles import Pixels
from prodedit.gui.number_field import NumberField
from prodedit.gui.panels.adjustments.graphs import CHANNELS, colour_of, counts_of
from prodedit.gui.panels.adjustments.handles import HandleBar
from prodedit.gui.panels.adjustments.picture_points import PicturePoints
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings, changed
from prodedit.gui.panels.adjustments.told import Told
from prodedit.gui.panels.section import Choices
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

GRAPH = 96


class LevelsSection(AdjustmentSection):
    """Three handles in and two out, of all channels or one."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = Levels()
        self._found: Histogram | None = None
        self.channels = Choices(channel_texts(), 4, self.tr("Channel"), self)
        self.channels.show_choice("rgb")
        self.channels.chosen.connect(lambda _channel: self._show())
        ins = {"black": self.tr("Black"), "gamma": self.tr("Middle"), "white": self.tr("White")}
        outs = {"low": self.tr("Darkest"), "high": self.tr("Lightest")}
        self.inner = HandleBar(ins, self.tr("Black, middle and white of the picture"), GRAPH, self)
        self.outer = HandleBar(outs, self.tr("Darkest and lightest of the result"), 0, self)
        self.told = Told(self)
        self.numbers = {name: self._number(name, text) for name, text in {**ins, **outs}.items()}
        self.points = PicturePoints(around, POINTS, lambda: self.value, self)
        self.points.changed.connect(self._take)
        auto = QPushButton(self.tr("Auto"), self)
        auto.setToolTip(self.tr("Black and white from the picture itself"))
        auto.clicked.connect(self._auto)
        self.add(self.channels, self.inner)
        self.column.addLayout(self._row("black", "gamma", "white"))
        self.add(self.outer)
        self.column.addLayout(self._row("low", "high"))
        self.add(self.told, self.points, auto)
        for bar in (self.inner, self.outer):
            bar.moved.connect(lambda name, at: self.previewed.emit(self._moved(name, at)))
            bar.released.connect(lambda name, at: self._settle(self._moved(name, at), name))

    @property
    def channel(self) -> str:
        return self.channels.current

    @property
    def band(self) -> Band:
        band: Band = getattr(self.value, self.channel)
        return band

    def show_value(self, adjustment: Levels) -> None:
        self.value = adjustment
        self._show()

    def show_pixels(self, pixels: Pixels | None) -> None:
        self._found = None if pixels is None else histogram(pixels)
        self._show()

    def _show(self) -> None:
        band = self.band
        middle = band.black + (band.white - band.black) * 0.5**band.gamma
        self.inner.set_places({"black": band.black, "gamma": middle, "white": band.white})
        self.outer.set_places({"low": band.low, "high": band.high})
        counts = None if self._found is None else counts_of(self._found, self.channel)
        self.inner.show_counts(counts, colour_of(self.channel))
        for name, box in self.numbers.items():
            blocked = box.blockSignals(True)
            box.setValue(getattr(band, name))
            box.blockSignals(blocked)

    def _moved(self, name: str, at: float) -> Levels:
        """The value with a handle there; black and white take the middle along."""
        band = self.band
        if name == "gamma":
            span = max(band.white - band.black, 1.0)
            share = min(max((at - band.black) / span, 0.001), 0.999)
            at = min(max(log(share) / log(0.5), GAMMAS[0]), GAMMAS[1])
            return self._with(name, round(at, 2))
        return self._with(name, float(round(at)))

    def _with(self, name: str, number: float) -> Levels:
        new = changed(self.value, self.channel, self.band._replace(**{name: number}))
        assert isinstance(new, Levels)
        return new

    def _settle(self, value: Levels, name: str) -> None:
        self._take(value, f"{self.channel}.{name}")

    def _take(self, value: Levels, field: str) -> None:
        self.value = value
        self._show()
        self.settled.emit(value, field)

    def _auto(self) -> None:
        if self._found is not None:
            self._settle(auto_tone(self._found), "auto")

    def _typed(self, name: str, number: float) -> None:
        band = self.band
        if name == "black":
            number = min(number, band.white - 1)
        elif name == "white":
            number = max(number, band.black + 1)
        self._settle(self._with(name, number), name)

    def _number(self, name: str, text: str) -> NumberField:
        box = NumberField(text, self)
        is_gamma = name == "gamma"
        box.setDecimals(2 if is_gamma else 0)
        box.setRange(*GAMMAS) if is_gamma else box.setRange(0, 255)
        box.setSingleStep(0.05 if is_gamma else 1)
        box.setToolTip(text)
        box.valueChanged.connect(lambda number: self._typed(name, number))
        self.told.listen(box)
        return box

    def _row(self, *names: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, name in enumerate(names):
            if place:
                row.addStretch(1)
            row.addWidget(self.numbers[name])
        return row


class ThresholdSection(AdjustmentSection):
    """All that is darker than the handle becomes black, the rest white."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = Threshold()
        name = self.tr("Level")
        self.bar = HandleBar({"level": name}, self.tr("Where black becomes white"), GRAPH, self)
        self.row = SliderRow(name, 0, 255, self.value.level, parent=self, above=True)
        self.bar.moved.connect(lambda _name, at: self._preview(round(at)))
        self.bar.released.connect(lambda _name, at: self._settle(round(at)))
        self.row.changed.connect(self._preview)
        self.row.finished.connect(self._settle)
        self.add(QLabel(self.tr("Darker becomes black, lighter white."), self), self.bar, self.row)

    def show_value(self, adjustment: Threshold) -> None:
        self.value = adjustment
        self._show(adjustment.level)

    def show_pixels(self, pixels: Pixels | None) -> None:
        counts = None if pixels is None else histogram(pixels).luminance
        self.bar.show_counts(counts, colour_of("rgb"))

    def _show(self, level: float) -> None:
        self.bar.set_places({"level": level})
        self.row.set_value(level)

    def _preview(self, level: float) -> None:
        self._show(level)
        self.previewed.emit(Threshold(float(level)))

    def _settle(self, level: float) -> None:
        self.value = Threshold(float(level))
        self._show(level)
        self.settled.emit(self.value, "level")


def channel_texts() -> dict[str, str]:
    return {name: translate("Adjust", text) for name, text in CHANNELS.items()}
