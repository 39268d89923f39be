# SPDX-License-Identifier: Apache-2.0
"""The frame of a crop, as a value without Qt: upright, or turned, or four corners of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import atan2, cos, degrees, hypot, radians, sin

from prodedit.core import edits
from prodedit.core.edits.bending import Corners
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Handle = tuple[int, int]
"""-1, 0, 1: left, middle, right; top, middle, bottom."""

CORNERS: tuple[Handle, ...] = ((-1, -1), (1, -1), (1, 1), (-1, 1))
EDGES: tuple[Handle, ...] = ((0, -1), (1, 0), (0, 1), (-1, 0))
_LEAST = 1.0
_SOFT = 1.0
"""Pixels along the edges of a turned picture that are half transparent."""


@dataclass(frozen=True)
class Frame:
    """angle: degrees by which the picture is to be turned clockwise, so that the frame, which
    lies turned the other way on it, is upright. free: four corners instead, for perspective."""

    middle: Point
    width: float
    height: float
    angle: float = 0.0
    free: Corners | None = None

    @staticmethod
    def round(rect: Rect) -> Frame:
        middle = Point(rect.x + rect.width / 2, rect.y + rect.height / 2)
        return Frame(middle, rect.width, rect.height)

    @property
    def corners(self) -> Corners:
        """On the canvas, clockwise from the upper left."""
        if self.free is not None:
            return self.free
        one, two, three, four = (self.at(handle) for handle in CORNERS)
        return one, two, three, four

    @property
    def size(self) -> Size:
        """Of the picture that comes of it."""
        if self.free is None:
            return Size(max(1, round(self.width)), max(1, round(self.height)))
        one, two, three, four = self.free
        across = max(_away(one, two), _away(four, three))
        down = max(_away(one, four), _away(two, three))
        return Size(max(1, round(across)), max(1, round(down)))

    @property
    def rect(self) -> Rect:
        """Of whole pixels, after the turn."""
        width, height = self.size
        x, y = round(self.middle.x - width / 2), round(self.middle.y - height / 2)
        return Rect(x, y, width, height)

    @property
    def edit(self) -> edits.CropCanvas | edits.CropPerspective:
        if self.free is not None:
            return edits.CropPerspective(self.free, self.size)
        return edits.CropCanvas(self.rect, self.angle)

    def at(self, handle: Handle) -> Point:
        (ux, uy), (vx, vy) = self._axes
        across, down = handle[0] * self.width / 2, handle[1] * self.height / 2
        x = self.middle.x + across * ux + down * vx
        return Point(x, self.middle.y + across * uy + down * vy)

    def moved(self, dx: float, dy: float) -> Frame:
        free = self.free
        if free is not None:
            one, two, three, four = (Point(x + dx, y + dy) for x, y in free)
            free = (one, two, three, four)
        middle = Point(self.middle.x + dx, self.middle.y + dy)
        return replace(self, middle=middle, free=free)

    def dragged(self, handle: Handle, to: Point, aspect: float | None) -> Frame:
        """A handle put to a place of the canvas: the opposite one stays. aspect: width / height."""
        (ux, uy), (vx, vy) = self._axes
        fixed = self.at((-handle[0], -handle[1]))
        dx, dy = to.x - fixed.x, to.y - fixed.y
        width = max(_LEAST, handle[0] * (dx * ux + dy * uy)) if handle[0] else self.width
        height = max(_LEAST, handle[1] * (dx * vx + dy * vy)) if handle[1] else self.height
        if aspect is not None:
            if handle[0] and (not handle[1] or width > height * aspect):
                height = width / aspect
            else:
                width = height * aspect
        across, down = handle[0] * width / 2, handle[1] * height / 2
        x = fixed.x + across * ux + down * vx
        return replace(
            self,
            middle=Point(x, fixed.y + across * uy + down * vy),
            width=width,
            height=height,
        )

    def corner_to(self, index: int, to: Point) -> Frame:
        """One of four free corners."""
        corners = list(self.corners)
        corners[index] = to
        one, two, three, four = corners
        return replace(self, free=(one, two, three, four))

    def turned(self, angle: float) -> Frame:
        return replace(self, angle=(angle + 180) % 360 - 180)

    def with_aspect(self, aspect: float) -> Frame:
        """As large as fits into this one, in its middle."""
        width = min(self.width, self.height * aspect)
        return replace(self, width=max(_LEAST, width), height=max(_LEAST, width / aspect))

    def within(self, canvas: Size) -> Frame:
        """Made smaller, in proportion, until no corner lies beyond the canvas; the middle stays.
        Unchanged where that lies beyond it."""
        x, y = self.middle
        edge = _SOFT if self.angle else 0.0
        room_x, room_y = (min(x, canvas.width - x) - edge, min(y, canvas.height - y) - edge)
        if min(room_x, room_y) <= 0:
            return self
        reach_x = max(abs(corner.x - x) for corner in self.corners)
        reach_y = max(abs(corner.y - y) for corner in self.corners)
        part = min(1.0, room_x / reach_x, room_y / reach_y)
        return replace(self, width=self.width * part, height=self.height * part)

    @property
    def _axes(self) -> tuple[Point, Point]:
        a, b = cos(radians(self.angle)), sin(radians(self.angle))
        return Point(a, -b), Point(b, a)


def drawn(start: Point, end: Point, aspect: float | None) -> Frame:
    """A new frame from corner to corner."""
    handle = (1 if end.x >= start.x else -1, 1 if end.y >= start.y else -1)
    return Frame(start, 0.0, 0.0).dragged(handle, end, aspect)


def round_product(bounds: Rect, margin: float, aspect: float | None) -> Frame:
    """margin: percent of the longer side, left free on each side."""
    free = max(bounds.size) * margin / 100
    frame = Frame.round(bounds)
    width, height = frame.width + 2 * free, frame.height + 2 * free
    if aspect is not None:
        width, height = max(width, height * aspect), max(height, width / aspect)
    return replace(frame, width=width, height=height)


def levelling(start: Point, end: Point) -> float:
    """The turn (degrees, clockwise, -45..45) after which this line is level, or upright."""
    slope = degrees(atan2(end.y - start.y, end.x - start.x))
    return -((slope + 45) % 90 - 45)


def parsed_aspect(text: str) -> float:
    """ "4:5", "4 x 5", "0.8" -> 0.8. Raises Problem where that is no proportion."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[:：x×*/]\s*(\d+(?:\.\d+)?)\s*)?", text)
    width, height = (float(found[1]), float(found[2] or 1)) if found else (0.0, 0.0)
    if min(width, height) <= 0 or not 0.001 < width / height < 1000:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "“{typed}” is no proportion. Type width and height, such as 4:5."
            ),
            code="no-proportion",
            typed=text,
        )
    return width / height


def _away(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)
