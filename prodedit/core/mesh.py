# SPDX-License-Identifier: Apache-2.0
"""The smooth surface through a mesh's points, and where in a layer's plane its places lie."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.warp import MeshWarp

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_FINE = 12
"""Steps of the tabulated surface in each field of a mesh."""
_COARSE = 8
"""Canvas pixels between places that are found exactly; between them the map is linear."""
_ROUNDS = 8
_SKIPPED = 4
"""Of those places, so many of a row from one that is looked for from afar to the next."""
_AT_ONCE = 96
"""Places that are looked for together: their distances from all points stay in the cache."""
_CLOSE = 5e-3
"""Canvas pixels: where all places were as near before a round, another one changes nothing."""


def mesh_places(
    warp: MeshWarp, transform: Transform, own: Rect, area: Rect
) -> tuple[Floats, Floats]:
    """(h, w) each: where of the layer's plane lies what the pixels of `area` of the canvas show;
    far outside of `own` where that is nothing of it."""
    surface = _surface(warp, transform, own)
    columns, rows = area.width // _COARSE + 3, area.height // _COARSE + 3
    x = area.x + (np.arange(columns) - 1) * float(_COARSE)
    y = area.y + (np.arange(rows) - 1) * float(_COARSE)
    u, v = surface.own_place(*np.meshgrid(x, y))
    at_x, at_y = _between(area.size)
    fine = [
        np.asarray(cv2.remap(one.astype(np.float32), at_x, at_y, cv2.INTER_LINEAR), np.float32)
        for one in (u, v)
    ]
    return fine[0], fine[1]


def mesh_shown(
    warp: MeshWarp, transform: Transform, own: Rect, u: Doubles, v: Doubles
) -> tuple[Doubles, Doubles]:
    """Where these places of the layer's plane come to lie on the canvas."""
    return _surface(warp, transform, own).shown_place(u, v)


def mesh_own(warp: MeshWarp, transform: Transform, own: Rect, point: Point) -> Point:
    """Where in the layer's plane a point of the canvas lies; far outside of `own` for nothing."""
    x, y = np.array([[point.x]]), np.array([[point.y]])
    u, v = _surface(warp, transform, own).own_place(x, y)
    return Point(float(u[0, 0]), float(v[0, 0]))


@lru_cache(maxsize=4)
def _between(size: Size) -> tuple[Floats, Floats]:
    """Where the pixels of an area of that size lie among the places that were found."""
    x = (np.arange(size.width, dtype=np.float32) + 0.5) / _COARSE + 1
    y = (np.arange(size.height, dtype=np.float32) + 0.5) / _COARSE + 1
    at_x, at_y = np.meshgrid(x, y)
    return np.asarray(at_x, np.float32), np.asarray(at_y, np.float32)


class _Surface:
    """The smooth surface through a mesh's points, tabulated, going on straight beyond its rim."""

    def __init__(self, warp: MeshWarp, transform: Transform, own: Rect) -> None:
        self._own = own
        points = np.array([transform.map(point) for point in warp.points], np.float64)
        grid = points.reshape(warp.rows + 1, warp.columns + 1, 2)
        across, down = _weights(warp.columns), _weights(warp.rows)
        x, y = (down @ grid[..., axis] @ across.T for axis in (0, 1))
        (x_t, x_s), (y_t, y_s) = np.gradient(x), np.gradient(y)
        self._table = np.stack([x, y, x_s, x_t, y_s, y_t], axis=-1)
        """(rows, columns, 6): a place, and how it changes along the columns and the rows."""
        turning = x_s * y_t - x_t * y_s
        self._is_flat = bool(turning.min() > 0 or turning.max() < 0)
        self._step = (
            own.width / warp.columns / _FINE,
            own.height / warp.rows / _FINE,
        )

    def shown_place(self, u: Doubles, v: Doubles) -> tuple[Doubles, Doubles]:
        """Where on the canvas these places of the layer's plane lie."""
        s = (u - self._own.x) / self._step[0] + _FINE
        t = (v - self._own.y) / self._step[1] + _FINE
        x, y, *_ = self._at(s, t)
        return x, y

    def own_place(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
        """Where in the layer's plane these places of the canvas lie: Newton's method from the
        nearest tabulated point, or where nothing is folded from between a few that were found."""
        if self._is_flat and min(x.shape) > _SKIPPED:
            s, t, is_found = self._newton(x, y, *self._begun(x, y))
            if is_found:
                return self._own_of(s, t)
        s, t, is_found = self._newton(x, y, *self._nearest(x, y))
        u, v = self._own_of(s, t)
        if is_found:
            return u, v
        at_x, at_y, *_ = self._at(s, t)
        missed = np.hypot(x - at_x, y - at_y) > 1.0
        height, width = self._table.shape[:2]
        inside = (s >= _FINE) & (t >= _FINE) & (s <= width - 1 - _FINE) & (t <= height - 1 - _FINE)
        gone = missed & inside
        far = self._own.x - 4.0 * max(self._own.width, self._own.height)
        return np.where(gone, far, u), np.where(gone, far, v)

    def _newton(
        self, x: Doubles, y: Doubles, s: Doubles, t: Doubles
    ) -> tuple[Doubles, Doubles, bool]:
        """Nearer and nearer; and whether all are there."""
        for _ in range(_ROUNDS):
            at_x, at_y, a, b, c, d = self._at(s, t)
            off_x, off_y = x - at_x, y - at_y
            det = a * d - b * c
            det = np.where(np.abs(det) < 1e-6, np.copysign(1e-6, det), det)
            s = s + np.clip((d * off_x - b * off_y) / det, -_FINE, _FINE)
            t = t + np.clip((a * off_y - c * off_x) / det, -_FINE, _FINE)
            if max(np.abs(off_x).max(), np.abs(off_y).max()) < _CLOSE:
                return s, t, True
        return s, t, False

    def _own_of(self, s: Doubles, t: Doubles) -> tuple[Doubles, Doubles]:
        u = self._own.x + (s - _FINE) * self._step[0]
        v = self._own.y + (t - _FINE) * self._step[1]
        return u, v

    def _begun(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
        """Nearly where they are: each fourth place each way is found, the others lie between."""
        (rows, down), (columns, across) = map(_spread, x.shape)
        few = np.ix_(rows, columns)
        s, t, _ = self._newton(x[few], y[few], *self._nearest(x[few], y[few]))
        return down @ s @ across.T, down @ t @ across.T

    def _nearest(self, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles]:
        coarse = _FINE // 3
        nodes = self._table[::coarse, ::coarse].astype(np.float32)
        own_x, own_y = nodes[..., 0].ravel(), nodes[..., 1].ravel()
        to_x, to_y = (one.astype(np.float32).reshape(-1, 1) for one in (x, y))
        nearest = np.empty(len(to_x), np.intp)
        for first in range(0, len(to_x), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            away = np.square(to_x[part] - own_x)
            away += np.square(to_y[part] - own_y)
            away.argmin(axis=1, out=nearest[part])
        row, column = np.divmod(nearest, nodes.shape[1])
        s = (column * coarse).astype(np.float64).reshape(x.shape)
        return s, (row * coarse).astype(np.float64).reshape(x.shape)

    def _at(self, s: Doubles, t: Doubles) -> Doubles:
        """(6, ...): the table between its points; beyond its rim it goes on straight."""
        height, width, parts = self._table.shape
        column = np.clip(s.astype(np.intp), 0, width - 2)
        row = np.clip(t.astype(np.intp), 0, height - 2)
        fx, fy = (s - column)[..., None], (t - row)[..., None]
        flat, first = self._table.reshape(-1, parts), row * width + column
        upper, lower = flat.take(first, axis=0), flat.take(first + width, axis=0)
        upper += (flat.take(first + 1, axis=0) - upper) * fx
        lower += (flat.take(first + width + 1, axis=0) - lower) * fx
        return np.moveaxis(upper + (lower - upper) * fy, -1, 0)


@lru_cache(maxsize=4)
def _surface(warp: MeshWarp, transform: Transform, own: Rect) -> _Surface:
    """All blocks of a layer ask for the same."""
    return _Surface(warp, transform, own)


@lru_cache(maxsize=8)
def _spread(count: int) -> tuple[NDArray[np.intp], Doubles]:
    """Each fourth of a row and the last one; (count, those): what each of them counts at each."""
    few = np.append(np.arange(0, count - 1, _SKIPPED), count - 1)
    each = np.eye(few.size)
    shares = [np.interp(np.arange(count), few, one) for one in each]
    return few, np.stack(shares, axis=1)


@lru_cache(maxsize=8)
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
