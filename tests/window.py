# SPDX-License-Identifier: Apache-2.0
"""The real window on real threads and processes, for tests; only folders are their own."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from prodedit.core.document import Document, layer_tiles
from prodedit.core.geometry import Point
from prodedit.core.layer import FillContent, GroupContent
from prodedit.core.tiles import Tiles
from prodedit.editing.recovery import RecoveryDesk
from prodedit.editing.session import EditSession
from prodedit.editing.settings import SettingsFile
from prodedit.editing.worker import Worker
from prodedit.editing.workspace import Workspace
from prodedit.engine.service.client import EngineClient
from prodedit.files.decoder import Decoder
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Notice
from prodedit.gui.theme import apply_theme
from tests.fakes import fake_client


@contextmanager
def opened_workspace(
    folder: Path, client: Callable[[], EngineClient] = fake_client
) -> Iterator[Workspace]:
    """Settings and recovery data in `folder`; `client`: the scriptable engine of tests/fakes.py."""
    workspace = Workspace(
        Worker(client),
        Decoder(),
        SettingsFile(folder / "settings.json"),
        RecoveryDesk(folder / "recovery"),
    )
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def opened_window(
    application: object, folder: Path, client: Callable[[], EngineClient] = fake_client
) -> Iterator[MainWindow]:
    """A shown window; closed without questions at the end. `application`: qtbot or qapp, so that
    there is one."""
    del application
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    palette = apply_theme(running, "dark")
    with opened_workspace(folder, client) as workspace:
        window = MainWindow(workspace.settings, palette)
        window.furnish(workspace)
        window.show()
        assert QTest.qWaitForWindowExposed(window, 60_000)
        try:
            yield window
        finally:
            for session in workspace.sessions:
                workspace.close_session(session)
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def noise(width: int = 320, height: int = 240, seed: int = 3) -> np.ndarray:
    """(h, w, 4) opaque BGRA; the fake engine makes the mask of the blue channel."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def open_noise(
    window: MainWindow, width: int = 320, height: int = 240, name: str = "mug.jpg"
) -> EditSession:
    """A picture without a file, as a pasted one."""
    return window.workspace.open_pixels(Tiles.from_array(noise(width, height)), name)


def open_file(qtbot: QtBot, workspace: Workspace, path: Path) -> EditSession:
    """Open and wait for it."""
    with qtbot.waitSignal(workspace.session_opened, timeout=30_000) as opened:
        workspace.open(path)
    session = opened.args[0]
    assert isinstance(session, EditSession)
    return session


def digest(document: Document) -> str:
    """A hash over all that a document is: structure, values and every pixel."""
    digest = hashlib.sha256(repr((document.size, document.guides, document.paths)).encode())
    for layer in document.walk():
        plain = (layer.id, layer.name, layer.opacity, layer.visible, layer.locks, layer.blend)
        mask = layer.mask
        bound = (layer.clip, layer.warp, layer.effects)
        told = None
        if mask is not None:
            told = (mask.score, mask.task, mask.enabled, mask.transform, mask.linked)
        content: object = layer.content
        if isinstance(layer.content, GroupContent):
            content = layer.content.isolated
        elif isinstance(layer.content, FillContent):
            content = layer.content.fill  # the address of a pattern's tiles says nothing
        elif layer.tiles is not None:
            content = None
        digest.update(
            repr((plain, bound, layer.transform, told, content, len(layer.children))).encode()
        )
        for tiles in layer_tiles(layer):
            digest.update(tiles.to_array().tobytes())
    if document.selection is not None:
        digest.update(document.selection.to_array().tobytes())
    return digest.hexdigest()


def shown(canvas: Canvas) -> np.ndarray:
    """(h, w, 3) BGR as the canvas paints itself, all of it computed."""
    canvas.settle()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), -1, 4)[:, : image.width(), :3].copy()


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """Where a point of the document lies on the canvas."""
    place = canvas.viewport.to_widget(Point(x, y))
    return QPoint(round(place.x), round(place.y))


def stroke(canvas: Canvas, *points: tuple[float, float]) -> None:
    """Press at the first, move over the others, release at the last, leave the canvas."""
    places = [at(canvas, *point) for point in points]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])
    QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))  # the brush's ring goes


def button(parent: QWidget, text: str) -> QPushButton:
    """The shown button of that text below `parent`."""
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    assert len(found) == 1, [b.text() for b in parent.findChildren(QPushButton) if b.isVisible()]
    return found[0]


def notice_button(window: MainWindow, text: str) -> QPushButton:
    """The button of that text on a card that is shown."""
    for notice in window.notices.findChildren(Notice):
        for found in notice.findChildren(QPushButton):
            if found.text() == text and not notice.isHidden():
                return found
    raise AssertionError(f"no button {text!r} on {window.notices.texts}")


class Stalls(QObject):
    """A timer that wants to ring every 5 ms; `longest` says for how long it could not, in ms, and
    `work` how much of the processor's time the thread used at most in between: that is the
    window's own fault, whatever else the machine does."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.work = 0.0
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ring)

    def __enter__(self) -> Stalls:
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_ignored: object) -> None:
        self._ring()
        self._timer.stop()

    def _ring(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self.work = max(self.work, (used - self._used) * 1000)
        self._last, self._used = now, used


def close_all(window: MainWindow) -> None:
    """For the next test: nothing is open, nothing is told, as at the start."""
    for session in window.workspace.sessions:
        window.workspace.close_session(session)
    for notice in window.notices.findChildren(Notice):
        notice.dismiss()
    window.catalogue.close_folder()
    window.workspace.wait_for_files()
    window.side.open("background")
    window.tools.choose("move")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
