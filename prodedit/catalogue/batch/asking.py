# SPDX-License-Identifier: Apache-2.0
"""How a batch asks the engine: through shared memory that it uses again, and once more where the
engine died of something that need not be the picture's fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from prodedit.catalogue.batch.sharing import Shelf
from prodedit.catalogue.batch.states import Sentence, plain_values
from prodedit.core.problem import Problem
from prodedit.engine.results import PixelsResult, Result
from prodedit.engine.service.jobs import Job, Lane
from prodedit.engine.tasks import Task

_TWICE = frozenset({"engine-stopped", "engine-hung", "engine-no-memory"})
"""Failures that need not be the picture's fault: it has a second try."""
NO_ENGINE = "engine-no-start"
"""A failure that every other picture would meet, too."""
CLUSTER_GONE = "cluster-gone"
"""The same, where the work is done by a cluster."""
OnFraction = Callable[[float], None]


class Engine(Protocol):
    """What a batch needs of an EngineClient."""

    def start(self, *tasks: Task) -> None: ...

    def run(
        self,
        task: Task,
        inputs: Mapping[str, Any],
        *,
        lane: Lane,
        on_progress: Callable[[Job], None] = ...,
    ) -> Result: ...

    def close(self) -> None: ...


class Asking:
    """Tasks for one engine, from any thread. `stopped`: nobody wants another try."""

    def __init__(self, engine: Engine, stopped: Callable[[], bool]) -> None:
        self._engine = engine
        self._stopped = stopped
        self._shelf = Shelf()

    def run(
        self, task: Task, inputs: Mapping[str, Any], on_fraction: OnFraction | None = None
    ) -> Result:
        """Do a task and wait; `on_fraction` is told how far it is. Raises Problem, Cancelled."""

        def progressed(job: Job) -> None:
            if on_fraction is not None:
                on_fraction(job.progress.fraction)

        with self._shelf.filled(inputs) as shared:
            try:
                return self._engine.run(task, shared, lane="batch", on_progress=progressed)
            except Problem as problem:
                if problem.code not in _TWICE or self._stopped():
                    raise
            return self._engine.run(task, shared, lane="batch", on_progress=progressed)

    def close(self) -> None:
        """Give the memory back."""
        self._shelf.close()


class Watched:
    """Does Tasks for one picture, and remembers what is to be told of them.

    repeats: results are kept, so that the same steps can be gone through once more for nothing."""

    def __init__(
        self, asking: Asking, on_fraction: Callable[[float], None], *, repeats: bool
    ) -> None:
        self._asking = asking
        self._on_fraction = on_fraction
        self._repeats = repeats
        self._kept: list[tuple[Task, Result]] = []
        self._next = 0
        self._remarks: list[Sentence] = []
        self.fidelity: tuple[float, float] | None = None
        """(SSIM, CIEDE2000) of the last new pixels that were compared with those before."""

    def __call__(self, task: Task, inputs: Mapping[str, Any]) -> Result:
        if self._next < len(self._kept) and self._kept[self._next][0] == task:
            self._next += 1
            return self._kept[self._next - 1][1]
        result = self._asking.run(task, inputs, self._on_fraction)
        if isinstance(result, PixelsResult):
            self._hear(result)
        if self._repeats:
            self._kept[self._next :] = [(task, result)]
            self._next += 1
        return result

    def again(self) -> Watched:
        """From the first step on; a step that is the same has the same result."""
        self._next = 0
        return self

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        return tuple(self._remarks)

    def _hear(self, result: PixelsResult) -> None:
        self._remarks += (
            Sentence("Remark", remark.text, plain_values(remark.values))
            for remark in result.remarks
        )
        if result.fidelity is not None:
            self.fidelity = (result.fidelity.ssim, result.fidelity.delta_e)
