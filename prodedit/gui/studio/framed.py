# SPDX-License-Identifier: Apache-2.0
"""A generated picture as an icon: with a line round it, as most are white at their edges."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap

from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor


def framed(image: QImage, side: int, scale: float = 1.0) -> QPixmap:
    """`side` widget units large, for a screen of that scale factor."""
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    square = QRectF(0.5, 0.5, side - 1, side - 1)
    outline = QPainterPath()
    outline.addRoundedRect(square, RADIUS, RADIUS)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(outline)
    painter.drawImage(square, image)
    painter.setClipping(False)
    painter.setPen(QPen(qcolor(palette_now().border), 1))
    painter.drawPath(outline)
    painter.end()
    return picture
