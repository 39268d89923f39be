# SPDX-License-Identifier: Apache-2.0
"""A number with its name and a slider: the name can be pulled, a double click resets, arrows step
(with Shift tenfold), and what is typed wrongly is said below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from prodedit.gui.draggable import Draggable
from prodedit.gui.number_field import MANY, NumberField

LABEL = 64
"""Width of the names, so that sliders below each other begin at one line."""
_NUMBER = 84
_FULL_PULL = 300.0
"""Widget units that the name is pulled from one end of a long range to the other."""
_TOLD = 6000
"""Milliseconds for which it stays said what was wrong."""
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1,
}  # fmt: skip


class _Name(QLabel):
    """Pulled to the sides by the mouse."""

    pressed = Signal()
    pulled = Signal(float)
    """Widget units since the press, to the right; with Shift tenfold."""
    released = Signal()
    reset_wanted = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._from: float | None = None
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    # Qt's own names

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().x()
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            many = MANY if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.pulled.emit((event.position().x() - self._from) * many)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_wanted.emit()


class SliderRow(Draggable):
    """Numbers from `low` to `high` with so many `decimals`; whole ones are told as ints."""

    changed = Signal(object)
    """While it moves, by mouse or keys."""
    finished = Signal(object)
    """It came to rest: released, typed, stepped."""

    def __init__(
        self,
        title: str,
        low: float,
        high: float,
        value: float,
        suffix: str = "",
        parent: QWidget | None = None,
        *,
        decimals: int = 0,
        above: bool = False,
        label: int = LABEL,
    ) -> None:
        """above: the name stands over the slider, where long ones have room. label: the least width
        of the name beside it."""
        super().__init__(parent)
        self._first, self._parts, self._pulled_from = value, 10**decimals, 0
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(round(low * self._parts), round(high * self._parts))
        self._slider.setPageStep(max(1, round((high - low) * self._parts / 20)))
        self._slider.setSingleStep(1 if decimals < 2 else 5)
        self._slider.setAccessibleName(title)
        self._slider.installEventFilter(self)
        self._number = NumberField(title, self)
        self._number.setDecimals(decimals)
        self._number.setRange(low, high)
        self._number.setSingleStep(self._slider.singleStep() / self._parts)
        self._number.setSuffix(suffix)
        self._number.setFixedWidth(_NUMBER)
        self._label = _Name(title, self)
        self._label.setBuddy(self._number)
        self._told = QLabel(self)
        self._told.setProperty("role", "error")
        self._told.setWordWrap(True)
        self._told.hide()
        self._silence = QTimer(self, singleShot=True, interval=_TOLD)
        self.set_value(value)
        self._lay_out(above, label)
        self._connect()

    @property
    def title(self) -> str:
        return self._label.text()

    @property
    def value(self) -> float:
        """An int where there are no decimals."""
        shown = self._slider.value()
        return shown if self._parts == 1 else shown / self._parts

    def set_value(self, value: float) -> None:
        """Show `value` without telling anybody."""
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(round(value * self._parts))
        self._slider.blockSignals(blocked)
        self._show_number(value)

    def reset(self) -> None:
        """As it was at first."""
        self._slider.setValue(round(self._first * self._parts))

    def set_title(self, title: str) -> None:
        """Call it something else."""
        self._label.setText(title)
        for part in (self._slider, self._number, self._number.lineEdit()):
            part.setAccessibleName(title)

    def hide_name(self) -> None:
        """Where there is no room for it, it is told by the tooltip."""
        self._label.hide()
        self.setToolTip(self._label.text())

    def _lay_out(self, above: bool, label: int) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        if above:
            grid.addWidget(self._label, 0, 0)
            grid.addWidget(self._slider, 1, 0)
            grid.addWidget(self._number, 0, 1, 2, 1)
            grid.setColumnStretch(0, 1)
        else:
            self._label.setMinimumWidth(label)
            for column, widget in enumerate((self._label, self._slider, self._number)):
                grid.addWidget(widget, 0, column)
            grid.setColumnStretch(1, 1)
        grid.addWidget(self._told, 2, 0, 1, grid.columnCount())  # one more would add a space

    def _connect(self) -> None:
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderPressed.connect(self.hold_changed)
        self._slider.sliderReleased.connect(self._rested)
        self._number.valueChanged.connect(self._typed)
        self._number.refused.connect(self._tell)
        for over in (self._silence.timeout, self._number.lineEdit().textEdited):
            over.connect(self._told.hide)
        self._label.pressed.connect(self._begin_pull)
        self._label.pulled.connect(self._pull)
        self._label.released.connect(lambda: self._slider.setSliderDown(False))
        self._label.reset_wanted.connect(self.reset)

    def _show_number(self, value: float) -> None:
        blocked = self._number.blockSignals(True)
        self._number.setValue(value)
        self._number.blockSignals(blocked)

    def _slid(self, _place: int) -> None:
        self._show_number(self.value)
        self.changed.emit(self.value)
        if not self._slider.isSliderDown():
            self.finished.emit(self.value)

    def _rested(self) -> None:
        self.finished.emit(self.value)
        self.hold_changed.emit()

    def _typed(self, value: float) -> None:
        self._slider.setValue(round(value * self._parts))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()
        self._number.setAccessibleDescription(sentence)
        self._silence.start()

    def _begin_pull(self) -> None:
        self._pulled_from = self._slider.value()
        self._slider.setSliderDown(True)

    def _pull(self, far: float) -> None:
        span = self._slider.maximum() - self._slider.minimum()
        unit = max(self._slider.singleStep(), span / _FULL_PULL)
        self._slider.setValue(self._pulled_from + round(far * unit))

    def _stepped(self, event: QKeyEvent) -> bool:
        """Whether it was an arrow with Shift."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        far = MANY * step * self._slider.singleStep()
        self._slider.setValue(self._slider.value() + far)
        return True

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._slider and event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset()
            return True
        if watched is self._slider and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._stepped(event)
        return super().eventFilter(watched, event)
