# SPDX-License-Identifier: Apache-2.0
"""What the window does with folders: follows them, shows their pictures, opens them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from prodedit.catalogue.folder.arranging import Wish, arranged
from prodedit.catalogue.folder.following import Following, OnListing
from prodedit.catalogue.folder.listing import Listing, Picture, absolute
from prodedit.catalogue.folder.marks import NO_MARK, Marks
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.catalogue.keeper import MarkKeeper
from prodedit.gui.catalogue.menu import PicturesMenu
from prodedit.gui.catalogue.model import PicturesModel
from prodedit.gui.catalogue.similar_desk import SimilarDesk
from prodedit.gui.catalogue.stepping import Stepper
from prodedit.gui.catalogue.strip import CatalogueStrip
from prodedit.gui.catalogue.thumbs import Thumbs
from prodedit.gui.catalogue.work import PicturesWork
from prodedit.gui.notices import Notices
from prodedit.gui.recipes.desk import RecipeDesk
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import problem_text

if TYPE_CHECKING:
    from prodedit.gui.main_window import MainWindow

_MOST_AT_ONCE = 20
"""Pictures that are opened by one Enter: each is a tab, and takes memory."""
_ARRANGE_MS = 120


class CatalogueDesk(QObject):
    """Of one window. Nothing runs before a folder is opened."""

    check_wanted = Signal(object)
    """A list of Paths: the window that checks for several marketplaces is to be shown with them."""
    batch_wanted = Signal(object)
    """A list of photos' paths, for the window about many pictures."""
    sheet_wanted = Signal(object)
    """A list of photos' paths, for a contact sheet."""
    _found = Signal(int, object)
    """(which opening it is of, Listing or Problem): out of another thread."""

    def __init__(
        self,
        workspace: Workspace,
        notices: Notices,
        window: MainWindow,
        recipes: RecipeDesk,
        marks: Marks | None = None,
    ) -> None:
        super().__init__(window)
        self._workspace, self._notices, self._window = workspace, notices, window
        self._following: Following | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._is_new = False
        self._generation = 0
        self.model = PicturesModel(self)
        self.keeper = MarkKeeper(workspace, self.model, marks or Marks(), self)
        self.thumbs = Thumbs(self.model, parent=self)
        self.stepper = Stepper(workspace, window, self.file_of, self)
        self.work = PicturesWork(workspace, self.keeper, notices, window)
        self._recipes = recipes
        self.similar = SimilarDesk(self, recipes, window)
        self.strip = CatalogueStrip(self.model, palette_now(), window)
        self.strip.hide()
        self._arranging = QTimer(self, interval=_ARRANGE_MS, singleShot=True)
        self._arranging.timeout.connect(self._arrange)
        self._connect()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those that are open."""
        return () if self._following is None else self._following.folders

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All of the folders, whatever is shown of them."""
        return self._pictures

    @property
    def name(self) -> str:
        """Of the folders, for the person."""
        return ", ".join(folder.name or str(folder) for folder in self.folders)

    def choose_folder(self) -> None:
        """Ask for a folder, and open it."""
        known = self._workspace.settings.catalogue.folders
        start = known[0] if known else str(Path.home())
        title = self.tr("Open folder")
        chosen = QFileDialog.getExistingDirectory(self._window, title, start)
        if chosen:
            self.open((Path(chosen),))

    def open(self, folders: Iterable[Path], *, shows_first: bool = True) -> None:
        """Show their pictures in the strip; where nothing is open, the first is opened, too."""
        self.close_folder(remember=False)
        wanted = tuple(dict.fromkeys(map(absolute, folders)))
        if not wanted:
            return
        choice = self._workspace.settings.catalogue
        self.strip.set_order(choice.by, choice.descending)
        self.strip.set_folded(choice.folded)
        self._is_new = shows_first
        self._generation += 1
        self._following = Following(wanted, self._teller(self._generation))
        self.strip.show_reading(self.name)
        self.strip.show()
        self._remember(folders=tuple(map(str, wanted)))

    def open_last(self) -> None:
        """The folders that were open when the program ended, as far as they are there."""
        last = (Path(name) for name in self._workspace.settings.catalogue.folders)
        self.open([folder for folder in last if folder.is_dir()], shows_first=False)

    def close_folder(self, *, remember: bool = True) -> None:
        """Nothing is shown any more."""
        if self._following is not None:
            self._following.close()
        self._following = None
        self.thumbs.close()
        self.similar.forget()
        self._pictures = ()
        self.model.set_rows(())
        self.strip.hide()
        self.strip.show_all()
        if remember:
            self._remember(folders=())

    def close(self) -> None:
        """End the threads; the folder is remembered. May be repeated."""
        if self._following is not None:
            self._following.close()
        self.thumbs.close()
        self.work.runs.close()
        self.similar.close()

    def file_of(self, photo: Path) -> Path:
        """What is opened of a photo: the project that was made of it, where there is one."""
        mark = self.model.marks.get(photo, NO_MARK)
        project = Path(mark.project)
        return project if mark.project and project.is_file() else photo

    def open_pictures(self, pictures: Sequence[Picture]) -> None:
        """Each in a tab of its own."""
        for picture in pictures[:_MOST_AT_ONCE]:
            self._workspace.open(self.file_of(picture.path))
        if len(pictures) > _MOST_AT_ONCE:
            text = self.tr("The first {count} of {all} pictures are opened.")
            self._notices.tell(text.format(count=_MOST_AT_ONCE, all=len(pictures)))

    def step(self, by: int) -> None:
        """To the next picture of the strip, or one before."""
        rows = self.model.rows
        here = self.stepper.stands_at or self.keeper.photo_of(self._workspace.current)
        row = self.model.row_of(here)
        if row is None:
            row = self.model.row_of(self.strip.row.current_path)
            by = 0 if row is not None else by
        place = (0 if by > 0 else len(rows) - 1) if row is None else row + by
        if rows and 0 <= place < len(rows):
            photo = rows[place].path
            self.strip.row.choose({photo}, photo)
            self.strip.row.show_row(place)
            self.stepper.go(photo)

    def rate(self, stars: int) -> None:
        """The chosen pictures where the strip has the focus, else the one that is worked on."""
        current = self.model.row_of(self.keeper.photo_of(self._workspace.current))
        chosen = self.strip.row.chosen
        if current is not None and not (self.strip.row.hasFocus() and chosen):
            chosen = [self.model.rows[current]]
        if chosen:
            self.keeper.rate(chosen, stars)

    def show_similar(self) -> None:
        """The window about similar pictures; of the folder that is asked for where none is open."""
        if self._following is None:
            self.choose_folder()
        if self._following is not None:
            self.similar.show()

    def toggle_strip(self) -> None:
        """Fold it away, or show it; ask for a folder where none is open."""
        if self._following is None:
            self.choose_folder()
            return
        self.strip.set_folded(not self.strip.is_folded)
        self._fold(self.strip.is_folded)

    # What comes from elsewhere

    def _connect(self) -> None:
        self._found.connect(self._take)
        row = self.strip.row
        row.seen.connect(self.thumbs.want)
        row.open_wanted.connect(self.open_pictures)
        row.rated.connect(self.keeper.rate)
        row.customContextMenuRequested.connect(self._show_menu)
        self._recipes.applied.connect(self.keeper.applied)
        self.strip.wished.connect(self._wished)
        self.strip.folded.connect(self._fold)
        self.strip.close_wanted.connect(self.close_folder)
        self.strip.folder_wanted.connect(self.choose_folder)
        self.keeper.changed.connect(self._known_more)
        self.thumbs.unread.connect(self._known_more)
        self._workspace.current_changed.connect(self._current_changed)
        QGuiApplication.instance().applicationStateChanged.connect(self._rest)  # type: ignore[union-attr]

    def _teller(self, generation: int) -> OnListing:
        """Called in the thread that follows the folder."""
        return lambda found: self._found.emit(generation, found)

    @Slot(int, object)
    def _take(self, generation: int, found: Listing | Problem) -> None:
        if generation != self._generation or self._following is None:
            return  # of a folder that was closed meanwhile
        if isinstance(found, Problem):
            self._pictures = ()
            self.model.set_rows(())
            self.strip.show_counts(self.name, 0, 0, "")
            self.strip.show_problem(problem_text(found))
            return
        self._pictures = found.pictures
        self.model.forget_others(found.pictures)
        self._arrange()
        self.keeper.read(found.pictures, self._known_more)
        self.thumbs.fill(self.model.rows)
        self._tell_what_lacks(found)
        first, self._is_new = self._is_new, False
        busy = self._workspace.current or self._workspace.is_opening
        if first and not busy and self.model.rows:
            self.stepper.go(self.model.rows[0].path)

    def _tell_what_lacks(self, found: Listing) -> None:
        if not found.is_whole:
            text = self.tr("There are more than {count} pictures in this folder; these are shown.")
            self._notices.tell(text.format(count=len(found.pictures)))
        if found.unread:
            names = ", ".join(folder.name for folder in found.unread[:3])
            text = self.tr("You are not allowed to look into: {names}.")
            self._notices.tell(text.format(names=names))

    @Slot(object)
    def _wished(self, wish: Wish) -> None:
        self._arrange()
        choice = self._workspace.settings.catalogue
        if (wish.by, wish.descending) != (choice.by, choice.descending):
            self._remember(by=wish.by, descending=wish.descending)

    @Slot()
    def _known_more(self) -> None:
        """Where that decides which pictures are shown, they are arranged anew, soon."""
        wish = self.strip.wish
        if wish.stars or wish.flag or wish.by == "stars":
            self._arranging.start()

    @Slot()
    def _arrange(self) -> None:
        row = self.strip.row
        chosen, current = {one.path for one in row.chosen}, row.current_path
        rows = arranged(self._pictures, self.model.known, self.strip.wish)
        place = row.horizontalScrollBar().value()
        self.model.set_rows(rows)
        row.choose(chosen, current)
        row.horizontalScrollBar().setValue(place)
        tip = "\n".join(map(str, self.folders))
        self.strip.show_counts(self.name, len(rows), len(self._pictures), tip)
        row.look()

    @Slot(object)
    def _current_changed(self, session: EditSession | None) -> None:
        photo = self.keeper.photo_of(session)
        self.model.set_open(photo)
        row = self.model.row_of(photo)
        if row is not None and not self.strip.row.hasFocus():
            self.strip.row.choose({self.model.rows[row].path}, photo)
            self.strip.row.show_row(row)

    @Slot(bool)
    def _fold(self, folded: bool) -> None:
        self._remember(folded=folded)
        if not folded:
            self.strip.row.look()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        """Under the pointer; where it was asked for by key, at the current picture."""
        row = self.strip.row
        if row.chosen:
            menu = PicturesMenu(self, row.chosen, self._recipes.library, row)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(row.viewport().mapToGlobal(place))

    @Slot(Qt.ApplicationState)
    def _rest(self, state: Qt.ApplicationState) -> None:
        if self._following is not None:
            self._following.rest(state != Qt.ApplicationState.ApplicationActive)

    def _remember(self, **changes: object) -> None:
        choice = self._workspace.settings.catalogue
        new = msgspec.structs.replace(choice, **changes)
        if new != choice:
            self._workspace.change_settings(catalogue=new)
