# SPDX-License-Identifier: Apache-2.0
"""Two programs at one file: it is always whole, and neither replaces unseen what the other did."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, from_photo
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.openraster_read import load
from prodedit.files.versions import version_name
from prodedit.render.project import save_project
from tests import batches
from tests.faults.second_window import AT_LEAST
from tests.window import noise, open_file, opened_window, opened_workspace

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "photos" / "mug.ora"
    path.parent.mkdir()
    save_project(from_photo(Tiles.from_array(noise(600, 400)), "mug"), path)
    return path


class Other:
    """The other program."""

    def __init__(self, own: Path, path: Path, seconds: float = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.second_window", own, path, str(seconds)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        """Until it has the file open."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "open\n"

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def report(self) -> dict[str, Any]:
        out, _ = self.process.communicate(timeout=300)
        assert self.process.returncode == 0
        report: dict[str, Any] = json.loads(out)
        return report

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def other(own: Path, path: Path, seconds: float = 0) -> Iterator[Other]:
    program = Other(own, path, seconds)
    try:
        program.wait()
        yield program
    finally:
        program.kill()


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    with opened_workspace(tmp_path / "own") as workspace:
        yield workspace
        for session in workspace.sessions:
            workspace.close_session(session)


@pytest.fixture
def told(workspace: Workspace) -> list[Problem]:
    told: list[Problem] = []
    workspace.failed.connect(told.append)
    return told


def codes(told: list[Problem]) -> list[str]:
    return [problem.code for problem in told]


def saved(workspace: Workspace, session: EditSession, path: Path, opacity: float) -> bool:
    """Whether an edit could be saved."""
    assert session.apply(edits.SetOpacity(PHOTO, opacity))
    workspace.save(session, path)
    workspace.wait_for_files()
    return not session.is_dirty


def test_the_second_is_told_that_a_file_is_open(
    workspace: Workspace, told: list[Problem], qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    photo = batches.picture(project.with_name("jug.png"))
    for path in (project, photo):
        with other(tmp_path / "own", path):
            session = open_file(qtbot, workspace, path)
            assert str(told.pop()).startswith(f"“{path.name}” is open in another window")
            workspace.close_session(session)
        session = open_file(qtbot, workspace, path)  # the other was killed: nothing of it is left
        assert told == []
        workspace.close_session(session)
    assert list((tmp_path / "own" / "open").iterdir()) == []


def test_what_another_has_saved_is_not_replaced_unasked(
    workspace: Workspace, told: list[Problem], qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    session = open_file(qtbot, workspace, project)
    assert saved(workspace, session, project, 0.9)
    assert saved(workspace, session, project, 0.8)  # its own changes are known to it
    with other(tmp_path / "own", project, 0.1) as program:
        program.go()
        report = program.report()
    assert report["told"] == {"also-open": 1}
    theirs = project.read_bytes()
    assert not saved(workspace, session, project, 0.7)
    assert codes(told) == ["changed-elsewhere"]
    assert project.read_bytes() == theirs
    workspace.save(session, project, replace=True)
    workspace.wait_for_files()
    assert not session.is_dirty
    assert load(project).document.find(PHOTO).opacity == 0.7
    assert saved(workspace, session, project, 0.6)


def test_two_saves_one_after_the_other_are_not_taken_for_another_s(
    workspace: Workspace, told: list[Problem], qtbot: QtBot, project: Path
) -> None:
    session = open_file(qtbot, workspace, project)
    for number in range(3):
        session.apply(edits.SetOpacity(PHOTO, 0.5 + number / 10))
        workspace.save(session, project)
    workspace.wait_for_files()
    assert told == []
    assert not session.is_dirty


def test_a_name_that_was_free_and_is_not_any_more(
    workspace: Workspace, told: list[Problem], qtbot: QtBot, project: Path
) -> None:
    """Two windows have the same photo; the other was first to put its project beside it."""
    session = open_file(qtbot, workspace, batches.picture(project.with_name("mug.png")))
    theirs = project.read_bytes()
    assert not saved(workspace, session, project, 0.5)
    assert codes(told) == ["changed-elsewhere"]
    assert project.read_bytes() == theirs


def test_save_as_replaces_what_the_dialog_has_asked_about(
    qtbot: QtBot, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is the way out that the sentence names."""
    photo = batches.picture(project.with_name("jug.png"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(project), ""))
    with opened_window(qtbot, tmp_path / "own") as window:
        session = open_file(qtbot, window.workspace, photo)
        window.workspace.save(session, project)
        window.workspace.wait_for_files()
        assert "another window or program has changed it" in window.notices.texts[-1]
        window.files.save_as()
        window.workspace.wait_for_files()
        assert session.path == project
        assert load(project).document.size == session.document.size


def test_two_that_save_all_the_time(project: Path, tmp_path: Path, fault_seconds: float) -> None:
    """Whenever somebody looks, the file is whole; each refusal is told; nothing is left over."""
    looks = 0
    own = tmp_path / "own"
    with other(own, project, fault_seconds) as one, other(own, project, fault_seconds) as two:
        one.go()
        two.go()
        while one.process.poll() is None and two.process.poll() is None:
            assert not load(project).notes
            looks += 1
        reports = one.report(), two.report()
    assert looks > 0  # each saves for a second at least
    assert all(report["saved"] >= AT_LEAST for report in reports)
    assert sum(report["told"].get("changed-elsewhere", 0) for report in reports) > 0
    assert {code for report in reports for code in report["told"]} <= {
        "also-open",
        "changed-elsewhere",
    }
    versions = {version_name(project, number).name for number in (1, 2, 3)}
    assert {path.name for path in project.parent.iterdir()} == {project.name, *versions}
