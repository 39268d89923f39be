# SPDX-License-Identifier: Apache-2.0
"""The look of one picture given to others: open ones, and those of the strip."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.colour import Colour
from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.core.edits.backgrounds import PictureBackground
from prodedit.core.effects import Outline
from prodedit.core.fill import SolidFill
from prodedit.core.layer import AdjustmentContent, FillContent, Layer
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.looks import look_of, recipe_steps
from prodedit.editing.session import EditSession
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.main_window import MainWindow
from tests.window import noise, open_noise

RED = SolidFill(Colour(200, 0, 0))


@pytest.fixture
def dressed(window: MainWindow, qtbot: QtBot) -> EditSession:
    """Cut out, with a red backdrop, an outline, and its colours turned round by half."""
    session = open_noise(window, 64, 48, "mug.jpg")
    session.submit(RemoveBackground())
    qtbot.waitUntil(lambda: session.stack.count() == 1, timeout=60_000)
    session.apply(edits.SetBackground(RED))
    session.apply(edits.SetEffects(PHOTO, (Outline(),)))
    session.apply(edits.AddAdjustmentLayer("turned", "Turned round", Invert()))
    session.apply(edits.SetOpacity("turned", 0.5))
    return session


def adjustments(session: EditSession) -> list[Layer]:
    layers = session.document.layers
    return [one for one in layers if isinstance(one.content, AdjustmentContent)]


def test_all_open_pictures_get_it_as_one_step(window: MainWindow, dressed: EditSession) -> None:
    others = [open_noise(window, 40, 30, name) for name in ("a.jpg", "b.jpg")]
    window.workspace.make_current(dressed)
    window.actions_["copy_look"].trigger()
    window.actions_["paste_look_all"].trigger()
    for session in others:
        assert session.stack.count() == 1
        (turned,) = adjustments(session)
        assert (turned.opacity, turned.name) == (0.5, "Turned round")
        behind = session.document.find(BACKGROUND)
        assert behind is not None
        assert behind.content == FillContent(RED)
        photo = session.document.find(PHOTO)
        assert photo is not None
        assert photo.effects == (Outline(),)
        session.undo()
        assert len(session.document.layers) == 1
    assert len(adjustments(dressed)) == 1  # which it comes from
    assert any("given to 2 open pictures" in text for text in window.notices.texts)


def test_pasted_on_one_and_again_what_lies_behind_is_replaced(
    window: MainWindow, dressed: EditSession
) -> None:
    window.actions_["copy_look"].trigger()
    other = open_noise(window, 40, 30, "a.jpg")
    for _ in range(2):
        window.actions_["paste_look"].trigger()
    assert len(adjustments(other)) == 2, window.notices.texts
    assert [layer.id for layer in other.document.layers].count(BACKGROUND) == 1


def kept_to(session: EditSession, name: str) -> np.ndarray:
    """(h, w): what the mask of the adjustment of that name lets it change."""
    (found,) = [one for one in adjustments(session) if one.name == name]
    assert found.mask is not None
    return found.mask.alpha.to_array()


def test_what_keeps_to_the_product_keeps_to_each_product(
    window: MainWindow, dressed: EditSession, qtbot: QtBot
) -> None:
    dressed.apply(edits.AddAdjustmentLayer("on", "On it", Invert(), product=PHOTO))
    dressed.apply(edits.AddAdjustmentLayer("round", "Round it", Invert(), product=PHOTO))
    dressed.apply(edits.InvertMask("round"))
    dressed.apply(edits.AddAdjustmentLayer("part", "A part", Invert()))
    left = np.zeros((48, 64), np.uint8)
    left[:, :20] = 255
    dressed.apply(edits.SetMask("part"), {"alpha": Tiles.from_array(left)})
    corrected = dressed.document.find(PHOTO).mask.alpha.to_array()
    corrected[:2, :8] = 0  # a little, after the masks were made
    dressed.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(corrected)})
    other, bare = open_noise(window, 40, 30, "a.jpg"), open_noise(window, 20, 20, "bare.jpg")
    other.submit(RemoveBackground())
    qtbot.waitUntil(lambda: other.stack.count() == 1, timeout=60_000)
    window.workspace.make_current(dressed)
    window.actions_["copy_look"].trigger()
    assert "all is changed by: A part" in window.notices.texts[-1]
    window.actions_["paste_look_all"].trigger()
    product = other.document.find(PHOTO).mask.alpha.to_array()
    assert np.array_equal(kept_to(other, "On it"), product)
    assert np.array_equal(kept_to(other, "Round it"), 255 - product)
    whole = [one.name for one in adjustments(other) if one.mask is None]
    assert whole == ["Turned round", "A part"]
    assert [one.mask for one in adjustments(bare)] == [None] * 4
    assert "changes all of: bare.jpg" in window.notices.texts[-1]


def test_a_recipe_of_it_cuts_out_for_what_keeps_to_the_product(dressed: EditSession) -> None:
    dressed.apply(edits.SetEffects(PHOTO, ()))
    dressed.put(dressed.document.remove(BACKGROUND), (), "bare")
    dressed.apply(edits.AddAdjustmentLayer("on", "On it", Invert(), product=PHOTO))
    first, *steps = recipe_steps(look_of(dressed.document, PHOTO))
    assert isinstance(first, RemoveBackground)
    assert [one.product for one in steps if isinstance(one, edits.AddAdjustmentLayer)] == [
        "",
        PHOTO,
    ]


def test_a_picture_as_backdrop_goes_along_to_open_ones_only(
    window: MainWindow, session: EditSession
) -> None:
    picture = Tiles.from_array(noise(16, 16, seed=8))
    session.apply(edits.SetBackground(PictureBackground()), {"picture": picture})
    window.actions_["copy_look"].trigger()
    other = open_noise(window, 40, 30, "a.jpg")
    window.actions_["paste_look"].trigger()
    behind = other.document.find(BACKGROUND)
    assert behind is not None
    assert behind.tiles is not None
    assert behind.tiles.size == other.document.size
    with pytest.raises(Problem) as told:
        recipe_steps(look_of(session.document, PHOTO))
    assert told.value.code == "picture-look"


def test_without_a_look_or_a_choice_it_is_told(window: MainWindow, session: EditSession) -> None:
    window.actions_["copy_look"].trigger()
    assert "no adjustments, effects or background" in window.notices.texts[-1]


def test_the_strip_gets_it_with_the_cut_out(
    window: MainWindow,
    dressed: EditSession,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, results = tmp_path / "shop", tmp_path / "results"
    folder.mkdir()
    pixels = np.full((40, 60, 3), 90, np.uint8)
    pixels[:20, :, 0] = 240  # of which the fake engine makes the cut-out
    (folder / "a.png").write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    window.actions_["copy_look"].trigger()
    window.catalogue.open([folder])
    row = window.catalogue.strip.row
    qtbot.waitUntil(lambda: len(window.catalogue.model.rows) == 1, timeout=60_000)
    window.actions_["look_to_strip"].trigger()
    assert "No picture is chosen" in window.notices.texts[-1]
    row.choose({folder / "a.png"}, folder / "a.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(results))
    with qtbot.waitSignal(window.catalogue.work.runs.ended, timeout=60_000):
        window.actions_["look_to_strip"].trigger()
    (made,) = results.iterdir()
    below = cv2.imread(str(made))[35, 30]
    assert abs(int(below[2]) - 128) < 12  # the red that lies behind, turned round by half
    assert abs(int(below[0]) - 128) < 12
