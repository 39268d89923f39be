# SPDX-License-Identifier: Apache-2.0
"""All presets in a window of their own: a list at the left, what the chosen one is at the right.

Own ones are written at each change; those that come with the program are changed as a copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.presets import MOST_LETTERS, Demand, Making, Preset, to_bytes
from prodedit.core.problem import Problem
from prodedit.engine.preset_changes import with_making
from prodedit.engine.preset_library import Entry, PresetLibrary, read_preset
from prodedit.files.atomic import write_atomic
from prodedit.gui.icons import icon
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.presets.making_form import MakingForm
from prodedit.gui.presets.rules_table import RulesTable
from prodedit.gui.presets.words import entry_name
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text, translate

_LIST_WIDTH = 248
_ICON = QSize(16, 16)


class PresetsDialog(QDialog):
    """Blocks nothing."""

    changed = Signal()
    """There are others now, or one demands something else."""

    def __init__(self, library: PresetLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._entries: tuple[Entry, ...] = ()
        self._entry: Entry | None = None
        self._gone: Preset | None = None  # what was deleted last
        self.setWindowTitle(self.tr("Presets"))
        self.presets = QListWidget(self)
        self.presets.setAccessibleName(self.tr("Presets"))
        self.presets.setIconSize(_ICON)
        self.presets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name = QLineEdit(self)
        self.name.setMaxLength(MOST_LETTERS)
        self.name.setAccessibleName(self.tr("Name"))
        self.platform = QLineEdit(self)
        self.platform.setMaxLength(MOST_LETTERS)
        self.platform.setAccessibleName(self.tr("Marketplace"))
        self.told = secondary("", self)
        self.making = MakingForm(self)
        self.rules = RulesTable(self)
        self.problem = QLabel(self)
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.copy = self._button(self.tr("Copy"), self._copy)
        self.delete = self._button(self.tr("Delete"), self._delete)
        self.import_ = self._button(self.tr("Import…"), self._import)
        self.export = self._button(self.tr("Export…"), self._export)
        self.restore = self._button(self.tr("Bring back what was deleted"), self._restore)
        self.restore.setProperty("look", "quiet")
        self._lay_out()
        self._connect()
        self.resize(1000, 600)

    def show_all(self, entry_id: str = "") -> None:
        """The list anew, own ones first, and this preset, or the one that was shown."""
        wanted = entry_id or ("" if self._entry is None else self._entry.id)
        self._entries = tuple(sorted(self._library.entries(), key=lambda one: one.is_built_in))
        blocked = self.presets.blockSignals(True)
        self.presets.clear()
        for entry in self._entries:
            item = QListWidgetItem(entry_name(entry), self.presets)
            item.setIcon(icon("lock" if entry.is_built_in else "bookmark", palette_now()))
            if entry.is_built_in:
                item.setToolTip(self.tr("Comes with ProdEdit"))
        row = next((n for n, entry in enumerate(self._entries) if entry.id == wanted), 0)
        self.presets.setCurrentRow(row)
        self.presets.blockSignals(blocked)
        self._choose(row)

    def import_file(self, path: Path) -> None:
        """A preset that somebody else has made; what is none is told."""
        self._try(lambda: self._library.add(read_preset(path)))

    def export_file(self, path: Path) -> None:
        """The chosen one, for somebody else."""
        entry = self._entry
        if entry is None or entry.preset is None:
            return
        try:
            write_atomic(path, to_bytes(entry.preset))
        except Problem as problem:
            self._tell(problem_text(problem))

    # Building

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _lay_out(self) -> None:
        side = QWidget(self)
        side.setFixedWidth(_LIST_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.presets, 1)
        for pair in ((self.copy, self.delete), (self.import_, self.export)):
            row = in_row(*pair)
            row.setSpacing(8)
            left.addLayout(row)
        left.addWidget(self.restore)
        self.restore.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Marketplace"), self.platform)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.making, self.tr("How pictures are made"))
        self.tabs.addTab(self.rules, self.tr("What is checked"))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(form)
        right.addWidget(self.told)
        right.addWidget(self.tabs, 1)
        right.addWidget(self.problem)
        ends = in_row(self._button(self.tr("Close"), self.close))
        ends.insertStretch(0, 1)
        right.addLayout(ends)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        outer.addWidget(side)
        outer.addLayout(right, 1)

    def _connect(self) -> None:
        self.presets.currentRowChanged.connect(self._choose)
        self.name.editingFinished.connect(self._rename)
        self.platform.editingFinished.connect(self._rename)
        self.making.changed.connect(self._make_so)
        self.rules.changed.connect(self._demand)
        self.making.refused.connect(self._tell)
        self.rules.refused.connect(self._tell)

    # What is shown

    @property
    def _is_own(self) -> bool:
        entry = self._entry
        return entry is not None and not entry.is_built_in and entry.preset is not None

    def _choose(self, row: int) -> None:
        self._entry = self._entries[row] if 0 <= row < len(self._entries) else None
        self.problem.hide()
        if self._entry is not None and self._entry.problem is not None:
            self._tell(problem_text(self._entry.problem))
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self._entry
        preset = None if entry is None else entry.preset
        built_in = entry is not None and entry.is_built_in
        self.name.setText("" if entry is None else entry_name(entry))
        platform = "" if preset is None else preset.platform
        self.platform.setText(translate("Platform", platform))
        for field in (self.name, self.platform):
            field.setReadOnly(not self._is_own)
        self.told.setText(self.tr("This preset comes with ProdEdit. Copy it to change it."))
        self.told.setVisible(built_in)
        self.tabs.setVisible(preset is not None)
        if preset is not None:
            self.making.show_making(preset.making, editable=self._is_own)
            self.rules.show_rules(preset.rules, editable=self._is_own)
        self.copy.setEnabled(preset is not None)
        self.export.setEnabled(preset is not None)
        self.delete.setEnabled(entry is not None and not built_in)

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    # What the person does

    def _rename(self) -> None:
        name, platform = self.name.text().strip(), self.platform.text().strip()
        entry = self._entry
        if not self._is_own or entry is None or entry.preset is None:
            return
        was = entry.preset.platform
        if platform in ("", translate("Platform", was)):  # known ones are shown in one's language
            platform = was
        if (name, platform) == (entry.preset.name, was):
            return
        if self._write(msgspec.structs.replace(entry.preset, name=name, platform=platform)):
            self.show_all()

    def _make_so(self, making: Making) -> None:
        if self._entry is not None and self._entry.preset is not None:
            self._write(with_making(self._entry.preset, making))

    def _demand(self, rules: tuple[Demand, ...]) -> None:
        if self._entry is not None and self._entry.preset is not None:
            self._write(msgspec.structs.replace(self._entry.preset, rules=rules))

    def _write(self, preset: Preset) -> bool:
        """The chosen one is this from now on; where it can't be, that is told, and it stays."""
        entry = self._entry
        if entry is None or not self._is_own:
            return False
        try:
            new = self._library.change(entry.id, preset)
        except Problem as problem:
            self._show_entry()
            self._tell(problem_text(problem))
            return False
        self.problem.hide()
        self._entry = new
        self._entries = tuple(new if each.id == new.id else each for each in self._entries)
        self._show_entry()
        self.changed.emit()
        return True

    def _copy(self) -> None:
        entry = self._entry
        if entry is not None and entry.preset is not None:
            name = self.tr("{name} (copy)").format(name=entry_name(entry))
            self._try(lambda: self._library.copy(entry.id, self._free(name)))

    def _free(self, name: str) -> str:
        """With a number where there is one already."""
        known = {entry_name(entry).casefold() for entry in self._library.entries()}
        free, number = name, 2
        while free.casefold() in known:
            free, number = f"{name} {number}", number + 1
        return free

    def _delete(self) -> None:
        """What is deleted can be brought back as long as this window lives."""
        entry = self._entry
        if entry is None or entry.is_built_in:
            return
        try:
            self._library.remove(entry.id)
        except Problem as problem:
            self._tell(problem_text(problem))
            return
        self._gone = entry.preset
        self.restore.setVisible(self._gone is not None)
        self.show_all()
        self.changed.emit()

    def _restore(self) -> None:
        gone = self._gone
        if gone is not None and self._try(partial(self._library.add, gone)):
            self._gone = None
            self.restore.hide()

    def _import(self) -> None:
        title, kinds = self.tr("Import a preset"), self.tr("Presets (*.json)")
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if name:
            self.import_file(Path(name))

    def _export(self) -> None:
        entry = self._entry
        if entry is None:
            return
        title, kinds = self.tr("Export the preset"), self.tr("Presets (*.json)")
        proposed = str(Path.home() / f"{entry.id}.json")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, kinds)
        if name:
            path = Path(name)
            self.export_file(path if path.suffix else path.with_suffix(".json"))

    def _try(self, make: Callable[[], Entry]) -> bool:
        """Show what comes into being; False where nothing does, which is told."""
        try:
            self.show_all(make().id)
        except Problem as problem:
            self._tell(problem_text(problem))
            return False
        self.changed.emit()
        return True
