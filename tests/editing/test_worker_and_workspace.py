# SPDX-License-Identifier: Apache-2.0
"""The threads between the window and its processes, settings, files."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errands
from prodedit.editing.jobs_model import KEPT, PREVIEW, JobRole, JobsModel
from prodedit.editing.recovery import RecoveryDesk
from prodedit.editing.settings import RECENT, Settings, SettingsFile
from prodedit.editing.worker import engine_variables
from prodedit.editing.workspace import Workspace
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import RemoveBackground
from tests.fakes import asked
from tests.window import digest, noise, open_file, opened_workspace

TASK = RemoveBackground()


@pytest.fixture
def workspace(qapp: object, tmp_path: Path) -> Iterator[Workspace]:
    with opened_workspace(tmp_path / "own") as workspace:
        yield workspace


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "mug.png"
    cv2.imwrite(str(path), noise(300, 200)[..., :3])
    return path


# Errands


def test_errands_run_one_after_the_other_and_tell_in_this_thread(qtbot: QtBot) -> None:
    errands, told = Errands("test"), []
    here = threading.get_ident()
    for number in range(3):
        errand = errands.run(lambda number=number: (number, threading.get_ident()))
        errand.done.connect(lambda value: told.append((*value, threading.get_ident())))
    errands.wait()
    assert [number for number, *_ in told] == [0, 1, 2]
    assert all(worker != here and teller == here for _, worker, teller in told)
    assert not errands.busy
    errands.close()


def test_a_bug_in_an_errand_is_told_as_a_sentence(qtbot: QtBot) -> None:
    errands, told = Errands("test"), []
    errands.run(lambda: 1 / 0).failed.connect(told.append)
    errands.run(lambda: (_ for _ in ()).throw(Problem("No.", code="no"))).failed.connect(
        told.append
    )
    errands.wait()
    errands.close()
    assert [problem.code for problem in told] == ["unexpected", "no"]
    assert "ZeroDivisionError" in told[0].details
    assert "Zero" not in str(told[0])


def test_closing_does_what_matters_and_leaves_the_rest(qapp: object) -> None:
    errands, done = Errands("test"), []
    errands.run(lambda: time.sleep(0.1))
    errands.run(lambda: done.append("preview"), optional=True)
    errands.run(lambda: done.append("save"))
    errands.run(lambda: done.append("export"))
    errands.close()
    errands.close()
    assert done == ["save", "export"]


def test_nobody_waits_for_what_closing_left_out(qapp: object) -> None:
    errands = Errands("test")
    errands.run(lambda: time.sleep(0.1))
    errands.run(lambda: None, optional=True)
    errands.close()
    errands.run(lambda: None)
    assert not errands.busy
    errands.wait()


# Jobs


def test_the_list_of_jobs_is_newest_first_and_keeps_no_pixels(qapp: object) -> None:
    model = JobsModel()
    first, second = Job("1", TASK), Job("2", TASK)
    model.job_moved(first)
    model.job_moved(second)
    model.job_moved(Job("3", TASK, layer=PREVIEW))
    assert [model.index(row).data(JobRole.JOB).id for row in range(model.rowCount())] == ["2", "1"]
    assert [job.id for job in model.active] == ["1", "2"]
    result = object()
    model.job_moved(first.started(0.0).finished(result))  # type: ignore[arg-type]
    kept = model.index(1).data(JobRole.JOB)
    assert kept.state is State.DONE
    assert kept.result is None
    model.job_moved(first.started(0.0))  # a late report of a job that is over
    assert model.index(1).data(JobRole.STATE) is State.DONE


def test_jobs_name_the_picture_and_the_layer_they_are_for(workspace: Workspace) -> None:
    model = JobsModel(whose=workspace.whose)
    workspace.worker.job_moved.connect(model.job_moved)
    for name in ("mug.jpg", "shirt.jpg"):
        session = workspace.open_pixels(Tiles.from_array(noise(40, 30)), name)
        session.apply(edits.RenameLayer(PHOTO, f"layer of {name}"))
        session.submit(TASK)
    workspace.make_current(workspace.sessions[0])
    model.job_moved(Job("unknown", TASK))
    told = [model.index(row).data(JobRole.WHOSE) for row in range(3)]
    assert told == ["", "shirt.jpg · layer of shirt.jpg", "mug.jpg · layer of mug.jpg"]
    variants = Job("of variants", TASK, layer=PHOTO)  # by no session, of what is seen
    model.job_moved(variants)
    assert model.index(0).data(JobRole.WHOSE) == "mug.jpg · layer of mug.jpg"


def test_the_list_of_jobs_does_not_grow_for_ever(qapp: object) -> None:
    model = JobsModel()
    for number in range(KEPT + 20):
        job = Job(str(number), TASK)
        model.job_moved(job)
        model.job_moved(job.cancelled())
    assert model.rowCount() <= KEPT + 1


# Settings


def test_settings_come_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "deep" / "settings.json")
    assert file.load() == Settings()
    wished = Settings(theme="light", undo_megabytes=512, recent=("/a.jpg",))
    file.save(wished)
    assert file.load() == wished


@pytest.mark.parametrize("damage", [b"", b"{", b'{"theme": "pink"}', b"\xff\xfe", b"[]"])
def test_damaged_settings_do_not_stop_the_program(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)
    assert SettingsFile(path).load() == Settings()


def test_settings_that_cannot_be_written_do_not_stop_the_program(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    SettingsFile(blocked / "settings.json").save(Settings())


def test_recent_files_are_newest_first_and_few() -> None:
    settings = Settings()
    for number in range(RECENT + 5):
        settings = settings.with_recent(Path(f"/{number}.jpg"))
    settings = settings.with_recent(Path("/10.jpg"))
    assert settings.recent[0] == "/10.jpg"
    assert len(settings.recent) == len(set(settings.recent)) == RECENT


def test_the_engine_hears_of_the_settings() -> None:
    assert engine_variables(Settings(), {}) == {}
    wished = Settings(device="cpu", threads=2)
    assert engine_variables(wished, {}) == {"PRODEDIT_DEVICE": "cpu", "PRODEDIT_THREADS": "2"}
    assert "PRODEDIT_DEVICE" not in engine_variables(wished, {"PRODEDIT_DEVICE": "cuda"})


# Workspace


def test_a_photo_is_opened_once(workspace: Workspace, qtbot: QtBot, photo: Path) -> None:
    with qtbot.waitSignal(workspace.session_opened, timeout=20_000):
        workspace.open(photo)
        workspace.open(photo)
    workspace.wait_for_files()
    session = workspace.current
    workspace.open_pixels(session.document.find(PHOTO).tiles, "pasted")
    workspace.open(photo)
    workspace.wait_for_files()
    assert len(workspace.sessions) == 2
    assert workspace.current is session


def test_what_cannot_be_opened_is_told(workspace: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture at all")
    for path in (broken, tmp_path / "missing.jpg", tmp_path / "no.ora"):
        with qtbot.waitSignal(workspace.failed, timeout=20_000) as failed:
            workspace.open(path)
        assert str(failed.args[0])
    assert workspace.sessions == ()


def test_save_and_open_again(
    workspace: Workspace, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    session = open_file(qtbot, workspace, photo)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    project = tmp_path / "mug.ora"
    with qtbot.waitSignal(workspace.saved, timeout=20_000):
        workspace.save(session, project)
        assert workspace.is_saving(session)
    assert not workspace.is_saving(session)
    assert not session.is_dirty
    before = digest(session.document)
    workspace.close_session(session)
    assert digest(open_file(qtbot, workspace, project).document) == before
    assert workspace.settings.recent[0] == str(project)


def test_a_failed_save_is_told_and_the_session_stays_dirty(
    workspace: Workspace, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    session = open_file(qtbot, workspace, photo)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    with qtbot.waitSignal(workspace.failed, timeout=20_000) as failed:
        workspace.save(session, tmp_path / "no such folder" / "mug.ora")
    assert str(failed.args[0])
    assert session.is_dirty
    assert not workspace.is_saving(session)


def test_what_was_asked_for_is_written_before_the_program_ends(
    qapp: object, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    with opened_workspace(tmp_path / "own") as workspace:
        session = open_file(qtbot, workspace, photo)
        for number in range(3):
            workspace.export(session, tmp_path / f"{number}.jpg", ExportSetting(format="jpeg"))
        workspace.save(session, tmp_path / "mug.ora")
        workspace.change_settings(theme="light")
    assert all((tmp_path / f"{number}.jpg").stat().st_size for number in range(3))
    assert (tmp_path / "mug.ora").stat().st_size
    assert SettingsFile(tmp_path / "own" / "settings.json").load().theme == "light"


def test_a_journal_that_cannot_be_kept_is_told_in_the_windows_thread(
    qapp: object, qtbot: QtBot, tmp_path: Path
) -> None:
    with opened_workspace(tmp_path / "own") as workspace:
        (tmp_path / "own").mkdir(exist_ok=True)
        (tmp_path / "own" / "recovery").write_bytes(b"a file where the folder should be")
        tiles = edits.apply  # keeps the name short below
        del tiles
        from prodedit.core.tiles import Tiles

        session = workspace.open_pixels(Tiles.from_array(noise()), "mug.jpg")
        threads: list[object] = []
        workspace.failed.connect(lambda _problem: threads.append(QThread.currentThread()))
        with qtbot.waitSignal(workspace.failed, timeout=20_000) as failed:
            session.apply(edits.SetOpacity(PHOTO, 0.5))
        assert failed.args[0].code == "journal-failed"
        assert threads == [qapp.thread()]


def test_closing_a_session_removes_its_journal(
    workspace: Workspace, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    session = open_file(qtbot, workspace, photo)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    session.journal.flush()
    workspace.close_session(session)
    assert RecoveryDesk(tmp_path / "own" / "recovery").found() == ()
    assert list((tmp_path / "own" / "recovery").glob("*/*.bin")) == []


def test_results_are_put_on_their_own_pictures(workspace: Workspace, qtbot: QtBot) -> None:
    from prodedit.core.tiles import Tiles

    sessions = [workspace.open_pixels(Tiles.from_array(noise(seed=n)), str(n)) for n in range(3)]
    for session in sessions:
        session.submit(asked("mask"))
    qtbot.waitUntil(lambda: not any(s.pending for s in sessions), timeout=30_000)
    for session in sessions:
        layer = session.document.find(PHOTO)
        assert (layer.mask.alpha.to_array() == layer.tiles.to_array()[..., 0]).all()


def test_what_nobody_was_asked_about_is_offered_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, photo: Path
) -> None:
    with opened_workspace(tmp_path / "own") as workspace:
        session = open_file(qtbot, workspace, photo)
        session.apply(edits.RenameLayer(PHOTO, "kept"))
        assert session.is_dirty
    recoveries = RecoveryDesk(tmp_path / "own" / "recovery").found()
    assert [one.name for one in recoveries] == ["mug.png"]
    layer = recoveries[0].load().document.find(PHOTO)
    recoveries[0].discard()
    assert layer is not None
    assert layer.name == "kept"


def test_a_recovered_photo_is_saved_beside_its_file(
    qtbot: QtBot, tmp_path: Path, photo: Path
) -> None:
    with opened_workspace(tmp_path / "own") as workspace:
        session = open_file(qtbot, workspace, photo)
        session.apply(edits.RenameLayer(PHOTO, "kept"))
    with opened_workspace(tmp_path / "own") as workspace:
        (recovery,) = workspace.recoveries()
        with qtbot.waitSignal(workspace.session_opened, timeout=20_000) as opened:
            workspace.recover(recovery)
        session = opened.args[0]
        assert (session.path, session.source) == (None, photo)
        workspace.wait_for_files()
        workspace.close_session(session)


def test_what_a_person_closed_is_not_offered(qtbot: QtBot, tmp_path: Path, photo: Path) -> None:
    with opened_workspace(tmp_path / "own") as workspace:
        session = open_file(qtbot, workspace, photo)
        session.apply(edits.RenameLayer(PHOTO, "not wanted"))
        workspace.close_session(session)
    assert not RecoveryDesk(tmp_path / "own" / "recovery").found()
