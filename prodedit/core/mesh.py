# SPDX-License-Identifier: Apache-2.0
"""The smooth surface through a mesh's points, and where in a layer's plane its places lie."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Transform
from prodedit.core.warp import MeshWarp

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_FINE = 12
"""Steps of the tabulated surface in each field of a mesh."""
_COARSE = 8
"""Canvas pixels between places that are found exactly; between them the map is linear."""
_ROUNDS = 8
_CLOSE = 1e-4
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
