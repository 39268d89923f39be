# SPDX-License-Identifier: Apache-2.0
"""A large picture that a control changes is shown by a smaller copy, and itself in the end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust.values import HueSaturation, Shift
from prodedit.core.effects import ColourOverlay, Effect
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour
from prodedit.editing.errands import Errands
from prodedit.gui.canvas import Canvas
from prodedit.gui.draft import left_bare
from prodedit.gui.theme import apply_theme
from tests.gui.test_canvas import session
from tests.gui.test_near_first import exact, pixels_of

SIZE = Size(2600, 1900)


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> Iterator[Canvas]:
    apply_theme(qapp, "dark")
    errands = Errands("moving")
    canvas = Canvas(session(SIZE))
    canvas.moving.run = errands.run
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    canvas.fit()
    canvas.settle()
    yield canvas
    errands.close()


def preview(canvas: Canvas, *effects: Effect) -> None:
    canvas.session.preview_edit(edits.SetEffects("photo", effects))


def overlay(red: int) -> ColourOverlay:
    return ColourOverlay(Colour(red, 30, 30), opacity=0.5)


def with_copy(canvas: Canvas, qtbot: QtBot) -> None:
    """A movement asks for the copy; the next ones are shown by it."""
    preview(canvas, overlay(10))
    qtbot.waitUntil(lambda: canvas.draft is not None and canvas.draft.small is not None)
    preview(canvas, overlay(200))
    assert canvas.moving.is_waiting


def test_the_copy_looks_like_the_picture_which_comes_at_rest(canvas: Canvas, qtbot: QtBot) -> None:
    with_copy(canvas, qtbot)
    wanted = exact(canvas.session.shown, canvas.viewport)
    assert not canvas.is_settled
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).mean() < 25  # noise, made soft
    shown = pixels_of(canvas.grab().toImage()).mean(axis=(0, 1))
    assert np.abs(shown - wanted.mean(axis=(0, 1))).max() < 2
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=30_000)
    qtbot.waitUntil(lambda: canvas.draft is None or not canvas.draft.is_shown)
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).max() <= 1


def test_colours_are_nearly_right_while_they_move_and_exact_at_rest(
    canvas: Canvas, qtbot: QtBot
) -> None:
    add = edits.AddAdjustmentLayer("hue", "Hue", HueSaturation(), None, 1)
    canvas.session.apply(add)
    canvas.settle()

    def move(hue: float) -> None:
        canvas.session.preview_edit(edits.SetAdjustment("hue", HueSaturation(Shift(hue, -40, 0))))

    move(20)
    qtbot.waitUntil(lambda: canvas.draft is not None and canvas.draft.small is not None)
    move(60)
    assert canvas.moving.is_waiting
    wanted = exact(canvas.session.shown, canvas.viewport)
    drafted = pixels_of(canvas.grab().toImage()).mean(axis=(0, 1))
    assert np.abs(drafted - wanted.mean(axis=(0, 1))).max() < 2
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=30_000)
    qtbot.waitUntil(lambda: canvas.draft is None or not canvas.draft.is_shown)
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).max() <= 1


def test_what_the_view_moves_to_shows_the_last_movement(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.resize(1000, 760)
    canvas.set_viewport(canvas.viewport.zoom_to(0.5))
    with_copy(canvas, qtbot)
    canvas.grab()
    preview(canvas, overlay(20))  # of what does not show nothing is made
    canvas.pan(-700, -500)
    assert canvas.moving.is_waiting
    shown = pixels_of(canvas.grab().toImage())
    wanted = exact(canvas.session.shown, canvas.viewport)
    assert np.abs(shown.mean(axis=(0, 1)) - wanted.mean(axis=(0, 1))).max() < 2


def test_what_is_kept_or_given_up_shows_itself(canvas: Canvas, qtbot: QtBot) -> None:
    with_copy(canvas, qtbot)
    canvas.session.apply(edits.SetEffects("photo", (overlay(90),)))
    canvas.settle()
    qtbot.waitUntil(lambda: canvas.draft is None or not canvas.draft.is_shown)
    wanted = exact(canvas.session.document, canvas.viewport)
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).max() <= 1
    preview(canvas, overlay(200))
    canvas.session.end_preview()
    canvas.settle()
    qtbot.waitUntil(lambda: canvas.draft is None or not canvas.draft.is_shown)
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).max() <= 1


def test_a_small_change_is_shown_itself(canvas: Canvas, qtbot: QtBot) -> None:
    with_copy(canvas, qtbot)
    canvas.settle()
    canvas.set_viewport(canvas.viewport.zoom_to(4.0))
    preview(canvas, overlay(60))
    assert not canvas.moving.is_waiting


def test_it_is_let_go_and_goes_with_the_zoom(canvas: Canvas, qtbot: QtBot) -> None:
    with_copy(canvas, qtbot)
    first = canvas.draft
    canvas.resize(1200, 900)
    canvas.set_viewport(canvas.viewport.zoom_to(0.75))
    preview(canvas, overlay(20))
    assert canvas.draft is not first
    canvas.moving.drop()
    assert canvas.draft is None


def test_the_canvas_draws_nothing_that_the_copy_covers_or_is_ahead_of(
    canvas: Canvas, qtbot: QtBot
) -> None:
    with_copy(canvas, qtbot)
    draft = canvas.draft
    assert draft is not None
    ahead = [draft.is_ahead]
    picture = QRectF(*canvas.viewport.picture).toAlignedRect()
    assert draft.covered == picture
    assert left_bare(QRegion(canvas.rect()), draft) == QRegion(canvas.rect()) - QRegion(picture)
    shown = pixels_of(canvas.grab().toImage())
    canvas.buffer.image.fill(0)  # it does not matter what lies below
    below = pixels_of(canvas.grab().toImage())
    inside = np.s_[picture.top() : picture.bottom() + 1, picture.left() : picture.right() + 1]
    assert (below[inside] == shown[inside]).all()
    assert not (below == shown).all()
    draft.give_way()
    ahead.append(draft.is_ahead)
    assert ahead == [True, False]
    draft.hide()
    assert draft.covered.isEmpty()
