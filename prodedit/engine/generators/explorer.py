# SPDX-License-Identifier: Apache-2.0
"""What can be done with a trained generator, whatever its family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from torch import Tensor

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.generating import Detail
from prodedit.engine.generators.dragging import Points

Ability = Literal["repaint", "mix", "drag", "compare"]
Report = Callable[[float], None]
"""Told a share, 0..1, of what is being done; may raise Cancelled."""


class Explorer(Protocol):
    """One generator. A latent is (*shape) float; a batch of them (n, *shape). Labels are places in
    `classes`. Pictures are (n, 3, side, side), RGB in -1 .. 1."""

    @property
    def side(self) -> int: ...

    @property
    def classes(self) -> tuple[str, ...]: ...

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def directions(self) -> int:
        """How many there are to be moved along."""
        ...

    @property
    def abilities(self) -> frozenset[Ability]:
        """What not every family can do: the methods below that may raise Problem."""
        ...

    def pictures(self, latents: Tensor) -> Tensor: ...

    def drawn(
        self, seeds: Sequence[int], labels: Tensor, truncation: float, report: Report
    ) -> Tensor:
        """New latents; each depends on its own seed, class and the truncation alone."""
        ...

    def varied(
        self, latent: Tensor, label: int, strength: float, seeds: Sequence[int], report: Report
    ) -> Tensor:
        """Latents like this one; strength 0..1."""
        ...

    def repainted(
        self,
        latent: Tensor,
        label: int,
        mask: Tensor,
        strength: float,
        seeds: Sequence[int],
        report: Report,
    ) -> Tensor:
        """As `varied`, but where `mask`, (side, side) in 0..1, is 0 the picture stays. Raises
        Problem where the family can't."""
        ...

    def between(
        self, ends: Tensor, labels: tuple[int, int], shares: Sequence[float], report: Report
    ) -> Tensor:
        """Latents on the way between two: share 0 is the first of `ends`, 1 the second."""
        ...

    def mixed(self, first: Tensor, second: Tensor, details: Sequence[Detail]) -> Tensor:
        """The first with some details of the second. Raises Problem where the family can't."""
        ...

    def shifted(self, latent: Tensor, weights: Sequence[float]) -> Tensor:
        """A latent moved along the directions, in standard deviations."""
        ...

    def class_of(self, picture: Tensor, report: Report) -> int:
        """The place of the class that (3, side, side) looks most like."""
        ...

    def found(self, picture: Tensor, label: int, steps: int, report: Report) -> Tensor:
        """The latent whose picture comes nearest to (3, side, side)."""
        ...

    def dragged(
        self,
        origin: Tensor,
        latent: Tensor,
        points: Points,
        mask: Tensor | None,
        steps: int,
        report: Report,
    ) -> tuple[Tensor, Tensor]:
        """The latent after so many steps that pull each handle towards its target, and where the
        handles are now, (k, 2). What they look like is taken from `origin`. Raises Problem where
        the family can't."""
        ...

    def strangeness(self, pictures: Tensor, labels: Tensor) -> Tensor:
        """How unlike the rest of their classes pictures (n, 3, side, side) are: (n), 1 is usual.
        Raises Problem where the family can't."""
        ...


def not_able(what: str) -> Problem:
    """For a family that lacks an ability, named in English."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This generator is of a kind that can't do this: {what}."),
        code="not-able",
        what=what,
    )
