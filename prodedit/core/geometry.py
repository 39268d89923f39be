# SPDX-License-Identifier: Apache-2.0
"""Places and sizes as named values. Pixels; x grows to the right, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float


class Size(NamedTuple):
    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height

    def fit(self, side: int) -> Size:
        """The largest size of the same aspect whose longer side is at most `side`; never larger."""
        scale = min(1.0, side / max(self.width, self.height, 1))
        return Size(max(1, round(self.width * scale)), max(1, round(self.height * scale)))


class Rect(NamedTuple):
    """Whole pixels from (x, y) inclusive to (right, bottom) exclusive."""

    x: int
    y: int
    width: int
    height: int

    @staticmethod
    def of(size: Size) -> Rect:
        return Rect(0, 0, size.width, size.height)

    @staticmethod
    def between(left: float, top: float, right: float, bottom: float) -> Rect:
        """The smallest rectangle of whole pixels that covers these edges."""
        x, y = floor(left), floor(top)
        return Rect(x, y, max(0, ceil(right) - x), max(0, ceil(bottom) - y))

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def intersect(self, other: Rect) -> Rect:
        x, y = max(self.x, other.x), max(self.y, other.y)
        width = min(self.right, other.right) - x
        height = min(self.bottom, other.bottom) - y
        return Rect(x, y, max(0, width), max(0, height))

    def union(self, other: Rect) -> Rect:
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def inflate(self, margin: int) -> Rect:
        return Rect(
            self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin
        )

    def translate(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, point: Point) -> bool:
        return self.x <= point.x < self.right and self.y <= point.y < self.bottom


def bounding(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds all; empty when there is none."""
    whole = Rect(0, 0, 0, 0)
    for rect in rects:
        whole = whole.union(rect)
    return whole


class Transform(NamedTuple):
    """Affine map from a layer's pixels to the canvas: x' = a x + c y + dx, y' = b x + d y + dy."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @property
    def is_whole_shift(self) -> bool:
        """Whether this only moves by whole pixels, so that no pixel needs to be resampled."""
        return self[:4] == (1.0, 0.0, 0.0, 1.0) and self.dx % 1 == 0 and self.dy % 1 == 0

    def map(self, point: Point) -> Point:
        x, y = point
        return Point(self.a * x + self.c * y + self.dx, self.b * x + self.d * y + self.dy)

    def map_rect(self, rect: Rect) -> Rect:
        corners = [
            self.map(Point(x, y)) for x in (rect.x, rect.right) for y in (rect.y, rect.bottom)
        ]
        xs, ys = [p.x for p in corners], [p.y for p in corners]
        return Rect.between(min(xs), min(ys), max(xs), max(ys))

    def shifted(self, dx: float, dy: float) -> Transform:
        return self._replace(dx=self.dx + dx, dy=self.dy + dy)

    def after(self, first: Transform) -> Transform:
        """The map that does `first` and then this one."""
        a, b = self.a * first.a + self.c * first.b, self.b * first.a + self.d * first.b
        c, d = self.a * first.c + self.c * first.d, self.b * first.c + self.d * first.d
        return Transform(a, b, c, d, *self.map(Point(first.dx, first.dy)))

    def inverse(self) -> Transform:
        """Raises ValueError where the map squeezes the plane to a line."""
        det = self.a * self.d - self.b * self.c
        if det == 0:
            raise ValueError(f"{self} cannot be inverted")
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Transform(a, b, c, d, -(a * self.dx + c * self.dy), -(b * self.dx + d * self.dy))


IDENTITY = Transform()
