# SPDX-License-Identifier: Apache-2.0
"""A slider with its name and number: double click resets, wheel and arrows step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

LABEL = 64
"""Width of the names, so that sliders below each other begin at one line."""


class SliderRow(QWidget):
    """Whole numbers from `low` to `high`."""

    changed = Signal(int)
    """While it moves, by mouse or keys."""
    finished = Signal(int)
    """It came to rest: released, typed, stepped."""

    def __init__(
        self,
        title: str,
        low: int,
        high: int,
        value: int,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = value
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(low, high)
        self._slider.setValue(value)
        self._slider.setAccessibleName(title)
        self._slider.installEventFilter(self)
        self._number = QSpinBox(self)
        self._number.setRange(low, high)
        self._number.setValue(value)
        self._number.setSuffix(suffix)
        self._number.setFixedWidth(84)
        self._number.setKeyboardTracking(False)
        self._number.setAccessibleName(title)
        self._number.lineEdit().setTextMargins(4, 0, 0, 0)
        self._number.lineEdit().setAccessibleName(title)
        self._label = QLabel(title, self)
        self._label.setBuddy(self._number)
        self._lay_out()
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderReleased.connect(self._rested)
        self._number.valueChanged.connect(self._typed)

    @property
    def value(self) -> int:
        return self._slider.value()

    def set_value(self, value: int) -> None:
        """Show `value` without telling anybody."""
        for widget in (self._slider, self._number):
            blocked = widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(blocked)

    def hide_name(self) -> None:
        """Where there is no room for it, it is told by the tooltip."""
        self._label.hide()
        self.setToolTip(self._label.text())

    def _lay_out(self) -> None:
        self._label.setMinimumWidth(LABEL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)

    def _slid(self, value: int) -> None:
        blocked = self._number.blockSignals(True)
        self._number.setValue(value)
        self._number.blockSignals(blocked)
        self.changed.emit(value)
        if not self._slider.isSliderDown():
            self.finished.emit(value)

    def _rested(self) -> None:
        self.finished.emit(self.value)

    def _typed(self, value: int) -> None:
        self._slider.setValue(value)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._slider and event.type() == QEvent.Type.MouseButtonDblClick:
            self._slider.setValue(self._first)
            return True
        return super().eventFilter(watched, event)
