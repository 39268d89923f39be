# SPDX-License-Identifier: Apache-2.0
"""How far a batch is as a whole, and who is told."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

from prodedit.catalogue.batch.states import READY, Picture, State
from prodedit.core.problem import Problem

Phase = Literal["ready", "running", "paused", "halted", "idle", "stopped"]
"""ready: not begun. idle: nothing is left that could be done; more may come, by `accept`, `retry`
or `add`. halted: something fails that every other picture would meet, too."""
_REMEMBERED = 30
"""Pictures by whose pace the time left is told."""


class Progress(NamedTuple):
    """left: pictures that the batch can do without a person; review: that wait for one;
    seconds_left: None where it can't be told yet; problem: why it is halted."""

    phase: Phase
    total: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    review: int = 0
    left: int = 0
    seconds_left: float | None = None
    problem: Problem | None = None


class Listener(Protocol):
    """Is told what happens, by threads of the batch, one at a time. Must not call the batch."""

    def on_picture(self, picture: Picture) -> None: ...

    def on_progress(self, progress: Progress) -> None: ...


class Nobody:
    """A listener that does not listen."""

    def on_picture(self, picture: Picture) -> None:
        del picture

    def on_progress(self, progress: Progress) -> None:
        del progress


class Pace:
    """So many pictures a second, by those that were done last; pauses do not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=_REMEMBERED)

    def begin(self) -> None:
        """From here on: of what was before, nothing is known."""
        self._times.clear()
        self._times.append(self._clock())

    def count(self) -> None:
        """One more is done."""
        self._times.append(self._clock())

    def seconds(self, left: int) -> float | None:
        """That so many more will take; None where nothing is done yet."""
        if len(self._times) < 2:
            return None
        each = (self._times[-1] - self._times[0]) / (len(self._times) - 1)
        return each * left


def progress_of(
    phase: Phase, counts: Counter[State], pace: Pace, problem: Problem | None, twice: int = 0
) -> Progress:
    """The sum of what the pictures are. twice: so many of them are worked on once more later."""
    left = counts["at-work"] + counts["measured"] + sum(counts[state] for state in READY)
    return Progress(
        phase,
        sum(counts.values()),
        counts["done"],
        counts["failed"],
        counts["skipped"],
        counts["needs-review"],
        left,
        pace.seconds(left + twice) if phase == "running" else None,
        problem,
    )
