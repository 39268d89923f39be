# SPDX-License-Identifier: Apache-2.0
"""A training from its start, or from its last checkpoint, to its end: stage after stage.

What goes wrong on the way costs the steps since the last checkpoint and no more: a memory that is
too small (the batch is cut into pieces), numbers that are not finite (back to the checkpoint, with
other draws), a kill (the next start goes on).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem
from prodedit.engine.training import checkpoint
from prodedit.engine.training.checkpoint import Checkpoint

MOST_PIECES = 64
MOST_ROLLBACKS = 5
SKIPPED = 1 << 32
"""Added to the numbers of steps after each return to a checkpoint, so that other draws come: what
is left of a number without it is how far the stage is."""
_AGAIN = 60.0
"""Seconds after which a checkpoint that could not be written is tried again."""


class Stage(Protocol):
    """A part of a training. A step is known by its number: the same number, the same draws."""

    @property
    def name(self) -> str: ...

    @property
    def steps(self) -> int: ...

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        """One step, the batch in so many pieces; losses by name."""

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on."""

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from there."""

    def samples(self, count: int) -> Tensor:
        """Pictures that show how far it is: (n, 3, s, s) in -1 .. 1."""


@dataclass(frozen=True)
class Moment:
    """How far a training is; `losses` are of this step, `seconds` what it took."""

    stage: str
    step: int
    steps: int
    losses: Mapping[str, float]
    seconds: float


@dataclass(frozen=True)
class Log:
    """Who is told what; `stop` is asked before each step, and may wait for as long as it likes."""

    moment: Callable[[Moment], None]
    kept: Callable[[str, int, Tensor], None]
    """After each checkpoint: stage, step and samples."""
    trouble: Callable[[str, int], None]
    """A code ("smaller-pieces", "rolled-back", "not-kept: disk-full") and the step."""
    stop: Callable[[], bool]


class Run:
    """Trains stages into a folder. `minutes`: how long between two checkpoints."""

    def __init__(self, folder: Path, log: Log, minutes: float = 5.0, shown: int = 30) -> None:
        self._folder, self._log = folder, log
        self._seconds, self._shown = 60.0 * minutes, shown
        self._pieces = 1

    def train(self, stage: Stage, limit: float = inf) -> None:
        """From the last checkpoint to the end: all steps, or `limit` seconds of work. Raises
        Problem; Cancelled where it was stopped, after a checkpoint."""
        done, spent = self._resumed(stage)
        rollbacks, saved = 0, time.monotonic()
        while done < stage.steps and spent < limit:
            if self._log.stop():
                self._keep(stage, done, spent)
                raise Cancelled
            started = time.monotonic()
            told = self._step(stage, done + rollbacks * SKIPPED)
            if not _finite(told):
                rollbacks += 1
                done, spent = self._rolled_back(stage, done, rollbacks)
                continue
            done += 1
            seconds = time.monotonic() - started
            spent += seconds
            self._log.moment(Moment(stage.name, done, stage.steps, told, seconds))
            if time.monotonic() - saved > self._seconds:
                saved = time.monotonic() + self._kept_if_possible(stage, done, spent)
        self._keep(stage, done, spent)

    def _resumed(self, stage: Stage) -> tuple[int, float]:
        """Steps and seconds so far."""
        found = checkpoint.newest(self._folder, stage.name)
        if found is None:
            self._keep(stage, 0, 0.0)
            return 0, 0.0
        try:
            stage.load(found.tensors)
        except (RuntimeError, KeyError, ValueError) as error:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "This training was begun with other settings. Give it another name, or the "
                    "settings that it began with.",
                ),
                code="other-setting",
                details=str(error)[:2000],
            ) from error
        return found.step, found.seconds

    def _step(self, stage: Stage, number: int) -> dict[str, float]:
        while True:
            try:
                told = stage.step(number, self._pieces)
                return {name: float(value) for name, value in told.items()}
            except torch.OutOfMemoryError:
                if self._pieces >= MOST_PIECES:
                    raise
                self._pieces *= 2
                torch.cuda.empty_cache()
                self._log.trouble("smaller-pieces", number)

    def _rolled_back(self, stage: Stage, done: int, rollbacks: int) -> tuple[int, float]:
        self._log.trouble("rolled-back", done)
        if rollbacks > MOST_ROLLBACKS:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "The training came to numbers that are not finite, again and again. Its last "
                    "good state is kept; try it with a lower learning rate.",
                ),
                code="training-diverged",
                details=f"{stage.name}, step {done}",
            )
        return self._resumed(stage)

    def _kept_if_possible(self, stage: Stage, done: int, spent: float) -> float:
        """A full disk costs the training nothing but safety: it is told and tried again soon; the
        seconds by which, counted from a whole interval on."""
        try:
            self._keep(stage, done, spent)
        except Problem as problem:
            self._log.trouble(f"not-kept: {problem.code}", done)
            return min(0.0, _AGAIN - self._seconds)
        return 0.0

    def _keep(self, stage: Stage, done: int, spent: float) -> None:
        checkpoint.write(self._folder, Checkpoint(stage.name, done, stage.tensors(), spent))
        self._log.kept(stage.name, done, stage.samples(self._shown))


def _finite(losses: Mapping[str, float]) -> bool:
    return all(abs(loss) < float("inf") for loss in losses.values())
