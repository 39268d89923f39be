# SPDX-License-Identifier: Apache-2.0
"""Where the light comes from: a small dial beside a slider."""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from prodedit.gui.draggable import Draggable
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.theme import palette_now, qcolor

_SIDE = 32
_STEPS = {
    Qt.Key.Key_Left: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Right: -1, Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 15, Qt.Key.Key_PageDown: -15,
}  # fmt: skip
_WHOLE = 15
"""Degrees that Shift keeps to."""


class LightDial(Draggable):
    """0..359 degrees: 0 = from the right, 90 = from above."""

    changed = Signal(object)
    finished = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle = 120
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def angle(self) -> int:
        return self._angle

    def set_angle(self, angle: int) -> None:
        """Without telling anybody."""
        self._angle = angle % 360
        self.update()

    def _point(self, event: QMouseEvent) -> None:
        middle = QRectF(self.rect()).center()
        away = event.position() - middle
        angle = degrees(atan2(-away.y(), away.x()))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            angle = round(angle / _WHOLE) * _WHOLE
        self.set_angle(round(angle))
        self.changed.emit(self._angle)

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.hold_changed.emit()
            self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.finished.emit(self._angle)
            self.hold_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.set_angle(self._angle + step)
        self.changed.emit(self._angle)
        self.finished.emit(self._angle)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = palette_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        edge = palette.link if self.hasFocus() else palette.edge
        painter.setPen(QPen(qcolor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(qcolor(palette.field))
        painter.drawEllipse(ring)
        turn, far = radians(self._angle), ring.width() / 2 - 5
        sun = ring.center() + QPointF(cos(turn) * far, -sin(turn) * far)
        ink = palette.text if self.isEnabled() else palette.disabled
        painter.setPen(QPen(qcolor(ink), 1))
        painter.drawLine(ring.center(), sun)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(ink))
        painter.drawEllipse(sun, 4, 4)
        painter.end()


class LightRow(QWidget):
    """The dial, and the same as a slider with its number."""

    changed = Signal(object)
    finished = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dial = LightDial(title, self)
        self.slider = SliderRow(title, 0, 359, 120, "°", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.slider, 1)
        row.addWidget(self.dial)
        self.dial.changed.connect(self.slider.set_value)
        self.slider.changed.connect(self.dial.set_angle)
        for part in (self.dial, self.slider):
            part.changed.connect(self.changed)
            part.finished.connect(self.finished)

    @property
    def value(self) -> int:
        return self.dial.angle

    def set_value(self, angle: int) -> None:
        self.dial.set_angle(angle)
        self.slider.set_value(angle % 360)
