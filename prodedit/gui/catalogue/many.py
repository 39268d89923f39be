# SPDX-License-Identifier: Apache-2.0
"""Work on many pictures of the folder, beside what the person does: each piece of it one job."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.catalogue.batch.mishaps import unexpected
from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.lent_engine import LentEngine
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import Result
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import Task
from prodedit.files.decoder import Decoder

_PATIENCE = 2.0
"""Seconds: what is being written is finished, or was never there."""
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Tools:
    """What a piece of work is handed: a decoder and the engine of its own, to be ended with it, and
    how it tells what it has done."""

    decoder: Decoder
    engine: LentEngine
    tell: Callable[[object], None]
    """One more picture is done: what came of it, for the window's thread."""
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Counted:
    """So many more pictures are done, of which there is nothing else to tell."""

    count: int


Work = Callable[[Tools], None]
"""Runs in a thread of its own. Raises Problem, Cancelled."""


@dataclass(eq=False)
class _Piece:
    job: Job
    count: int
    take: Callable[[object], None]
    tools: Tools
    done: int = 0
    thread: threading.Thread | None = None


class ManyRuns(QObject):
    """Of one window."""

    job_moved = Signal(object)
    """A Job, for the lists of those."""
    ended = Signal(object)
    """A Job that is over."""
    _told = Signal(str, object)
    """(job's id, what came of a picture): out of another thread."""
    _left = Signal(str, object)
    """(job's id, why it ended: None, a Problem, or Cancelled)"""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pieces: dict[str, _Piece] = {}
        self._told.connect(self._one_done)
        self._left.connect(self._end)

    def start(self, listed: object, count: int, work: Work, take: Callable[[object], None]) -> str:
        """The job's id. listed: as what it stands in the list of jobs; count: of pictures; take:
        gets what `work` tells, in the window's thread."""
        job = Job(uuid.uuid4().hex, cast(Task, listed)).started(time.monotonic())
        tools = Tools(Decoder(), LentEngine(self._workspace.worker), self._teller(job.id))
        piece = self._pieces[job.id] = _Piece(job, count, take, tools)
        piece.thread = threading.Thread(
            target=self._run, args=(job.id, work, tools), name="many pictures", daemon=True
        )
        self.job_moved.emit(job)
        piece.thread.start()
        return job.id

    @Slot(str)
    def cancel(self, job_id: str) -> None:
        """Nothing where that is no job of these, or is over."""
        piece = self._pieces.pop(job_id, None)
        if piece is not None:
            _stop(piece.tools)
            self._say(piece.job.cancelled())

    def close(self) -> None:
        """Stop all, and wait a little. May be repeated."""
        pieces = tuple(self._pieces.values())
        for piece in pieces:
            self.cancel(piece.job.id)
        for piece in pieces:
            if piece.thread is not None:
                piece.thread.join(_PATIENCE)

    def _teller(self, job_id: str) -> Callable[[object], None]:
        return lambda came: self._told.emit(job_id, came)

    def _run(self, job_id: str, work: Work, tools: Tools) -> None:
        why: Problem | type[Cancelled] | None = None
        try:
            with tools.decoder:
                work(tools)
        except Problem as problem:
            why = problem
        except Cancelled:
            why = Cancelled
        except Exception as error:  # noqa: BLE001 - told to the person, and in the log
            _log.exception("work on many pictures failed")
            why = unexpected(error)
        if not tools.stop.is_set():
            self._left.emit(job_id, why)

    @Slot(str, object)
    def _one_done(self, job_id: str, came: object) -> None:
        piece = self._pieces.get(job_id)
        if piece is not None:
            piece.done += came.count if isinstance(came, Counted) else 1
            done = min(piece.done, piece.count)
            text = f"{done} / {piece.count}"
            share = done / max(1, piece.count)
            piece.job = piece.job.progressed(share, text, time.monotonic())
            self.job_moved.emit(piece.job)
            if not isinstance(came, Counted):
                piece.take(came)

    @Slot(str, object)
    def _end(self, job_id: str, why: object) -> None:
        piece = self._pieces.pop(job_id, None)
        if piece is None:
            return
        if isinstance(why, Problem):
            self._say(piece.job.failed(why))
            self._workspace.failed.emit(why)
        elif why is Cancelled:
            self._say(piece.job.cancelled())
        else:
            self._say(piece.job.finished(cast(Result, None)))

    def _say(self, job: Job) -> None:
        self.job_moved.emit(job)
        self.ended.emit(job)


def _stop(tools: Tools) -> None:
    tools.stop.set()
    tools.engine.close()
    tools.decoder.cancel()
