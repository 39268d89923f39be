# SPDX-License-Identifier: Apache-2.0
import random
from itertools import pairwise

import numpy as np
import pytest

from prodedit.core.curves import FLAT, Cubic, Hit, cubics, distance, flattened, hit, nearest
from prodedit.core.geometry import Point
from prodedit.core.path import Knot, Path, Subpath

CURVE = Cubic(Point(10, 10), Point(60, -40), Point(90, 120), Point(140, 30))
BOW = Subpath(
    (Knot(CURVE.start, CURVE.start, CURVE.leaving), Knot(CURVE.end, CURVE.arriving, CURVE.end))
)
SQUARE = Subpath(tuple(Knot.corner(x, y) for x, y in ((0, 0), (50, 0), (50, 50), (0, 50))), True)


def to_line(place: Point, line: list[Point]) -> float:
    """The distance from the line through the points."""
    found = []
    for a, b in pairwise(line):
        length = distance(a, b) ** 2 or 1.0
        t = ((place.x - a.x) * (b.x - a.x) + (place.y - a.y) * (b.y - a.y)) / length
        t = min(max(t, 0.0), 1.0)
        found.append(distance(place, Point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))))
    return min(found)


@pytest.mark.parametrize("tolerance", [FLAT, 0.5])
def test_pieces_of_line_miss_no_point_of_the_curve(tolerance: float) -> None:
    chance = random.Random(4)
    for _ in range(4):
        points = [Point(chance.uniform(-200, 200), chance.uniform(-200, 200)) for _ in range(4)]
        sub = Subpath(
            (Knot(points[0], points[0], points[1]), Knot(points[3], points[2], points[3]))
        )
        line = flattened(sub, tolerance)
        dense = [Cubic(*points).at(t) for t in np.linspace(0, 1, 120)]
        assert max(to_line(place, line) for place in dense) <= tolerance
        assert len(line) < 40 / tolerance


def test_a_bow_needs_more_pieces_than_a_straight_line() -> None:
    assert len(flattened(BOW)) > len(flattened(BOW, 1.0)) > 5
    assert flattened(SQUARE) == [knot.point for knot in (*SQUARE.knots, SQUARE.knots[0])]
    assert flattened(Subpath(())) == []
    assert flattened(Subpath((Knot.corner(3, 4),), True)) == [Point(3, 4)]


def test_a_handle_far_away_does_not_fill_the_memory() -> None:
    far = Point(1e6, 1e6)
    assert (
        len(flattened(Subpath((Knot(Point(0, 0), far, far), Knot(Point(1, 0), far, far))))) < 3000
    )


def test_a_split_curve_is_the_same_curve() -> None:
    first, second = CURVE.split(0.3)
    for t in np.linspace(0, 1, 50):
        assert distance(first.at(t), CURVE.at(0.3 * t)) < 1e-9
        assert distance(second.at(t), CURVE.at(0.3 + 0.7 * t)) < 1e-9


def test_the_nearest_place_is_that_of_dense_sampling() -> None:
    chance = random.Random(9)
    places = np.linspace(0, 1, 4001)
    dense = [CURVE.at(t) for t in places]
    for _ in range(40):
        place = Point(chance.uniform(-20, 170), chance.uniform(-60, 120))
        t, away = nearest(CURVE, place)
        assert away == pytest.approx(distance(CURVE.at(t), place))
        assert away <= min(distance(place, one) for one in dense) + 0.02


def test_hits() -> None:
    path = Path((BOW, SQUARE))
    assert hit(path, Point(11, 12), 5) == Hit("knot", 0, 0)
    assert hit(path, CURVE.leaving, 5) is None
    assert hit(path, CURVE.leaving, 5, [(0, 0)]) == Hit("leaving", 0, 0)
    assert hit(path, CURVE.arriving, 5, [(0, 1)]) == Hit("arriving", 0, 1)
    middle = hit(path, Point(25, 49), 5)
    assert middle is not None
    assert (middle.part, middle.subpath, middle.number) == ("segment", 1, 2)
    assert middle.t == pytest.approx(0.5)
    closing = hit(path, Point(1, 25), 5)
    assert closing is not None
    assert closing.knot == (1, 3)
    assert hit(path, Point(300, 300), 5) is None


def test_an_open_subpath_has_no_way_back() -> None:
    assert len(cubics(SQUARE)) == 4
    assert len(cubics(Subpath(SQUARE.knots))) == 3
    assert hit(Path((Subpath(SQUARE.knots),)), Point(0, 25), 5) is None
