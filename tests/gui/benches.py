# SPDX-License-Identifier: Apache-2.0
"""A canvas with one tool on it, for tests that work it by real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core.document import from_photo
from prodedit.core.geometry import Point, Size
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import apply_theme
from prodedit.gui.tools.tool import Pointer, Tool

SIZE = Size(800, 600)
_MODIFIER = Qt.KeyboardModifier
NONE, SHIFT, ALT = _MODIFIER.NoModifier, _MODIFIER.ShiftModifier, _MODIFIER.AltModifier
CONTROL = _MODIFIER.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """Takes tasks and does nothing."""

    def submit(self, order: Order) -> None:
        pass

    def cancel(self, job_id: str) -> None:
        pass


class Bench:
    """A canvas at 100 % whose corner is the document's, so that places are the same in both."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.session = canvas, canvas.session
        self.problems: list[Problem] = []
        canvas.refused.connect(self.problems.append)
        canvas.session.failed.connect(self.problems.append)

    @property
    def tool(self) -> Tool:
        tool = self.canvas.tool
        assert tool is not None
        return tool

    def choose(self, kind: type[Tool]) -> None:
        self.canvas.set_tool(kind(self.session, self.canvas))

    def click(self, place: tuple[int, int]) -> None:
        QTest.mouseClick(self.canvas, LEFT, NONE, QPoint(*place))

    def drag(self, *places: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(places[0], modifiers)
        for place in places[1:]:
            self.move(place, modifiers)
        self.release(places[-1], modifiers)

    def press(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas, LEFT, modifiers, QPoint(*place))

    def release(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas, LEFT, modifiers, QPoint(*place))

    def move(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        if modifiers == NONE:
            QTest.mouseMove(self.canvas, QPoint(*place))
        else:  # QTest moves the mouse without modifiers
            at = Point(*place)
            self.tool.move(Pointer(self.canvas.viewport.to_document(at), at, modifiers))
        QApplication.processEvents()


@contextmanager
def new_bench(qtbot: QtBot) -> Iterator[Bench]:
    """With a grey photo of 800 x 600 in a shown and active window."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, "dark")
    grey = np.full((SIZE.height, SIZE.width, 4), (90, 90, 90, 255), np.uint8)
    session = EditSession(from_photo(Tiles.from_array(grey), "photo"), "photo.png", Desk())
    canvas = Canvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.one_to_one()
    canvas.settle()
    assert canvas.viewport.corner == (0, 0)
    yield Bench(canvas)
