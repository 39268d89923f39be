# SPDX-License-Identifier: Apache-2.0
"""Journals of what is open, and what an earlier, killed program left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import platformdirs
from PySide6.QtCore import QTimer

from prodedit.core.document import Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.session import EditSession
from prodedit.files.journal import JournalWriter
from prodedit.files.journal_read import Recovery, recoverable

SETTLED_MS = 10_000
_log = logging.getLogger(__name__)


class RecoveryDesk:
    """One journal a session; they go when the session is saved or closed."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_state_path("prodedit", False) / "recovery"
        self._writers: dict[EditSession, JournalWriter] = {}

    def found(self) -> tuple[Recovery, ...]:
        """What can be got back, the newest first; never raises."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _log.warning("no place for recovery data: %s", error)
        return tuple(recoverable(self.folder))

    def watch(
        self, session: EditSession, on_problem: Callable[[Problem], None] | None = None
    ) -> JournalWriter:
        """Keep a journal of what `session` does from now on. `on_problem`: called on a thread of
        the journal's own where it can't be kept."""
        writer = JournalWriter(
            self.folder,
            name=session.name,
            path=session.path,
            source=session.source,
            on_problem=on_problem,
        )
        self._writers[session] = writer
        session.journal = writer
        return writer

    def takes_over(self, session: EditSession, document: Document, recovery: Recovery) -> None:
        """A recovered document is open: its old journal goes once the new one has it on disk."""
        writer = self._writers[session]
        writer.tried(recovery.tries)
        writer.record(document, session.name, kept=recovery.discard)

    def settle(self, session: EditSession) -> None:
        """To be called once a recovered document is open: if the program lives on for a while, it
        was not the document that ended it."""
        timer = QTimer(session, singleShot=True, interval=SETTLED_MS)
        timer.timeout.connect(lambda: self._writers[session].tried(0))
        timer.start()

    def saved(self, session: EditSession, path: Path) -> None:
        """What was kept of this session is not needed any more."""
        self._writers[session].saved(session.name, path)

    def release(self, session: EditSession, *, keep: bool = False) -> None:
        """The session ends. keep: nobody has said that its work may go, so it is offered at the
        next start; else nothing is left behind."""
        session.journal = None
        self._writers.pop(session).close(keep=keep)


def not_all_recovered(name: str) -> Problem:
    """What to tell where a document came back damaged."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The last steps on “{name}” could not be got back."),
        code="recovery-damaged",
        name=name,
    )
