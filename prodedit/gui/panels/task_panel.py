# SPDX-License-Identifier: Apache-2.0
"""What the panels have in common that try a task on the canvas and then do it to a layer."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from prodedit.core.layer import Layer
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import PixelsResult
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import Task
from prodedit.gui.panels.task_row import TaskRow
from prodedit.gui.translation import problem_text, result_text


class TaskPanel(QWidget):
    """Follows one picture and its active layer; the row does the task, and says how it went."""

    recipe_wanted = Signal(object)
    """A tuple of Steps: what the panel is set to."""

    def __init__(
        self, workspace: Workspace, text: str, kind: type[Task], parent: QWidget | None = None
    ) -> None:
        """`text`: of the button, translated."""
        super().__init__(parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self.row = TaskRow(text, kind, self)
        self.row.wanted.connect(self._apply)
        self.row.ended.connect(self._ended)
        self.row.offer_keeping()
        self.row.keep_wanted.connect(self._keep)

    def task(self) -> Task | None:
        """What the button would do; None: nothing."""
        raise NotImplementedError

    def steps(self) -> tuple[Task, ...]:
        """For a recipe."""
        task = self.task()
        return () if task is None else (task,)

    @property
    def foot(self) -> QWidget:
        """What is always in sight."""
        return self.row

    @property
    def session(self) -> EditSession | None:
        return self._session

    def follow(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._document_changed)
            self._session.active_changed.disconnect(self._document_changed)
        self._session = session
        self.row.set_session(session)
        if session is not None:
            session.changed.connect(self._document_changed)
            session.active_changed.connect(self._document_changed)
        self.setEnabled(session is not None)
        self._document_changed()

    @property
    def _layer(self) -> Layer | None:
        return None if self._session is None else self._session.active_layer

    @Slot()
    def _document_changed(self, *_ignored: object) -> None:
        """Show what can be done now; each panel adds its own."""

    @Slot()
    def _apply(self) -> None:
        """The person pressed the button."""
        raise NotImplementedError

    @Slot()
    def _keep(self) -> None:
        self.recipe_wanted.emit(self.steps())

    @Slot(object)
    def _ended(self, job: Job) -> None:
        if isinstance(job.result, PixelsResult):
            self.row.tell(result_text(job.result))

    @Slot(object)
    def _tell(self, problem: Problem) -> None:
        if problem.code == "model-missing":
            self._workspace.failed.emit(problem)  # where there is a button that brings it
        else:
            self.row.tell(problem_text(problem))
