# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core.geometry import Point, Rect, Size, Transform, bounding

numbers = st.integers(-1000, 1000)
rects = st.builds(Rect, numbers, numbers, st.integers(-5, 900), st.integers(-5, 900))
filled = st.builds(Rect, numbers, numbers, st.integers(1, 900), st.integers(1, 900))
factors = st.floats(-4, 4).filter(lambda value: abs(value) > 0.05)


@given(rects, rects, st.builds(Point, numbers, numbers))
def test_intersection_holds_what_both_hold(one: Rect, other: Rect, point: Point) -> None:
    both = one.contains(point) and other.contains(point)
    assert one.intersect(other).contains(point) == both
    assert one.intersect(other).is_empty or one.intersect(other) == other.intersect(one)


@given(filled, filled)
def test_union_is_the_smallest_that_holds_both(one: Rect, other: Rect) -> None:
    union = one.union(other)
    assert union.intersect(one) == one
    assert union.intersect(other) == other
    assert union.x in (one.x, other.x)
    assert union.right in (one.right, other.right)


@given(filled)
def test_union_with_nothing(rect: Rect) -> None:
    nothing = Rect(5, 5, 0, 3)
    assert rect.union(nothing) == nothing.union(rect) == rect
    assert bounding([nothing, rect]) == rect
    assert bounding([]).is_empty


@given(filled, numbers, numbers)
def test_translate_there_and_back(rect: Rect, dx: int, dy: int) -> None:
    assert rect.translate(dx, dy).translate(-dx, -dy) == rect
    assert rect.translate(dx, dy).size == rect.size


def test_inflate() -> None:
    assert Rect(2, 3, 4, 5).inflate(1) == Rect(1, 2, 6, 7)


@given(st.floats(-99, 99), st.floats(-99, 99), st.floats(0, 99), st.floats(0, 99))
def test_between_covers_and_is_tight(x: float, y: float, width: float, height: float) -> None:
    rect = Rect.between(x, y, x + width, y + height)
    assert rect.x <= x < rect.x + 1
    assert rect.bottom - 1 < max(y + height, rect.y + 1)
    assert rect.right >= x + width
    assert rect.bottom >= y + height


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        (Size(6000, 4000), 600, Size(600, 400)),
        (Size(30, 20), 600, Size(30, 20)),
        (Size(10000, 1), 100, Size(100, 1)),
        (Size(0, 0), 100, Size(1, 1)),
    ],
)
def test_fit(size: Size, side: int, expected: Size) -> None:
    assert size.fit(side) == expected


@given(factors, factors, st.floats(-0.5, 0.5), st.floats(-99, 99), numbers, numbers)
def test_inverse_undoes(a: float, d: float, shear: float, dx: float, x: int, y: int) -> None:
    transform = Transform(a, shear * a, shear * d, d, dx, -dx)
    back = transform.inverse().map(transform.map(Point(x, y)))
    assert back == pytest.approx((x, y), abs=1e-6)


def test_flat_transform_has_no_inverse() -> None:
    with pytest.raises(ValueError, match="cannot be inverted"):
        Transform(1, 1, 1, 1).inverse()


@pytest.mark.parametrize(
    ("transform", "whole"),
    [
        (Transform(), True),
        (Transform(dx=-3, dy=7), True),
        (Transform(dx=0.5), False),
        (Transform(a=2), False),
        (Transform(b=0.1), False),
    ],
)
def test_is_whole_shift(transform: Transform, whole: bool) -> None:
    assert transform.is_whole_shift == whole


@given(factors, factors, st.floats(-1, 1), filled)
def test_map_rect_holds_every_corner(a: float, d: float, c: float, rect: Rect) -> None:
    transform = Transform(a, 0, c, d, 3.5, -2)
    mapped = transform.map_rect(rect)
    for x in (rect.x, rect.right):
        for y in (rect.y, rect.bottom):
            point = transform.map(Point(x, y))
            assert mapped.x <= point.x <= mapped.right
            assert mapped.y <= point.y <= mapped.bottom


def test_shifted_moves_on_the_canvas() -> None:
    assert Transform(a=2, dx=1).shifted(3, 4).map(Point(1, 1)) == Point(6, 5)
