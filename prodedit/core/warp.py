# SPDX-License-Identifier: Apache-2.0
"""Maps that bend a layer: they apply to its own pixels, before its Transform places them."""

from __future__ import annotations

from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.values import Value


class Perspective(Value, frozen=True):
    """Where the corners go: top left, top right, bottom right, bottom left, in own pixels."""

    corners: tuple[Point, Point, Point, Point]


class MeshWarp(Value, frozen=True):
    """Where the points of a grid over the layer go, row by row: (columns + 1) x (rows + 1) of
    them, in own pixels; between them, smooth (Catmull-Rom) surfaces through all points."""

    columns: int
    rows: int
    points: tuple[Point, ...]

    @staticmethod
    def resting(size: Size, columns: int = 3, rows: int = 3) -> MeshWarp:
        """The grid that changes nothing."""
        return MeshWarp(
            columns,
            rows,
            tuple(
                Point(size.width * column / columns, size.height * row / rows)
                for row in range(rows + 1)
                for column in range(columns + 1)
            ),
        )


Warp = Perspective | MeshWarp


def bounds(warp: Warp) -> Rect:
    """What of its own plane a warped layer may touch."""
    points = warp.corners if isinstance(warp, Perspective) else warp.points
    xs, ys = [point.x for point in points], [point.y for point in points]
    rect = Rect.between(min(xs), min(ys), max(xs), max(ys))
    # A curve through the points may swing beyond them by an eighth of the step between two.
    swing = 0 if isinstance(warp, Perspective) else max(rect.width, rect.height) // 8 + 1
    return rect.inflate(swing)
