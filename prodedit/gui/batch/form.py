# SPDX-License-Identifier: Apache-2.0
"""What a person says before a batch: which recipe, which presets, where to, how files are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.batch.doing import Doing
from prodedit.core.export_setting import ExportSetting
from prodedit.editing.batch_choice import BatchChoice
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.gui.batch.alike_row import AlikeRow
from prodedit.gui.batch.model import SMALL
from prodedit.gui.batch.run import Wish
from prodedit.gui.panels.cutout_section import GOOD
from prodedit.gui.panels.section import Section, in_row
from prodedit.gui.presets.list import PresetList
from prodedit.gui.recipes.words import recipe_name

_LEAST: Mapping[str, float] = MappingProxyType({"doubtful": GOOD, "all": 1.01, "none": 0.0})
"""Cut-outs that are less sure are looked at: by the names of BatchChoice."""
_PICKER = 200
"""Pixels: five of the presets are seen however much stands below."""


class BatchForm(QWidget):
    changed = Signal()

    def __init__(
        self, recipes: RecipeLibrary, presets: PresetLibrary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._recipes, self._presets = recipes, presets
        self.recipe = QComboBox(self)
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.picker = PresetList(self)
        self.presets = self.picker.list
        self.review = QComboBox(self)
        self.review.setAccessibleName(self.tr("Cut-outs"))
        for text, name in (
            (self.tr("Look at doubtful ones"), "doubtful"),
            (self.tr("Look at all of them"), "all"),
            (self.tr("Trust all of them"), "none"),
        ):
            self.review.addItem(text, name)
        self.alike = AlikeRow(self)
        self.target = QLineEdit(self)
        self.target.setPlaceholderText(self.tr("Folder for the files"))
        self.target.setAccessibleName(self.tr("Save to"))
        self.browse = QPushButton(self.tr("Choose…"), self)
        self._make_more()
        self._lay_out()
        self.load()
        self._connect()

    def load(self) -> None:
        """The recipes and presets that there are now; what was chosen stays chosen."""
        recipe = self.recipe.currentData()
        self.blockSignals(True)
        self.recipe.clear()
        self.recipe.addItem(self.tr("No recipe"), None)
        for entry in self._recipes.entries():
            if entry.recipe is not None:
                self.recipe.addItem(recipe_name(entry), entry.id)
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(recipe)))
        self.picker.load(self._presets.entries())
        self.blockSignals(False)
        self.changed.emit()

    @property
    def choice(self) -> BatchChoice:
        """As it is to be remembered."""
        return BatchChoice(
            self.recipe.currentData() or "",
            self.preset_ids,
            self.review.currentData(),
            self.pattern.text().strip(),
            self.existing.currentData(),
            self.enlarge.isChecked(),
            self.keep_recipe.isChecked(),
            self.alike.by.currentData(),
            self.alike.scale.currentData(),
        )

    def choose(self, choice: BatchChoice) -> None:
        """What is not there any more is left out."""
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(choice.recipe or None)))
        self.picker.choose(choice.presets)
        self.review.setCurrentIndex(self.review.findData(choice.review))
        self.pattern.setText(choice.pattern)
        self.existing.setCurrentIndex(self.existing.findData(choice.existing))
        self.enlarge.setChecked(choice.enlarge)
        self.keep_recipe.setChecked(choice.keep_recipe)
        self.alike.choose(choice.alike, choice.scale)

    @property
    def preset_ids(self) -> tuple[str, ...]:
        return self.picker.ids

    @property
    def trouble(self) -> str:
        """What is still missing; "": nothing."""
        if self.recipe.currentData() is None and not self.preset_ids:
            return self.tr("Choose a recipe, or where the pictures are for.")
        if not self.target.text().strip():
            return self.tr("Choose the folder that the files go to.")
        if self.alike.by.currentData() == "table" and not self.table.text().strip():
            return self.tr("Choose the table that names the groups, under More.")
        return ""

    def wish(self, inputs: Iterable[Path], export: ExportSetting) -> Wish:
        """What was said. export: of files that no preset decides on and the recipe neither. Raises
        Problem where a recipe or preset can't be used any more."""
        word = self.recipe.currentData()
        recipe: Recipe | None = None if word is None else self._recipes.find(word).recipe
        presets = dict(self._presets.find(name) for name in self.preset_ids)
        doing = Doing(
            recipe,
            presets,
            export if recipe is None else recipe.export,
            keep_recipe=self.keep_recipe.isChecked(),
            enlarge=self.enlarge.isChecked(),
            review=_LEAST[self.review.currentData()],
            small=SMALL,
            alike=self.alike.alike,
        )
        table = self.table.text().strip()
        return Wish(
            tuple(inputs),
            doing,
            Path(self.target.text().strip()).expanduser(),
            self.pattern.text().strip(),
            Path(table).expanduser() if table else None,
            self.existing.currentData(),
        )

    def _make_more(self) -> None:
        self.pattern = QLineEdit(self)
        self.pattern.setPlaceholderText("{stem}-{preset}-{n}")
        self.pattern.setAccessibleName(self.tr("Names"))
        self.pattern.setToolTip(
            self.tr(
                "{stem}: the photo's name. {preset}: the marketplace. {n}: a number. Columns of a "
                "table, such as {sku}. A slash makes folders."
            )
        )
        self.table = QLineEdit(self)
        self.table.setPlaceholderText(self.tr("CSV file with names"))
        self.table.setAccessibleName(self.tr("Table"))
        self.table_browse = QPushButton("…", self)
        self.table_browse.setAccessibleName(self.tr("Choose a table"))
        self.existing = QComboBox(self)
        self.existing.setAccessibleName(self.tr("Files that are there"))
        for text, kind in (
            (self.tr("Number the new ones"), "number"),
            (self.tr("Keep them"), "skip"),
            (self.tr("Replace them"), "overwrite"),
        ):
            self.existing.addItem(text, kind)
        self.enlarge = QCheckBox(self.tr("Enlarge small photos by a network"), self)
        self.enlarge.setChecked(True)
        self.keep_recipe = QCheckBox(self.tr("Write the recipe beside each file"), self)

    def _lay_out(self) -> None:
        where = in_row(self.target, self.browse)
        where.setStretch(0, 1)
        table = in_row(self.table, self.table_browse)
        table.setStretch(0, 1)
        more = Section(self.tr("More"), self, folds=True)
        more.column.setSpacing(4)
        further: tuple[tuple[str, QWidget | QLayout], ...] = (
            (self.tr("Names"), self.pattern),
            (self.tr("Table"), table),
            (self.tr("Files that are there"), self.existing),
        )
        for title, what in further:
            _add_titled(more.column, title, what)
        more.add(self.enlarge, self.keep_recipe)
        self.picker.setMinimumHeight(_PICKER)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        first: tuple[tuple[str, QWidget | QLayout], ...] = (
            (self.tr("Recipe"), self.recipe),
            (self.tr("For"), self.picker),
            (self.tr("Cut-outs"), self.review),
            (self.tr("Make alike"), self.alike),
            (self.tr("Save to"), where),
        )
        for title, what in first:
            _add_titled(column, title, what)
        column.setStretchFactor(self.picker, 1)
        column.addWidget(more)

    def _connect(self) -> None:
        self.recipe.currentIndexChanged.connect(self.changed)
        self.presets.itemChanged.connect(lambda _item: self.changed.emit())
        self.alike.changed.connect(self.changed)
        self.table.textChanged.connect(self.changed)
        self.target.textChanged.connect(self.changed)
        self.browse.clicked.connect(self._choose_target)
        self.table_browse.clicked.connect(self._choose_table)

    def _choose_target(self) -> None:
        start = self.target.text().strip() or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Save to"), start)
        if chosen:
            self.target.setText(chosen)

    def _choose_table(self) -> None:
        title, kinds = self.tr("Choose a table"), self.tr("Tables (*.csv *.txt *.tsv)")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if chosen:
            self.table.setText(chosen)


def _add_titled(column: QVBoxLayout, title: str, what: QWidget | QLayout) -> None:
    """Below its title, and some air below it."""
    column.addWidget(QLabel(title))
    if isinstance(what, QWidget):
        column.addWidget(what)
    else:
        column.addLayout(what)
    column.addSpacing(8)
