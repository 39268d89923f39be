# SPDX-License-Identifier: Apache-2.0
import pytest

from prodedit.core import path_changes as changes
from prodedit.core.curves import cubics, distance, flattened
from prodedit.core.geometry import Point
from prodedit.core.path import Knot, Path, Subpath

ROUND = Path(
    (
        Subpath(
            (
                Knot(Point(0, 0), Point(-20, 30), Point(20, -30)),
                Knot(Point(100, 0), Point(70, -40), Point(130, 40)),
                Knot.corner(50, 90),
            ),
            True,
        ),
    )
)


@pytest.mark.parametrize("segment", range(3))
@pytest.mark.parametrize("t", [0.2, 0.75])
def test_a_new_knot_leaves_the_curve_as_it_is(segment: int, t: float) -> None:
    new = changes.inserted(ROUND, 0, segment, t)
    sub, old = new.subpaths[0], cubics(ROUND.subpaths[0])[segment]
    assert len(sub.knots) == 4
    assert distance(sub.knots[segment + 1].point, old.at(t)) < 1e-9
    first, second = cubics(sub)[segment], cubics(sub)[segment + 1]
    for number in range(11):
        part = number / 10
        assert distance(first.at(part), old.at(t * part)) < 1e-9
        assert distance(second.at(part), old.at(t + (1 - t) * part)) < 1e-9


def test_a_new_knot_on_a_straight_side_is_a_corner() -> None:
    side = Path((Subpath((Knot.corner(0, 0), Knot.corner(10, 0))),))
    assert changes.inserted(side, 0, 0, 0.5).subpaths[0].knots[1] == Knot.corner(5, 0)


def test_knots_go_until_the_subpath_does() -> None:
    two = changes.without_knot(ROUND, 0, 1)
    assert [knot.point for knot in two.subpaths[0].knots] == [Point(0, 0), Point(50, 90)]
    assert two.subpaths[0].closed
    one = changes.without_knot(two, 0, 0)
    assert not one.subpaths[0].closed
    assert changes.without_knot(one, 0, 0) == Path()


def test_knots_are_added_to_a_subpath_or_begin_one() -> None:
    path = changes.appended(Path(), 0, Knot.corner(1, 2))
    path = changes.appended(path, 0, Knot.corner(3, 4))
    path = changes.appended(path, 1, Knot.corner(9, 9))
    assert [len(sub.knots) for sub in path.subpaths] == [2, 1]
    assert changes.closed(path, 0).subpaths[0].closed


def test_a_turned_path_is_the_same_line_backwards() -> None:
    open_ = Path((Subpath(ROUND.subpaths[0].knots),))
    there, back = (
        flattened(open_.subpaths[0]),
        flattened(changes.turned_round(open_, 0).subpaths[0]),
    )
    assert back == [pytest.approx(point) for point in reversed(there)]


def test_handles_of_a_smooth_knot_go_together() -> None:
    knot = changes.mirrored(Point(10, 10), Point(20, 10))
    assert changes.is_smooth(knot)
    turned = changes.pulled(knot, Point(10, 30), leaving=True, alone=False)
    assert turned == Knot(Point(10, 10), Point(10, 0), Point(10, 30))
    broken = changes.pulled(knot, Point(10, 30), leaving=True, alone=True)
    assert broken == Knot(Point(10, 10), Point(0, 10), Point(10, 30))
    assert not changes.is_smooth(broken)
    other = changes.pulled(knot, Point(10, 0), leaving=False, alone=False)
    assert other.leaving == Point(10, 20)
    # A handle that is put on its knot leaves the other one alone.
    assert changes.pulled(knot, Point(10, 10), leaving=True, alone=False).arriving == Point(0, 10)


def test_corner_and_smooth() -> None:
    assert changes.as_corner(ROUND.subpaths[0].knots[0]) == Knot.corner(0, 0)
    smooth = changes.as_smooth(ROUND, 0, 2)
    assert changes.is_smooth(smooth)
    assert smooth.point == Point(50, 90)
    assert smooth.leaving.y == 90  # along the line between its neighbours
    lonely = Path((Subpath((Knot.corner(5, 5),)),))
    assert changes.as_smooth(lonely, 0, 0) == Knot.corner(5, 5)
    ends = Path((Subpath((Knot.corner(0, 0), Knot.corner(30, 0), Knot.corner(30, 30))),))
    assert changes.as_smooth(ends, 0, 0) == Knot(Point(0, 0), Point(0, 0), Point(10, 0))


@pytest.mark.parametrize("t", [0.0, 0.3, 0.5, 0.97])
def test_a_segment_follows_the_pointer(t: float) -> None:
    new = changes.bent(ROUND, 0, 0, t, 12, -7)
    within = min(max(t, 0.1), 0.9)
    old, moved = cubics(ROUND.subpaths[0])[0].at(within), cubics(new.subpaths[0])[0].at(within)
    assert moved == pytest.approx((old.x + 12, old.y - 7))
    assert [k.point for k in new.subpaths[0].knots] == [k.point for k in ROUND.subpaths[0].knots]


def test_a_moved_knot_takes_its_handles_along() -> None:
    knot = changes.moved_by(ROUND.subpaths[0].knots[0], 5, -5)
    assert knot == Knot(Point(5, -5), Point(-15, 25), Point(25, -35))
