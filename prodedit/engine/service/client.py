# SPDX-License-Identifier: Apache-2.0
"""The engine, seen from the window, the command line and the batch: submit a task, get a result."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.results import Result
from prodedit.engine.service import problems
from prodedit.engine.service.child import engine_environment
from prodedit.engine.service.desk import PATIENCE, Patience
from prodedit.engine.service.jobs import Job, Lane, State
from prodedit.engine.service.listeners import Listener
from prodedit.engine.service.programs import Program, Programs, Tell, engine_programs
from prodedit.engine.service.supervisor import Supervisor
from prodedit.engine.tasks import Task

OnChange = Callable[[Job], None]


def _nobody(job: Job) -> None:
    """The listener of those who only wait."""


class Ticket:
    """What `submit` gives: a way to wait for the job, to look at it, and to cancel it."""

    def __init__(self, job: Job, cancel: Callable[[str], None]) -> None:
        self.id = job.id
        self._job = job
        self._cancel = cancel
        self._over = threading.Event()

    @property
    def job(self) -> Job:
        """The job as it is now."""
        return self._job

    def cancel(self) -> None:
        """Nobody wants the result any more; does nothing where the job is over."""
        self._cancel(self.id)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the job's end; False where it has not come by then."""
        return self._over.wait(seconds)

    def result(self, seconds: float | None = None) -> Result:
        """Wait for the result. Raises Problem, Cancelled, or TimeoutError."""
        if not self.wait(seconds):
            raise TimeoutError
        if self._job.problem is not None:
            raise self._job.problem
        if self._job.result is None:
            raise Cancelled
        return self._job.result

    def _see(self, job: Job) -> None:
        self._job = job
        if job.over:
            self._over.set()


class EngineClient:
    """The parent of an engine process. Making one costs nothing: the process starts when needed.

    command:     the program and its arguments; None for this installation's own engine.
    environment: changes to this process's environment; where `command` is given too, they are
                 all that is added, so that a GPU environment's interpreter finds its own libraries.
    patience:    how long a process may be silent.
    programs:    what is started, instead of what `command` and `environment` say.

    All callbacks are called on one thread of the client's own. They must be quick, and must not
    wait for another job.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        environment: Mapping[str, str] | None = None,
        patience: Patience = PATIENCE,
        *,
        programs: Programs | None = None,
    ) -> None:
        if command is not None:
            only = Program(tuple(command), engine_environment(environment))
            programs = Programs(lambda: (only,))
        elif programs is None:
            programs = Programs(lambda: engine_programs(environment))
        self._programs = programs
        self._supervisor = Supervisor(programs, patience)
        self._lock = threading.Lock()
        self._begun = False
        self._closed = False

    def start(self, *tasks: Task) -> None:
        """Start the process; it loads what these tasks need, so that the first job is quick."""
        with self._lock:
            if not self._closed:
                self._begin()
                self._supervisor.call(self._supervisor.warm, tasks)

    def submit(
        self,
        task: Task,
        inputs: Mapping[str, Any],
        *,
        lane: Lane = "interactive",
        job_id: str | None = None,
        layer: str | None = None,
        on_progress: OnChange = _nobody,
        on_finished: OnChange = _nobody,
    ) -> Ticket:
        """Queue `task`; returns at once. Raises Problem where the client is closed.

        inputs:      numpy arrays, not to be changed until the job is over; or SharedArrays, which
                     are not copied, and which the caller keeps until then and frees.
        on_progress: called with the Job when it starts, reports, or has to start again.
        on_finished: called once with the Job that is done, failed (`job.problem`) or cancelled.
        """
        job = Job(job_id or uuid.uuid4().hex, task, dict(inputs), lane, layer)
        ticket = Ticket(job, self.cancel)
        listener = Listener(_both(ticket._see, on_progress), _both(on_finished, ticket._see))
        with self._lock:
            if self._closed:
                raise problems.closed()
            self._begin()
            self._supervisor.call(self._supervisor.submit, job, listener)
        return ticket

    def cancel(self, job_id: str) -> None:
        """Cancel a job: `on_finished` is called at once, whatever the process does."""
        with self._lock:
            if self._begun and not self._closed:
                self._supervisor.call(self._supervisor.cancel, job_id)

    def listen(self, on_fallback: Tell) -> None:
        """To be called with a Problem when a program failed and the next best one takes over."""
        self._programs.tell = on_fallback

    def renew(self) -> None:
        """Another program may be the best one now, as a GPU pack came or went: the process is
        replaced as soon as it has nothing to do."""
        with self._lock:
            if self._begun and not self._closed:
                self._supervisor.call(self._supervisor.renew)

    def run(
        self,
        task: Task,
        inputs: Mapping[str, Any],
        *,
        lane: Lane = "interactive",
        on_progress: OnChange = _nobody,
    ) -> Result:
        """Do `task` and wait for its result. Raises Problem or Cancelled."""
        if self._supervisor.is_current:
            raise RuntimeError("a callback can't wait for the thread that it runs on")
        ticket = self.submit(task, inputs, lane=lane, on_progress=on_progress)
        try:
            return ticket.result()
        except KeyboardInterrupt:
            ticket.cancel()
            raise

    @property
    def process_id(self) -> int | None:
        """The number of the engine process that is at work or ready, for diagnosis."""
        return self._supervisor.process_id

    def close(self) -> None:
        """Cancel all jobs and end the process, within three seconds. May be repeated."""
        with self._lock:
            if self._begun and not self._closed:
                self._supervisor.call(self._supervisor.leave)
            self._closed = True
        if self._begun and not self._supervisor.is_current:
            self._supervisor.join(3.0)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._supervisor.begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _both(first: OnChange, second: OnChange) -> OnChange:
    """A listener that tells two; the second hears of it also where the first fails."""

    def tell(job: Job) -> None:
        try:
            first(job)
        finally:
            second(job)

    return tell


__all__ = ["Cancelled", "EngineClient", "Job", "Patience", "Problem", "State", "Ticket"]
