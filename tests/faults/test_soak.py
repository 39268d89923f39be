# SPDX-License-Identifier: Apache-2.0
"""Hour after hour of the same work, made short: nothing may grow.

PRODEDIT_SOAK_SECONDS says for how long; else it is as many rounds as are needed. As MyPaint's
tests/test_memory_leak.py has it, the last third of the rounds may not need more than the middle
third did.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import cv2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from tests.fakes import asked, files_of, threads_and_files
from tests.window import noise, open_file, opened_window, stroke

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc"),
]

SECONDS = float(os.environ.get("PRODEDIT_SOAK_SECONDS", "0"))
AT_LEAST = 9
"""Rounds, so that each third is three."""
AT_MOST = 50
"""Looks until it is taken as it is."""
MEGABYTES = 10.0
"""Two documents of the kind that is opened here; thirds are three rounds and more."""
Round = Callable[[EditSession], object]


class Used(NamedTuple):
    """After a round, when nothing is open."""

    megabytes: float
    """Of the window's process and its children."""
    threads: int
    files: int
    shared: int
    children: int
    temporary: int
    """Files in the folder for such, in the window's own, and beside the photo."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """For the photo and all that is written; temporary files of all processes, too."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "photos").mkdir()
    cv2.imwrite(str(tmp_path / "photos" / "mug.jpg"), noise(1200, 900)[..., :3])
    return tmp_path


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    with opened_window(qtbot, folder / "own") as window:
        window.resize(900, 700)
        told: list[Problem] = []
        window.workspace.failed.connect(told.append)
        yield window
        assert told == []


def work(window: MainWindow, qtbot: QtBot, folder: Path, number: int) -> EditSession:
    """Open, cut out, brush, undo, redo, save, export, close; the session that is no more."""
    session = open_file(qtbot, window.workspace, folder / "photos" / "mug.jpg")
    session.submit(asked("mask"))
    qtbot.waitUntil(lambda: not session.pending, timeout=60_000)
    assert session.document.find(PHOTO).mask is not None
    brush(window, session, number)
    window.canvas.settle()
    session.undo()
    session.undo()
    session.redo()
    session.redo()
    window.workspace.save(session, folder / "photos" / "mug.ora", replace=True)
    window.workspace.export(session, folder / "photos" / "out.jpg", ExportSetting("jpeg"))
    window.workspace.wait_for_files()
    assert not session.is_dirty
    window.workspace.close_session(session)
    return session


def brush(window: MainWindow, session: EditSession, number: int) -> None:
    window.background.correct.choices.button("erase").click()
    steps = session.stack.count()
    x = 100.0 + 37 * (number % 10)
    stroke(window.canvas, (x, 200), (x + 300, 400), (x + 100, 600))
    assert session.stack.count() == steps + 1


def used(folder: Path) -> Used:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    threads, files, shared = threads_and_files()
    children = descendants(os.getpid())
    memory = sum(resident(pid) for pid in (os.getpid(), *children))
    temporary = sum(1 for path in folder.rglob("*") if path.is_file())
    files += sum(open_files(pid) for pid in children)
    return Used(memory, threads, files, shared, len(children), temporary)


def descendants(pid: int) -> list[int]:
    """Threads and processes may end while they are looked at."""
    born = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                born += [int(child) for child in (task / "children").read_text().split()]
    return born + [one for child in born for one in descendants(child)]


def resident(pid: int) -> float:
    """Megabytes that are this process's own; 0 where it has ended meanwhile."""
    try:
        words = Path(f"/proc/{pid}/statm").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(words[1]) - int(words[2])) * os.sysconf("SC_PAGE_SIZE") / 1e6


def open_files(pid: int) -> int:
    """0 where the process has ended meanwhile."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return files_of(pid)
    return 0


def soaked(
    window: MainWindow, qtbot: QtBot, folder: Path, seconds: float, keep: Round = id
) -> list[Used]:
    """What was used after each round. keep: called with each closed session; leaks, if it likes."""
    end, rounds = time.monotonic() + seconds, []
    while len(rounds) < AT_LEAST or time.monotonic() < end:
        keep(work(window, qtbot, folder, len(rounds)))
        rounds.append(at_rest(folder))
    return rounds


def at_rest(folder: Path) -> Used:
    """Once nothing changes any more: small pictures of what was closed may still be being read."""
    before: Used | None = None
    now = used(folder)
    for _ in range(AT_MOST):
        if before is not None and now[1:] == before[1:]:
            break
        time.sleep(0.1)
        before, now = now, used(folder)
    return now


def growth(rounds: list[Used]) -> dict[str, float]:
    """By how much the last third is above the middle third, in what grew too much."""
    third = len(rounds) // 3
    found = {}
    for name, allowed in Used(MEGABYTES, 0, 0, 0, 0, 0)._asdict().items():
        values = [getattr(one, name) for one in rounds]
        before, after = values[third : 2 * third], values[2 * third :]
        grown = statistics.median(after) - max(before)
        if grown > allowed:
            found[name] = grown
    return found


def test_nothing_grows(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    rounds = soaked(window, qtbot, folder, SECONDS)
    print(f"{len(rounds)} rounds, {rounds[len(rounds) // 3]} -> {rounds[-1]}")
    assert growth(rounds) == {}, rounds


def test_what_grows_is_noticed(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """The test can fail: documents, files and temporary files that somebody keeps."""
    documents, files = [], []

    def keep(session: EditSession) -> None:
        documents.append((session.document, os.urandom(16 << 20)))
        files.append((folder / "temporary" / str(len(files))).open("wb"))

    try:
        rounds = soaked(window, qtbot, folder, 0, keep)
    finally:
        for file in files:
            file.close()
    assert growth(rounds).keys() >= {"megabytes", "files", "temporary"}
