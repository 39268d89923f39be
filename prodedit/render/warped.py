# SPDX-License-Identifier: Apache-2.0
"""Layers that are bent: in perspective, or by a mesh.

For each canvas pixel the place in the layer's own plane is found, and the picture is looked up
there between two reduced sizes of it (trilinear), so that nothing flickers where it shrinks and
no seam shows where the reduction changes. Edges are cut off by coverage, as with plain transforms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import ceil, floor
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Transform
from prodedit.core.tiles import Pixels
from prodedit.core.warp import MeshWarp, Perspective, Warp
from prodedit.render.resample import reduced

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
OwnPixels = Callable[[Rect], Pixels]
"""The unbent layer's own pixels in a rectangle of its plane: (h, w, 4) premultiplied."""

_FINE = 12
"""Steps of the tabulated surface in each field of a mesh."""
_COARSE = 8
"""Canvas pixels between places that are found exactly; between them the map is linear."""
_ROUNDS = 8
_CLOSE = 1e-4
"""Canvas pixels: where all places were as near before a round, another one changes nothing."""
_SLENDER = 4.0
"""A pixel that is seen so much more from one side is sharp along the other one no more."""
_SHARP = 0.5
"""Levels of reduction later than a picture would shrink: a little sharper, not yet flickering."""
_COARSEST = 8


def bent(warp: Warp, transform: Transform, own: Rect, pixels: OwnPixels, area: Rect) -> Pixels:
    """(h, w, 4) of `area` of the canvas. own: what the unbent layer covers of its plane."""
    u, v = _PLACES[type(warp)](warp, transform, own, area)
    du, dv = _slopes(u), _slopes(v)
    cover = _within(u - own.x, own.width, du) * _within(v - own.y, own.height, dv)
    seen = cover > 0
    if not seen.any():
        return np.zeros((area.height, area.width, 4), np.uint8)
    level = _levels(u, v)
    found = np.zeros((area.height, area.width, 4), np.float32)
    for number in range(floor(float(level[seen].min())), ceil(float(level[seen].max())) + 1):
        weight = np.clip(1 - np.abs(level - number), 0, 1) * cover
        if (weight > 0).any():
            found += _looked_up(pixels, own, u, v, weight > 0, number) * weight[..., None]
    return np.asarray(cv2.convertScaleAbs(found))


def _looked_up(
    pixels: OwnPixels, own: Rect, u: Floats, v: Floats, seen: NDArray[np.bool_], level: int
) -> Floats:
    """The picture at (u, v), reduced `level` times by halves."""
    step = 1 << level
    near = Rect.between(
        float(u[seen].min()), float(v[seen].min()), float(u[seen].max()), float(v[seen].max())
    )
    region = _whole_steps(near.inflate(2 * step).intersect(own), step, own)
    if region.is_empty:
        return np.zeros((*u.shape, 4), np.float32)
    source = reduced(pixels(region), step)
    x = (u - np.float32(region.x)) / np.float32(step) - np.float32(0.5)
    y = (v - np.float32(region.y)) / np.float32(step) - np.float32(0.5)
    looked = cv2.remap(source, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(looked, np.float32)


def _whole_steps(near: Rect, step: int, own: Rect) -> Rect:
    if near.is_empty:
        return near
    x, y = near.x // step * step, near.y // step * step
    right = min(max(own.right, x + step), ceil(near.right / step) * step)
    bottom = min(max(own.bottom, y + step), ceil(near.bottom / step) * step)
    return Rect(x, y, right - x, bottom - y)


def _slopes(values: Floats) -> Floats:
    """How much changes from one pixel to the next, in the direction in which it changes most."""
    down, across = np.gradient(values)
    return np.asarray(np.hypot(down, across), np.float32)


def _levels(u: Floats, v: Floats) -> Floats:
    """How often the picture is halved before it is looked up, at each pixel."""
    (u_down, u_across), (v_down, v_across) = np.gradient(u), np.gradient(v)
    one, other = np.hypot(u_across, v_across), np.hypot(u_down, v_down)
    larger, smaller = np.maximum(one, other), np.minimum(one, other)
    shrunk = np.minimum(larger, np.maximum(smaller, 1e-6) * _SLENDER)
    levels = np.log2(np.maximum(shrunk, 1e-6)) - _SHARP
    return np.asarray(np.clip(levels, 0, _COARSEST), np.float32)


def _within(position: Floats, length: int, pixel: Floats) -> Floats:
    """The share of a canvas pixel, `pixel` wide in the layer, that lies in 0..length."""
    width = np.maximum(pixel, 1e-6)
    left = np.clip(position / width + 0.5, 0, 1)
    right = np.clip((length - position) / width + 0.5, 0, 1)
    return np.asarray(np.clip(left + right - 1, 0, 1), np.float32)


def _perspective(
    warp: Perspective, transform: Transform, own: Rect, area: Rect
) -> tuple[Floats, Floats]:
    corners = [transform.map(corner) for corner in warp.corners]
    source = [(own.x, own.y), (own.right, own.y), (own.right, own.bottom), (own.x, own.bottom)]
    back = cv2.getPerspectiveTransform(
        np.array(corners, np.float32) - np.array((area.x, area.y), np.float32),
        np.array(source, np.float32),
    )
    x = np.arange(area.width) + 0.5
    y = (np.arange(area.height) + 0.5)[:, None]
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    # Behind the horizon nothing is seen; the layer itself gives the sign of "in front".
    middle = np.linalg.inv(back) @ (own.x + own.width / 2, own.y + own.height / 2, 1)
    front = np.sign((back @ (middle / middle[2]))[2])
    depth = np.where(depth * front > 1e-12, depth, np.inf)
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    outside = np.isinf(depth)
    far = own.x - 4.0 * max(own.width, own.height)
    return np.where(outside, far, u).astype(np.float32), np.where(outside, far, v).astype(
        np.float32
    )


def _mesh(warp: MeshWarp, transform: Transform, own: Rect, area: Rect) -> tuple[Floats, Floats]:
    surface = _surface(warp, transform, own)
    columns, rows = area.width // _COARSE + 3, area.height // _COARSE + 3
    x = area.x + (np.arange(columns) - 1) * float(_COARSE)
    y = area.y + (np.arange(rows) - 1) * float(_COARSE)
    u, v = surface.own_place(*np.meshgrid(x, y))
    inner_x = (np.arange(area.width, dtype=np.float32) + 0.5) / _COARSE + 1
    inner_y = (np.arange(area.height, dtype=np.float32) + 0.5) / _COARSE + 1
    at_x, at_y = np.meshgrid(inner_x, inner_y)
    fine = [
        np.asarray(cv2.remap(one.astype(np.float32), at_x, at_y, cv2.INTER_LINEAR), np.float32)
        for one in (u, v)
    ]
    return fine[0], fine[1]


class _Surface:
    """The smooth surface through a mesh's points, tabulated, going on straight beyond its rim."""

    def __init__(self, warp: MeshWarp, transform: Transform, own: Rect) -> None:
        self._own = own
        points = np.array([transform.map(point) for point in warp.points], np.float64)
        grid = points.reshape(warp.rows + 1, warp.columns + 1, 2)
        across, down = _weights(warp.columns), _weights(warp.rows)
        table = np.einsum("rj,jic,si->rsc", down, grid, across)
        self._x = np.ascontiguousarray(table[..., 0], np.float32)
        self._y = np.ascontiguousarray(table[..., 1], np.float32)
        self._dx, self._dy = np.gradient(self._x), np.gradient(self._y)
        self._step = (
            own.width / warp.columns / _FINE,
            own.height / warp.rows / _FINE,
        )

    def own_place(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
        """Where in the layer's plane these places of the canvas lie: Newton's method from the
        nearest tabulated point."""
        s, t = self._nearest(x, y)
        for _ in range(_ROUNDS):
            off_x = x - self._at(self._x, s, t)
            off_y = y - self._at(self._y, s, t)
            a, b = self._at(self._dx[1], s, t), self._at(self._dx[0], s, t)
            c, d = self._at(self._dy[1], s, t), self._at(self._dy[0], s, t)
            det = a * d - b * c
            det = np.where(np.abs(det) < 1e-6, np.copysign(1e-6, det), det)
            s = s + np.clip((d * off_x - b * off_y) / det, -_FINE, _FINE)
            t = t + np.clip((a * off_y - c * off_x) / det, -_FINE, _FINE)
            if max(np.abs(off_x).max(), np.abs(off_y).max()) < _CLOSE:
                break
        u = self._own.x + (s - _FINE) * self._step[0]
        v = self._own.y + (t - _FINE) * self._step[1]
        missed = np.hypot(x - self._at(self._x, s, t), y - self._at(self._y, s, t)) > 1.0
        height, width = self._x.shape
        inside = (s >= _FINE) & (t >= _FINE) & (s <= width - 1 - _FINE) & (t <= height - 1 - _FINE)
        gone = missed & inside
        far = self._own.x - 4.0 * max(self._own.width, self._own.height)
        return np.where(gone, far, u), np.where(gone, far, v)

    def _nearest(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
        coarse = _FINE // 3
        nodes_x, nodes_y = self._x[::coarse, ::coarse], self._y[::coarse, ::coarse]
        away = np.square(x.reshape(-1, 1) - nodes_x.reshape(1, -1))
        away += np.square(y.reshape(-1, 1) - nodes_y.reshape(1, -1))
        row, column = np.divmod(away.argmin(axis=1), nodes_x.shape[1])
        s = (column * coarse).astype(np.float64).reshape(x.shape)
        return s, (row * coarse).astype(np.float64).reshape(x.shape)

    def _at(self, table: Floats, s: Doubles, t: Doubles) -> Doubles:
        """The table between its points; beyond its rim it goes on straight."""
        height, width = table.shape
        column = np.clip(np.floor(s).astype(int), 0, width - 2)
        row = np.clip(np.floor(t).astype(int), 0, height - 2)
        fx, fy = s - column, t - row
        upper = table[row, column] * (1 - fx) + table[row, column + 1] * fx
        lower = table[row + 1, column] * (1 - fx) + table[row + 1, column + 1] * fx
        return np.asarray(upper * (1 - fy) + lower * fy)


@lru_cache(maxsize=4)
def _surface(warp: MeshWarp, transform: Transform, own: Rect) -> _Surface:
    """All blocks of a layer ask for the same."""
    return _Surface(warp, transform, own)


def _weights(fields: int) -> Doubles:
    """(steps, fields + 1): what each point of a row counts at each step, Catmull-Rom, with one
    field beyond either end, where the row goes on straight."""
    count = fields + 1
    steps = (fields + 2) * _FINE + 1
    place = np.arange(steps) / _FINE - 1
    weights = np.zeros((steps, count))
    for number, at in enumerate(place):
        if at < 0 or at > fields:
            end, inner = (0, 1) if at < 0 else (fields, fields - 1)
            beyond = -at if at < 0 else at - fields
            weights[number, end] += 1 + beyond
            weights[number, inner] -= beyond
            continue
        first = min(int(at), fields - 1)
        for offset, share in enumerate(_catmull_rom(at - first), -1):
            _add(weights[number], first + offset, share)
    return weights


def _catmull_rom(f: float) -> tuple[float, float, float, float]:
    """E. Catmull and R. Rom, 1974, with tension 1/2: shares of four points in a row."""
    return (
        -0.5 * f + f**2 - 0.5 * f**3,
        1 - 2.5 * f**2 + 1.5 * f**3,
        0.5 * f + 2 * f**2 - 1.5 * f**3,
        -0.5 * f**2 + 0.5 * f**3,
    )


def _add(weights: Doubles, point: int, share: float) -> None:
    """The point beyond an end is the one inside of it, mirrored in the end."""
    last = len(weights) - 1
    if point < 0:
        weights[0] += 2 * share
        weights[1] -= share
    elif point > last:
        weights[last] += 2 * share
        weights[last - 1] -= share
    else:
        weights[point] += share


_PLACES: Mapping[type, Callable[[Any, Transform, Rect, Rect], tuple[Floats, Floats]]] = (
    MappingProxyType({Perspective: _perspective, MeshWarp: _mesh})
)
