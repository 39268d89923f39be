# SPDX-License-Identifier: Apache-2.0
"""The widths a person chose are there at the next start, also before all is furnished."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from prodedit.editing.settings import SettingsFile
from prodedit.gui.window_frame import SIDE_WIDTH, WindowFrame
from tests.window import opened_window


def frame_of(qtbot: QtBot, side_width: int, width: int = 1400) -> WindowFrame:
    frame = WindowFrame(QLabel("top"), QWidget(), side_width)
    qtbot.addWidget(frame)
    frame.resize(width, 700)
    frame.show()
    return frame


def test_the_side_is_as_wide_as_it_was_left_from_the_first_paint_on(qtbot: QtBot) -> None:
    frame = frame_of(qtbot, 500)
    assert frame.side_width == 500
    parts = [QWidget() for _ in range(4)]
    frame.move_in(*parts)
    assert frame.side_width == 500
    frame.resize(1700, 700)
    assert frame.side_width == 500  # the picture gets what there is more
    frame.reset()
    assert frame.side_width == SIDE_WIDTH


def test_it_leaves_half_of_a_smaller_window_to_the_picture(qtbot: QtBot) -> None:
    assert frame_of(qtbot, 1200, 1000).side_width <= 500
    assert frame_of(qtbot, -7).side_width == SIDE_WIDTH


def _forget_size(folder: Path) -> None:
    """Of the window: the tests' screen is too small for it."""
    file = SettingsFile(folder / "settings.json")
    file.save(msgspec.structs.replace(file.load(), window=""))


def test_width_and_heights_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path) as window:
        window._frame._set_side(520)
        window.side.splitter.setSizes([300, 420])
        heights = window.side.heights
        assert heights != ()
    _forget_size(tmp_path)
    with opened_window(qtbot, tmp_path) as window:
        assert window._frame.side_width == 520
        assert window.side.heights == pytest.approx(heights, abs=4)
        window.toggle_panels()  # what is hidden now was not made as narrow as that
    _forget_size(tmp_path)
    with opened_window(qtbot, tmp_path) as window:
        assert window._frame.side_width == 520
        assert window.side.heights == pytest.approx(heights, abs=8)
        window.reset_layout()
        assert window._frame.side_width == SIDE_WIDTH
