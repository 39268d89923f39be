# SPDX-License-Identifier: Apache-2.0
"""The window is painted before anything slow is loaded, and what comes in then moves nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QMenu,
    QMenuBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from prodedit.editing.appearance import Appearance, read_appearance
from prodedit.editing.settings import Settings, SettingsFile
from prodedit.gui import first_paint
from prodedit.gui.actions import MENUS
from prodedit.gui.first_paint import AfterFirstPaint
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import Palette, apply_theme
from tests.window import opened_workspace

SLOW = {
    "PIL", "cv2", "msgspec", "multiprocessing", "numpy", "onnxruntime", "psd_tools", "pydantic",
    "torch", "typer",
}  # fmt: skip
"""Packages of which each takes longer to load than the window to build."""
ROOMS = {"catalogue", "engine", "nets", "render"}
"""Parts of the program that the first paint has no use for."""

AT_FIRST_PAINT = """
import json, sys
from prodedit.__main__ import _import_qt, main

_import_qt()
from PySide6.QtWidgets import QApplication
import prodedit.app as app

loaded = []

def load():
    loaded.extend(sorted(sys.modules))

def work(window, *rest):
    told = {"modules": loaded, "visible": window.isVisible(), "import": __import__.__name__}
    print(json.dumps(told))
    QApplication.exit(0)

app._load, app._work = load, work
sys.exit(main([]))
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


def test_a_sample_clicked_before_all_is_there_is_opened_then(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Appearance(), _palette())
    qtbot.addWidget(window)
    window.show()
    sample = window.start.findChild(QToolButton)
    assert sample is not None
    sample.click()
    with opened_workspace(tmp_path) as workspace:
        with qtbot.waitSignal(workspace.session_opened, timeout=30_000):
            window.furnish(workspace)
        for session in workspace.sessions:
            workspace.close_session(session)
        window.close()


def test_open_clicked_before_all_is_there_asks_which_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda _parent, title, *_: (asked.append(title) or [], "")
    )
    window = MainWindow(Appearance(), _palette())
    qtbot.addWidget(window)
    window.show()
    window.actions_["open"].trigger()
    with opened_workspace(tmp_path) as workspace:
        window.furnish(workspace)
        qtbot.waitUntil(lambda: asked == ["Open"])
        window.actions_["open"].trigger()
        qtbot.wait(20)
        assert asked == ["Open", "Open"]
        window.close()


def test_keys_and_menus_are_there_as_soon_as_they_do_something(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(Appearance(), _palette())
    qtbot.addWidget(window)
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == list(MENUS)
    with opened_workspace(tmp_path) as workspace:
        window.furnish(workspace)
        menus = [action.menu() for action in window.menuBar().actions()]
        assert all(isinstance(menu, QMenu) and menu.actions() for menu in menus)
        assert window.actions_["save"] in window.actions()  # its key works without the menu
        assert window.actions_["save"].shortcut() == QKeySequence("Ctrl+S")
        window.close()


def test_python_imports_as_it_always_does(at_first_paint: dict[str, object]) -> None:
    """Qt's own way reads the source of every module that is imported."""
    assert at_first_paint["import"] == "__import__"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"theme": 3, "language": ["en"], "recent": "x", "window": 1, "side_width": "x"}',
        '{"theme": "pink", "language": "tlh", "recent": {"a": 1}, "window": null}',
    ],
)
def test_settings_that_are_damaged_do_not_keep_the_window_from_showing(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert read_appearance(path) == Appearance()
    assert read_appearance(tmp_path / "nothing.json") == Appearance()


def test_the_first_look_is_that_of_the_settings(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    chosen = Settings(theme="light", language="zh_CN", window="aGk=", side_width=480)
    chosen = chosen.with_recent(Path("/a/杯.jpg"))
    file.save(chosen)
    seen = read_appearance(file.path)
    assert seen == tuple(getattr(chosen, name) for name in Appearance._fields)
    assert Appearance() == tuple(getattr(Settings(), name) for name in Appearance._fields)


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
