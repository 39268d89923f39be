# SPDX-License-Identifier: Apache-2.0
"""Directions of known points."""

from __future__ import annotations

import pytest
import torch

from prodedit.engine.generators.directions import found_in

SPREADS = (5.0, 2.0, 0.5)


@pytest.fixture
def points() -> torch.Tensor:
    """(400, 2, 3): three numbers of the six differ, in known measure."""
    torch.manual_seed(1)
    flat = torch.zeros(400, 6) + 7.0
    for place, spread in zip((4, 1, 2), SPREADS, strict=True):
        flat[:, place] += spread * torch.randn(400)
    return flat.reshape(400, 2, 3)


def test_the_greatest_differences_come_first(points: torch.Tensor) -> None:
    found = found_in(points, 3)

    assert found.axes.shape == (3, 2, 3)
    assert found.axes.flatten(1).argmax(1).tolist() == [4, 1, 2]
    assert torch.allclose(found.spreads, torch.tensor(SPREADS), rtol=0.1)
    assert torch.allclose(found.axes.flatten(1) @ found.axes.flatten(1).T, torch.eye(3), atol=1e-5)


def test_sliders_move_a_point_and_are_read_from_it(points: torch.Tensor) -> None:
    found = found_in(points, 3)
    point = found.mean + found.shift((1.5, -2.0))

    assert float(point.flatten()[4] - 7.0) == pytest.approx(1.5 * SPREADS[0], rel=0.2)
    assert torch.allclose(found.amounts(point), torch.tensor([1.5, -2.0, 0.0]), atol=1e-4)
    with pytest.raises(ValueError, match="4 sliders"):
        found.shift((1.0,) * 4)


def test_the_same_points_give_the_same_directions(points: torch.Tensor) -> None:
    one, other = found_in(points, 3), found_in(points[torch.randperm(400)], 3)

    assert torch.allclose(one.axes, other.axes, atol=1e-4)


def test_there_are_fewer_directions_than_points(points: torch.Tensor) -> None:
    assert len(found_in(points[:3], 16).axes) == 2
    with pytest.raises(ValueError, match="no direction"):
        found_in(points[:1])
