# SPDX-License-Identifier: Apache-2.0
"""All that is open: sessions, the thread for files, the worker, settings. No widgets."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.document import Document, from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.disk_watch import DiskWatch
from prodedit.editing.errands import Errand, Errands
from prodedit.editing.exports import Exports, Write
from prodedit.editing.jobs_model import named
from prodedit.editing.open_files import OpenFiles
from prodedit.editing.opening import Opening
from prodedit.editing.openings import Openings
from prodedit.editing.recovery import RecoveryDesk, not_all_recovered
from prodedit.editing.saves import Saves
from prodedit.editing.session import EditSession, Translate, untranslated
from prodedit.editing.settings import Settings, SettingsFile
from prodedit.editing.worker import Worker
from prodedit.engine.service.jobs import Job
from prodedit.files.decoder import Decoder
from prodedit.files.journal_read import Recovered, Recovery
from prodedit.files.metadata import Metadata
from prodedit.files.pictures import Opened


class Workspace(QObject):
    """Opens, saves, exports and closes; whoever shows windows listens to its signals."""

    session_opened = Signal(object)
    session_closed = Signal(object)
    current_changed = Signal(object)
    """EditSession, or None when nothing is open."""
    preview_opened = Signal(object)
    """An Opening that can be shown now, while the rest of it is read."""
    opening_ended = Signal(object, object)
    """(such an Opening, its EditSession or None where there will be none)"""
    opened_with_notes = Signal(object, object)
    """(EditSession, tuple of Notes)"""
    damaged = Signal(object, object)
    """(Path, Problem): what is left can be opened with `open(path, accept_damaged=True)`."""
    failed = Signal(object)
    """A Problem to tell."""
    not_saved = Signal(object, object)
    """(EditSession, Problem): what `failed` tells next is about this one."""
    saved = Signal(object)
    """EditSession"""
    copied = Signal(object)
    """The Path that a copy was written to."""
    exporting = Signal(object, object)
    """(Path, Errand): a file is being made; `stop_export(errand)` ends that."""
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
        self._errands = Errands("files", self)
        self._openings = Openings(self._errands, decoder, self)
        self._files = OpenFiles(recovery.folder.with_name("open"))
        self._saves = Saves(self._errands, self._files, lambda: self.settings.versions, self)
        self.disk = DiskWatch(self._errands, self._files, self)
        self._exports = Exports(self)
        self._sessions: list[EditSession] = []
        self._metadata: dict[EditSession, Metadata | None] = {}
        self._current: EditSession | None = None
        self._current_opening: Opening | None = None
        self._connect()

    @property
    def sessions(self) -> tuple[EditSession, ...]:
        return tuple(self._sessions)

    @property
    def current(self) -> EditSession | None:
        return self._current

    @property
    def current_opening(self) -> Opening | None:
        """The one whose preview is shown; then no session is current."""
        return self._current_opening

    @property
    def is_busy_with_files(self) -> bool:
        return self._errands.busy or self._exports.busy

    @property
    def is_opening(self) -> bool:
        """Whether a file is on its way to being open."""
        return self._openings.busy

    def make_current(self, session: EditSession | None) -> None:
        if session is not self._current or self._current_opening is not None:
            self._current, self._current_opening = session, None
            self.current_changed.emit(session)

    def show_opening(self, opening: Opening) -> None:
        """Show the preview of a file that is being read; there is nothing to work on yet."""
        if opening is not self._current_opening:
            self._current, self._current_opening = None, opening
            self.current_changed.emit(None)

    def open(self, path: Path, *, accept_damaged: bool = False) -> None:
        """Read a photo or project; `session_opened`, `damaged` or `failed` comes."""
        path = path.absolute()
        already = next((s for s in self._sessions if path == (s.path or s.source)), None)
        if already is not None:
            self.make_current(already)
        if (under_way := self._openings.under_way(path)) and under_way.preview is not None:
            self.show_opening(under_way)
        if already is None and under_way is None:
            self._openings.begin(path, accept_damaged=accept_damaged)

    def cancel_opening(self, opening: Opening) -> None:
        """It is not wanted any more; its preview goes at once."""
        opening.stop.want()
        self._end_opening(opening, None)

    def open_pixels(self, tiles: Tiles, name: str, alpha: Tiles | None = None) -> EditSession:
        """A new document of pixels that came without a file (pasted ones)."""
        session = self._session(from_photo(tiles, name, alpha), name)
        session.stack.resetClean()
        self._show(session)
        return session

    def open_document(
        self, document: Document, name: str, *, resolution: float = 0.0, is_worth: bool = False
    ) -> EditSession:
        """A document that no file holds. resolution: pixels per inch; is_worth: there is something
        to save in it already."""
        session = self._session(document, name)
        if is_worth:
            session.stack.resetClean()
        if resolution:
            self._metadata[session] = Metadata(resolution=resolution)
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
        self._saves.save(session, path, replace=replace)

    def save_copy(self, session: EditSession, path: Path) -> None:
        """Write another project file and go on with the one there is; `copied` or `failed`
        comes."""
        self._saves.copy(session, path)

    def is_as_file(self, session: EditSession, opened: Opened) -> None:
        """Its document was just read from its file: there is nothing to save."""
        if opened.saved is not None:
            self._saves.read(session, opened.source, opened.saved)
        else:
            self._files.known(session, opened.source)
        session.stack.setClean()

    def keep_mine(self, session: EditSession) -> None:
        """What another program has made of its file is to be replaced by the next save."""
        self._files.known(session, session.path or session.source or Path())
        session.stack.resetClean()

    def is_saving(self, session: EditSession) -> bool:
        """Whether a save of it was asked for and has not ended."""
        return self._saves.is_saving(session)

    def export(self, session: EditSession, path: Path, setting: ExportSetting) -> None:
        """Write a picture file; `exported` or `failed` comes."""
        metadata = self._metadata.get(session)
        self._exports.export(session.document, path, setting, metadata, session.source)
        self.change_settings(export=setting, export_folder=str(path.parent))

    def export_by(self, session: EditSession, path: Path, write: Write) -> None:
        """As `export`, by a function that writes the file."""
        self._exports.write(path, write, session.source)
        self.change_settings(export_folder=str(path.parent))

    def stop_export(self, errand: Errand) -> None:
        """Nothing is written then, unless it is just done."""
        self._exports.stop(errand)

    def whose(self, job: Job) -> str:
        """The picture and the layer that a job which begins is for, as a text; "": of none."""
        for session in self._sessions:
            order = next((one for one in session.pending if one.job_id == job.id), None)
            if order is not None:
                return named(session.name, order.document, order.layer_id)
        of_current = self._current is not None and self._current.document.find(job.layer or "")
        if self._current is None or not of_current:
            return ""
        return named(self._current.name, self._current.document, job.layer or "")

    def metadata_of(self, session: EditSession) -> Metadata | None:
        """What the photo's file said besides its pixels."""
        return self._metadata.get(session)

    def run(self, work: Callable[[], object], *, optional: bool = False) -> Errand:
        """Another errand on the thread for files; `optional`: see there."""
        return self._errands.run(work, optional=optional)

    def make(self, work: Callable[[], object]) -> Errand:
        """Another errand on the thread that exports; nobody misses it when the program ends."""
        return self._exports.make(work)

    def wait_for_files(self) -> None:
        """Until all saves and exports that were asked for are told."""
        while self.is_busy_with_files:
            self._exports.wait()
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
        self.worker.job_moved.disconnect(session.job_moved)
        self.disk.leave(session)
        self._recovery.release(session, keep=keep)
        self._saves.release(session)
        self.session_closed.emit(session)
        left = self._sessions[min(place, len(self._sessions) - 1)] if self._sessions else None
        self.make_current(left)
        session.end()

    def close(self) -> None:
        """End threads and processes; a save that was begun is finished."""
        self._openings.stop_all()
        self.decoder.close()  # what is being read is not waited for
        self._exports.close()
        self._errands.close()
        for session in self.sessions:
            self.close_session(session, keep=session.is_dirty)
        self.worker.close()

    @Slot(object)
    def _tell(self, problem: Problem) -> None:
        """Of another thread: a slot, so that it is told in this one."""
        self.failed.emit(problem)

    def _connect(self) -> None:
        self._journal_failed.connect(self._tell)
        self._openings.previewed.connect(self._previewed)
        self._openings.opened.connect(self._opened)
        self._openings.failed.connect(self._not_opened)
        self._saves.saved.connect(self._saved)
        self._saves.not_saved.connect(self.not_saved)
        self._saves.copied.connect(self.copied)
        self._saves.failed.connect(self.failed)
        self._exports.exporting.connect(self.exporting)
        self._exports.exported.connect(self.exported)
        self._exports.failed.connect(self.failed)

    @Slot(object)
    def _previewed(self, opening: Opening) -> None:
        self.preview_opened.emit(opening)
        self.show_opening(opening)

    def _end_opening(self, opening: Opening, session: EditSession | None) -> None:
        """Its preview goes, and the session, or what else is open, takes its place."""
        self._openings.end(opening)
        was_shown = opening is self._current_opening
        if was_shown and session is not None:
            self.make_current(session)
        if opening.preview is not None:
            self.opening_ended.emit(opening, session)
        if was_shown and session is None:
            self.make_current(self._sessions[-1] if self._sessions else None)

    @Slot(object, object)
    def _opened(self, opening: Opening, opened: Opened) -> None:
        session = self._session(opened.document, opened.name, opened.project, opened.source)
        self._metadata[session] = opened.metadata
        if opened.saved is not None:
            self._saves.read(session, opening.path, opened.saved)
        else:
            self._files.known(session, opening.path)
        self.change_settings(recent=self.settings.with_recent(opened.source).recent)
        self._sessions.append(session)
        self.session_opened.emit(session)
        if opening.preview is None:
            self.make_current(session)
        self._end_opening(opening, session)
        self._saves.claim(session, opening.path)
        if opened.notes:
            self.opened_with_notes.emit(session, opened.notes)

    @Slot(object, object)
    def _not_opened(self, opening: Opening, problem: Problem) -> None:
        self._end_opening(opening, None)
        if problem.code == "damaged":
            self.damaged.emit(opening.path, problem)
        else:
            self.failed.emit(problem)

    def _recovered(self, recovery: Recovery, recovered: Recovered) -> None:
        document, source = recovered.document, recovery.source
        session = self._session(document, recovery.name, recovery.path, source)
        session.stack.resetClean()
        self._show(session)
        if session.path is not None:
            self._saves.recovered(session, session.path)
        self._errands.run(partial(self._recovery.takes_over, session, document, recovery))
        self._recovery.settle(session)
        if recovered.is_damaged:
            self.failed.emit(not_all_recovered(recovery.name))

    @Slot(object, object, object)
    def _saved(self, session: EditSession, path: Path, document: Document) -> None:
        if session not in self._sessions:
            self._saves.release(session)
            return
        session.mark_saved(path, document)
        if not session.is_dirty:
            self._recovery.saved(session, path)
        self.change_settings(recent=self.settings.with_recent(path).recent)
        self.saved.emit(session)
        self._saves.claim(session, path)

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
        self.disk.follow(session)
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
