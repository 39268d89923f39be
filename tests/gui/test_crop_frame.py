# SPDX-License-Identifier: Apache-2.0
"""The crop's frame as numbers."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core import edits
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.problem import Problem
from prodedit.gui.tools.crop_frame import (
    CORNERS,
    EDGES,
    Frame,
    drawn,
    levelling,
    parsed_aspect,
    round_product,
)

HANDLES = (*CORNERS, *EDGES)
near = pytest.approx
far = st.floats(-300, 300)
frames = st.builds(
    lambda x, y, width, height, angle: Frame(Point(x, y), width, height, angle),
    far, far, st.floats(50, 400), st.floats(50, 400), st.floats(-44, 44),
)  # fmt: skip


def away(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


@given(frames, st.sampled_from(HANDLES), st.floats(-40, 40), st.floats(-40, 40))
def test_the_opposite_handle_stays(
    frame: Frame, handle: tuple[int, int], dx: float, dy: float
) -> None:
    held, other = frame.at(handle), (-handle[0], -handle[1])
    after = frame.dragged(handle, Point(held.x + dx, held.y + dy), None)
    assert away(after.at(other), frame.at(other)) < 1e-6
    if handle in CORNERS:
        assert away(after.at(handle), Point(held.x + dx, held.y + dy)) < 1e-6


@given(frames, st.sampled_from(HANDLES), far, far, st.floats(0.2, 5))
def test_proportions_hold_and_nothing_turns_inside_out(
    frame: Frame, handle: tuple[int, int], dx: float, dy: float, aspect: float
) -> None:
    held = frame.at(handle)
    after = frame.dragged(handle, Point(held.x + dx, held.y + dy), aspect)
    assert after.width / after.height == near(aspect)
    assert min(after.width, after.height) > 0


inner = st.builds(Point, st.floats(20, 380), st.floats(20, 280))


@given(inner, st.floats(10, 400), st.floats(10, 300), st.floats(-45, 45))
def test_within_leaves_no_empty_corner(
    middle: Point, width: float, height: float, angle: float
) -> None:
    after = Frame(middle, width, height, angle).within(Size(400, 300))
    for corner in after.corners:
        assert -1e-6 <= corner.x <= 400 + 1e-6
        assert -1e-6 <= corner.y <= 300 + 1e-6
    assert after.width / after.height == near(width / height)
    assert after.within(Size(400, 300)).width == near(after.width)


def test_a_frame_round_a_rectangle_is_that_rectangle() -> None:
    for rect in (Rect(0, 0, 401, 300), Rect(-7, 5, 30, 31)):
        assert Frame.round(rect).edit == edits.CropCanvas(rect)


@pytest.mark.parametrize(
    ("end", "angle"),
    [
        (Point(100, 10), -5.71),
        (Point(-100, -10), -5.71),
        (Point(100, -10), 5.71),
        (Point(10, 100), 5.71),
        (Point(-10, 100), -5.71),
        (Point(100, 0), 0),
        (Point(0, -50), 0),
    ],
)
def test_a_line_along_the_horizon_tells_the_turn(end: Point, angle: float) -> None:
    assert levelling(Point(0, 0), end) == near(angle, abs=0.01)


def test_drawn_in_any_direction() -> None:
    assert drawn(Point(50, 60), Point(10, 20), None).rect == Rect(10, 20, 40, 40)
    assert drawn(Point(10, 20), Point(50, 30), 1.0).rect == Rect(10, 20, 40, 40)


def test_the_product_gets_its_margin() -> None:
    frame = round_product(Rect(100, 50, 200, 100), 10, None)
    assert frame.rect == Rect(80, 30, 240, 140)
    square = round_product(Rect(100, 50, 200, 100), 10, 1.0)
    assert square.rect == Rect(80, -20, 240, 240)


def test_four_corners_make_a_picture_as_large_as_their_longest_sides() -> None:
    frame = Frame.round(Rect(0, 0, 100, 80)).corner_to(1, Point(120, 0)).corner_to(2, Point(90, 90))
    edit = frame.edit
    assert isinstance(edit, edits.CropPerspective)
    assert edit.size == Size(120, round(hypot(30, 90)))
    assert edit.corners[0] == Point(0, 0)
    assert frame.moved(5, 6).corners[1] == Point(125, 6)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("4:5", 0.8), (" 16 x 9 ", 16 / 9), ("1.5", 1.5), ("3：4", 0.75), ("2/3", 2 / 3)],
)
def test_proportions_are_read(text: str, aspect: float) -> None:
    assert parsed_aspect(text) == near(aspect)


@pytest.mark.parametrize("text", ["", "0:5", "5:0", "four", "1:2:3", "-1:2", "1:99999"])
def test_what_is_none_is_told(text: str) -> None:
    with pytest.raises(Problem, match="no proportion"):
        parsed_aspect(text)
