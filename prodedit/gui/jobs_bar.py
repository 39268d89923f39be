# SPDX-License-Identifier: Apache-2.0
"""The line at the lower edge that says what is being done, with time left and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from prodedit.editing.jobs_model import JobsModel
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import (
    ApplyRecipe,
    ApplyToPictures,
    CheckPictures,
    ComparePictures,
    title,
)
from prodedit.gui.translation import translate


class JobsBar(QWidget):
    """Hidden while nothing is going on."""

    cancel_wanted = Signal(str)
    """A job's id."""

    def __init__(self, model: JobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._text = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setProperty("look", "quiet")
        self._cancel.setToolTip(self.tr("Stop this job (Esc)"))
        self._cancel.clicked.connect(self.cancel_first)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self._text)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cancel)
        model.rowsInserted.connect(self._show)
        model.dataChanged.connect(self._show)
        self._show()

    def cancel_first(self) -> None:
        """Stop the job that is shown."""
        active = self._model.active
        if active:
            self.cancel_wanted.emit(active[0].id)

    @Slot()
    def _show(self) -> None:
        active = self._model.active
        self.setVisible(bool(active))
        if active:
            self._text.setText(job_line(active[0], len(active)))
            running = active[0].state is State.RUNNING and active[0].progress.fraction > 0
            self._bar.setRange(0, 1000 if running else 0)
            self._bar.setValue(round(active[0].progress.fraction * 1000))


def job_title(job: Job) -> str:
    """What it is; of a recipe, which."""
    task: object = job.task  # some are listed that the engine never gets
    if isinstance(task, ApplyRecipe):
        return translate("JobsBar", "Recipe “{name}”").format(name=task.name)
    if isinstance(task, ApplyToPictures):
        text = translate("JobsBar", "Recipe “{name}” on {count} pictures")
        return text.format(name=task.name, count=task.count)
    if isinstance(task, ComparePictures):
        return translate("JobsBar", "Comparing {count} pictures").format(count=task.count)
    if isinstance(task, CheckPictures):
        text = translate("JobsBar", "Checking {count} pictures for “{name}”")
        return text.format(name=task.name, count=task.count)
    return translate("Task", title(job.task))


def job_line(job: Job, count: int = 1) -> str:
    """ "Remove background: finding the product, 3 s left", and how many more wait."""
    parts = [job_title(job)]
    if job.progress.text:
        parts[0] += ": " + translate("Progress", job.progress.text)
    if job.progress.seconds_left is not None:
        seconds = max(1, round(job.progress.seconds_left))
        parts.append(translate("JobsBar", "{seconds} s left").format(seconds=seconds))
    if count > 1:
        parts.append(translate("JobsBar", "{count} more waiting").format(count=count - 1))
    return translate("JobsBar", ", ").join(parts)
