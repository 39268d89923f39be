# SPDX-License-Identifier: Apache-2.0
"""The Enhance panel in the real window: before and after in the view, cost, one undo step."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective
from prodedit.editing.enhance_choice import EnhanceChoice
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.enhance import EnhancePanel
from prodedit.gui.split_view import SplitLine
from tests.window import close_all, open_noise, opened_window

LONG = 30_000


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    shared_window.workspace.change_settings(enhance=EnhanceChoice())
    shared_window.enhance._show_choice()
    shared_window.side.open("enhance")
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def panel(window: MainWindow) -> EnhancePanel:
    return window.enhance


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    grey = np.full((300, 400, 4), (60, 60, 60, 255), np.uint8)
    return window.workspace.open_pixels(Tiles.from_array(grey), "grey.png")


def brightened(qtbot: QtBot, panel: EnhancePanel, percent: int = 50) -> None:
    """Wait for the first piece of it."""
    panel.sliders["low_light"].changed.emit(percent)
    qtbot.waitUntil(lambda: panel.preview.is_complete, timeout=LONG)


def colour_at(window: MainWindow, share: float, down: float = 0.5) -> QColor:
    """What the canvas shows at these shares of the picture's width and height."""
    assert window.view is not None
    canvas = window.view.canvas
    canvas.settle()
    if canvas.cover is not None:
        canvas.repaint()
        canvas.cover.settle()
    picture = canvas.viewport.picture
    image = canvas.grab().toImage()
    return image.pixelColor(
        round(picture.x + share * picture.width), round(picture.y + down * picture.height)
    )


def applied(qtbot: QtBot, panel: EnhancePanel, session: EditSession) -> None:
    qtbot.waitUntil(panel.row.button.isEnabled, timeout=LONG)
    with qtbot.waitSignal(session.changed, timeout=LONG):
        panel.row.button.click()
    qtbot.waitUntil(lambda: not panel.row.is_busy, timeout=LONG)


def test_before_is_left_and_after_is_right(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    brightened(qtbot, panel)
    assert colour_at(window, 0.1).red() == 60
    assert abs(colour_at(window, 0.9).red() - 110) <= 1
    assert session.shown is session.document
    assert session.stack.count() == 0


def test_the_line_is_dragged_and_moved_by_keys(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    brightened(qtbot, panel)
    assert window.view is not None
    line = window.view.canvas.findChild(SplitLine)
    middle = line.middle
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line.middle > middle
    QTest.mousePress(line, Qt.MouseButton.LeftButton)
    line.move_to(0.0)
    assert abs(colour_at(window, 0.1).red() - 110) <= 1
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton)
    assert line.middle == middle


def test_what_is_cut_out_stays_transparent_in_the_preview(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    alpha = np.zeros((300, 400), np.uint8)
    alpha[:150] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    below = colour_at(window, 0.9, 0.9)
    brightened(qtbot, panel)
    assert abs(colour_at(window, 0.9, 0.1).red() - 110) <= 1
    assert colour_at(window, 0.9, 0.9) == below, "the checkerboard"


def test_pieces_lie_where_their_layer_does(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    session.apply(edits.TransformLayers((PHOTO,), Transform(dx=-40, dy=60)))
    brightened(qtbot, panel)
    assert abs(colour_at(window, 0.85).red() - 110) <= 1
    assert colour_at(window, 0.85, 0.1).red() != 110, "there is nothing of the layer"
    assert colour_at(window, 0.95).red() != 110


def test_the_preview_lies_below_what_lies_above_its_layer(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    red = Tiles.from_array(np.full((300, 400, 4), (0, 0, 255, 255), np.uint8))
    above = session.document.new_id()
    session.apply(edits.AddPixelLayer(above, "above", y=150), {"pixels": red})
    session.apply(edits.AddAdjustmentLayer("turned", "turned", Invert(), clip=False))
    session.activate(PHOTO)
    brightened(qtbot, panel)
    assert colour_at(window, 0.9, 0.9).name() == "#00ffff", "the layer above, inverted"
    assert abs(colour_at(window, 0.9, 0.1).red() - (255 - 110)) <= 1
    assert colour_at(window, 0.1, 0.1).red() == 255 - 60


def test_a_bent_layer_is_shown_bent(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    corners = (Point(200, 0), Point(400, 0), Point(400, 300), Point(200, 300))
    session.apply(edits.SetWarp(PHOTO, Perspective(corners)))
    panel.sizes.button("4").click()
    brightened(qtbot, panel)
    assert abs(colour_at(window, 0.9).red() - 110) <= 1
    assert colour_at(window, 0.3).red() != 60, "there is nothing of the layer"


@pytest.mark.parametrize("zoom", [0.5, 2.0])
def test_a_layer_seen_small_or_large_looks_the_same(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, zoom: float
) -> None:
    session = window.workspace.open_pixels(
        Tiles.from_array(np.full((1000, 1200, 4), (60, 60, 60, 255), np.uint8)), "large.png"
    )
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    session.apply(edits.SetBackground(SolidFill(Colour(255, 255, 255))))
    assert window.view is not None
    canvas = window.view.canvas
    canvas.set_viewport(canvas.viewport.zoom_to(zoom))
    panel.sizes.button("2").click()
    brightened(qtbot, panel)
    canvas.settle()
    canvas.repaint()
    assert canvas.cover is not None
    canvas.cover.settle()
    image = canvas.grab().toImage()
    row = image.height() // 2
    assert abs(image.pixelColor(image.width() // 2 + 30, row).red() - (255 + 110) / 2) <= 2
    assert abs(image.pixelColor(image.width() // 2 - 30, row).red() - (255 + 60) / 2) <= 2


def test_enlarging_is_one_step_and_grows_the_canvas(
    qtbot: QtBot, panel: EnhancePanel, session: EditSession
) -> None:
    panel.sizes.button("2").click()
    applied(qtbot, panel, session)
    assert session.document.size == Size(800, 600)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.size == Size(400, 300)


def test_to_a_size(qtbot: QtBot, panel: EnhancePanel, session: EditSession) -> None:
    panel.sizes.button("size").click()
    panel.width_field.setValue(1000)
    panel.height_field.setValue(1000)
    panel._box_set()
    applied(qtbot, panel, session)
    assert session.document.size == Size(1000, 750)


def test_the_whole_picture_need_not_grow(
    qtbot: QtBot, panel: EnhancePanel, session: EditSession
) -> None:
    other = session.document.new_id()
    pixels = Tiles.from_array(np.full((50, 50, 4), 255, np.uint8))
    session.apply(edits.AddPixelLayer(other, "other"), {"pixels": pixels})
    session.activate(PHOTO)
    panel.sizes.button("2").click()
    assert panel.whole.isChecked(), "the photo fills the picture"
    panel.whole.click()
    applied(qtbot, panel, session)
    assert session.document.size == Size(400, 300)
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    assert layer.tiles.size == Size(800, 600)
    assert layer.transform.a == 0.5


def test_the_cost_is_told(qtbot: QtBot, panel: EnhancePanel, session: EditSession) -> None:
    panel.sizes.button("4").click()
    qtbot.waitUntil(lambda: "1600 × 1200 pixels" in panel.cost.text(), timeout=LONG)


def test_too_large_is_said_before_anything_is_begun(
    qtbot: QtBot, panel: EnhancePanel, window: MainWindow
) -> None:
    open_noise(window, 20_000, 40)
    panel.sizes.button("4").click()
    qtbot.waitUntil(lambda: "too many" in panel.row.told.text(), timeout=LONG)
    assert not panel.row.button.isEnabled()


def test_nothing_set_is_nothing_to_do(panel: EnhancePanel, session: EditSession) -> None:
    panel._try()
    assert not panel.row.button.isEnabled()
    panel._improve()
    panel._try()
    assert panel.row.button.isEnabled()
    assert panel.task().white_balance == 0.8


def test_the_preview_goes_with_its_panel_and_with_an_edit(
    qtbot: QtBot, window: MainWindow, panel: EnhancePanel, session: EditSession
) -> None:
    assert window.view is not None
    brightened(qtbot, panel)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    assert not panel.preview.is_shown
    qtbot.waitUntil(lambda: panel.preview.is_complete, timeout=LONG)
    window.side.open("background")
    assert window.view.canvas.cover is None


def test_remarks_are_told(qtbot: QtBot, panel: EnhancePanel, session: EditSession) -> None:
    panel.sliders["sharpen"].changed.emit(20)
    applied(qtbot, panel, session)
    assert "Reference: False" in panel.row.told.text(), "the whole is measured on itself"


def test_choices_are_remembered(panel: EnhancePanel, session: EditSession) -> None:
    panel.sizes.button("4").click()
    panel.label_safe.click()
    choice = panel._workspace.settings.enhance
    assert (choice.enlarging, choice.label_safe) == ("4", False)


def test_a_group_has_no_pixels(panel: EnhancePanel, session: EditSession) -> None:
    group = session.document.new_id()
    session.apply(edits.AddGroup(group, "Group"))
    session.activate(group)
    panel._try()
    assert "holds a photo" in panel.hint.text()
    assert not panel.row.button.isEnabled()
