# SPDX-License-Identifier: Apache-2.0
"""What the window does with recipes: lists, applies, keeps and opens them to be changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from prodedit.editing.recipe_runs import RecipeRuns
from prodedit.editing.workspace import Workspace
from prodedit.engine.recipe import Done, Taken, from_history
from prodedit.engine.recipe_library import Entry, RecipeLibrary
from prodedit.engine.replay import Step
from prodedit.engine.results import Remark
from prodedit.gui.notices import Choice, Notices
from prodedit.gui.recipes.editor import RecipesDialog
from prodedit.gui.recipes.pictures import RecipePictures
from prodedit.gui.recipes.saving import SaveRecipeDialog
from prodedit.gui.recipes.words import left_out_text, recipe_name
from prodedit.gui.translation import remark_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class RecipeDesk(QObject):
    """Of one window."""

    applied = Signal(object, str)
    """(EditSession, the recipe's id): it is being done."""

    def __init__(
        self, workspace: Workspace, library: RecipeLibrary, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._notices = notices
        self._window = window
        self._editor: RecipesDialog | None = None
        self.library = library
        self.runs = RecipeRuns(workspace, self)
        self.runs.remarked.connect(self._tell_remarks)

    def apply(self, entry: Entry) -> None:
        """To the current picture. Nothing without one; why not, is told."""
        session, recipe = self._workspace.current, entry.recipe
        if entry.problem is not None:
            self._notices.tell_problem(entry.problem)
        elif session is not None and recipe is not None and self.runs.running(session):
            self._notices.tell(self.tr("A recipe is being applied to this picture already."))
        elif session is not None and recipe is not None:
            named = msgspec.structs.replace(recipe, name=recipe_name(entry))
            self.runs.start(session, named)
            self.applied.emit(session, entry.id)

    def keep_history(self) -> None:
        """Save what was done to the current picture."""
        session = self._workspace.current
        if session is not None:
            self._keep(from_history(session.history))

    def keep(self, steps: Iterable[Step]) -> None:
        """Save these, which a panel is set to."""
        self._keep(from_history(map(Done, steps)))

    def edit(self, entry_id: str = "") -> None:
        """Open the window with all recipes, or bring it to the front."""
        if self._editor is None:
            pictures = RecipePictures(self._workspace.worker, parent=self)
            self._editor = RecipesDialog(self.library, self._window, pictures)
            self._editor.apply_wanted.connect(self.apply)
            self._workspace.current_changed.connect(self._show_picture)
        self._editor.show_all(entry_id)
        self._show_picture(self._workspace.current)
        self._editor.show()
        self._editor.activateWindow()

    def close(self) -> None:
        """Before the program ends: no thread makes pictures for what is being taken down."""
        if self._editor is not None:
            self._editor.hide()

    def _show_picture(self, session: object) -> None:
        if self._editor is not None:
            self._editor.set_can_apply(session is not None)

    def _keep(self, taken: Taken) -> None:
        if not taken.steps:
            nothing = self.tr("Nothing of this could be done to another picture.")
            self._notices.tell(" ".join((nothing, left_out_text(taken.left_out))).strip())
            return
        dialog = SaveRecipeDialog(
            self.library, taken, self._workspace.settings.export, self._window
        )
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, entry: Entry) -> None:
        text = self.tr("Recipe saved: {name}").format(name=recipe_name(entry))
        self._notices.tell(text, Choice(self.tr("Edit"), partial(self.edit, entry.id)))
        if self._editor is not None:
            self._editor.show_all(entry.id)

    def _tell_remarks(self, remarks: tuple[Remark, ...]) -> None:
        self._notices.tell("\n".join(map(remark_text, remarks)))
