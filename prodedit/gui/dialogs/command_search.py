# SPDX-License-Identifier: Apache-2.0
"""All commands in one list that shortens as one types: for whoever knows the word, not the menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.gui.actions import MENUS, Actions, key_text, tooltip
from prodedit.gui.entry import Entry
from prodedit.gui.recipes.menu import RecipeMenu
from prodedit.gui.translation import translate

LEFT_OUT = frozenset({"apply_recipe", "open_recent", "search_commands"})
"""Submenus, and what is open already."""
WIDTH, ROWS, ROW = 440, 10, 32
_ID = Qt.ItemDataRole.UserRole
_ACTION = Qt.ItemDataRole.UserRole + 1
_TO_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class CommandSearch(QFrame):
    """A card over the window that goes when one clicks elsewhere, on Esc, and when a command was
    chosen. (No window of its own: in popups, input methods for Chinese are not to be relied on.)"""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("command-search")
        self._window = parent
        self._before = parent.focusWidget()
        self._actions = actions
        self._recipe_actions: list[QAction] | None = None
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("What do you want to do?"))
        self._field.setAccessibleName(self.tr("Search commands"))
        self._field.installEventFilter(self)
        self._list = self._command_list()
        self._nothing = QLabel(self.tr("No command is called that."), self)
        self._nothing.setProperty("role", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self._field, self._nothing, self._list):
            column.addWidget(widget)
        self._field.textChanged.connect(self._search)
        self._field.returnPressed.connect(self._take_chosen)
        self._list.itemClicked.connect(self._take)
        self._search("")

    def open_below(self, button: QWidget) -> None:
        """Its right edge under that of `button`."""
        self.setFixedWidth(WIDTH)
        corner = button.mapTo(self._window, button.rect().bottomRight())
        self.move(corner.x() + 1 - WIDTH, corner.y() + 4)
        self.show()
        self.raise_()
        self.adjustSize()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go, and give the keys back to what had them."""
        if self._field.hasFocus() and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.deleteLater()

    def _command_list(self) -> QTreeWidget:
        found = QTreeWidget(self)
        found.setColumnCount(2)
        found.setHeaderHidden(True)
        found.setRootIsDecorated(False)
        found.setUniformRowHeights(True)
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setFrameShape(QFrame.Shape.NoFrame)
        found.setAccessibleName(self.tr("Commands"))
        found.header().setStretchLastSection(False)
        found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        found.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return found

    def _search(self, text: str) -> None:
        """Those that hold each word, in either language; what can be done now comes first."""
        words = text.lower().split()
        items = [
            self._item(menu, entry)
            for menu, entries in MENUS.items()
            for entry in entries
            if entry.id and entry.id not in LEFT_OUT and _is_meant(menu, entry, words)
        ]
        items += self._recipes(words)
        self._list.clear()
        items.sort(key=QTreeWidgetItem.isDisabled)
        self._list.addTopLevelItems(items)
        self._list.setFixedHeight(ROW * min(ROWS, len(items)))
        self._list.setVisible(bool(items))
        self._nothing.setVisible(not items)
        if items:
            self._list.setCurrentItem(items[0])
        self.adjustSize()

    def _item(self, menu: str, entry: Entry) -> QTreeWidgetItem:
        action = self._actions[entry.id]
        keys = self._actions.keys(entry.id)
        item = QTreeWidgetItem([tooltip(action.text(), ()), key_text(keys[0]) if keys else ""])
        item.setData(0, _ID, entry.id)
        item.setDisabled(not action.isEnabled())
        reason = "" if action.isEnabled() else action.toolTip().partition("\n")[2]
        item.setToolTip(0, reason or tooltip(translate("Menu", menu), ()))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _recipes(self, words: list[str]) -> list[QTreeWidgetItem]:
        """Those of which something is typed; all together they would be the longest part."""
        entry = self._actions["apply_recipe"]
        menu = entry.menu()
        if not words or not isinstance(menu, RecipeMenu):
            return []
        if self._recipe_actions is None:
            self._recipe_actions = menu.fill()
        found = []
        for action in self._recipe_actions:
            name = action.text().replace("&&", "&")
            known = f"{entry.text()} Apply recipe {name} {action.data()}".replace("&", "").lower()
            if all(word in known for word in words):
                item = QTreeWidgetItem([self.tr("Apply recipe: {name}").format(name=name), ""])
                item.setData(0, _ACTION, action)
                item.setDisabled(not entry.isEnabled())
                found.append(item)
        return found

    def _take_chosen(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._take(item)

    def _take(self, item: QTreeWidgetItem) -> None:
        if item.isDisabled():
            return
        action = item.data(0, _ACTION) or self._actions[str(item.data(0, _ID))]
        self.dismiss()
        QTimer.singleShot(0, action, action.trigger)  # it may open a dialog of its own

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _TO_LIST:
                self._list.event(event)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.dismiss()
        return super().eventFilter(watched, event)


def _is_meant(menu: str, entry: Entry, words: list[str]) -> bool:
    texts = (entry.text, translate("Action", entry.text), menu, translate("Menu", menu))
    known = " ".join(texts).replace("&", "").lower()
    return all(word in known for word in words)
