# SPDX-License-Identifier: Apache-2.0
"""A field for a number in which anything can be typed: what can't be is said, not swallowed."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

MANY = 10
"""Steps that Shift makes of one."""
_TURNS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class NumberField(QDoubleSpinBox):
    """Up and down step, with Shift tenfold; a comma is as good as a point. A number that is too
    large or too small becomes the nearest one, and what is none leaves the field as it was."""

    refused = Signal(str)
    """One sentence, in the window's language, about what was typed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setAccessibleName(title)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.lineEdit().setAccessibleName(title)

    def parsed(self, text: str) -> float | None:
        """The number in `text`, which may have the unit behind it; None where there is none."""
        try:
            value = float(self._bare(text).replace("−", "-").replace(",", "."))
        except ValueError:
            return None
        return round(value, self.decimals()) if isfinite(value) else None

    def _bare(self, text: str) -> str:
        """Without the unit."""
        return text.removesuffix(self.suffix()).strip().removesuffix(self.suffix().strip()).strip()

    def _correct(self, text: str) -> float:
        """What becomes of `text` that is no number of this field."""
        value = self.parsed(text)
        if value is None:
            told = self.tr("“{text}” is not a number.")
            self.refused.emit(told.format(text=self._bare(text)))
            return self.value()
        told = self.tr("Only {low} to {high} is possible here.")
        low, high = (self.textFromValue(end) for end in (self.minimum(), self.maximum()))
        self.refused.emit(told.format(low=low, high=high))
        return min(self.maximum(), max(self.minimum(), value))

    # Qt's own names

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        value = self.parsed(text)
        fits = value is not None and self.minimum() <= value <= self.maximum()
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, text, pos

    def valueFromText(self, text: str) -> float:
        value = self.parsed(text)
        return self.value() if value is None else value

    def fixup(self, text: str) -> str:
        return f"{self.textFromValue(self._correct(text))}{self.suffix()}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = _TURNS.get(Qt.Key(event.key()), 0)
        if turn and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stepBy(turn * MANY)
        else:
            super().keyPressEvent(event)
