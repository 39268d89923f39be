# SPDX-License-Identifier: Apache-2.0
"""Blocks of what is drawn and not stored: text and shapes, at whatever size they are shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QTransform

from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import Layer, ShapeContent, TextContent
from prodedit.core.tiles import Pixels
from prodedit.render.images import Surface
from prodedit.render.shapes import paint_shape
from prodedit.render.text import paint_text

_NOWHERE = Size(0, 0)


def drawn_bounds(layer: Layer) -> Rect:
    """What of the canvas' plane the layer may touch; nothing where it is squeezed to a line."""
    transform = layer.transform
    if transform.a * transform.d == transform.b * transform.c:
        return Rect(0, 0, 0, 0)
    own = layer.own_bounds
    return Rect(0, 0, 0, 0) if own is None or own.is_empty else layer.content_bounds(_NOWHERE)


def draw(content: TextContent | ShapeContent, transform: Transform, area: Rect) -> Pixels:
    """(h, w, 4) premultiplied BGRA of `area` of the plane that `transform` maps to.

    What fonts of another computer would draw beyond the measured extent is cut off: nobody knows
    to clean it up. Raises Problem where text is to be drawn and no fonts are loaded."""
    layer = Layer("", "", content, transform=transform)
    surface = Surface.blank(area.width, area.height)
    allowed = drawn_bounds(layer).intersect(area)
    if not allowed.is_empty:
        to_image = QTransform(*transform.shifted(-area.x, -area.y))
        clip = QRect(*allowed.translate(-area.x, -area.y))
        if isinstance(content, TextContent):
            _draw_text(surface, content, to_image, clip)
        else:
            paint_shape(surface.image, content, to_image)
    return surface.array


def _draw_text(surface: Surface, content: TextContent, to_image: QTransform, clip: QRect) -> None:
    painter = QPainter(surface.image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(clip)
        painter.setTransform(to_image)
        paint_text(painter, content, to_image.inverted()[0].mapRect(QRectF(clip)))
    finally:
        painter.end()
