# SPDX-License-Identifier: Apache-2.0
"""Entries of the Picture menu about recipes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from prodedit.gui.recipes.desk import RecipeDesk


class RecipeCommands(QObject):
    def __init__(self, desk: RecipeDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def apply_recipe(self) -> None:
        """The entry carries a submenu; there is nothing to do of its own."""

    def keep_recipe(self) -> None:
        self._desk.keep_history()

    def edit_recipes(self) -> None:
        self._desk.edit()
