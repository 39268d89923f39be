# SPDX-License-Identifier: Apache-2.0
"""The recipes as a menu: choosing one applies it to the picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from prodedit.gui.recipes.desk import RecipeDesk
from prodedit.gui.recipes.words import recipe_name, step_text
from prodedit.gui.translation import translate


class RecipeMenu(QMenu):
    """Made anew each time it is shown: recipes may have come or gone."""

    def __init__(self, desk: RecipeDesk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> list[QAction]:
        """An action for each recipe that can be used."""
        self.clear()
        was_built_in = True
        for entry in self._desk.library.entries():
            if entry.recipe is None:
                continue
            if was_built_in and not entry.is_built_in:
                self.addSeparator()
            was_built_in = entry.is_built_in
            name = recipe_name(entry).replace("&", "&&")
            action = self.addAction(name, partial(self._desk.apply, entry))
            action.setData(entry.name)  # in English, for who searches in that
            steps = map(step_text, entry.recipe.steps)
            action.setToolTip(translate("RecipeStep", ", ").join(steps))
        return [action for action in self.actions() if not action.isSeparator()]
