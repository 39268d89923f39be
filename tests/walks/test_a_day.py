# SPDX-License-Identifier: Apache-2.0
"""A day of somebody who tries everything: commands, tools and documents in any order, by a seed.

PRODEDIT_DAY_ACTIONS says how many; 2,000 over 30 documents are a day.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from prodedit.core import heap
from prodedit.core.problem import Problem
from prodedit.gui.dialogs.command_search import CommandSearch
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import TOOLS
from tests.faults.test_soak import Used, growth, used
from tests.window import noise, open_file, opened_window

ACTIONS = int(os.environ.get("PRODEDIT_DAY_ACTIONS", "240"))
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(300 + ACTIONS)]
SEED = int(os.environ.get("PRODEDIT_DAY_SEED", "7"))
A_DAY = 1_000
AT_ONCE = 4
"""Documents that are open."""
EACH = 66
"""Actions on a document before it is closed: 2,000 on 30."""
MEASURED = 12
"""Times that it is measured how much is used."""
LEFT_OUT = frozenset(("quit", "close", "open_recent", "full_screen", "print"))
"""What ends the day, or needs what is not there."""
Doing = Callable[[], object]


class Day:
    """One person at one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot, folder: Path, seed: int) -> None:
        self.window, self._qtbot, self._folder = window, qtbot, folder
        self._random = random.Random(seed)
        self._opened = 0
        self.done: Counter[str] = Counter()
        self.last: list[str] = []
        self.faults: list[str] = []
        window.workspace.failed.connect(self._notice)
        self._kinds: tuple[tuple[int, str, Doing], ...] = (
            (40, "command", self._command),
            (30, "tool", self._tool),
            (8, "undo", self._undo),
            (6, "layer", self._layer),
            (6, "view", self._view),
            (4, "panel", self._panel),
            (3, "document", self._document),
            (3, "save", self._save),
        )

    def act(self) -> None:
        """One thing more."""
        if len(self.window.workspace.sessions) < AT_ONCE:
            self._open()
        weights = [weight for weight, _, _ in self._kinds]
        _, kind, do = self._random.choices(self._kinds, weights)[0]
        self.last = [*self.last[-15:], kind]
        do()
        self.done[kind] += 1
        self._put_away()

    def close_all(self) -> None:
        self._settle()
        for session in self.window.workspace.sessions:
            self.window.workspace.close_session(session)
        self._settle()

    def close_one(self) -> None:
        """The oldest, saved."""
        self._settle()
        session = self.window.workspace.sessions[0]
        self._save_to(session)
        self.window.workspace.close_session(session)

    def _notice(self, problem: Problem) -> None:
        """Not the problem itself: its traceback would keep pictures that were closed."""
        if problem.code == "unexpected":
            self.faults.append(problem.details)

    # Kinds of actions

    def _command(self) -> None:
        actions = [
            action
            for action in self.window.actions_.values()
            if action.isEnabled() and action.objectName() not in LEFT_OUT
        ]
        action = self._random.choice(actions)
        self.last[-1] = action.objectName()
        action.trigger()

    def _tool(self) -> None:
        tool = self._random.choice(list(TOOLS))
        self.last[-1] = tool
        canvas = self.window.canvas
        assert canvas is not None
        self.window.tools.choose(tool)
        self.window.tools.chosen.emit(tool)
        modifiers = self._random.choice(
            [Qt.KeyboardModifier.NoModifier] * 3
            + [
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.AltModifier,
                Qt.KeyboardModifier.ControlModifier,
            ]
        )
        places = [self._place() for _ in range(self._random.randint(1, 5))]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, places[-1])
        QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
        if self._random.random() < 0.3:
            QTest.keyClick(canvas, self._random.choice([Qt.Key.Key_Escape, Qt.Key.Key_Return]))

    def _place(self) -> QPoint:
        canvas = self.window.canvas
        assert canvas is not None
        return QPoint(
            self._random.randint(0, canvas.width() - 1),
            self._random.randint(0, canvas.height() - 1),
        )

    def _undo(self) -> None:
        session = self.window.workspace.current
        assert session is not None
        for _ in range(self._random.randint(1, 6)):
            self._random.choice([session.undo, session.undo, session.redo])()

    def _layer(self) -> None:
        session = self.window.workspace.current
        assert session is not None
        layers = [layer.id for layer in session.document.walk()]
        if layers:
            session.activate(self._random.choice(layers))

    def _view(self) -> None:
        canvas = self.window.canvas
        assert canvas is not None
        self._random.choice([canvas.zoom_in, canvas.zoom_out, canvas.fit, canvas.one_to_one])()

    def _panel(self) -> None:
        panels = ["background", "adjust", "properties", "style", "enhance", "export", "history"]
        self.window.side.open(self._random.choice(panels))

    def _document(self) -> None:
        workspace = self.window.workspace
        workspace.make_current(self._random.choice(workspace.sessions))

    def _save(self) -> None:
        session = self.window.workspace.current
        assert session is not None
        self._settle()
        self._save_to(session)

    def _save_to(self, session: object) -> None:
        workspace = self.window.workspace
        path = self._folder / "photos" / f"{self._random.randint(0, AT_ONCE)}.ora"
        taken = {one.path for one in workspace.sessions if one is not session}
        if path not in taken:
            workspace.save(session, path, replace=True)  # type: ignore[arg-type]
            workspace.wait_for_files()

    def _open(self) -> None:
        self._opened += 1
        path = self._folder / "photos" / "mug.jpg"
        copy = path.with_name(f"photo-{self._opened}.jpg")
        copy.write_bytes(path.read_bytes())
        open_file(self._qtbot, self.window.workspace, copy)

    # In between

    def _put_away(self) -> None:
        """Dialogs and menus that were opened, and other windows."""
        QCoreApplication.processEvents()
        for search in self.window.findChildren(CommandSearch):
            search.dismiss()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMenu) and widget.isVisible():
                widget.close()
            elif isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
            elif widget.isVisible() and widget is not self.window and widget.isWindow():
                widget.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()

    def _settle(self) -> None:
        workspace = self.window.workspace
        self._qtbot.waitUntil(
            lambda: not any(session.pending for session in workspace.sessions), timeout=120_000
        )
        workspace.wait_for_files()


def rested(folder: Path) -> Used:
    """What is used when the window rests: then it gives back what it keeps while somebody works
    (see gui/spare_memory.py)."""
    used(folder)
    heap.give_back()
    return used(folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "photos").mkdir()
    cv2.imwrite(str(tmp_path / "photos" / "mug.jpg"), noise(600, 400)[..., :3])
    return tmp_path


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that would wait for an answer get none."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        empty: object = ([], "") if name.endswith("s") else ("", "")
        monkeypatch.setattr(QFileDialog, name, lambda *_, _empty=empty, **__: _empty)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QDialog, "exec", lambda dialog: QDialog.DialogCode.Rejected)
    monkeypatch.setattr(QMenu, "exec", lambda *_: None)
    for name in ("question", "warning", "information"):
        monkeypatch.setattr(QMessageBox, name, lambda *_, **__: QMessageBox.StandardButton.No)
    for name in ("getInt", "getDouble", "getText", "getItem"):
        monkeypatch.setattr(QInputDialog, name, lambda *_, **__: (None, False))
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_, **__: QColorDialog().currentColor())


@pytest.fixture
def window(qtbot: QtBot, folder: Path, nobody_answers: None) -> Iterator[MainWindow]:
    with opened_window(qtbot, folder / "own") as window:
        window.resize(1100, 760)
        yield window


def test_a_day(
    window: MainWindow, qtbot: QtBot, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if ACTIONS >= A_DAY:  # pytest would take it for a test that hangs
        faulthandler.cancel_dump_traceback_later()
        heap.keep(heap.PREVIEWS)  # as the program does
    day, rounds = Day(window, qtbot, folder, SEED), list[Used]()
    for number in range(ACTIONS):
        try:
            day.act()
        except Exception as error:
            raise AssertionError(f"after {number} actions, the last {day.last}") from error
        if number % EACH == EACH - 1:
            day.close_one()
        if number % max(1, ACTIONS // MEASURED) == 0:
            day.close_all()
            rounds.append(rested(folder))
    day.close_all()
    rounds.append(rested(folder))
    assert not day.faults
    logged = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not logged, [(record.getMessage(), record.exc_text) for record in logged]
    print(f"{ACTIONS} actions {dict(day.done)}, {rounds[len(rounds) // 3]} -> {rounds[-1]}")
    if ACTIONS < A_DAY:
        return  # each panel that is opened for the first time takes memory once
    found = growth(rounds)
    found.pop("temporary", None)  # photos that were opened, and projects, lie there
    assert found == {}, rounds
