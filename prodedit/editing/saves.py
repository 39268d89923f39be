# SPDX-License-Identifier: Apache-2.0
"""Project files on their way to the disk, and what was last written of each session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.editing.errands import Errands
from prodedit.editing.open_files import OpenFiles, also_open
from prodedit.editing.session import EditSession
from prodedit.files.openraster import Saved
from prodedit.render.project import save_project


class Saves(QObject):
    """Writes on the thread of `errands`; `files` knows what is open where."""

    saved = Signal(object, object, object)
    """(EditSession, Path, the Document that is in the file now)"""
    copied = Signal(object)
    """The Path that a copy was written to."""
    failed = Signal(object)
    """A Problem to tell."""
    not_saved = Signal(object, object)
    """(EditSession, Problem): what `failed` tells next is about this one."""

    def __init__(
        self,
        errands: Errands,
        files: OpenFiles,
        kept: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        """kept: how many earlier saves stay beside a file."""
        super().__init__(parent)
        self._kept = kept
        self._errands = errands
        self._files = files
        self._last: dict[EditSession, Saved] = {}
        self._under_way: list[EditSession] = []

    def save(self, session: EditSession, path: Path, *, replace: bool = False) -> None:
        """Write the project file; `saved` or `failed` comes. A file that the session has not seen
        is left alone, unless the person said `replace`."""
        document = session.document
        last = self._last.get(session)
        files = self._files
        guard = None if replace else partial(files.refuse_changed, session, path)
        is_same = last is not None and last.path == path and last.contents.document is document
        kept = 0 if is_same else self._kept()

        def work() -> Saved:
            saved = save_project(document, path, last, guard, kept)
            files.known(session, path)  # here, since the next save may be waiting already
            return saved

        errand = self._errands.run(work)
        self._under_way.append(session)
        errand.done.connect(partial(self._saved, session, path, document))
        errand.failed.connect(partial(self._not_saved, session))

    def copy(self, session: EditSession, path: Path) -> None:
        """Write what it is now to another file, and go on with the one it has; `copied` or `failed`
        comes."""
        document, last, kept = session.document, self._last.get(session), self._kept()

        def work() -> Path:
            save_project(document, path, last, keep_previous=kept)
            return path

        errand = self._errands.run(work)
        errand.done.connect(self.copied)
        errand.failed.connect(partial(self._not_written, session))

    def is_saving(self, session: EditSession) -> bool:
        """Whether a save of it was asked for and has not ended."""
        return session in self._under_way

    def read(self, session: EditSession, path: Path, saved: Saved) -> None:
        """`session` comes from the project file `path`: the next save writes only what differs."""
        self._last[session] = saved
        self._files.known(session, path)

    def recovered(self, session: EditSession, path: Path) -> None:
        """`session` goes on with the work on `path`."""
        self._files.known(session, path)
        self.claim(session, path)

    def claim(self, session: EditSession, path: Path) -> None:
        """`session` works on `path` from now on; tell where it is open elsewhere, too."""
        if not self._files.claim(session, path):
            self.failed.emit(also_open(path.name))

    def release(self, session: EditSession) -> None:
        """It is closed; a save of it that is under way ends all the same."""
        self._last.pop(session, None)
        self._files.release(session)

    def _saved(self, session: EditSession, path: Path, document: Document, saved: Saved) -> None:
        self._under_way.remove(session)
        self._last[session] = saved
        self.saved.emit(session, path, document)

    def _not_saved(self, session: EditSession, problem: Problem) -> None:
        self._under_way.remove(session)
        self._not_written(session, problem)

    def _not_written(self, session: EditSession, problem: Problem) -> None:
        self.not_saved.emit(session, problem)
        self.failed.emit(problem)
