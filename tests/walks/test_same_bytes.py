# SPDX-License-Identifier: Apache-2.0
"""One path for one picture and for many: real photo, real network, and the window's file has the
bytes of the command line's."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.data_files import resources_folder
from prodedit.editing.session import EditSession
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import Status, default_store
from prodedit.gui.main_window import MainWindow
from tests.window import open_file, opened_window

ROOT = Path(__file__).parents[2]
CAMERA = "DSC, with its own settings"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    if default_store().state("u2net").status is Status.MISSING:
        pytest.skip("no weights: prodedit models pull u2net")
    with opened_window(qtbot, tmp_path / "own", EngineClient) as window:
        yield window


def taken(folder: Path) -> Path:
    """A photo as a camera leaves it: lying on its side, with a place and a name in it."""
    path = folder / "mug.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned right
    exif[0x010F] = CAMERA  # Make
    exif.get_ifd(0x8825)[1] = "N"  # GPSLatitudeRef
    with Image.open(resources_folder() / "samples" / "mug.jpg") as sample:
        sample.thumbnail((1000, 1000))  # quicker, and as good for this
        sample.save(path, quality=95, exif=exif)
    return path


def press(button: QAbstractButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def exported(window: MainWindow, qtbot: QtBot, kind: str, path: Path) -> bytes:
    press(window.export.formats.button(kind))
    with qtbot.waitSignal(window.workspace.exported, timeout=60_000):
        window.export.export_to(path)
    return path.read_bytes()


def cut_out(photo: Path, out: Path, *words: str) -> bytes:
    command = [sys.executable, "-m", "prodedit", "cutout", photo, "-o", out, "--model", "u2net"]
    ran = subprocess.run(
        [*command, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=170
    )
    assert ran.returncode == 0, ran.stderr
    return out.read_bytes()


def wait_for_the_cut_out(session: EditSession, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.pending, timeout=120_000)
    mask = session.document.find(PHOTO).mask
    assert mask is not None
    assert 0.02 < (mask.alpha.to_array() > 127).mean() < 0.98


@pytest.mark.slow
@pytest.mark.long
def test_window_and_command_line_give_the_same_bytes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = taken(tmp_path)
    session = open_file(qtbot, window.workspace, photo)
    press(window.background.cutout.choices.button("fast"))
    press(window.background.cutout.button)
    wait_for_the_cut_out(session, qtbot)
    window.side.open("export")
    png = exported(window, qtbot, "png", tmp_path / "window.png")
    window.side.open("background")
    press(window.background.backdrop.choices.button("white"))
    qtbot.waitUntil(lambda: session.document.find(BACKGROUND) is not None, timeout=20_000)
    window.side.open("export")
    jpeg = exported(window, qtbot, "jpeg", tmp_path / "window.jpg")
    assert digest(cut_out(photo, tmp_path / "line.png")) == digest(png)
    white = cut_out(photo, tmp_path / "line.jpg", "--background", "#FFFFFF")
    assert digest(white) == digest(jpeg)
    assert CAMERA.encode() not in white


def digest(data: bytes) -> str:
    """Told apart more briefly than megabytes are."""
    return f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:16]}"
