# SPDX-License-Identifier: Apache-2.0
"""What generator and discriminator want of each other, and how their contest stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from prodedit.engine.training.setting import Contest

SMALL = 16
"""The side at which pictures are compared with each other."""
ENOUGH = 0.7
"""Of the difference between real pictures of a class: so varied made ones should be."""


class Wants(NamedTuple):
    """Losses of logits: the discriminator's of real and made ones, the generator's of made ones."""

    discriminator: Callable[[Tensor, Tensor], Tensor]
    generator: Callable[[Tensor], Tensor]


def hinge(real: Tensor, made: Tensor) -> Tensor:
    """Nothing more is wanted beyond one on the right side (Lim, Ye 2017, arXiv:1705.02894)."""
    return F.relu(1.0 - real).mean() + F.relu(1.0 + made).mean()


def hinge_generator(made: Tensor) -> Tensor:
    """As real as can be."""
    return -made.mean()


def logistic(real: Tensor, made: Tensor) -> Tensor:
    """Cross-entropy (Goodfellow et al., NeurIPS 2014, arXiv:1406.2661)."""
    return F.softplus(-real).mean() + F.softplus(made).mean()


def non_saturating(made: Tensor) -> Tensor:
    """The generator's, which is steep where it loses."""
    return F.softplus(-made).mean()


WANTS: Mapping[Contest, Wants] = {
    "hinge": Wants(hinge, hinge_generator),
    "non-saturating": Wants(logistic, non_saturating),
}


def gradient_penalty(pictures: Tensor, logits: Tensor) -> Tensor:
    """R1: the squared length of the gradient of each real picture's logits, averaged over the
    pictures (Mescheder et al.: Which Training Methods for GANs do actually Converge?, ICML 2018,
    arXiv:1801.04406). `logits` (n, ...) are of `pictures`, which need gradients; those of one
    picture are averaged."""
    each = logits.reshape(len(pictures), -1).mean(1).sum()
    (gradient,) = torch.autograd.grad(each, pictures, create_graph=True)
    return gradient.square().flatten(1).sum(1).mean()


def accuracy(real: Tensor, made: Tensor) -> Tensor:
    """The share of logits on the right side: 0.5 where the discriminator can't tell, 1 where it
    always can, and the generator learns little."""
    told = (real.detach() > 0.0).float().mean() + (made.detach() < 0.0).float().mean()
    return 0.5 * told


def paired(labels: Tensor) -> Tensor:
    """Classes (n) for pictures to be made: of each two, twice the first."""
    twice = labels[::2].repeat_interleave(2)
    return twice[: len(labels)]


def apart(pictures: Tensor) -> Tensor:
    """How different each second picture of (n, 3, s, s) is from the one before, (n // 2): the mean
    absolute difference of small copies."""
    small = F.adaptive_avg_pool2d(pictures.float(), SMALL)
    pairs = len(small) // 2 * 2
    return (small[1:pairs:2] - small[:pairs:2]).abs().mean((1, 2, 3))


def alike(shares: Tensor) -> Tensor:
    """The generator's loss where two pictures of a class are less different than ENOUGH of what
    real ones are, by their `shares` (n) of that: it would else find one picture for each class that
    passes, and leave the noise aside. After Mao et al.: Mode Seeking Generative Adversarial
    Networks, CVPR 2019, arXiv:1903.05628, which knows no end."""
    return F.relu(1.0 - shares / ENOUGH).mean()
