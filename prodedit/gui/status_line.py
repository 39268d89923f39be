# SPDX-License-Identifier: Apache-2.0
"""The line at the bottom: the picture's size, where the pointer is, a hint for the tool."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QSizePolicy, QStatusBar, QWidget

from prodedit.gui.translation import translate

if TYPE_CHECKING:  # not to be loaded before the first paint
    from prodedit.core.geometry import Point
    from prodedit.editing.session import EditSession


class _Hint(QLabel):
    """One line; what there is no room for is told by dots, and by the tooltip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room, ink = self.contentsRect(), self.palette().color(self.foregroundRole())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if text == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class StatusLine(QStatusBar):
    angle_wanted = Signal(float)
    """Degrees, clockwise, that the view is to be turned by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(28)
        self.setContentsMargins(0, 0, 8, 0)
        self._size, self._place, self._hint = QLabel(self), QLabel(self), _Hint(self)
        self._size.setContentsMargins(12, 0, 0, 0)
        self._place.setMinimumWidth(120)
        self.addWidget(self._size)
        self.addWidget(self._place)
        self.addWidget(self._hint, 1)
        self.angle = QDoubleSpinBox(self)
        self._set_up_angle()
        self.addPermanentWidget(self.angle)
        # A long hint ends at the edge; it must not make the window wider than the screen.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _set_up_angle(self) -> None:
        self.angle.setObjectName("view angle")
        self.angle.setRange(-180, 180)
        self.angle.setWrapping(True)
        self.angle.setDecimals(1)
        self.angle.setSingleStep(15)
        self.angle.setSuffix("°")
        self.angle.setKeyboardTracking(False)
        self.angle.setFixedSize(92, 24)
        self.angle.setStyleSheet("min-height: 18px; padding-top: 0; padding-bottom: 0")
        self.angle.setToolTip(self.tr("The view is turned by this; the picture is not"))
        self.angle.setAccessibleName(self.tr("Angle of the view"))
        self.angle.lineEdit().setAccessibleName(self.tr("Angle of the view"))
        self.angle.lineEdit().setTextMargins(4, 0, 0, 0)
        self.angle.valueChanged.connect(self.angle_wanted)
        self.angle.hide()

    def show_angle(self, angle: float | None) -> None:
        """None: there is no view."""
        self.angle.setVisible(angle is not None)
        blocker = QSignalBlocker(self.angle)
        self.angle.setValue(angle or 0.0)
        blocker.unblock()

    def show_document(self, session: EditSession | None) -> None:
        if session is None:
            self._size.clear()
            self._place.clear()
            return
        size = session.document.size
        self._size.setText(f"{size.width} × {size.height}   sRGB   " + self.tr("8-bit"))

    @Slot(object)
    def show_place(self, point: Point | None) -> None:
        self._place.setText("" if point is None else f"x {floor(point.x)}   y {floor(point.y)}")

    def show_hint(self, hint: str) -> None:
        """`hint`: a tool's, not translated yet."""
        self._hint.setText(translate("Tool", hint) if hint else "")
