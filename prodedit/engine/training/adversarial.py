# SPDX-License-Identifier: Apache-2.0
"""What generator and discriminator want of each other, and how their contest stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from prodedit.engine.training.setting import Contest

POOLED = 4
"""The grid on which pictures are compared with each other."""
_EPSILON = 1e-6


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


def diversity(real: Tensor, made: Tensor) -> Tensor:
    """How different made pictures are from each other, measured by the real ones: 1 as different,
    0 all alike (the modes have collapsed). Features (n, c, h, w) of as many classes alike."""
    return _apart(made.detach()) / (_apart(real.detach()) + _EPSILON)


def _apart(features: Tensor) -> Tensor:
    """The mean distance of two pictures' features. Zero for one picture."""
    pooled = F.adaptive_avg_pool2d(features.float(), POOLED).flatten(1)
    count = len(pooled)
    return torch.pdist(pooled).sum() / max(1, count * (count - 1) // 2)
