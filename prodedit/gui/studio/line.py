# SPDX-License-Identifier: Apache-2.0
"""What the studio asks the engine for: one task at a time, and of the wishes that come meanwhile
the newest."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits import NO_INPUTS
from prodedit.core.geometry import Size
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.orders import TaskDesk
from prodedit.editing.session import EditSession
from prodedit.engine.generating import GeneratingTask
from prodedit.engine.results import LatentsResult
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.late import while_there

Take = Callable[[LatentsResult], None]
NOTHING = Document(Size(1, 1))
"""For tasks that ask nothing of a layer."""


class Wish(NamedTuple):
    task: GeneratingTask
    take: Take
    inputs: edits.Inputs = NO_INPUTS
    document: Document = NOTHING


def own_session(desk: TaskDesk, parent: QObject) -> EditSession:
    """Of no picture: the studio asks through it whether one is open or not."""
    return EditSession(NOTHING, "", desk, parent=parent)


class Line(QObject):
    """Safe to ask as often as a slider moves: what is under way is shown, then the newest wish."""

    busy_changed = Signal(bool)
    progressed = Signal(float, str)
    """The share done, and what is being done: English, to be translated in "Progress"."""
    failed = Signal(object)
    """A Problem; wishes that waited are dropped."""

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._next: Wish | None = None
        self._job_id = ""
        session.job_changed.connect(self._moved)

    @property
    def is_busy(self) -> bool:
        return bool(self._job_id)

    def ask(self, wish: Wish) -> None:
        """At once, or after what is under way."""
        self._next = wish
        if not self._job_id:
            self._begin()

    def ask_instead(self, wish: Wish) -> None:
        """At once: what is under way is of no use any more."""
        self._cancel()
        self.ask(wish)

    @Slot()
    def stop(self) -> None:
        """Nothing more comes of what was asked."""
        if self._job_id:
            self._cancel()
            self.busy_changed.emit(False)

    def _cancel(self) -> None:
        self._next = None
        job_id, self._job_id = self._job_id, ""
        if job_id:
            self._session.cancel(job_id)

    def _begin(self) -> None:
        wish, self._next = self._next, None
        assert wish is not None
        see = while_there(self, self._seen, wish)
        look = self._session.look
        self._job_id = look(wish.task, wish.document, PREVIEW, see, wish.inputs)
        self.busy_changed.emit(True)

    def _seen(self, wish: Wish, job: Job) -> None:
        if job.id != self._job_id:
            return
        self._job_id = ""
        if job.state is State.DONE and isinstance(job.result, LatentsResult):
            wish.take(job.result)
        elif job.state is State.FAILED and job.problem is not None:
            self._next = None
            self.failed.emit(job.problem)
        if self._job_id:  # who took it has asked for more
            return
        if self._next is not None:
            self._begin()
        else:
            self.busy_changed.emit(False)

    @Slot(object)
    def _moved(self, job: Job) -> None:
        if job.id == self._job_id and not job.over:
            self.progressed.emit(job.progress.fraction, job.progress.text)
