# SPDX-License-Identifier: Apache-2.0
"""All that is open: sessions, the thread for files, the worker, settings. No widgets."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.document import Document, from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errand, Errands
from prodedit.editing.open_files import OpenFiles, also_open
from prodedit.editing.recovery import RecoveryDesk
from prodedit.editing.session import EditSession, Translate, untranslated
from prodedit.editing.settings import Settings, SettingsFile
from prodedit.editing.worker import Worker
from prodedit.files.decoder import Decoder
from prodedit.files.journal_read import Recovered, Recovery
from prodedit.files.metadata import Metadata
from prodedit.files.openraster import Saved
from prodedit.files.pictures import Opened, open_picture
from prodedit.render.export import export_picture
from prodedit.render.project import save_project


@dataclass(frozen=True)
class Exported:
    path: Path
    nbytes: int


class Workspace(QObject):
    """Opens, saves, exports and closes; whoever shows windows listens to its signals."""

    session_opened = Signal(object)
    session_closed = Signal(object)
    current_changed = Signal(object)
    """EditSession, or None when nothing is open."""
    opening = Signal(object)
    """Path that is being read."""
    opened_with_notes = Signal(object, object)
    """(EditSession, tuple of Notes)"""
    damaged = Signal(object, object)
    """(Path, Problem): what is left can be opened with `open(path, accept_damaged=True)`."""
    failed = Signal(object)
    """A Problem to tell."""
    saved = Signal(object)
    """EditSession"""
    exported = Signal(object)
    """Exported"""
    settings_changed = Signal(object)
    _journal_failed = Signal(object)

    def __init__(
        self,
        worker: Worker,
        decoder: Decoder,
        settings_file: SettingsFile,
        recovery: RecoveryDesk,
        translate: Translate = untranslated,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.worker = worker
        self.decoder = decoder
        self.translate = translate
        self._settings_file = settings_file
        self.settings: Settings = settings_file.load()
        self._recovery = recovery
        self._files = OpenFiles(recovery.folder.with_name("open"))
        self._errands = Errands("files", self)
        self._sessions: list[EditSession] = []
        self._metadata: dict[EditSession, Metadata | None] = {}
        self._saves: dict[EditSession, Saved] = {}
        self._current: EditSession | None = None
        self._opening: set[Path] = set()
        self._saving: list[EditSession] = []
        self._journal_failed.connect(self._tell)

    @property
    def sessions(self) -> tuple[EditSession, ...]:
        return tuple(self._sessions)

    @property
    def current(self) -> EditSession | None:
        return self._current

    @property
    def is_busy_with_files(self) -> bool:
        return self._errands.busy

    def make_current(self, session: EditSession | None) -> None:
        if session is not self._current:
            self._current = session
            self.current_changed.emit(session)

    def open(self, path: Path, *, accept_damaged: bool = False) -> None:
        """Read a photo or project; `session_opened`, `damaged` or `failed` comes."""
        path = path.absolute()
        already = next((s for s in self._sessions if path == (s.path or s.source)), None)
        if already is not None:
            self.make_current(already)
        if already is not None or path in self._opening:
            return
        self._opening.add(path)
        self.opening.emit(path)
        read = partial(open_picture, path, self.decoder, accept_damaged=accept_damaged)
        errand = self._errands.run(read, optional=True)
        errand.done.connect(partial(self._opened, path))
        errand.failed.connect(partial(self._not_opened, path))

    def open_pixels(self, tiles: Tiles, name: str, alpha: Tiles | None = None) -> EditSession:
        """A new document of pixels that came without a file (pasted ones)."""
        session = self._session(from_photo(tiles, name, alpha), name)
        session.stack.resetClean()
        self._show(session)
        return session

    def recover(self, recovery: Recovery) -> None:
        """Bring back what a killed program left; it stays on disk until it is saved."""
        errand = self._errands.run(recovery.load)
        errand.done.connect(partial(self._recovered, recovery))
        errand.failed.connect(self.failed)

    def recoveries(self) -> tuple[Recovery, ...]:
        return self._recovery.found()

    def save(self, session: EditSession, path: Path, *, replace: bool = False) -> None:
        """Write the project file; `saved` or `failed` comes. The photo itself is never touched.

        A file that the session has not seen is left alone, unless the person said `replace`.
        """
        document = session.document
        last = self._saves.get(session)
        files = self._files
        guard = None if replace else partial(files.refuse_changed, session, path)

        def work() -> Saved:
            saved = save_project(document, path, last, guard)
            files.known(session, path)  # here, since the next save may be waiting already
            return saved

        errand = self._errands.run(work)
        self._saving.append(session)
        errand.done.connect(partial(self._saved, session, path, document))
        errand.failed.connect(partial(self._not_saved, session))

    def is_saving(self, session: EditSession) -> bool:
        """Whether a save of it was asked for and has not ended."""
        return session in self._saving

    def export(self, session: EditSession, path: Path, setting: ExportSetting) -> None:
        """Write a picture file; `exported` or `failed` comes."""
        metadata = self._metadata.get(session)
        work = partial(_exported, session.document, path, setting, metadata)
        errand = self._errands.run(work)
        errand.done.connect(self.exported)
        errand.failed.connect(self.failed)
        self.change_settings(export=setting, export_folder=str(path.parent))

    def metadata_of(self, session: EditSession) -> Metadata | None:
        """What the photo's file said besides its pixels."""
        return self._metadata.get(session)

    def run(self, work: Callable[[], object], *, optional: bool = False) -> Errand:
        """Another errand on the thread for files; `optional`: see there."""
        return self._errands.run(work, optional=optional)

    def wait_for_files(self) -> None:
        """Until all saves and exports that were asked for are done and told."""
        self._errands.wait()

    def change_settings(self, **changes: object) -> None:
        self.settings = msgspec.structs.replace(self.settings, **changes)
        if self._errands.is_closed:  # a save has ended while the program ends
            self._settings_file.save(self.settings)
        else:
            self._errands.run(partial(self._settings_file.save, self.settings))
        self.settings_changed.emit(self.settings)

    def close_session(self, session: EditSession, *, keep: bool = False) -> None:
        """Without asking: whoever shows the window has asked. keep: nobody could be asked, so what
        is not saved is offered at the next start."""
        session.cancel_jobs()
        place = self._sessions.index(session)
        self._sessions.remove(session)
        self._metadata.pop(session, None)
        self._saves.pop(session, None)
        self.worker.job_moved.disconnect(session.job_moved)
        self._recovery.release(session, keep=keep)
        self._files.release(session)
        self.session_closed.emit(session)
        left = self._sessions[min(place, len(self._sessions) - 1)] if self._sessions else None
        self.make_current(left)
        session.deleteLater()

    def close(self) -> None:
        """End threads and processes; a save that was begun is finished."""
        self.decoder.close()  # what is being read is not waited for
        self._errands.close()
        for session in self.sessions:
            self.close_session(session, keep=session.is_dirty)
        self.worker.close()

    @Slot(object)
    def _tell(self, problem: Problem) -> None:
        """Of another thread: a slot, so that it is told in this one."""
        self.failed.emit(problem)

    def _opened(self, path: Path, opened: Opened) -> None:
        self._opening.discard(path)
        session = self._session(opened.document, opened.name, opened.project, opened.source)
        self._metadata[session] = opened.metadata
        if opened.saved is not None:
            self._saves[session] = opened.saved
            self._files.known(session, path)
        self.change_settings(recent=self.settings.with_recent(opened.source).recent)
        self._show(session)
        self._claim(session, path)
        if opened.notes:
            self.opened_with_notes.emit(session, opened.notes)

    def _not_opened(self, path: Path, problem: Problem) -> None:
        self._opening.discard(path)
        problem.values.setdefault("file", path.name)
        if problem.code == "damaged":
            self.damaged.emit(path, problem)
        else:
            self.failed.emit(problem)

    def _recovered(self, recovery: Recovery, recovered: Recovered) -> None:
        document, source = recovered.document, recovery.source
        session = self._session(document, recovery.name, recovery.path, source)
        session.stack.resetClean()
        self._show(session)
        if session.path is not None:
            self._files.known(session, session.path)
            self._claim(session, session.path)
        self._errands.run(partial(self._recovery.takes_over, session, document, recovery))
        if recovered.is_damaged:
            self.failed.emit(_not_all_recovered(recovery.name))

    def _not_saved(self, session: EditSession, problem: Problem) -> None:
        self._saving.remove(session)
        self.failed.emit(problem)

    def _saved(self, session: EditSession, path: Path, document: Document, saved: Saved) -> None:
        self._saving.remove(session)
        if session not in self._sessions:
            self._files.release(session)
        else:
            self._saves[session] = saved
            session.mark_saved(path, document)
            if not session.is_dirty:
                self._recovery.saved(session, path)
            self.change_settings(recent=self.settings.with_recent(path).recent)
            self.saved.emit(session)
            self._claim(session, path)

    def _claim(self, session: EditSession, path: Path) -> None:
        """Tell where the file is open elsewhere, too."""
        if not self._files.claim(session, path):
            self.failed.emit(also_open(path.name))

    def _session(
        self,
        document: Document,
        name: str,
        path: Path | None = None,
        source: Path | None = None,
    ) -> EditSession:
        megabytes = self.settings.undo_megabytes
        session = EditSession(
            document,
            name,
            self.worker,
            path=path,
            source=source,
            budget=(megabytes << 20) or quarter_of_memory(),
            translate=self.translate,
            parent=self,
        )
        session.failed.connect(self.failed)
        self.worker.job_moved.connect(session.job_moved)
        self._recovery.watch(session, self._journal_failed.emit)
        return session

    def _show(self, session: EditSession) -> None:
        self._sessions.append(session)
        self.session_opened.emit(session)
        self.make_current(session)


def quarter_of_memory() -> int:
    """Bytes that undo may hold where nothing was set: a quarter of the machine's memory."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    except (ValueError, OSError, AttributeError):
        return 2 << 30


def _not_all_recovered(name: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The last steps on “{name}” could not be got back."),
        code="recovery-damaged",
        name=name,
    )


def _exported(
    document: Document, path: Path, setting: ExportSetting, metadata: Metadata | None
) -> Exported:
    return Exported(path, export_picture(document, path, setting, metadata))
