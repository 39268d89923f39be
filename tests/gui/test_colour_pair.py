# SPDX-License-Identifier: Apache-2.0
"""The two colours below the tools, by click and key, and what is drawn and filled with them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QLineEdit
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.fill import SolidFill
from prodedit.core.layer import FillContent, ShapeContent, TextContent
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.session import EditSession
from prodedit.editing.settings import SettingsFile
from prodedit.gui.actions import entries
from prodedit.gui.colour_pair import ColourPairBox
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import TOOLS
from prodedit.render.text import measure
from tests.window import at, close_all, noise, open_noise, opened_window, stroke

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
RED, BLUE = Colour(200, 20, 30), Colour(10, 40, 220)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("window")


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, folder: Path) -> Iterator[object]:
    with opened_window(qapp, folder) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    shared_window.activateWindow()  # a dialog may have been in front
    assert QTest.qWaitForWindowActive(shared_window)
    yield shared_window
    close_all(shared_window)
    shared_window.workspace.change_settings(colours=ColourPair())


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    session = open_noise(window)
    window.workspace.change_settings(colours=ColourPair(RED, BLUE))
    return session


def pair(window: MainWindow) -> ColourPair:
    return window.workspace.settings.colours


def box(window: MainWindow) -> ColourPairBox:
    return window.tools.colours


def key(window: MainWindow, name: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    assert window.canvas is not None
    QTest.keyClick(window.canvas, name, modifiers or Qt.KeyboardModifier.NoModifier)


def test_keys_swap_and_reset(window: MainWindow, session: EditSession) -> None:
    assert (box(window).foreground.colour, box(window).background.colour) == (RED, BLUE)
    key(window, Qt.Key.Key_X)
    assert pair(window) == ColourPair(BLUE, RED)
    assert box(window).foreground.colour == BLUE
    assert BLUE.hex in box(window).foreground.accessibleName()
    key(window, Qt.Key.Key_D)
    assert pair(window) == ColourPair(Colour(0, 0, 0), Colour(255, 255, 255))


def test_buttons_do_the_same(window: MainWindow, session: EditSession) -> None:
    QTest.mouseClick(box(window).swap, Qt.MouseButton.LeftButton)
    assert pair(window) == ColourPair(BLUE, RED)
    QTest.mouseClick(box(window).reset, Qt.MouseButton.LeftButton)
    assert pair(window) == ColourPair()


def test_a_letter_in_a_field_is_a_letter(window: MainWindow, session: EditSession) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_X)
    assert field.text() == "x"
    assert pair(window) == ColourPair(RED, BLUE)
    field.deleteLater()


@pytest.mark.parametrize("role", ["foreground", "background"])
def test_a_click_asks_for_another(
    qtbot: QtBot, window: MainWindow, session: EditSession, role: str
) -> None:
    # Where both lie it is the one in front.
    place = QPoint(18, 38) if role == "foreground" else QPoint(32, 50)
    swatch = box(window).childAt(place)
    assert swatch is getattr(box(window), role)
    QTest.mouseClick(swatch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(QColorDialog)))
    (dialog,) = window.findChildren(QColorDialog)
    dialog.setCurrentColor(QColor(1, 2, 3))
    dialog.accept()
    assert getattr(pair(window), role) == Colour(1, 2, 3)
    qtbot.waitUntil(lambda: not window.findChildren(QColorDialog))


@pytest.mark.parametrize(("modifier", "colour"), [(ALT, RED), (CONTROL, BLUE)])
def test_backspace_fills_what_is_selected(
    window: MainWindow, session: EditSession, modifier: Qt.KeyboardModifier, colour: Colour
) -> None:
    session.apply(edits.SelectRectangle(edits.Box(10, 20, 60, 90)))
    key(window, Qt.Key.Key_Backspace, modifier)
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    pixels = layer.tiles.to_array()
    assert (pixels[20:90, 10:60] == (colour.blue, colour.green, colour.red, 255)).all()
    assert np.array_equal(pixels[:, 60:], noise()[:, 60:])
    session.apply(edits.Deselect())
    key(window, Qt.Key.Key_Backspace, modifier)
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    assert (layer.tiles.to_array() == (colour.blue, colour.green, colour.red, 255)).all()


def test_what_is_drawn_takes_the_colour(window: MainWindow, session: EditSession) -> None:
    words = Text("mug")
    session.apply(edits.AddTextLayer("t", "t", words, measure(words)))
    session.activate("t")
    key(window, Qt.Key.Key_Backspace, ALT)
    layer = session.active_layer
    assert layer is not None
    assert isinstance(layer.content, TextContent)
    assert layer.content.text.colour == RED
    session.apply(edits.AddFillLayer("f", "f", SolidFill(RED)))
    session.activate("f")
    key(window, Qt.Key.Key_Backspace, CONTROL)
    layer = session.active_layer
    assert layer is not None
    assert layer.content == FillContent(SolidFill(BLUE))


def test_what_has_no_colour_says_so(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.AddGroup("g", "Group", ()))
    session.activate("g")
    before = session.document
    key(window, Qt.Key.Key_Backspace, ALT)
    assert session.document is before
    assert "holds no photo" in window.notices.texts[-1]


def test_new_shapes_text_and_fills_begin_with_it(window: MainWindow, session: EditSession) -> None:
    assert window.canvas is not None
    window.canvas.one_to_one()
    key(window, Qt.Key.Key_U)
    stroke(window.canvas, (50, 50), (90, 90), (120, 110))
    layer = session.active_layer
    assert layer is not None
    assert isinstance(layer.content, ShapeContent)
    assert layer.content.fill == SolidFill(RED)
    session.activate(PHOTO)
    key(window, Qt.Key.Key_T)
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at(window.canvas, 40, 160))
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "xd")  # letters, while somebody types
    window.tools.choose("move")
    window.tools.chosen.emit("move")
    layer = session.active_layer
    assert layer is not None
    assert isinstance(layer.content, TextContent)
    assert (layer.content.text.text, layer.content.text.colour) == ("xd", RED)
    assert pair(window) == ColourPair(RED, BLUE)
    window.actions_["new_colour"].trigger()
    layer = session.active_layer
    assert layer is not None
    assert layer.content == FillContent(SolidFill(RED))


def test_the_eyedropper_sets_it(window: MainWindow, session: EditSession) -> None:
    flat = np.full((60, 60, 4), (30, 120, 210, 255), np.uint8)
    session.apply(edits.AddPixelLayer("flat", "flat"), {"pixels": Tiles.from_array(flat)})
    key(window, Qt.Key.Key_I)
    canvas = window.canvas
    assert canvas is not None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, 20, 20))
    assert pair(window) == ColourPair(Colour(210, 120, 30), BLUE)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, ALT, at(canvas, 20, 20))
    assert pair(window) == ColourPair(Colour(210, 120, 30), Colour(210, 120, 30))


def test_it_is_remembered(window: MainWindow, session: EditSession, folder: Path) -> None:
    window.workspace.wait_for_files()
    assert SettingsFile(folder / "settings.json").load().colours == ColourPair(RED, BLUE)


def test_no_key_is_given_twice() -> None:
    """Those of the menus and the letters of the tools."""
    keys = [QKeySequence(one).toString() for entry in entries() for one in entry.keys]
    letters = sorted({tool.shortcut for tool in TOOLS.values()})
    shifted = {f"Shift+{one}" for one in letters}
    assert len(keys) == len(set(keys))
    assert not set(keys) & {*letters, *shifted}
