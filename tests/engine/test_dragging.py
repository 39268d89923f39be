# SPDX-License-Identifier: Apache-2.0
"""Dragging, on a generator that is written down: two discs whose places are their styles."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from prodedit.engine.generators.dragging import Dragging, Points, Pull, looked_up
from prodedit.nets.style_generator import Painted

SIDE, GRID = 64, 32
LEFT, RIGHT = (0.3, 0.5), (0.75, 0.5)
PULL = Pull(level=0, layers=2, rate=0.01)


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


def paint(styles: Tensor) -> Painted:
    """Styles (1, 3, 4): layer 0 moves the left disc (numbers 0, 1), and both (2, 3); layer 1 does
    nothing, layer 2 colours."""
    both = styles[0, 0, 2:]
    middles = (torch.tensor(LEFT) + styles[0, 0, :2] + both, torch.tensor(RIGHT) + both)
    features = torch.cat([disc(at, GRID, width) for at in middles for width in (0.08, 0.16)], 1)
    picture = torch.cat([disc(at, SIDE, 0.08) for at in (*middles, middles[0])], 1)
    return Painted(picture * styles[0, 2, 0], (features,))


def disc(middle: Tensor, side: int, width: float) -> Tensor:
    line = (torch.arange(side) + 0.5) / side
    x, y = (line - at for at in middle)
    return torch.exp(-0.5 * (x[None, :] ** 2 + y[:, None] ** 2) / width**2)[None, None]


def blank() -> Tensor:
    styles = torch.zeros(1, 3, 4)
    styles[:, 2] = 1.0
    return styles


def points(target: tuple[float, float]) -> Points:
    handle = torch.tensor([LEFT])
    return Points(handle, handle, torch.tensor([target]))


def left_middle(styles: Tensor) -> Tensor:
    """Where the left disc is brightest."""
    brightest = int(paint(styles).picture[0, 0].argmax())
    return (torch.tensor([brightest % SIDE, brightest // SIDE]) + 0.5) / SIDE


def right_shift(styles: Tensor) -> float:
    return float(styles[0, 0, 2:].norm())


@pytest.mark.parametrize("target", [(0.5, 0.5), (0.3, 0.3), (0.15, 0.65)])
def test_a_disc_is_dragged_to_its_target(target: tuple[float, float]) -> None:
    drag = Dragging(paint, blank(), blank(), points(target), PULL)
    for _ in range(60):
        drag.step()

    assert drag.there
    assert torch.allclose(drag.handles[0], torch.tensor(target), atol=1.5 / SIDE)
    assert torch.allclose(left_middle(drag.styles), torch.tensor(target), atol=2.5 / SIDE)


def test_each_step_is_a_frame_nearer() -> None:
    drag = Dragging(paint, blank(), blank(), points((0.5, 0.5)), PULL)
    places = []
    for _ in range(4):
        for _ in range(4):
            drag.step()
        places.append(float(left_middle(drag.styles)[0]))

    assert places == sorted(places)
    assert LEFT[0] < places[0] < places[-1]


def test_what_is_held_moves_less() -> None:
    mask = torch.ones(SIDE, SIDE)
    mask[:, SIDE // 2 + 6 :] = 0.0
    moved = []
    for held in (None, mask):
        drag = Dragging(paint, blank(), blank(), points((0.3, 0.3)), PULL, held)
        for _ in range(60):
            drag.step()
        assert drag.there
        moved.append(right_shift(drag.styles))

    assert moved[1] < 0.4 * moved[0]


def test_it_goes_on_from_where_it_was() -> None:
    """A drag in several calls: looks are those of the start, places those of now."""
    styles, here = blank(), points((0.5, 0.5))
    for _ in range(30):
        drag = Dragging(paint, blank(), styles, here, PULL)
        drag.step()
        drag.step()
        styles, here = drag.styles, Points(here.starts, drag.handles, here.targets)

    assert Dragging(paint, blank(), styles, here, PULL).there


def test_fine_layers_stay() -> None:
    drag = Dragging(paint, blank(), blank(), points((0.5, 0.5)), PULL)
    drag.step()

    assert torch.equal(drag.styles[:, 2:], blank()[:, 2:])
    assert not torch.equal(drag.styles[:, :1], blank()[:, :1])


def test_what_is_there_is_left_alone() -> None:
    drag = Dragging(paint, blank(), blank(), points(LEFT), PULL)
    drag.step()

    assert torch.equal(drag.styles, blank())


def test_features_are_looked_up_between_pixels() -> None:
    features = torch.tensor([[[[0.0, 1.0], [2.0, 3.0]]]])
    found = looked_up(features, torch.tensor([[0.25, 0.25], [0.75, 0.25], [0.5, 0.5], [2.0, 2.0]]))

    assert found.flatten().tolist() == [0.0, 1.0, 1.5, 3.0]
