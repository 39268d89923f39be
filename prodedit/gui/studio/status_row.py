# SPDX-License-Identifier: Apache-2.0
"""What the engine is doing for the studio, with a way to stop it; else how the last thing went."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from prodedit.core.problem import Problem
from prodedit.gui.studio.line import Line
from prodedit.gui.translation import problem_text, translate

_STEPS = 1000
_DELAY = 250
"""Milliseconds after which it is worth a bar: what a slider asks for is there before."""


class StatusRow(QWidget):
    """Listens to several lines; one of them is at work at most times."""

    problem_told = Signal(object)
    """A Problem that wants more than a line of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[Line, Callable[[], None]] = {}
        self._busy: Line | None = None
        self._soon = QTimer(self, singleShot=True, interval=_DELAY)
        self._soon.timeout.connect(self._show_busy)
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stop = QPushButton(self.tr("Stop"), self)
        self.stop.setProperty("look", "entry")
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addLayout(row)
        self._is_told = False
        self._show_idle()

    def follow(self, line: Line, stop: Callable[[], None] | None = None) -> None:
        """`stop`: what the button does instead of stopping the line."""
        self._lines[line] = stop or line.stop
        line.busy_changed.connect(lambda busy: self._line_busy(line, busy=busy))
        line.progressed.connect(lambda share, text: self._progressed(line, share, text))
        line.failed.connect(self.tell_problem)

    def tell(self, text: str) -> None:
        """Say this; "": nothing. What stands below it does not move, as it stands at the foot."""
        self.told.setText(text)
        self._is_told = bool(text)
        self.setVisible(bool(text) or not self.bar.isHidden())

    def tell_problem(self, problem: Problem) -> None:
        self.tell(problem_text(problem))
        if problem.code == "model-missing":
            self.problem_told.emit(problem)

    def _line_busy(self, line: Line, *, busy: bool) -> None:
        if busy and self._busy is not line:
            self._busy = line
            if self._is_told:
                self.tell("")
            if not self._soon.isActive():
                self._soon.start()
        elif not busy and self._busy is line:
            self._busy = next((other for other in self._lines if other.is_busy), None)
            if self._busy is None:
                self._show_idle()

    def _progressed(self, line: Line, share: float, text: str) -> None:
        if line is not self._busy or self.bar.isHidden():
            return
        if text:
            self.told.setText(translate("Progress", text))
        self.bar.setRange(0, _STEPS if share > 0 else 0)
        self.bar.setValue(round(share * _STEPS))

    def _stop(self) -> None:
        if self._busy is not None:
            self._lines[self._busy]()

    def _show_busy(self) -> None:
        """The engine takes a while to start, the first time: until it reports, that is told."""
        self.told.setText(self.tr("Getting ready…"))
        self._is_told = False
        self.bar.setRange(0, 0)
        for widget in (self.bar, self.stop, self):
            widget.show()

    def _show_idle(self) -> None:
        """What went wrong stays to be read."""
        self._soon.stop()
        self.bar.hide()
        self.stop.hide()
        self.tell(self.told.text() if self._is_told else "")
