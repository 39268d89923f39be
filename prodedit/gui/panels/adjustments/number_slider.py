# SPDX-License-Identifier: Apache-2.0
"""A slider for numbers that may have parts; otherwise as SliderRow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QSlider, QWidget


class NumberSlider(QWidget):
    """Its name over the slider, so that a long one has room: names of adjustments are."""

    changed = Signal(float)
    """While it moves, by mouse or keys."""
    finished = Signal(float)
    """It came to rest: released, typed, stepped."""

    def __init__(
        self,
        title: str,
        low: float,
        high: float,
        value: float,
        *,
        decimals: int = 0,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = value
        self._steps = int(10**decimals)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(round(low * self._steps), round(high * self._steps))
        self._slider.setPageStep(max(1, round((high - low) * self._steps / 20)))
        self._slider.setAccessibleName(title)
        self._slider.installEventFilter(self)
        self._number = QDoubleSpinBox(self)
        self._number.setDecimals(decimals)
        self._number.setRange(low, high)
        self._number.setSingleStep(1 / self._steps if decimals < 2 else 5 / self._steps)
        self._number.setSuffix(suffix)
        self._number.setFixedWidth(84)
        self._number.setKeyboardTracking(False)
        self._number.setAccessibleName(title)
        self._number.lineEdit().setTextMargins(4, 0, 0, 0)
        self._number.lineEdit().setAccessibleName(title)
        self._label = QLabel(title, self)
        self._label.setBuddy(self._number)
        self.set_value(value)
        self._lay_out()
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderReleased.connect(self._rested)
        self._number.valueChanged.connect(self._typed)

    @property
    def title(self) -> str:
        return self._label.text()

    @property
    def value(self) -> float:
        return self._slider.value() / self._steps

    def set_value(self, value: float) -> None:
        """Show `value` without telling anybody."""
        for widget in (self._slider, self._number):
            blocked = widget.blockSignals(True)
            if isinstance(widget, QSlider):
                widget.setValue(round(value * self._steps))
            else:
                widget.setValue(value)
            widget.blockSignals(blocked)

    def reset(self) -> None:
        self._slider.setValue(round(self._first * self._steps))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._slider, 1, 0)
        grid.addWidget(self._number, 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)

    def _slid(self, value: int) -> None:
        blocked = self._number.blockSignals(True)
        self._number.setValue(value / self._steps)
        self._number.blockSignals(blocked)
        self.changed.emit(self.value)
        if not self._slider.isSliderDown():
            self.finished.emit(self.value)

    def _rested(self) -> None:
        self.finished.emit(self.value)

    def _typed(self, value: float) -> None:
        self._slider.setValue(round(value * self._steps))

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._slider and event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset()
            return True
        return super().eventFilter(watched, event)
