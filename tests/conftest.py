# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: no screen, nothing left in the person's folders, no thread."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QFileDialog,
    QFontDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

# The thread that touches Qt first is the main one to it. A test of the command line may draw in a
# thread before any test makes an application, which Qt would then complain of.
QThread.currentThread()

# Qt reads this when the first QGuiApplication is made, so before any fixture. A person who wants
# to watch sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"

# How long an example takes says nothing here, and the same ones are tried each time: what is right
# must not be refused for an example that chance brings up on another computer.
hypothesis.settings.register_profile(
    "prodedit",
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.data_too_large,
        hypothesis.HealthCheck.filter_too_much,
    ],
)
hypothesis.settings.load_profile("prodedit")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SECONDS_FOR_THREADS_TO_END = 30.0
SHORTEST_TIMEOUT = 60_000
"""Milliseconds. Who waits for what will come loses nothing by it, and a busy machine needs it."""
TURNS = 20
FULLY = 10
"""Tests after which all garbage is collected."""
_TESTS = pytest.StashKey[int]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: of two processes neither has to wait long for the other at the end."""
    turn = {"walks": 0, "faults": 1}
    items.sort(key=lambda item: turn.get(item.path.parent.name, 2))


@pytest.fixture(scope="session", autouse=True)
def patient_bot() -> Iterator[None]:
    """However slow the machine: pytest-qt gives up late, and its pauses let everything happen that
    is due by then."""

    def patiently(wait: Callable[..., Any]) -> Callable[..., Any]:
        def waits(bot: QtBot, *what: Any, timeout: int = 0, **how: Any) -> Any:
            return wait(bot, *what, timeout=max(timeout, SHORTEST_TIMEOUT), **how)

        return waits

    pause = QtBot.wait

    def wait_thoroughly(bot: QtBot, milliseconds: int) -> None:
        pause(bot, milliseconds)
        for _ in range(TURNS):
            QCoreApplication.processEvents()

    with pytest.MonkeyPatch.context() as patch:
        for name in ("waitUntil", "waitSignal", "waitExposed", "waitActive"):
            patch.setattr(QtBot, name, patiently(getattr(QtBot, name)))
        patch.setattr(QtBot, "wait", wait_thoroughly)
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_asked() -> Iterator[None]:
    """A question that a test does not answer fails it at once, where it would wait for ever."""
    modal = [
        (QDialog, "exec"),
        (QMenu, "exec"),
        (QColorDialog, "getColor"),
        (QFontDialog, "getFont"),
        *((QMessageBox, name) for name in ("question", "warning", "information", "critical")),
        *((QInputDialog, name) for name in ("getInt", "getDouble", "getText", "getItem")),
        (QFileDialog, "getOpenFileName"),
        (QFileDialog, "getOpenFileNames"),
        (QFileDialog, "getSaveFileName"),
        (QFileDialog, "getExistingDirectory"),
    ]

    def refuse(asked: str, *words: object) -> NoReturn:
        said = words[0].text() if words and isinstance(words[0], QMessageBox) else words
        raise AssertionError(f"{asked} waits for an answer: {said}")

    with pytest.MonkeyPatch.context() as patch:
        for kind, name in modal:
            asked = f"{kind.__name__}.{name}"
            patch.setattr(kind, name, lambda *words, _asked=asked, **_: refuse(_asked, *words))
        yield


@pytest.fixture(scope="session", autouse=True)
def own_folders() -> Iterator[Path]:
    """Settings, caches and recovery files of the tests go to a folder that ends with them.

    The data folder stays the person's own: it holds the models, which nobody pulls twice.
    """
    folder = tempfile.TemporaryDirectory(prefix="prodedit-tests-")
    with folder as name, pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(Path(name) / kind.lower()))
        patch.setenv("PRODEDIT_MARKS", str(Path(name) / "pictures.sqlite"))
        yield Path(name)


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Empty Qt's clipboard while Python can still let go of what lies in it.

    Without a screen the clipboard is a static object of Qt's: it deletes its content after the
    interpreter has ended, and a crash there fails a run whose tests all passed.
    """
    yield
    if (qt := sys.modules.get("PySide6.QtGui")) and qt.QGuiApplication.instance():
        qt.QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def ended_sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test may drop its sessions, a program ends them (see EditSession.end): so is done here."""
    module = sys.modules.get("prodedit.editing.session")
    if module is None:
        yield
        return
    made: list[weakref.ref[Any]] = []
    begin = module.EditSession.__init__

    def begun(session: Any, *arguments: Any, **options: Any) -> None:
        begin(session, *arguments, **options)
        made.append(weakref.ref(session))

    monkeypatch.setattr(module.EditSession, "__init__", begun)
    yield
    for session in filter(None, [reference() for reference in made]):
        if shiboken6.isValid(session) and shiboken6.isValid(session.stack):
            session.stack.blockSignals(True)
            session.stack.clear()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread running which would keep the program from quitting."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + SECONDS_FOR_THREADS_TO_END
    while left := [t for t in threading.enumerate() if t not in before and not t.daemon]:
        if time.monotonic() > end:
            pytest.fail(f"threads left running: {', '.join(t.name for t in left)}")
        left[0].join(0.05)


@pytest.fixture(scope="session", autouse=True)
def no_garbage_of_other_threads() -> Iterator[None]:
    """As in the program: see gui/garbage.py. All tests are loaded by now, and stay."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collected between tests: all of it after every tenth, as pictures hang on it."""
    assert threading.current_thread() is threading.main_thread()
    yield
    request.session.stash[_TESTS] = count = request.session.stash.get(_TESTS, 0) + 1
    gc.collect(1 if count % FULLY else 2)


@pytest.fixture(scope="session")
def fault_seconds() -> float:
    """How long one fault test may go on: short by default, 60 in `make test-faults`."""
    return float(os.environ.get("PRODEDIT_FAULT_SECONDS", "1"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of photos and hostile files that lies beside a developer's checkout."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no shared data beside the checkout ({SHARED_DATA})")
    return SHARED_DATA


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """An X server of the tests' own, as a DISPLAY value; for programs started by a test."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed: apt install xvfb xdotool")
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (os.devnull is no real path)
        server = subprocess.Popen(command, pass_fds=(write,), stdout=nowhere, stderr=nowhere)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            pytest.fail("Xvfb ended before it had a display")
        yield f":{number}"
    finally:
        server.kill()
        server.wait()
