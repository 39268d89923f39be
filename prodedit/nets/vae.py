# SPDX-License-Identifier: Apache-2.0
"""A variational autoencoder with one vector for the whole picture.

Kingma, Welling: Auto-Encoding Variational Bayes, ICLR 2014, arXiv:1312.6114. Unlike `autoencoder`,
whose grid of latents keeps every place, this one has to say in a few numbers what the picture is
of: coarser pictures, but a space in which between two products there is a third.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.nets import opponent
from prodedit.nets.autoencoder import (
    FOLD,
    LEAST_LOG_VARIANCE,
    MOST_LOG_VARIANCE,
    Latents,
    ResidualBlock,
    normed,
)


class VariationalAutoencoder(nn.Module):
    """One halving for each of `widths`: four of them make 64² to 4², then a vector of `latents`."""

    def __init__(
        self,
        side: int = 64,
        widths: tuple[int, ...] = (32, 64, 128, 192),
        latents: int = 128,
        blocks: int = 1,
    ) -> None:
        super().__init__()
        self.side, self.latents = side, latents
        self.grid = (widths[-1], *(side >> len(widths),) * 2)
        numbers = widths[-1] * self.grid[1] ** 2
        self.encoder = nn.Sequential(*_down(widths, blocks), nn.Flatten())
        self.of_picture = nn.Linear(numbers, 2 * latents)
        self.of_latents = nn.Linear(latents, numbers)
        self.decoder = nn.Sequential(*_up(widths, blocks))

    def encode(self, x: Tensor) -> Latents:
        """(n, 3, side, side) in -1 .. 1 to distributions of (n, latents)."""
        told = self.of_picture(self.encoder(F.pixel_unshuffle(opponent.seen(x), FOLD)))
        mean, log_variance = told.chunk(2, 1)
        return Latents(mean, log_variance.clamp(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE))

    def decode(self, z: Tensor) -> Tensor:
        """(n, latents) to (n, 3, side, side), not clamped."""
        grid = self.of_latents(z).reshape(-1, *self.grid)
        picture = self.decoder(grid.to(memory_format=torch.channels_last))
        return opponent.said(F.pixel_shuffle(picture, FOLD))

    def forward(self, x: Tensor) -> Tensor:
        """The picture as its most likely latents tell it."""
        return self.decode(self.encode(x).mean)


def _down(widths: tuple[int, ...], blocks: int) -> list[nn.Module]:
    steps: list[nn.Module] = [nn.Conv2d(3 * FOLD**2, widths[0], 3, padding=1)]
    for narrow, wide in pairwise(widths):
        steps += [ResidualBlock(narrow) for _ in range(blocks)]
        steps.append(nn.Conv2d(narrow, wide, 3, stride=2, padding=1))
    return [*steps, *(ResidualBlock(widths[-1]) for _ in range(blocks)), nn.SiLU()]


def _up(widths: tuple[int, ...], blocks: int) -> list[nn.Module]:
    steps: list[nn.Module] = []
    for wide, narrow in zip(widths[:0:-1], widths[-2::-1], strict=True):
        steps += [ResidualBlock(wide) for _ in range(blocks)]
        steps += [nn.Upsample(scale_factor=2), nn.Conv2d(wide, narrow, 3, padding=1)]
    steps += [ResidualBlock(widths[0]) for _ in range(blocks)]
    return [*steps, *normed(widths[0], 3 * FOLD**2)]
