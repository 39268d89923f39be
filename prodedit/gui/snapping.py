# SPDX-License-Identifier: Apache-2.0
"""What is dragged comes to lie exactly on lines that are near: pure geometry, document's pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import Literal, NamedTuple

from prodedit.core.geometry import Point

Kind = Literal["guide", "canvas", "layer", "grid"]
Direction = Literal["upright", "level"]
Free = Literal["x", "y", "xy"]
"""The ways in which what is dragged may move."""

_SAME = 0.01
"""Pixels: lines nearer to each other are one."""
_RANK: dict[Kind, int] = {"guide": 0, "canvas": 1, "layer": 2, "grid": 3}
"""Of two that are equally near the one named first wins."""


class Target(NamedTuple):
    """A line to snap to. `start` to `end`: how far what it belongs to reaches along it."""

    position: float
    kind: Kind
    start: float = -inf
    end: float = inf


class Targets(NamedTuple):
    """upright: positions are x; level: positions are y. grid: pixels from line to line, 0: none."""

    upright: tuple[Target, ...] = ()
    level: tuple[Target, ...] = ()
    grid: float = 0.0


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, dx: float, dy: float) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


class Line(NamedTuple):
    """To be shown: what was snapped to, from `start` to `end` along it."""

    direction: Direction
    position: float
    start: float
    end: float
    kind: Kind


class Snapped(NamedTuple):
    """By how much to shift what is dragged, and why."""

    dx: float = 0.0
    dy: float = 0.0
    lines: tuple[Line, ...] = ()


def edges(box: Box, kind: Kind) -> Targets:
    """A thing's edges and its middle."""
    across = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    xs, ys = (box.left, across[0], box.right), (box.top, across[1], box.bottom)
    return Targets(
        tuple(Target(x, kind, box.top, box.bottom) for x in xs),
        tuple(Target(y, kind, box.left, box.right) for y in ys),
    )


def joined(found: Iterable[Targets]) -> Targets:
    several = tuple(found)
    return Targets(
        tuple(target for one in several for target in one.upright),
        tuple(target for one in several for target in one.level),
        max((one.grid for one in several), default=0.0),
    )


def snap_point(point: Point, targets: Targets, reach: float) -> Snapped:
    return snap_box(Box(point.x, point.y, point.x, point.y), targets, reach)


def snap_box(box: Box, targets: Targets, reach: float, free: Free = "xy") -> Snapped:
    """Its edges and its middle snap, across and down on their own, to what is within `reach`."""
    xs = tuple(dict.fromkeys((box.left, (box.left + box.right) / 2, box.right)))
    ys = tuple(dict.fromkeys((box.top, (box.top + box.bottom) / 2, box.bottom)))
    dx = shift(xs, targets.upright, targets.grid, reach) if "x" in free else None
    dy = shift(ys, targets.level, targets.grid, reach) if "y" in free else None
    moved = box.shifted(dx or 0.0, dy or 0.0)
    lines: list[Line] = []
    if dx is not None:
        values = [x + dx for x in xs]
        lines += _lines("upright", values, targets.upright, (moved.top, moved.bottom))
    if dy is not None:
        values = [y + dy for y in ys]
        lines += _lines("level", values, targets.level, (moved.left, moved.right))
    return Snapped(dx or 0.0, dy or 0.0, tuple(lines))


def shift(
    values: Sequence[float], targets: Sequence[Target], grid: float, reach: float
) -> float | None:
    """The smallest shift that puts one of `values` on a line; None where none is within reach."""
    best, best_key = None, (inf, len(_RANK))
    found = [(target.position - value, target.kind) for value in values for target in targets]
    if grid > 0:
        found += [(round(value / grid) * grid - value, "grid") for value in values]
    for by, kind in found:
        key = (round(abs(by) / _SAME), _RANK[kind])
        if abs(by) <= reach and key < best_key:
            best, best_key = by, key
    return best


def _lines(
    direction: Direction,
    values: Sequence[float],
    targets: Sequence[Target],
    own: tuple[float, float],
) -> list[Line]:
    """All lines that lie on `values` now, one for each place, long enough to reach all of them."""
    found: dict[float, Line] = {}
    for target in targets:
        if any(abs(target.position - value) < _SAME for value in values):
            known = found.get(round(target.position, 2))
            spans = [own, (target.start, target.end)]
            if known is not None:
                spans.append((known.start, known.end))
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            kind = target.kind if known is None else known.kind
            found[round(target.position, 2)] = Line(direction, target.position, start, end, kind)
    return list(found.values())
