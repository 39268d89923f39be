# SPDX-License-Identifier: Apache-2.0
"""What a bug report should say, shown before anybody saves it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Problem
from prodedit.data_files import data_folder
from prodedit.editing import bug_report
from prodedit.editing.log_file import log_folder
from prodedit.editing.settings import Settings
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.translation import problem_text


class BugReport(QDialog):
    """Nothing is sent: a person saves it, reads it, and gives it to whom they want."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report a problem"))
        self._texts = _texts(settings)
        hint = secondary(
            self.tr(
                "This says what computer and what program you have, and what went wrong lately. "
                "It holds no picture, but names of files may be in it. Nothing is sent: save it, "
                "and add it to your report."
            ),
            self,
        )
        self.view = QPlainTextEdit(self)
        self.view.setReadOnly(True)
        self.view.setAccessibleName(self.windowTitle())
        self.view.setPlainText("\n".join(f"— {name} —\n{text}" for name, text in self._texts))
        self.told = secondary("", self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.save = QPushButton(self.tr("Save…"), self)
        close = QPushButton(self.tr("Close"), self)
        for button in (self.copy, self.save, close):
            button.setAutoDefault(False)
        self.save.setProperty("look", "primary")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._choose)
        close.clicked.connect(self.close)
        buttons = in_row(self.copy, close, self.save)
        buttons.insertWidget(0, self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(hint)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.resize(640, 520)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self.told.setText(self.tr("Copied."))

    def _choose(self) -> None:
        name = str(Path.home() / "prodedit-report.zip")
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), name, "ZIP (*.zip)")
        if not chosen:
            return
        try:
            bug_report.write(Path(chosen), self._texts)
        except Problem as problem:
            self.told.setText(problem_text(problem))
            return
        self.told.setText(self.tr("Saved."))


def _texts(settings: Settings) -> list[tuple[str, str]]:
    """The report's files and what they say."""
    found = bug_report.facts(settings, data_folder())
    screens = [
        f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    found |= {
        "Qt": qVersion(),
        "Window system": QGuiApplication.platformName(),
        "Screens": ", ".join(screens),
    }
    return [("report.txt", bug_report.as_text(found)), *bug_report.logs(log_folder()).items()]
