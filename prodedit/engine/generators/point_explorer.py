# SPDX-License-Identifier: Apache-2.0
"""Exploring a generator whose latents are points: each has a centre of its class, and what lies
between two points is a picture, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from prodedit.engine.generating import Detail
from prodedit.engine.generators.descent import Descent
from prodedit.engine.generators.dragging import Points
from prodedit.engine.generators.explorer import Ability, Report, not_able

RATE = 0.03
"""By how many spreads of the latents an inversion's step may change a number."""
_GUESSES = 64
"""Pictures of a class, the nearest of which an inversion starts from."""
_PULL = 2e-3
_SCALES = 4


class PointGenerator(Protocol):
    """What differs. Latents are (*shape), many of them (n, *shape)."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def noise(self) -> int:
        """Standard normal numbers that a latent is drawn from."""

    @property
    def spread(self) -> float:
        """Standard deviation of the latents' numbers within a class."""

    def centre(self, label: int) -> Tensor:
        """The middle of a class."""

    def drawn(self, noise: Tensor, labels: Tensor, truncation: float) -> Tensor:
        """Latents of noise (n, z) and classes (n); truncation 0: the centre."""

    def guess(self, picture: Tensor) -> Tensor | None:
        """The latent of a picture (3, s, s), where there is an encoder."""

    def between(self, first: Tensor, second: Tensor, share: float) -> Tensor:
        """On the way from one latent (share 0) to another (1)."""

    def made(self, latents: Tensor) -> Tensor:
        """Pictures (n, 3, s, s), about -1 .. 1; gradients pass."""


class PointExplorer:
    """See `explorer.Explorer`. `axes`: (k, *shape), one standard deviation each."""

    abilities: frozenset[Ability] = frozenset()

    def __init__(
        self,
        generator: PointGenerator,
        side: int,
        classes: tuple[str, ...],
        axes: Tensor,
    ) -> None:
        self._generator, self._axes = generator, axes
        self._device = axes.device
        self.side, self.classes = side, classes
        self.shape: tuple[int, ...] = generator.shape

    @property
    def directions(self) -> int:
        return len(self._axes)

    def pictures(self, latents: Tensor) -> Tensor:
        with torch.no_grad():
            return self._generator.made(latents).clamp(-1.0, 1.0)

    def drawn(
        self, seeds: Sequence[int], labels: Tensor, truncation: float, report: Report
    ) -> Tensor:
        report(0.0)
        return self._generator.drawn(self._noise(seeds), labels, truncation)

    def varied(
        self, latent: Tensor, label: int, strength: float, seeds: Sequence[int], report: Report
    ) -> Tensor:
        """Between this one and others of its class, as far from their centre as both."""
        report(0.0)
        centre, stays = self._generator.centre(label), float((1.0 - strength**2) ** 0.5)
        others = self._generator.drawn(self._noise(seeds), self._labels(label, len(seeds)), 1.0)
        return centre + stays * (latent - centre) + strength * (others - centre)

    def repainted(
        self,
        latent: Tensor,
        label: int,
        mask: Tensor,
        strength: float,
        seeds: Sequence[int],
        report: Report,
    ) -> Tensor:
        raise not_able("painting a part anew")

    def between(
        self, ends: Tensor, labels: tuple[int, int], shares: Sequence[float], report: Report
    ) -> Tensor:
        del labels  # a point knows its class
        report(0.0)
        return torch.stack([self._generator.between(ends[0], ends[1], one) for one in shares])

    def mixed(self, first: Tensor, second: Tensor, details: Sequence[Detail]) -> Tensor:
        raise not_able("mixing coarse and fine details")

    def shifted(self, latent: Tensor, weights: Sequence[float]) -> Tensor:
        used = latent.new_tensor(tuple(weights)[: self.directions])
        moved: Tensor = latent + torch.tensordot(used, self._axes[: len(used)].to(latent), 1)
        return moved

    def class_of(self, picture: Tensor, report: Report) -> int:
        """The one whose nearest picture is the nearest of all."""
        away = []
        for label in range(len(self.classes)):
            report(label / len(self.classes))
            near = self.pictures(self._nearest(picture, label)[None])
            away.append(float(unlike(near, picture[None])))
        return away.index(min(away))

    def found(self, picture: Tensor, label: int, steps: int, report: Report) -> Tensor:
        """From the encoder's guess, or the nearest of some of the class."""
        guess = self._generator.guess(picture)
        start = (self._nearest(picture, label) if guess is None else guess)[None]
        with torch.enable_grad():
            latent = start.clone().requires_grad_()
            descent = Descent(latent, RATE * self._generator.spread)
            for step in range(steps):
                report(step / steps)
                away = unlike(self._generator.made(latent), picture[None]).sum()
                loss = away + _PULL * F.mse_loss(latent, start)
                descent.step(*torch.autograd.grad(loss, latent))
        return latent.detach()[0]

    def dragged(
        self,
        origin: Tensor,
        latent: Tensor,
        points: Points,
        mask: Tensor | None,
        steps: int,
        report: Report,
    ) -> tuple[Tensor, Tensor]:
        raise not_able("dragging points")

    def strangeness(self, pictures: Tensor, labels: Tensor) -> Tensor:
        raise not_able("telling odd pictures")

    def _nearest(self, picture: Tensor, label: int) -> Tensor:
        """The centre of the class, or one of some points round it."""
        noise, labels = self._noise(range(_GUESSES)), self._labels(label, _GUESSES)
        points = self._generator.drawn(noise, labels, 1.0).clone()
        points[0] = self._generator.centre(label)
        away = [unlike(self.pictures(some), picture[None]) for some in points.chunk(4)]
        return points[torch.cat(away).argmin()]

    def _noise(self, seeds: Sequence[int]) -> Tensor:
        """Made on the processor: the same on every device."""
        numbers = self._generator.noise
        each = [torch.randn(numbers, generator=torch.Generator().manual_seed(s)) for s in seeds]
        return torch.stack(each).to(self._device)

    def _labels(self, label: int, count: int) -> Tensor:
        return torch.full((count,), label, device=self._device)


def unlike(made: Tensor, wanted: Tensor) -> Tensor:
    """(n): how far pictures are from one, at this size and at some halves of it."""
    away = torch.zeros(len(made), device=made.device)
    for _ in range(_SCALES):
        away = away + (made - wanted).abs().mean((1, 2, 3))
        made, wanted = F.avg_pool2d(made, 2), F.avg_pool2d(wanted, 2)
    return away
