# SPDX-License-Identifier: Apache-2.0
"""From the studio to the canvas and back; morphs and films."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.geometry import Size
from prodedit.core.provenance import PARTLY, source_type
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.generating import Morph
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.studio.picks import Photo, Pick
from prodedit.gui.studio.sending import made_by
from tests.gui.studio.conftest import LONG
from tests.gui.studio.desks import NAME, SIDE, StudioDesk, latent_of, plain
from tests.window import noise, open_file


def pick_of(first: int, photo: Photo | None = None) -> Pick:
    latent = latent_of(first)
    return Pick(NAME, latent, plain(latent.array(), 0), photo)


def sent(qtbot: QtBot, panel: StudioPanel, workspace: Workspace, pick: Pick) -> EditSession:
    panel.studio.choose(pick)
    before = None if workspace.current is None else workspace.current.document
    panel.row.button.click()
    session = workspace.current
    assert session is not None
    known = {layer.id for layer in (before or session.document).walk()}
    qtbot.waitUntil(lambda: session.active_id not in known, timeout=LONG)
    return session


def test_it_comes_on_a_white_picture_where_none_is_open(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    session = sent(qtbot, panel, workspace, pick_of(40))
    white, made = session.document.layers
    assert session.document.size == Size(1024, 1024)
    assert (white.tiles.to_array() == 255).all()  # type: ignore[union-attr]
    assert made.name == "Round"
    assert made.tiles is not None
    assert made.tiles.size == Size(512, 512)
    assert (made.tiles.to_array()[..., 0] == 40).all()
    assert made.mask is not None
    assert session.active_id == made.id
    task = made_by(made)
    assert task is not None
    assert task.latent == latent_of(40)
    assert source_type(session.document) == PARTLY
    session.undo()
    assert session.document.layers == (white,)


def test_it_comes_into_the_open_picture(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    workspace.open_pixels(Tiles.from_array(noise(200, 100)), "mug.jpg")
    panel.pictures.side.button("0").click()
    panel.pictures.cut_out.click()
    session = sent(qtbot, panel, workspace, pick_of(41))
    made = session.document.layers[1]
    assert made.tiles is not None
    assert made.tiles.size == Size(64, 64)
    assert made.mask is None
    assert made.bounds(session.document.size).height == pytest.approx(80, abs=2)


def test_it_comes_even_when_the_layer_changes_meanwhile(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    """A new picture belongs to no layer."""
    session = workspace.open_pixels(Tiles.from_array(noise(60, 60)), "mug.jpg")
    homeless: list[object] = []
    session.result_homeless.connect(lambda *told: homeless.append(told))
    panel.studio.choose(pick_of(42))
    panel.row.button.click()
    session.apply(edits.RemoveLayer("photo"))
    qtbot.waitUntil(lambda: len(session.document.layers) == 1, timeout=LONG)
    assert session.document.layers[0].name == "Round"
    assert homeless == []


def test_a_layer_is_opened_again_and_updated(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    session = sent(qtbot, panel, workspace, pick_of(40))
    panel.studio.choose(pick_of(7))
    assert panel.link.isVisible()
    assert not panel.update_layer.isVisible()
    panel.link.button.click()
    qtbot.waitUntil(panel.update_layer.isVisible)
    assert panel.studio.chosen is not None
    assert panel.studio.chosen.latent == latent_of(40)
    panel.change.sliders.sliders[0]._slider.setValue(100)
    qtbot.waitUntil(lambda: panel.studio.chosen.latent == latent_of(40, 30))
    panel.update_layer.click()
    qtbot.waitUntil(lambda: made_by(session.active_layer).latent == latent_of(40, 30), timeout=LONG)
    assert len(session.document.layers) == 2
    session.undo()
    assert made_by(session.document.layers[1]).latent == latent_of(40)  # type: ignore[union-attr]


def test_it_is_still_known_after_saving(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace, tmp_path: Path
) -> None:
    session = sent(qtbot, panel, workspace, pick_of(40))
    with qtbot.waitSignal(workspace.saved, timeout=LONG):
        workspace.save(session, tmp_path / "made.ora")
    workspace.close_session(session)
    again = open_file(qtbot, workspace, tmp_path / "made.ora")
    again.activate(again.document.layers[-1].id)
    assert made_by(again.active_layer) is not None
    panel.studio.choose(None)
    panel.link.button.click()
    qtbot.waitUntil(lambda: panel.studio.chosen is not None)
    assert panel.studio.chosen.latent == latent_of(40)  # type: ignore[union-attr]
    assert source_type(again.document) == PARTLY


def test_a_photo_that_was_not_changed_stays_bit_for_bit(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    session = workspace.open_pixels(Tiles.from_array(noise(SIDE, SIDE)), "mug.jpg")
    panel.pictures.photo.click()
    qtbot.waitUntil(lambda: panel.studio.chosen is not None)
    panel.row.button.click()
    qtbot.waitUntil(lambda: len(session.document.layers) == 2, timeout=LONG)
    made = session.document.layers[1]
    assert (made.tiles.to_array() == noise(SIDE, SIDE)).all()  # type: ignore[union-attr]
    task = made_by(made)
    assert task is not None
    assert task.base == latent_of(70, 80)
    qtbot.waitUntil(panel.link.isVisible)
    panel.link.button.click()
    qtbot.waitUntil(lambda: panel.studio.can_go_back)
    opened = panel.studio.chosen
    assert opened is not None
    assert opened.photo is not None
    assert (opened.shown == noise(SIDE, SIDE)).all()


def test_a_photo_that_was_closed_is_missed(
    qtbot: QtBot, panel: StudioPanel, workspace: Workspace
) -> None:
    session = workspace.open_pixels(Tiles.from_array(noise(SIDE, SIDE)), "mug.jpg")
    square = np.zeros((SIDE, SIDE, 3), np.uint8)
    photo = Photo(session, "photo", latent_of(1), plain(latent_of(1).array(), 0), square)
    workspace.close_session(session)
    panel.studio.choose(pick_of(2, photo))
    panel.row.button.click()
    assert "not open any more" in panel.status.told.text()


# Morphs


def test_the_way_between_two(qtbot: QtBot, panel: StudioPanel, desk: StudioDesk) -> None:
    first, last = pick_of(0), pick_of(70)
    panel.studio.choose(first)
    assert panel.morph.start.pick is first
    assert not panel.morph.button.isEnabled()
    panel._show_page("morph")
    panel.morph.end.put(last)
    panel.morph.button.click()
    qtbot.waitUntil(lambda: panel.morph.strip.count() == 8)
    picks = panel.morph.strip.picks
    assert (picks[0], picks[-1]) == (first, last)
    assert [int(pick.latent.array()[0, 0]) for pick in picks] == list(range(0, 71, 10))
    panel.morph.strip.picked.emit(picks[3])
    assert panel.studio.chosen is picks[3]
    assert panel.morph.start.pick is first, "a step of the way is no new beginning"
    panel.morph.swap.click()
    assert (panel.morph.start.pick, panel.morph.end.pick) == (last, first)


def test_it_begins_with_the_chosen_picture_as_it_was_changed(panel: StudioPanel) -> None:
    studio, start = panel.studio, panel.morph.start
    studio.choose(pick_of(0))
    changed, more = pick_of(1), pick_of(2)
    studio.refine(changed)
    assert start.pick is changed
    panel.morph.end.put(pick_of(70))
    studio.refine(more)
    assert start.pick is more
    put = pick_of(30)
    start.put(put)
    studio.refine(pick_of(3))
    assert start.pick is put, "that was the person's own choice"


def test_a_step_of_the_way_that_is_changed_is_no_beginning(
    qtbot: QtBot, panel: StudioPanel
) -> None:
    first = pick_of(0)
    panel.studio.choose(first)
    panel.morph.end.put(pick_of(70))
    panel.morph.button.click()
    qtbot.waitUntil(lambda: panel.morph.strip.count() == 8)
    panel.morph.strip.picked.emit(panel.morph.strip.picks[3])
    panel.studio.refine(pick_of(31))
    assert panel.morph.start.pick is first


def test_a_photo_as_the_end(qtbot: QtBot, panel: StudioPanel, workspace: Workspace) -> None:
    workspace.open_pixels(Tiles.from_array(noise(SIDE, SIDE)), "mug.jpg")
    panel._show_page("morph")
    panel.morph.end.photo_wanted.emit()
    qtbot.waitUntil(lambda: panel.morph.end.pick is not None)
    assert panel.morph.end.pick.photo is not None  # type: ignore[union-attr]
    assert panel.studio.chosen is None
    assert panel.pages.current == "morph"


def test_a_film_is_saved(
    qtbot: QtBot,
    panel: StudioPanel,
    desk: StudioDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel.morph.start.put(pick_of(0))
    panel.morph.end.put(pick_of(70))
    panel.morph.film.frames.setValue(5)
    panel.morph.film.rate.setValue(20)
    chosen = (str(tmp_path / "way"), "GIF (*.gif)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    panel.morph.film.button.click()
    qtbot.waitUntil(lambda: "way.gif" in panel.status.told.text(), timeout=LONG)
    assert isinstance(desk.tasks[0], Morph)
    assert desk.tasks[0].frames == 5
    with Image.open(tmp_path / "way.gif") as film:
        assert film.n_frames == 8, "there and back"
        assert film.info["duration"] == 50
