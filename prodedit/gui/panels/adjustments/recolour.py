# SPDX-License-Identifier: Apache-2.0
"""Recolour: click the product's colour, say the new one; how near it comes is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from prodedit.core.adjust.matching import Match, fitted, match
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.icons import set_icon
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings
from prodedit.gui.panels.adjustments.swatches import Swatches
from prodedit.gui.panels.adjustments.variants import VariantsSection
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.theme import palette_now

FIRST = Recolour(Colour(128, 128, 128), Colour(128, 128, 128))
"""Changes nothing until somebody has clicked the product's colour and chosen a new one."""
_GOOD, _FAIR = 2.0, 5.0
"""CIEDE2000."""


class RecolourSection(AdjustmentSection):
    """The source is the mean of all that is like the colour clicked."""

    clicked = Signal(object, object)
    """(the Point of the document, the Colour there that is to become another one)"""
    export_wanted = Signal(object)
    """A tuple of Colours: the picture is wanted in each of these."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value = FIRST
        self._asked = 0
        self.pick = QPushButton(self.tr("Click the product's colour"), self)
        self.pick.setToolTip(self.tr("Then click the colour in the picture that is to change"))
        set_icon(self.pick, "color-picker", palette_now())
        self.pick.clicked.connect(self.begin)
        self.source = ColourButton(self.tr("Old colour"), FIRST.source, self)
        self.target = ColourButton(self.tr("New colour"), FIRST.target, self)
        self.hex = QLineEdit(self)
        self.hex.setAccessibleName(self.tr("New colour"))
        self.hex.setPlaceholderText("#RRGGBB")
        self.hex.setMaxLength(9)
        self.swatches = Swatches(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.tolerance = SliderRow(self.tr("Tolerance"), 1, 100, 40, parent=self, above=True)
        title = self.tr("Keep how light it was")
        self.keep = SliderRow(title, 0, 100, 0, " %", self, above=True)
        self.variants = VariantsSection(around, self)
        self.add(self.pick)
        self.column.addLayout(self._colours())
        self.add(self.swatches, self.told, self.tolerance, self.keep, self.variants)
        self._connect()

    def begin(self) -> None:
        """Lend the eyedropper: the next click on the picture says which colour is to change."""
        self.around.pick(self.take_source)

    def show_value(self, adjustment: Recolour) -> None:
        self.value = adjustment
        self.source.set_colour(adjustment.source)
        self.target.set_colour(adjustment.target)
        self.hex.setText(adjustment.target.hex[:7])
        self.tolerance.set_value(adjustment.tolerance)
        self.keep.set_value(adjustment.keep_lightness * 100)
        self.variants.show_value(adjustment)
        self._measure()

    def show_pixels(self, pixels: Pixels | None) -> None:
        self.variants.show_pixels(pixels)
        self._measure()

    def leave(self) -> None:
        self._asked += 1

    def take_source(self, colour: Colour) -> None:
        if self.around.clicked is not None:
            self.clicked.emit(self.around.clicked, colour)
        untouched = self.value.source == self.value.target
        target = colour if untouched else self.value.target
        value = msgspec.structs.replace(self.value, source=colour, target=target)
        pixels = self.around.pixels
        if pixels is None:
            self._settle(value, "source")
            return
        self._asked += 1
        errand = self.around.run(partial(fitted, pixels, value))
        errand.done.connect(while_there(self, self._fitted, self._asked))
        errand.failed.connect(self.around.tell)

    def take_target(self, colour: Colour) -> None:
        self._settle(msgspec.structs.replace(self.value, target=colour._replace(alpha=255)), "to")

    def _colours(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, (text, button) in enumerate(
            ((self.tr("Old colour"), self.source), (self.tr("New colour"), self.target))
        ):
            label = QLabel(text, self)
            label.setBuddy(button)
            grid.addWidget(label, row, 0)
            grid.addWidget(button, row, 1)
        grid.addWidget(self.hex, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _connect(self) -> None:
        replaced: Callable[..., Recolour] = lambda **new: msgspec.structs.replace(self.value, **new)  # noqa: E731
        self.source.picked.connect(lambda c: self._settle(replaced(source=c), "source"))
        self.target.previewed.connect(lambda c: self.previewed.emit(replaced(target=c)))
        self.target.picked.connect(self.take_target)
        self.hex.editingFinished.connect(self._typed)
        self.swatches.picked.connect(self.take_target)
        self.tolerance.changed.connect(lambda v: self.previewed.emit(replaced(tolerance=float(v))))
        self.tolerance.finished.connect(
            lambda v: self._settle(replaced(tolerance=float(v)), "tolerance")
        )
        self.keep.changed.connect(lambda v: self.previewed.emit(replaced(keep_lightness=v / 100)))
        self.keep.finished.connect(lambda v: self._settle(replaced(keep_lightness=v / 100), "keep"))
        self.variants.export_wanted.connect(self.export_wanted)

    def _typed(self) -> None:
        try:
            colour = Colour.from_hex(self.hex.text())
        except Problem as problem:
            self.around.tell(problem)
            self.hex.setText(self.value.target.hex[:7])
            return
        if colour[:3] != self.value.target[:3]:
            self.take_target(colour)

    def _fitted(self, asked: int, value: Recolour) -> None:
        if asked == self._asked:
            untouched = self.value.source == self.value.target
            target = value.source if untouched else self.value.target
            new = msgspec.structs.replace(self.value, source=value.source, target=target)
            self._settle(new, "source")

    def _settle(self, value: Recolour, field: str) -> None:
        self.show_value(value)
        self.settled.emit(value, field)

    def _measure(self) -> None:
        pixels = self.around.pixels
        if self.value.source == self.value.target:
            first = self.value == FIRST
            clicking = self.tr("Click the colour in the picture that is to change.")
            self.told.setText(clicking if first else self.tr("Now choose the new colour."))
            return
        if pixels is None:
            self.told.clear()
            return
        self._asked += 1
        errand = self.around.run(partial(match, pixels, self.value))
        errand.done.connect(while_there(self, self._show_match, self._asked))

    def _show_match(self, asked: int, found: Match | None) -> None:
        if asked == self._asked:
            self.told.setText(self._verdict(found))

    def _verdict(self, found: Match | None) -> str:
        if found is None:
            return self.tr("Nothing in the picture has the old colour.")
        if found.difference < _GOOD:
            text = self.tr("ΔE {number}: hardly to be told from the new colour.")
        elif found.difference < _FAIR:
            text = self.tr("ΔE {number}: near the new colour.")
        else:
            text = self.tr("ΔE {number}: not quite the new colour.")
        share = self.tr("{percent} % of the picture changes.")
        number = self.locale().toString(found.difference, "f", 1)
        told = text.format(number=number)
        return f"{told} {share.format(percent=round(found.share * 100))}"
