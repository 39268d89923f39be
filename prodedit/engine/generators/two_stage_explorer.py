# SPDX-License-Identifier: Apache-2.0
"""Exploring a two-stage generator. Its latents are those of the autoencoder, standardised; a seed's
noise is upstream of them, and the flow leads from one to the other and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor

from prodedit.engine.generating import Detail
from prodedit.engine.generators.descent import Descent
from prodedit.engine.generators.dragging import Points
from prodedit.engine.generators.explorer import Ability, Report, not_able
from prodedit.engine.generators.two_stage import (
    GUIDANCE,
    STEPS,
    After,
    TwoStage,
    even,
    integrate,
)

_NEAR = 1e-3
_RATE = 0.03
_PULL = 2e-3
"""How strongly an inverted latent is held near the encoder's guess."""
_TOLD_AT = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""Times at which the flow is asked which class a picture is of."""
_WAY = 17
"""Steps from data to noise and back on the way between two; more change nothing that is seen."""


def unheld(z: Tensor, time: float) -> Tensor:
    """Wherever the flow leads."""
    del time
    return z


def part(report: Report, start: float, end: float) -> Report:
    """What is told of one part of the work."""
    return lambda share: report(start + (end - start) * share)


class TwoStageExplorer:
    """See `explorer.Explorer`. `axes`: (k, *shape), one standard deviation each."""

    abilities: frozenset[Ability] = frozenset({"repaint"})

    def __init__(
        self, generator: TwoStage, side: int, classes: tuple[str, ...], axes: Tensor | None = None
    ) -> None:
        self._generator = generator
        self.side = side
        self.classes = classes
        grid = side // generator.autoencoder.reduction
        self.shape: tuple[int, ...] = (generator.autoencoder.latents, grid, grid)
        self._axes = generator.mean.new_zeros(0, *self.shape) if axes is None else axes

    @property
    def directions(self) -> int:
        return len(self._axes)

    def pictures(self, latents: Tensor) -> Tensor:
        return self._generator.pictures(latents)

    def drawn(
        self, seeds: Sequence[int], labels: Tensor, truncation: float, report: Report
    ) -> Tensor:
        return self._flowed(
            self._noise(seeds) * truncation, labels, (0.0, 1.0), STEPS, GUIDANCE, report
        )

    def varied(
        self, latent: Tensor, label: int, strength: float, seeds: Sequence[int], report: Report
    ) -> Tensor:
        return self._renewed(latent, label, None, strength, seeds, report)

    def repainted(
        self,
        latent: Tensor,
        label: int,
        mask: Tensor,
        strength: float,
        seeds: Sequence[int],
        report: Report,
    ) -> Tensor:
        grid = F.adaptive_max_pool2d(mask[None, None].to(latent), self.shape[-1])
        return self._renewed(latent, label, grid, strength, seeds, report)

    def between(
        self, ends: Tensor, labels: tuple[int, int], shares: Sequence[float], report: Report
    ) -> Tensor:
        """On the sphere of their noises, so that each picture on the way is a likely one. What the
        way back and forth loses of the two ends is added again, by their shares."""
        both = self._labels(labels)
        noise = self._flowed(ends, both, (1.0, 0.0), _WAY, 1.0, part(report, 0.0, 0.3))
        back = self._flowed(noise, both, (0.0, 1.0), _WAY, 1.0, part(report, 0.3, 0.6))
        lost = ends - back
        z = torch.stack([slerp(noise[0], noise[1], share) for share in shares])
        mixed = z.new_tensor(shares)[:, None, None, None]

        def velocity(at: Tensor, time: Tensor) -> Tensor:
            first, second = (self._velocity(at, time, label) for label in labels)
            return (1 - mixed) * first + mixed * second

        def told(z: Tensor, time: float) -> Tensor:
            report(0.6 + 0.4 * time)
            return z

        made = integrate(velocity, z, even(0.0, 1.0, _WAY), told)
        return made + (1 - mixed) * lost[:1] + mixed * lost[1:]

    def mixed(self, first: Tensor, second: Tensor, details: Sequence[Detail]) -> Tensor:
        raise not_able("mixing coarse and fine details")

    def shifted(self, latent: Tensor, weights: Sequence[float]) -> Tensor:
        used = latent.new_tensor(tuple(weights)[: self.directions])
        moved: Tensor = latent + torch.tensordot(used, self._axes[: len(used)].to(latent), 1)
        return moved

    def class_of(self, picture: Tensor, report: Report) -> int:
        """The one by which the flow tells best where the picture's latent is, from places on ways
        to it (Li et al.: Your Diffusion Model is Secretly a Zero-Shot Classifier, ICCV 2023,
        arXiv:2303.16203)."""
        z = self._generator.standardised(picture[None])
        noise = self._noise(range(len(_TOLD_AT)))
        times = z.new_tensor(_TOLD_AT)
        shares, wanted, away = times[:, None, None, None], z - noise, []
        with torch.inference_mode():
            for label in range(len(self.classes)):
                report(label / len(self.classes))
                labels = self._labels([label] * len(noise))
                told = self._generator.velocity(
                    labels, 1.0, (1 - shares) * noise + shares * z, times
                )
                away.append(float((told - wanted).square().mean()))
        return away.index(min(away))

    def found(self, picture: Tensor, label: int, steps: int, report: Report) -> Tensor:
        del label  # the autoencoder knows no classes
        guess = self._generator.standardised(picture[None]).clone()
        if not steps:
            return guess[0]
        with torch.enable_grad():
            latent = guess.clone().requires_grad_(True)
            descent = Descent(latent, _RATE)
            for step in range(steps):
                report(step / steps)
                again = self._generator.autoencoder.decode(self._generator.plain(latent))
                loss = F.l1_loss(again, picture[None]) + _PULL * F.mse_loss(latent, guess)
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

    def _renewed(
        self,
        latent: Tensor,
        label: int,
        grid: Tensor | None,
        strength: float,
        seeds: Sequence[int],
        report: Report,
    ) -> Tensor:
        """Noise is mixed in, and the flow takes it out again; outside `grid` the latent is held to
        what it was, noisy to the same degree."""
        kept = latent.expand(len(seeds), *self.shape)
        start = 1.0 - strength
        if start > 1.0 - _NEAR:
            return kept.clone()
        noise = self._noise(seeds).to(latent)
        labels = self._labels([label] * len(seeds))

        def held(z: Tensor, time: float) -> Tensor:
            if grid is None:
                return z
            return grid * z + (1 - grid) * (time * kept + (1 - time) * noise)

        first = start * kept + strength * noise
        steps = max(4, round(STEPS * strength))
        return self._flowed(first, labels, (start, 1.0), steps, GUIDANCE, report, held)

    def _flowed(
        self,
        z: Tensor,
        labels: Tensor,
        way: tuple[float, float],
        steps: int,
        guidance: float,
        report: Report,
        held: After = unheld,
    ) -> Tensor:
        """From one time to another."""
        times = even(*way, steps)

        def after(z: Tensor, time: float) -> Tensor:
            report((time - way[0]) / (way[1] - way[0]))
            return held(z, time)

        velocity = partial(self._generator.velocity, labels, guidance)
        return integrate(velocity, z, times, after).clone()

    def _velocity(self, z: Tensor, time: Tensor, label: int) -> Tensor:
        return self._generator.velocity(self._labels([label] * len(z)), 1.0, z, time)

    def _noise(self, seeds: Sequence[int]) -> Tensor:
        """Made on the processor: the same on every device."""
        each = [torch.randn(self.shape, generator=torch.Generator().manual_seed(s)) for s in seeds]
        return torch.stack(each).to(self._generator.mean.device)

    def _labels(self, labels: Sequence[int]) -> Tensor:
        return torch.tensor(list(labels), device=self._generator.mean.device)


def slerp(a: Tensor, b: Tensor, share: float) -> Tensor:
    """Along the great circle between two directions, and straight in length (Shoemake 1985)."""
    length_a, length_b = a.norm(), b.norm()
    cosine = ((a * b).sum() / (length_a * length_b).clamp_min(1e-12)).clamp(-1.0, 1.0)
    angle = torch.arccos(cosine)
    if float(angle) < _NEAR:
        return a + share * (b - a)
    sine = torch.sin(angle)
    way = torch.sin((1 - share) * angle) / sine * (a / length_a)
    way = way + torch.sin(share * angle) / sine * (b / length_b)
    between: Tensor = way * ((1 - share) * length_a + share * length_b)
    return between
