# SPDX-License-Identifier: Apache-2.0
"""The small convolutional pair that teaches what an adversarial training is.

Radford et al.: Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
Networks, ICLR 2016, arXiv:1511.06434; the class as in Miyato, Koyama, ICLR 2018, arXiv:1802.05637.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

import torch
from torch import Tensor, nn

SMALLEST = 4
SPREAD = 0.02
"""Of the weights at the start, as the paper has it."""


class ConvolutionalGenerator(nn.Module):
    """Noise (n, z) and classes (n) to pictures (n, 3, s, s) in -1 .. 1. `widths`: channels at 4²,
    8² and so on, one fewer than sizes: four of them make 64²."""

    def __init__(
        self, classes: int, widths: tuple[int, ...] = (256, 128, 64, 32), noise: int = 64
    ) -> None:
        super().__init__()
        self.classes, self.noise, self.widths = classes, noise, widths
        self.side = SMALLEST << len(widths)
        self.of_class = nn.Embedding(classes, noise)
        steps = [nn.ConvTranspose2d(2 * noise, widths[0], SMALLEST, bias=False), *normed(widths[0])]
        for wide, narrow in pairwise(widths):
            steps += [nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False), *normed(narrow)]
        self.steps = nn.Sequential(*steps, nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1), nn.Tanh())
        self.apply(_started)

    def told(self, z: Tensor, labels: Tensor) -> Tensor:
        """(n, 2 z): noise, and behind it the class."""
        return torch.cat((z, self.of_class(labels)), 1)

    def made(self, told: Tensor) -> Tensor:
        """What was `told` to pictures."""
        picture: Tensor = self.steps(told[:, :, None, None])
        return picture

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        return self.made(self.told(z, labels))


class ConvolutionalDiscriminator(nn.Module):
    """Pictures (n, 3, s, s) in -1 .. 1 and classes (n) to logits (n, 1)."""

    def __init__(self, classes: int, widths: tuple[int, ...] = (32, 64, 128, 256)) -> None:
        super().__init__()
        steps: list[nn.Module] = [nn.Conv2d(3, widths[0], 4, 2, 1), nn.LeakyReLU(0.2)]
        for narrow, wide in pairwise(widths):
            steps += [nn.Conv2d(narrow, wide, 4, 2, 1, bias=False), nn.BatchNorm2d(wide)]
            steps.append(nn.LeakyReLU(0.2))
        self.steps = nn.Sequential(*steps, nn.Flatten())
        features = widths[-1] * SMALLEST**2
        self.real = nn.Linear(features, 1)
        self.of_class = nn.Embedding(classes, features)
        self.scale = 1.0 / sqrt(features)
        self.apply(_started)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        h = self.steps(x)
        fits = (h * self.of_class(labels)).sum(1, keepdim=True)
        logits: Tensor = self.real(h) + self.scale * fits
        return logits


def normed(channels: int) -> tuple[nn.Module, ...]:
    """Batch normalisation and rectifier."""
    return nn.BatchNorm2d(channels), nn.ReLU()


def _started(module: nn.Module) -> None:
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0.0, SPREAD)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, SPREAD)
