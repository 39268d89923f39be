# SPDX-License-Identifier: Apache-2.0
"""Whatever the engine process does, the window goes on and the document is what it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.engine.service.desk import PATIENCE
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.cutout_section import MODELS
from tests.fakes import asked, fake_client, is_gone, wait_until
from tests.window import Stalls, digest, open_file, open_noise, opened_window, shown

pytestmark = pytest.mark.faults

LIMIT = 100.0
"""Milliseconds for which the window may stand still on the machine that this is measured on."""
SLOWER = 5.0
"""So much slower a machine may be: the window's own work takes no longer than LIMIT times that."""
BUSIER = 20.0
"""And so much longer the window may stand still because others are at work there. Still less than
the patience below: a window that waits for its engine stands still for longer."""
PATIENT = PATIENCE._replace(silent=3.0, busy=60.0)
LONG = 60.0
"""Seconds after which a test gives up waiting."""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def patient(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """With an engine that may take its time."""
    with opened_window(qtbot, tmp_path) as window:
        yield window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path, partial(fake_client, PATIENT)) as window:
        yield window


class Watched:
    """A session with a job whose end is waited for, and what was told."""

    def __init__(self, session: EditSession, qtbot: QtBot) -> None:
        self.session, self.qtbot = session, qtbot
        self.jobs: list[Job] = []
        self.told: list[Problem] = []
        session.job_changed.connect(self._note)
        session.failed.connect(self.told.append)

    def _note(self, job: Job) -> None:
        """The window's own small preview comes and goes beside what is watched."""
        if job.task != asked(MODELS["fast"]):
            self.jobs.append(job)

    def start(self, script: str) -> None:
        """Have it running: its first report has come."""
        self.jobs.clear()
        self.session.submit(asked(script))
        reported = lambda: any(job.progress.text for job in self.jobs)  # noqa: E731
        self.qtbot.waitUntil(reported, timeout=round(LONG * 1000))

    def end(self, seconds: float = LONG) -> Job:
        self.qtbot.waitUntil(lambda: not self.session.pending, timeout=round(seconds * 1000))
        return self.jobs[-1]


@pytest.fixture
def watched(window: MainWindow, qtbot: QtBot) -> Watched:
    watched = Watched(open_noise(window), qtbot)
    watched.start("mask")
    assert watched.end().state is State.DONE
    return watched


@pytest.mark.parametrize("fault", ["crash", "abort", "exit:0"])
def test_a_dying_engine_costs_one_job_and_nothing_else(
    window: MainWindow, watched: Watched, fault: str
) -> None:
    before, look = digest(watched.session.document), shown(window.canvas)
    with Stalls() as stalls:
        watched.session.submit(asked(fault))
        job = watched.end()
    assert job.state is State.FAILED
    assert digest(watched.session.document) == before
    assert (shown(window.canvas) == look).all()
    assert [str(problem) for problem in watched.told] == [str(job.problem)]
    assert window.notices.texts[-1] == str(job.problem)
    assert went_on(stalls)
    watched.start("mask")
    assert watched.end().state is State.DONE


def went_on(stalls: Stalls) -> bool:
    """Whether the window did."""
    print(f"at most {stalls.work:.0f} ms of work, {stalls.longest:.0f} ms in all")
    return stalls.work < LIMIT * SLOWER and stalls.longest < LIMIT * BUSIER


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_an_engine_that_somebody_kills_or_stops_is_replaced(
    window: MainWindow, watched: Watched, number: int
) -> None:
    before = watched.session.document
    watched.start("work:50")
    pid = window.workspace.worker._client.process_id
    with Stalls() as stalls:
        os.kill(pid, number)
        job = watched.end()
    assert job.state is State.FAILED
    assert watched.session.document is before
    assert went_on(stalls)
    watched.start("mask")
    assert watched.end().state is State.DONE
    assert window.workspace.worker._client.process_id != pid
    wait_until(lambda: is_gone(pid))


def test_cancel_frees_the_window_at_once(window: MainWindow, watched: Watched) -> None:
    before = watched.session.document
    watched.start("work:50")
    begun = time.monotonic()
    window.jobs_bar.cancel_first()
    assert watched.end().state is State.CANCELLED
    assert time.monotonic() - begun < 20, "it was waited for"
    assert watched.session.document is before
    assert watched.told == []
    watched.start("mask")
    assert watched.end().state is State.DONE


@pytest.mark.slow
def test_the_window_goes_on_while_large_photos_come(
    patient: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "24-megapixels.jpg"
    cv2.imwrite(str(photo), large(6000, 4000))
    assert any(went_on(opened(patient, qtbot, photo)) for _ in range(TRIES))


@pytest.mark.slow
def test_the_window_goes_on_while_a_large_cut_out_comes(
    patient: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "12-megapixels.jpg"
    cv2.imwrite(str(photo), large(4000, 3000))
    session = open_file(qtbot, patient.workspace, photo)
    watched = Watched(session, qtbot)

    def arrival() -> Stalls:
        qtbot.wait(1000)  # the small preview comes meanwhile
        with Stalls() as stalls:
            session.submit(asked("mask"))
            assert watched.end().state is State.DONE
            qtbot.wait(300)
        assert session.document.find("photo").mask is not None
        return stalls

    assert any(went_on(arrival()) for _ in range(TRIES))


TRIES = 3
"""One of so many must go well: what another program did in between is not ours."""


def large(width: int, height: int) -> np.ndarray:
    small = np.random.default_rng(1).integers(0, 256, (height // 10, width // 10, 3), np.uint8)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def opened(window: MainWindow, qtbot: QtBot, photo: Path) -> Stalls:
    with Stalls() as stalls:
        session = open_file(qtbot, window.workspace, photo)
        qtbot.wait(1000)  # canvas, thumbnails, the small preview
    window.workspace.close_session(session)
    return stalls


QUITTER = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv)
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import apply_theme
from prodedit.engine.service.jobs import Job
from tests.fakes import asked
from tests.window import open_noise, opened_workspace

with opened_workspace(Path(sys.argv[1])) as workspace:
    window = MainWindow(workspace.settings, apply_theme(application, "dark"))
    window.furnish(workspace)
    window.show()
    session = open_noise(window)
    session.stack.setClean()
    session.submit(asked(sys.argv[2]))

    def leave(job):
        if job.progress.text:
            print("engine", workspace.worker._client.process_id, flush=True)
            print("leaving", time.monotonic(), flush=True)
            QTimer.singleShot(0, window.close)

    session.job_changed.connect(leave)
    code = application.exec()
print("left", time.monotonic(), flush=True)
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
@pytest.mark.parametrize("script", ["sleep:60", "hold:60", "spin"])
def test_quitting_during_a_job_waits_for_nothing_and_leaves_nothing(
    tmp_path: Path, script: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUITTER, str(tmp_path), script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    assert "QThread" not in done.stderr
    assert "Traceback" not in done.stderr
    said = dict(line.split() for line in done.stdout.splitlines())
    took = float(said["left"]) - float(said["leaving"])
    assert took < 30.0, "three seconds are promised, and the job would have gone on for sixty"
    wait_until(lambda: is_gone(int(said["engine"])))


def test_a_picture_closed_during_its_job_drops_it(
    window: MainWindow, watched: Watched, qtbot: QtBot
) -> None:
    other = open_noise(window, name="other.jpg")
    watched.start("steps:50")
    window.workspace.close_session(watched.session)
    with qtbot.waitSignal(other.job_changed, check_params_cb=lambda job: job.over, timeout=60_000):
        other.submit(asked("mask"))
    assert other.document.find("photo").mask is not None
    assert window.workspace.sessions == (other,)
    assert not window.jobs.active
