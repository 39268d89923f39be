# SPDX-License-Identifier: Apache-2.0
"""The curves of paths: points on them, pieces of line instead, and what lies under a pointer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import ceil, hypot, inf, sqrt
from typing import Literal, NamedTuple

from prodedit.core.geometry import Point
from prodedit.core.path import Path, Subpath

FLAT = 0.02
"""Pixels by which straight pieces may miss a curve: no pixel's coverage shows the difference."""
_MOST_PIECES = 2000
"""Of one curve; a handle that was pulled very far away must not fill the memory."""
_LOOKS = 24
"""Places of a curve that are looked at first for its nearest one."""

Part = Literal["knot", "arriving", "leaving", "segment"]
Named = tuple[int, int]
"""(number of the subpath, number of the knot in it)"""


class Cubic(NamedTuple):
    """A Bézier curve of degree 3 from `start` to `end`."""

    start: Point
    leaving: Point
    arriving: Point
    end: Point

    def at(self, t: float) -> Point:
        """The point of the curve at parameter `t`, 0..1."""
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self
        return Point(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)

    def split(self, t: float) -> tuple[Cubic, Cubic]:
        """The same curve as two that meet at `t` (P. de Casteljau, 1959)."""
        ab, bc = between(self.start, self.leaving, t), between(self.leaving, self.arriving, t)
        cd = between(self.arriving, self.end, t)
        abc, bcd = between(ab, bc, t), between(bc, cd, t)
        middle = between(abc, bcd, t)
        return Cubic(self.start, ab, abc, middle), Cubic(middle, bcd, cd, self.end)

    @property
    def is_straight(self) -> bool:
        """Whether both handles lie on their knots."""
        return self.start == self.leaving and self.arriving == self.end


class Hit(NamedTuple):
    """What of a path lies at a place. number: the knot's, or that of the knot that the segment
    begins at; t: the segment's parameter."""

    part: Part
    subpath: int
    number: int
    t: float = 0.0

    @property
    def knot(self) -> Named:
        return self.subpath, self.number


def between(a: Point, b: Point, t: float) -> Point:
    return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)


def distance(a: Point, b: Point) -> float:
    return hypot(a.x - b.x, a.y - b.y)


def cubics(sub: Subpath) -> tuple[Cubic, ...]:
    """One for each knot that something follows: of a closed subpath, for the last one, too."""
    knots = sub.knots
    if len(knots) < 2:
        return ()
    following = (*knots[1:], knots[0]) if sub.closed else knots[1:]
    return tuple(
        Cubic(one.point, one.leaving, other.arriving, other.point)
        for one, other in zip(knots, following, strict=False)
    )


def flattened(sub: Subpath, tolerance: float = FLAT) -> list[Point]:
    """Corners of a line that misses the curves by `tolerance` at most; a closed subpath's line
    ends where it began."""
    if not sub.knots:
        return []
    points = [sub.knots[0].point]
    for cubic in cubics(sub):
        pieces = _pieces(cubic, tolerance)
        points.extend(cubic.at(number / pieces) for number in range(1, pieces))
        points.append(cubic.end)
    return points


def _pieces(cubic: Cubic, tolerance: float) -> int:
    """How many chords of equal parameter a curve needs (G. Wang, "The subdivision method for
    finding the intersection between two Bézier curves or surfaces", 1984)."""
    if cubic.is_straight:
        return 1
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = cubic
    bend = max(hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3))
    return max(1, min(_MOST_PIECES, ceil(sqrt(0.75 * bend / tolerance))))


def nearest(cubic: Cubic, place: Point) -> tuple[float, float]:
    """(parameter, distance) of the curve's point that is nearest to `place`."""
    step = 1 / _LOOKS
    t = min((n * step for n in range(_LOOKS + 1)), key=lambda t: distance(cubic.at(t), place))
    found = distance(cubic.at(t), place)
    while step > 1e-6:
        for other in (max(0.0, t - step), min(1.0, t + step)):
            away = distance(cubic.at(other), place)
            if away < found:
                t, found = other, away
                break
        else:
            step /= 2
    return t, found


def hit(path: Path, place: Point, reach: float, handles_of: Collection[Named] = ()) -> Hit | None:
    """What lies within `reach` pixels of `place`: of the knots and of the handles of `handles_of`
    the nearest one; else the nearest segment."""
    found, least = None, reach
    for hit_, point in _grips(path, handles_of):
        away = distance(point, place)
        if away <= least and (found is None or away < least):
            found, least = hit_, away
    return found or _segment_hit(path, place, reach)


def _grips(path: Path, handles_of: Collection[Named]) -> Iterator[tuple[Hit, Point]]:
    """Knots before handles: a handle that lies on its knot is none."""
    for number, sub in enumerate(path.subpaths):
        for index, knot in enumerate(sub.knots):
            yield Hit("knot", number, index), knot.point
    for number, index in handles_of:
        knot = path.subpaths[number].knots[index]
        for part, point in (("arriving", knot.arriving), ("leaving", knot.leaving)):
            if point != knot.point:
                yield Hit("arriving" if part == "arriving" else "leaving", number, index), point


def _segment_hit(path: Path, place: Point, reach: float) -> Hit | None:
    found, least = None, inf
    for number, sub in enumerate(path.subpaths):
        for index, cubic in enumerate(cubics(sub)):
            if not _may_reach(cubic, place, reach):
                continue
            t, away = nearest(cubic, place)
            if away <= reach and away < least:
                found, least = Hit("segment", number, index, t), away
    return found


def _may_reach(cubic: Cubic, place: Point, reach: float) -> bool:
    """A curve stays within the hull of its points and handles."""
    xs, ys = [p.x for p in cubic], [p.y for p in cubic]
    level = min(xs) - reach <= place.x <= max(xs) + reach
    return level and min(ys) - reach <= place.y <= max(ys) + reach
