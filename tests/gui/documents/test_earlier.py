# SPDX-License-Identifier: Apache-2.0
"""Copies, reverting, earlier versions, and what other programs do to files that are open."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import cv2
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.editing.session import EditSession
from prodedit.files.versions import version_name, versions_of
from prodedit.gui.documents.versions import VersionsWindow
from prodedit.gui.main_window import MainWindow
from tests.window import digest, noise, notice_button, open_file


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "mug.png"
    cv2.imwrite(str(path), noise(64, 48)[..., :3])
    return path


@pytest.fixture
def project(window: MainWindow, qtbot: QtBot, photo: Path) -> EditSession:
    """Saved once, as mug.ora."""
    session = open_file(qtbot, window.workspace, photo)
    saved(window, qtbot, session, photo.with_suffix(".ora"))
    return session


def saved(window: MainWindow, qtbot: QtBot, session: EditSession, path: Path) -> None:
    with qtbot.waitSignal(window.workspace.saved, timeout=60_000):
        window.workspace.save(session, path)


def fade(session: EditSession, opacity: float) -> None:
    session.apply(edits.SetOpacity(PHOTO, opacity))


def opacity(session: EditSession) -> float:
    layer = session.document.find(PHOTO)
    assert layer is not None
    return layer.opacity


def told(window: MainWindow, text: str) -> bool:
    return any(text in one for one in window.notices.texts)


def watch(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Look at the disk until it is told."""

    def seen() -> bool:
        window.workspace.disk.look()
        return told(window, text)

    qtbot.waitUntil(seen, timeout=60_000)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What a person chooses in the file dialog."""
    path = tmp_path / "elsewhere.ora"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


# Copies and reverting


def test_a_copy_is_written_and_work_goes_on_with_the_file_there_is(
    window: MainWindow, qtbot: QtBot, project: EditSession, chosen: Path
) -> None:
    fade(project, 0.5)
    before = project.path
    window.actions_["save_copy"].trigger()
    qtbot.waitUntil(lambda: told(window, "A copy was saved: elsewhere.ora"), timeout=60_000)
    assert project.path == before
    assert project.is_dirty
    other = open_file(qtbot, window.workspace, chosen)
    assert digest(other.document) == digest(project.document)


def test_reverting_reads_the_file_again_and_can_be_undone(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    fade(project, 0.25)
    window.actions_["revert"].trigger()
    qtbot.waitUntil(lambda: told(window, "is as its file again"), timeout=60_000)
    assert opacity(project) == 1.0
    assert not project.is_dirty
    assert project.history == ()  # a recipe of it would not fade anything
    project.undo()
    assert opacity(project) == 0.25
    assert project.is_dirty
    assert len(project.history) == 1


def test_without_a_file_it_is_as_it_was_at_first(window: MainWindow, session: EditSession) -> None:
    before = digest(session.document)
    fade(session, 0.5)
    window.actions_["revert"].trigger()
    assert digest(session.document) == before


# Earlier versions


def test_an_earlier_version_is_seen_and_brought_back(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    assert project.path is not None
    for step in (0.9, 0.6, 0.3):
        fade(project, step)
        saved(window, qtbot, project, project.path)
    assert len(versions_of(project.path)) == 3
    window.actions_["versions"].trigger()
    dialog = window.findChild(VersionsWindow)
    assert isinstance(dialog, VersionsWindow)
    qtbot.waitUntil(lambda: not dialog.picture.pixmap().isNull(), timeout=60_000)
    oldest = version_name(project.path, 3)
    rows = [dialog.list.item(row) for row in range(3)]
    dialog.list.setCurrentItem(next(r for r in rows if r.data(0x100).path == oldest))
    dialog.back.click()
    qtbot.waitUntil(lambda: opacity(project) == 1.0, timeout=60_000)
    assert project.is_dirty  # until it is saved, the file is as it was
    dialog.beside.click()
    qtbot.waitUntil(lambda: len(window.workspace.sessions) == 2, timeout=60_000)
    beside = window.workspace.current
    assert beside is not None
    assert beside.path is None
    assert opacity(beside) == 1.0
    dialog.close()


def test_a_damaged_version_is_told_and_cannot_be_chosen(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    assert project.path is not None
    version_name(project.path, 1).write_bytes(b"PK\x03\x04 nothing")
    window.actions_["versions"].trigger()
    dialog = window.findChild(VersionsWindow)
    assert isinstance(dialog, VersionsWindow)
    qtbot.waitUntil(lambda: "damaged" in dialog.list.item(0).text(), timeout=60_000)
    assert not dialog.back.isEnabled()
    dialog.close()


def test_saving_what_has_not_changed_pushes_no_version_out(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    assert project.path is not None
    for _ in range(3):
        saved(window, qtbot, project, project.path)
    assert versions_of(project.path) == ()


# What other programs do


def test_a_file_that_another_program_changed_can_be_loaded_again(
    window: MainWindow, qtbot: QtBot, photo: Path
) -> None:
    session = open_file(qtbot, window.workspace, photo)
    before = digest(session.document)
    fade(session, 0.5)
    cv2.imwrite(str(photo), noise(64, 48, seed=9)[..., :3])
    watch(window, qtbot, "“mug.png” was changed by another program, and by you here.")
    notice_button(window, "Load it again").click()
    qtbot.waitUntil(lambda: not session.is_dirty, timeout=60_000)
    assert digest(session.document) != before
    session.undo()  # and nothing is lost
    assert opacity(session) == 0.5


def test_who_keeps_his_own_may_save_it(
    window: MainWindow, qtbot: QtBot, project: EditSession, tmp_path: Path
) -> None:
    assert project.path is not None
    other = tmp_path / "other.ora"
    shutil.copy(project.path, other)
    os.utime(other, (1, 1))
    other.replace(project.path)
    watch(window, qtbot, "was changed by another program.")
    notice_button(window, "Keep mine").click()
    assert project.is_dirty
    saved(window, qtbot, project, project.path)
    assert not project.is_dirty


def test_a_file_that_was_deleted_is_saved_again(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    assert project.path is not None
    project.path.unlink()
    watch(window, qtbot, "“mug.ora” is not there any more")
    assert project.is_dirty  # so closing asks
    notice_button(window, "Save it again").click()
    qtbot.waitUntil(lambda: not project.is_dirty, timeout=60_000)
    assert project.path.exists()
    qtbot.waitUntil(lambda: not told(window, "is not there any more"), timeout=60_000)


def test_what_comes_back_is_told_no_more(
    window: MainWindow, qtbot: QtBot, project: EditSession, tmp_path: Path
) -> None:
    assert project.path is not None
    project.path.rename(tmp_path / "aside.ora")
    watch(window, qtbot, "is not there any more")
    (tmp_path / "aside.ora").rename(project.path)

    def gone() -> bool:
        window.workspace.disk.look()
        return not told(window, "is not there any more")

    qtbot.waitUntil(gone, timeout=60_000)


def test_our_own_saves_are_nobody_elses(
    window: MainWindow, qtbot: QtBot, project: EditSession
) -> None:
    heard: list[object] = []
    window.workspace.disk.changed.connect(heard.append)
    assert project.path is not None
    for step in (0.8, 0.4):
        fade(project, step)
        saved(window, qtbot, project, project.path)
        for _ in range(3):
            window.workspace.disk.look()
            window.workspace.wait_for_files()
    window.workspace.disk.changed.disconnect(heard.append)
    assert heard == []


def test_where_the_folder_refuses_the_card_offers_another_place(
    window: MainWindow, qtbot: QtBot, project: EditSession, chosen: Path
) -> None:
    assert project.path is not None
    fade(project, 0.5)
    folder = project.path.parent / "gone"
    with qtbot.waitSignal(window.workspace.failed, timeout=60_000):
        window.workspace.save(project, folder / "mug.ora")
    assert told(window, "its folder is not there any more")
    assert project.is_dirty
    notice_button(window, "Save as…").click()
    qtbot.waitUntil(lambda: project.path == chosen and not project.is_dirty, timeout=60_000)
