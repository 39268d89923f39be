# SPDX-License-Identifier: Apache-2.0
"""Keeps what is remembered of pictures: what a person says of them, and what the program sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from prodedit.catalogue.folder.listing import Picture, absolute, looked_at
from prodedit.catalogue.folder.marks import NO_MARK, Change, Failing, Mark, Marks
from prodedit.editing.exports import Exported
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.pictures import PROJECT_SUFFIX
from prodedit.gui.catalogue.model import PicturesModel


class MarkKeeper(QObject):
    """What the model shows is changed at once; the file follows, on the thread for files."""

    changed = Signal()
    """Something is remembered of a picture that was not before."""

    def __init__(
        self, workspace: Workspace, model: PicturesModel, marks: Marks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._model, self._marks = workspace, model, marks
        self._recipes: dict[Path, str] = {}
        self._said_since: dict[Path, Mark] = {}  # since what is remembered was asked for last
        workspace.session_opened.connect(self._opened)
        workspace.session_closed.connect(self._closed)
        workspace.saved.connect(self._saved)
        workspace.exported.connect(self._exported)

    def read(self, pictures: Sequence[Picture], then: Callable[[], None]) -> None:
        """What is known of these from before; `then` is called once the model has it."""

        self._said_since.clear()

        def take(found: dict[Path, Mark]) -> None:
            known = {**found, **self._said_since}
            self._model.set_marks({path: one for path, one in known.items() if one != NO_MARK})
            then()

        errand = self._workspace.run(partial(self._marks.read, pictures), optional=True)
        errand.done.connect(take)
        errand.failed.connect(self._workspace.failed)

    def change(self, pictures: Sequence[Picture], change: Change) -> None:
        """Remember something else of these."""
        for picture in pictures:
            before = self._model.marks.get(picture.path, NO_MARK)
            self._said_since[picture.path] = change(before)
            self._model.set_mark(picture.path, change(before))
        errand = self._workspace.run(partial(self._marks.change, tuple(pictures), change))
        errand.failed.connect(self._workspace.failed)
        self.changed.emit()

    def rate(self, pictures: Sequence[Picture], stars: int) -> None:
        self.change(pictures, partial(_with_stars, stars))

    def was_exported(self, picture: Picture, output: Path, recipe: str) -> None:
        """recipe: the id or the name of the one that made it; "": none did."""
        self.change((picture,), partial(_with_export, str(output), recipe))

    @Slot(object, object, str)
    def made_elsewhere(self, photo: Path, output: Path, recipe: str) -> None:
        """A file was made of a photo by the window for many."""
        picture = looked_at(photo)
        if picture is not None:
            self.was_exported(picture, output, recipe)

    def was_checked(self, picture: Picture, checked: Sequence[Failing]) -> None:
        """What came of it for some presets."""
        self.change((picture,), partial(_with_checked, picture.content, checked))

    def applied(self, session: EditSession, recipe: str) -> None:
        """A recipe, by its id, was done to an open picture: it is remembered with its export."""
        if session.source is not None:
            self._recipes[session.source] = recipe

    def photo_of(self, session: EditSession | None) -> Path | None:
        """The photo that an open picture was made of; None of pasted ones."""
        return self._photo(None if session is None else session.source)

    def _photo(self, source: Path | None) -> Path | None:
        if source is None or source.suffix.lower() != PROJECT_SUFFIX:
            return None if source is None else absolute(source)
        marks = self._model.marks.items()
        return next((path for path, mark in marks if mark.project == str(source)), source)

    @Slot(object)
    def _opened(self, session: EditSession) -> None:
        session.file_changed.connect(self._look)
        self._look()

    @Slot(object)
    def _closed(self, session: EditSession) -> None:
        del session
        self._look()

    @Slot()
    def _look(self) -> None:
        """Which of the pictures have changes that are not saved."""
        dirty = (self.photo_of(one) for one in self._workspace.sessions if one.is_dirty)
        paths = frozenset(path for path in dirty if path is not None)
        if paths != self._model.changed:
            self._model.set_changed(paths)
            self.changed.emit()

    @Slot(object)
    def _saved(self, session: EditSession) -> None:
        picture = self._picture(session.source)
        if picture is not None and session.path is not None:
            self.change((picture,), partial(_with_project, str(session.path)))

    @Slot(object)
    def _exported(self, exported: Exported) -> None:
        picture = self._picture(exported.source)
        if picture is not None and exported.source is not None:
            recipe = self._recipes.get(exported.source, "")
            self.was_exported(picture, exported.path, recipe)

    def _picture(self, source: Path | None) -> Picture | None:
        """The photo as it is now; None where there is none any more."""
        path = self._photo(source)
        return None if path is None or path.suffix == PROJECT_SUFFIX else looked_at(path)


def _with_stars(stars: int, mark: Mark) -> Mark:
    return msgspec.structs.replace(mark, stars=stars)


def _with_project(project: str, mark: Mark) -> Mark:
    return msgspec.structs.replace(mark, project=project)


def _with_checked(content: str, checked: Sequence[Failing], mark: Mark) -> Mark:
    for one in checked:
        mark = mark.with_checked(one, content)
    return mark


def _with_export(output: str, recipe: str, mark: Mark) -> Mark:
    return msgspec.structs.replace(mark, exported=output, recipe=recipe or mark.recipe)
