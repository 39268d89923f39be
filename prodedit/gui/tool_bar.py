# SPDX-License-Identifier: Apache-2.0
"""The column of tools at the left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMenu, QToolButton, QVBoxLayout, QWidget

from prodedit.gui.actions import tooltip
from prodedit.gui.colour_pair import ColourPairBox
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated


class ToolColumn(QWidget):
    """One button for the tools of a letter; Shift and the letter, or a long press, goes on to the
    next of them. A letter works wherever the focus is but in a text field, which takes letters for
    itself before any shortcut."""

    chosen = Signal(str)
    """A tool's id."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tools"))
        self._palette = palette
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._shown: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for letter, members in _letters().items():
            button = self._button(letter, members)
            column.addWidget(button)
        column.addStretch(1)
        self.colours = ColourPairBox(palette, self)
        column.addWidget(self.colours)
        self.choose(next(iter(TOOLS)))

    @property
    def tool_id(self) -> str:
        letter = next(name for name, button in self._buttons.items() if button.isChecked())
        return self._shown[letter]

    def choose(self, tool_id: str) -> None:
        letter = TOOLS[tool_id].shortcut
        self._show(tool_id)
        self._buttons[letter].setChecked(True)

    def _button(self, letter: str, members: tuple[str, ...]) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.clicked.connect(lambda: self.chosen.emit(self._shown[letter]))
        QShortcut(QKeySequence(letter), self).activated.connect(button.click)
        self._group.addButton(button)
        self._buttons[letter] = button
        self._show(members[0])
        if len(members) > 1:
            self._share(button, letter, members)
        return button

    def _share(self, button: QToolButton, letter: str, members: tuple[str, ...]) -> None:
        """All tools of the letter in a menu behind the button."""
        menu = QMenu(button)
        for tool_id in members:
            action = menu.addAction(translated(TOOLS[tool_id].title))
            set_icon(action, TOOLS[tool_id].icon, self._palette)
            action.triggered.connect(partial(self._pick, tool_id))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(button.showMenu)
        cycle = QShortcut(QKeySequence(f"Shift+{letter}"), self)
        cycle.activated.connect(partial(self._cycle, members))

    def _cycle(self, members: tuple[str, ...]) -> None:
        shown = self._shown[TOOLS[members[0]].shortcut]
        self._pick(members[(members.index(shown) + 1) % len(members)])

    def _pick(self, tool_id: str, *_ignored: object) -> None:
        self.choose(tool_id)
        self.chosen.emit(tool_id)

    def _show(self, tool_id: str) -> None:
        tool = TOOLS[tool_id]
        self._shown[tool.shortcut] = tool_id
        button = self._buttons[tool.shortcut]
        set_icon(button, tool.icon, self._palette)
        text = tooltip(translated(tool.title), (tool.shortcut,))
        button.setToolTip(f"{text}\n{translated(tool.hint)}")
        button.setAccessibleName(translated(tool.title))


def _letters() -> dict[str, tuple[str, ...]]:
    """The ids of the tools of each letter, in their order."""
    letters: dict[str, tuple[str, ...]] = {}
    for tool_id, tool in TOOLS.items():
        letters[tool.shortcut] = (*letters.get(tool.shortcut, ()), tool_id)
    return letters
