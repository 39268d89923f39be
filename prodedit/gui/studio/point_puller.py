# SPDX-License-Identifier: Apache-2.0
"""Sets points on the large picture, and where each is to go."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from prodedit.engine.generating import Handle
from prodedit.gui.theme import palette_now, qcolor

MOST = 32
_NEAR = 0.035
"""Share of the side within which a press takes hold of a point that is there."""
_LEAST = 0.015
"""A pull that is shorter than this was a click."""
_DOT = 5.0


class PointPuller(QObject):
    """A PictureTool: a press sets a point, the way to where it is let go is the way it is to be
    pulled. Points that are there can be taken and moved."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.handles: tuple[Handle, ...] = ()
        self._held: tuple[int, bool] | None = None  # which one, and whether its target

    def set_handles(self, handles: tuple[Handle, ...]) -> None:
        """As they are now."""
        self.handles = handles
        self.changed.emit()

    def clear(self) -> None:
        self.set_handles(())

    def remove(self) -> None:
        """The one that was set last."""
        self.set_handles(self.handles[:-1])

    def press(self, place: QPointF) -> None:
        self._held = self._near(place)
        if self._held is None and len(self.handles) < MOST:
            new = Handle(place.x(), place.y(), place.x(), place.y())
            self._held = len(self.handles), True
            self.set_handles((*self.handles, new))

    def move(self, place: QPointF) -> None:
        if self._held is None:
            return
        number, is_target = self._held
        old = self.handles[number]
        x, y = place.x(), place.y()
        # One whose beginning is moved means another spot of the picture.
        new = old._replace(to_x=x, to_y=y) if is_target else Handle(x, y, old.to_x, old.to_y)
        self.set_handles((*self.handles[:number], new, *self.handles[number + 1 :]))

    def release(self, place: QPointF) -> None:
        self.move(place)
        self._held = None
        kept = tuple(one for one in self.handles if _length(one) >= _LEAST)
        if kept != self.handles:
            self.set_handles(kept)

    def _near(self, place: QPointF) -> tuple[int, bool] | None:
        ends = [
            (hypot(x - place.x(), y - place.y()), number, is_target)
            for number, one in enumerate(self.handles)
            for x, y, is_target in ((one.to_x, one.to_y, True), (one.x, one.y, False))
        ]
        near = min(ends, default=None)
        return None if near is None or near[0] > _NEAR else near[1:]

    def paint(self, painter: QPainter, square: QRectF, pointer: QPointF | None) -> None:
        palette = palette_now()
        light, dark = qcolor(palette.checker_light), qcolor(palette.surround)
        for one in self.handles:
            start, end = _at(square, one.x, one.y), _at(square, one.to_x, one.to_y)
            for ink, width in ((dark, 4.0), (light, 2.0)):
                painter.setPen(QPen(ink, width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawLine(start, end)
                painter.drawEllipse(end, _DOT + 1, _DOT + 1)
            painter.setPen(QPen(light, 2.0))
            painter.setBrush(qcolor(palette.accent))
            painter.drawEllipse(start, _DOT, _DOT)
        if pointer is not None and self._held is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for ink, width in ((dark, 3.0), (light, 1.0)):
                painter.setPen(QPen(ink, width))
                painter.drawEllipse(_at(square, pointer.x(), pointer.y()), _DOT, _DOT)


def way_left(handles: tuple[Handle, ...]) -> float:
    """The longest way that a point still has to go, as a share of the side."""
    return max(map(_length, handles), default=0.0)


def _length(handle: Handle) -> float:
    return hypot(handle.to_x - handle.x, handle.to_y - handle.y)


def _at(square: QRectF, x: float, y: float) -> QPointF:
    return QPointF(square.x() + x * square.width(), square.y() + y * square.height())
