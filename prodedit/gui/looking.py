# SPDX-License-Identifier: Apache-2.0
"""What is tried of a picture only to be looked at: begun after a rest, one job at a time, and
dropped as soon as the picture is another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import Result
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import Task
from prodedit.gui.late import while_there


class Looking(QObject):
    """begin: called when a wish has rested for so long. What was on its way at a `stop` is not
    heard of any more, neither what came of it nor why it failed."""

    failed = Signal(object)
    """A Problem."""
    overtaken = Signal()
    """The document or its active layer is another one than what was looked at."""

    def __init__(
        self, workspace: Workspace, milliseconds: int, begin: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self._job_id = ""
        self._round = 0
        self._delay = QTimer(self, singleShot=True, interval=milliseconds)
        self._delay.timeout.connect(begin)

    @property
    def session(self) -> EditSession | None:
        return self._session

    def set_session(self, session: EditSession | None) -> None:
        self.stop()
        for signal in self._overtaking():
            signal.disconnect(self._overtaken)
        self._session = session
        for signal in self._overtaking():
            signal.connect(self._overtaken)

    def rest(self) -> None:
        """Begin once nothing more is wished for a moment."""
        self._delay.start()

    def stop(self) -> None:
        self._delay.stop()
        self._round += 1
        job_id, self._job_id = self._job_id, ""
        if job_id and self._session is not None:
            self._session.cancel(job_id)

    def work(self, work: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """Do `work` away from the window's thread; `take` gets what comes of it."""
        errand = self._workspace.run(work, optional=True)
        errand.done.connect(while_there(self, self._worked, self._round, take))
        errand.failed.connect(while_there(self, self._failed, self._round))

    def look(
        self,
        task: Task,
        document: Document,
        inputs: Mapping[str, Tiles],
        see: Callable[[Result], None],
    ) -> None:
        """Have `task` done to the layer PREVIEW of a document of one's own."""
        assert self._session is not None
        heard = while_there(self, self._heard, see)
        self._job_id = self._session.look(task, document, PREVIEW, heard, inputs)

    def _overtaking(self) -> tuple[Any, ...]:
        session = self._session
        return () if session is None else (session.changed, session.active_changed)

    @Slot()
    def _overtaken(self, *_ignored: object) -> None:
        self.overtaken.emit()

    def _worked(self, round_: int, take: Callable[[Any], None], value: Any) -> None:
        if round_ == self._round:
            take(value)

    def _heard(self, see: Callable[[Result], None], job: Job) -> None:
        if job.id != self._job_id:
            return
        self._job_id = ""
        if job.state is State.FAILED and job.problem is not None:
            self.failed.emit(job.problem)
        elif job.state is State.DONE and job.result is not None:
            see(job.result)

    def _failed(self, round_: int, problem: Problem) -> None:
        if round_ == self._round:
            self.failed.emit(problem)
