# SPDX-License-Identifier: Apache-2.0
"""Blocks of plain colour, of gradients and of patterns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QTransform

from prodedit.core.geometry import Size
from prodedit.core.layer import Fill, GradientFill, PatternFill, SolidFill
from prodedit.core.tiles import TILE, Pixels, Place, Tiles
from prodedit.render.colours import brush_over
from prodedit.render.images import Surface, image_of

Texture = Pixels | None
"""Of a pattern: what `texture` made of its picture."""


def fill_block(fill: Fill, canvas: Size, place: Place, texture: Texture = None) -> Pixels:
    """The block of canvas at `place`: (256, 256, 4) premultiplied BGRA."""
    return _PAINTERS[type(fill)](fill, canvas, place, texture)


def is_solid(fill: Fill) -> bool:
    """Whether nothing shows through, as far as can be told without a pattern's picture."""
    if isinstance(fill, SolidFill):
        return fill.colour.alpha == 255
    return isinstance(fill, GradientFill) and fill.start.alpha == fill.end.alpha == 255


def varies(fill: Fill) -> bool:
    """Whether blocks at different places differ."""
    return not isinstance(fill, SolidFill)


def texture(fill: PatternFill, picture: Tiles) -> Pixels:
    """The picture in the pattern's size where that is smaller, by areas, so that nothing flickers;
    its period is then a whole number of pixels."""
    pixels = picture.to_array()
    if fill.scale >= 1:
        return pixels
    size = (_shrunk(picture.size.width, fill.scale), _shrunk(picture.size.height, fill.scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _shrunk(length: int, scale: float) -> int:
    return max(1, round(length * scale))


def _plain(fill: SolidFill, canvas: Size, place: Place, texture: Texture) -> Pixels:
    del canvas, place, texture
    red, green, blue, alpha = fill.colour
    straight = np.array([blue, green, red, 255], np.uint32)
    pixels = np.empty((TILE, TILE, 4), np.uint8)
    pixels[:] = (straight * alpha + 127) // 255
    return pixels


def _gradient(fill: GradientFill, canvas: Size, place: Place, texture: Texture) -> Pixels:
    del texture
    return _painted(brush_over(fill, QRectF(0, 0, canvas.width, canvas.height)), place)


def _pattern(fill: PatternFill, canvas: Size, place: Place, texture: Texture) -> Pixels:
    del canvas
    assert texture is not None
    brush = QBrush(image_of(texture))
    scale = max(1.0, fill.scale)
    brush.setTransform(QTransform.fromTranslate(fill.x, fill.y).scale(scale, scale))
    return _painted(brush, place)


def _painted(brush: QBrush, place: Place) -> Pixels:
    surface = Surface.blank()
    painter = QPainter(surface.image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(-place[0] * TILE, -place[1] * TILE)
    painter.fillRect(place[0] * TILE, place[1] * TILE, TILE, TILE, brush)
    painter.end()
    return surface.array


_PAINTERS: dict[type, Callable[[Any, Size, Place, Texture], Pixels]] = {
    SolidFill: _plain,
    GradientFill: _gradient,
    PatternFill: _pattern,
}
