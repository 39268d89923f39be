# SPDX-License-Identifier: Apache-2.0
"""Curves from colours that were clicked: what comes out of them is looked at in pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.curving import POINTS, tone_of, with_black, with_grey, with_white
from prodedit.core.adjust.values import Curves, Dot
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Problem
from prodedit.core.values import from_json, to_json

DARK, CAST, LIGHT = Colour(30, 22, 40), Colour(150, 128, 100), Colour(240, 236, 220)


def seen(curves: Curves, colour: Colour) -> tuple[int, int, int]:
    """What becomes of one pixel."""
    pixel = np.array([[(colour.blue, colour.green, colour.red, 255)]], np.uint8)
    blue, green, red, _ = adjusted(pixel, curves, Rect(0, 0, 1, 1), Size(1, 1))[0, 0].tolist()
    return red, green, blue


@pytest.mark.parametrize("order", [("black", "white", "grey"), ("grey", "white", "black")])
def test_three_clicks_make_black_grey_and_white(order: tuple[str, ...]) -> None:
    colours = {"black": DARK, "grey": CAST, "white": LIGHT}
    curves = Curves()
    for name in order:
        curves = POINTS[name](curves, colours[name])
    assert seen(curves, DARK) == (0, 0, 0)
    assert seen(curves, LIGHT) == (255, 255, 255)
    red, green, blue = seen(curves, CAST)
    assert red == green == blue
    assert 0 < red < 255


def test_grey_is_as_light_as_the_colour_was() -> None:
    assert seen(with_grey(Curves(), CAST), CAST) == (131, 131, 131)  # 0.299, 0.587, 0.114


@given(st.sampled_from(sorted(POINTS)), st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=200, deadline=None)
def test_any_colour_becomes_it_or_is_refused(name: str, rgb: tuple[int, int, int]) -> None:
    colour = Colour(*rgb)
    try:
        curves = POINTS[name](Curves(), colour)
    except Problem:
        assert min(rgb) < 2 or max(rgb) > 253
        return
    red, green, blue = seen(curves, colour)
    assert red == green == blue
    assert {"black": red == 0, "white": red == 255, "grey": True}[name]
    for dots in (curves.red, curves.green, curves.blue):
        places = [dot.before for dot in dots]
        assert all(np.diff(places) >= 2)


def test_another_click_takes_the_place_of_the_first() -> None:
    once = with_grey(with_black(Curves(), Colour(60, 60, 60)), Colour(120, 100, 90))
    again = with_grey(with_black(once, DARK), CAST)
    assert again == with_grey(with_black(Curves(), DARK), CAST)


def test_dots_between_and_other_curves_stay() -> None:
    inner = (Dot(0, 20), Dot(20, 25), Dot(120, 160), Dot(255, 255))
    curves = Curves(rgb=inner, red=inner, luminosity=inner)
    black = with_black(curves, Colour(30, 22, 40))
    assert black.red == (Dot(30, 0), Dot(120, 160), Dot(255, 255))
    assert (black.rgb, black.luminosity) == (inner, inner)
    white = with_white(curves, Colour(200, 200, 200))
    assert white.red == (*inner[:3], Dot(200, 255))


@pytest.mark.parametrize(
    ("name", "curves", "colour"),
    [
        ("black", Curves(), Colour(255, 255, 255)),
        ("black", Curves(green=(Dot(0, 0), Dot(100, 255))), Colour(20, 99, 20)),
        ("white", Curves(), Colour(0, 0, 0)),
        ("white", Curves(blue=(Dot(80, 0), Dot(255, 255))), Colour(200, 200, 81)),
        ("grey", Curves(), Colour(255, 0, 0)),
        ("grey", with_black(Curves(), CAST), DARK),
    ],
)
def test_what_cannot_be_is_said(name: str, curves: Curves, colour: Colour) -> None:
    with pytest.raises(Problem, match="Click"):
        POINTS[name](curves, colour)


def test_curves_of_another_program_are_put_right() -> None:
    odd = Curves(red=(), green=(Dot(255, 255), Dot(0, 0)), blue=(Dot(3, 3),))
    assert seen(with_white(odd, LIGHT), LIGHT) == (255, 255, 255)


@given(st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=60, deadline=None)
def test_the_tone_of_a_channel_is_its_value_and_of_all_the_luma(rgb: tuple[int, int, int]) -> None:
    assume(len(set(rgb)) > 1)
    colour = Colour(*rgb)
    single = [tone_of(Curves(), name, colour) for name in ("red", "green", "blue")]
    assert single == list(rgb)
    luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
    assert tone_of(Curves(), "rgb", colour) == pytest.approx(luma)


def test_the_tone_is_that_of_what_the_curves_before_have_made() -> None:
    dark = (Dot(0, 0), Dot(255, 100))
    curves = Curves(rgb=(Dot(0, 50), Dot(255, 50)), red=dark, green=dark, blue=dark)
    assert tone_of(curves, "rgb", Colour(255, 255, 255)) == pytest.approx(100)
    assert tone_of(curves, "luminosity", Colour(255, 255, 255)) == pytest.approx(50)


def test_curves_are_kept_in_files_and_those_of_older_files_have_no_luminosity() -> None:
    curves = Curves(red=(Dot(3, 0), Dot(200, 255)), luminosity=(Dot(0, 20), Dot(255, 240)))
    data = to_json(curves)
    assert from_json(data, Curves) == curves
    del data["luminosity"]
    assert from_json(data, Curves) == Curves(red=curves.red)
