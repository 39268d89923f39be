# SPDX-License-Identifier: Apache-2.0
"""The column of tools: one button a letter, Shift goes on to the next of the same letter."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from prodedit.gui.theme import DARK
from prodedit.gui.tool_bar import ToolColumn
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
