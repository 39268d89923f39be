# SPDX-License-Identifier: Apache-2.0
"""Snapping as the tools do it, in a real window."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.edits import Box
from prodedit.core.guides import Guide
from prodedit.core.layer import ShapeContent, SolidFill
from prodedit.core.shape import RectangleShape
from prodedit.core.tiles import Tiles
from prodedit.gui.dialogs.guides import GridDialog, GuideDialog, change_aids
from prodedit.gui.document_view import DocumentView
from prodedit.gui.main_window import MainWindow
from tests.window import at, opened_window

LEFT = Qt.MouseButton.LeftButton
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
RED = SolidFill(Colour(214, 64, 52))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """White, 600 x 400, pixel by pixel; on it a red field of 100 x 60 at (200, 150), chosen."""
    with opened_window(qtbot, tmp_path) as window:
        white = Tiles.from_array(np.full((400, 600, 4), 255, np.uint8))
        session = window.workspace.open_pixels(white, "white")
        add = edits.AddShapeLayer("field", "f", RectangleShape(100, 60), RED, None, 200, 150)
        session.apply(add)
        session.activate("field")
        view_of(window).canvas.one_to_one()
        yield window


def view_of(window: MainWindow) -> DocumentView:
    assert window.view is not None
    return window.view


def drag(
    window: MainWindow,
    *points: tuple[float, float],
    keys: Qt.KeyboardModifier = NONE,
    release: bool = True,
) -> None:
    """Over places of the document."""
    canvas = view_of(window).canvas
    places = [at(canvas, *point) for point in points]
    QTest.mouseMove(canvas, places[0])
    QTest.mousePress(canvas, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    if release:
        QTest.mouseRelease(canvas, LEFT, keys, places[-1])


def place(window: MainWindow) -> tuple[float, float]:
    layer = view_of(window).session.document.find("field")
    assert layer is not None
    return layer.transform.dx, layer.transform.dy


def test_a_layer_snaps_to_the_edge_and_says_so(window: MainWindow) -> None:
    drag(window, (250, 180), (100, 200), (54, 193), release=False)
    lines = view_of(window).canvas.marks.lines
    assert [(line.direction, line.position) for line in lines] == [("upright", 0)]
    QTest.mouseRelease(view_of(window).canvas, LEFT, NONE, at(view_of(window).canvas, 54, 193))
    assert place(window) == (0, 163)
    assert view_of(window).canvas.marks.lines == ()


def test_a_layer_snaps_to_the_middle_both_ways(window: MainWindow) -> None:
    drag(window, (250, 180), (290, 190), (303, 196))
    assert place(window) == (250, 170)


def test_ctrl_lets_it_lie_anywhere(window: MainWindow) -> None:
    drag(window, (250, 180), (100, 200), (54, 203), keys=CONTROL)
    assert place(window) == (4, 173)


def test_switched_off_nothing_snaps(window: MainWindow) -> None:
    window.actions_["snap"].trigger()
    assert not window.actions_["snap"].isChecked()
    drag(window, (250, 180), (100, 200), (54, 203))
    assert place(window) == (4, 173)


def test_each_kind_can_be_switched_off(window: MainWindow) -> None:
    session = view_of(window).session
    session.apply(edits.SetGuides((Guide("upright", 83.0),)))
    drag(window, (250, 180), (140, 200), (136, 215))
    assert place(window) == (83, 185)
    session.undo()
    window.actions_["snap_to_guides"].trigger()
    drag(window, (250, 180), (140, 200), (136, 215))
    assert place(window) == (86, 185)
    session.undo()
    change_aids(window.workspace, grid=True, grid_spacing=40, grid_parts=2)
    drag(window, (250, 180), (140, 200), (134, 209))
    assert place(window) == (80, 180)


def click_twice(window: MainWindow, x: float, y: float) -> None:
    """By a steady hand, and by one that trembles."""
    drag(window, (x, y), (x, y))
    drag(window, (x, y), (x + 1, y + 1), (x + 2, y))


def test_a_click_moves_no_layer_however_near_a_line_is(window: MainWindow) -> None:
    session = view_of(window).session
    session.apply(edits.SetGuides((Guide("level", 153.0),)))
    before = session.document
    click_twice(window, 250, 180)
    assert session.document is before
    drag(window, (250, 180), (270, 180), (250, 180))
    assert place(window) == (200, 153), "what was dragged, and back, does snap"


def test_a_click_transforms_nothing(window: MainWindow) -> None:
    view = view_of(window)
    view.session.apply(edits.SetGuides((Guide("level", 153.0),)))
    view.lent.begin_transform()
    tool = view.lent.transform
    view.canvas.one_to_one()
    before = tool.pose
    assert before is not None
    click_twice(window, 225, 165)
    assert tool.pose == before
    drag(window, (225, 165), (245, 165), (225, 165))
    assert tool.pose.outline[0].y == pytest.approx(153, abs=0.01)


def test_a_click_crops_nothing(window: MainWindow) -> None:
    view = view_of(window)
    window.tools.choose("crop")
    view.choose_tool("crop")
    view.canvas.one_to_one()
    crop = view.tool("crop")
    drag(window, (0, 200), (80, 200), (100, 200))
    view.session.apply(edits.SetGuides((Guide("upright", 104.0),)))
    click_twice(window, 100, 200)
    assert min(corner.x for corner in crop.frame.corners) == pytest.approx(100)  # type: ignore[attr-defined]
    drag(window, (100, 200), (120, 200), (100, 200))
    assert min(corner.x for corner in crop.frame.corners) == 104  # type: ignore[attr-defined]


def test_layers_snap_to_each_other(window: MainWindow) -> None:
    session = view_of(window).session
    add = edits.AddShapeLayer("other", "o", RectangleShape(30, 30), RED, None, 437, 311)
    session.apply(add)
    drag(window, (250, 180), (370, 280), (384, 252))
    assert place(window) == (337, 222)


def test_a_shape_and_a_marquee_are_drawn_between_lines(window: MainWindow) -> None:
    session, view = view_of(window).session, view_of(window)
    session.apply(edits.SetGuides((Guide("upright", 40.0), Guide("level", 33.0))))
    window.actions_["snap_to_layers"].trigger()
    for tool in ("marquee", "rectangle"):
        view.choose_tool(tool)
        drag(window, (42, 30), (70, 70), (297, 197))
    chosen = session.document.selection
    assert chosen is not None
    where = np.argwhere(chosen.to_array() > 127)
    assert (tuple(where.min(axis=0)), tuple(where.max(axis=0))) == ((33, 40), (199, 299))
    drawn = session.active_layer
    assert drawn is not None
    assert isinstance(drawn.content, ShapeContent)
    assert drawn.content.shape == RectangleShape(260, 167)


def test_a_transform_snaps(window: MainWindow) -> None:
    view = view_of(window)
    view.lent.begin_transform()
    tool = view.lent.transform
    view.canvas.one_to_one()
    drag(window, (225, 165), (200, 150), (28, 100))
    assert tool.pose is not None
    assert tool.pose.outline[0].x == pytest.approx(0, abs=0.01)
    tool.apply()
    assert place(window)[0] == 0


def test_a_crop_snaps_to_what_is_in_the_picture(window: MainWindow) -> None:
    view = view_of(window)
    window.tools.choose("crop")
    view.choose_tool("crop")
    view.canvas.one_to_one()
    drag(window, (0, 200), (100, 200), (203, 200))
    crop = view.tool("crop")
    assert min(corner.x for corner in crop.frame.corners) == 200  # type: ignore[attr-defined]


def test_a_guide_gets_its_place_by_number(window: MainWindow) -> None:
    session = view_of(window).session
    window.actions_["new_guide"].trigger()
    dialog = window.findChild(GuideDialog)
    assert dialog is not None
    assert dialog.guide == Guide("upright", 300)
    dialog.direction.setCurrentIndex(1)
    dialog.position.setValue(77.5)
    dialog.accept()
    assert session.document.guides == (Guide("level", 77.5),)
    other = GuideDialog(session, "in", 100, session.document.guides[0], window)
    assert other.position.value() == pytest.approx(0.775)
    other.position.setValue(0.5)
    other.accept()
    assert session.document.guides == (Guide("level", 50),)


def test_the_grid_is_set_by_numbers_and_hides_when_dense(window: MainWindow) -> None:
    canvas = view_of(window).canvas
    plain = canvas.grab().toImage()
    window.actions_["show_grid"].trigger()
    assert canvas.grab().toImage() != plain
    dialog = GridDialog(window.workspace, window)
    dialog.spacing.setValue(4)
    assert window.workspace.settings.aids.grid_spacing == 4
    assert canvas.grab().toImage() == plain
    dialog.spacing.setValue(50)
    assert canvas.grab().toImage() != plain
    window.actions_["extras"].trigger()
    assert canvas.grab().toImage() == plain
    dialog.close()


def test_a_selection_of_the_whole_is_no_trouble(window: MainWindow) -> None:
    session = view_of(window).session
    session.apply(edits.SelectRectangle(Box(0, 0, 600, 400)))
    view_of(window).choose_tool("marquee")
    drag(window, (10, 10), (30, 30), (60, 20))
    chosen = session.document.selection
    assert chosen is not None
    assert chosen.to_array()[200, 20] == 0  # moved, not drawn anew
