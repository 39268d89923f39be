# SPDX-License-Identifier: Apache-2.0
"""New pictures: sizes by name and by numbers."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem

from prodedit.core.colour import Colour
from prodedit.core.document import BACKGROUND
from prodedit.core.fill import SolidFill
from prodedit.core.geometry import Size
from prodedit.core.layer import FillContent
from prodedit.gui.documents.new_picture import NONE, OTHER, NewPicture
from prodedit.gui.main_window import MainWindow
from prodedit.render.compositor import Compositor
from tests.window import button


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[NewPicture]:
    QGuiApplication.clipboard().clear()
    window.workspace.change_settings(new_picture=type(window.workspace.settings.new_picture)())
    yield opened(window)
    for dialog in window.findChildren(NewPicture):
        dialog.close()


def opened(window: MainWindow) -> NewPicture:
    window.actions_["new_picture"].trigger()
    dialog = window.findChild(NewPicture)
    assert isinstance(dialog, NewPicture)
    assert not dialog.isModal()
    return dialog


def row(dialog: NewPicture, text: str) -> QListWidgetItem:
    (found,) = (
        dialog.sizes.item(number)
        for number in range(dialog.sizes.count())
        if text in dialog.sizes.item(number).text()
    )
    return found


def test_typed_numbers_make_a_white_picture_that_can_be_drawn_on(
    window: MainWindow, dialog: NewPicture
) -> None:
    QTest.keyClicks(dialog.width_field, "64")
    QTest.keyClick(dialog.width_field, Qt.Key.Key_Tab)
    dialog.height_field.selectAll()
    QTest.keyClicks(dialog.height_field, "32")
    button(dialog, "Make picture").click()
    session = window.workspace.current
    assert session is not None
    assert session.document.size == Size(64, 32)
    assert (Compositor().merged(session.document) == 255).all()
    assert session.active_layer is not None
    assert session.active_layer.tiles is not None
    assert session.active_id != BACKGROUND
    assert not session.is_dirty  # nothing would be lost
    again = opened(window)  # it remembers
    assert (again.width_field.value(), again.height_field.value()) == (64, 32)


def test_a_marketplace_and_a_paper_bring_their_numbers(dialog: NewPicture) -> None:
    dialog.sizes.setCurrentItem(row(dialog, "Tmall transparent"))
    assert dialog.choice.backdrop == ""
    assert (dialog.choice.width, dialog.choice.height) == (800, 800)
    dialog.sizes.setCurrentItem(row(dialog, "A4"))
    assert dialog.width_field.value() == pytest.approx(210, abs=0.1)
    assert (dialog.choice.width, dialog.choice.height) == (2480, 3508)
    dialog.turn.click()
    assert (dialog.choice.width, dialog.choice.height) == (3508, 2480)


def test_paper_stays_paper_and_pixels_stay_pixels(dialog: NewPicture) -> None:
    dialog.width_field.setValue(600)
    dialog.resolution.setValue(300)
    assert dialog.choice.width == 600
    dialog.unit.setCurrentIndex(dialog.unit.findData("in"))
    assert dialog.width_field.value() == pytest.approx(2.0)
    dialog.resolution.setValue(150)
    assert dialog.width_field.value() == pytest.approx(2.0)
    assert dialog.choice.width == 300


def test_what_cannot_be_is_told_and_not_made(window: MainWindow, dialog: NewPicture) -> None:
    dialog.width_field.setValue(500_000)
    assert "are too many" in dialog.summary.text()
    assert not button(dialog, "Make picture").isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    assert window.workspace.current is None


@pytest.mark.parametrize("kind", [NONE, OTHER])
def test_what_lies_behind(window: MainWindow, dialog: NewPicture, kind: str) -> None:
    dialog.backdrop.setCurrentIndex(dialog.backdrop.findData(kind))
    dialog.colour.set_colour(Colour(10, 20, 30))
    dialog.width_field.setValue(8)
    dialog.height_field.setValue(8)
    dialog.accept()
    session = window.workspace.current
    assert session is not None
    behind = session.document.find(BACKGROUND)
    if kind == NONE:
        assert behind is None
    else:
        assert behind is not None
        assert behind.content == FillContent(SolidFill(Colour(10, 20, 30)))


def test_the_copied_picture_gives_its_size(window: MainWindow) -> None:
    image = QImage(77, 33, QImage.Format.Format_RGB32)
    image.fill(0)
    QGuiApplication.clipboard().setImage(image)
    dialog = opened(window)
    dialog.sizes.setCurrentItem(row(dialog, "As the copied picture"))
    assert (dialog.choice.width, dialog.choice.height) == (77, 33)
    dialog.close()
    QGuiApplication.clipboard().clear()
