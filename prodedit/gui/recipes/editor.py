# SPDX-License-Identifier: Apache-2.0
"""All recipes in a window of their own: a list at the left, what the chosen one does at the right.

Own ones are written at each change; those that come with the program are changed as a copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import get_args

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QIcon, QImage, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.export_setting import ExportSetting, Format
from prodedit.core.problem import Problem
from prodedit.engine.library_files import SUFFIX
from prodedit.engine.recipe import MOST_LETTERS, Recipe
from prodedit.engine.recipe_library import Entry, RecipeLibrary, write_recipe
from prodedit.engine.replay import Step
from prodedit.gui.library_dialog import LibraryDialog
from prodedit.gui.panels.section import secondary
from prodedit.gui.recipes.pictures import RecipePictures, blank_icon, picture_icon
from prodedit.gui.recipes.step_fields import StepFields
from prodedit.gui.recipes.step_list import StepList
from prodedit.gui.recipes.words import recipe_name
from prodedit.gui.translation import problem_text

_HAS_QUALITY = frozenset({"jpeg", "webp", "avif"})
_LIST_WIDTH = 232
_ICON = QSize(48, 48)


class RecipesDialog(LibraryDialog):
    apply_wanted = Signal(object)
    """An Entry, for the picture that is open."""

    def __init__(
        self,
        library: RecipeLibrary,
        parent: QWidget | None = None,
        pictures: RecipePictures | None = None,
    ) -> None:
        super().__init__(library, MOST_LETTERS, parent)
        self._library = library
        self._pictures = pictures
        self._entry: Entry | None = None
        self._has_picture = False
        self.setWindowTitle(self.tr("Recipes"))
        self.list.setAccessibleName(self.tr("Recipes"))
        self.told = secondary("", self)
        self.steps = StepList(self)
        self.fields = StepFields(self)
        self.formats = QComboBox(self)
        self.formats.setAccessibleName(self.tr("Written as"))
        for kind in get_args(Format):
            self.formats.addItem(kind.upper(), kind)
        self.quality = QSpinBox(self)
        self.quality.setRange(1, 100)
        self.quality.setKeyboardTracking(False)
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setPrefix(self.tr("Quality") + " ")
        self.quality.lineEdit().setTextMargins(4, 0, 0, 0)
        self.duplicate = self.new_button(self.tr("Duplicate"), self._duplicate)
        self.bring_in = self.new_button(self.tr("Import…"), self._import)
        self.send_out = self.new_button(self.tr("Export…"), self._export)
        self.apply = self.new_button(self.tr("Apply to the picture"), self._apply)
        self.apply.setProperty("look", "primary")
        self._lay_out()
        self._connect()
        self.resize(820, 560)

    def held_by(self, entry: Entry) -> Recipe | None:
        return entry.recipe

    def title_of(self, entry: Entry) -> str:
        return recipe_name(entry)

    def icon_of(self, entry: Entry) -> QIcon:
        """Until its picture comes."""
        return blank_icon("lock" if entry.is_built_in else "bookmark", _ICON)

    def entries(self) -> tuple[Entry, ...]:
        return self._library.entries()

    def brought_back(self, held: Recipe) -> Entry:
        return self._library.add(held)

    def show_all(self, entry_id: str = "") -> None:
        super().show_all(entry_id)
        self._want_pictures()

    def set_can_apply(self, can: bool) -> None:
        """Whether a picture is open."""
        self._has_picture = can
        self._show_what_can_be_done()

    # Building

    def _lay_out(self) -> None:
        rows = ((self.duplicate, self.delete), (self.bring_in, self.send_out))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        outer.addWidget(self.side(_LIST_WIDTH, _ICON, *rows))
        outer.addLayout(self._right(), 1)

    def _right(self) -> QVBoxLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Name"), self.name)
        written = QHBoxLayout()
        written.setSpacing(8)
        written.addWidget(self.formats)
        written.addWidget(self.quality)
        written.addStretch(1)
        form.addRow(self.tr("Written as"), written)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.fields)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addStretch(1)
        ends.addWidget(self.new_button(self.tr("Close"), self.close))
        ends.addWidget(self.apply)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.told)
        column.addWidget(self.steps, 3)
        column.addWidget(area, 2)
        column.addWidget(self.problem)
        column.addLayout(ends)
        return column

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda _item: self._apply())
        self.name.editingFinished.connect(self._rename)
        self.formats.activated.connect(self._export_chosen)
        self.quality.valueChanged.connect(self._export_chosen)
        self.steps.chosen.connect(self._show_step)
        self.steps.changed.connect(self._write_steps)
        self.fields.changed.connect(self.steps.change_current)
        if self._pictures is not None:
            self._pictures.came.connect(self._show_picture)

    # What is shown

    def show_entry(self) -> None:
        entry = self._entry
        recipe = None if entry is None else entry.recipe
        self.name.setText("" if entry is None else recipe_name(entry))
        self._show_export(ExportSetting() if recipe is None else recipe.export)
        self.steps.show_steps(() if recipe is None else recipe.steps, editable=self._is_own)
        self._show_what_can_be_done()

    def _show_export(self, export: ExportSetting) -> None:
        for widget in (self.formats, self.quality):
            widget.blockSignals(True)
        self.formats.setCurrentIndex(self.formats.findData(export.format))
        self.quality.setValue(export.quality)
        self.quality.setVisible(export.format in _HAS_QUALITY)
        for widget in (self.formats, self.quality):
            widget.blockSignals(False)

    def _show_step(self, step: Step | None) -> None:
        self.fields.show_step(step, editable=self._is_own)

    def _show_what_can_be_done(self) -> None:
        entry = self._entry
        is_built_in = entry is not None and entry.is_built_in
        usable = entry is not None and entry.recipe is not None
        self.told.setText(
            self.tr("This recipe comes with ProdEdit. Duplicate it to change it.")
            if is_built_in
            else ""
        )
        self.told.setVisible(is_built_in)
        self.name.setReadOnly(not self._is_own)
        self.formats.setEnabled(self._is_own)
        self.quality.setEnabled(self._is_own)
        self.duplicate.setEnabled(usable)
        self.send_out.setEnabled(usable)
        self.delete.setEnabled(entry is not None and not is_built_in)
        self.apply.setEnabled(usable and self._has_picture)
        reason = "" if self._has_picture else self.tr("Open a photo first.")
        self.apply.setToolTip(reason)

    def _want_pictures(self) -> None:
        if self._pictures is not None and self.isVisible():
            self._pictures.want(self._entries)

    def _show_picture(self, entry_id: str, image: QImage) -> None:
        for row, entry in enumerate(self._entries):
            if entry.id == entry_id:
                self.list.item(row).setIcon(picture_icon(image))

    # What the person does

    def _rename(self) -> None:
        entry, name = self._entry, self.name.text().strip()
        if self._is_own and entry is not None and name != entry.name and self._write(name=name):
            self.show_all()

    def _export_chosen(self, *_ignored: object) -> None:
        if self._entry is not None and self._entry.recipe is not None:
            export = msgspec.structs.replace(
                self._entry.recipe.export,
                format=self.formats.currentData(),
                quality=self.quality.value(),
            )
            self._show_export(export)
            self._write(export=export)

    def _write_steps(self, steps: tuple[Step, ...]) -> None:
        """Those that are written stay in sight."""
        if not self._write(steps=steps) and self._entry is not None and self._entry.recipe:
            self.steps.show_steps(self._entry.recipe.steps, editable=self._is_own)

    def _write(self, **changes: object) -> bool:
        """The recipe with these changes; False where it can't be, which is told."""
        entry = self._entry
        if entry is None or entry.recipe is None or entry.is_built_in:
            return False
        try:
            new = self._library.change(entry.id, msgspec.structs.replace(entry.recipe, **changes))
        except Problem as problem:
            self._tell(problem_text(problem))
            return False
        self._replace(new)
        self._want_pictures()
        return True

    def _duplicate(self) -> None:
        entry = self._entry
        if entry is not None and entry.recipe is not None:
            name = self.tr("{name} (copy)").format(name=recipe_name(entry))
            self._try(lambda: self._library.duplicate(entry, name))

    def _import(self) -> None:
        """One or several files."""
        title, kinds = self.tr("Import recipes"), self.tr("Recipes (*.json)")
        paths, _ = QFileDialog.getOpenFileNames(self, title, str(Path.home()), kinds)
        for path in paths:
            if not self._try(partial(self._library.take_in, Path(path))):
                return

    def _export(self) -> None:
        entry = self._entry
        if entry is None or entry.recipe is None:
            return
        title, kinds = self.tr("Export the recipe"), self.tr("Recipes (*.json)")
        path, _ = QFileDialog.getSaveFileName(
            self, title, str(Path.home() / f"{entry.id}{SUFFIX}"), kinds
        )
        if not path:
            return
        try:
            write_recipe(_with_ending(Path(path)), entry.recipe)
        except Problem as problem:
            self._tell(problem_text(problem))

    def _apply(self) -> None:
        if self._entry is not None and self.apply.isEnabled():
            self.apply_wanted.emit(self._entry)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want_pictures()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._pictures is not None:
            self._pictures.rest()


def _with_ending(path: Path) -> Path:
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
