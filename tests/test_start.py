# SPDX-License-Identifier: Apache-2.0
"""The window is painted before anything slow is loaded, and what comes in then moves nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QFrame, QMenuBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from prodedit.editing.settings import Settings
from prodedit.gui import first_paint
from prodedit.gui.first_paint import AfterFirstPaint
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import Palette, apply_theme
from tests.window import opened_workspace

SLOW = {
    "PIL", "cv2", "multiprocessing", "numpy", "onnxruntime", "pydantic", "torch", "typer",
}  # fmt: skip
"""Packages of which each takes longer to load than the window to build."""
ROOMS = {"catalogue", "engine", "nets", "render"}
"""Parts of the program that the first paint has no use for."""

AT_FIRST_PAINT = """
import json, sys
from PySide6.QtWidgets import QApplication
import prodedit.app as app

loaded = []

def load():
    loaded.extend(sorted(sys.modules))

def work(window, *rest):
    print(json.dumps({"modules": loaded, "visible": window.isVisible()}))
    QApplication.exit(0)

app._load, app._work = load, work
sys.exit(app.main([]))
"""


@pytest.fixture(scope="module")
def at_first_paint(own_folders: Path) -> dict[str, object]:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", AT_FIRST_PAINT]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_nothing_slow_is_loaded_before_the_first_paint(at_first_paint: dict[str, object]) -> None:
    modules = at_first_paint["modules"]
    assert isinstance(modules, list)
    assert "prodedit.app" in modules
    assert SLOW & {name.split(".")[0] for name in modules} == set()
    rooms = {name.split(".")[1] for name in modules if name.startswith("prodedit.")}
    assert rooms & ROOMS == set()
    assert at_first_paint["visible"] is True


def test_what_comes_in_later_moves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Settings(), _palette())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    before = _places(window)
    with opened_workspace(tmp_path) as workspace:
        window.furnish(workspace)
        qtbot.wait(50)
        assert {name: _places(window)[name] for name in before} == before
        assert before["sample"].width() > 100
        assert window.side.isVisible()
        assert window.tools.isVisible()
        window.close()


def test_the_first_look_offers_to_open_a_picture(qtbot: QtBot) -> None:
    window = MainWindow(Settings(), _palette())
    qtbot.addWidget(window)
    assert window.actions_["open"].isEnabled()
    assert not window.actions_["save"].isEnabled()
    assert window.stack.currentWidget() is window.start


def test_a_window_that_is_closed_at_once_asks_nothing(qtbot: QtBot) -> None:
    window = MainWindow(Settings(), _palette())
    qtbot.addWidget(window)
    window.show()
    assert window.close()


def test_work_begins_once_and_after_the_paint(qtbot: QtBot) -> None:
    seen: list[bool] = []
    window = _Painted()
    qtbot.addWidget(window)
    AfterFirstPaint(window, lambda: seen.append(window.is_painted))
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    window.repaint()
    qtbot.wait(20)
    assert seen == [True]


def test_work_begins_though_nothing_is_ever_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "PATIENCE", 20)
    seen: list[int] = []
    window = QWidget()
    qtbot.addWidget(window)
    AfterFirstPaint(window, lambda: seen.append(1))
    qtbot.waitUntil(lambda: bool(seen))
    window.show()
    qtbot.wait(50)
    assert seen == [1]


class _Painted(QWidget):
    """Knows whether a widget inside it was painted, which is after itself."""

    def __init__(self) -> None:
        super().__init__()
        self.is_painted = False
        self._inner = _Inner(self)
        self._inner.resize(20, 20)


class _Inner(QWidget):
    def paintEvent(self, event: object) -> None:  # noqa: N802
        parent = self.parent()
        assert isinstance(parent, _Painted)
        parent.is_painted = True


def _palette() -> Palette:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return apply_theme(app, "dark")


def _places(window: MainWindow) -> dict[str, QRect]:
    parts = {
        "menus": window.findChild(QMenuBar),
        "top": window.top,
        "start": window.start,
        "status": window.status,
        "picture": window.stack,
        "drop place": window.start.findChild(QFrame, "drop-place"),
        "sample": window.start.findChild(QToolButton),
    }
    found = {name: part for name, part in parts.items() if part is not None}
    assert found.keys() == parts.keys()
    return {
        name: QRect(part.mapTo(window, part.rect().topLeft()), part.size())
        for name, part in found.items()
    }
