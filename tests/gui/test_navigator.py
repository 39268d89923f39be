# SPDX-License-Identifier: Apache-2.0
"""Navigator and the numbers under it, in a real window."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.edits import Box
from prodedit.core.geometry import Point
from prodedit.core.tiles import Tiles
from prodedit.gui.canvas import Canvas
from prodedit.gui.dialogs.guides import change_aids
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.info import hsv_text
from prodedit.gui.panels.navigator import NavigatorPanel, step_of, zoom_of
from tests.window import at, opened_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A picture of 1200 x 800, the left half red, the right half blue; its panel is open."""
    pixels = np.full((800, 1200, 4), 255, np.uint8)
    pixels[:, :600, :3] = (0, 0, 255)
    pixels[:, 600:, :3] = (255, 0, 0)
    with opened_window(qtbot, tmp_path) as window:
        window.side.open("navigator")
        window.workspace.open_pixels(Tiles.from_array(pixels), "flag")
        qtbot.waitUntil(lambda: panel_of(window).overview.is_settled)
        yield window


def panel_of(window: MainWindow) -> NavigatorPanel:
    panel = window.side.findChild(NavigatorPanel)
    assert isinstance(panel, NavigatorPanel)
    return panel


def canvas_of(window: MainWindow) -> Canvas:
    assert window.canvas is not None
    return window.canvas


def test_the_slider_and_the_canvas_agree(window: MainWindow) -> None:
    panel, canvas = panel_of(window), canvas_of(window)
    panel.zoom.setValue(step_of(2.0))
    assert canvas.viewport.zoom == pytest.approx(2.0, rel=0.01)
    canvas.one_to_one()
    assert zoom_of(panel.zoom.value()) == pytest.approx(1.0, rel=0.01)
    assert canvas.viewport.zoom == 1.0  # what is shown does not come back rounded


def test_the_small_picture_is_the_picture(window: MainWindow) -> None:
    overview = panel_of(window).overview
    canvas_of(window).fit()
    image, place = overview.grab().toImage(), overview.place()
    left = image.pixelColor(int(place.x() + place.width() * 0.25), int(place.center().y()))
    right = image.pixelColor(int(place.x() + place.width() * 0.75), int(place.center().y()))
    assert (left.name(), right.name()) == ("#ff0000", "#0000ff")


def test_it_follows_what_is_done(window: MainWindow, qtbot: QtBot) -> None:
    session, overview = canvas_of(window).session, panel_of(window).overview
    session.apply(edits.SelectAll())
    session.apply(edits.FillSelected(session.active_id, Colour(0, 255, 0)))
    qtbot.waitUntil(lambda: overview.is_settled)
    centre = overview.place().center().toPoint()
    assert overview.grab().toImage().pixelColor(centre.x() + 20, centre.y()).name() == "#00ff00"


def test_a_drag_there_pans_here(window: MainWindow) -> None:
    overview, canvas = panel_of(window).overview, canvas_of(window)
    canvas.set_viewport(canvas.viewport.zoom_to(4.0))
    place = overview.place()
    first = QPoint(round(place.x() + place.width() / 4), round(place.y() + place.height() / 4))
    last = QPoint(round(place.x() + place.width() * 0.75), first.y())
    for click, expected in ((first, Point(300, 200)), (last, Point(900, 200))):
        QTest.mousePress(overview, LEFT, pos=first)
        QTest.mouseMove(overview, click)
        QTest.mouseRelease(overview, LEFT, pos=click)
        middle = canvas.viewport.to_document(Point(canvas.width() / 2, canvas.height() / 2))
        assert middle.x == pytest.approx(expected.x, abs=8)
        assert middle.y == pytest.approx(expected.y, abs=8)
        assert overview.frame().boundingRect().center().x() == pytest.approx(click.x(), abs=2)


def test_numbers_follow_the_pointer(window: MainWindow, qtbot: QtBot) -> None:
    info, canvas = panel_of(window).info, canvas_of(window)
    canvas.fit()
    QTest.mouseMove(canvas, at(canvas, 300.5, 400.5))
    qtbot.waitUntil(lambda: info.hex.text() == "#FF0000")
    assert (info.rgb.text(), info.hsv.text()) == ("255  0  0", "0°  100 %  100 %")
    x, y = (int(part) for part in info.place.text().split(", "))
    assert (x, y) == (pytest.approx(300, abs=2), pytest.approx(400, abs=2))
    QTest.mouseMove(canvas, at(canvas, -20, 400))
    qtbot.waitUntil(lambda: info.hex.text() == "–")


def test_a_drag_is_measured(window: MainWindow, qtbot: QtBot) -> None:
    info, canvas = panel_of(window).info, canvas_of(window)
    canvas.one_to_one()
    change_aids(window.workspace, snap=False)
    view = window.view
    assert view is not None
    view.choose_tool("marquee")
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mousePress(canvas, LEFT, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(30, -40))
    qtbot.waitUntil(lambda: "50 px" in info.drag.text())
    assert info.angle.text() == "53.1°"
    QTest.mouseRelease(canvas, LEFT, pos=middle + QPoint(30, -40))
    qtbot.waitUntil(lambda: info.selection.text() == "30 px × 40 px")
    assert info.drag.text() == "–"


def test_the_selection_is_told_in_the_unit(window: MainWindow, qtbot: QtBot) -> None:
    info, session = panel_of(window).info, canvas_of(window).session
    session.apply(edits.SelectRectangle(Box(0, 0, 144, 72)))
    qtbot.waitUntil(lambda: info.selection.text() == "144 px × 72 px")
    session.apply(edits.Deselect())
    qtbot.waitUntil(lambda: info.selection.text() == "–")
    change_aids(window.workspace, unit="in")
    session.apply(edits.SelectRectangle(Box(0, 0, 144, 72)))
    qtbot.waitUntil(lambda: info.selection.text() == "2 in × 1 in")


def test_with_no_picture_there_is_nothing(window: MainWindow) -> None:
    panel = panel_of(window)
    window.workspace.close_session(canvas_of(window).session)
    assert not panel.isEnabled()
    assert panel.overview.frame().isEmpty()


@pytest.mark.parametrize(
    ("colour", "text"),
    [
        (Colour(0, 0, 0), "0°  0 %  0 %"),
        (Colour(255, 255, 255), "0°  0 %  100 %"),
        (Colour(0, 128, 0), "120°  100 %  50 %"),
        (Colour(255, 0, 1), "0°  100 %  100 %"),
    ],
)
def test_hsv_as_other_programs_write_it(colour: Colour, text: str) -> None:
    assert hsv_text(colour) == text
