# SPDX-License-Identifier: Apache-2.0
"""The lower edge of a window that works on many pictures: how far it is, what is told, buttons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from prodedit.core.problem import Problem
from prodedit.gui.panels.section import in_row
from prodedit.gui.style_sheet import set_role
from prodedit.gui.translation import problem_text


class Foot(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.told = QLabel(self)
        self.told.setWordWrap(True)

    @property
    def has_error(self) -> bool:
        """What is told is why something did not work."""
        return bool(self.told.property("role") == "error")

    def tell(self, text: str, *, is_error: bool = False) -> None:
        set_role(self.told, "error" if is_error else "")
        self.told.setText(text)

    def tell_problem(self, problem: Problem) -> None:
        self.tell(problem_text(problem), is_error=True)

    def new_button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    def lay_out(self, left: Iterable[QWidget], right: Iterable[QWidget]) -> None:
        """The buttons below what is told."""
        buttons = in_row(*left)
        buttons.addStretch(1)
        for button in right:
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.told)
        column.addLayout(buttons)
