# SPDX-License-Identifier: Apache-2.0
"""The life of a job, and the queue."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from prodedit.core.problem import Problem
from prodedit.engine.results import MaskResult
from prodedit.engine.service.jobs import MOVES, Job, JobQueue, State, seconds_left
from prodedit.engine.tasks import RemoveBackground

PROBLEM = Problem("It went wrong.")
RESULT = MaskResult(np.zeros((1, 1), np.uint8), np.zeros((1, 1), np.uint8), None, 1.0, "m")
TRANSITIONS: dict[State, Callable[[Job], Job]] = {
    State.QUEUED: lambda job: job.requeued(),
    State.RUNNING: lambda job: job.started(1.0),
    State.DONE: lambda job: job.finished(RESULT),
    State.FAILED: lambda job: job.failed(PROBLEM),
    State.CANCELLED: lambda job: job.cancelled(),
}


def job(name: str = "j", lane: str = "interactive") -> Job:
    assert lane in ("interactive", "batch")
    return Job(name, RemoveBackground(), {"source": np.zeros((1, 1, 4), np.uint8)}, lane)


def in_state(state: State) -> Job:
    """A job that came to this state by allowed moves."""
    if state is State.QUEUED:
        return job()
    running = job().started(1.0)
    return running if state is State.RUNNING else TRANSITIONS[state](running)


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_moves_are_those_of_the_table(before: State, after: State) -> None:
    start = in_state(before)
    if after in MOVES[before]:
        assert TRANSITIONS[after](start).state is after
    else:
        with pytest.raises(ValueError, match=f"{before.value} can't become {after.value}"):
            TRANSITIONS[after](start)
    assert start.state is before


@pytest.mark.parametrize("state", State)
def test_a_job_that_is_over_holds_no_pixels(state: State) -> None:
    assert in_state(state).over == (state not in (State.QUEUED, State.RUNNING))
    assert bool(in_state(state).inputs) != in_state(state).over


def test_only_a_running_job_makes_progress() -> None:
    running = job().started(10.0).progressed(0.25, "half", 11.0)
    assert running.progress == (0.25, "half", 3.0)
    assert running.progressed(7.0, "", 11.0).progress.fraction == 1.0
    assert running.progressed(-1.0, "", 11.0).progress.fraction == 0.0
    assert running.requeued().progress == (0.0, "", None)
    with pytest.raises(ValueError, match="queued makes no progress"):
        job().progressed(0.5, "", 1.0)


def test_seconds_left_needs_something_to_go_by() -> None:
    assert seconds_left(0.01, 10.0) is None
    assert seconds_left(0.5, 0.1) is None
    assert seconds_left(0.5, 2.0) == 2.0
    assert seconds_left(1.0, 2.0) == 0.0


def test_queue_order() -> None:
    queue = JobQueue()
    for name, lane in (("b1", "batch"), ("b2", "batch"), ("i1", "interactive")):
        queue.add(job(name, lane))
    queue.put_back(job("b0", "batch"))
    queue.add(job("i2"))
    assert [waiting.id for waiting in queue] == ["i1", "i2", "b0", "b1", "b2"]
    assert queue.take(("batch",)) is not None
    assert [taken.id for taken in iter(queue.take, None)] == ["i1", "i2", "b1", "b2"]
    assert len(queue) == 0


def test_queue_removes_by_id() -> None:
    queue = JobQueue()
    queue.add(job("a"))
    assert queue.remove("b") is None
    removed = queue.remove("a")
    assert removed is not None
    assert removed.id == "a"
    assert len(queue) == 0
