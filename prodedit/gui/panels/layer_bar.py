# SPDX-License-Identifier: Apache-2.0
"""The buttons over the tree of layers: locks, and what makes and removes layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from prodedit.core.adjust.values import Adjustment
from prodedit.core.layer import Layer
from prodedit.gui.actions import Actions, tooltip
from prodedit.gui.adjustment_titles import GROUPS, title_of
from prodedit.gui.icons import ICON_SIZE, set_icon
from prodedit.gui.theme import Palette

LOCKS: Mapping[str, str] = {
    "lock_alpha": "alpha",
    "lock_pixels": "pixels",
    "lock_position": "position",
}
"""Action -> the part of Locks that it changes."""
_ICONS: Mapping[str, str] = {
    "lock_alpha": "grid-pattern",
    "lock_pixels": "brush",
    "lock_position": "arrows-move",
    "new_layer": "square-plus",
    "group": "folder-plus",
    "mask_show_all": "mask",
    "delete": "trash",
}
_SIDE = QSize(31, 32)
"""Smaller than other buttons: all stand in one row, and on a small screen layers need the room."""
AddAdjustment = Callable[[str, Adjustment], None]


class LockButtons(QWidget):
    """Pressed where the active layer is locked; they lock all chosen ones."""

    def __init__(self, actions: Actions, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        row = _row(self)
        for action_id, part in LOCKS.items():
            action = actions[action_id]
            button = _button(_ICONS[action_id], palette, self)
            button.setCheckable(True)
            button.clicked.connect(action.trigger)
            _follow(button, action)
            self._buttons[part] = button
            row.addWidget(button)

    def show_layer(self, layer: Layer | None) -> None:
        for part, button in self._buttons.items():
            button.setChecked(layer is not None and getattr(layer.locks, part))


class LayerBar(QWidget):
    def __init__(
        self, actions: Actions, add_adjustment: AddAdjustment, palette: Palette, parent: QWidget
    ) -> None:
        super().__init__(parent)
        row = _row(self)
        row.addWidget(self._of(actions["new_layer"], palette))
        row.addWidget(self._fills(actions, palette))
        row.addWidget(self._adjustments(actions, add_adjustment, palette))
        for action_id in ("group", "mask_show_all"):
            row.addWidget(self._of(actions[action_id], palette))
        row.addWidget(self._of(actions["delete"], palette))

    def _of(self, action: QAction, palette: Palette) -> QToolButton:
        button = _button(_ICONS[action.objectName()], palette, self)
        button.clicked.connect(action.trigger)
        _follow(button, action)
        return button

    def _fills(self, actions: Actions, palette: Palette) -> QToolButton:
        title = self.tr("New layer of a colour, gradient or pattern")
        menu = QMenu(self)
        for action_id in ("new_colour", "new_gradient", "new_pattern"):
            menu.addAction(actions[action_id])
        return self._with_menu("color-swatch", title, menu, palette)

    def _adjustments(
        self, actions: Actions, add_adjustment: AddAdjustment, palette: Palette
    ) -> QToolButton:
        menu = QMenu(self)
        for number, group in enumerate(GROUPS):
            if number:
                menu.addSeparator()
            for kind in group:
                title = title_of(kind)
                menu.addAction(title, partial(_add, add_adjustment, title, kind))
        title = self.tr("New adjustment of what lies below")
        return self._with_menu("adjustments", title, menu, palette)

    def _with_menu(self, icon: str, title: str, menu: QMenu, palette: Palette) -> QToolButton:
        button = _button(icon, palette, self)
        button.setProperty("look", "popup")
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button


def _add(add_adjustment: AddAdjustment, title: str, kind: type) -> None:
    add_adjustment(title, kind())


def _follow(button: QToolButton, action: QAction) -> None:
    """Its name, tooltip and whether it can be pressed; not its icon, which menus show, too."""

    def show() -> None:
        button.setToolTip(action.toolTip())
        button.setAccessibleName(tooltip(action.text(), ()))
        button.setEnabled(action.isEnabled())

    action.changed.connect(show)
    show()


def _button(icon: str, palette: Palette, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setFixedSize(_SIDE)
    button.setIconSize(ICON_SIZE)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_icon(button, icon, palette)
    return button


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return row
