# SPDX-License-Identifier: Apache-2.0
"""An SVG drawing through the window: asked how large, drawn, a picture or a layer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.geometry import Rect, Size
from prodedit.gui.documents.drawing import DrawingDialog
from prodedit.gui.main_window import MainWindow
from prodedit.render.compositor import Compositor
from tests.window import button, open_noise

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="20" height="20" fill="#FF0000"/></svg>'
)


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    path = tmp_path / "标志.svg"
    path.write_text(SVG, encoding="utf-8")
    return path


def asked(window: MainWindow, qtbot: QtBot) -> DrawingDialog:
    def shown() -> bool:
        return any(d.isVisible() for d in window.findChildren(DrawingDialog))

    qtbot.waitUntil(shown, timeout=60_000)
    return next(d for d in window.findChildren(DrawingDialog) if d.isVisible())


def test_opened_it_is_a_picture_of_the_size_that_was_chosen(
    window: MainWindow, qtbot: QtBot, drawing: Path
) -> None:
    window.files.open_all([drawing])
    dialog = asked(window, qtbot)
    dialog.width_field.setValue(100)
    assert dialog.size_wanted == Size(100, 50)
    dialog.height_field.setValue(32)
    assert dialog.size_wanted == Size(64, 32)
    button(dialog, "Import").click()
    qtbot.waitUntil(lambda: window.workspace.current is not None, timeout=60_000)
    session = window.workspace.current
    assert session is not None
    assert session.name == "标志"
    assert session.is_dirty  # no file holds it
    pixels = Compositor().render(session.document, Rect(0, 0, 64, 32))
    assert (pixels[:, :31] == (0, 0, 255, 255)).all()
    assert not pixels[:, 33:].any()


def test_placed_it_is_a_layer_that_fits(window: MainWindow, qtbot: QtBot, drawing: Path) -> None:
    session = open_noise(window, 80, 60)
    window.files.place_file(session, drawing)
    dialog = asked(window, qtbot)
    assert dialog.layer.isChecked()
    assert dialog.size_wanted == Size(80, 40)
    button(dialog, "Import").click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 2, timeout=60_000)
    layer = session.active_layer
    assert layer is not None
    assert layer.bounds(session.document.size) == Rect(0, 10, 80, 40)


def test_what_reaches_outside_is_told(window: MainWindow, qtbot: QtBot, drawing: Path) -> None:
    drawing.write_text(SVG.replace("<rect", '<image href="/etc/passwd"/><rect'), encoding="utf-8")
    window.files.open_all([drawing])
    qtbot.waitUntil(lambda: window.notices.texts != (), timeout=60_000)
    assert "lie outside of it" in window.notices.texts[0]
    assert window.workspace.current is None
