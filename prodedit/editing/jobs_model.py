# SPDX-License-Identifier: Apache-2.0
"""The list of jobs, for the Jobs panel."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)

from prodedit.core.document import Document
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import title

PREVIEW = "preview"
"""Layer id of jobs that only make a preview, or a part of something: they are not listed."""

KEPT = 50
"""So many jobs that are over stay in the list."""


class JobRole(IntEnum):
    JOB = Qt.ItemDataRole.UserRole
    STATE = Qt.ItemDataRole.UserRole + 1
    FRACTION = Qt.ItemDataRole.UserRole + 2
    WHOSE = Qt.ItemDataRole.UserRole + 3
    """The picture and the layer that it is for, as a text; "" where that is not known."""


def _without_pixels(job: Job) -> Job:
    """What the list shows of it: results of large photos would fill the memory."""
    return Job(
        job.id,
        job.task,
        layer=job.layer,
        state=job.state,
        progress=job.progress,
        since=job.since,
        problem=job.problem,
    )


class JobsModel(QAbstractListModel):
    """Newest first. Fed by `Worker.job_moved`. whose: names what a new job is for."""

    def __init__(
        self, parent: QObject | None = None, whose: Callable[[Job], str] | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._name = whose
        self._whose: dict[str, str] = {}

    @property
    def active(self) -> tuple[Job, ...]:
        """Those that are waiting or running, the next to end first."""
        return tuple(job for job in reversed(self._jobs) if not job.over)

    @Slot(object)
    def job_moved(self, job: Job) -> None:
        if job.layer == PREVIEW:
            return
        row = next((i for i, known in enumerate(self._jobs) if known.id == job.id), None)
        job = _without_pixels(job)
        if row is None:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._jobs.insert(0, job)
            self._whose[job.id] = "" if self._name is None else self._name(job)
            self.endInsertRows()
            self._forget()
            return
        if self._jobs[row].over:
            return
        self._jobs[row] = job
        self.dataChanged.emit(self.index(row), self.index(row))

    def _forget(self) -> None:
        for row in range(len(self._jobs) - 1, KEPT - 1, -1):
            if self._jobs[row].over:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._whose[self._jobs[row].id]
                del self._jobs[row]
                self.endRemoveRows()

    # Qt's own names

    def rowCount(
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(self._jobs)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if not index.isValid():
            return None
        job = self._jobs[index.row()]
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: title(job.task),
            Qt.ItemDataRole.ToolTipRole: self._whose[job.id] or None,
            JobRole.JOB: job,
            JobRole.STATE: job.state,
            JobRole.FRACTION: job.progress.fraction,
            JobRole.WHOSE: self._whose[job.id],
        }
        return values.get(role)


def named(picture: str, document: Document, layer_id: str) -> str:
    """The picture and its layer that a job is for, as a text."""
    layer = document.find(layer_id)
    return picture if layer is None else f"{picture} · {layer.name}"
