# SPDX-License-Identifier: Apache-2.0
"""One preset is chosen, or none: by marketplace, found by typing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from prodedit.core.presets import Preset
from prodedit.engine.preset_library import Entry
from prodedit.gui.presets.words import entry_name, grouped
from prodedit.gui.theme import palette_now, qcolor

_ROWS = 18


class PresetChoice(QComboBox):
    chosen = Signal(str)
    """The id that a person chose; "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}
        self.setAccessibleName(self.tr("Marketplace"))
        self.setMaxVisibleItems(_ROWS)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _row: self.chosen.emit(self.preset_id))

    def load(self, entries: Iterable[Entry]) -> None:
        """These from now on; what was chosen stays so, as long as it is there."""
        was = self.preset_id
        model = QStandardItemModel(self)
        model.appendRow(_item(self.tr("No marketplace"), ""))
        self._entries = {}
        for heading, group in grouped(entries):
            model.appendRow(_heading(heading))
            for entry in group:
                self._entries[entry.id] = entry
                model.appendRow(_item(entry_name(entry), entry.id))
        self.setModel(model)
        self.choose(was)

    def choose(self, preset_id: str) -> None:
        """Without telling; nothing is chosen where there is no such preset."""
        row = self.findData(preset_id) if preset_id in self._entries else 0
        self.setCurrentIndex(row)

    @property
    def preset_id(self) -> str:
        """ "" where none is chosen."""
        return str(self.currentData() or "")

    @property
    def preset(self) -> Preset | None:
        entry = self._entries.get(self.preset_id)
        return None if entry is None else entry.preset


def _item(text: str, preset_id: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(preset_id, Qt.ItemDataRole.UserRole)
    return item


def _heading(text: str) -> QStandardItem:
    """Can't be chosen."""
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setForeground(QBrush(qcolor(palette_now().secondary)))
    font = QFont()
    font.setBold(True)
    item.setFont(font)
    return item
