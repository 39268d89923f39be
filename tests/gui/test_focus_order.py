# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from prodedit.gui.focus_order import focus_next_area, order_tabs


class Page(QWidget):
    """A field and a button, as an open picture has them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        self.field, self.number, self.button = QLineEdit(self), QSpinBox(self), QPushButton(self)
        for widget in (self.field, self.number, self.button):
            column.addWidget(widget)


def closed(page: Page) -> None:
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_order_keeps_nothing_that_is_closed(qtbot: QtBot) -> None:
    """Each time a picture is opened the order is made again, and pictures close in any order."""
    window = QWidget()
    qtbot.addWidget(window)
    left: list[weakref.ref[QWidget]] = []
    pages = [Page(window)]
    for _ in range(4):
        pages.append(Page(window))
        order_tabs(window, pages)
        page = pages.pop(0)
        left += [weakref.ref(one) for one in (page, page.field, page.number, page.button)]
        closed(page)
        del page
    gc.collect()
    assert [one() for one in left if one() is not None] == []


def test_the_window_outlives_what_is_last_in_its_order(qtbot: QtBot) -> None:
    """PySide has taken the window for a child of that, and its menus for gone with it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    action = window.menuBar().addMenu("File").addAction("Open")
    first, last = Page(window), Page(window)
    order_tabs(window, [first, last])
    focus_next_area(window, [first, last])
    closed(last)
    gc.collect()
    assert isValid(action)
    assert action.text() == "Open"


def test_areas_come_one_after_the_other(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second = Page(window), Page(window)
    order_tabs(window, [second, first])
    chain, widget = [], second.field.nextInFocusChain()
    while widget is not second.field:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    stops = [one for one in chain if isinstance(one, QPushButton | QSpinBox)]
    assert stops == [second.number, second.button, first.number, first.button]
