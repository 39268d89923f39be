# SPDX-License-Identifier: Apache-2.0
"""Recolouring in the Adjust panel: by a click and a colour, in several colours at once."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.export_setting import ExportSetting
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.panels.adjustments.recolour import RecolourSection
from prodedit.render.compositor import Compositor
from tests.gui.adjusting import adjustment, wait_for_pixels
from tests.window import at

RED = Colour(190, 40, 40)


def red_product(window: MainWindow) -> EditSession:
    """A red square with shading on grey."""
    pixels = np.full((200, 300, 4), (128, 128, 128, 255), np.uint8)
    shade = np.linspace(0.7, 1.2, 120)[:, None]
    for channel, value in enumerate((RED.blue, RED.green, RED.red)):
        pixels[40:160, 90:210, channel] = np.clip(value * shade, 0, 255)
    return window.workspace.open_pixels(Tiles.from_array(pixels), "shirt.jpg")


def test_recolour_by_a_click_and_a_hex(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot
) -> None:
    session = red_product(window)
    panel.add("recolour")
    section = panel.controls.section
    assert isinstance(section, RecolourSection)
    wait_for_pixels(qtbot, panel)
    assert window.canvas is not None
    QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at(window.canvas, 150, 100))
    qtbot.waitUntil(lambda: adjustment(session) != Recolour(*[Colour(128, 128, 128)] * 2))
    assert np.array_equal(*(Compositor().merged(d) for d in (session.document, session.original)))
    section.hex.setText("#2060C0")
    section.hex.editingFinished.emit()
    assert adjustment(session).target == Colour(0x20, 0x60, 0xC0)
    qtbot.waitUntil(lambda: "ΔE" in section.told.text(), timeout=10_000)
    merged = Compositor().merged(session.document).astype(int)
    blue, _, red, _ = merged[100, 150]
    assert blue > red + 60
    assert (merged[10, 10, :3] == 128).all(), "the backdrop stays"
    assert merged[150, 150, 0] > merged[50, 150, 0] + 20, "the shading stays"
    section.hex.setText("no colour")
    section.hex.editingFinished.emit()
    assert any("not a colour" in text for text in window.notices.texts)
    assert section.hex.text() == "#2060C0"


def test_variants_are_exported_named_by_their_colour(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    session = red_product(window)
    window.workspace.change_settings(export=ExportSetting("png"))
    panel.insert(Recolour(RED, RED), "Recolour")
    section = panel.controls.section
    assert isinstance(section, RecolourSection)
    for text in ("#2E5EAA", "#4F7942", "#2E5EAA"):
        section.take_target(Colour.from_hex(text))
        section.variants.add_current()
    assert [colour.hex for colour in section.variants.colours] == ["#2E5EAA", "#4F7942"]
    (tmp_path / "shirt-2e5eaa.png").write_bytes(b"mine")
    jobs: list[Job] = []
    panel.exports.job_moved.connect(jobs.append)
    panel.export_variants(section.value, section.variants.colours, tmp_path)
    qtbot.waitUntil(lambda: bool(jobs) and jobs[-1].over, timeout=20_000)
    panel.exports.job_moved.disconnect(jobs.append)
    assert jobs[-1].state is State.DONE
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["shirt-2e5eaa-2.png", "shirt-2e5eaa.png", "shirt-4f7942.png"]
    assert (tmp_path / "shirt-2e5eaa.png").read_bytes() == b"mine"
    assert any("2 variants" in text for text in window.notices.texts)
    assert window.jobs.rowCount() > 0
    assert session.document.find(session.active_id) is not None


def test_variants_can_be_cancelled(
    window: MainWindow, panel: AdjustPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    red_product(window)
    panel.insert(Recolour(RED, RED), "Recolour")
    colours = tuple(Colour(n * 6, 40, 90) for n in range(40))
    jobs: list[Job] = []
    panel.exports.job_moved.connect(jobs.append)
    panel.export_variants(Recolour(RED, RED), colours, tmp_path)
    window.jobs_bar.cancel_first()
    assert jobs[-1].state is State.CANCELLED
    panel.exports.job_moved.disconnect(jobs.append)
    window.workspace.wait_for_files()
    assert len(list(tmp_path.iterdir())) <= 1
