# SPDX-License-Identifier: Apache-2.0
"""Paths changed knot by knot. All return a new path; numbers must be those of knots there are."""

from __future__ import annotations

from math import hypot

from msgspec.structs import replace

from prodedit.core.curves import cubics
from prodedit.core.geometry import Point
from prodedit.core.path import Knot, Path, Subpath

_THIRD = 1 / 3
"""Of the way to the next knot: as long is the handle of a knot that was made smooth."""
_ENDS = 0.1
"""So near to its end a segment can't be bent by its middle: a handle would fly away."""


def with_knot(path: Path, subpath: int, index: int, knot: Knot) -> Path:
    """Another knot in place of one."""
    sub = path.subpaths[subpath]
    knots = (*sub.knots[:index], knot, *sub.knots[index + 1 :])
    return with_subpath(path, subpath, replace(sub, knots=knots))


def with_subpath(path: Path, number: int, sub: Subpath) -> Path:
    """Another subpath in place of one, or of none at the end; one without knots goes."""
    new = (sub,) if sub.knots else ()
    return Path((*path.subpaths[:number], *new, *path.subpaths[number + 1 :]))


def appended(path: Path, subpath: int, knot: Knot) -> Path:
    """The knot at the subpath's end; a new subpath where the path has so many."""
    if subpath >= len(path.subpaths):
        return Path((*path.subpaths, Subpath((knot,))))
    sub = path.subpaths[subpath]
    return with_subpath(path, subpath, replace(sub, knots=(*sub.knots, knot)))


def inserted(path: Path, subpath: int, segment: int, t: float) -> Path:
    """A knot on a segment, at its parameter; the curve stays as it is. Its number is one more than
    the segment's."""
    sub = path.subpaths[subpath]
    first, second = cubics(sub)[segment].split(t)
    knots = list(sub.knots)
    following = (segment + 1) % len(knots)
    if cubics(sub)[segment].is_straight:
        knots.insert(segment + 1, Knot.corner(*first.end))
        return with_subpath(path, subpath, replace(sub, knots=tuple(knots)))
    knots[segment] = knots[segment]._replace(leaving=first.leaving)
    knots[following] = knots[following]._replace(arriving=second.arriving)
    knots.insert(segment + 1, Knot(first.end, first.arriving, second.leaving))
    return with_subpath(path, subpath, replace(sub, knots=tuple(knots)))


def without_knot(path: Path, subpath: int, index: int) -> Path:
    """Its neighbours are joined; a subpath of which one knot is left is open."""
    sub = path.subpaths[subpath]
    knots = (*sub.knots[:index], *sub.knots[index + 1 :])
    return with_subpath(path, subpath, Subpath(knots, sub.closed and len(knots) > 1))


def closed(path: Path, subpath: int) -> Path:
    return with_subpath(path, subpath, replace(path.subpaths[subpath], closed=True))


def turned_round(path: Path, subpath: int) -> Path:
    """The same curve, drawn from its end to its beginning."""
    sub = path.subpaths[subpath]
    knots = tuple(Knot(k.point, k.leaving, k.arriving) for k in reversed(sub.knots))
    return with_subpath(path, subpath, replace(sub, knots=knots))


def moved_by(knot: Knot, dx: float, dy: float) -> Knot:
    """With its handles."""
    return Knot(*(Point(point.x + dx, point.y + dy) for point in knot))


def pulled(knot: Knot, point: Point, *, leaving: bool, alone: bool) -> Knot:
    """One of its handles brought to `point`. The other one of a smooth knot stays opposite, as long
    as it was; alone: it stays where it is."""
    other = knot.arriving if leaving else knot.leaving
    if not alone and is_smooth(knot):
        other = _opposite(knot.point, point, other)
    return Knot(knot.point, other, point) if leaving else Knot(knot.point, point, other)


def mirrored(point: Point, leaving: Point) -> Knot:
    """A smooth knot whose handles are of one length, as a drag of the pen makes it."""
    arriving = Point(2 * point.x - leaving.x, 2 * point.y - leaving.y)
    return Knot(point, arriving, leaving)


def is_smooth(knot: Knot) -> bool:
    """Whether both handles lie on one line through the knot, one on each side."""
    ax, ay = knot.arriving.x - knot.point.x, knot.arriving.y - knot.point.y
    bx, by = knot.leaving.x - knot.point.x, knot.leaving.y - knot.point.y
    lengths = hypot(ax, ay) * hypot(bx, by)
    return lengths > 0 and ax * bx + ay * by < 0 and abs(ax * by - ay * bx) <= 1e-3 * lengths


def as_corner(knot: Knot) -> Knot:
    return Knot.corner(*knot.point)


def as_smooth(path: Path, subpath: int, index: int) -> Knot:
    """The knot with handles along the line from the one before to the one behind, each a third of
    the way there."""
    sub = path.subpaths[subpath]
    knot, last = sub.knots[index], len(sub.knots) - 1
    before = sub.knots[index - 1] if index > 0 or sub.closed else knot
    behind = sub.knots[0 if index == last else index + 1] if index < last or sub.closed else knot
    dx, dy = behind.point.x - before.point.x, behind.point.y - before.point.y
    length = hypot(dx, dy)
    if length == 0:
        return knot
    (x, y), ways = knot.point, (before.point, behind.point)
    back, forth = (_THIRD * hypot(way.x - x, way.y - y) / length for way in ways)
    return Knot(
        knot.point, Point(x - dx * back, y - dy * back), Point(x + dx * forth, y + dy * forth)
    )


def bent(path: Path, subpath: int, segment: int, t: float, dx: float, dy: float) -> Path:
    """The segment's point at `t` moved; its ends stay, both handles go as little as they need."""
    sub = path.subpaths[subpath]
    t = min(max(t, _ENDS), 1 - _ENDS)
    first, second = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2
    whole = first * first + second * second
    following = (segment + 1) % len(sub.knots)
    knots = list(sub.knots)
    leaving, arriving = knots[segment].leaving, knots[following].arriving
    moved = Point(leaving.x + dx * first / whole, leaving.y + dy * first / whole)
    knots[segment] = knots[segment]._replace(leaving=moved)
    moved = Point(arriving.x + dx * second / whole, arriving.y + dy * second / whole)
    knots[following] = knots[following]._replace(arriving=moved)
    return with_subpath(path, subpath, replace(sub, knots=tuple(knots)))


def _opposite(middle: Point, handle: Point, other: Point) -> Point:
    dx, dy = middle.x - handle.x, middle.y - handle.y
    length = hypot(dx, dy)
    if length == 0:
        return other
    kept = hypot(other.x - middle.x, other.y - middle.y) / length
    return Point(middle.x + dx * kept, middle.y + dy * kept)
