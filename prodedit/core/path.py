# SPDX-License-Identifier: Apache-2.0
"""Paths of cubic Bézier curves, as the pen draws them."""

from __future__ import annotations

from typing import NamedTuple

from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.values import Value


class Knot(NamedTuple):
    """A point of a path with the handles of the curves that arrive and leave, all in pixels of
    the plane the path lies in. A corner without curves has both handles on the point."""

    point: Point
    arriving: Point
    leaving: Point

    @staticmethod
    def corner(x: float, y: float) -> Knot:
        return Knot(Point(x, y), Point(x, y), Point(x, y))

    def mapped(self, transform: Transform) -> Knot:
        return Knot(*(transform.map(point) for point in self))


class Subpath(Value, frozen=True):
    """`knots` in drawing order; a closed one returns from the last to the first."""

    knots: tuple[Knot, ...]
    closed: bool = False


class Path(Value, frozen=True):
    """Filled by the even-odd rule: a subpath within another is a hole."""

    subpaths: tuple[Subpath, ...] = ()

    @property
    def bounds(self) -> Rect:
        """Covers the curves: a Bézier curve stays within the hull of its points and handles."""
        points = [point for sub in self.subpaths for knot in sub.knots for point in knot]
        if not points:
            return Rect(0, 0, 0, 0)
        xs, ys = [p.x for p in points], [p.y for p in points]
        return Rect.between(min(xs), min(ys), max(xs), max(ys))

    def mapped(self, transform: Transform) -> Path:
        return Path(
            tuple(
                Subpath(tuple(knot.mapped(transform) for knot in sub.knots), sub.closed)
                for sub in self.subpaths
            )
        )


class NamedPath(Value, frozen=True):
    """A path of the document's, in pixels of the canvas.

    is_clipping: other programs (layout, print) are to cut the exported picture along it."""

    id: str
    name: str
    path: Path
    is_clipping: bool = False
