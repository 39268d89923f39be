# SPDX-License-Identifier: Apache-2.0
"""The bar under the menus: open, undo and redo, zoom, before and after, commands, export."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from prodedit.gui.actions import Actions, tooltip
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette

HEIGHT = 44
ZOOMS = (0.25, 0.5, 2.0, 4.0)
"""Besides fitting and actual pixels."""


class TopBar(QWidget):
    """Buttons of actions that are in the menus too."""

    zoom_wanted = Signal(float)
    """1.0: a pixel of the picture is one of the screen."""

    def __init__(self, actions: Actions, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._palette = palette
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        # Tab goes in the order of making.
        row.addWidget(self._button("open", "folder-open"))
        row.addWidget(self._button("save", "device-floppy"))
        row.addSpacing(8)
        row.addWidget(self._button("undo", "arrow-back-up"))
        row.addWidget(self._button("redo", "arrow-forward-up"))
        row.addSpacing(8)
        row.addWidget(self._button("zoom_out", "zoom-out"))
        self._zoom = self._zoom_button()
        row.addWidget(self._zoom)
        row.addWidget(self._button("zoom_in", "zoom-in"))
        row.addWidget(self._button("zoom_fit", "zoom-scan"))
        row.addSpacing(8)
        self._before = self._before_button()
        row.addWidget(self._before)
        row.addStretch(1)
        self.search = self._search_button()
        row.addWidget(self.search)
        row.addSpacing(8)
        row.addWidget(self._export_button())

    @Slot(float)
    def show_zoom(self, zoom: float) -> None:
        self._zoom.setText(_percent(zoom))

    @Slot(bool)
    def show_before(self, before: bool) -> None:
        self._before.setChecked(before)

    def _button(self, action_id: str, icon: str) -> QToolButton:
        action = self._actions[action_id]
        set_icon(action, icon, self._palette)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.setAccessibleName(tooltip(action.text(), ()))
        return button

    def _zoom_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "menu")
        button.setText(_percent(1.0))
        button.setFixedHeight(TARGET_SIZE.height())
        button.setMinimumWidth(76)
        button.setAccessibleName(self.tr("Zoom"))
        button.setToolTip(self.tr("Zoom"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(partial(self._fill_zooms, menu))
        button.setMenu(menu)
        self._follow("zoom_fit", button)
        return button

    def _fill_zooms(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(self._actions["zoom_fit"])
        menu.addAction(self._actions["zoom_full"])
        menu.addSeparator()
        for zoom in ZOOMS:
            menu.addAction(_percent(zoom), partial(self.zoom_wanted.emit, zoom))

    def _before_button(self) -> QPushButton:
        action = self._actions["before_after"]
        button = QPushButton(tooltip(action.text(), ()), self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        tip = self.tr("Show the photo as it was (hold ` or Ctrl+Shift+B)")
        self._follow("before_after", button, tip)
        return button

    def _search_button(self) -> QPushButton:
        action = self._actions["search_commands"]
        button = QPushButton(self.tr("Search commands"), self)
        button.setProperty("look", "search")
        button.clicked.connect(action.trigger)
        self._follow("search_commands", button)
        return button

    def _export_button(self) -> QPushButton:
        action = self._actions["export"]
        button = QPushButton(self.tr("Export"), self)
        button.setProperty("look", "primary")
        button.clicked.connect(action.trigger)
        self._follow("export", button)
        return button

    def _follow(self, action_id: str, button: QAbstractButton, tip: str = "") -> None:
        """Can be pressed when the action can be done, and says why not else."""
        action = self._actions[action_id]

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(tip if tip and action.isEnabled() else action.toolTip())

        action.changed.connect(follow)


def _percent(zoom: float) -> str:
    percent = zoom * 100
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %"
