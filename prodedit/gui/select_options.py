# SPDX-License-Identifier: Apache-2.0
"""What a tool that selects can be told, over the canvas while it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QSpinBox, QToolButton

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.selection import FARTHEST, Mode
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.tools import SelectTool, Tool, Wand
from prodedit.gui.tools.selecting import Selecting
from prodedit.gui.tools.wand import WandOptions
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView

_T = QT_TRANSLATE_NOOP
MODES: Mapping[Mode, tuple[str, str]] = MappingProxyType(
    {
        "replace": ("square", _T("SelectOptions", "New selection")),
        "add": ("plus", _T("SelectOptions", "Add to the selection (Shift)")),
        "subtract": ("minus", _T("SelectOptions", "Take from the selection (Alt)")),
        "intersect": ("layers-intersect", _T("SelectOptions", "Keep what both have (Shift+Alt)")),
    }
)


class SelectOptions(CanvasBar):
    """One for all tools that select: they share how, and the wand has more."""

    def __init__(self, view: DocumentView, tools: tuple[SelectTool, ...]) -> None:
        super().__init__(view)
        self._tools = tools
        self._modes = QButtonGroup(self)
        self._labels: dict[QSpinBox, QLabel] = {}
        self.modes = {mode: self._mode_button(mode) for mode in MODES}
        self.tolerance = self._number(self.tr("Tolerance"), 255, 32, "")
        self.contiguous = self._box(self.tr("Joined"), True)
        self.contiguous.setToolTip(self.tr("Only what hangs together with the place clicked"))
        self.all_layers = self._box(self.tr("All layers"), False)
        self.feather = self._number(self.tr("Feather"), FARTHEST, 0, " px")
        self.smooth = self._box(self.tr("Smooth edge"), True)
        self.hide()

    def show_for(self, tool: Tool | None) -> None:
        """Seen where `tool` is one of those."""
        wand = isinstance(tool, Wand)
        own = (self._labels[self.tolerance], self.tolerance, self.contiguous, self.all_layers)
        for widget in own:
            widget.setVisible(wand)
        self.setVisible(isinstance(tool, SelectTool))
        if self.isVisible():
            self.place()
            self.raise_()

    def _set(self, *_ignored: object) -> None:
        mode = next(mode for mode, button in self.modes.items() if button.isChecked())
        selecting = Selecting(mode, self.feather.value(), self.smooth.isChecked())
        alike = WandOptions(
            self.tolerance.value(), self.contiguous.isChecked(), not self.all_layers.isChecked()
        )
        for tool in self._tools:
            tool.set_options(selecting)
            if isinstance(tool, Wand):
                tool.set_wand(alike)

    def _mode_button(self, mode: Mode) -> QToolButton:
        icon, text = MODES[mode]
        button = QToolButton(self)
        button.setCheckable(True)
        button.setChecked(mode == "replace")
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        set_icon(button, icon, palette_now())
        button.setToolTip(translate("SelectOptions", text))
        button.setAccessibleName(translate("SelectOptions", text))
        button.clicked.connect(self._set)
        self._modes.addButton(button)
        self.row.addWidget(button)
        return button

    def _number(self, title: str, most: int, first: int, suffix: str) -> QSpinBox:
        number = QSpinBox(self)
        number.setRange(0, most)
        number.setValue(first)
        number.setSuffix(suffix)
        number.setAccessibleName(title)
        number.lineEdit().setAccessibleName(title)
        number.lineEdit().setTextMargins(4, 0, 0, 0)
        number.valueChanged.connect(self._set)
        label = QLabel(title, self)
        label.setBuddy(number)
        self._labels[number] = label
        self.row.addWidget(label)
        self.row.addWidget(number)
        return number

    def _box(self, title: str, on: bool) -> QCheckBox:
        box = QCheckBox(title, self)
        box.setChecked(on)
        box.toggled.connect(self._set)
        self.row.addWidget(box)
        return box
