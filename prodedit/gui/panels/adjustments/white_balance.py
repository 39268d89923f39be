# SPDX-License-Identifier: Apache-2.0
"""White balance: by two sliders, by a click on something grey, or by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from prodedit.core.adjust.auto import auto_white_balance, white_balance_from
from prodedit.core.adjust.histogram import histogram
from prodedit.core.adjust.values import WhiteBalance
from prodedit.core.colour import Colour
from prodedit.gui.icons import set_icon
from prodedit.gui.panels.adjustments.fields import FIELDS, FieldsSection
from prodedit.gui.panels.adjustments.section import Surroundings
from prodedit.gui.theme import palette_now


class WhiteBalanceSection(FieldsSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, WhiteBalance(), FIELDS[WhiteBalance], parent)
        self.pick = QPushButton(self.tr("Click a grey"), self)
        self.pick.setToolTip(self.tr("Then click something in the picture that is grey or white"))
        set_icon(self.pick, "color-picker", palette_now())
        self.pick.clicked.connect(lambda: self.around.pick(self.take_grey))
        auto = QPushButton(self.tr("Auto"), self)
        auto.clicked.connect(self._auto)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pick, 1)
        row.addWidget(auto)
        self.column.insertLayout(0, row)

    def take_grey(self, colour: Colour) -> None:
        """`colour`: of something that is grey in truth."""
        self._settle(white_balance_from(colour), "grey")

    def _auto(self) -> None:
        pixels = self.around.pixels
        if pixels is not None:
            self._settle(auto_white_balance(histogram(pixels)), "auto")

    def _settle(self, value: WhiteBalance, field: str) -> None:
        self.show_value(value)
        self.settled.emit(value, field)
