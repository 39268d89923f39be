# SPDX-License-Identifier: Apache-2.0
"""What a buffer of device pixels comes to on a widget, also where the view is turned."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QRegion, QTransform

from prodedit.core.geometry import Rect, Transform
from prodedit.gui.regions import rects_of
from prodedit.gui.viewport import Viewport


def qtransform(transform: Transform) -> QTransform:
    return QTransform(*transform)


def paint_buffer(painter: QPainter, image: QImage, viewport: Viewport, region: QRegion) -> None:
    """`image`: of `viewport.upright`. `region`: of the widget, what is painted now."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.scale(1 / viewport.ratio, 1 / viewport.ratio)
    if viewport.angle:
        painter.setTransform(qtransform(viewport.turn), True)
        is_cut = viewport.angle % 90 != 0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_cut)
        # All of it: the painter is clipped to the region.
        painter.drawImage(0, 0, image)
    else:
        for rect in rects_of(device_region(region, viewport)):
            painter.drawImage(rect.topLeft(), image, rect)
    painter.restore()


def device_region(region: QRegion, viewport: Viewport) -> QRegion:
    """The screen's device pixels that these pixels of the widget touch."""
    ratio = viewport.ratio
    if ratio == 1.0:
        return region
    result = QRegion()
    for rect in rects_of(region):
        x, y = floor(rect.x() * ratio), floor(rect.y() * ratio)
        right = ceil((rect.x() + rect.width()) * ratio)
        bottom = ceil((rect.y() + rect.height()) * ratio)
        result += QRect(x, y, right - x, bottom - y)
    return result


def on_widget(device: QRect, viewport: Viewport) -> QRect:
    """The widget's pixels that these device pixels of the buffer touch."""
    if viewport.angle:
        around = Rect(device.x(), device.y(), device.width(), device.height()).inflate(1)
        device = QRect(*viewport.turn.map_rect(around))
    ratio = viewport.ratio
    x, y = floor(device.x() / ratio), floor(device.y() / ratio)
    right = ceil((device.x() + device.width()) / ratio)
    bottom = ceil((device.y() + device.height()) / ratio)
    return QRect(x, y, right - x, bottom - y)


def still_to_show(drawn: QRegion, painted: QRegion, viewport: Viewport) -> QRegion:
    """What of the buffer's `drawn` pixels is not in what of the widget is `painted` just now, in
    the widget's pixels."""
    if not viewport.angle:
        drawn, painted = drawn - device_region(painted, viewport), QRegion()
        if viewport.ratio == 1.0:
            return drawn
    shown = QRegion()
    for rect in rects_of(drawn):
        shown += on_widget(rect, viewport)
    return shown - painted
