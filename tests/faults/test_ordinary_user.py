# SPDX-License-Identifier: Apache-2.0
"""Files and folders that a person may not read or write: a sentence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.editing.recovery import RecoveryDesk
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from tests import batches
from tests.ordinary_user import as_ordinary_user
from tests.window import digest, open_file, opened_window

pytestmark = pytest.mark.faults


@contextmanager
def locked(path: Path, mode: int = 0o500) -> Iterator[None]:
    """Nobody may write there meanwhile."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def edited(qtbot: QtBot, window: MainWindow, photo: Path) -> EditSession:
    session = open_file(qtbot, window.workspace, photo)
    assert session.apply(edits.SetOpacity(PHOTO, 0.5))
    return session


@as_ordinary_user
def test_a_folder_that_takes_no_files(qtbot: QtBot, tmp_path: Path) -> None:
    photo = batches.picture(tmp_path / "photos" / "mug.png")
    with opened_window(qtbot, tmp_path / "own") as window:
        session = edited(qtbot, window, photo)
        before = digest(session.document)
        with locked(photo.parent):
            window.workspace.save(session, photo.with_suffix(".ora"))
            window.workspace.export(session, photo.with_name("b.jpg"), ExportSetting("jpeg"))
            window.workspace.wait_for_files()
        told = [text for text in window.notices.texts if "not allowed to write" in text]
        assert sorted(text.split("”")[0] for text in told) == ["“b.jpg", "“mug.ora"]
        assert [path.name for path in photo.parent.iterdir()] == ["mug.png"]
        assert session.is_dirty
        assert digest(session.document) == before
        with qtbot.waitSignal(window.workspace.saved, timeout=20_000):
            window.workspace.save(session, tmp_path / "mug.ora")
        assert not session.is_dirty


@as_ordinary_user
def test_a_project_that_is_protected(qtbot: QtBot, tmp_path: Path) -> None:
    photo = batches.picture(tmp_path / "photos" / "mug.png")
    project = tmp_path / "mug.ora"
    with opened_window(qtbot, tmp_path / "own") as window:
        session = edited(qtbot, window, photo)
        with qtbot.waitSignal(window.workspace.saved, timeout=20_000):
            window.workspace.save(session, project)
        old = project.read_bytes()
        session.apply(edits.SetOpacity(PHOTO, 0.25))
        with locked(project, 0o400):
            window.workspace.save(session, project)
            window.workspace.wait_for_files()
        assert "the old file is protected" in window.notices.texts[-1]
        assert project.read_bytes() == old
        assert session.is_dirty


@as_ordinary_user
def test_a_photo_that_may_not_be_read(qtbot: QtBot, tmp_path: Path) -> None:
    photo = batches.picture(tmp_path / "mug.png")
    with opened_window(qtbot, tmp_path / "own") as window, locked(photo, 0o000):
        with qtbot.waitSignal(window.workspace.failed, timeout=20_000) as failed:
            window.workspace.open(photo)
        assert failed.args[0].code == "no-permission"
        assert window.workspace.sessions == ()
    with locked(photo, 0o000):
        ran = batches.run("cutout", photo, "-o", tmp_path / "out.png", "--json")
    assert ran.returncode != 0
    assert "You are not allowed to read this file." in ran.stderr
    assert not (tmp_path / "out.png").exists()


@as_ordinary_user
def test_no_place_for_steps_and_settings(qtbot: QtBot, tmp_path: Path) -> None:
    """The person is told once that steps can't be kept; editing and saving go on."""
    photo = batches.picture(tmp_path / "photos" / "mug.png")
    own = tmp_path / "own"
    own.mkdir()
    with opened_window(qtbot, own) as window, locked(own):
        session = edited(qtbot, window, photo)
        qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=20_000)
        session.apply(edits.SetOpacity(PHOTO, 0.25))
        assert "can't be kept against a crash" in window.notices.texts[-1]
        with qtbot.waitSignal(window.workspace.saved, timeout=20_000):
            window.workspace.save(session, tmp_path / "mug.ora")
        assert len([text for text in window.notices.texts if "against a crash" in text]) == 1
        assert RecoveryDesk(own / "recovery").found() == ()
