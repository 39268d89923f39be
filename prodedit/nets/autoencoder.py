# SPDX-License-Identifier: Apache-2.0
"""A convolutional variational autoencoder: pictures to a small grid of latents and back.

Kingma, Welling: Auto-Encoding Variational Bayes, ICLR 2014, arXiv:1312.6114; the shape (residual
blocks with group normalisation, a grid of latents a eighth of the side) as in Rombach et al.:
High-Resolution Image Synthesis with Latent Diffusion Models, CVPR 2022, arXiv:2112.10752. The first
halving folds pixels into channels and costs nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from prodedit.nets import opponent

FOLD = 2
GROUP = 16
"""Channels that are normalised together."""
LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE = -14.0, 6.0


class Latents(NamedTuple):
    """A normal distribution for each number of the grid: (n, c, h, w) each."""

    mean: Tensor
    log_variance: Tensor

    def sample(self, noise: Tensor) -> Tensor:
        """One draw, with standard normal `noise` of the same shape."""
        return self.mean + noise * torch.exp(0.5 * self.log_variance)

    def divergence(self) -> Tensor:
        """Kullback-Leibler divergence from the standard normal, in nats a latent, averaged."""
        squares = self.mean.square() + self.log_variance.exp() - 1.0 - self.log_variance
        return 0.5 * squares.mean()


class ResidualBlock(nn.Module):
    """Normalise, activate, convolve, twice; added to the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        *first, last = *normed(channels, channels), *normed(channels, channels)
        self.steps = nn.Sequential(*first, zeroed(last))  # starts as the identity

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = x + self.steps(x)
        return y


def zeroed(layer: nn.Module) -> nn.Module:
    """A layer whose answer starts at nothing."""
    for weights in layer.parameters():
        nn.init.zeros_(weights)
    return layer


def normed(c_in: int, c_out: int) -> tuple[nn.Module, ...]:
    """Group normalisation, SiLU, a 3 x 3 convolution."""
    return nn.GroupNorm(c_in // GROUP, c_in), nn.SiLU(), nn.Conv2d(c_in, c_out, 3, padding=1)


class Encoder(nn.Module):
    """(n, 3, s, s) in -1 .. 1 to the latents of an (s / 2^levels)² grid."""

    def __init__(self, widths: tuple[int, ...], latents: int, blocks: int) -> None:
        super().__init__()
        steps: list[nn.Module] = [nn.Conv2d(3 * FOLD**2, widths[0], 3, padding=1)]
        for narrow, wide in zip(widths, (*widths[1:], 0), strict=True):
            steps += [ResidualBlock(narrow) for _ in range(blocks)]
            if wide:
                steps.append(nn.Conv2d(narrow, wide, 3, stride=2, padding=1))
        self.steps = nn.Sequential(*steps, *normed(widths[-1], 2 * latents))

    def forward(self, x: Tensor) -> Latents:
        mean, log_variance = self.steps(F.pixel_unshuffle(opponent.seen(x), FOLD)).chunk(2, 1)
        return Latents(mean, log_variance.clamp(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE))


class Decoder(nn.Module):
    """Latents (n, c, g, g) to a picture (n, 3, g · 2^levels, ...), about -1 .. 1."""

    def __init__(self, widths: tuple[int, ...], latents: int, blocks: int) -> None:
        super().__init__()
        steps: list[nn.Module] = [nn.Conv2d(latents, widths[-1], 3, padding=1)]
        for wide, narrow in zip(widths[::-1], (*widths[-2::-1], 0), strict=True):
            steps += [ResidualBlock(wide) for _ in range(blocks)]
            if narrow:
                steps += [nn.Upsample(scale_factor=2), nn.Conv2d(wide, narrow, 3, padding=1)]
        self.steps = nn.Sequential(*steps, *normed(widths[0], 3 * FOLD**2))

    def forward(self, z: Tensor) -> Tensor:
        return opponent.said(F.pixel_shuffle(self.steps(z), FOLD))


class Autoencoder(nn.Module):
    """Encoder and decoder. One halving for each of `widths`: three of them make 128² to 16²."""

    def __init__(
        self, widths: tuple[int, ...] = (48, 96, 128), latents: int = 4, blocks: int = 2
    ) -> None:
        super().__init__()
        self.reduction = 2 ** len(widths)
        self.latents = latents
        self.encoder = Encoder(widths, latents, blocks)
        self.decoder = Decoder(widths, latents, blocks + 1)

    def encode(self, x: Tensor) -> Latents:
        """(n, 3, s, s) in -1 .. 1; `s` a multiple of `reduction`."""
        latents: Latents = self.encoder(x)
        return latents

    def decode(self, z: Tensor) -> Tensor:
        """(n, latents, g, g) to (n, 3, g · reduction, g · reduction), not clamped."""
        picture: Tensor = self.decoder(z)
        return picture

    def forward(self, x: Tensor) -> Tensor:
        """The picture as its most likely latents tell it."""
        return self.decode(self.encode(x).mean)
