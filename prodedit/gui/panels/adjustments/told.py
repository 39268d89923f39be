# SPDX-License-Identifier: Apache-2.0
"""A line below number fields that says what was wrong with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from prodedit.gui.number_field import NumberField

_TOLD = 6000
"""Milliseconds for which it stays."""


class Told(QLabel):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.hide()
        self._silence = QTimer(self, singleShot=True, interval=_TOLD)
        self._silence.timeout.connect(self.hide)

    def listen(self, field: NumberField) -> None:
        """Say what `field` refuses, until something is typed into it."""

        def tell(sentence: str) -> None:
            self.setText(sentence)
            self.show()
            field.setAccessibleDescription(sentence)
            self._silence.start()

        field.refused.connect(tell)
        field.lineEdit().textEdited.connect(self.hide)
