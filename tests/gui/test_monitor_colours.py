# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QColorSpace, QImage, QRegion
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.layer import Colour, SolidFill
from prodedit.editing.session import EditSession
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.gui.main_window import MainWindow
from prodedit.gui.monitor_colours import LARGEST, convert, read_profile, to_monitor
from prodedit.gui.system_profile import system_profile

RED_IN_ADOBE_RGB = (219, 0, 0)
"""What sRGB's (255, 0, 0) is there; published with the space."""


def profile(space: QColorSpace.NamedColorSpace) -> bytes:
    return bytes(QColorSpace(space).iccProfile().data())


ADOBE = profile(QColorSpace.NamedColorSpace.AdobeRgb)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "monitor.icc"
    path.write_bytes(ADOBE)
    return path


def test_only_the_region_is_changed_and_rightly() -> None:
    colours = to_monitor(ADOBE)
    assert colours is not None
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    convert(image, QRegion(QRect(5, 5, 10, 5)), colours)
    assert image.pixelColor(5, 5).getRgb()[:3] == RED_IN_ADOBE_RGB
    assert image.pixelColor(14, 9).getRgb()[:3] == RED_IN_ADOBE_RGB
    assert image.pixelColor(4, 5).getRgb()[:3] == (255, 0, 0)
    assert image.pixelColor(15, 9).getRgb()[:3] == (255, 0, 0)


@pytest.mark.parametrize("data", [b"", b"no profile", ADOBE[:100]], ids=["nothing", "text", "cut"])
def test_what_is_no_profile_changes_nothing(data: bytes) -> None:
    assert to_monitor(data) is None


def test_srgb_needs_no_change() -> None:
    assert to_monitor(profile(QColorSpace.NamedColorSpace.SRgb)) is None


def test_a_file_that_can_not_be_a_profile_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.icc"
    with large.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert read_profile(large) == read_profile(tmp_path / "gone.icc") == b""


def shown(window: MainWindow) -> tuple[int, ...]:
    assert window.canvas is not None
    window.canvas.settle()
    image = window.canvas.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).getRgb()[:3]


def test_the_canvas_shows_it_and_files_stay_as_they_are(
    window: MainWindow, session: EditSession, file: Path
) -> None:
    session.apply(edits.AddFillLayer("red", "Red", SolidFill(Colour(255, 0, 0))))
    assert shown(window) == (255, 0, 0)
    window.workspace.change_settings(monitor=str(file))
    assert shown(window) == RED_IN_ADOBE_RGB
    assert window.canvas is not None
    window.canvas.one_to_one()
    assert shown(window) == RED_IN_ADOBE_RGB, "what comes into view, too, and once"
    window.workspace.change_settings(monitor="none")
    assert shown(window) == (255, 0, 0)


def test_a_profile_is_chosen_in_the_preferences(
    window: MainWindow, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = Preferences(window.workspace, window.gpu, window)
    box = dialog.monitor
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *words: told.append(words[-1]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    assert window.workspace.settings.monitor == str(file)
    assert box.currentText() == "monitor.icc"
    assert not told
    (tmp_path / "text.icc").write_bytes(profile(QColorSpace.NamedColorSpace.SRgb))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "text.icc"), ""))
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    assert "text.icc" in told[0]
    assert window.workspace.settings.monitor == str(file)
    assert box.currentText() == "monitor.icc"
    window.workspace.change_settings(monitor="none")
    dialog.close()


def test_nobody_to_ask() -> None:
    assert system_profile("offscreen", 0) == b""


SET = """
import ctypes, sys
x11 = ctypes.CDLL(sys.argv[1])
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
display = ctypes.c_void_p(x11.XOpenDisplay(None))
root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
atom = ctypes.c_ulong(x11.XInternAtom(display, b"_ICC_PROFILE", False))
data = open(sys.argv[2], "rb").read()
x11.XChangeProperty(display, root, atom, ctypes.c_ulong(6), 8, 0, data, len(data))
x11.XFlush(display)
from prodedit.gui.system_profile import system_profile
assert system_profile("xcb", 0) == data, len(system_profile("xcb", 0))
assert system_profile("xcb", 1) == b""
x11.XCloseDisplay(display)
"""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb on this computer")
def test_x11_says_it(file: Path, qtbot: QtBot) -> None:
    library = ctypes.util.find_library("X11")
    if library is None:
        pytest.skip("no libX11 on this computer")
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "64x64x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=(write,), stderr=subprocess.DEVNULL)
    try:
        os.close(write)
        number = os.read(read, 16).decode().strip()
        done = subprocess.run(
            [sys.executable, "-c", SET, library, str(file)],
            env={**os.environ, "DISPLAY": f":{number}"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    finally:
        os.close(read)
        server.terminate()
        server.wait(30)
