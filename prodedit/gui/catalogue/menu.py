# SPDX-License-Identifier: Apache-2.0
"""What the right button offers for the chosen pictures of the strip."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.marks import MOST_STARS
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.recipe_library import RecipeLibrary
from prodedit.gui.catalogue.words import STAR
from prodedit.gui.recipes.words import recipe_name
from prodedit.gui.translation import translate

if TYPE_CHECKING:
    from prodedit.gui.catalogue.desk import CatalogueDesk


class PicturesMenu(QMenu):
    """Made for each time it is shown."""

    def __init__(
        self,
        desk: CatalogueDesk,
        pictures: Sequence[Picture],
        recipes: RecipeLibrary,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._pictures, self._recipes = desk, tuple(pictures), recipes
        self.addAction(self.tr("Open"), partial(desk.open_pictures, self._pictures))
        self._add_stars()
        self.addSeparator()
        self._add_recipes()
        self._add_presets()
        paths = [one.path for one in self._pictures]
        self.addAction(self.tr("Batch export…"), partial(desk.batch_wanted.emit, paths))
        self.addAction(self.tr("Contact sheet…"), partial(desk.sheet_wanted.emit, paths))
        self.addSeparator()
        like = partial(desk.similar.show, "like", pictures[0].path)
        self.addAction(self.tr("Similar to this…"), like)
        self.addAction(self.tr("Find duplicates…"), partial(desk.similar.show, "same"))
        self.addAction(self.tr("Show in its folder"), self._show_folder)

    def _add_stars(self) -> None:
        menu = self.addMenu(self.tr("Stars"))
        for stars in range(MOST_STARS + 1):
            text = STAR * stars if stars else self.tr("None")
            menu.addAction(text, partial(self._desk.keeper.rate, self._pictures, stars))

    def _add_recipes(self) -> None:
        menu = self.addMenu(self.tr("Apply recipe"))
        for entry in self._recipes.entries():
            if entry.recipe is not None:
                name = recipe_name(entry).replace("&", "&&")
                work = partial(self._desk.work.apply, entry, self._pictures, self._desk.folders)
                menu.addAction(f"{name}…", work)

    def _add_presets(self) -> None:
        menu = self.addMenu(self.tr("Check for"))
        paths = [one.path for one in self._pictures]
        menu.addAction(
            self.tr("Several marketplaces…"), partial(self._desk.check_wanted.emit, paths)
        )
        menu.addSeparator()
        for entry in PresetLibrary().entries():
            if entry.preset is not None:
                name = translate("Preset", entry.name) if entry.is_built_in else entry.name
                work = partial(self._desk.work.check, entry, self._pictures)
                menu.addAction(name.replace("&", "&&"), work)

    def _show_folder(self) -> None:
        if self._pictures:
            folder = self._pictures[0].path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
