# SPDX-License-Identifier: Apache-2.0
"""Products of one photo become pictures or files, through the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core.geometry import Size
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.documents.separating import SeparatingWindow
from prodedit.gui.main_window import MainWindow
from tests.window import button, open_noise


@pytest.fixture(autouse=True)
def closed(window: MainWindow) -> Iterator[None]:
    yield
    for dialog in window.findChildren(QDialog):
        dialog.close()


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """Two products, 50 x 50 and 40 x 100."""
    pixels = np.full((150, 250, 4), 255, np.uint8)
    alpha = np.zeros((150, 250), np.uint8)
    alpha[20:70, 20:70] = alpha[20:120, 150:190] = 255
    tiles = Tiles.from_array(pixels)
    return window.workspace.open_pixels(tiles, "鞋子", Tiles.from_array(alpha))


@pytest.fixture
def dialog(window: MainWindow, session: EditSession, qtbot: QtBot) -> SeparatingWindow:
    window.actions_["separate_products"].trigger()
    found = next(d for d in window.findChildren(SeparatingWindow) if d.isVisible())
    qtbot.waitUntil(lambda: found.list.count() == 2, timeout=60_000)
    return found


def test_each_becomes_a_picture_of_its_own(
    window: MainWindow, session: EditSession, dialog: SeparatingWindow, qtbot: QtBot
) -> None:
    dialog.padding.setValue(10)
    dialog.square.setChecked(True)
    qtbot.waitUntil(lambda: "60 × 60" in dialog.list.item(0).text(), timeout=60_000)
    button(dialog, "Open each").click()
    made = [one for one in window.workspace.sessions if one is not session]
    assert [one.name for one in made] == ["鞋子-1", "鞋子-2"]
    assert [one.document.size for one in made] == [Size(60, 60), Size(120, 120)]
    assert all(one.is_dirty for one in made)
    assert session.document.size == Size(250, 150)  # which stays as it is


def test_those_that_are_ticked_become_files_beside_what_is_there(
    window: MainWindow,
    dialog: SeparatingWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    (tmp_path / "鞋子-2.png").write_bytes(b"mine")
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    button(dialog, "Save each…").click()
    qtbot.waitUntil(
        lambda: any("1 products were saved" in text for text in window.notices.texts),
        timeout=60_000,
    )
    assert (tmp_path / "鞋子-2.png").read_bytes() == b"mine"
    data = np.frombuffer((tmp_path / "鞋子-2 (2).png").read_bytes(), np.uint8)
    made = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    assert made.shape == (116, 56, 4)  # a JPEG, as is set, would not be transparent
    assert int((made[..., 3] == 255).sum()) == 40 * 100


def test_one_product_is_told(window: MainWindow, qtbot: QtBot) -> None:
    session = open_noise(window)
    session.activate(session.document.layers[0].id)
    from prodedit.core import edits

    size = session.document.size
    edits_mask = Tiles.from_array(np.full((size.height, size.width), 255, np.uint8))
    session.apply(edits.SetMask(session.active_id), {"alpha": edits_mask})
    window.actions_["separate_products"].trigger()
    dialog = next(d for d in window.findChildren(SeparatingWindow) if d.isVisible())
    qtbot.waitUntil(lambda: "only one product" in dialog.told.text(), timeout=60_000)
    assert not dialog.open_each.isEnabled()
