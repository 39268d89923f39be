# SPDX-License-Identifier: Apache-2.0
"""Blocks of plain colour and of gradients."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QPainter, QRadialGradient

from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, Fill, GradientFill, SolidFill
from prodedit.core.tiles import TILE, Pixels, Place
from prodedit.render.images import Surface


def fill_block(fill: Fill, canvas: Size, place: Place) -> Pixels:
    """The block of canvas at `place`: (256, 256, 4) premultiplied BGRA."""
    return _PAINTERS[type(fill)](fill, canvas, place)


def is_solid(fill: Fill) -> bool:
    """Whether nothing shows through."""
    if isinstance(fill, SolidFill):
        return fill.colour.alpha == 255
    return fill.start.alpha == fill.end.alpha == 255


def varies(fill: Fill) -> bool:
    """Whether blocks at different places differ."""
    return not isinstance(fill, SolidFill)


def _plain(fill: SolidFill, canvas: Size, place: Place) -> Pixels:
    del canvas, place
    red, green, blue, alpha = fill.colour
    straight = np.array([blue, green, red, 255], np.uint32)
    pixels = np.empty((TILE, TILE, 4), np.uint8)
    pixels[:] = (straight * alpha + 127) // 255
    return pixels


def _gradient(fill: GradientFill, canvas: Size, place: Place) -> Pixels:
    surface = Surface.blank()
    gradient = _radial(canvas) if fill.shape == "radial" else _linear(fill, canvas)
    gradient.setColorAt(0, _qcolor(fill.start))
    gradient.setColorAt(1, _qcolor(fill.end))
    painter = QPainter(surface.image)
    painter.translate(-place[0] * TILE, -place[1] * TILE)
    painter.fillRect(place[0] * TILE, place[1] * TILE, TILE, TILE, QBrush(gradient))
    painter.end()
    return surface.array


def _linear(fill: GradientFill, canvas: Size) -> QGradient:
    """As long as the canvas seen along the angle, so that the ends meet the corners."""
    x, y = cos(radians(fill.angle)), sin(radians(fill.angle))
    reach = (abs(x) * canvas.width + abs(y) * canvas.height) / 2
    middle = QPointF(canvas.width / 2, canvas.height / 2)
    along = QPointF(x * reach, y * reach)
    return QLinearGradient(middle - along, middle + along)


def _radial(canvas: Size) -> QGradient:
    middle = QPointF(canvas.width / 2, canvas.height / 2)
    return QRadialGradient(middle, hypot(canvas.width, canvas.height) / 2)


def _qcolor(colour: Colour) -> QColor:
    return QColor(colour.red, colour.green, colour.blue, colour.alpha)


_PAINTERS: dict[type, Callable[[Any, Size, Place], Pixels]] = {
    SolidFill: _plain,
    GradientFill: _gradient,
}
