# SPDX-License-Identifier: Apache-2.0
"""Levels from colours that were clicked: what comes out of them is looked at in pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.levelling import GAMMAS, POINTS, with_black, with_grey, with_white
from prodedit.core.adjust.values import Band, Levels
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Problem

DARK, CAST, LIGHT = Colour(30, 22, 40), Colour(150, 128, 100), Colour(240, 236, 220)


def seen(levels: Levels, colour: Colour) -> tuple[int, int, int]:
    """What becomes of one pixel."""
    pixel = np.array([[(colour.blue, colour.green, colour.red, 255)]], np.uint8)
    blue, green, red, _ = adjusted(pixel, levels, Rect(0, 0, 1, 1), Size(1, 1))[0, 0].tolist()
    return red, green, blue


@pytest.mark.parametrize("order", [("black", "white", "grey"), ("white", "black", "grey")])
def test_three_clicks_make_black_grey_and_white(order: tuple[str, ...]) -> None:
    colours = {"black": DARK, "grey": CAST, "white": LIGHT}
    levels = Levels()
    for name in order:
        levels = POINTS[name](levels, colours[name])
    assert seen(levels, DARK) == (0, 0, 0)
    assert seen(levels, LIGHT) == (255, 255, 255)
    red, green, blue = seen(levels, CAST)
    assert red == green == blue
    assert 0 < red < 255


def test_grey_is_as_light_as_the_colour_was() -> None:
    assert seen(with_grey(Levels(), CAST), CAST) == (131, 131, 131)  # 0.299, 0.587, 0.114


@given(st.sampled_from(sorted(POINTS)), st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_becomes_it_or_is_refused(name: str, rgb: tuple[int, int, int]) -> None:
    colour = Colour(*rgb)
    try:
        levels = POINTS[name](Levels(), colour)
    except Problem:
        assert name == "grey" or min(rgb) < 2 or max(rgb) > 253
        return
    red, green, blue = seen(levels, colour)
    assert red == green == blue
    assert {"black": red == 0, "white": red == 255, "grey": True}[name]
    for band in (levels.red, levels.green, levels.blue):
        assert band.white - band.black >= 2
        assert GAMMAS[0] <= band.gamma <= GAMMAS[1]


def test_another_click_takes_the_place_of_the_first() -> None:
    once = with_grey(with_black(Levels(), Colour(60, 60, 60)), Colour(120, 100, 90))
    again = with_grey(with_black(once, DARK), CAST)
    assert again == with_grey(with_black(Levels(), DARK), CAST)


def test_the_band_of_all_channels_and_the_other_numbers_stay() -> None:
    whole, red = Band(gamma=1.4, low=10.0), Band(gamma=2.0, high=200.0)
    black = with_black(Levels(rgb=whole, red=red), DARK)
    assert black.rgb == whole
    assert black.red == Band(black=30.0, gamma=2.0, low=0.0, high=200.0)
    assert with_white(Levels(red=red), LIGHT).red == Band(gamma=2.0, white=240.0)


@pytest.mark.parametrize(
    ("name", "levels", "colour"),
    [
        ("black", Levels(), Colour(255, 255, 255)),
        ("black", Levels(green=Band(white=100.0)), Colour(20, 99, 20)),
        ("white", Levels(), Colour(0, 0, 0)),
        ("white", Levels(blue=Band(black=80.0)), Colour(200, 200, 81)),
        ("grey", Levels(), Colour(255, 0, 0)),
        ("grey", Levels(red=Band(low=128.0, high=128.0)), CAST),
        ("grey", with_black(Levels(), CAST), DARK),
    ],
)
def test_what_cannot_be_is_said(name: str, levels: Levels, colour: Colour) -> None:
    with pytest.raises(Problem, match="Click"):
        POINTS[name](levels, colour)
