# SPDX-License-Identifier: Apache-2.0
"""The list of jobs: what runs, what waits, what came of the ones before."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.editing.jobs_model import JobRole, JobsModel
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.jobs_bar import job_title
from prodedit.gui.theme import Palette, palette_now, qcolor
from prodedit.gui.translation import problem_text, translate

ROW = 52


class JobsPanel(QWidget):
    cancel_wanted = Signal(str)
    """A job's id."""

    def __init__(self, model: JobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._list = QListView(self)
        self._list.setModel(model)
        self._list.setItemDelegate(_JobRow(self))
        self._list.setAccessibleName(self.tr("Jobs"))
        self._empty = QLabel(self.tr("Nothing is being worked on."), self)
        self._empty.setProperty("role", "secondary")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.clicked.connect(self._cancel_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addWidget(self._cancel)
        model.rowsInserted.connect(self._show)
        model.dataChanged.connect(self._show)
        self._list.selectionModel().currentChanged.connect(self._show)
        self._show()

    def _chosen(self) -> Job | None:
        """The selected job if it can still be cancelled, else the one that runs."""
        job = self._model.data(self._list.currentIndex(), JobRole.JOB)
        if isinstance(job, Job) and not job.over:
            return job
        return self._model.active[0] if self._model.active else None

    def _cancel_chosen(self) -> None:
        job = self._chosen()
        if job is not None:
            self.cancel_wanted.emit(job.id)

    def _show(self, *_ignored: object) -> None:
        self._empty.setVisible(self._model.rowCount() == 0)
        self._list.setVisible(self._model.rowCount() > 0)
        self._cancel.setVisible(self._model.rowCount() > 0)
        self._cancel.setEnabled(self._chosen() is not None)


class _JobRow(QStyledItemDelegate):
    """Two lines: the task and what it is for, and what it is doing or what came of it; a bar while
    it runs."""

    @property
    def _palette(self) -> Palette:
        return palette_now()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        job = index.data(JobRole.JOB)
        rect: QRect = option.rect.adjusted(8, 4, -8, -4)
        painter.save()
        line = painter.fontMetrics().height()
        self._draw_title(painter, rect, job_title(job), index)
        failed = job.state is State.FAILED
        painter.setPen(qcolor(self._palette.danger if failed else self._palette.secondary))
        second = rect.adjusted(0, line + 2, 0, 0)
        text = painter.fontMetrics().elidedText(
            state_text(job), Qt.TextElideMode.ElideRight, second.width()
        )
        painter.drawText(second, Qt.AlignmentFlag.AlignTop, text)
        if job.state is State.RUNNING:
            self._draw_bar(painter, rect, job.progress.fraction)
        painter.restore()

    def _draw_title(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The picture stands behind the task as far as there is room; its tooltip has it all."""
        painter.setPen(qcolor(self._palette.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignTop, text)
        behind = rect.adjusted(painter.fontMetrics().horizontalAdvance(text) + 8, 0, 0, 0)
        painter.setPen(qcolor(self._palette.secondary))
        whose = painter.fontMetrics().elidedText(
            index.data(JobRole.WHOSE), Qt.TextElideMode.ElideMiddle, behind.width()
        )
        right = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.drawText(behind, right, whose)

    def _draw_bar(self, painter: QPainter, rect: QRect, fraction: float) -> None:
        bar = QRect(rect.left(), rect.bottom() - 3, rect.width(), 3)
        painter.fillRect(bar, qcolor(self._palette.field))
        bar.setWidth(round(bar.width() * fraction))
        painter.fillRect(bar, qcolor(self._palette.accent))


def state_text(job: Job) -> str:
    """What a job is doing, or what came of it, in the window's language."""
    if job.state is State.FAILED and job.problem is not None:
        return problem_text(job.problem)
    if job.state is State.RUNNING and job.progress.text:
        return translate("Progress", job.progress.text)
    texts = {
        State.QUEUED: translate("JobState", "Waiting"),
        State.RUNNING: translate("JobState", "Starting"),
        State.DONE: translate("JobState", "Done"),
        State.FAILED: translate("JobState", "Failed"),
        State.CANCELLED: translate("JobState", "Cancelled"),
    }
    return texts[job.state]
