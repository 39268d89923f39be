# SPDX-License-Identifier: Apache-2.0
"""A picture of the window at work, for machines without a screen."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.main_window import MainWindow

PATIENCE = 120_000
"""Milliseconds after which the picture is taken of whatever there is."""


class ScreenshotTaker(QObject):
    """Opens what was asked for, removes its background if wished, and saves what the window shows.

    Ends the program with 0, or with 1 where a step failed, which it says on stderr.
    """

    def __init__(self, window: MainWindow, path: Path, *, cut_out: bool) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._cut_out = cut_out
        self._code = 0

    def start(self) -> None:
        """To be called before the event loop runs."""
        self._window.resize(1366, 768)
        self._window.show()
        workspace = self._window.workspace
        workspace.failed.connect(self._failed)
        QTimer.singleShot(PATIENCE, self._take)
        if self._cut_out:
            workspace.session_opened.connect(self._opened)
        else:
            QTimer.singleShot(500, self._take)

    @Slot(object)
    def _opened(self, session: EditSession) -> None:
        session.job_changed.connect(self._job_changed)
        QTimer.singleShot(0, self._window.background.cutout.button.click)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if job.state is State.DONE:
            QTimer.singleShot(1000, self._take)  # the canvas and the small preview follow

    @Slot(object)
    def _failed(self, problem: Problem) -> None:
        sys.stderr.write(f"{problem}\n")
        self._code = 1
        QTimer.singleShot(300, self._take)

    @Slot()
    def _take(self) -> None:
        canvas = self._window.canvas
        if canvas is not None:
            canvas.settle()
        if not self._window.grab().save(str(self._path)):
            sys.stderr.write(f"The picture of the window could not be written to {self._path}.\n")
            self._code = 1
        QApplication.exit(self._code)
