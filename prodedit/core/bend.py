# SPDX-License-Identifier: Apache-2.0
"""Where a bent layer's places lie on the canvas, and the canvas' places in the layer's plane."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodedit.core.geometry import IDENTITY, Point, Rect, Transform
from prodedit.core.layer import Layer
from prodedit.core.mesh import mesh_own, mesh_shown
from prodedit.core.warp import MeshWarp, Warp

Doubles = NDArray[np.float64]

_NODES = 9
"""Places along each side of a rectangle that tell where it comes to lie."""
_BLUR = 16
"""Canvas pixels that reduced sizes of a bent picture carry a change."""


class Bend(NamedTuple):
    """own: what the unbent layer covers of its plane; inner: what lies on that plane by a map of
    its own (a mask) counts in its own pixels."""

    warp: Warp
    transform: Transform
    own: Rect
    inner: Transform = IDENTITY

    def to_canvas(self, u: ArrayLike, v: ArrayLike) -> tuple[Doubles, Doubles]:
        """Where these places come to lie; infinity behind the horizon."""
        (a, b, c, d, dx, dy), u, v = self.inner, np.asarray(u, float), np.asarray(v, float)
        x: Doubles = a * u + c * v + dx
        y: Doubles = b * u + d * v + dy
        if isinstance(self.warp, MeshWarp):
            return mesh_shown(self.warp, self.transform, self.own, x, y)
        return _projected(self._matrix(), x, y)

    def to_own(self, point: Point) -> Point:
        """What of the layer shows at a point of the canvas; far away where that is nothing.

        Raises ValueError where `inner` squeezes all to a line."""
        if isinstance(self.warp, MeshWarp):
            u, v = mesh_own(self.warp, self.transform, self.own, point)
        else:
            back = np.asarray(np.linalg.inv(self._matrix()), np.float64)
            x, y = _projected(back, np.array(point.x), np.array(point.y))
            u, v = float(x), float(y)
        return self.inner.inverse().map(Point(u, v))

    def shown_rect(self, rect: Rect) -> Rect:
        """What of the canvas a change in `rect` may show on."""
        if rect.is_empty:
            return rect
        near = rect.inflate(1)
        u, v = np.meshgrid(
            np.linspace(near.x, near.right, _NODES), np.linspace(near.y, near.bottom, _NODES)
        )
        x, y = self.to_canvas(u, v)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            return self.transform.map_rect(self.own).inflate(1 << 16)
        area = Rect.between(*(float(one) for one in (x.min(), y.min(), x.max(), y.max())))
        swing = max(area.width, area.height) // _NODES if isinstance(self.warp, MeshWarp) else 0
        return area.inflate(swing + _BLUR)

    def _matrix(self) -> Doubles:
        """(3, 3): the layer's plane to the canvas, in front of the horizon where w > 0."""
        own = self.own
        source = [(own.x, own.y), (own.right, own.y), (own.right, own.bottom), (own.x, own.bottom)]
        assert not isinstance(self.warp, MeshWarp)
        corners = [self.transform.map(corner) for corner in self.warp.corners]
        matrix = cv2.getPerspectiveTransform(
            np.array(source, np.float32), np.array(corners, np.float32)
        )
        middle = matrix @ (own.x + own.width / 2, own.y + own.height / 2, 1.0)
        return np.asarray(matrix / np.copysign(1.0, middle[2]), np.float64)


def bend_of(layer: Layer, *, masked: bool = False) -> Bend | None:
    """masked: of its mask's pixels. None of what is not bent."""
    own = layer.straight_bounds
    if layer.warp is None or own is None:
        return None
    inner = layer.mask.transform if masked and layer.mask is not None else IDENTITY
    return Bend(layer.warp, layer.transform, own, inner)


def _projected(matrix: Doubles, u: Doubles, v: Doubles) -> tuple[Doubles, Doubles]:
    w = matrix[2, 0] * u + matrix[2, 1] * v + matrix[2, 2]
    in_front = np.where(w > 1e-12, w, np.nan)
    x = (matrix[0, 0] * u + matrix[0, 1] * v + matrix[0, 2]) / in_front
    y = (matrix[1, 0] * u + matrix[1, 1] * v + matrix[1, 2]) / in_front
    return np.where(w > 1e-12, x, np.inf), np.where(w > 1e-12, y, np.inf)
