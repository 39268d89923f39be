# SPDX-License-Identifier: Apache-2.0
"""The bar under the menus: open, undo and redo, zoom, before and after, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from prodedit.gui.actions import Actions, tooltip
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette

HEIGHT = 44


class TopBar(QWidget):
    """Buttons of actions that are in the menus too."""

    def __init__(self, actions: Actions, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._palette = palette
        self.setFixedHeight(HEIGHT)
        self._zoom = QLabel("100 %", self)
        self._zoom.setMinimumWidth(56)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setAccessibleName(self.tr("Zoom"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for action_id, icon in (("open", "folder-open"), ("save", "device-floppy")):
            row.addWidget(self._button(action_id, icon))
        row.addSpacing(8)
        for action_id, icon in (("undo", "arrow-back-up"), ("redo", "arrow-forward-up")):
            row.addWidget(self._button(action_id, icon))
        row.addSpacing(8)
        row.addWidget(self._button("zoom_out", "zoom-out"))
        row.addWidget(self._zoom)
        row.addWidget(self._button("zoom_in", "zoom-in"))
        row.addWidget(self._button("zoom_fit", "zoom-scan"))
        row.addSpacing(8)
        self._before = self._before_button()
        row.addWidget(self._before)
        row.addStretch(1)
        row.addWidget(self._export_button())

    @Slot(float)
    def show_zoom(self, zoom: float) -> None:
        percent = zoom * 100
        self._zoom.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")

    @Slot(bool)
    def show_before(self, before: bool) -> None:
        self._before.setChecked(before)

    def _button(self, action_id: str, icon: str) -> QToolButton:
        action = self._actions[action_id]
        set_icon(action, icon, self._palette)
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.setAccessibleName(tooltip(action.text(), ()))
        return button

    def _before_button(self) -> QPushButton:
        action = self._actions["before_after"]
        button = QPushButton(tooltip(action.text(), ()), self)
        button.setCheckable(True)
        button.setToolTip(self.tr("Show the photo as it was (hold ` or Ctrl+Shift+B)"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        return button

    def _export_button(self) -> QPushButton:
        action = self._actions["export"]
        button = QPushButton(self.tr("Export"), self)
        button.setProperty("look", "primary")
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        return button
