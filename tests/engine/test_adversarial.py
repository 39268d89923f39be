# SPDX-License-Identifier: Apache-2.0
"""Losses of the contest, its penalty, and how it is told that it goes badly."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from prodedit.engine.training.adversarial import WANTS, accuracy, diversity, gradient_penalty
from prodedit.engine.training.setting import Contest


def test_each_contest_has_its_losses() -> None:
    assert set(WANTS) == set(get_args(Contest))


@pytest.mark.parametrize("contest", WANTS)
def test_each_wants_what_the_other_does_not(contest: Contest) -> None:
    wants = WANTS[contest]
    real, made = torch.tensor([0.5, -0.3]), torch.tensor([0.2, -0.7], requires_grad=True)
    (for_critic,) = torch.autograd.grad(wants.discriminator(real, made), made)
    (for_generator,) = torch.autograd.grad(wants.generator(made), made)

    assert bool((for_critic > 0).all())
    assert bool((for_generator < 0).all())


def test_hinge_wants_nothing_beyond_one() -> None:
    beyond = torch.tensor([1.5])
    assert float(WANTS["hinge"].discriminator(beyond, -beyond)) == 0.0
    assert float(WANTS["non-saturating"].discriminator(beyond, -beyond)) > 0.0


def test_the_penalty_of_known_functions() -> None:
    """Of a sum of a·x it is the length of a, squared; of the sum of squares, four times that of
    each picture."""
    torch.manual_seed(1)
    pictures = torch.randn(3, 2, 4, 4, requires_grad=True)
    slope = torch.randn(2, 4, 4)
    straight = (pictures * slope).flatten(1).sum(1)
    squares = pictures.square().flatten(1).sum(1)

    assert torch.allclose(gradient_penalty(pictures, straight), slope.square().sum())
    wanted = 4.0 * squares.mean()
    assert torch.allclose(gradient_penalty(pictures, squares), wanted)


def test_the_penalty_of_many_logits_is_that_of_their_mean() -> None:
    pictures = torch.randn(2, 1, 2, 2, requires_grad=True)
    logits = torch.stack([k * pictures.flatten(1).sum(1) for k in (1.0, 3.0)], 1)

    assert torch.allclose(gradient_penalty(pictures, logits), torch.tensor(16.0))


def test_the_penalty_teaches_the_discriminator() -> None:
    pictures = torch.ones(2, 1, 2, 2, requires_grad=True)
    slope = torch.tensor(3.0, requires_grad=True)
    gradient_penalty(pictures, slope * pictures.flatten(1).sum(1)).backward()

    assert slope.grad is not None
    assert slope.grad.item() == pytest.approx(24.0)  # of 4 · slope²


def test_accuracy_is_the_share_on_the_right_side() -> None:
    assert float(accuracy(torch.tensor([1.0, -1.0]), torch.tensor([-1.0, -2.0]))) == 0.75


def test_diversity_is_one_for_the_data_and_nothing_for_one_picture() -> None:
    torch.manual_seed(1)
    real = torch.randn(8, 5, 8, 8)

    assert float(diversity(real, real[torch.randperm(8)])) == pytest.approx(1.0, abs=1e-4)
    assert float(diversity(real, real[:1].expand(8, -1, -1, -1))) == 0.0
    assert float(diversity(real, 0.5 * real)) == pytest.approx(0.5, abs=1e-4)
    assert float(diversity(real[:1], real[:1])) == 0.0
