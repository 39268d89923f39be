# SPDX-License-Identifier: Apache-2.0
"""Several presets are chosen: a list by marketplace with ticks, and a field that finds some."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.engine.preset_library import Entry
from prodedit.gui.presets.words import entry_name, grouped, slot_text
from prodedit.gui.style_sheet import set_role
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.translation import translate

_ID = Qt.ItemDataRole.UserRole
_FOUND = Qt.ItemDataRole.UserRole + 1
"""What is looked through for the typed words."""


class PresetList(QWidget):
    """The list may be used by itself; headings have no id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(translate("Slot", "Find a marketplace"))
        self.search.setAccessibleName(translate("Slot", "Find a marketplace"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(translate("Slot", "Marketplaces"))
        self.chosen = QLabel(self)
        self.chosen.setWordWrap(True)
        self.chosen.hide()
        set_role(self.chosen, "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.chosen)
        self.search.textChanged.connect(self._show_found)
        self.list.itemChanged.connect(self._show_chosen)

    @property
    def ids(self) -> tuple[str, ...]:
        """Of those that are ticked, in the order of the list."""
        return tuple(item.data(_ID) for item in self._ticked())

    def load(self, entries: Iterable[Entry]) -> None:
        """These from now on; what was ticked stays so, without telling."""
        was = self.ids
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for heading, group in grouped(entries):
            self._add_heading(heading)
            for entry in group:
                self._add(entry, heading)
        self.choose(was)
        self.list.blockSignals(blocked)
        self._show_found(self.search.text())
        self._show_chosen()

    def choose(self, ids: Iterable[str]) -> None:
        """Tick these, and no others."""
        wanted = set(ids)
        for item in self._items():
            on = item.data(_ID) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QBrush(qcolor(palette_now().secondary)))
        font = item.font()
        font.setBold(True)
        item.setFont(font)

    def _add(self, entry: Entry, heading: str) -> None:
        assert entry.preset is not None
        item = QListWidgetItem(entry_name(entry), self.list)
        item.setData(_ID, entry.id)
        item.setData(_FOUND, f"{entry_name(entry)} {heading} {entry.id}".casefold())
        item.setToolTip(slot_text(entry.preset.making))
        item.setCheckState(Qt.CheckState.Unchecked)

    def _ticked(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _items(self) -> list[QListWidgetItem]:
        every = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in every if item.data(_ID)]

    def _show_chosen(self, _changed: object = None) -> None:
        """By name: most of the list is out of sight."""
        ticked = [item.text() for item in self._ticked()]
        self.chosen.setText(QLocale().createSeparatedList(ticked))
        self.chosen.setVisible(bool(ticked))

    def _show_found(self, text: str) -> None:
        """A heading is shown with what is below it."""
        words = text.casefold().split()
        heading: QListWidgetItem | None = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            if not item.data(_ID):
                heading = item
                heading.setHidden(True)
                continue
            found = all(word in item.data(_FOUND) for word in words)
            item.setHidden(not found)
            if found and heading is not None:
                heading.setHidden(False)
