# SPDX-License-Identifier: Apache-2.0
"""A brush's stroke on a bent layer: round on the canvas, in pixels of the layer."""

from __future__ import annotations

from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.bend import Bend
from prodedit.core.geometry import Point, Rect, bounding
from prodedit.core.paint.stroke import Brush
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places

Floats = NDArray[np.float32]

_STEP = 8
"""Pixels between places that are looked up; between them the bend is taken as straight."""
_KEPT = 64
"""Blocks whose places are kept."""


class BentStroke:
    """As Stroke, but told where the pointer is on the canvas, and with a brush of that size."""

    def __init__(self, bounds: Rect, brush: Brush, bend: Bend) -> None:
        self.bounds = bounds
        self.brush = brush
        self.coverage: dict[Place, Pixels] = {}
        self._bend = bend
        self._areas = {
            place: bend.shown_rect(part).inflate(_STEP) for place, part in places(bounds)
        }
        self._places: dict[Place, tuple[Floats, Floats]] = {}
        self._touched: dict[Place, Rect] = {}
        self._last: Point | None = None

    @property
    def rect(self) -> Rect:
        """All blocks that the stroke has reached."""
        return bounding(block_rect(place) for place in self.coverage).intersect(self.bounds)

    def line_to(self, point: Point, pressure: float = 1.0) -> None:
        """A straight line from where the stroke was; the first call makes one dab."""
        start, self._last = self._last or point, point
        radius, flow = self.brush.diameter(pressure) / 2, self.brush.flow_at(pressure)
        near = Rect.between(*min_max(start, point)).inflate(int(radius) + 2)
        for place, area in self._areas.items():
            if not area.intersect(near).is_empty:
                self._stamp(place, start, point, radius, flow)

    def take_touched(self) -> dict[Place, Rect]:
        """The blocks painted in since the last call, each with the part that changed."""
        touched, self._touched = self._touched, {}
        return touched

    def shown_at(self, place: Place) -> tuple[Floats, Floats]:
        """(256, 256) each: where on the canvas the middles of a block's pixels lie."""
        known = self._places.get(place)
        if known is None:
            while len(self._places) >= _KEPT:
                self._places.pop(next(iter(self._places)))
            known = self._places[place] = _shown_at(self._bend, block_rect(place))
        return known

    def _stamp(self, place: Place, start: Point, end: Point, radius: float, flow: float) -> None:
        x, y = self.shown_at(place)
        away = _distance(x, y, start, end)
        own = block_rect(place).intersect(self.bounds)
        own = own.translate(-place[0] * TILE, -place[1] * TILE)
        near = cv2.boundingRect((away[: own.height, : own.width] < radius + 1).astype(np.uint8))
        part = Rect(*(int(number) for number in near))
        if part.is_empty:
            return
        inside = (slice(part.y, part.bottom), slice(part.x, part.right))
        block = self.coverage.setdefault(place, np.zeros((TILE, TILE), np.uint8))
        soft = _pixel(x[inside], y[inside])
        drawn = _faded(away[inside], radius, self.brush.hardness, soft)
        if flow < 1:
            drawn = (drawn * np.float32(flow) + np.float32(0.5)).astype(np.uint8)
        np.maximum(block[inside], drawn, out=block[inside])
        on_layer = part.translate(place[0] * TILE, place[1] * TILE)
        self._touched[place] = self._touched.get(place, on_layer).union(on_layer)


def min_max(one: Point, other: Point) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of what lies between."""
    return min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y)


def _shown_at(bend: Bend, area: Rect) -> tuple[Floats, Floats]:
    count = TILE // _STEP + 1
    across = area.x + np.arange(count) * _STEP
    down = area.y + np.arange(count) * _STEP
    u, v = np.meshgrid(across.astype(float), down.astype(float))
    at = ((np.arange(TILE, dtype=np.float32) + 0.5) / _STEP).astype(np.float32)
    x, y = np.meshgrid(at, at)
    found = [
        cv2.remap(np.nan_to_num(one, posinf=1e9).astype(np.float32), x, y, cv2.INTER_LINEAR)
        for one in bend.to_canvas(u, v)
    ]
    return np.asarray(found[0], np.float32), np.asarray(found[1], np.float32)


def _distance(x: Floats, y: Floats, start: Point, end: Point) -> Floats:
    """From the straight line between both."""
    dx, dy = end.x - start.x, end.y - start.y
    length = hypot(dx, dy)
    off_x, off_y = x - np.float32(start.x), y - np.float32(start.y)
    if length > 0:
        along = np.clip((off_x * (dx / length) + off_y * (dy / length)) / length, 0, 1)
        off_x, off_y = off_x - along * np.float32(dx), off_y - along * np.float32(dy)
    return np.asarray(np.hypot(off_x, off_y), np.float32)


def _pixel(x: Floats, y: Floats) -> float:
    """How large one of the layer's pixels is on the canvas, about."""
    if min(x.shape) < 2:
        return 1.0
    across = hypot(float(x[0, 1] - x[0, 0]), float(y[0, 1] - y[0, 0]))
    down = hypot(float(x[1, 0] - x[0, 0]), float(y[1, 0] - y[0, 0]))
    return max(1.0, min(64.0, max(across, down)))


def _faded(away: Floats, radius: float, hardness: float, soft: float) -> Pixels:
    """As `stroke.dab`: full up to `hardness` of the radius, smooth beyond, never narrower than a
    pixel of the layer or of the canvas."""
    outer = radius + soft / 2
    inner = min(radius * hardness, outer - soft)
    t = np.clip((outer - away) / np.float32(outer - inner), 0, 1)
    return np.asarray(t * t * (3 - 2 * t) * 255 + 0.5).astype(np.uint8)
