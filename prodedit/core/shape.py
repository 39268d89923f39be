# SPDX-License-Identifier: Apache-2.0
"""Shapes that stay shapes: drawn anew at any size. In the layer's own plane, from (0, 0)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, cos, pi, sin
from types import MappingProxyType
from typing import Any, Literal

from prodedit.core.colour import Colour
from prodedit.core.geometry import Point, Rect
from prodedit.core.path import Path
from prodedit.core.values import Value


class RectangleShape(Value, frozen=True):
    """`radius`: of the corners, in pixels, at most half of the shorter side."""

    width: float
    height: float
    radius: float = 0.0


class EllipseShape(Value, frozen=True):
    width: float
    height: float


class LineShape(Value, frozen=True):
    start: Point
    end: Point


class PolygonShape(Value, frozen=True):
    """A regular polygon in an upright box, its first corner at the top; with `inset` above 0 a
    star whose inner corners lie at that share of the way to the middle (0..1)."""

    width: float
    height: float
    sides: int = 5
    inset: float = 0.0


class PathShape(Value, frozen=True):
    path: Path


Shape = RectangleShape | EllipseShape | LineShape | PolygonShape | PathShape


class Stroke(Value, frozen=True):
    """`width` in pixels; `dashes`: lengths of dash and gap in turn, in widths; empty: unbroken."""

    colour: Colour
    width: float = 1.0
    side: Literal["centre", "inside", "outside"] = "centre"
    dashes: tuple[float, ...] = ()
    cap: Literal["flat", "round", "square"] = "flat"
    join: Literal["miter", "round", "bevel"] = "miter"


def bounds(shape: Shape, stroke: Stroke | None) -> Rect:
    """What of the layer's plane the drawn shape may touch."""
    rect = _BOUNDS[type(shape)](shape)
    if stroke is None:
        return rect
    # A mitred corner reaches farther than the line is wide: Qt's limit is twice the width.
    reach = stroke.width * (2.0 if stroke.join == "miter" else 1.0)
    return rect.inflate(ceil(reach) + 1)


def corners(shape: PolygonShape) -> tuple[Point, ...]:
    """The polygon's corners, clockwise from the top; of a star, outer and inner in turn."""
    count = shape.sides * (2 if shape.inset > 0 else 1)
    found = []
    for number in range(count):
        reach = 1.0 - shape.inset if shape.inset > 0 and number % 2 else 1.0
        angle = 2 * pi * number / count - pi / 2
        x, y = (1 + reach * cos(angle)) / 2, (1 + reach * sin(angle)) / 2
        found.append(Point(x * shape.width, y * shape.height))
    return tuple(found)


def _box(shape: RectangleShape | EllipseShape | PolygonShape) -> Rect:
    return Rect.between(0, 0, shape.width, shape.height)


def _line(shape: LineShape) -> Rect:
    (x1, y1), (x2, y2) = shape.start, shape.end
    return Rect.between(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


_BOUNDS: Mapping[type, Callable[[Any], Rect]] = MappingProxyType(
    {
        RectangleShape: _box,
        EllipseShape: _box,
        PolygonShape: _box,
        LineShape: _line,
        PathShape: lambda shape: shape.path.bounds,
    }
)
