# SPDX-License-Identifier: Apache-2.0
"""Losses of the contest, its penalty, and how it is told that it goes badly."""

from __future__ import annotations

from typing import get_args

import pytest
import torch

from prodedit.engine.training.adversarial import (
    ENOUGH,
    WANTS,
    accuracy,
    alike,
    apart,
    gradient_penalty,
    paired,
)
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


def test_classes_come_in_pairs() -> None:
    assert paired(torch.tensor([3, 1, 4, 1])).tolist() == [3, 3, 4, 4]
    assert paired(torch.tensor([3, 1, 4])).tolist() == [3, 3, 4]
    assert paired(torch.tensor([3])).tolist() == [3]


def test_pictures_are_as_far_apart_as_their_colours() -> None:
    pictures = torch.zeros(5, 3, 32, 32)
    pictures[1] = 0.5
    pictures[3, 0] = -1.0
    assert torch.allclose(apart(pictures), torch.tensor([0.5, 1.0 / 3.0]))
    assert len(apart(pictures[:1])) == 0


def test_only_pictures_that_are_too_much_alike_are_told_off() -> None:
    shares = torch.tensor([0.0, ENOUGH / 2, 1.01 * ENOUGH, 2.0], requires_grad=True)
    loss = alike(shares)
    (slope,) = torch.autograd.grad(loss, shares)
    assert float(loss.detach()) == pytest.approx((1.0 + 0.5) / 4)
    assert (slope < 0.0).tolist() == [True, True, False, False]
