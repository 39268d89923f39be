# SPDX-License-Identifier: Apache-2.0
"""The two-stage generator: a flow from noise to latents, and a decoder from latents to pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import torch
from torch import Tensor

from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.flow import FlowUNet

STEPS = 25
GUIDANCE = 1.5
Velocity = Callable[[Tensor, Tensor], Tensor]
After = Callable[[Tensor, float], Tensor]


@dataclass(frozen=True, eq=False)
class TwoStage:
    """`mean`, `spread`: (latents), of the training data's; the flow sees them taken away."""

    autoencoder: Autoencoder
    flow: FlowUNet
    mean: Tensor
    spread: Tensor

    def latents(
        self, noise: Tensor, labels: Tensor, guidance: float = GUIDANCE, steps: int = STEPS
    ) -> Tensor:
        """Standard normal `noise` (n, c, g, g) and classes (n) to standardised latents.

        `guidance`: 1 follows the data, more makes each class more itself (Ho, Salimans 2022,
        arXiv:2207.12598).
        """
        return integrate(partial(self.velocity, labels, guidance), noise, even(0.0, 1.0, steps))

    def pictures(self, latents: Tensor) -> Tensor:
        """Standardised latents to pictures (n, 3, s, s) in -1 .. 1."""
        with torch.inference_mode():
            return self.autoencoder.decode(self.plain(latents)).clamp(-1.0, 1.0)

    def standardised(self, pictures: Tensor) -> Tensor:
        """The latents of pictures (n, 3, s, s) in -1 .. 1, as the flow knows them."""
        with torch.inference_mode():
            found = self.autoencoder.encode(pictures).mean
            return (found - _planes(self.mean)) / _planes(self.spread)

    def plain(self, latents: Tensor) -> Tensor:
        """Standardised latents as the decoder wants them."""
        return latents * _planes(self.spread) + _planes(self.mean)

    def velocity(self, labels: Tensor, guidance: float, z: Tensor, time: Tensor) -> Tensor:
        """Of latents `z` at the times (n), where they should go from noise to data."""
        if guidance == 1.0:
            return self._flow(z, time, labels)
        both = self._flow(z.repeat(2, 1, 1, 1), time.repeat(2), self._with_any(labels))
        led, free = both.chunk(2)
        return free + guidance * (led - free)

    def _with_any(self, labels: Tensor) -> Tensor:
        return torch.cat((labels, torch.full_like(labels, self.flow.classes)))

    def _flow(self, z: Tensor, time: Tensor, labels: Tensor) -> Tensor:
        velocity: Tensor = self.flow(z, time, labels)
        return velocity


def integrate(
    velocity: Velocity, z: Tensor, times: Sequence[float], after: After | None = None
) -> Tensor:
    """Follow the flow along these times (0: noise, 1: data), up or down, in Heun's steps of second
    order. `after` is told each place and time that was reached, and says where to go on from."""
    with torch.inference_mode():
        for now, then in pairwise(times):
            ahead = velocity(z, z.new_full((len(z),), now))
            guess = z + (then - now) * ahead
            if then != times[-1]:
                ahead = 0.5 * (ahead + velocity(guess, z.new_full((len(z),), then)))
            z = z + (then - now) * ahead
            z = z if after is None else after(z, then)
    return z


def even(start: float, end: float, steps: int) -> list[float]:
    """So many steps of one length."""
    return [start + (end - start) * step / steps for step in range(steps)] + [end]


def _planes(values: Tensor) -> Tensor:
    return values[None, :, None, None]
