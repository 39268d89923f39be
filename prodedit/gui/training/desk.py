# SPDX-License-Identifier: Apache-2.0
"""What the program does with trainings: opens their window, makes way for jobs, ends them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.catalogue.odd_pictures import odd_pictures
from prodedit.catalogue.training import TrainingOrder, cutting_model
from prodedit.editing.workspace import Workspace
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.results import MaskResult
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import RemoveBackground
from prodedit.engine.training.gate import Odd
from prodedit.files.decoder import Decoder
from prodedit.gui.training.course import Course
from prodedit.gui.training.odd_window import OddWindow, Report
from prodedit.gui.training.window import TrainingWindow

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtWidgets import QWidget

_JOBS = "jobs"
"""Why a course waits: the person does something that wants the computer."""


class TrainingDesk(QObject):
    """Of one window."""

    made = Signal(str)
    """A generator of that name is in the library now."""
    open_wanted = Signal(str)

    def __init__(self, workspace: Workspace, library: GeneratorLibrary, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._library, self._parent = workspace, library, window
        self._jobs: set[str] = set()
        self.window: TrainingWindow | None = None
        self.odd: OddWindow | None = None
        workspace.worker.job_moved.connect(self._job_moved)

    def open(self) -> None:
        """Show the window, or bring it to the front."""
        if self.window is None:
            self.window = TrainingWindow(self._library, self._course, self._parent)
            self.window.made.connect(self.made)
            self.window.open_wanted.connect(self.open_wanted)
        if self.window.course is None:
            self.window.load()
        self.window.show()
        self.window.activateWindow()

    def find_odd(self, generator: str) -> None:
        """Show the window that looks which pictures are unlike what this one has learned."""
        if self.odd is not None:
            self.odd.stop()
            self.odd.deleteLater()
        path = self._library.find(generator)
        self.odd = OddWindow(partial(self._odd, path), self._parent)
        self.odd.open_wanted.connect(self._workspace.open)
        self.odd.show()

    def close(self) -> None:
        """Keep what was learned, and end: before the program does."""
        if self.odd is not None:
            self.odd.stop()
        if self.window is not None and self.window.course is not None:
            self.window.course.close()

    def _odd(self, generator: Path, folder: Path, cut_out: bool, report: Report) -> Sequence[Odd]:
        """In the window's thread for it."""
        task = RemoveBackground(cutting_model(read_card(generator).side))
        with Decoder() as decoder:
            cut = partial(self._cut, task) if cut_out else None
            return odd_pictures(generator, folder, decoder, cut, report)

    def _course(self, order: TrainingOrder) -> Course:
        task = RemoveBackground(cutting_model(order.side))
        course = Course(order, partial(self._cut, task), parent=self)
        if self._jobs:
            course.hold(_JOBS)
        return course

    def _cut(self, task: RemoveBackground, picture: Any) -> MaskResult:
        result = self._workspace.worker.run(task, {"source": picture})
        assert isinstance(result, MaskResult)
        return result

    @Slot(object)
    def _job_moved(self, job: Job) -> None:
        """What a person waits for comes first."""
        before = bool(self._jobs)
        (self._jobs.discard if job.over else self._jobs.add)(job.id)
        course = None if self.window is None else self.window.course
        if course is not None and bool(self._jobs) != before:
            (course.hold if self._jobs else course.go_on)(_JOBS)
