# SPDX-License-Identifier: Apache-2.0
"""Which part of the document shows, and how large: pure values.

Three planes: document (pixels of the picture), device (pixels of the screen, from the widget's
corner) and widget (Qt's own units: device pixels divided by the screen's scale factor).

A view may be turned. Then there is a fourth plane between document and device: that of `upright`,
a larger view that is not turned. It is drawn as any other, and `turn` brings it onto the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, cos, floor, hypot, log2, radians, sin, sqrt

from prodedit.core.geometry import IDENTITY, Point, Rect, Size, Transform

ZOOM_MIN, ZOOM_MAX = 0.01, 64.0
ZOOM_STEPS = (
    *(0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.0667, 0.1, 0.125, 0.1667, 0.25, 0.3333, 0.5, 0.6667),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)
PIXELS_SHOWN_AS_SQUARES = 8.0
"""From this zoom on a pixel is drawn as a square with hard edges."""

_FIT_MARGIN = 24
"""Widget units left free on each side of a fitted picture."""
_FIT_ABOVE = 60
"""The same above it: what a tool can be told lies there, and the picture does not move for it."""
_KEPT_IN_SIGHT = 64
"""Device pixels of the picture that panning cannot push out of the view."""

_CORNER = Point(0.0, 0.0)


@dataclass(frozen=True)
class Viewport:
    """zoom: device pixels per document pixel, so 1.0 shows the photo pixel by pixel on any screen.

    origin: where the document's upper left corner lies, in device pixels, not rounded, so that
    zooming in and out again returns to the same place; what is shown is `corner`, rounded.
    view: the widget's size in device pixels. ratio: device pixels per widget unit.
    angle: degrees, clockwise, that the view is turned by about its middle, in [-180, 180); zoom and
    origin are those before that.
    """

    document: Size
    view: Size
    ratio: float = 1.0
    zoom: float = 1.0
    origin: Point = _CORNER
    angle: float = 0.0

    @property
    def corner(self) -> tuple[int, int]:
        """`origin` in whole device pixels: where it is drawn, and what the mouse is measured by."""
        return floor(self.origin.x + 0.5), floor(self.origin.y + 0.5)

    @property
    def is_smooth(self) -> bool:
        return self.zoom < PIXELS_SHOWN_AS_SQUARES

    @property
    def picture(self) -> Rect:
        """The device pixels that the document covers, also where they lie outside of the view."""
        return self.to_device_rect(Rect.of(self.document))

    @property
    def visible(self) -> Rect:
        """The document's pixels that show, in whole or in part."""
        return self.to_document_rect(Rect.of(self.view)).intersect(Rect.of(self.document))

    @property
    def is_picture_inside(self) -> bool:
        return self.picture.intersect(Rect.of(self.view)) == self.picture

    @cached_property
    def upright(self) -> Viewport:
        """The view to be drawn and then turned: it holds what shows at any angle, so turning on
        needs nothing drawn anew. Itself where it is not turned."""
        if not self.angle:
            return self
        view, margin = self.view, self._margin
        size = Size(view.width + 2 * margin[0], view.height + 2 * margin[1])
        origin = Point(self.origin.x + margin[0], self.origin.y + margin[1])
        return replace(self, view=size, origin=origin, angle=0.0)

    @cached_property
    def turn(self) -> Transform:
        """From the device pixels of `upright` to those of the screen."""
        if not self.angle:
            return IDENTITY
        size, (x, y) = self.upright.view, self._middle
        turned = _rotation(self.angle).map(Point(size.width / 2, size.height / 2))
        dx, dy = x - turned.x, y - turned.y
        if self.angle % 90 == 0:  # no pixel is cut
            dx, dy = floor(dx), floor(dy)
        return _rotation(self.angle).shifted(dx, dy)

    @cached_property
    def onto_widget(self) -> Transform:
        """From the document to the widget."""
        scale = self.zoom / self.ratio
        x, y = self.upright.corner
        plain = Transform(scale, 0, 0, scale, x / self.ratio, y / self.ratio)
        turn = self.turn._replace(dx=self.turn.dx / self.ratio, dy=self.turn.dy / self.ratio)
        return turn.after(plain)

    def to_document(self, point: Point) -> Point:
        """The document's place under a widget's point."""
        if self.angle:
            x, y = self._unturned(Point(point.x * self.ratio, point.y * self.ratio))
            return self.upright.to_document(Point(x / self.ratio, y / self.ratio))
        x, y = self.corner
        return Point((point.x * self.ratio - x) / self.zoom, (point.y * self.ratio - y) / self.zoom)

    def to_widget(self, point: Point) -> Point:
        if self.angle:
            return self.onto_widget.map(point)
        x, y = self.corner
        return Point((point.x * self.zoom + x) / self.ratio, (point.y * self.zoom + y) / self.ratio)

    def to_device_rect(self, rect: Rect) -> Rect:
        """The device pixels that these pixels of the document touch; of a turned view the
        rectangle round them."""
        if self.angle:
            return self.turn.map_rect(self.upright.to_device_rect(rect))
        x, y = self.corner
        left, top = rect.x * self.zoom + x, rect.y * self.zoom + y
        right, bottom = rect.right * self.zoom + x, rect.bottom * self.zoom + y
        return Rect.between(_tidy(left), _tidy(top), _tidy(right), _tidy(bottom))

    def to_document_rect(self, device: Rect) -> Rect:
        """The document's pixels that these device pixels touch; may reach beyond the document."""
        if self.angle:
            return self.upright.to_document_rect(self.turn.inverse().map_rect(device))
        x, y = self.corner
        edges = (device.x - x, device.y - y, device.right - x, device.bottom - y)
        return Rect.between(*(_tidy(edge / self.zoom) for edge in edges))

    def level(self, levels: int) -> int:
        """The coarsest of `levels` mip levels (each half the one before) that loses no detail."""
        return max(0, min(levels - 1, floor(log2(1 / self.zoom) + 1e-9)))

    def zoom_at(self, point: Point, factor: float) -> Viewport:
        """Zoomed by `factor`, within the limits; what lies under the widget's `point` stays."""
        return self.zoom_to(self.zoom * factor, point)

    def zoom_to(self, zoom: float, point: Point | None = None) -> Viewport:
        """At `zoom`; what lies under the widget's `point` (default: its middle) stays there."""
        zoom = min(ZOOM_MAX, max(ZOOM_MIN, zoom))
        x, y = self._middle if point is None else self._before_turning(point)
        factor = zoom / self.zoom
        origin = Point(x - (x - self.origin.x) * factor, y - (y - self.origin.y) * factor)
        moved = replace(self, zoom=zoom, origin=origin)
        # A pixel of slack: at the edge, rounding may put the pointer just outside.
        near = replace(self, angle=0.0).picture.inflate(1).contains(Point(x, y))
        return moved if near else moved.clamped()

    def step_in(self, point: Point | None = None) -> Viewport:
        """At the next larger of the usual zooms."""
        above = (step for step in ZOOM_STEPS if step > self.zoom * 1.001)
        return self.zoom_to(next(above, ZOOM_MAX), point)

    def step_out(self, point: Point | None = None) -> Viewport:
        below = (step for step in reversed(ZOOM_STEPS) if step < self.zoom * 0.999)
        return self.zoom_to(next(below, ZOOM_MIN), point)

    def one_to_one(self, point: Point | None = None) -> Viewport:
        return self.zoom_to(1.0, point)

    def fit(self, largest: float = ZOOM_MAX) -> Viewport:
        """All of the document in the middle of the view, no larger than `largest`; below what a
        tool can be told."""
        above = min(_FIT_ABOVE * self.ratio, self.view.height / 6)
        return self.fit_rect(Rect.of(self.document), largest, above)

    def fit_rect(self, rect: Rect, largest: float = ZOOM_MAX, above: float = 0.0) -> Viewport:
        """A part of the document as large as it can be in the middle of the view. above: device
        pixels left free there at least."""
        margin = min(_FIT_MARGIN * self.ratio, min(self.view) / 8)
        above = max(above, margin)
        width, height = self.view.width - 2 * margin, self.view.height - margin - above
        wide, high = _turned_size(rect.size, self.angle)
        zoom = min(width / max(1, wide), height / max(1, high), largest)
        zoom = min(ZOOM_MAX, max(ZOOM_MIN, zoom))
        x, y = self._middle
        dx, dy = _rotation(-self.angle).map(Point(0.0, max(0.0, above + high * zoom / 2 - y)))
        x, y = x + dx, y + dy
        middle_x, middle_y = rect.x + rect.width / 2, rect.y + rect.height / 2
        return replace(self, zoom=zoom, origin=Point(x - middle_x * zoom, y - middle_y * zoom))

    def centred(self) -> Viewport:
        """The middle of the document in the middle of the view."""
        (x, y), (width, height) = self._middle, self.document
        origin = Point(x - width / 2 * self.zoom, y - height / 2 * self.zoom)
        return replace(self, origin=origin)

    def pan(self, dx: float, dy: float) -> Viewport:
        """The picture moved by widget units, but never out of sight."""
        x, y = self.origin
        if self.angle:
            dx, dy = _rotation(-self.angle).map(Point(dx, dy))
        return replace(self, origin=Point(x + dx * self.ratio, y + dy * self.ratio)).clamped()

    def turned(self, angle: float) -> Viewport:
        """Turned by so many degrees clockwise, in all; what is in the middle stays there."""
        return replace(self, angle=(angle + 180.0) % 360.0 - 180.0).clamped()

    def resized(self, view: Size, ratio: float) -> Viewport:
        """In a widget of another size: what was in the middle stays there, at the same zoom."""
        dx, dy = (view.width - self.view.width) / 2, (view.height - self.view.height) / 2
        origin = Point(self.origin.x + dx, self.origin.y + dy)
        return replace(self, view=view, ratio=ratio, origin=origin).clamped()

    def of(self, document: Size) -> Viewport:
        """The same view of a document that has another size now."""
        return replace(self, document=document).clamped()

    def clamped(self) -> Viewport:
        """Moved as little as needed for a part of the picture to stay in the view."""
        width, height = self.document.width * self.zoom, self.document.height * self.zoom
        if self.angle:  # within what shows at any angle
            side = min(self.view) / sqrt(2)
            left, top = (middle - side / 2 for middle in self._middle)
            x = left + _clamp(self.origin.x - left, width, side)
            y = top + _clamp(self.origin.y - top, height, side)
            return replace(self, origin=Point(x, y))
        x = _clamp(self.origin.x, width, self.view.width)
        y = _clamp(self.origin.y, height, self.view.height)
        return replace(self, origin=Point(x, y))

    def _unturned(self, device: Point) -> Point:
        """From the screen's device pixels to those of `upright`."""
        return self.turn.inverse().map(device)

    def _before_turning(self, point: Point) -> Point:
        """A widget's point in device pixels, in the plane that `origin` is told in."""
        device = Point(point.x * self.ratio, point.y * self.ratio)
        if not self.angle:
            return device
        x, y = self._unturned(device)
        return Point(x - self._margin[0], y - self._margin[1])

    @property
    def _margin(self) -> tuple[int, int]:
        """By how much `upright` is wider and higher at each side."""
        side = hypot(*self.view)
        return ceil((side - self.view.width) / 2) + 1, ceil((side - self.view.height) / 2) + 1

    @property
    def _middle(self) -> tuple[float, float]:
        return self.view.width / 2, self.view.height / 2


def sticky(zoom: float, factor: float, stops: Iterable[float] = (1.0,)) -> float:
    """`zoom * factor`, but stopping at a zoom of `stops` where that would be stepped over."""
    target = zoom * factor
    for stop in stops:
        if min(zoom, target) * 1.0001 < stop < max(zoom, target) * 0.9999:
            return stop
    return target


def _rotation(angle: float) -> Transform:
    """By degrees clockwise about the origin; quarters are exact."""
    along, across = cos(radians(angle)), sin(radians(angle))
    if angle % 90 == 0:
        along, across = float(round(along)), float(round(across))
    return Transform(along, across, -across, along)


def _turned_size(size: Size, angle: float) -> tuple[float, float]:
    """Of the rectangle round a turned one."""
    if not angle:
        return size
    turn = _rotation(angle)
    along, across = abs(turn.a), abs(turn.b)
    return (
        size.width * along + size.height * across,
        size.width * across + size.height * along,
    )


def _clamp(origin: float, length: float, view: float) -> float:
    kept = min(_KEPT_IN_SIGHT, view / 4)
    low, high = kept - length, view - kept
    return min(max(origin, low), high)


def _tidy(value: float) -> float:
    """An edge that is whole but for rounding errors, made whole: it touches no pixel more."""
    near = round(value)
    return near if abs(value - near) < 1e-6 else value
