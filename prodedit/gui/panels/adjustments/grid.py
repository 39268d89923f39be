# SPDX-License-Identifier: Apache-2.0
"""All adjustments at a glance, with icon and name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.icons import set_icon
from prodedit.gui.panels.adjustments.kinds import KINDS
from prodedit.gui.panels.section import Section
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import translate

COLUMNS = 2
_T = QT_TRANSLATE_NOOP
AUTOS = (
    ("auto_tone", _T("Adjust", "Tone"), _T("Adjustment", "Auto tone")),
    ("auto_colour", _T("Adjust", "Colour"), _T("Adjustment", "Auto colour")),
    ("auto_white_balance", _T("Adjust", "White balance"), _T("Adjustment", "Auto white balance")),
)
SHORT = {
    "brightness_contrast": _T("Adjust", "Brightness"),
    "hue_saturation": _T("Adjust", "Hue, saturation"),
}
"""Names that there is no room for; the tooltip has the whole one."""


class Grid(QWidget):
    chosen = Signal(str)
    """The id of a Kind."""
    auto_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        autos = Section(self.tr("By itself"), self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for name, text, tip in AUTOS:
            row.addWidget(self._auto(name, translate("Adjust", text), translate("Adjustment", tip)))
        autos.column.addLayout(row)
        kinds = Section(self.tr("By hand"), self)
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, kind in enumerate(KINDS):
            short = SHORT.get(kind.id)
            text = kind.title if short is None else translate("Adjust", short)
            button = self._button(kind.id, text, kind.icon)
            button.setToolTip(kind.title)
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        kinds.column.addLayout(grid)
        outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(autos, 0, 0)
        outer.addWidget(kinds, 1, 0)

    def _button(self, kind_id: str, text: str, icon: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("look", "entry")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_icon(button, icon, palette_now())
        button.clicked.connect(lambda: self.chosen.emit(kind_id))
        self.buttons[kind_id] = button
        return button

    def _auto(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("look", "choice")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.auto_chosen.emit(name))
        self.buttons[name] = button
        return button
