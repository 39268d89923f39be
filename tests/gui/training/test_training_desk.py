# SPDX-License-Identifier: Apache-2.0
"""Training in the real window: where it is opened, and what it makes way for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.main_window import MainWindow
from prodedit.gui.training.desk import TrainingDesk


class NoCourse(QObject):
    """Says how often it had to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def hold(self, why: str) -> None:
        self.said.append(f"hold {why}")

    def go_on(self, why: str) -> None:
        self.said.append(f"go on {why}")

    def close(self) -> None:
        self.said.append("close")


class NoWorker(QObject):
    job_moved = Signal(object)


class NoWorkspace:
    def __init__(self) -> None:
        self.worker = NoWorker()


def test_menu_and_studio_open_it(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["train_generator"].trigger()
    opened = window.trainings.window
    assert opened is not None
    assert opened.isVisible()
    opened.close()
    assert not opened.isVisible()
    window.studio.train_wanted.emit()
    assert window.trainings.window is opened
    assert opened.isVisible()
    opened.close()


def test_it_makes_way_for_jobs(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    workspace = NoWorkspace()
    library = GeneratorLibrary(tmp_path, tmp_path / "none")
    desk = TrainingDesk(workspace, library, window)  # type: ignore[arg-type]
    desk.open()
    assert desk.window is not None
    course = NoCourse()
    desk.window.course = course  # type: ignore[assignment]
    jobs = [Job(name, RemoveBackground(), layer="photo") for name in "ab"]
    for job in jobs:
        workspace.worker.job_moved.emit(job)
    workspace.worker.job_moved.emit(jobs[0].cancelled())
    assert course.said == ["hold jobs"]
    workspace.worker.job_moved.emit(jobs[1].cancelled())
    assert course.said == ["hold jobs", "go on jobs"]
    desk.close()
    assert course.said[-1] == "close"
    desk.window.course = None
    desk.window.close()
