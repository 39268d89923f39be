# SPDX-License-Identifier: Apache-2.0
"""What of the canvas a layer's own pixels lie under."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.tiles import Pixels

Region = Callable[[Rect], Pixels]
"""The canvas' pixels in a rectangle, (h, w) or (h, w, 4) uint8; zero where there is nothing."""
Floats = NDArray[np.float32]

NOWHERE = Point(0, 0)


def seen_through(region: Region, placed: Transform, area: Rect, offset: Point = NOWHERE) -> Pixels:
    """(h, w) or (h, w, 4): what lies on the canvas where `area` of a layer comes to lie by
    `placed`, and so much further on as `offset` says."""
    if placed.is_whole_shift and offset.x % 1 == 0 and offset.y % 1 == 0:
        return region(area.translate(int(placed.dx + offset.x), int(placed.dy + offset.y)))
    a, b, c, d, dx, dy = placed.shifted(offset.x, offset.y)
    source = placed.shifted(offset.x, offset.y).map_rect(area).inflate(2)
    # From middles of pixels to middles of pixels.
    x, y = area.x + 0.5, area.y + 0.5
    matrix = np.array(
        [
            [a, c, a * x + c * y + dx - 0.5 - source.x],
            [b, d, b * x + d * y + dy - 0.5 - source.y],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (area.width, area.height)
    return np.asarray(cv2.warpAffine(region(source), matrix, size, flags=flags), np.uint8)


def seen_at(region: Region, x: Floats, y: Floats, offset: Point = NOWHERE) -> Pixels:
    """As `seen_through`, at these places of the canvas, middles of pixels."""
    across, down = (
        np.clip(one + np.float32(far - 0.5), -(1 << 20), 1 << 20)
        for one, far in ((x, offset.x), (y, offset.y))
    )
    source = Rect.between(
        float(across.min()), float(down.min()), float(across.max()), float(down.max())
    ).inflate(2)
    if source.size.area > 1 << 28:  # the horizon: what lies there is not seen anyway
        return np.zeros_like(region(Rect(0, 0, x.shape[1], x.shape[0])))
    found = cv2.remap(
        region(source),
        across - np.float32(source.x),
        down - np.float32(source.y),
        cv2.INTER_LINEAR,
    )
    return np.asarray(found, np.uint8)
