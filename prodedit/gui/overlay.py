# SPDX-License-Identifier: Apache-2.0
"""What is drawn over the picture, in widget units: readable on black, on white and in between."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from prodedit.core.geometry import Point
from prodedit.core.layer import Colour

_DARK, _LIGHT = QColor(0, 0, 0, 210), QColor(255, 255, 255)
_ADD, _REMOVE = QColor("#1B873F"), QColor("#C62828")
_MARKED = QColor(60, 130, 250, 110)
_SEED = 8.0
"""Radius of the mark of a click."""


def paint_ring(painter: QPainter, middle: Point, radius: float, inner: float | None = None) -> None:
    """A brush's outline: a light line between two dark ones; `inner`: where its edge begins."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_DARK, 3.5), QPen(_LIGHT, 1.5)):
        painter.setPen(pen)
        painter.drawEllipse(QPointF(*middle), radius, radius)
    if inner is not None and 3 < inner < radius - 3:
        painter.setPen(QPen(_DARK, 1.0))
        painter.drawEllipse(QPointF(*middle), inner, inner)
        painter.setPen(QPen(_LIGHT, 1.0, Qt.PenStyle.DotLine))
        painter.drawEllipse(QPointF(*middle), inner, inner)
    painter.restore()


def paint_sign(painter: QPainter, middle: Point, add: bool) -> None:
    """A small plus or minus in the middle of the brush."""
    painter.save()
    for pen in (QPen(_DARK, 3.0), QPen(_LIGHT, 1.0)):
        painter.setPen(pen)
        painter.drawLine(QPointF(middle.x - 4, middle.y), QPointF(middle.x + 4, middle.y))
        if add:
            painter.drawLine(QPointF(middle.x, middle.y - 4), QPointF(middle.x, middle.y + 4))
    painter.restore()


def paint_seed(painter: QPainter, middle: Point, add: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(_ADD if add else _REMOVE)
    painter.setPen(QPen(_LIGHT, 1.5))
    painter.drawEllipse(QPointF(*middle), _SEED, _SEED)
    painter.restore()
    paint_sign(painter, middle, add)


def paint_frame(painter: QPainter, a: Point, b: Point) -> None:
    """A dragged rectangle: black and white dashes."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rect = QRectF(QPointF(*a), QPointF(*b)).normalized()
    for pen in (QPen(_DARK, 1.0), QPen(_LIGHT, 1.0, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawRect(rect)
    painter.restore()


def paint_line(painter: QPainter, start: Point, end: Point) -> None:
    """A dragged line with a knob at each end."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(_DARK, 3.0), QPen(_LIGHT, 1.0)):
        painter.setPen(pen)
        painter.drawLine(QPointF(*start), QPointF(*end))
    painter.setPen(QPen(_DARK, 1.0))
    painter.setBrush(_LIGHT)
    for knob in (start, end):
        painter.drawEllipse(QPointF(*knob), 4.0, 4.0)
    painter.restore()


def paint_caret(painter: QPainter, upper: Point, lower: Point) -> None:
    """A line between two letters."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(_LIGHT, 3.0), QPen(_DARK, 1.5)):
        painter.setPen(pen)
        painter.drawLine(QPointF(*upper), QPointF(*lower))
    painter.restore()


def paint_marked(painter: QPainter, area: QPolygonF, *, filled: bool = True) -> None:
    """Chosen letters, or (not filled) the box that they stand in."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_MARKED)
        painter.drawPolygon(area)
    else:
        for pen in (QPen(_DARK, 1.0), QPen(_LIGHT, 1.0, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawPolygon(area)
    painter.restore()


def paint_swatch(painter: QPainter, tip: Point, colour: Colour) -> None:
    """The colour to be taken, in a ring round the pointer."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_DARK, 16.0), QPen(_LIGHT, 14.0), QPen(QColor(*colour), 11.0)):
        painter.setPen(pen)
        painter.drawEllipse(QPointF(*tip), 24.0, 24.0)
    painter.restore()


def paint_drop_target(painter: QPainter, area: QRectF, accent: Colour) -> None:
    """The canvas lights up while something that it takes hovers over it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    veil = QColor(*accent)
    veil.setAlpha(40)
    painter.setBrush(veil)
    painter.setPen(QPen(QColor(*accent), 3.0))
    painter.drawRoundedRect(area.adjusted(4, 4, -4, -4), 6.0, 6.0)
    painter.restore()
