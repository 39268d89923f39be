# SPDX-License-Identifier: Apache-2.0
"""Darker or lighter towards the canvas' corners."""

from __future__ import annotations

import numpy as np

from prodedit.core.adjust.planes import Plane, Planes
from prodedit.core.adjust.values import Vignette
from prodedit.core.geometry import Rect, Size

_SQUARE = 8.0
"""The power of a rounded rectangle, at roundness -100; an ellipse has 2."""


def vignette(adjustment: Vignette, planes: Planes, area: Rect, canvas: Size) -> Planes:
    """Below 0 colours are scaled towards black, above 0 mixed with white, by `shade`."""
    amount = float(np.clip(adjustment.amount, -100, 100)) / 100
    weight = shade(adjustment, area, canvas) * np.float32(abs(amount))
    if amount < 0:
        return np.asarray(planes * (1 - weight))
    return np.asarray(planes + (1 - planes) * weight)


def shade(adjustment: Vignette, area: Rect, canvas: Size) -> Plane:
    """(h, w) float32: 0 in the middle of the canvas, 1 far out.

    The distance is 1 in the corners; at `midpoint` per cent of it half of the way is reached, over
    a range of `softness` per cent, smoothly (3 t^2 - 2 t^3). Lines of equal distance follow the
    canvas as ellipses; towards roundness 100 they are circles, towards -100 rounded rectangles.
    """
    distance = _distance(float(np.clip(adjustment.roundness, -100, 100)) / 100, area, canvas)
    half = max(adjustment.softness / 200, 1e-3)
    t = np.clip((distance - np.float32(adjustment.midpoint / 100 - half)) / (2 * half), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _distance(roundness: float, area: Rect, canvas: Size) -> Plane:
    half = np.array([canvas.width, canvas.height]) / 2
    axes = half + max(roundness, 0.0) * (half.mean() - half)
    power = 2.0 + (_SQUARE - 2) * max(-roundness, 0.0)
    corner = float((((half / axes) ** power).sum()) ** (1 / power))
    x = np.abs(np.arange(area.x, area.right) + 0.5 - half[0]) / (axes[0] * corner)
    y = np.abs(np.arange(area.y, area.bottom) + 0.5 - half[1]) / (axes[1] * corner)
    total = (x**power).astype(np.float32)[None, :] + (y**power).astype(np.float32)[:, None]
    root = np.sqrt(total) if power == 2 else np.power(total, np.float32(1 / power))
    return np.asarray(root, np.float32)
