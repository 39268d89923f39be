# SPDX-License-Identifier: Apache-2.0
"""What tools were told is there for the next picture and the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from prodedit.editing.settings import SettingsFile
from prodedit.gui.document_view import DocumentView
from prodedit.gui.main_window import MainWindow
from prodedit.gui.paint_options import FIELDS, takes
from prodedit.gui.tools import Eraser, GradientTool, MaskBrush, PaintBrush, PaintTool
from tests.window import open_noise, opened_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path) as window:
        yield window


def view_of(window: MainWindow, name: str) -> DocumentView:
    open_noise(window, 64, 64, name)
    assert window.view is not None
    return window.view


def brush_in(view: DocumentView) -> PaintTool:
    tool = view.tool(PaintBrush.id)
    assert isinstance(tool, PaintTool)
    return tool


def choose(window: MainWindow, tool_id: str) -> None:
    window.tools.choose(tool_id)
    window.tools.chosen.emit(tool_id)


def test_a_brush_is_as_large_on_the_next_picture_and_after_a_start(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    first = view_of(window, "first")
    choose(window, PaintBrush.id)
    size = first.paint_options.widgets["size"]
    assert isinstance(size, QSpinBox)
    size.setValue(77)
    brush_in(first).set_value("smoothing", 0.25)
    first.tool(GradientTool.id).set_value("shape", "diamond")  # type: ignore[attr-defined]
    second = view_of(window, "second")
    assert brush_in(second).brush.size == 77
    assert brush_in(second).value_of("smoothing") == 0.25
    eraser = second.tool(Eraser.id)
    assert isinstance(eraser, Eraser)
    assert eraser.brush == Eraser.first, "each tool has its own"
    kept = SettingsFile(tmp_path / "settings.json")
    qtbot.waitUntil(lambda: "brush" in kept.load().brushes)
    assert kept.load().brushes == {
        "brush": {"size": 77, "smoothing": 0.25},
        "gradient": {"shape": "diamond"},
    }


def test_what_was_kept_is_there_at_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    brushes = {
        "brush": {"size": 12.0, "hardness": 3.5, "flow": "much", "opacity": True},
        "mask-brush": {"size": 200.0},
        "gradient": {"shape": "heart", "fades": True},
        "no such tool": {"size": 1},
    }
    file.save(msgspec.structs.replace(file.load(), brushes=brushes))
    with opened_window(qtbot, tmp_path) as window:
        view = view_of(window, "mug")
        assert brush_in(view).brush == PaintBrush.first._replace(size=12.0)
        masks, gradient = view.tool(MaskBrush.id), view.tool(GradientTool.id)
        assert isinstance(masks, MaskBrush)
        assert isinstance(gradient, GradientTool)
        assert masks.brush.size == 200.0
        assert gradient.choices.shape == "linear", "what nobody can choose is passed over"
        assert gradient.choices.fades


def test_return_in_a_number_gives_the_keys_back_to_the_picture(
    qtbot: QtBot, window: MainWindow
) -> None:
    view = view_of(window, "mug")
    choose(window, PaintBrush.id)
    window.activateWindow()
    size = view.paint_options.widgets["size"]
    size.setFocus()
    qtbot.waitUntil(size.hasFocus)
    QTest.keyClick(size, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(size, "33")
    QTest.keyClick(size, Qt.Key.Key_Return)
    qtbot.waitUntil(view.canvas.hasFocus)
    assert brush_in(view).brush.size == 33


@pytest.mark.qt_log_ignore("grabbing the keyboard", r"support raise", extend=True)
def test_tab_goes_round_the_rarer_fields(qtbot: QtBot, window: MainWindow) -> None:
    view = view_of(window, "mug")
    choose(window, PaintBrush.id)
    options = view.paint_options
    menu = options.more.menu()
    menu.popup(view.mapToGlobal(QPoint(20, 20)))
    qtbot.waitUntil(menu.isVisible)
    fields = [options.widgets[name] for name in brush_in(view).more_fields]
    fields[0].setFocus()
    seen = []
    for _ in fields:
        seen.append(menu.focusWidget())
        QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Tab)
    assert set(seen) == set(fields)
    assert menu.focusWidget() is fields[0]
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Backtab)
    assert menu.focusWidget() is seen[-1]
    menu.close()


def test_a_button_makes_it_as_it_was_at_first(qtbot: QtBot, window: MainWindow) -> None:
    view = view_of(window, "mug")
    choose(window, PaintBrush.id)
    reset = view.paint_options.reset
    assert not reset.isEnabled()
    QTest.keyClick(view.canvas, Qt.Key.Key_BracketRight)
    brush_in(view).set_value("smoothing", 0.5)
    assert reset.isEnabled()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert brush_in(view).brush == PaintBrush.first
    assert brush_in(view).value_of("smoothing") == 0.0
    assert not reset.isEnabled()
    qtbot.waitUntil(lambda: window.workspace.settings.brushes == {})


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("size", (1, 30.5, 2000), (0, 2001, "5", True, None)),
        ("opacity", (0.01, 1.0), (0.0, 1.2)),
        ("joined", (True, False), (1, 0.0, "yes")),
        ("sample", (1, 11), (2, True, 1.0)),
        ("more", (True,), (1, "True")),
    ],
)
def test_only_what_a_person_could_choose_is_taken(
    field: str, right: tuple[object, ...], wrong: tuple[object, ...]
) -> None:
    assert [takes(FIELDS[field], value) for value in right] == [True] * len(right)
    assert [takes(FIELDS[field], value) for value in wrong] == [False] * len(wrong)
