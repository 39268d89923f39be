# SPDX-License-Identifier: Apache-2.0
"""Jobs: tasks in flight, as frozen values that move through named transitions; and their queue."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal, NamedTuple

from prodedit.core.problem import Problem
from prodedit.engine.results import Result
from prodedit.engine.tasks import Task

Lane = Literal["interactive", "batch"]
LANES: tuple[Lane, ...] = ("interactive", "batch")


class State(Enum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


MOVES: dict[State, tuple[State, ...]] = {
    State.QUEUED: (State.RUNNING, State.FAILED, State.CANCELLED),
    State.RUNNING: (State.QUEUED, State.DONE, State.FAILED, State.CANCELLED),
    State.DONE: (),
    State.FAILED: (),
    State.CANCELLED: (),
}
"""From each state, the states that a job may go to. Running to queued: its process was lost."""


class Progress(NamedTuple):
    """How far a job is (0..1), what it is doing, and a guess of the seconds that it still needs."""

    fraction: float = 0.0
    text: str = ""
    seconds_left: float | None = None


NO_PROGRESS = Progress()


@dataclass(frozen=True, eq=False)
class Job:
    """A task in flight. `inputs`: the task's arrays by name (numpy arrays, or SharedArrays).

    `layer` is the caller's own: the id of the layer that the result is for.
    """

    id: str
    task: Task
    inputs: Mapping[str, Any] = field(default_factory=dict)
    lane: Lane = "interactive"
    layer: str | None = None
    state: State = State.QUEUED
    progress: Progress = NO_PROGRESS
    since: float = 0.0
    result: Result | None = None
    problem: Problem | None = None

    @property
    def over(self) -> bool:
        """Nothing will happen to this job any more."""
        return not MOVES[self.state]

    def started(self, now: float) -> Job:
        """Its turn has come; `now` in seconds of a clock that does not jump."""
        return self._moved(State.RUNNING, since=now, progress=NO_PROGRESS)

    def progressed(self, fraction: float, text: str, now: float) -> Job:
        """Still running, so far."""
        if self.state is not State.RUNNING:
            raise ValueError(f"a job that is {self.state.value} makes no progress")
        fraction = min(max(fraction, 0.0), 1.0)
        left = seconds_left(fraction, now - self.since)
        return replace(self, progress=Progress(fraction, text, left))

    def requeued(self) -> Job:
        """Back to the start: its process was lost through no fault of this job."""
        return self._moved(State.QUEUED, progress=NO_PROGRESS)

    def finished(self, result: Result) -> Job:
        """Done; the inputs are let go."""
        progress = Progress(1.0, self.progress.text, 0.0)
        return self._moved(State.DONE, result=result, progress=progress, inputs={})

    def failed(self, problem: Problem) -> Job:
        """Over, with something to tell; the inputs are let go."""
        return self._moved(State.FAILED, problem=problem, inputs={})

    def cancelled(self) -> Job:
        """Over, as the person wished; the inputs are let go."""
        return self._moved(State.CANCELLED, inputs={})

    def _moved(self, state: State, **changes: Any) -> Job:
        if state not in MOVES[self.state]:
            raise ValueError(f"a job that is {self.state.value} can't become {state.value}")
        return replace(self, state=state, **changes)


def seconds_left(fraction: float, elapsed: float) -> float | None:
    """A guess from the speed so far; None where there is too little to go by."""
    if fraction < 0.05 or elapsed < 0.2:
        return None
    return elapsed * (1.0 - fraction) / fraction


class JobQueue:
    """Waiting jobs: interactive ones before batch ones, else first come, first served."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, deque[Job]] = {lane: deque() for lane in LANES}

    def __len__(self) -> int:
        return sum(len(waiting) for waiting in self._lanes.values())

    def __iter__(self) -> Iterator[Job]:
        """In the order in which they will be taken."""
        for lane in LANES:
            yield from tuple(self._lanes[lane])

    def add(self, job: Job) -> None:
        """To the end of its lane."""
        self._lanes[job.lane].append(job)

    def put_back(self, job: Job) -> None:
        """To the front of its lane: it had its turn already."""
        self._lanes[job.lane].appendleft(job)

    def take(self, lanes: tuple[Lane, ...] = LANES) -> Job | None:
        """The next job of the first of these lanes that has one; None where all are empty."""
        for lane in lanes:
            if self._lanes[lane]:
                return self._lanes[lane].popleft()
        return None

    def remove(self, job_id: str) -> Job | None:
        """The job of that id, which waits no longer; None where none does."""
        for waiting in self._lanes.values():
            for job in waiting:
                if job.id == job_id:
                    waiting.remove(job)
                    return job
        return None
