# SPDX-License-Identifier: Apache-2.0
"""The ants on a canvas: where they are, that they march, and that they leave the rest alone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import from_photo
from prodedit.core.edits import Box
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.regions import rects_of
from prodedit.gui.selection_view import FRAME_MS
from prodedit.gui.theme import apply_theme
from tests.gui.test_tools import Desk
from tests.window import shown

BOX = Box(100, 80, 300, 220)


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> Canvas:
    """Grey, 800 x 600, pixel by pixel."""
    apply_theme(qapp, "dark")
    pixels = np.full((600, 800, 4), 255, np.uint8)
    pixels[..., :3] = 128
    canvas = Canvas(EditSession(from_photo(Tiles.from_array(pixels), "grey"), "grey", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    canvas.one_to_one()
    return canvas


def ants(canvas: Canvas) -> np.ndarray:
    """Where something else than the picture is seen."""
    return (shown(canvas) != 128).any(axis=2)


def test_ants_run_on_the_edge_and_nowhere_else(canvas: Canvas) -> None:
    assert not ants(canvas).any()
    canvas.session.apply(edits.SelectRectangle(BOX))
    seen = np.argwhere(ants(canvas))
    assert seen.min(axis=0).tolist() == [80, 100]
    assert seen.max(axis=0).tolist() == [219, 299]
    assert not ants(canvas)[90:210, 110:290].any()
    canvas.session.undo()
    assert not ants(canvas).any()


def test_they_march_by_painting_their_own_places_only(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.session.apply(edits.SelectRectangle(BOX))
    before = shown(canvas)
    QApplication.processEvents()  # what is painted for other reasons
    areas: list[int] = []

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if isinstance(event, QPaintEvent):
                areas.append(sum(r.width() * r.height() for r in rects_of(event.region())))
            return False

    watcher = Watcher()
    canvas.installEventFilter(watcher)
    qtbot.waitUntil(lambda: len(areas) > 2, timeout=FRAME_MS * 50)
    canvas.removeEventFilter(watcher)
    assert max(areas) < 800 * 600 / 4
    assert (shown(canvas) != before).any()


def test_the_timer_runs_only_while_there_are_ants_to_see(canvas: Canvas, qtbot: QtBot) -> None:
    view = canvas.selection_view
    assert not view._ants.isActive()
    canvas.session.apply(edits.SelectRectangle(BOX))
    shown(canvas)
    assert view._ants.isActive()
    view.set_shown(False)
    assert not view._ants.isActive()
    assert not ants(canvas).any()
    view.set_shown(True)
    shown(canvas)
    assert view._ants.isActive()
    canvas.hide()
    qtbot.waitUntil(lambda: not view._ants.isActive(), timeout=5000)
    canvas.show()
    qtbot.waitUntil(view._ants.isActive, timeout=5000)
    canvas.session.apply(edits.Deselect())
    assert not view._ants.isActive()


def test_they_follow_the_view_at_once_and_finely_when_it_rests(
    canvas: Canvas, qtbot: QtBot
) -> None:
    canvas.session.apply(edits.SelectRectangle(BOX))
    shown(canvas)
    canvas.pan(-40, -30)
    seen = np.argwhere(ants(canvas)[:550, :740])
    assert seen.min(axis=0).tolist() == [50, 60]
    canvas.set_viewport(canvas.viewport.zoom_to(2.0))
    old = canvas.selection_view._outline
    shown(canvas)
    assert canvas.selection_view._outline is old

    def fresh() -> bool:
        outline = canvas.selection_view._current()
        return outline is not None and outline.zoom == 2.0

    qtbot.waitUntil(fresh, timeout=5000)


def test_red_is_where_nothing_is_selected(canvas: Canvas) -> None:
    canvas.session.apply(edits.SelectRectangle(BOX))
    canvas.selection_view.set_quick_mask(True)
    picture = shown(canvas)
    assert (picture[150, 200] == 128).all()
    _, green, red = picture[400, 500].astype(int)
    assert red > green + 60
    assert abs(red - (255 + 128) // 2) < 4


def test_a_preview_is_shown_and_taken_back(canvas: Canvas) -> None:
    canvas.session.apply(edits.SelectRectangle(BOX))
    first = ants(canvas)
    other = edits.apply(canvas.session.document, edits.SelectRectangle(Box(400, 300, 500, 400)))
    canvas.selection_view.show(other.selection)
    assert ants(canvas)[300, 400:500].any()
    canvas.selection_view.end_preview()
    assert np.array_equal(ants(canvas)[300, 400:500], first[300, 400:500])
