# SPDX-License-Identifier: Apache-2.0
"""The column of tools: one button a letter, Shift goes on to the next of the same letter."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from prodedit.gui.theme import DARK
from prodedit.gui.tool_bar import ToolColumn
from prodedit.gui.tool_room import BUTTONS, FOOT, ToolRoom, height_of, width_of
from prodedit.gui.tools import TOOLS


def test_tools_of_a_letter_share_a_button_and_shift_goes_round(qtbot: QtBot) -> None:
    column = ToolColumn(DARK)
    qtbot.addWidget(column)
    column.show()
    column.activateWindow()
    qtbot.waitUntil(column.isActiveWindow)
    buttons = column.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert len(buttons) == len({t.shortcut for t in TOOLS.values()})
    chosen: list[str] = []
    column.chosen.connect(chosen.append)
    QTest.keyClick(column, Qt.Key.Key_M)
    for _ in range(2):
        QTest.keyClick(column, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(column, Qt.Key.Key_L)
    QTest.keyClick(column, Qt.Key.Key_M)
    assert chosen == ["marquee", "ellipse-marquee", "marquee", "lasso", "marquee"]
    assert column.tool_id == "marquee"


def test_every_tool_can_be_chosen_by_the_menu_behind_its_button(qtbot: QtBot) -> None:
    column = ToolColumn(DARK)
    qtbot.addWidget(column)
    chosen: list[str] = []
    column.chosen.connect(chosen.append)
    menus = [button.menu() for button in column.findChildren(QToolButton) if button.menu()]
    for menu in menus:
        for action in menu.actions():
            action.trigger()
            assert column.tool_id == chosen[-1]
    letters = [tool.shortcut for tool in TOOLS.values()]
    shared = [tool.id for tool in TOOLS.values() if letters.count(tool.shortcut) > 1]
    assert sorted(chosen) == sorted(shared)
    assert {"marquee", "lasso", "wand"} <= set(shared)


def test_choosing_a_tool_shows_it_on_its_button(qtbot: QtBot) -> None:
    column = ToolColumn(DARK)
    qtbot.addWidget(column)
    column.choose("object-select")
    assert column.tool_id == "object-select"
    names = [button.accessibleName() for button in column.findChildren(QToolButton)]
    assert TOOLS["object-select"].title in names
    assert TOOLS["wand"].title not in names


def test_a_low_window_has_two_columns_and_the_room_kept_free_for_them_is_as_wide(
    qtbot: QtBot,
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column, room = ToolColumn(DARK, host), ToolRoom(host)
    assert len({tool.shortcut for tool in TOOLS.values()}) == BUTTONS
    host.resize(200, 1500)
    host.show()
    assert column.colours.height() == FOOT
    for height, columns in ((height_of(1), 1), (height_of(1) - 1, 2), (1400, 1)):
        column.resize(column.width(), height)
        room.fit(height)
        assert column.width() == room.width() == width_of(columns)
    buttons = column.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    column.resize(column.width(), height_of(2))
    column.grab()
    assert len({button.x() for button in buttons}) == 2
    assert max(button.geometry().bottom() for button in buttons) < column.colours.y()
