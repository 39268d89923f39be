# SPDX-License-Identifier: Apache-2.0
"""The menus: their titles are there at once; what they hold, once it can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from prodedit.gui.actions import MENUS, Actions
from prodedit.gui.entry import Entry
from prodedit.gui.icons import set_icon
from prodedit.gui.theme import Palette
from prodedit.gui.translation import translate


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
