# SPDX-License-Identifier: Apache-2.0
"""A picture and all in it through one perspective map."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import IDENTITY, Point, Rect, Size, Transform
from prodedit.core.layer import GroupContent, Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective, Warp

Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left."""


def perspective(corners: Corners, target: Corners) -> NDArray[np.float64]:
    """(3, 3): maps each of `corners` to the one of `target`; in front of the horizon where w > 0.

    Raises Problem where the corners cross each other or lie in a line."""
    source, wanted = np.array(corners, np.float32), np.array(target, np.float32)
    for one in (source, wanted):
        if not np.isfinite(one).all() or not cv2.isContourConvex(one):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "The four corners would cross each other. Drag them further apart."
                ),
                code="crossed-corners",
            )
    matrix = np.asarray(cv2.getPerspectiveTransform(source, wanted), np.float64)
    middle = source.mean(axis=0)
    return np.asarray(matrix / float((matrix @ (*middle, 1.0))[2]), np.float64)


class Bending:
    """Everything through one perspective map of the canvas."""

    def __init__(self, matrix: NDArray[np.float64], size: Size) -> None:
        self._matrix = matrix
        self._size = size

    def layer(self, layer: Layer) -> Layer:
        if isinstance(layer.content, GroupContent):
            inner = tuple(map(self.layer, layer.children))
            return replace(layer, mask=self._canvas_mask(layer.mask)).with_children(inner)
        if layer.own_bounds is None:
            return replace(layer, mask=self._canvas_mask(layer.mask))
        rect = layer.straight_bounds
        assert rect is not None
        warp = layer.warp or Perspective(corners_of(rect))
        return replace(layer, transform=IDENTITY, warp=self._warp(warp, layer.transform))

    def alpha(self, tiles: Tiles, place: Transform = IDENTITY) -> Tiles:
        (a, b, c, d, dx, dy) = place
        matrix = self._matrix @ np.array([[a, c, dx], [b, d, dy], [0, 0, 1]])
        # Both name pixels by their corners; OpenCV by their middles.
        half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
        matrix = np.linalg.inv(half) @ matrix @ half
        bent = cv2.warpPerspective(tiles.to_array(), matrix, self._size, flags=cv2.INTER_LINEAR)
        return Tiles.from_array(np.asarray(bent, np.uint8))

    def _canvas_mask(self, mask: Mask | None) -> Mask | None:
        if mask is None:
            return None
        alpha = self.alpha(mask.alpha, mask.transform)
        return Mask(alpha, enabled=mask.enabled, linked=mask.linked)

    def _warp(self, warp: Warp, place: Transform) -> Warp:
        if isinstance(warp, Perspective):
            first, second, third, fourth = (self._point(place.map(p)) for p in warp.corners)
            return Perspective((first, second, third, fourth))
        points = tuple(self._point(place.map(point)) for point in warp.points)
        return MeshWarp(warp.columns, warp.rows, points)

    def _point(self, point: Point) -> Point:
        x, y, w = (float(number) for number in self._matrix @ (point.x, point.y, 1.0))
        if w <= 1e-9:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "A layer would reach beyond the horizon. Choose corners that are less slanted.",
                ),
                code="beyond-horizon",
            )
        return Point(x / w, y / w)


def corners_of(rect: Rect) -> Corners:
    return (
        Point(rect.x, rect.y),
        Point(rect.right, rect.y),
        Point(rect.right, rect.bottom),
        Point(rect.x, rect.bottom),
    )
