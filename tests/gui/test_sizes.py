# SPDX-License-Identifier: Apache-2.0
"""The dialogs for the size of picture and canvas; turning and flipping from the menus."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.editing.session import EditSession
from prodedit.gui.dialogs.canvas_size import CanvasSizeDialog
from prodedit.gui.dialogs.image_size import ImageSizeDialog
from prodedit.gui.main_window import MainWindow
from prodedit.render.compositor import Compositor
from tests.window import close_all, noise, open_noise, opened_window


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    for dialog in shared_window.findChildren(QDialog):
        dialog.close()
    close_all(shared_window)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """A photo of 320 x 240."""
    return open_noise(window)


def shown(session: EditSession) -> np.ndarray:
    return Compositor().merged(session.document)


def press(dialog: QDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


@pytest.fixture
def image_size(window: MainWindow, session: EditSession) -> ImageSizeDialog:
    window.actions_["image_size"].trigger()
    dialog = window.findChild(ImageSizeDialog)
    assert isinstance(dialog, ImageSizeDialog)
    assert not dialog.isModal()  # the window goes on working
    return dialog


@pytest.fixture
def canvas_size(window: MainWindow, session: EditSession) -> CanvasSizeDialog:
    window.actions_["canvas_size"].trigger()
    dialog = window.findChild(CanvasSizeDialog)
    assert isinstance(dialog, CanvasSizeDialog)
    return dialog


def test_sides_follow_each_other(image_size: ImageSizeDialog, session: EditSession) -> None:
    image_size.width_field.setValue(640)
    assert image_size.height_field.value() == 480
    image_size.height_field.setValue(120)
    assert image_size.width_field.value() == 160
    assert "160 × 120" in image_size.summary.text()
    press(image_size, "Change size")
    assert session.document.size == (160, 120)
    assert session.stack.undoText() == "Image size"


def test_sides_on_their_own_and_in_percent(
    image_size: ImageSizeDialog, session: EditSession
) -> None:
    image_size.linked.setChecked(False)
    image_size.unit.setCurrentIndex(1)
    assert image_size.width_field.value() == 100
    image_size.width_field.setValue(50)
    assert image_size.size_wanted == (160, 240)
    image_size.linked.setChecked(True)
    assert image_size.size_wanted == (160, 120)
    QTest.keyClick(image_size, Qt.Key.Key_Return)
    assert session.document.size == (160, 120)


def test_much_larger_is_warned_of(image_size: ImageSizeDialog) -> None:
    image_size.width_field.setValue(640)
    assert image_size.warning.isHidden()
    image_size.width_field.setValue(960)
    assert not image_size.warning.isHidden()
    assert "3.0 times" in image_size.warning.text()


@pytest.mark.parametrize(("width", "code"), [(0, "no-size"), (500_000, "too-large")])
def test_a_size_that_cannot_be_is_told_and_can_be_mended(
    image_size: ImageSizeDialog, session: EditSession, qtbot: QtBot, width: int, code: str
) -> None:
    image_size.width_field.setValue(width)
    with qtbot.waitSignal(session.failed) as failed:
        press(image_size, "Change size")
    assert failed.args[0].code == code
    assert image_size.isVisible()
    assert session.document.size == (320, 240)
    image_size.width_field.setValue(32)
    press(image_size, "Change size")
    assert session.document.size == (32, 24)


def test_escape_changes_nothing(image_size: ImageSizeDialog, session: EditSession) -> None:
    image_size.width_field.setValue(32)
    QTest.keyClick(image_size, Qt.Key.Key_Escape)
    assert not image_size.isVisible()
    assert session.stack.count() == 0


@pytest.mark.parametrize(
    ("anchor", "rect"),
    [
        (0, Rect(0, 0, 421, 200)),
        (4, Rect(-50, 20, 421, 200)),
        (8, Rect(-101, 40, 421, 200)),
        (5, Rect(-101, 20, 421, 200)),
    ],
)
def test_the_canvas_grows_away_from_its_anchor(
    canvas_size: CanvasSizeDialog, session: EditSession, anchor: int, rect: Rect
) -> None:
    old = shown(session)
    canvas_size.anchors.button(anchor).click()
    canvas_size.width_field.setValue(421)
    canvas_size.height_field.setValue(200)
    assert canvas_size.rect_wanted == rect
    press(canvas_size, "Change canvas")
    assert session.document.size == (421, 200)
    there = Rect(0, 0, 320, 240).translate(-rect.x, -rect.y).intersect(Rect(0, 0, 421, 200))
    new = shown(session)[there.y : there.bottom, there.x : there.right]
    x, y = there.x + rect.x, there.y + rect.y
    assert np.array_equal(new, old[y : y + there.height, x : x + there.width])


def test_as_much_more(canvas_size: CanvasSizeDialog, session: EditSession, qtbot: QtBot) -> None:
    canvas_size.relative.setChecked(True)
    assert canvas_size.width_field.value() == 0
    canvas_size.width_field.setValue(20)
    canvas_size.height_field.setValue(-240)
    with qtbot.waitSignal(session.failed) as failed:
        press(canvas_size, "Change canvas")
    assert failed.args[0].code == "no-size"
    canvas_size.height_field.setValue(-40)
    press(canvas_size, "Change canvas")
    assert session.document.size == (340, 200)


def test_the_dialog_goes_with_its_picture(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    window.actions_["image_size"].trigger()
    dialog = window.findChild(ImageSizeDialog)
    assert isinstance(dialog, ImageSizeDialog)
    window.workspace.close_session(session)
    qtbot.waitUntil(lambda: window.findChild(ImageSizeDialog) is None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("turn_left", lambda a: np.rot90(a)),
        ("turn_right", lambda a: np.rot90(a, -1)),
        ("turn_round", lambda a: np.rot90(a, 2)),
        ("flip_across", lambda a: a[:, ::-1]),
        ("flip_down", lambda a: a[::-1]),
        ("flip_layer_across", lambda a: a[:, ::-1]),
        ("flip_layer_down", lambda a: a[::-1]),
    ],
)
def test_turned_and_flipped_to_the_pixel(
    window: MainWindow, session: EditSession, name: str, expected: object
) -> None:
    old = shown(session)
    window.actions_[name].trigger()
    assert callable(expected)
    assert np.array_equal(shown(session), expected(old))
    window.actions_[name].trigger()
    if not name.startswith("turn"):
        assert np.array_equal(shown(session), noise())


def test_chosen_layers_are_flipped_round_their_common_middle(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.DuplicateLayer(PHOTO, "b", "b"))
    session.apply(edits.ShiftLayer("b", 100, 0))
    session.choose((PHOTO, "b"), "b")
    window.actions_["flip_layer_across"].trigger()
    photo, b = session.document.layers
    assert photo.transform == Transform(-1, 0, 0, 1, 420, 0)
    assert b.transform == Transform(-1, 0, 0, 1, 320, 0)
    assert session.document.size == Size(320, 240)
