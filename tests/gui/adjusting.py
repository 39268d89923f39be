# SPDX-License-Identifier: Apache-2.0
"""What tests of the Adjust panel ask again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core.adjust.values import Adjustment
from prodedit.core.layer import AdjustmentContent
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from tests.window import at


def adjustment(session: EditSession) -> Adjustment:
    """That of the active layer."""
    layer = session.active_layer
    assert layer is not None
    assert isinstance(layer.content, AdjustmentContent)
    return layer.content.adjustment


def wait_for_pixels(qtbot: QtBot, panel: AdjustPanel) -> None:
    """Until the controls know the picture that is adjusted."""
    qtbot.waitUntil(lambda: panel.bench.pixels is not None, timeout=10_000)


def canvas_of(window: MainWindow) -> Canvas:
    assert window.canvas is not None
    return window.canvas


def click(window: MainWindow, x: float, y: float) -> None:
    """On a place of the document."""
    canvas = canvas_of(window)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at(canvas, x, y))
