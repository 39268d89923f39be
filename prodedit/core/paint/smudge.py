# SPDX-License-Identifier: Apache-2.0
"""The smudging stroke: a finger that carries colours along and leaves some of them behind."""

from __future__ import annotations

from math import hypot

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point, Rect
from prodedit.core.paint.ground import Ground
from prodedit.core.paint.pixel_stroke import LayerStroke, Touch
from prodedit.core.paint.seen import seen_through
from prodedit.core.paint.stroke import Brush, placed_dab
from prodedit.core.tiles import TILE, places, slices

Floats = NDArray[np.float32]

_SPACING = 0.06
"""Of the diameter: larger steps leave marks."""


class SmudgeStroke(LayerStroke):
    """As PixelStroke; but each dab works on what those before it have left."""

    takes_long = False

    def __init__(self, ground: Ground, brush: Brush) -> None:
        """`brush`: in pixels of the canvas; its opacity is how much of the colours is carried on.

        Raises ValueError where the layer is squeezed to a line."""
        super().__init__(ground)
        self._brush = ground.brush(brush)
        self._finger: Floats | None = None
        self._last: Point | None = None
        self._left = 0.0
        self.reached = False
        ground.to_own(Point(0, 0))  # squeezed to a line it fails here

    def line_to(self, touch: Touch) -> None:
        point = self.ground.to_own(Point(touch.x, touch.y))
        if self._last is None:
            self._last = point
            self._dab(point, touch.pressure)
            return
        dx, dy = point.x - self._last.x, point.y - self._last.y
        length, step = hypot(dx, dy), max(1.0, self._brush.size * _SPACING)
        at = step - self._left
        while at <= length:
            part = at / length
            self._dab(Point(self._last.x + dx * part, self._last.y + dy * part), touch.pressure)
            at += step
        self._left = length - (at - step)
        self._last = point

    def _dab(self, middle: Point, pressure: float) -> None:
        """All dabs of a stroke are of one size, or the finger would not fit."""
        mask, x, y = placed_dab(middle, max(2.0, round(self._brush.size)), self._brush.hardness)
        area = Rect(x, y, mask.shape[1], mask.shape[0])
        inside = area.intersect(self.ground.tiles.bounds)
        if inside.is_empty:
            return
        self.reached = True
        here = self._now(area)
        if self._finger is None or self._finger.shape != here.shape:
            self._finger = here
            return
        share = mask * np.float32(self._brush.opacity * self._brush.flow_at(pressure) / 255)
        share *= self._selected(area)
        new = here + (self._finger - here) * share[..., None]
        self._finger = new
        self._put(area, inside, new, share)

    def _selected(self, area: Rect) -> Floats:
        selection = self.ground.selection
        if selection is None or self.ground.layer.warp is not None:
            return np.ones((area.height, area.width), np.float32)
        found = seen_through(selection.to_array, self.ground.placed, area)
        return found * np.float32(1 / 255)

    def _now(self, area: Rect) -> Floats:
        """(h, w, 4); beyond the layer's edge what lies at it."""
        inside = area.intersect(self.ground.tiles.bounds)
        pixels = np.empty((inside.height, inside.width, 4), np.float32)
        for place, part in places(inside):
            own = part.translate(-place[0] * TILE, -place[1] * TILE)
            into = part.translate(-inside.x, -inside.y)
            pixels[into.y : into.bottom, into.x : into.right] = self._work.now(place, own)
        edges = (
            (inside.y - area.y, area.bottom - inside.bottom),
            (inside.x - area.x, area.right - inside.right),
            (0, 0),
        )
        return np.pad(pixels, edges, mode="edge")

    def _put(self, area: Rect, inside: Rect, new: Floats, share: Floats) -> None:
        whole = np.rint(new).astype(np.uint8)
        for place, part in places(inside):
            own = part.translate(-place[0] * TILE, -place[1] * TILE)
            piece = slices(whole, part.translate(-area.x, -area.y)).copy()
            if self.ground.keeps_alpha:
                piece[..., 3] = self._work.now(place, own)[..., 3]
            np.minimum(piece, piece[..., 3:], out=piece)
            self._work.put(place, own, piece)
            some = part.translate(-area.x, -area.y)
            touched = share[some.y : some.bottom, some.x : some.right] > 0
            self._work.uncolour(place, own, touched.view(np.uint8))
        self._changed.append(inside)
