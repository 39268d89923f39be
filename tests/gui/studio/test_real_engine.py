# SPDX-License-Identifier: Apache-2.0
"""The panel with the program's own engine process and a small generator of random weights: from a
click to a layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from prodedit.core.tiles import Tiles
from prodedit.data_files import DATA_VARIABLE
from prodedit.editing.studio_choice import StudioChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.service.client import EngineClient
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.studio.sending import made_by
from tests.engine.test_generate import NAME, SIDE, write_generator
from tests.window import noise, opened_workspace

LONG = 120_000


@pytest.fixture(scope="module")
def workspace(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("studio")
    (folder / "generators").mkdir()
    write_generator(folder / "generators" / f"{NAME}{SUFFIX}", directions=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(folder))
        patch.setenv("PRODEDIT_DEVICE", "cpu")
        with opened_workspace(folder, EngineClient) as workspace:
            workspace.change_settings(studio=StudioChoice(count=5, cut_out=False, side=0))
            yield workspace


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace) -> Iterator[StudioPanel]:
    host = QWidget()
    qtbot.addWidget(host)
    panel = StudioPanel(workspace, host)
    column = QVBoxLayout(host)
    column.addWidget(panel)
    column.addWidget(panel.foot)
    workspace.current_changed.connect(panel.set_session)
    host.show()
    qtbot.waitUntil(lambda: panel.studio.generator is not None, timeout=LONG)
    yield panel
    workspace.current_changed.disconnect(panel.set_session)
    host.hide()
    for session in workspace.sessions:
        workspace.close_session(session)


def test_from_a_click_to_a_layer(qtbot: QtBot, panel: StudioPanel, workspace: Workspace) -> None:
    panel.pictures.button.click()
    qtbot.waitUntil(lambda: len(panel.pictures.grid.picks) == 5, timeout=LONG)
    pick = panel.pictures.grid.picks[4]
    assert pick.pixels.shape == (SIDE, SIDE, 4)
    panel.studio.choose(pick)
    panel.change.sliders.sliders[0]._slider.setValue(80)
    qtbot.waitUntil(lambda: panel.studio.chosen is not pick, timeout=LONG)
    moved = panel.studio.chosen
    assert moved is not None
    assert (moved.pixels != pick.pixels).any()
    panel.row.button.click()
    session = workspace.current
    assert session is not None
    qtbot.waitUntil(lambda: made_by(session.active_layer) is not None, timeout=LONG)
    made = session.active_layer
    assert (made.tiles.to_array() == moved.pixels).all()  # type: ignore[union-attr]
    panel.link.button.click()
    qtbot.waitUntil(lambda: panel.studio.chosen is not moved, timeout=LONG)
    again = panel.studio.chosen
    assert again is not None
    assert (again.pixels == moved.pixels).all(), "the layer says all that it was made of"


def test_a_photo_stays_itself_until_it_is_changed(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    photo = noise(80, 60)
    session = workspace.open_pixels(Tiles.from_array(photo), "mug.jpg")
    panel.pictures.photo.click()
    qtbot.waitUntil(lambda: panel.studio.chosen is not None, timeout=LONG)
    panel.row.button.click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 2, timeout=LONG)
    assert (session.document.layers[1].tiles.to_array() == photo).all()  # type: ignore[union-attr]
    panel.change.sliders.sliders[0]._slider.setValue(100)
    before = panel.studio.chosen
    qtbot.waitUntil(lambda: panel.studio.chosen is not before, timeout=LONG)
    qtbot.waitUntil(lambda: not panel.row.is_busy, timeout=LONG)
    panel.row.button.click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 3, timeout=LONG)
    changed = session.document.layers[2].tiles.to_array()  # type: ignore[union-attr]
    assert (changed != photo).any()
    assert np.array_equal(changed[..., 3], photo[..., 3])
