# SPDX-License-Identifier: Apache-2.0
"""Which noise is to become which picture: the nearest of many, each for one picture only."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from prodedit.engine.training import matches
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.matches import DRAWS, Match, Matches, distance
from prodedit.engine.training.packed import Contents, PackedPictures

COUNT, NOISE, EVERY = 12, 3, 4


@pytest.fixture
def pictures() -> PackedPictures:
    """Each of one colour; dark ones are of the first class."""
    chance = np.random.default_rng(2)
    labels = tuple(number % 2 for number in range(COUNT))
    pixels = np.empty((COUNT, 16, 16, 3), np.uint8)
    for picture, label in zip(pixels, labels, strict=True):
        picture[...] = chance.integers(0, 120, 3) + 120 * label
    names = tuple(str(number) for number in range(COUNT))
    return PackedPictures(
        pixels, Contents(side=16, classes=("dark", "light"), labels=labels, names=names)
    )


class Painter:
    """A generator whose noise is the colour, about what its class has."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, noise: Tensor, labels: Tensor) -> Tensor:
        self.made += len(noise)
        colour = 0.25 * noise + labels[:, None] - 0.5
        return colour[:, :, None, None].expand(-1, -1, 16, 16)


def found(pictures: PackedPictures, *, at_once: bool = False) -> Matches:
    return Matches(pictures, 0, NOISE, EVERY, Machine(), at_once=at_once)


def away(match: Match) -> float:
    return float(distance(Painter()(match.noise, match.labels), match.wanted))


def test_what_is_to_become_a_picture_is_near_to_it(pictures: PackedPictures) -> None:
    one, painter = found(pictures), Painter()
    before = away(one.drawn(1, 200, painter))
    assert painter.made == 0, "by chance at first"
    after = away(one.drawn(EVERY, 200, painter))
    assert painter.made == DRAWS * COUNT
    one.drawn(EVERY + 1, 200, painter)
    assert painter.made == DRAWS * COUNT, "not at each step"
    assert after < 0.7 * before


def test_where_something_was_learned_it_is_matched_before_the_first_step(
    pictures: PackedPictures,
) -> None:
    chance, known = found(pictures), found(pictures, at_once=True)
    assert away(known.drawn(0, 200, Painter())) < 0.7 * away(chance.drawn(0, 200, Painter()))


def test_each_picture_has_noise_of_its_own_and_of_its_class(pictures: PackedPictures) -> None:
    one = found(pictures)
    match = one.drawn(EVERY, 300, Painter())
    colours = match.wanted[:, :, 0, 0]
    assert len(torch.unique(colours, dim=0)) == len(np.unique(pictures.pixels[:, 0, 0], axis=0))
    assert torch.equal(match.labels, (colours.mean(1) > -0.05).long())
    noise = one.tensors()["matches.noise"]
    assert len(torch.unique(noise, dim=0)) == COUNT


def test_of_many_pictures_some_are_matched_each_time(
    pictures: PackedPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "MOST", 5)
    one = found(pictures)
    places = set()
    for number in range(1, 9):
        one.drawn(number * EVERY, 2, Painter())
        some = one.tensors()["matches.places"].tolist()
        assert len(set(some)) == 5
        places |= set(some)
    assert places == set(range(COUNT))


def test_it_goes_on_as_it_was(pictures: PackedPictures) -> None:
    one, other = found(pictures), found(pictures)
    one.drawn(EVERY, 2, Painter())
    other.load(one.tensors())
    drawn = []
    for each in (one, other):
        torch.manual_seed(1)
        drawn.append(each.drawn(EVERY + 1, 4, Painter()))
    assert all(torch.equal(a, b) for a, b in zip(*drawn, strict=True))
    with pytest.raises(ValueError, match="noise"):
        other.load({**one.tensors(), "matches.noise": torch.zeros(COUNT, NOISE + 1)})
    with pytest.raises(ValueError, match="noise"):
        other.load({**one.tensors(), "matches.places": torch.full((COUNT,), COUNT)})
