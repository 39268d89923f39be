# SPDX-License-Identifier: Apache-2.0
"""A right click on the canvas, and the move tool's Ctrl and click."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Transform
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas_menu import CanvasMenu
from prodedit.gui.document_view import DocumentView
from prodedit.gui.main_window import MainWindow


@pytest.fixture
def view(window: MainWindow, session: EditSession) -> DocumentView:
    """A photo of noise with a square of twenty pixels in its left upper corner."""
    square = Tiles.from_array(np.full((20, 20, 4), 255, np.uint8))
    add = edits.AddPixelLayer("square", "Square & more")
    assert session.apply(add, {"pixels": square})
    session.activate(PHOTO)
    assert window.view is not None
    return window.view


def at(view: DocumentView, x: float, y: float) -> QPoint:
    point = view.canvas.viewport.to_widget(Point(x, y))
    return QPoint(round(point.x), round(point.y))


def texts(view: DocumentView, x: float, y: float) -> list[str]:
    found = view.findChild(CanvasMenu)
    assert isinstance(found, CanvasMenu)
    menu = found.menu(at(view, x, y))
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_it_has_the_layers_that_show_there_and_what_can_be_done(view: DocumentView) -> None:
    here, beside = texts(view, 5, 5), texts(view, 100, 80)
    assert here[:2] == ["Square && more", view.session.document.layers[0].name]
    assert beside[0] == view.session.document.layers[0].name
    assert "&All" in here
    view.session.apply(edits.SelectRectangle((0.0, 0.0, 10.0, 10.0)))
    selected = texts(view, 5, 5)
    assert "&All" not in selected
    assert {"&Inverse", "&Feather…"} <= set(selected)


def test_a_layer_is_chosen_by_it(view: DocumentView) -> None:
    found = view.findChild(CanvasMenu)
    assert isinstance(found, CanvasMenu)
    menu = found.menu(at(view, 5, 5))
    assert not menu.actions()[0].isChecked()
    menu.actions()[0].trigger()
    assert view.session.active_id == "square"


def test_control_and_a_click_takes_the_layer_under_the_pointer(
    window: MainWindow, view: DocumentView
) -> None:
    window.tools.choose("move")
    view.choose_tool("move")
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(view.canvas, left, control, at(view, 5, 5))
    assert view.session.active_id == "square"
    QTest.mouseClick(view.canvas, left, control, at(view, 100, 80))
    assert view.session.active_id == PHOTO
    QTest.mouseClick(view.canvas, left, pos=at(view, 5, 5))
    assert view.session.active_id == PHOTO, "without Ctrl what is chosen stays"
    both = control | Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(view.canvas, left, both, at(view, 5, 5))
    assert set(view.session.chosen) == {PHOTO, "square"}
    square = view.session.document.find("square")
    assert square is not None
    assert square.transform == Transform()
