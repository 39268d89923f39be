# SPDX-License-Identifier: Apache-2.0
"""The list of all commands: found by a word of either language, chosen by keys or the mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from prodedit.data_files import resources_folder
from prodedit.gui.actions import entries
from prodedit.gui.dialogs.command_search import LEFT_OUT, CommandSearch
from prodedit.gui.main_window import MainWindow
from tests.window import open_noise, opened_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with opened_window(qtbot, tmp_path) as opened:
        yield opened


def opened_search(window: MainWindow) -> tuple[CommandSearch, QLineEdit, QTreeWidget]:
    window.actions_["search_commands"].trigger()
    search = window.findChildren(CommandSearch)[-1]
    field, found = search.findChild(QLineEdit), search.findChild(QTreeWidget)
    assert field is not None
    assert found is not None
    return search, field, found


def is_gone(window: MainWindow) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window.findChild(CommandSearch) is None


def texts(found: QTreeWidget) -> list[str]:
    items = (found.topLevelItem(row) for row in range(found.topLevelItemCount()))
    return [item.text(0) for item in items if item is not None]


def test_everything_is_there_until_one_types(window: MainWindow) -> None:
    search, field, found = opened_search(window)
    assert len(texts(found)) == len(entries()) - len(LEFT_OUT)
    field.setText("zoom out")
    assert texts(found) == ["Zoom out"]
    field.setText("out zoom")
    assert texts(found) == ["Zoom out"]
    field.setText("make coffee")
    assert texts(found) == []
    assert not found.isVisible()
    search.dismiss()


def test_enter_does_it_and_the_card_goes(qtbot: QtBot, window: MainWindow) -> None:
    session = open_noise(window)
    _search, field, _found = opened_search(window)
    QTest.keyClicks(field, "duplic")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(session.document.layers) == 2)
    assert is_gone(window)


def test_arrows_choose_and_escape_leaves_all_as_it_was(window: MainWindow) -> None:
    session = open_noise(window)
    assert window.canvas is not None
    window.canvas.setFocus()
    _search, field, found = opened_search(window)
    field.setText("zoom")
    first = found.currentItem()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert found.currentItem() is not first
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert is_gone(window)
    assert session.stack.index() == 0
    assert window.canvas.hasFocus()


def test_it_goes_when_the_focus_goes(window: MainWindow) -> None:
    _search, field, _found = opened_search(window)
    assert field.hasFocus()
    window.top.search.setFocus()
    assert is_gone(window)


def test_what_cannot_be_done_comes_last_and_says_why(qtbot: QtBot, window: MainWindow) -> None:
    search, field, found = opened_search(window)
    items = [found.topLevelItem(row) for row in range(found.topLevelItemCount())]
    disabled = [item.isDisabled() for item in items if item is not None]
    assert disabled == sorted(disabled)
    assert True in disabled
    field.setText("remove background")
    item = found.topLevelItem(0)
    assert item is not None
    assert item.isDisabled()
    assert item.toolTip(0) == "Open a photo first."
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.wait(20)
    assert search.isVisible()
    assert window.workspace.worker is not None
    search.dismiss()


def test_chinese_finds_and_so_does_english(qapp: QApplication, tmp_path: Path) -> None:
    translator = QTranslator()
    assert translator.load("prodedit_zh_CN", str(resources_folder() / "translations"))
    QCoreApplication.installTranslator(translator)
    try:
        with opened_window(qapp, tmp_path) as window:
            search, field, found = opened_search(window)
            field.setText("preferences")
            (name,) = texts(found)
            assert name != "Preferences"
            field.setText(name[:2])
            assert name in texts(found)
            search.dismiss()
    finally:
        QCoreApplication.removeTranslator(translator)
