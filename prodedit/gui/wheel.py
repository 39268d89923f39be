# SPDX-License-Identifier: Apache-2.0
"""What a turn of the wheel means over a picture."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent

_NOTCH = 120
"""What Qt reports for one notch of a wheel."""
_ZOOM_A_NOTCH = 1.25
_PAN_A_NOTCH = 64
"""Widget units."""
_ZOOMS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def is_zoom(event: QWheelEvent) -> bool:
    """Whether it zooms; else it pans."""
    return bool(event.modifiers() & _ZOOMS)


def zoom_of(event: QWheelEvent) -> float:
    """The factor."""
    turned = event.angleDelta().y() or event.angleDelta().x()  # with Alt, Qt tells a sideways turn
    return float(_ZOOM_A_NOTCH ** (turned / _NOTCH))


def pan_of(event: QWheelEvent) -> QPoint:
    """In widget units."""
    step = event.pixelDelta()
    if step.isNull():
        step = event.angleDelta() * _PAN_A_NOTCH / _NOTCH
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not step.x():
        step = QPoint(step.y(), 0)
    return step
