# SPDX-License-Identifier: Apache-2.0
"""Opponent colours."""

from __future__ import annotations

import pytest
import torch

from prodedit.nets import opponent


def test_grey_has_no_colour_and_colour_no_lightness() -> None:
    grey = opponent.seen(torch.full((1, 3, 2, 2), 0.5))
    assert grey[:, 0] == pytest.approx(0.5 * 3**0.5)
    assert grey[:, 1:].abs().max() < 1e-6
    red_and_cyan = torch.tensor([1.0, -0.5, -0.5]).reshape(1, 3, 1, 1)
    assert opponent.seen(red_and_cyan)[:, 0].abs().max() < 1e-6


def test_what_is_said_keeps_lengths_and_is_the_inverse_but_for_the_size_of_colours() -> None:
    x = torch.rand(2, 3, 4, 5, generator=torch.Generator().manual_seed(1)) * 2 - 1
    y = opponent.seen(x)
    assert torch.allclose(opponent.said(torch.cat((y[:, :1], y[:, 1:] / 4), 1)), x, atol=1e-6)
    assert opponent.said(y).norm() == pytest.approx(float(y.norm()), rel=1e-5)
    assert y.shape == x.shape
