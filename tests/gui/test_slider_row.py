# SPDX-License-Identifier: Apache-2.0
"""The one slider: pulled, stepped, typed into, reset."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider
from pytestqt.qtbot import QtBot

from prodedit.gui.number_field import NumberField
from prodedit.gui.slider_row import SliderRow

_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def numbers_with_points(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


def placed(qtbot: QtBot, row: SliderRow) -> SliderRow:
    row.resize(340, 80)
    qtbot.addWidget(row)
    row.show()
    row.told = []  # type: ignore[attr-defined]
    row.finished.connect(row.told.append)  # type: ignore[attr-defined]
    return row


@pytest.fixture
def whole(qtbot: QtBot) -> SliderRow:
    return placed(qtbot, SliderRow("Width", 0, 100, 40, " px"))


@pytest.fixture
def broken(qtbot: QtBot) -> SliderRow:
    return placed(qtbot, SliderRow("Exposure", -5, 5, 0, decimals=2, above=True))


def parts(row: SliderRow) -> tuple[QSlider, NumberField, QLabel]:
    """The slider, the number, and what is said below."""
    said = next(label for label in row.findChildren(QLabel) if label.property("role") == "error")
    return row.findChild(QSlider), row.findChild(NumberField), said


def typed(field: NumberField, text: str) -> None:
    field.setFocus()
    field.lineEdit().selectAll()
    QTest.keyClicks(field.lineEdit(), text)
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)


def test_whole_numbers_are_ints_and_others_are_not(whole: SliderRow, broken: SliderRow) -> None:
    parts(whole)[0].setValue(41)
    parts(broken)[0].setValue(125)
    assert whole.told == [41]
    assert isinstance(whole.told[0], int)
    assert broken.told == [1.25]
    assert parts(broken)[1].value() == 1.25


def test_arrows_step_and_shift_makes_ten_of_one(whole: SliderRow, broken: SliderRow) -> None:
    for row, one in ((whole, 1), (broken, 0.05)):
        slider, number, _said = parts(row)
        first = row.value
        QTest.keyClick(slider, Qt.Key.Key_Right)
        assert row.value == pytest.approx(first + one)
        QTest.keyClick(slider, Qt.Key.Key_Right, _SHIFT)
        assert row.value == pytest.approx(first + 11 * one)
        QTest.keyClick(slider, Qt.Key.Key_Down, _SHIFT)
        assert row.value == pytest.approx(first + one)
        QTest.keyClick(number, Qt.Key.Key_Up)
        QTest.keyClick(number, Qt.Key.Key_Up, _SHIFT)
        assert row.value == pytest.approx(first + 12 * one)


def test_a_double_click_resets(whole: SliderRow) -> None:
    slider, number, _said = parts(whole)
    whole.set_value(90)
    assert whole.told == []
    QTest.mouseDClick(slider, _LEFT)
    assert (whole.value, number.value(), whole.told) == (40, 40, [40])
    whole.set_value(90)
    QTest.mouseDClick(whole._label, _LEFT)
    assert whole.value == 40


def test_the_name_is_pulled_like_the_slider(whole: SliderRow) -> None:
    moving: list[int] = []
    held: list[int] = []
    whole.changed.connect(moving.append)
    whole.hold_changed.connect(lambda: held.append(len(whole.told)))
    name = whole._label
    QTest.mousePress(name, _LEFT, pos=QPoint(5, 5))
    QTest.mouseMove(name, QPoint(15, 5))
    QTest.mouseMove(name, QPoint(25, 5))
    assert moving == [50, 60]
    assert whole.told == []
    QTest.mouseRelease(name, _LEFT, pos=QPoint(25, 5))
    assert whole.told == [60]
    assert held == [0, 1]  # before anything has changed, and when all is told


def test_what_is_out_of_range_is_said_and_the_nearest_taken(whole: SliderRow) -> None:
    _slider, number, said = parts(whole)
    assert said.isHidden()
    typed(number, "250")
    assert whole.value == 100
    assert whole.told == [100]
    assert said.isVisible()
    assert said.text() == "Only 0 to 100 is possible here."
    assert number.accessibleDescription() == said.text()
    assert number.text() == "100 px"
    QTest.keyClicks(number.lineEdit(), "3")  # whoever types anew has read it
    assert said.isHidden()


def test_what_is_no_number_is_said_and_nothing_changes(whole: SliderRow) -> None:
    _slider, number, said = parts(whole)
    typed(number, "wide")
    assert (whole.value, whole.told) == (40, [])
    assert said.text() == "“wide” is not a number."
    assert number.text() == "40 px"


@pytest.mark.parametrize("text", ["1.25", "1,25", "+1.25", " 1.25 "])
def test_numbers_are_read_as_people_write_them(broken: SliderRow, text: str) -> None:
    _slider, number, said = parts(broken)
    typed(number, text)
    assert broken.told == [1.25]
    assert said.isHidden()


def test_a_name_that_has_no_room_is_the_tooltip(whole: SliderRow) -> None:
    whole.hide_name()
    assert whole._label.isHidden()
    assert whole.toolTip() == whole.title == "Width"


def test_the_first_places_keep_in_line(qtbot: QtBot) -> None:
    rows = [SliderRow(name, 0, 10, 0) for name in ("A", "Names")]
    for row in rows:
        placed(qtbot, row)
    places = {parts(row)[0].mapTo(row, QPointF(0, 0)).x() for row in rows}
    assert len(places) == 1


@pytest.mark.parametrize("above", [False, True])
def test_its_number_ends_where_the_row_ends(qtbot: QtBot, above: bool) -> None:
    row = placed(qtbot, SliderRow("Width", 0, 100, 40, above=above))
    number = row.findChild(NumberField)
    assert number is not None
    assert number.geometry().right() == row.rect().right()
