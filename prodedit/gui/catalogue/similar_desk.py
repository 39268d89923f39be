# SPDX-License-Identifier: Apache-2.0
"""What the window does about similar pictures: compares those of the folder, and shows what came of
it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.marks import NO_MARK
from prodedit.catalogue.folder.thumbnails import ThumbnailCache
from prodedit.catalogue.similar.advice import advised
from prodedit.catalogue.similar.comparing import Compared, Comparing
from prodedit.catalogue.similar.index import index_path
from prodedit.core.problem import Problem
from prodedit.engine.recipe_library import Entry, RecipeLibrary
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import ComparePictures
from prodedit.gui.catalogue.grid import PictureGrid
from prodedit.gui.catalogue.many import Counted, Tools
from prodedit.gui.catalogue.similar_window import Page, SimilarWindow
from prodedit.gui.catalogue.thumbs import Thumbs
from prodedit.gui.recipes.words import recipe_name
from prodedit.gui.translation import problem_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from prodedit.gui.catalogue.desk import CatalogueDesk
    from prodedit.gui.recipes.desk import RecipeDesk


class SimilarDesk(QObject):
    """Of one window."""

    def __init__(self, desk: CatalogueDesk, recipes: RecipeDesk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._recipes, self._parent = desk, recipes, window
        self.window: SimilarWindow | None = None
        self._job = ""
        self._compared: Compared | None = None
        self._asked: tuple[Picture, ...] = ()
        desk.work.runs.job_moved.connect(self._moved)

    def show(self, page: Page = "same", like: Path | None = None) -> None:
        """Open the window, and compare what has not been compared yet."""
        window = self._opened()
        if like is not None or page == "like":
            window.show_like(like)
        else:
            window.show_first(page)
        if self._asked != self._desk.pictures or (self._compared is None and not self._job):
            self._compare()
        self._advise()

    def forget(self) -> None:
        """The folder is closed."""
        self._cancel()
        self._compared, self._asked = None, ()
        if self.window is not None:
            self.window.forget()

    def close(self) -> None:
        """May be repeated."""
        if self.window is not None:
            self.window.close_down()

    def _opened(self) -> SimilarWindow:
        if self.window is None:
            self.window = SimilarWindow(_thumbs, self._parent)
            self.window.open_wanted.connect(self._desk.open_pictures)
            self.window.strip_wanted.connect(self._choose)
            self.window.cancel_wanted.connect(self._cancel)
            self.window.recipe_wanted.connect(self._apply)
        self.window.show()
        self.window.activateWindow()
        return self.window

    def _compare(self) -> None:
        self.forget()
        self._asked = self._desk.pictures
        if self.window is not None:
            self.window.show_progress(0, len(self._asked), "")
        listed = ComparePictures(len(self._asked))
        work = _comparing(index_path(self._desk.folders), self._asked)
        self._job = self._desk.work.runs.start(listed, len(self._asked), work, self._take)

    def _take(self, came: object) -> None:
        if isinstance(came, Compared):
            self._compared = came
            if self.window is not None:
                self.window.show_found(came)
            self._advise()

    def _moved(self, job: Job) -> None:
        if job.id != self._job:
            return
        if job.over:
            self._job = ""
        if self.window is None:
            return
        if job.state is State.RUNNING:
            done = round(job.progress.fraction * len(self._asked))
            self.window.show_progress(done, len(self._asked), job.progress.text)
        elif job.state is State.CANCELLED:
            self.window.show_failed(self.tr("Stopped."))
        elif job.problem is not None:
            self.window.show_failed(problem_text(job.problem))

    def _cancel(self) -> None:
        self._desk.work.runs.cancel(self._job)

    def _choose(self, pictures: Sequence[Picture]) -> None:
        self._desk.strip.show_all()
        self._desk.strip.row.choose({one.path for one in pictures}, pictures[0].path)
        row = self._desk.model.row_of(pictures[0].path)
        if row is not None:
            self._desk.strip.row.show_row(row)

    def _advise(self) -> None:
        """Tell which recipe was used most for pictures like the one that is looked at."""
        if self.window is None:
            return
        entry = self._advised()
        text = self.tr("Apply “{name}”, used for similar pictures…")
        self.window.show_advice("" if entry is None else text.format(name=recipe_name(entry)))

    def _advised(self) -> Entry | None:
        compared = self._compared
        like = None if self.window is None else self.window.like
        if compared is None or like not in compared.pictures:
            return None
        row = compared.pictures.index(like)
        marks = self._desk.model.marks
        advice = advised(
            compared.index, compared.pictures, row, lambda one: marks.get(one.path, NO_MARK).recipe
        )
        return None if advice is None else _found(self._recipes.library, advice.recipe)

    def _apply(self, picture: Picture | None) -> None:
        entry = self._advised()
        if entry is not None and picture is not None:
            self._desk.work.apply(entry, [picture], self._desk.folders)


def _found(library: RecipeLibrary, recipe: str) -> Entry | None:
    """None where it was deleted since."""
    try:
        return library.find(recipe)
    except Problem:
        return None


def _thumbs(grid: PictureGrid) -> Thumbs:
    return Thumbs(grid.pictures, parent=grid)


def _comparing(path: Path, pictures: tuple[Picture, ...]) -> Callable[[Tools], None]:
    def work(tools: Tools) -> None:
        cache = ThumbnailCache()
        try:
            comparing = Comparing(path, tools.decoder, cache, tools.engine)
            tell = partial(_tell, tools)
            tools.tell(comparing.compare(pictures, tell, tools.stop.is_set))
        finally:
            cache.close()

    return work


def _tell(tools: Tools, count: int) -> None:
    tools.tell(Counted(count))
