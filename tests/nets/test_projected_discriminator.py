# SPDX-License-Identifier: Apache-2.0
"""Projected discriminators: what learns and what doesn't, classes, spectral norms."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from prodedit.nets.projected_discriminator import ProjectedDiscriminator

CHANNELS = (6, 8, 10)


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(4)


@pytest.fixture
def net() -> ProjectedDiscriminator:
    return ProjectedDiscriminator(CHANNELS, classes=3, width=4)


def levels(count: int = 2) -> list[Tensor]:
    return [torch.randn(count, c, 16 >> n, 16 >> n) for n, c in enumerate(CHANNELS)]


def test_each_head_judges_the_same_grid(net: ProjectedDiscriminator) -> None:
    mixed = net.mixed(levels())

    assert [tuple(level.shape) for level in mixed] == [
        (2, 4, 16, 16),
        (2, 8, 8, 8),
        (2, 16, 4, 4),
    ]
    assert net(mixed, torch.tensor([0, 2])).shape == (2, 3, 4, 4)


def test_what_is_deep_reaches_what_is_fine_and_not_the_other_way(
    net: ProjectedDiscriminator,
) -> None:
    one = levels()
    other = [*one[:2], one[2] + 1.0]
    finer = [one[0] + 1.0, *one[1:]]

    assert not torch.allclose(net.mixed(one)[0], net.mixed(other)[0])
    assert torch.equal(net.mixed(one)[2], net.mixed(finer)[2])


def test_the_mixing_never_learns(net: ProjectedDiscriminator) -> None:
    net(net.mixed(levels()), torch.tensor([0, 1])).sum().backward()

    assert not any(weights.requires_grad for weights in net.mixing.parameters())
    learning = [weights for weights in net.heads.parameters() if weights.requires_grad]
    assert all(weights.grad is not None for weights in learning)


def test_gradients_reach_the_picture(net: ProjectedDiscriminator) -> None:
    seen = [level.requires_grad_() for level in levels()]
    net(net.mixed(seen), torch.tensor([0, 1])).sum().backward()

    assert all(level.grad is not None and bool(level.grad.abs().sum() > 0) for level in seen)


def test_the_class_counts(net: ProjectedDiscriminator) -> None:
    mixed = net.mixed(levels())

    assert not torch.allclose(net(mixed, torch.tensor([0, 1])), net(mixed, torch.tensor([2, 2])))


def test_no_layer_stretches_more_than_one(net: ProjectedDiscriminator) -> None:
    mixed = net.mixed(levels())
    for _ in range(40):  # power iterations
        net(mixed, torch.tensor([0, 1]))
    layers = [layer for layer in net.heads.modules() if isinstance(layer, nn.Conv2d)]
    longest = [torch.linalg.matrix_norm(layer.weight.flatten(1), 2) for layer in layers]

    assert len(layers) == 9
    assert torch.allclose(torch.stack(longest), torch.ones(9), atol=0.02)
