# SPDX-License-Identifier: Apache-2.0
"""The lower edge of the batch window: how far it is, what there is to tell, and the buttons."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from prodedit.catalogue.batch.progress import Progress
from prodedit.core.problem import Problem
from prodedit.gui.panels.section import in_row
from prodedit.gui.style_sheet import set_look
from prodedit.gui.translation import problem_text


class Now(NamedTuple):
    """What the buttons go by. has_run: there is a batch; is_going: and it is under way, or being
    made ready; may_start: enough was said; has_left: something was begun and not ended."""

    has_run: bool
    is_going: bool
    may_start: bool
    has_left: bool


class BatchFoot(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.anew = self._button(self.tr("New batch"))
        self.show_files = self._button(self.tr("Open folder"))
        self.report = self._button(self.tr("Report…"))
        self.retry = self._button(self.tr("Try again"))
        self.go_on = self._button(self.tr("Go on with what was begun"))
        self.stop = self._button(self.tr("Stop"))
        self.pause = self._button(self.tr("Pause"))
        self.start = self._button(self.tr("Start"))
        set_look(self.start, "primary")
        buttons = in_row(self.anew, self.show_files, self.report)
        buttons.addStretch(1)
        for button in (self.retry, self.go_on, self.stop, self.pause, self.start):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.told)
        column.addLayout(buttons)

    @property
    def has_error(self) -> bool:
        """What is told is why something did not work."""
        return bool(self.told.property("role") == "error")

    def tell(self, text: str, *, is_error: bool = False) -> None:
        self.told.setProperty("role", "error" if is_error else "")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.told.setText(text)

    def tell_problem(self, problem: Problem) -> None:
        self.tell(problem_text(problem), is_error=True)

    def show_progress(self, progress: Progress, now: Now) -> None:
        self.bar.setVisible(now.has_run or now.is_going)
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done + progress.failed + progress.skipped)
        under_way = now.has_run and now.is_going
        paused = progress.phase in ("paused", "halted")
        self.pause.setVisible(under_way)
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        set_look(self.pause, "primary" if paused else "")
        self.stop.setVisible(under_way)
        self.retry.setVisible(now.has_run and progress.failed > 0 and progress.phase == "idle")
        self.report.setVisible(now.has_run and not now.is_going)
        self.show_files.setVisible(now.has_run)
        self.anew.setVisible(now.has_run and not now.is_going)
        self.start.setVisible(not now.has_run)
        self.start.setEnabled(now.may_start and not now.is_going)
        self.go_on.setVisible(not now.has_run and now.has_left and not now.is_going)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button
