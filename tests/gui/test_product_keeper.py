# SPDX-License-Identifier: Apache-2.0
"""A new colour keeps to the product: the fake engine says which part of the picture that is."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.layer import Layer
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.panels.adjustments.product_keeper import ProductKeeper
from prodedit.gui.panels.adjustments.recolour import RecolourSection
from prodedit.render.compositor import Compositor
from tests.gui.adjusting import click, wait_for_pixels

PRODUCT, GROUND = (200, 110, 60), (40, 110, 60)
"""Blue, green, red: the fake engine's mask is the blue channel, above a half is the product."""
INSIDE, OUTSIDE = (150, 100), (20, 20)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """A square on a ground that is as green."""
    pixels = np.full((200, 300, 4), 255, np.uint8)
    pixels[..., :3] = GROUND
    pixels[40:160, 90:210, :3] = PRODUCT
    return window.workspace.open_pixels(Tiles.from_array(pixels), "shirt.jpg")


@pytest.fixture
def section(session: EditSession, panel: AdjustPanel, qtbot: QtBot) -> RecolourSection:
    panel.add("recolour")
    section = panel.controls.section
    assert isinstance(section, RecolourSection)
    wait_for_pixels(qtbot, panel)
    return section


@pytest.fixture
def keeper(section: RecolourSection, panel: AdjustPanel) -> ProductKeeper:
    return panel.controls.product


def layer_of(session: EditSession) -> Layer:
    layer = session.active_layer
    assert layer is not None
    return layer


def test_a_click_finds_the_product_and_the_ground_stays(
    window: MainWindow,
    session: EditSession,
    panel: AdjustPanel,
    section: RecolourSection,
    keeper: ProductKeeper,
    qtbot: QtBot,
) -> None:
    assert keeper.isVisible()
    steps = session.stack.count()
    click(window, *INSIDE)
    assert keeper.is_looking
    assert keeper.isChecked()
    assert panel.controls.looking.isVisible()
    qtbot.waitUntil(lambda: layer_of(session).mask is not None)
    assert not keeper.is_looking
    assert not panel.controls.looking.isVisible()
    assert keeper.isChecked()
    assert session.document.find(PHOTO).mask is None, "the photo itself is not cut out"
    section.tolerance._number.setValue(100)  # every colour there is
    section.take_target(Colour(250, 20, 20))
    merged = Compositor().merged(session.document).astype(int)
    assert np.abs(merged[100, 150, :3] - PRODUCT).max() > 50
    assert np.abs(merged[20, 20, :3] - GROUND).max() < 20
    assert session.stack.count() >= steps + 3
    texts = [session.stack.text(number) for number in range(session.stack.count())]
    assert texts.count("Keep to the product") == 1


def test_everything_below_is_wanted_and_the_product_again(
    window: MainWindow,
    session: EditSession,
    panel: AdjustPanel,
    keeper: ProductKeeper,
    qtbot: QtBot,
) -> None:
    click(window, *INSIDE)
    qtbot.waitUntil(lambda: layer_of(session).mask is not None)
    panel.controls.scope.button("all").click()
    assert layer_of(session).mask is None
    assert not keeper.isChecked()
    panel.controls.section.begin()
    click(window, *INSIDE)
    assert not keeper.is_looking, "a person said so"
    keeper.click()
    assert keeper.is_looking
    qtbot.waitUntil(lambda: layer_of(session).mask is not None)
    keeper.click()
    assert layer_of(session).mask is None


def test_what_was_found_elsewhere_is_said_and_changes_nothing(
    window: MainWindow, session: EditSession, keeper: ProductKeeper, qtbot: QtBot
) -> None:
    click(window, *OUTSIDE)
    qtbot.waitUntil(lambda: bool(window.notices.texts))
    assert any("No product was found" in text for text in window.notices.texts)
    assert layer_of(session).mask is None
    assert not keeper.isChecked()


def test_it_gives_up_when_pressed_and_goes_on_while_another_layer_is_shown(
    window: MainWindow, session: EditSession, keeper: ProductKeeper, qtbot: QtBot
) -> None:
    window.workspace.change_settings(cutout_model="sleep:60")
    try:
        click(window, *INSIDE)
        assert keeper.is_looking
        keeper.click()
        assert not keeper.is_looking
        assert not keeper.isChecked()
        qtbot.waitUntil(lambda: not session.pending)
        keeper.click()
        assert keeper.is_looking
        recoloured = session.active_id
        session.activate(PHOTO)
        assert session.pending
        session.activate(recoloured)
        assert keeper.is_looking
        keeper.click()
        qtbot.waitUntil(lambda: not session.pending)
    finally:
        window.workspace.change_settings(cutout_model="auto")


def test_it_stands_in_the_controls_of_recolouring_only(
    window: MainWindow, session: EditSession, panel: AdjustPanel
) -> None:
    for kind in ("levels", "recolour", "curves"):
        panel.add(kind)
        panel.bench.give_up_picking()
        assert panel.controls.product.isVisible() == (kind == "recolour")


def test_a_selection_or_a_cut_out_is_kept_to_without_looking(
    window: MainWindow, session: EditSession, panel: AdjustPanel, qtbot: QtBot
) -> None:
    session.apply(edits.SelectRectangle(edits.Box(100, 50, 200, 150)))
    panel.add("recolour")
    wait_for_pixels(qtbot, panel)
    click(window, *INSIDE)
    assert not panel.controls.product.is_looking
    assert layer_of(session).mask is not None
    session.undo()
    session.undo()
    alpha = np.zeros((200, 300), np.uint8)
    alpha[40:160, 90:210] = 255
    session.activate(PHOTO)
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    panel.add("recolour")
    assert layer_of(session).clip
    assert panel.controls.product.isChecked()
    click(window, *INSIDE)
    assert not panel.controls.product.is_looking
