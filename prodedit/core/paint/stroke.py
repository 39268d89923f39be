# SPDX-License-Identifier: Apache-2.0
"""A brush's stroke as coverage, in pixels of the layer that is painted on."""

from __future__ import annotations

from functools import lru_cache
from math import floor, hypot
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point, Rect, bounding
from prodedit.core.pixels import scale
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices

Coverage = NDArray[Any]
"""uint8, or float32, 0..255."""

SIZE_MIN, SIZE_MAX = 1, 2000

_SPACING = 0.08
"""Distance of two dabs, in diameters: nearer ones can't be told from a smooth line."""
_FRACTIONS = 4
"""Small dabs are placed to a quarter of a pixel; from _COARSE pixels on nobody sees it."""
_COARSE = 24
_RIM = 3
"""Pixels beyond the radius that a dab's array has on each side."""
_LARGE = 256
"""Pixels across from which few dabs are kept: of 2,000 they have 4 MB each."""


class Brush(NamedTuple):
    """size: diameter in pixels; hardness: 0 = soft from the middle on, 1 = a sharp edge;
    opacity: 0..1, the most that one stroke changes; flow: 0..1, how far each dab goes there;
    spacing: of two dabs, in diameters; what a pen's pressure makes less."""

    size: float = 60.0
    hardness: float = 0.7
    opacity: float = 1.0
    flow: float = 1.0
    spacing: float = _SPACING
    pressure_size: bool = True
    pressure_flow: bool = False

    def diameter(self, pressure: float) -> float:
        """Of a dab, in pixels; pressure: 0..1."""
        share = 0.25 + 0.75 * min(1.0, max(0.0, pressure)) if self.pressure_size else 1.0
        return max(1.0, self.size * share)

    def flow_at(self, pressure: float) -> float:
        """Of a dab, 0..1."""
        return self.flow * (min(1.0, max(0.0, pressure)) if self.pressure_flow else 1.0)

    @property
    def builds_up(self) -> bool:
        """Whether a dab may do less than all that it could."""
        return self.flow < 1.0 or self.pressure_flow


class Stroke:
    """Where the brush has been, 0..255 a pixel: uint8, or float32 where the flow is less than all.

    At full flow going over a place again adds nothing: one stroke has one strength, as a person
    expects of an eraser. With less each dab goes `flow` of the way from what is there to its own
    coverage, never back: it builds up to what full flow does at once."""

    def __init__(self, bounds: Rect, brush: Brush) -> None:
        """`bounds`: the layer's pixels; nothing is painted beyond them."""
        self.bounds = bounds
        self.brush = brush
        self.coverage: dict[Place, Coverage] = {}
        self._touched: dict[Place, Rect] = {}
        self._last: Point | None = None
        self._pressure = 1.0
        self._left = 0.0

    @property
    def end(self) -> Point | None:
        return self._last

    def line_to(self, point: Point, pressure: float = 1.0) -> None:
        """Dabs at even distances from where the stroke was, the pressure changing evenly between;
        the first call makes one dab."""
        if self._last is None:
            self._last, self._pressure = point, pressure
            self._stamp(point, pressure)
            return
        dx, dy = point.x - self._last.x, point.y - self._last.y
        step = max(1.0, self.brush.diameter(pressure) * self.brush.spacing)
        length, more = hypot(dx, dy), pressure - self._pressure
        at = max(0.0, step - self._left)
        while at <= length:
            part = at / length if length else 1.0
            place = Point(self._last.x + dx * part, self._last.y + dy * part)
            self._stamp(place, self._pressure + more * part)
            at += step
        self._left = length - (at - step)
        self._last, self._pressure = point, pressure

    def take_touched(self) -> dict[Place, Rect]:
        """The blocks painted in since the last call, each with the part that changed."""
        touched, self._touched = self._touched, {}
        return touched

    @property
    def rect(self) -> Rect:
        """All blocks that the stroke has reached."""
        return bounding(block_rect(place) for place in self.coverage).intersect(self.bounds)

    def _stamp(self, middle: Point, pressure: float) -> None:
        mask, x, y = placed_dab(middle, self.brush.diameter(pressure), self.brush.hardness)
        area = Rect(x, y, mask.shape[1], mask.shape[0])
        for place, part in places(area.intersect(self.bounds)):
            block = self.coverage.get(place)
            if block is None:
                kind = np.float32 if self.brush.builds_up else np.uint8
                block = self.coverage[place] = np.zeros((TILE, TILE), kind)
            inside = part_of(block, part.translate(-place[0] * TILE, -place[1] * TILE))
            dabbed = slices(mask, part.translate(-x, -y))
            if self.brush.builds_up:
                inside += np.maximum(dabbed - inside, 0) * np.float32(self.brush.flow_at(pressure))
            else:
                np.maximum(inside, dabbed, out=inside)
            self._touched[place] = self._touched.get(place, part).union(part)


def as_bytes(coverage: Coverage) -> Pixels:
    """Rounded, where it is in fractions of a level."""
    if coverage.dtype == np.uint8:
        return np.asarray(coverage, np.uint8)
    return np.rint(coverage).astype(np.uint8)


def part_of(block: Coverage, rect: Rect) -> Coverage:
    """The view of a block's coverage that `rect` names."""
    return block[rect.y : rect.bottom, rect.x : rect.right]


def placed_dab(middle: Point, diameter: float, hardness: float) -> tuple[Pixels, int, int]:
    """(mask, x, y): a round dab and where its upper left pixel lies."""
    parts = _FRACTIONS if diameter < _COARSE else 1
    diameter = round(diameter * parts) / parts
    half = floor(diameter / 2) + _RIM
    x, y = (floor(value * parts + (0.5 if parts == 1 else 0)) for value in middle)
    mask = dab(diameter, round(hardness, 2), (x % parts) / parts, (y % parts) / parts)
    return mask, x // parts - half, y // parts - half


def dab(diameter: float, hardness: float, x: float, y: float) -> Pixels:
    """(n, n) uint8: a disc round (n // 2 + x, n // 2 + y), its rim falling off smoothly.

    Full up to `hardness` of the radius, half at the radius for a hard one; never narrower than
    one pixel, so that the edge is anti-aliased. The last ones are kept."""
    return (_few if diameter >= _LARGE else _many)(diameter, hardness, x, y)


def _dab(diameter: float, hardness: float, x: float, y: float) -> Pixels:
    radius = diameter / 2
    side = 2 * (floor(radius) + _RIM)
    offsets = np.arange(side, dtype=np.float32) + 0.5 - side // 2
    distance = np.hypot(offsets[None, :] - x, offsets[:, None] - y)
    outer = radius + 0.5
    inner = min(radius * hardness, outer - 1.0)
    t = np.clip((outer - distance) / (outer - inner), 0.0, 1.0)
    mask: Pixels = (t * t * (3 - 2 * t) * 255 + 0.5).astype(np.uint8)
    mask.flags.writeable = False
    return mask


_few, _many = lru_cache(maxsize=4)(_dab), lru_cache(maxsize=64)(_dab)


def painted(old: Pixels | None, coverage: Pixels, opacity: float, restores: bool) -> Pixels:
    """A block of alpha after the stroke: moved towards 255 (restore) or 0 (erase)."""
    kept = 255 - faded(coverage, opacity)
    if old is None:
        old = np.zeros_like(coverage)
    return 255 - scale(255 - old, kept) if restores else scale(old, kept)


def faded(coverage: Pixels, opacity: float) -> Pixels:
    if opacity >= 1.0:
        return coverage
    return scale(coverage, np.full_like(coverage, round(opacity * 255)))
