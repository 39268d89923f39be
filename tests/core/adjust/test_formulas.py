# SPDX-License-Identifier: Apache-2.0
"""Every adjustment of a colour against its description, worked out in float64."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodedit.core.adjust import adjusted, fused
from prodedit.core.adjust.point import program
from prodedit.core.adjust.tables import curve
from prodedit.core.adjust.values import (
    STRAIGHT,
    Adjustment,
    Balance,
    Band,
    BlackAndWhite,
    BrightnessContrast,
    ColourBalance,
    Curves,
    Dot,
    Exposure,
    GradientMap,
    HueSaturation,
    Invert,
    Levels,
    PhotoFilter,
    Posterise,
    Shift,
    Stop,
    Threshold,
    Vibrance,
    WhiteBalance,
)
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from tests.adjustments import COLOURS, TABLES, Bytes, named
from tests.plain_adjusting import REFERENCES, clip_colour, luma, reference

COVERED = [a for a in (*TABLES, *COLOURS) if type(a) in REFERENCES]


def colours() -> Bytes:
    """(h, w, 3) RGB: a grid of all colours, greys, nearly greys, and random ones."""
    rng = np.random.default_rng(6)
    steps = np.rint(np.linspace(0, 255, 9)).astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    nearly = np.clip(greys.astype(int) + rng.integers(-2, 3, greys.shape), 0, 255)
    other = rng.integers(0, 256, (600, 3))
    return np.concatenate([grid, greys, nearly, other]).astype(np.uint8)[None]


def opaque(rgb: Bytes) -> Bytes:
    alpha = np.full(rgb.shape[:2], 255, np.uint8)
    return np.dstack([rgb[..., ::-1], alpha])


def run(rgb: Bytes, *adjustments: Adjustment) -> Bytes:
    size = Size(rgb.shape[1], rgb.shape[0])
    pixels, area = opaque(rgb), Rect.of(size)
    if len(adjustments) == 1:
        return adjusted(pixels, adjustments[0], area, size)[..., 2::-1]
    return fused(adjustments)(pixels, area, size)[..., 2::-1]


def expected(rgb: Bytes, *adjustments: Adjustment) -> np.ndarray:
    rows = []
    for colour in (rgb[0] / 255).tolist():
        new = tuple(colour)
        for adjustment in adjustments:
            new = reference(adjustment, new)
        rows.append(new)
    return np.array(rows)[None] * 255


def test_all_kinds_but_curves_and_recolour_have_a_reference() -> None:
    left = {type(a).__name__ for a in (*TABLES, *COLOURS) if type(a) not in REFERENCES}
    assert left == {"Curves", "Recolour"}


@pytest.mark.parametrize("adjustment", COVERED, ids=named)
def test_formula_is_within_a_rounding(adjustment: Adjustment) -> None:
    rgb = colours()
    off = np.abs(run(rgb, adjustment) - expected(rgb, adjustment))
    assert off.max() < 0.52


_percent = st.integers(-100, 100)
_colour = st.builds(Colour, *[st.integers(0, 255)] * 3)
_shift = st.builds(Shift, st.integers(-180, 180), _percent, _percent)
_balance = st.builds(Balance, _percent, _percent, _percent)
_band = st.builds(
    Band, st.integers(0, 120), st.floats(0.2, 5), st.integers(121, 255), *[st.integers(0, 255)] * 2
)
_grey = st.integers(-200, 300)
ANY = st.one_of(
    st.builds(Levels, _band, _band, _band, _band),
    st.builds(Exposure, st.floats(-5, 5), st.floats(-0.5, 0.5), st.floats(0.1, 10)),
    st.builds(BrightnessContrast, _percent, _percent),
    st.builds(WhiteBalance, _percent, _percent),
    st.builds(HueSaturation, *[_shift] * 7),
    st.builds(
        lambda hue, s, light: HueSaturation(Shift(hue, s, light), tone=True),
        st.integers(0, 360),
        st.integers(0, 100),
        _percent,
    ),
    st.builds(ColourBalance, _balance, _balance, _balance, st.booleans()),
    st.builds(Vibrance, _percent, _percent),
    st.builds(BlackAndWhite, *[_grey] * 6, st.none() | _colour),
    st.builds(PhotoFilter, _colour, st.floats(0, 1), st.booleans()),
)


@given(ANY, st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=30))
@settings(max_examples=250, deadline=None)
def test_any_values_on_any_colours(
    adjustment: Adjustment, colours: list[tuple[int, int, int]]
) -> None:
    rgb = np.array([colours], np.uint8)
    off = np.abs(run(rgb, adjustment) - expected(rgb, adjustment))
    # At a jump (a gamma of ten at black, hues that meet) float32 may fall on the other side of x.5.
    assert off.max() < 0.6


@pytest.mark.parametrize(
    "row",
    [
        (Levels(rgb=Band(40, 0.5, 220)), BrightnessContrast(30, -40), Invert()),
        (Exposure(-4), HueSaturation(Shift(40, 30, 0)), Exposure(4)),
        (Vibrance(50), Levels(rgb=Band(60, 1.2, 200)), PhotoFilter(), ColourBalance(Balance(20))),
    ],
    ids=str,
)
def test_a_row_is_rounded_once(row: tuple[Adjustment, ...]) -> None:
    rgb = colours()
    wanted = expected(rgb, *row)
    together = np.abs(run(rgb, *row) - wanted)
    apart = rgb
    for adjustment in row:
        apart = run(apart, adjustment)
    assert together.max() < 0.55
    assert np.abs(apart - wanted).max() > 1


def test_a_row_ends_in_steps() -> None:
    rgb = colours()
    assert set(np.unique(run(rgb, Vibrance(40), Posterise(3)))) == {0, 128, 255}
    assert set(np.unique(run(rgb, Posterise(3), Threshold(100)))) == {0, 255}


def test_an_empty_row_changes_nothing() -> None:
    pixels = opaque(colours())
    size = Size(pixels.shape[1], 1)
    assert fused(())(pixels, Rect.of(size), size) is pixels


def test_curve_goes_through_its_dots_and_never_beyond_them() -> None:
    dots = (Dot(10, 40), Dot(60, 42), Dot(64, 200), Dot(180, 180), Dot(240, 255))
    at = np.arange(0, 256, 0.25)
    heights = curve(dots, at)
    for dot in dots:
        assert curve(dots, np.array([dot.before]))[0] == pytest.approx(dot.after)
    assert (heights[at <= 10] == 40).all()
    assert (heights[at >= 240] == 255).all()
    for before, after in itertools.pairwise(dots):
        piece = heights[(at >= before.before) & (at <= after.before)]
        assert np.all(np.diff(piece) * np.sign(after.after - before.after) >= -1e-9)
    assert np.abs(np.diff(heights, 2)).max() < 15  # no corner: the steepest piece rises 40 a step


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), max_size=12))
@settings(max_examples=100, deadline=None)
def test_any_dots_make_a_curve_in_range(places: list[tuple[int, int]]) -> None:
    heights = curve([Dot(*place) for place in places], np.arange(256.0))
    assert heights.shape == (256,)
    assert heights.min() >= 0
    assert heights.max() <= 255


def test_straight_curve_is_exact() -> None:
    np.testing.assert_allclose(curve(STRAIGHT, np.arange(256.0)), np.arange(256), atol=1e-9)
    rgb = colours()
    np.testing.assert_array_equal(
        run(rgb, Curves(green=(Dot(0, 255), Dot(255, 0))))[..., 0], rgb[..., 0]
    )


BENT = (Dot(10, 30), Dot(90, 160), Dot(255, 240))


@pytest.mark.parametrize("first", [STRAIGHT, (Dot(0, 60), Dot(128, 70), Dot(255, 200))], ids=len)
def test_luminosity_of_curves_bends_luma_and_leaves_the_colour(first: tuple[Dot, ...]) -> None:
    rgb = colours()
    wanted = []
    for colour in rgb[0].astype(float):
        red = float(curve(first, colour[:1])[0]) / 255
        new = (red, colour[1] / 255, colour[2] / 255)
        light = luma(new)
        target = float(curve(BENT, np.array([light * 255]))[0]) / 255
        moved = (new[0] + target - light, new[1] + target - light, new[2] + target - light)
        wanted.append(clip_colour(moved, target))
    new_pixels = run(rgb, Curves(red=first, luminosity=BENT))
    assert np.abs(new_pixels - np.array(wanted)[None] * 255).max() < 0.52


def test_luminosity_in_a_row_is_rounded_once() -> None:
    rgb = colours()
    row = (Curves(luminosity=BENT), Curves(rgb=BENT, luminosity=(Dot(0, 20), Dot(255, 235))))
    again = (Vibrance(0), *row, Levels())
    np.testing.assert_array_equal(run(rgb, *row), run(rgb, *again))
    apart = run(run(rgb, row[0]), row[1])
    off = np.abs(run(rgb, *row).astype(int) - apart)
    assert 0 < off.max() <= 4


def test_a_luminosity_that_is_straight_leaves_a_table_alone() -> None:
    dots = (Dot(0, 0), Dot(100, 100), Dot(255, 255))
    assert program([Curves(rgb=BENT, luminosity=dots)]).steps == ()


@pytest.mark.parametrize(
    "adjustment",
    [
        Curves(luminosity=()),
        Levels(rgb=Band(gamma=0.0)),
        Levels(rgb=Band(200, 1, 100)),
        Exposure(gamma=0.0),
        Exposure(1e9),
        WhiteBalance(1e9, -1e9),
        PhotoFilter(density=9.0),
        Threshold(-1e9),
        BrightnessContrast(1e9, -1e9),
        HueSaturation(Shift(1e6, 1e6, -1e6)),
        Posterise(0),
        GradientMap(()),
        GradientMap((Stop(0.5, Colour(1, 2, 3)),)),
        Vibrance(1e9, 1e9),
        Curves(rgb=()),
    ],
    ids=named,
)
def test_values_out_of_range_break_nothing(adjustment: Adjustment) -> None:
    assert run(colours(), adjustment).shape == colours().shape
