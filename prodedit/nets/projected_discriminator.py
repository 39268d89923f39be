# SPDX-License-Identifier: Apache-2.0
"""Says how real a picture looks, from what a network that knows pictures sees in it.

Sauer et al.: Projected GANs Converge Faster, NeurIPS 2021, arXiv:2111.01007: features at four
sizes, mixed across channels and across sizes by random weights that never learn, so that no head
can do with a part of them; a head for each size. The class is a direction in each head's last
features (Miyato, Koyama: cGANs with Projection Discriminator, ICLR 2018, arXiv:1802.05637);
spectral normalisation after Miyato et al., ICLR 2018, arXiv:1802.05957.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

SLOPE = 0.2
GROUP = 16
"""Channels that are normalised together."""
DEEPEST = 8
"""How many times the width of the first head the deepest may have."""


class RandomMixing(nn.Module):
    """Features of several sizes, each half the one before, to as many: (n, width · 2^i, r, r).

    What is deeper goes into what is finer. Nothing of it learns.
    """

    def __init__(self, channels: Sequence[int], width: int) -> None:
        super().__init__()
        mixed = [width << level for level in range(len(channels))]
        pairs = zip(channels, mixed, strict=True)
        self.across_channels = nn.ModuleList(
            nn.Conv2d(c_in, c_out, 1, bias=False) for c_in, c_out in pairs
        )
        self.across_sizes = nn.ModuleList(
            nn.Conv2d(deep, fine, 3, padding=1, bias=False) for fine, deep in pairwise(mixed)
        )
        for weights in self.parameters():
            nn.init.kaiming_normal_(weights, nonlinearity="linear")
        self.requires_grad_(False)

    def forward(self, levels: Sequence[Tensor]) -> list[Tensor]:
        mixed = [mix(level) for mix, level in zip(self.across_channels, levels, strict=True)]
        for fine in reversed(range(len(mixed) - 1)):
            deep = self.across_sizes[fine](mixed[fine + 1])
            mixed[fine] = mixed[fine] + F.interpolate(
                deep, size=mixed[fine].shape[-2:], mode="bilinear", align_corners=False
            )
        return mixed


class Head(nn.Module):
    """Features (n, c, r, r) to logits (n, r / 2^halvings, ...)."""

    def __init__(self, channels: int, halvings: int, classes: int, widest: int) -> None:
        super().__init__()
        steps: list[nn.Module] = []
        for _ in range(halvings):
            wide = min(2 * channels, widest)
            steps += normed(nn.Conv2d(channels, wide, 4, 2, 1))
            channels = wide
        self.steps = nn.Sequential(*steps, *normed(nn.Conv2d(channels, channels, 3, padding=1)))
        self.real = spectral_norm(nn.Conv2d(channels, 1, 1))
        self.of_class = spectral_norm(nn.Embedding(classes, channels))
        self.scale = 1.0 / sqrt(channels)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        h = self.steps(x)
        fits = (h * self.of_class(labels)[:, :, None, None]).sum(1)
        logits: Tensor = self.real(h)[:, 0] + self.scale * fits
        return logits


class ProjectedDiscriminator(nn.Module):
    """`channels`: of the features, from fine to deep; `width`: of the finest head."""

    def __init__(self, channels: Sequence[int], classes: int, width: int = 32) -> None:
        super().__init__()
        self.mixing = RandomMixing(channels, width)
        last = len(channels) - 1
        self.heads = nn.ModuleList(
            Head(width << level, last - level, classes, DEEPEST * width)
            for level in range(len(channels))
        )

    def mixed(self, levels: Sequence[Tensor]) -> list[Tensor]:
        """Features as the heads want them."""
        found: list[Tensor] = self.mixing(levels)
        return found

    def forward(self, mixed: Sequence[Tensor], labels: Tensor) -> Tensor:
        """Mixed features and classes (n) to logits (n, heads, g, g), `g` the deepest's side."""
        judged = [head(level, labels) for head, level in zip(self.heads, mixed, strict=True)]
        return torch.stack(judged, 1)


def normed(convolution: nn.Conv2d) -> tuple[nn.Module, ...]:
    """Spectrally normalised convolution, group normalisation, leaky rectifier."""
    channels = convolution.out_channels
    groups = max(1, channels // GROUP)
    return spectral_norm(convolution), nn.GroupNorm(groups, channels), nn.LeakyReLU(SLOPE)
