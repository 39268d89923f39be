# SPDX-License-Identifier: Apache-2.0
"""The column of tools at the left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from prodedit.gui.actions import tooltip
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated


class ToolColumn(QWidget):
    """One button a tool. Its letter works wherever the focus is but in a text field, which takes
    letters for itself before any shortcut."""

    chosen = Signal(str)
    """A tool's id."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tools"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for tool_id in TOOLS:
            button = self._button(tool_id, palette)
            column.addWidget(button)
        column.addStretch(1)
        self.choose(next(iter(TOOLS)))

    @property
    def tool_id(self) -> str:
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, tool_id: str) -> None:
        self._buttons[tool_id].setChecked(True)

    def _button(self, tool_id: str, palette: Palette) -> QToolButton:
        tool = TOOLS[tool_id]
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        set_icon(button, tool.icon, palette)
        text = tooltip(translated(tool.title), (tool.shortcut,))
        button.setToolTip(f"{text}\n{translated(tool.hint)}")
        button.setAccessibleName(translated(tool.title))
        button.clicked.connect(lambda: self.chosen.emit(tool_id))
        QShortcut(QKeySequence(tool.shortcut), self).activated.connect(button.click)
        self._group.addButton(button)
        self._buttons[tool_id] = button
        return button
