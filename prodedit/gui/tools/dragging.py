# SPDX-License-Identifier: Apache-2.0
"""Where what is dragged comes to lie: the one thing that all dragged places go through."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prodedit.core.geometry import Point

Snap = Callable[[float, float, float, float], tuple[float, float]]
"""(left, top, right, bottom) in the document, of a point or of a box -> by how much to shift it:
onto a guide, an edge, a middle near it."""


def free(left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
    """Nothing near holds it."""
    del left, top, right, bottom
    return 0.0, 0.0


def snapped(snap: Snap, point: Point) -> Point:
    """A dragged point."""
    dx, dy = snap(point.x, point.y, point.x, point.y)
    return Point(point.x + dx, point.y + dy)


def shift_of(snap: Snap, points: Iterable[Point]) -> tuple[float, float]:
    """By how much to shift what has these corners."""
    found = list(points)
    xs, ys = [p.x for p in found], [p.y for p in found]
    return snap(min(xs), min(ys), max(xs), max(ys))
