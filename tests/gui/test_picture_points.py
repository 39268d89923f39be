# SPDX-License-Identifier: Apache-2.0
"""Curves by clicks and pulls on the picture in the real window, and photo filters by name."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core.adjust.values import STRAIGHT, Curves, Dot, PhotoFilter
from prodedit.core.colour import Colour
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.panels.adjustments.curves import CurvesSection
from prodedit.gui.panels.adjustments.levels import LevelsSection
from prodedit.gui.panels.adjustments.photo_filter import GLASSES, PhotoFilterSection
from prodedit.gui.panels.adjustments.tone_handle import ToneHandle
from prodedit.render.compositor import Compositor
from tests.gui.adjusting import adjustment, canvas_of, click
from tests.window import at

DARK, CAST, LIGHT = (40, 30, 30), (100, 120, 150), (220, 236, 240)
"""Blue, green, red of the three stripes."""
PLACES = {"black": (50, 50), "grey": (150, 50), "white": (250, 50)}


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    pixels = np.full((200, 300, 4), 255, np.uint8)
    for number, colour in enumerate((DARK, CAST, LIGHT)):
        pixels[:, 100 * number : 100 * number + 100, :3] = colour
    return window.workspace.open_pixels(Tiles.from_array(pixels), "stripes.jpg")


@pytest.fixture
def levels(panel: AdjustPanel, session: EditSession) -> LevelsSection:
    panel.add("levels")
    section = panel.controls.section
    assert isinstance(section, LevelsSection)
    section.channels.button("rgb").click()  # the controls are those of the test before
    return section


@pytest.fixture
def curves(panel: AdjustPanel, session: EditSession) -> CurvesSection:
    panel.add("curves")
    section = panel.controls.section
    assert isinstance(section, CurvesSection)
    section.channels.button("rgb").click()  # the controls are those of the test before
    return section


def test_three_clicks_make_black_grey_and_white(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    tool, steps = canvas_of(window).tool, session.stack.count()
    for name, place in PLACES.items():
        button = curves.points.button(name)
        button.click()
        assert button.isChecked()
        assert canvas_of(window).tool is not tool
        click(window, *place)
        assert canvas_of(window).tool is tool, "it was lent for one click"
        assert not button.isChecked()
    assert session.stack.count() == steps + 3
    merged = Compositor().merged(session.document)
    assert merged[50, 50].tolist() == [0, 0, 0, 255]
    assert merged[50, 250].tolist() == [255, 255, 255, 255]
    assert len(set(merged[50, 150, :3].tolist())) == 1
    curves.channels.button("red").click()
    assert curves.graph.points == adjustment(session).red
    assert curves.graph.points[0] == Dot(30, 0)


def test_pressed_again_esc_and_another_tool_give_the_eyedropper_back(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    tool, steps = canvas_of(window).tool, session.stack.count()
    points = curves.points
    points.button("white").click()
    points.button("white").click()
    assert (canvas_of(window).tool, points.current) == (tool, "")
    points.button("white").click()
    points.button("black").click()
    assert points.current == "black"
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Escape)
    assert (canvas_of(window).tool, points.current) == (tool, "")
    points.button("grey").click()
    window.tools.chosen.emit("mask-brush")
    assert points.current == ""
    assert canvas_of(window).tool is not tool
    assert session.stack.count() == steps


def test_what_cannot_become_white_is_said_and_changes_nothing(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    curves.points.button("black").click()
    click(window, *PLACES["grey"])
    before = adjustment(session)
    curves.points.button("white").click()
    click(window, *PLACES["black"])
    assert adjustment(session) == before
    assert any("Click something lighter" in text for text in window.notices.texts)


def test_levels_take_black_grey_and_white_by_the_same_buttons(
    window: MainWindow, session: EditSession, levels: LevelsSection
) -> None:
    tool, steps = canvas_of(window).tool, session.stack.count()
    for name in ("black", "white", "grey"):
        button = levels.points.button(name)
        button.click()
        assert button.isChecked()
        click(window, *PLACES[name])
        assert canvas_of(window).tool is tool, "it was lent for one click"
    assert session.stack.count() == steps + 3
    merged = Compositor().merged(session.document)
    assert merged[50, 50].tolist() == [0, 0, 0, 255]
    assert merged[50, 250].tolist() == [255, 255, 255, 255]
    assert len(set(merged[50, 150, :3].tolist())) == 1
    levels.channels.button("red").click()
    assert (levels.numbers["black"].value(), levels.numbers["white"].value()) == (30, 240)
    levels.points.button("white").click()
    click(window, *PLACES["black"])
    assert any("Click something lighter" in text for text in window.notices.texts)
    assert session.stack.count() == steps + 3


def test_a_tone_is_pulled_up_in_one_step_and_the_tool_stays(
    window: MainWindow, session: EditSession, curves: CurvesSection, qtbot: QtBot
) -> None:
    canvas, steps = canvas_of(window), session.stack.count()
    curves.tones.click()
    start = at(canvas, *PLACES["grey"])
    for _ in range(2):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(canvas, start - QPoint(0, 12))
        QTest.mouseMove(canvas, start - QPoint(0, 25))
        qtbot.waitUntil(lambda: session.shown is not session.document, timeout=10_000)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 25))
    assert session.stack.count() == steps + 2, "two pulls are two steps"
    tone = 127  # the luma of CAST
    assert adjustment(session).rgb == (Dot(0, 0), Dot(tone, tone + 50), Dot(255, 255))
    curves.channels.button("blue").click()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 40))
    assert adjustment(session).blue[1] == Dot(100, 60)
    assert curves.tones.isChecked()
    assert isinstance(canvas.tool, ToneHandle)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not curves.tones.isChecked()
    assert not isinstance(canvas.tool, ToneHandle)


def test_esc_in_the_middle_of_a_pull_takes_it_back(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    canvas, steps = canvas_of(window), session.stack.count()
    curves.tones.click()
    start = at(canvas, *PLACES["grey"])
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start - QPoint(0, 30))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start)
    assert adjustment(session) == Curves()
    assert curves.graph.points == STRAIGHT
    assert session.shown is session.document
    assert session.stack.count() == steps


def test_a_pull_beyond_the_picture_does_nothing(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    canvas, steps = canvas_of(window), session.stack.count()
    curves.tones.click()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, -4, 50))
    assert session.stack.count() == steps
    curves.tones.click()
    assert not isinstance(canvas.tool, ToneHandle)


def test_closing_and_leaving_give_the_tool_back(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    curves.tones.click()
    window.adjust.controls.back.click()
    assert not isinstance(canvas_of(window).tool, ToneHandle)
    assert not curves.tones.isChecked()
    window.adjust.add("curves")
    curves.tones.click()
    window.workspace.close_session(session)
    assert not curves.tones.isChecked()


def test_luminosity_leaves_the_colours(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    curves.channels.button("luminosity").click()
    curves.graph.add(127)
    curves.after.setValue(160)
    assert adjustment(session).luminosity == (Dot(0, 0), Dot(127, 160), Dot(255, 255))
    blue, green, red, _ = Compositor().merged(session.document)[50, 150].astype(int).tolist()
    assert (green - blue, red - green) == (20, 30), "as far apart as they were"
    assert green == 120 + 33


def test_a_number_that_is_none_is_said_below(
    window: MainWindow, session: EditSession, curves: CurvesSection
) -> None:
    window.adjust.add("levels")
    levels = window.adjust.controls.section
    assert isinstance(levels, LevelsSection)
    for box, told in ((curves.after, curves.told), (levels.numbers["gamma"], levels.told)):
        steps = session.stack.count()
        box.lineEdit().setText("bright")
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert "bright" in told.text()
        assert not told.isHidden()
        assert session.stack.count() == steps


def test_photo_filters_by_name_and_an_own_colour(window: MainWindow, session: EditSession) -> None:
    window.adjust.add("photo_filter")
    section = window.adjust.controls.section
    assert isinstance(section, PhotoFilterSection)
    assert section.glasses.currentText() == "Warming (85)"
    steps = session.stack.count()
    number = section.glasses.findText("Underwater")
    section.glasses.setCurrentIndex(number)
    section.glasses.activated.emit(number)
    assert adjustment(session) == PhotoFilter(GLASSES[number].colour)
    assert section.swatches["colour"].colour == GLASSES[number].colour
    window.adjust.bench.begin_step()  # what comes at once after it would be of the same step
    section.swatches["colour"].picked.emit(Colour(1, 2, 3))
    assert section.glasses.currentText() == "Own colour"
    assert session.stack.count() == steps + 2
    session.undo()
    assert section.glasses.currentText() == "Underwater"


def test_every_filter_has_a_name_and_a_colour_of_its_own() -> None:
    assert len({glass.title for glass in GLASSES}) == len(GLASSES) >= 20
    assert len({glass.colour for glass in GLASSES}) == len(GLASSES)
