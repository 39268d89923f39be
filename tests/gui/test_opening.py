# SPDX-License-Identifier: Apache-2.0
"""A project is seen before its layers are there; and what is slow to export can be stopped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from prodedit.core.document import from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing import exports as exports_module
from prodedit.editing import openings as openings_module
from prodedit.editing.opening import Opening
from prodedit.files import encoding_aside
from prodedit.files.pictures import Opened, open_picture
from prodedit.gui import announcer
from prodedit.gui.main_window import MainWindow
from prodedit.gui.opening_view import OpeningView
from prodedit.render.project import save_project
from tests.projects import photo
from tests.window import notice_button, open_noise, opened_window, shown

WIDTH, HEIGHT = 3000, 2000


class Gate:
    """Layers are read once it is opened, or not at all."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.problem: Problem | None = None

    def read(self, path: Path, *rest: object, **more: object) -> Opened:
        assert self.is_open.wait(30)
        if self.problem is not None:
            raise self.problem
        return open_picture(path, *rest, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("projects") / "mug.ora"
    save_project(from_photo(Tiles.from_array(photo(WIDTH, HEIGHT)), "mug"), path)
    return path


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(openings_module, "open_picture", gate.read)
    yield gate
    gate.is_open.set()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, gate: Gate) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path / "own") as window:
        yield window
        gate.is_open.set()


def previewed(qtbot: QtBot, window: MainWindow, path: Path) -> OpeningView:
    """Its preview is on the screen; its layers are not read yet."""
    with qtbot.waitSignal(window.workspace.preview_opened, timeout=20_000):
        window.workspace.open(path)
    view = window.openings.current
    assert view is not None
    assert window.stack.currentWidget() is view
    QApplication.processEvents()
    return view


def zoom(view: QWidget, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def seen(view: QWidget) -> np.ndarray:
    """(h, w, 3) BGR as the widget paints itself."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), -1, 4)[:, : image.width(), :3].copy()


def test_a_project_is_seen_before_its_layers_are_there(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path
) -> None:
    view = previewed(qtbot, window, saved)
    assert window.workspace.current is None
    assert window.tabs.count() == 1
    assert not window.actions_["save"].isEnabled()
    before = seen(view)
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000):
        gate.is_open.set()
    assert window.canvas is not None
    assert window.tabs.count() == 1
    assert window.actions_["save"].isEnabled()
    after = shown(window.canvas)
    middle = (slice(100, 300), slice(100, 300))  # nothing of the card
    assert cv2.absdiff(before[middle], after[middle]).mean() < 2


def test_zoom_and_place_are_kept(qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path) -> None:
    view = previewed(qtbot, window, saved)
    zoom(view, QPoint(200, 150), 4)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(view, QPoint(280, 320))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(280, 320))
    wanted = view.viewport
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000):
        gate.is_open.set()
    QApplication.processEvents()
    assert window.canvas is not None
    assert window.canvas.viewport == wanted
    known = [window.canvas._looks.projection.known_image(level, 0, 0) for level in range(2)]
    assert all(known)  # no empty canvas in between


def test_a_view_that_was_not_touched_still_fits(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path
) -> None:
    view = previewed(qtbot, window, saved)
    assert view.viewport.is_picture_inside
    window.resize(1000, 700)
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000):
        gate.is_open.set()
    window.resize(1200, 760)
    QApplication.processEvents()
    assert window.canvas is not None
    assert window.canvas.viewport == window.canvas.viewport.fit(1.0)


@pytest.mark.parametrize("by", ["card", "tab", "Esc"])
def test_it_can_be_given_up(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path, by: str
) -> None:
    session = open_noise(window)
    view = previewed(qtbot, window, saved)
    side = window.tabs.ButtonPosition.RightSide
    QTest.keyClick(view, Qt.Key.Key_Space)  # meant for the canvas: it pushes no button
    assert window.stack.currentWidget() is view
    if by == "Esc":
        QTest.keyClick(view, Qt.Key.Key_Escape)
    else:
        (view.button if by == "card" else window.tabs.tabButton(1, side)).click()
    assert window.tabs.count() == 1
    assert window.workspace.current is session
    assert window.stack.currentWidget() is window.view
    gate.is_open.set()
    window.workspace.wait_for_files()
    assert window.workspace.sessions == (session,)
    assert window.notices.texts == ()


def test_the_last_one_given_up_leaves_the_start_page(
    qtbot: QtBot, window: MainWindow, saved: Path
) -> None:
    previewed(qtbot, window, saved).button.click()
    assert window.stack.currentWidget() is window.start
    assert not window.tabs.isVisible()


def test_a_failure_afterwards_is_one_sentence(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path
) -> None:
    previewed(qtbot, window, saved)
    gate.problem = Problem("It is damaged.", code="damaged-project")
    gate.is_open.set()
    window.workspace.wait_for_files()
    assert window.notices.texts == ("It is damaged.",)
    assert window.tabs.count() == 0
    assert window.stack.currentWidget() is window.start


def test_who_looks_at_another_picture_meanwhile_is_left_there(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path
) -> None:
    session = open_noise(window)
    view = previewed(qtbot, window, saved)
    window.tabs.setCurrentIndex(0)
    assert window.workspace.current is session
    window.workspace.open(saved)  # asked for again: it is shown, not read twice
    assert window.stack.currentWidget() is view
    zoom(view, QPoint(200, 150), 3)
    wanted = view.viewport
    window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000) as opened:
        gate.is_open.set()
    assert window.workspace.current is session
    assert window.tabs.count() == 2
    window.tabs.setCurrentIndex(1)
    assert window.workspace.current is opened.args[0]
    QApplication.processEvents()
    assert window.canvas is not None
    assert window.canvas.viewport == wanted


def test_the_tab_of_a_project_stays_where_it_was(
    qtbot: QtBot, window: MainWindow, gate: Gate, saved: Path, tmp_path: Path
) -> None:
    previewed(qtbot, window, saved)
    open_noise(window, name="later.jpg")
    with qtbot.waitSignal(window.workspace.session_opened, timeout=20_000):
        gate.is_open.set()
    assert [window.tabs.tabText(n) for n in range(2)] == ["mug.ora", "later.jpg *"]
    window.tabs.setCurrentIndex(0)
    assert window.workspace.current is not None
    assert window.workspace.current.name == "mug.ora"
    window.tabs.setCurrentIndex(1)
    assert window.workspace.current.name == "later.jpg"


def test_the_program_can_end_meanwhile(
    qtbot: QtBot, tmp_path: Path, gate: Gate, saved: Path
) -> None:
    with opened_window(qtbot, tmp_path / "own") as window:
        previewed(qtbot, window, saved)
        gate.is_open.set()


def test_an_opening_knows_its_name() -> None:
    assert Opening(Path("/a/mug.ora")).name == "mug.ora"


# Exporting


def test_a_slow_export_can_be_stopped(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that never ends stands for a picture that takes long."""
    sleeping = (shutil.which("sleep") or "sleep", "60")
    aside = encoding_aside.encode_aside
    monkeypatch.setattr(
        exports_module, "encode_aside", lambda *a, stop: aside(*a, stop=stop, command=sleeping)
    )
    monkeypatch.setattr(announcer, "LONG_MILLISECONDS", 50)
    session = open_noise(window)
    path = tmp_path / "mug.tif"
    window.workspace.export(session, path, ExportSetting("tiff"))
    qtbot.waitUntil(lambda: bool(window.notices.texts), timeout=20_000)
    assert "mug.tif" in window.notices.texts[0]
    notice_button(window, "Stop").click()
    window.workspace.wait_for_files()
    assert not path.exists()
    assert window.notices.texts == ()


def test_the_card_of_an_export_goes_with_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "LONG_MILLISECONDS", 0)
    session = open_noise(window)
    window.workspace.export(session, tmp_path / "mug.webp", ExportSetting("webp"))
    window.workspace.wait_for_files()
    (told,) = window.notices.texts
    assert told.startswith("Exported: mug.webp")
