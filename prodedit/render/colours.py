# SPDX-License-Identifier: Apache-2.0
"""Colours and gradients as Qt has them."""

from __future__ import annotations

from math import cos, hypot, radians, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QRadialGradient

from prodedit.core.layer import Colour, GradientFill, SolidFill


def qcolor(colour: Colour) -> QColor:
    return QColor(colour.red, colour.green, colour.blue, colour.alpha)


def brush_over(fill: SolidFill | GradientFill, area: QRectF) -> QBrush:
    """The fill as it lies over `area`: a gradient's ends meet its corners."""
    if isinstance(fill, SolidFill):
        return QBrush(qcolor(fill.colour))
    gradient = _radial(area) if fill.shape == "radial" else _linear(fill, area)
    gradient.setColorAt(0, qcolor(fill.start))
    gradient.setColorAt(1, qcolor(fill.end))
    return QBrush(gradient)


def _linear(fill: GradientFill, area: QRectF) -> QGradient:
    """As long as the area seen along the angle."""
    x, y = cos(radians(fill.angle)), sin(radians(fill.angle))
    reach = (abs(x) * area.width() + abs(y) * area.height()) / 2
    along = QPointF(x * reach, y * reach)
    return QLinearGradient(area.center() - along, area.center() + along)


def _radial(area: QRectF) -> QGradient:
    return QRadialGradient(area.center(), hypot(area.width(), area.height()) / 2)
