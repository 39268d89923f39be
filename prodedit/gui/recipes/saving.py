# SPDX-License-Identifier: Apache-2.0
"""Saves steps as a recipe: a new one, or at the end of one that there is."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.engine.recipe import MOST_LETTERS, Recipe, Taken, is_in_pixels
from prodedit.engine.recipe_library import Entry, RecipeLibrary
from prodedit.gui.dialogs.image_size import apply_and_cancel
from prodedit.gui.panels.section import secondary
from prodedit.gui.recipes.words import left_out_text, step_text, step_title
from prodedit.gui.translation import problem_text

_ROWS = 6


class SaveRecipeDialog(QDialog):
    """What is left out is told before anything is saved."""

    saved = Signal(object)
    """The Entry that was written."""

    def __init__(
        self,
        library: RecipeLibrary,
        taken: Taken,
        export: ExportSetting,
        parent: QWidget | None = None,
    ) -> None:
        """`export`: how a new recipe's pictures are written."""
        super().__init__(parent)
        self._library = library
        self._taken = taken
        self._export = export
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Save as recipe"))
        self.target = QComboBox(self)
        self.target.setAccessibleName(self.tr("Save to"))
        self.target.addItem(self.tr("A new recipe"), None)
        for entry in library.entries():
            if not entry.is_built_in and entry.recipe is not None:
                self.target.addItem(self.tr("Add to “{name}”").format(name=entry.name), entry)
        self.name = QLineEdit(self)
        self.name.setMaxLength(MOST_LETTERS)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setText(self._proposal())
        self.name.selectAll()
        self.problem = QLabel(self)
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out()
        self.target.currentIndexChanged.connect(self._show_target)
        self.target.setVisible(self.target.count() > 1)
        self.name.textChanged.connect(self._show_target)
        self._show_target()
        self.name.setFocus()

    def accept(self) -> None:
        """Closes once it is written; what keeps it from that is told, and can be mended."""
        try:
            self.saved.emit(self._written())
        except Problem as problem:
            self.problem.setText(problem_text(problem))
            self.problem.show()
        else:
            super().accept()

    def _written(self) -> Entry:
        entry: Entry | None = self.target.currentData()
        if entry is None or entry.recipe is None:
            name = self.name.text().strip()
            return self._library.add(Recipe(name, self._taken.steps, self._export))
        steps = (*entry.recipe.steps, *self._taken.steps)
        return self._library.change(entry.id, msgspec.structs.replace(entry.recipe, steps=steps))

    def _proposal(self) -> str:
        """After the only step, or the first two."""
        steps = self._taken.steps
        names = dict.fromkeys(step_title(step) for step in steps)
        proposed = step_text(steps[0]) if len(steps) == 1 else self.tr(", ").join([*names][:2])
        return proposed[:MOST_LETTERS]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        if self.target.count() > 1:
            form.addRow(self.tr("Save to"), self.target)
        form.addRow(self.tr("Name"), self.name)
        steps = QListWidget(self)
        steps.setAccessibleName(self.tr("Steps"))
        steps.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        for number, step in enumerate(self._taken.steps, 1):
            steps.addItem(f"{number}.  {step_text(step)}")
        rows = min(_ROWS, steps.count())
        steps.setFixedHeight(rows * max(24, steps.sizeHintForRow(0)) + 2 * steps.frameWidth() + 4)
        buttons = apply_and_cancel(self, self.tr("Save recipe"))
        self.button = next(one for one in buttons.buttons() if one.property("look") == "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(steps)
        if self._taken.left_out:
            column.addWidget(secondary(left_out_text(self._taken.left_out), self))
        if any(map(is_in_pixels, self._taken.steps)):
            column.addWidget(secondary(self._placed_text(), self))
        column.addWidget(self.problem)
        column.addWidget(buttons)
        self.setMinimumWidth(420)

    def _placed_text(self) -> str:
        placed = dict.fromkeys(step_title(one) for one in self._taken.steps if is_in_pixels(one))
        text = self.tr(
            "Done in the same place of every picture, so best to ones of the same size: {steps}."
        )
        return text.format(steps=self.tr(", ").join(placed))

    def _show_target(self, *_ignored: object) -> None:
        is_new = self.target.currentData() is None
        self.name.setEnabled(is_new)
        self.button.setEnabled(not is_new or bool(self.name.text().strip()))
        self.problem.hide()
