# SPDX-License-Identifier: Apache-2.0
"""The column of tools at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QMenu, QToolButton, QWidget

from prodedit.gui.actions import tooltip
from prodedit.gui.colour_pair import ColourPairBox
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.tool_room import EDGE, GAP, columns_in, height_of, width_of
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated

_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class ToolColumn(QWidget):
    """One button for the tools of a letter; Shift and the letter, or a long press, goes on to the
    next of them. A letter works wherever the focus is but in a text field, which takes letters for
    itself before any shortcut. On a low screen the buttons stand in two columns."""

    chosen = Signal(str)
    """A tool's id."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Tools"))
        self._palette = palette
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._shown: dict[str, str] = {}
        self._keys: Mapping[str, tuple[str, ...]] = {}
        self._shortcuts: list[QShortcut] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, 2 * EDGE, EDGE, 2 * EDGE)
        self._grid.setSpacing(GAP)
        self.colours = ColourPairBox(palette, self)
        self._columns = 0
        for letter, members in _letters().items():
            self._button(letter, members)
        self._arrange(1)
        self.choose(next(iter(TOOLS)))
        self.set_keys({tool_id: (tool.shortcut,) for tool_id, tool in TOOLS.items()})

    @property
    def tool_id(self) -> str:
        letter = next(name for name, button in self._buttons.items() if button.isChecked())
        return self._shown[letter]

    def choose(self, tool_id: str) -> None:
        letter = TOOLS[tool_id].shortcut
        self._show(tool_id)
        self._buttons[letter].setChecked(True)

    def set_keys(
        self, keys: Mapping[str, tuple[str, ...]], is_free: Callable[[str], bool] = lambda _: True
    ) -> None:
        """Each tool's. Where several share one, Shift and that key goes on to the next of them, if
        it `is_free` for that."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)  # deleted later, it would still answer until then
            shortcut.deleteLater()
        self._shortcuts, self._keys = [], keys
        for key, members in _by_key(keys).items():
            shared, shifted = len(members) > 1, f"Shift+{key}"
            if shared and "Shift+" in key:  # there is no second Shift to press
                self._listen(key, partial(self._press_or_cycle, members))
                continue
            self._listen(key, partial(self._press, members))
            if shared and is_free(shifted):
                self._listen(shifted, partial(self._cycle, members))
        for tool_id in self._shown.values():
            self._show(tool_id)

    def _listen(self, key: str, do: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(do)
        self._shortcuts.append(shortcut)

    def _press(self, members: tuple[str, ...]) -> None:
        shown = self._shown[TOOLS[members[0]].shortcut]
        self._pick(shown if shown in members else members[0])

    def _arrange(self, columns: int) -> None:
        """The buttons side by side in so many columns, the colours at the foot."""
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, number // columns, number % columns)
        last = len(self._buttons)
        self._grid.setRowStretch(last, 1)
        self._grid.addWidget(self.colours, last + 1, 0, 1, columns, _MIDDLE)
        self.setFixedWidth(width_of(columns))

    def _press_or_cycle(self, members: tuple[str, ...]) -> None:
        (self._cycle if self.tool_id in members else self._press)(members)

    def _button(self, letter: str, members: tuple[str, ...]) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.clicked.connect(lambda: self.chosen.emit(self._shown[letter]))
        self._group.addButton(button)
        self._buttons[letter] = button
        self._show(members[0])
        if len(members) > 1:
            self._share(button, members)
        return button

    def _share(self, button: QToolButton, members: tuple[str, ...]) -> None:
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

    def _cycle(self, members: tuple[str, ...]) -> None:
        shown = self._shown[TOOLS[members[0]].shortcut]
        place = members.index(shown) if shown in members else -1
        self._pick(members[(place + 1) % len(members)])

    def _pick(self, tool_id: str, *_ignored: object) -> None:
        self.choose(tool_id)
        self.chosen.emit(tool_id)

    def _show(self, tool_id: str) -> None:
        tool = TOOLS[tool_id]
        self._shown[tool.shortcut] = tool_id
        button = self._buttons[tool.shortcut]
        set_icon(button, tool.icon, self._palette)
        text = tooltip(translated(tool.title), self._keys.get(tool_id, ())[:1])
        button.setToolTip(f"{text}\n{translated(tool.hint)}")
        button.setAccessibleName(translated(tool.title))

    # Qt's own names

    def minimumSizeHint(self) -> QSize:
        """A low window is no reason to be larger than the screen: two columns are half as high."""
        return QSize(self.width(), height_of(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(columns_in(event.size().height()))


def _by_key(keys: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The ids of the tools that have it, for each key."""
    found: dict[str, tuple[str, ...]] = {}
    for tool_id, its in keys.items():
        for key in its:
            found[key] = (*found.get(key, ()), tool_id)
    return found


def _letters() -> dict[str, tuple[str, ...]]:
    """The ids of the tools of each letter, in their order."""
    letters: dict[str, tuple[str, ...]] = {}
    for tool_id, tool in TOOLS.items():
        letters[tool.shortcut] = (*letters.get(tool.shortcut, ()), tool_id)
    return letters
