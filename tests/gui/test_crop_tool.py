# SPDX-License-Identifier: Apache-2.0
"""The crop tool and its options in the real window."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Size
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.crop_options import CropOptions
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import CropTool
from prodedit.render.compositor import Compositor
from tests.window import close_all, open_noise, opened_window

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    shared_window.tools.choose("move")
    close_all(shared_window)


class Hands:
    """By real mouse events at places of the document."""

    def __init__(self, window: MainWindow) -> None:
        view = window.view
        assert view is not None
        self.window, self.view, self.session = window, view, view.session
        tool = view.tool(CropTool.id)
        assert isinstance(tool, CropTool)
        self.tool = tool
        self.options: CropOptions = view.lent.crop_options
        view.canvas.one_to_one()
        view.choose_tool(CropTool.id)

    def at(self, x: float, y: float) -> QPoint:
        place = self.view.canvas.viewport.to_widget(Point(x, y))
        return QPoint(round(place.x), round(place.y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        canvas = self.view.canvas
        QTest.mousePress(canvas, LEFT, NONE, self.at(*start))
        QTest.mouseMove(canvas, self.at((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        QTest.mouseMove(canvas, self.at(*end))
        QTest.mouseRelease(canvas, LEFT, NONE, self.at(*end))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.canvas, key)

    @property
    def size(self) -> Size:
        return self.session.document.size


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    """A photo of 320 x 240."""
    open_noise(window)
    return Hands(window)


def shown(session: EditSession) -> np.ndarray:
    return Compositor().merged(session.document)


def test_a_drag_and_enter_crop_to_the_pixel(hands: Hands) -> None:
    before, old = hands.session.document, shown(hands.session)
    hands.drag((40, 30), (200, 130))
    assert hands.tool.frame.rect == (40, 30, 160, 100)
    assert hands.session.document is before
    assert hands.options.size_label.text() == "160 × 100 px"
    hands.key(Qt.Key.Key_Return)
    assert np.array_equal(shown(hands.session), old[30:130, 40:200])
    assert hands.tool.is_untouched
    hands.session.undo()
    assert hands.session.document is before
    assert hands.tool.frame.rect == (0, 0, 320, 240)


def test_handles_and_a_double_click(hands: Hands) -> None:
    hands.drag((320, 120), (250, 100))
    hands.drag((0, 0), (-30, -20))  # beyond the canvas
    assert hands.tool.frame.rect == (-30, -20, 280, 260)
    QTest.mouseDClick(hands.view.canvas, LEFT, NONE, hands.at(100, 100))
    assert hands.size == (280, 260)
    assert not shown(hands.session)[:20].any()


def test_escape_begins_anew_and_nothing_to_crop_is_no_step(hands: Hands) -> None:
    hands.drag((40, 30), (200, 130))
    hands.key(Qt.Key.Key_Escape)
    assert hands.tool.is_untouched
    hands.key(Qt.Key.Key_Return)
    assert hands.session.stack.count() == 0


def test_arrows_and_a_drag_within_move_the_frame(hands: Hands) -> None:
    hands.drag((40, 30), (200, 130))
    hands.key(Qt.Key.Key_Right)
    hands.drag((100, 80), (90, 100))
    assert hands.tool.frame.rect == (31, 50, 160, 100)


def test_proportions_from_the_list_and_typed(hands: Hands, qtbot: QtBot) -> None:
    hands.options.aspect.setCurrentIndex(hands.options.aspect.findText("1:1"))
    hands.options.aspect.activated.emit(hands.options.aspect.currentIndex())
    assert hands.tool.frame.size == (240, 240)
    hands.options.typed.setText("2:1")
    hands.options.typed.returnPressed.emit()
    hands.drag((10, 10), (110, 20))
    width, height = hands.tool.frame.size
    assert width == 2 * height
    hands.options.typed.setText("two to one")
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.options.typed.returnPressed.emit()
    assert failed.args[0].code == "no-proportion"
    assert hands.tool.aspect == 2.0


def test_straightened_by_slider_no_corner_is_empty(hands: Hands) -> None:
    hands.options.slider.setValue(100)
    assert hands.options.angle.value() == 10.0
    smaller = hands.tool.frame.size
    assert smaller < (320, 240)
    hands.options.angle.setValue(5)
    assert hands.tool.frame.size > smaller  # made anew from the frame that was chosen
    hands.key(Qt.Key.Key_Return)
    alpha = shown(hands.session)[..., 3]
    assert alpha.min() == 255


def test_a_line_along_what_should_be_level(hands: Hands) -> None:
    lines = np.full((240, 320, 4), 255, np.uint8)
    rows = np.arange(320) * np.tan(np.radians(8)) + 80
    lines[np.arange(240)[:, None] > rows[None, :]] = (0, 0, 0, 255)
    hands.session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(lines)})
    hands.options.level.click()
    assert hands.tool.is_levelling
    hands.drag((20, float(rows[20])), (300, float(rows[300])))
    assert not hands.options.level.isChecked()
    assert hands.tool.frame.angle == pytest.approx(-8, abs=0.2)
    hands.key(Qt.Key.Key_Return)
    grey = shown(hands.session)[..., 0]
    edges = [int(np.argmax(grey[:, x] < 128)) for x in range(10, grey.shape[1] - 10)]
    assert max(edges) - min(edges) <= 1


def test_outside_turns(hands: Hands) -> None:
    hands.drag((100, 80), (220, 160))
    hands.drag((280, 120), (160, 230))
    assert abs(hands.tool.frame.angle) == pytest.approx(90, abs=1)


def test_perspective_takes_four_corners(hands: Hands, qtbot: QtBot) -> None:
    hands.options.perspective.click()
    hands.drag((0, 0), (40, 30))
    hands.drag((320, 240), (300, 200))
    assert not hands.options.angle.isEnabled()
    size = hands.tool.frame.size
    hands.key(Qt.Key.Key_Return)
    assert hands.size == size
    assert not hands.options.perspective.isChecked()
    hands.options.perspective.click()
    width, height = size
    hands.drag((0, 0), (width - 2, height + 20))
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.key(Qt.Key.Key_Return)
    assert failed.args[0].code == "crossed-corners"
    assert hands.size == size


def test_crop_to_product(hands: Hands, qtbot: QtBot) -> None:
    alpha = np.zeros((240, 320), np.uint8)
    alpha[60:160, 100:200] = 255
    hands.session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    hands.options.margin.setValue(10)
    hands.options.product.click()
    qtbot.waitUntil(lambda: hands.tool.frame.rect == (90, 50, 120, 120))
    next(b for b in hands.options.findChildren(QPushButton) if b.text() == "Crop").click()
    assert hands.size == (120, 120)


def test_no_product_is_told(hands: Hands, qtbot: QtBot) -> None:
    nothing = Tiles.empty(Size(320, 240), 1)
    hands.session.apply(edits.SetMask(PHOTO), {"alpha": nothing})
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.options.product.click()
    assert failed.args[0].code == "nothing-shown"


def test_too_large_is_told_and_the_frame_stays(hands: Hands, qtbot: QtBot) -> None:
    hands.drag((320, 120), (330, 120))
    frame = hands.tool.frame.dragged((1, 1), Point(70_000, 300), None)
    hands.tool._set(frame)
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.key(Qt.Key.Key_Return)
    assert failed.args[0].code == "too-large"
    assert hands.tool.frame == frame


def test_seen_only_while_it_is_chosen(hands: Hands) -> None:
    assert hands.options.isVisible()
    hands.view.choose_tool("move")
    assert not hands.options.isVisible()
