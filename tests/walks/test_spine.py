# SPDX-License-Identifier: Apache-2.0
"""The program's main job from end to end: open, cut out, correct, white, export, save, undo."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.editing.session import EditSession
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import Status, default_store
from prodedit.gui.main_window import MainWindow
from prodedit.render.compositor import Compositor
from tests.window import digest, open_file, opened_window, shown, stroke

PICTURE = "train/clothing/test/hat/d116fe9a-a72b-49e2-806d-e92f3a67a032.jpg"
SECONDS = 120_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    for model in ("u2net", "isnet"):
        if default_store().state(model).status is Status.MISSING:
            pytest.skip(f"no weights: prodedit models pull {model}")
    with opened_window(qtbot, tmp_path / "own", EngineClient) as window:
        yield window


def copied(shared_data: Path, folder: Path) -> Path:
    """The photo in a folder where things may be written beside it."""
    folder.mkdir()
    return Path(shutil.copy(shared_data / PICTURE, folder / "hat.jpg"))


class Steps:
    """Does one step after the other; each must change the document and what the canvas shows."""

    def __init__(self, window: MainWindow, session: EditSession, qtbot: QtBot) -> None:
        self.window, self.session, self.qtbot = window, session, qtbot
        self.digests = [digest(session.document)]
        self.views = [self._view()]

    def step(self, act: Callable[[], object]) -> None:
        count = self.session.stack.count()
        act()
        self.qtbot.waitUntil(lambda: self.session.stack.count() == count + 1, timeout=SECONDS)
        self.digests.append(digest(self.session.document))
        self.views.append(self._view())
        assert self.digests[-1] != self.digests[-2]
        assert (self.views[-1] != self.views[-2]).any()

    def back(self) -> None:
        """Ctrl+Z to the start: at each step the document and the view of then."""
        while len(self.digests) > 1:
            self.digests.pop()
            self.views.pop()
            QTest.keyClick(self.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert digest(self.session.document) == self.digests[-1]
            assert (self._view() == self.views[-1]).all()

    def _view(self) -> np.ndarray:
        assert self.window.canvas is not None
        return shown(self.window.canvas)


@pytest.mark.slow
def test_from_a_photo_to_a_picture_on_white_and_back(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    shared_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = copied(shared_data, tmp_path / "photos")
    untouched = photo.read_bytes()
    session = open_file(qtbot, window.workspace, photo)
    opened = session.document
    steps = Steps(window, session, qtbot)

    steps.step(lambda: press(window.background.cutout.button))
    mask = session.document.find(PHOTO).mask
    assert mask is not None
    assert mask.score is not None
    assert mask.score > 0.5
    share = (mask.alpha.to_array() > 127).mean()
    assert 0.05 < share < 0.95

    press(window.background.correct.choices.button("erase"))
    steps.step(lambda: paint_over_the_product(window, session))
    after = session.document.find(PHOTO).mask
    assert (after.alpha.to_array() > 127).mean() < share

    steps.step(lambda: press(window.background.backdrop.choices.button("white")))
    assert session.document.find(BACKGROUND) is not None
    assert tuple(merged(session)[2, 2]) == (255, 255, 255, 255)

    jpeg = exported(window, qtbot, monkeypatch, tmp_path / "hat-white.jpg")
    decoded = cv2.imread(str(jpeg)).astype(int)
    assert np.abs(decoded - merged(session)[..., :3]).mean() < 3

    project = saved(window, session, qtbot)
    assert project == photo.with_name("hat.ora")
    picture, before = merged(session), digest(session.document)
    steps.back()
    assert session.document is opened
    assert not session.stack.canUndo()

    window.workspace.close_session(session)
    again = open_file(qtbot, window.workspace, project)
    assert digest(again.document) == before
    assert (merged(again) == picture).all()
    assert photo.read_bytes() == untouched


def press(button: QAbstractButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def paint_over_the_product(window: MainWindow, session: EditSession) -> None:
    alpha = session.document.find(PHOTO).mask.alpha.to_array()
    rows, columns = np.nonzero(alpha > 250)
    middle = len(rows) // 2
    x, y = float(columns[middle]), float(rows[middle])
    assert window.canvas is not None
    stroke(window.canvas, (x, y), (x + 8, y), (x + 20, y + 4))


def merged(session: EditSession) -> np.ndarray:
    return Compositor().merged(session.document)


def exported(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    """Ctrl+Alt+Shift+W, JPEG, Export…, choose `path`."""
    control, alt, shift = _CONTROL, Qt.KeyboardModifier.AltModifier, _SHIFT
    QTest.keyClick(window, Qt.Key.Key_W, control | alt | shift)
    assert window.side.open_id == "export"
    press(window.export.formats.button("jpeg"))
    asked = answer_save_dialog(monkeypatch, path)
    with qtbot.waitSignal(window.workspace.exported, timeout=30_000) as done:
        press(window.export.button)
    assert asked == ["hat-edited.jpg"]  # never the photo itself
    assert done.args[0].nbytes == path.stat().st_size
    return path


def saved(window: MainWindow, session: EditSession, qtbot: QtBot) -> Path:
    """Ctrl+S: the project is put beside the photo."""
    assert session.is_dirty
    with qtbot.waitSignal(window.workspace.saved, timeout=30_000):
        QTest.keyClick(window, Qt.Key.Key_S, _CONTROL)
    assert not session.is_dirty
    assert session.path is not None
    return session.path


def answer_save_dialog(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """The next question where to save is answered with `path`; the names that it proposes."""
    asked: list[str] = []

    def answer(parent: object, title: str, proposed: str, *_ignored: object) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
