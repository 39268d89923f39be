# SPDX-License-Identifier: Apache-2.0
"""Variations before a discriminator's eyes: gradients pass, each picture has its own."""

from __future__ import annotations

from typing import get_args

import pytest
import torch
from torch import Tensor

from prodedit.engine.training.augment import VARIATIONS, augmented
from prodedit.engine.training.setting import Variation


@pytest.fixture
def pictures() -> Tensor:
    torch.manual_seed(2)
    one = torch.rand(1, 3, 16, 16) * 2.0 - 1.0
    return one.repeat(6, 1, 1, 1)


def test_each_variation_has_a_function() -> None:
    assert set(VARIATIONS) == set(get_args(Variation))


@pytest.mark.parametrize("variation", VARIATIONS)
def test_each_picture_is_varied_in_its_own_way(variation: Variation, pictures: Tensor) -> None:
    varied = augmented(pictures, (variation,))

    assert varied.shape == pictures.shape
    assert len({tuple(one.flatten().tolist()) for one in varied}) > 2


@pytest.mark.parametrize("variation", VARIATIONS)
def test_gradients_pass(variation: Variation, pictures: Tensor) -> None:
    """The gradient is what a small change of the picture makes."""
    learned = pictures.double().requires_grad_()
    change = torch.randn_like(learned)
    torch.manual_seed(7)
    augmented(learned, (variation,)).square().sum().backward()
    assert learned.grad is not None

    torch.manual_seed(7)
    with torch.no_grad():
        ends = []
        for step in (-1e-4, 1e-4):
            torch.manual_seed(7)
            ends.append(augmented(learned + step * change, (variation,)).square().sum())
    assert torch.allclose((ends[1] - ends[0]) / 2e-4, (learned.grad * change).sum(), rtol=1e-5)


def test_pixels_are_moved_whole(pictures: Tensor) -> None:
    moved = augmented(pictures, ("translation",))
    for was, now in zip(pictures, moved, strict=True):
        fits = [
            torch.equal(now[:, 4:12, 4:12], was[:, 4 - y : 12 - y, 4 - x : 12 - x])
            for y in range(-2, 3)
            for x in range(-2, 3)
        ]
        assert sum(fits) == 1


def test_what_is_cut_is_grey_and_the_rest_as_it_was(pictures: Tensor) -> None:
    cut = augmented(pictures, ("cutout",))
    grey = (cut == 0.0).all(1)

    assert bool(((cut == pictures).all(1) | grey).all())
    assert 4 * 4 <= int(grey.sum((1, 2)).min()) <= int(grey.sum((1, 2)).max()) <= 8 * 8
