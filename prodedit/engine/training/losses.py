# SPDX-License-Identifier: Apache-2.0
"""How far a made picture is from a real one, in the ways that count for learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional as F

if TYPE_CHECKING:
    from prodedit.nets.efficientnet_lite import EfficientNetLite0

_EPSILON = 1e-6


def laplacian(made: Tensor, real: Tensor, levels: int = 2) -> Tensor:
    """Mean absolute difference of what each halving of the size loses: edges and cloth."""
    total = torch.zeros((), device=made.device)
    difference = made - real  # both pyramids are linear
    for _ in range(levels):
        small = F.avg_pool2d(difference, 2)
        total = total + (difference - F.interpolate(small, scale_factor=2.0)).abs().mean()
        difference = small
    return total


def chroma(made: Tensor, real: Tensor) -> Tensor:
    """Mean absolute difference of hue and saturation: of each channel from the pixel's grey. Most
    of a distance of pixels is light and dark, so without it colours are learned last."""
    difference = made - real
    return (difference - difference.mean(1, keepdim=True)).abs().mean()


def perceptual(features: EfficientNetLite0, made: Tensor, real: Tensor, deepest: int = 3) -> Tensor:
    """Squared distance of unit-length features at each place, averaged, summed over levels.

    After Zhang et al.: The Unreasonable Effectiveness of Deep Features, CVPR 2018,
    arXiv:1801.03924, without its learned weights. Pictures in -1 .. 1.
    """
    with torch.no_grad():
        wanted = [_unit(level) for level in features.levels(real, deepest)]
    found = [_unit(level) for level in features.levels(made, deepest)]
    distances = [(f - w).square().sum(1).mean() for f, w in zip(found, wanted, strict=True)]
    return torch.stack(distances).sum()


def discriminator_hinge(real: Tensor, made: Tensor) -> Tensor:
    """The discriminator's hinge loss (Lim, Ye 2017, arXiv:1705.02894) on logits."""
    return F.relu(1.0 - real).mean() + F.relu(1.0 + made).mean()


def _unit(level: Tensor) -> Tensor:
    return level / (level.square().sum(1, keepdim=True) + _EPSILON).sqrt()
