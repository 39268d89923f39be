# SPDX-License-Identifier: Apache-2.0
"""The menus: their titles are there at once; what they hold, once it can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from prodedit.gui.actions import MENUS, Actions
from prodedit.gui.entry import Entry
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.translation import translate

if TYPE_CHECKING:  # comes with numpy
    from prodedit.editing.workspace import Workspace


def add_titles(bar: QMenuBar) -> tuple[QMenu, ...]:
    """Empty menus, in the order of MENUS."""
    return tuple(bar.addMenu(translate("Menu", title)) for title in MENUS)


def fill(window: QMainWindow, menus: tuple[QMenu, ...], actions: Actions, palette: Palette) -> None:
    """Put the actions into their menus; their keys work in all of `window`."""
    for menu, entries in zip(menus, MENUS.values(), strict=True):
        _fill(menu, entries, actions, palette)
    window.addActions(list(actions.values()))


def _fill(menu: QMenu, entries: tuple[Entry, ...], actions: Actions, palette: Palette) -> None:
    inner: dict[str, QMenu] = {"": menu}
    for entry in entries:
        if entry.menu not in inner:
            inner[entry.menu] = menu.addMenu(translate("Action", entry.menu))
        target = inner[entry.menu]
        if not entry.id:
            target.addSeparator()
            continue
        action = actions[entry.id]
        if entry.icon:
            set_icon(action, entry.icon, palette)
        target.addAction(action)


class RecentMenu(QMenu):
    """The pictures that were open before; made anew each time it is shown."""

    def __init__(self, workspace: Workspace, parent: QMainWindow) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        names = self._workspace.settings.recent
        for name in names:
            open_it: Callable[[], None] = partial(self._workspace.open, Path(name))
            self.addAction(name.replace("&", "&&"), open_it).setEnabled(Path(name).exists())
        if not names:
            self.addAction(translate("MainWindow", "Nothing yet")).setEnabled(False)
