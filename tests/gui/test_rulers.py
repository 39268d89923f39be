# SPDX-License-Identifier: Apache-2.0
"""Rulers: ticks by numbers, and guides pulled out of a real one."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import from_photo
from prodedit.core.geometry import Point
from prodedit.core.guides import Guide
from prodedit.core.tiles import Tiles
from prodedit.editing.aids import Aids
from prodedit.editing.session import EditSession
from prodedit.files.openraster_read import load
from prodedit.gui.document_view import DocumentView
from prodedit.gui.ruler_ticks import LABEL_ROOM, TICK_ROOM, ticks
from prodedit.gui.rulers import BREADTH, Ruler
from prodedit.gui.units import UNTOLD, length_text, pixels_per
from tests.gui.benches import Desk
from tests.window import opened_window, shown

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@given(
    zoom=st.floats(0.01, 64),
    start=st.floats(-10_000, 10_000),
    length=st.integers(50, 4000),
    unit=st.sampled_from([1.0, 72 / 2.54, 72.0, 300 / 2.54]),
)
def test_ticks_are_sane_at_every_zoom(zoom: float, start: float, length: int, unit: float) -> None:
    end = start + length / (zoom * unit)
    found = ticks(start, end, length, whole=unit == 1.0)
    labels = [tick for tick in found if tick.text]
    places = [tick.at for tick in found]
    assert places == sorted(places)
    assert all(b - a >= min(TICK_ROOM, zoom) - 0.01 for a, b in pairwise(places))
    assert all(b.at - a.at >= LABEL_ROOM - 0.01 for a, b in pairwise(labels)) or zoom > LABEL_ROOM
    assert len({tick.text for tick in labels}) == len(labels)
    for tick in labels:
        value = start + tick.at / length * (end - start)
        assert float(tick.text) == pytest.approx(value, abs=1e-4 + abs(value) * 1e-6)
        assert unit != 1.0 or float(tick.text) % 1 == 0


def test_there_is_always_a_number_to_read() -> None:
    for zoom in (0.01, 0.1, 0.35, 1, 3.3, 12, 64):
        assert any(tick.text for tick in ticks(17, 17 + 400 / zoom, 400, True))


@pytest.mark.parametrize(
    ("unit", "resolution", "text"),
    [
        ("px", 300.0, "300 px"),
        ("cm", 300.0, "2.54 cm"),
        ("in", 300.0, "1 in"),
        ("in", 0, "4.167 in"),
    ],
)
def test_lengths_read_as_people_write_them(unit: str, resolution: float, text: str) -> None:
    assert length_text(300, unit, resolution) == text  # type: ignore[arg-type]


def test_a_picture_that_tells_nothing_has_the_usual_resolution() -> None:
    assert pixels_per("in", 0) == UNTOLD


@pytest.fixture
def view(qtbot: QtBot) -> DocumentView:
    """With rulers, a grey photo of 300 x 200 pixel by pixel in the middle."""
    grey = np.full((200, 300, 4), (90, 90, 90, 255), np.uint8)
    session = EditSession(from_photo(Tiles.from_array(grey), "photo"), "photo.png", Desk())
    view = DocumentView(session)
    qtbot.addWidget(view)
    view.resize(600 + BREADTH, 400 + BREADTH)
    view.set_aids(Aids(rulers=True, snap=False), 0)
    view.show()
    view.choose_tool("move")
    qtbot.waitUntil(lambda: view.canvas.width() == 600)
    view.canvas.one_to_one()
    assert view.canvas.viewport.corner == (150, 100)
    return view


def pull(ruler: Ruler, *places: tuple[int, int]) -> None:
    """By the mouse, in the ruler's own coordinates."""
    QTest.mousePress(ruler, LEFT, pos=QPoint(5, 5))
    for place in places:
        QTest.mouseMove(ruler, QPoint(*place))
    QTest.mouseRelease(ruler, LEFT, pos=QPoint(*places[-1]))


def drag(view: DocumentView, *places: tuple[int, int], control: bool = False) -> None:
    keys = CONTROL if control else Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(view.canvas, QPoint(*places[0]))
    QTest.mousePress(view.canvas, LEFT, keys, QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(view.canvas, QPoint(*place))
    QTest.mouseRelease(view.canvas, LEFT, keys, QPoint(*places[-1]))


def test_a_guide_is_pulled_out_of_each_ruler(view: DocumentView) -> None:
    pull(view.rulers.upper, (200, 60), (210, BREADTH + 130))
    pull(view.rulers.left, (60, 40), (BREADTH + 180, 50))
    assert view.session.document.guides == (Guide("level", 30), Guide("upright", 30))
    assert view.session.stack.count() == 2
    red = shown(view.canvas)[10, 180]
    assert red[0] > red[2]  # it is seen, beside the picture, too
    view.session.undo()
    assert view.session.document.guides == (Guide("level", 30),)


def test_of_a_view_on_its_side_the_rulers_change_places(view: DocumentView) -> None:
    view.canvas.turn_to(90)
    assert any(tick.text == "100" for tick in view.rulers.upper.ticks())
    pull(view.rulers.upper, (200, 60), (210, BREADTH + 200))
    assert view.session.document.guides == (Guide("upright", 150),)
    drag(view, (260, 200), (260, 230))
    assert view.session.document.guides == (Guide("upright", 180),)


@pytest.mark.parametrize("angle", [20.0, -37.5, 44.0, 110.0, 170.0])
def test_of_a_view_turned_askew_a_tick_is_where_its_line_meets_the_ruler(
    view: DocumentView, angle: float
) -> None:
    view.canvas.turn_to(angle)
    viewport = view.canvas.viewport
    steep = abs(viewport.turn.a) >= abs(viewport.turn.b)
    for ruler, x_lines in ((view.rulers.upper, steep), (view.rulers.left, not steep)):
        told = [tick for tick in ruler.ticks() if tick.text]
        assert len(told) > 2
        for tick in told:
            edge = Point(tick.at, 0) if ruler is view.rulers.upper else Point(0, tick.at)
            place = viewport.to_document(edge)
            assert (place.x if x_lines else place.y) == pytest.approx(float(tick.text), abs=1.1)
        assert abs(ruler.slant) <= 1


@pytest.mark.parametrize("angle", [0.0, 20.0, -60.0])
def test_the_mark_of_the_pointer_goes_by_the_pictures_lines(
    view: DocumentView, angle: float
) -> None:
    """At the tick that tells what is under the pointer."""
    view.canvas.turn_to(angle)
    viewport, at = view.canvas.viewport, Point(240.0, 90.0)
    place = viewport.to_document(at)
    steep = abs(viewport.turn.a) >= abs(viewport.turn.b)
    upper = viewport.to_document(Point(view.rulers.upper._along(at), 0))
    left = viewport.to_document(Point(0, view.rulers.left._along(at)))
    one, other = (upper.x, left.y) if steep else (upper.y, left.x)
    wanted = (place.x, place.y) if steep else (place.y, place.x)
    assert (one, other) == pytest.approx(wanted, abs=1e-6)


def test_a_guide_let_go_over_the_ruler_is_none(view: DocumentView) -> None:
    pull(view.rulers.upper, (200, 60), (210, 8))
    assert view.session.document.guides == ()
    assert view.session.stack.count() == 0


def test_the_move_tool_drags_a_guide_and_back_to_the_ruler_removes_it(view: DocumentView) -> None:
    view.session.apply(edits.SetGuides((Guide("upright", 40),)))
    drag(view, (191, 50), (215, 55), (220, 60))
    assert view.session.document.guides == (Guide("upright", 70),)
    assert view.session.document.layers[0].transform.dx == 0
    drag(view, (220, 50), (100, 55), (-12, 60))
    assert view.session.document.guides == ()
    assert view.session.stack.count() == 3


def test_another_tool_needs_ctrl(view: DocumentView) -> None:
    view.session.apply(edits.SetGuides((Guide("level", 40),)))
    view.choose_tool("marquee")
    drag(view, (300, 140), (320, 170))
    assert view.session.document.guides == (Guide("level", 40),)
    assert view.session.document.selection is not None
    drag(view, (300, 140), (320, 165), control=True)
    assert view.session.document.guides == (Guide("level", 65),)


def test_locked_and_hidden_guides_stay(view: DocumentView) -> None:
    view.session.apply(edits.SetGuides((Guide("upright", 40),)))
    for aids in (Aids(lock_guides=True, snap=False), Aids(guides=False, snap=False)):
        view.set_aids(aids, 0)
        drag(view, (190, 50), (215, 55))
        assert view.session.document.guides == (Guide("upright", 40),)


def test_a_click_on_a_guide_and_esc_change_nothing(view: DocumentView) -> None:
    view.session.apply(edits.SetGuides((Guide("upright", 40),)))
    drag(view, (191, 50))
    QTest.mousePress(view.canvas, LEFT, pos=QPoint(190, 50))
    QTest.mouseMove(view.canvas, QPoint(230, 50))
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.canvas, LEFT, pos=QPoint(230, 50))
    assert view.session.document.guides == (Guide("upright", 40),)
    assert view.session.stack.count() == 1


def test_a_guide_snaps_to_the_middle(view: DocumentView) -> None:
    view.set_aids(Aids(rulers=True), 0)
    pull(view.rulers.left, (60, 40), (BREADTH + 150 + 147, 50))
    assert view.session.document.guides == (Guide("upright", 150),)
    assert view.canvas.marks.lines == ()


def test_the_ruler_begins_at_the_picture_and_marks_the_pointer(view: DocumentView) -> None:
    zero = next(tick for tick in view.rulers.upper.ticks() if tick.text == "0")
    assert zero.at == pytest.approx(150)
    QTest.mouseMove(view.canvas, QPoint(240, 90))
    before = view.rulers.upper.grab().toImage().pixelColor(240, 3)
    QTest.mouseMove(view.canvas, QPoint(300, 90))
    assert view.rulers.upper.grab().toImage().pixelColor(240, 3) != before


def test_floating_strips_stay_below_the_ruler(view: DocumentView) -> None:
    view.choose_tool("marquee")
    assert view.select_options.y() >= BREADTH


def test_guides_and_what_shows_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path) as window:
        session = window.workspace.open_pixels(
            Tiles.from_array(np.full((90, 80, 4), 255, np.uint8)), "mug"
        )
        for action in ("rulers", "show_grid"):
            window.actions_[action].trigger()
        assert window.view is not None
        assert window.view.rulers.is_shown
        assert window.actions_["rulers"].isChecked()
        guides = (Guide("upright", 12.5), Guide("level", -3), Guide("upright", 70))
        session.apply(edits.SetGuides(guides))
        window.workspace.save(session, tmp_path / "mug.ora")
        window.workspace.wait_for_files()
        assert load(tmp_path / "mug.ora").document.guides == guides
        window.actions_["clear_guides"].trigger()
        assert session.document.guides == ()
        session.undo()
        assert session.document.guides == guides
        kept = window.workspace.settings.aids
        assert (kept.rulers, kept.grid) == (True, True)
    with opened_window(qtbot, tmp_path) as window:
        assert window.workspace.settings.aids == kept
        assert window.actions_["show_grid"].isChecked()
