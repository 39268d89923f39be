# SPDX-License-Identifier: Apache-2.0
"""Exploring a small style-based generator with random weights: what holds whatever it learned."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.generators.dragging import Points
from prodedit.engine.generators.style_based import StyleBased, layers_of
from prodedit.engine.generators.style_explorer import StyleExplorer
from prodedit.nets.style_generator import StyleGenerator

CLASSES = ("shoe", "hat")


@pytest.fixture(scope="module")
def generator() -> StyleBased:
    torch.set_num_threads(1)
    torch.manual_seed(8)
    net = StyleGenerator(2, (16, 16, 12, 8), noise=12, style=16)
    return StyleBased(net.eval().requires_grad_(False))


@pytest.fixture(scope="module")
def explorer(generator: StyleBased) -> StyleExplorer:
    return StyleExplorer(generator, CLASSES, torch.randn(3, *generator.shape))


def told(share: float) -> None:
    assert 0.0 <= share <= 1.0


def drawn(explorer: StyleExplorer, *seeds: int, label: int = 0, truncation: float = 1.0) -> Tensor:
    labels = torch.full((len(seeds),), label)
    return explorer.drawn(seeds, labels, truncation, told)


def test_a_seed_is_a_picture_whatever_is_drawn_with_it(explorer: StyleExplorer) -> None:
    one, other = drawn(explorer, 3, 4), drawn(explorer, 4)

    assert one.shape == (2, *explorer.shape)
    assert explorer.pictures(one).shape == (2, 3, explorer.side, explorer.side)
    assert torch.allclose(explorer.pictures(one[1:]), explorer.pictures(other), atol=1e-4)
    assert not torch.equal(explorer.pictures(one)[0], explorer.pictures(one)[1])


def test_truncation_draws_to_the_centre_of_the_class(
    generator: StyleBased, explorer: StyleExplorer
) -> None:
    for label in (0, 1):
        centre = generator.centres[label].expand(explorer.shape)
        free, half, none = (
            drawn(explorer, 1, label=label, truncation=t)[0] for t in (1.0, 0.5, 0.0)
        )
        assert torch.allclose(none, centre, atol=1e-6)
        assert torch.allclose(half - centre, 0.5 * (free - centre), atol=1e-6)
    assert not torch.allclose(*generator.centres)


def test_a_variation_is_between_the_same_and_another(explorer: StyleExplorer) -> None:
    latent = drawn(explorer, 1)[0]
    same, near, far = (explorer.varied(latent, 0, s, (5,), told)[0] for s in (0.0, 0.3, 1.0))

    assert torch.allclose(same, latent, atol=1e-6)
    assert torch.allclose(far, drawn(explorer, 5)[0], atol=1e-6)
    assert 0.0 < float((near - latent).norm()) < float((far - latent).norm())


def test_mixed_pictures_take_details(explorer: StyleExplorer) -> None:
    one, other = drawn(explorer, 1, 2)
    every = explorer.mixed(one, other, ("coarse", "middle", "fine"))
    fine = explorer.mixed(one, other, ("fine",))

    assert torch.equal(every, other)
    assert torch.equal(explorer.mixed(one, other, ()), one)
    assert torch.equal(fine[:7], one[:7])
    assert torch.equal(fine[7:], other[7:])


@pytest.mark.parametrize("layers", [6, 8, 10, 14])
def test_each_layer_makes_one_kind_of_detail(layers: int) -> None:
    coarse, middle, fine = (layers_of((what,), layers) for what in ("coarse", "middle", "fine"))

    assert [*coarse, *middle, *fine] == list(range(layers))
    assert coarse == [0, 1, 2]


def test_a_morph_is_straight(explorer: StyleExplorer) -> None:
    ends = drawn(explorer, 1, 2)
    way = explorer.between(ends, (0, 0), (0.0, 0.25, 1.0), told)

    assert torch.equal(way[[0, 2]], ends)
    assert torch.allclose(way[1], 0.75 * ends[0] + 0.25 * ends[1], atol=1e-6)


def test_sliders_move_along_the_axes(explorer: StyleExplorer) -> None:
    latent = drawn(explorer, 1)[0]
    one, other = (
        explorer.shifted(latent, weights) - latent for weights in ((1.0,), (0.0, 0.0, 1.0))
    )
    both = explorer.shifted(latent, (2.0, 0.0, -1.0)) - latent

    assert explorer.directions == 3
    assert torch.allclose(both, 2.0 * one - other, atol=1e-5)
    assert torch.equal(explorer.shifted(latent, ()), latent)


def test_a_picture_of_its_own_is_found_again(explorer: StyleExplorer) -> None:
    picture = explorer.pictures(drawn(explorer, 1_000, label=1))[0]
    away = [
        float(
            (explorer.pictures(explorer.found(picture, 1, steps, told)[None]) - picture)
            .abs()
            .mean()
        )
        for steps in (0, 60)
    ]

    assert away[1] < 0.5 * away[0]


@pytest.mark.parametrize("label", [0, 1])
def test_a_picture_is_told_to_be_of_its_class(explorer: StyleExplorer, label: int) -> None:
    told_as = [
        explorer.class_of(explorer.pictures(drawn(explorer, seed, label=label))[0], told)
        for seed in (2, 3, 4)
    ]
    assert told_as.count(label) >= 2


def test_a_drag_changes_what_it_may_and_can_be_stopped(explorer: StyleExplorer) -> None:
    latent = drawn(explorer, 1)[0]
    places = torch.tensor([[0.4, 0.4]])
    points = Points(places, places, torch.tensor([[0.6, 0.5]]))
    moved, handles = explorer.dragged(latent, latent, points, None, 3, told)

    assert handles.shape == (1, 2)
    assert not torch.equal(moved[:5], latent[:5])
    assert torch.equal(moved[5:], latent[5:])
    again, _ = explorer.dragged(latent, latent, points, None, 3, told)
    assert torch.equal(again, moved)

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        explorer.dragged(latent, latent, points, None, 3, stop)


def test_what_it_cannot_is_said(explorer: StyleExplorer) -> None:
    assert explorer.abilities == {"mix", "drag"}
    with pytest.raises(Problem, match="can't do this"):
        explorer.repainted(drawn(explorer, 1)[0], 0, torch.ones(32, 32), 1.0, (1,), told)
