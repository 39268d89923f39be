# SPDX-License-Identifier: Apache-2.0
"""The rail: one panel at a time, and a wheel that scrolls instead of changing fields."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from prodedit.gui.side_rail import PanelEntry, SideRail
from prodedit.gui.theme import DARK


def turned(field: QWidget) -> None:
    """One notch of the wheel over a field."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(field.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def rail_with(qtbot: QtBot, first: QWidget, second: QWidget) -> SideRail:
    entries = (PanelEntry("a", "A", "list", first), PanelEntry("b", "B", "history", second))
    rail = SideRail(entries, QLabel("layers"), DARK)
    qtbot.addWidget(rail)
    rail.show()
    qtbot.waitExposed(rail)
    return rail


def test_wheel_changes_only_the_field_with_the_focus(qtbot: QtBot) -> None:
    panel = QWidget()
    column = QVBoxLayout(panel)
    number, other = QSpinBox(), QSpinBox()
    column.addWidget(number)
    column.addWidget(other)
    rail = rail_with(qtbot, panel, QLabel())
    rail.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    turned(number)
    assert number.value() == 0
    turned(other)
    assert other.value() == 1


def test_its_icon_folds_a_panel_away_and_brings_it_back(qtbot: QtBot) -> None:
    first, second = QLabel("first"), QLabel("second")
    rail = rail_with(qtbot, first, second)
    assert rail.open_id == "a"
    rail.open("b")
    assert second.isVisible()
    assert not first.isVisible()
    rail._clicked("b")
    assert not second.isVisible()
    rail._clicked("b")
    assert second.isVisible()
