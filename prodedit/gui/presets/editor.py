# SPDX-License-Identifier: Apache-2.0
"""All presets in a window of their own: a list at the left, what the chosen one is at the right.

Own ones are written at each change; those that come with the program are changed as a copy."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
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
from prodedit.gui.library_dialog import LibraryDialog
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.presets.making_form import MakingForm
from prodedit.gui.presets.rules_table import RulesTable
from prodedit.gui.presets.words import entry_name
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text, translate

_LIST_WIDTH = 248
_ICON = QSize(16, 16)


class PresetsDialog(LibraryDialog):
    def __init__(self, library: PresetLibrary, parent: QWidget | None = None) -> None:
        super().__init__(library, MOST_LETTERS, parent)
        self._library = library
        self._entry: Entry | None = None
        self.setWindowTitle(self.tr("Presets"))
        self.list.setAccessibleName(self.tr("Presets"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.platform = QLineEdit(self)
        self.platform.setMaxLength(MOST_LETTERS)
        self.platform.setAccessibleName(self.tr("Marketplace"))
        self.told = secondary("", self)
        self.making = MakingForm(self)
        self.rules = RulesTable(self)
        self.copy = self.new_button(self.tr("Copy"), self._copy)
        self.import_ = self.new_button(self.tr("Import…"), self._import)
        self.export = self.new_button(self.tr("Export…"), self._export)
        self._lay_out()
        self._connect()
        self.resize(1000, 600)

    def held_by(self, entry: Entry) -> Preset | None:
        return entry.preset

    def title_of(self, entry: Entry) -> str:
        return entry_name(entry)

    def icon_of(self, entry: Entry) -> QIcon:
        return icon("lock" if entry.is_built_in else "bookmark", palette_now())

    def entries(self) -> tuple[Entry, ...]:
        """Own ones first."""
        return tuple(sorted(self._library.entries(), key=lambda one: one.is_built_in))

    def brought_back(self, held: Preset) -> Entry:
        return self._library.add(held)

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

    def _lay_out(self) -> None:
        rows = ((self.copy, self.delete), (self.import_, self.export))
        side = self.side(_LIST_WIDTH, _ICON, *rows)
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
        ends = in_row(self.new_button(self.tr("Close"), self.close))
        ends.insertStretch(0, 1)
        right.addLayout(ends)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        outer.addWidget(side)
        outer.addLayout(right, 1)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._rename)
        self.platform.editingFinished.connect(self._rename)
        self.making.changed.connect(self._make_so)
        self.rules.changed.connect(self._demand)
        self.making.refused.connect(self._tell)
        self.rules.refused.connect(self._tell)

    # What is shown

    def show_entry(self) -> None:
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
            self.show_entry()
            self._tell(problem_text(problem))
            return False
        self._replace(new)
        self.show_entry()
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
