# SPDX-License-Identifier: Apache-2.0
"""A recipe done to an open picture: as one job, and as one undo step."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.document import PHOTO, Document
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.orders import LandedJob, Order
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.recipe import Recipe
from prodedit.engine.replaying import Replay
from prodedit.engine.results import PixelsResult, Remark, Result
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import ApplyRecipe, Task


@dataclass(eq=False)
class _Run:
    """before: the document that it was begun with; part: the job of the engine's that is waited
    for; remarks: what a person should know of what came so far."""

    job: Job
    session: EditSession
    before: Document
    replay: Replay
    part: str = ""
    remarks: tuple[Remark, ...] = ()

    def moved(self, within: float, text: str) -> None:
        """`within`: how much of the present step is done, 0..1."""
        share = (self.replay.done + within) / max(1, len(self.replay.steps))
        self.job = self.job.progressed(share, text, time.monotonic())


class RecipeRuns(QObject):
    """Edits are done away from the window's thread, tasks by the engine, in their order. What is
    done meanwhile to the same picture is never lost: the recipe then gives up, and says so."""

    job_moved = Signal(object)
    """A Job, for the lists of those."""
    remarked = Signal(object)
    """A tuple of Remarks, at the end."""
    ended = Signal(object)
    """A Job that is over."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runs: dict[str, _Run] = {}
        workspace.worker.job_moved.connect(self._part_moved)
        workspace.session_closed.connect(self._closed)

    def start(self, session: EditSession, recipe: Recipe) -> str:
        """The job's id. Done to the photo; where there is none, to the active layer."""
        layer = PHOTO if session.document.find(PHOTO) else session.active_id
        task = cast(Task, ApplyRecipe(recipe.name))  # the engine never sees it
        job = Job(uuid.uuid4().hex, task, layer=layer).started(time.monotonic())
        replay = Replay(session.document, recipe.steps, layer_id=layer)
        run = self._runs[job.id] = _Run(job, session, session.document, replay)
        self.job_moved.emit(job)
        self._advance(run)
        return job.id

    def running(self, session: EditSession) -> bool:
        return any(run.session is session for run in self._runs.values())

    def cancel(self, job_id: str) -> None:
        """Nothing where that is no job of these, or is over. The picture is as it was."""
        run = self._runs.pop(job_id, None)
        if run is not None:
            self._let_go(run)
            self._end(run, run.job.cancelled())

    # One step after the other

    def _advance(self, run: _Run) -> None:
        errand = self._workspace.make(run.replay.advance)
        errand.done.connect(partial(self._asked, run))
        errand.failed.connect(partial(self._failed, run))

    def _asked(self, run: _Run, task: Task | None) -> None:
        if run.job.id not in self._runs:
            return
        if task is None:
            self._finish(run)
            return
        layer = run.job.layer or PHOTO
        run.part = uuid.uuid4().hex
        order = Order(run.part, task, run.replay.document, layer, is_part=True)
        self._workspace.worker.submit(order)

    @Slot(object)
    def _part_moved(self, job: Job) -> None:
        """A job of the engine's has a new state; those of others are passed over."""
        run = next((one for one in self._runs.values() if one.part == job.id), None)
        if run is None:
            return
        if job.state is State.RUNNING:
            run.moved(job.progress.fraction, job.progress.text)
            self.job_moved.emit(run.job)
        elif job.state is State.CANCELLED:
            self.cancel(run.job.id)
        elif job.problem is not None:
            self._failed(run, job.problem)
        elif job.state is State.DONE and job.result is not None:
            self._land(run, job, job.result)

    def _land(self, run: _Run, job: Job, result: Result) -> None:
        run.part = ""
        if isinstance(result, PixelsResult):
            run.remarks += result.remarks
        landing = job.landing if isinstance(job, LandedJob) else None
        errand = self._workspace.make(partial(run.replay.land, result, landing))
        errand.done.connect(partial(self._landed, run))
        errand.failed.connect(partial(self._failed, run))

    def _landed(self, run: _Run, _nothing: object) -> None:
        if run.job.id in self._runs:
            run.moved(0.0, "")
            self.job_moved.emit(run.job)
            self._advance(run)

    def _finish(self, run: _Run) -> None:
        session = run.session
        if session.document is not run.before:
            self._failed(run, _changed_meanwhile())
            return
        del self._runs[run.job.id]
        task = cast(ApplyRecipe, run.job.task)
        session.put(run.replay.document, tuple(run.replay.history), task.name)
        self._end(run, run.job.finished(cast(Result, None)))
        if run.remarks:
            self.remarked.emit(run.remarks)

    def _failed(self, run: _Run, problem: Problem) -> None:
        if self._runs.pop(run.job.id, None) is not None:
            self._end(run, run.job.failed(problem))
            run.session.failed.emit(problem)

    def _end(self, run: _Run, job: Job) -> None:
        self.job_moved.emit(job)
        self.ended.emit(job)

    def _let_go(self, run: _Run) -> None:
        if run.part:
            self._workspace.worker.cancel(run.part)

    @Slot(object)
    def _closed(self, session: EditSession) -> None:
        for run in tuple(self._runs.values()):
            if run.session is session:
                self.cancel(run.job.id)


def _changed_meanwhile() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The picture was changed while the recipe was at work, so its result was dropped. "
            "Apply the recipe again.",
        ),
        code="changed-meanwhile",
    )
