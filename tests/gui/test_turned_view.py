# SPDX-License-Identifier: Apache-2.0
"""A turned view: by numbers, and on a real canvas, where everything still hits its pixel."""

from math import hypot
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import from_photo
from prodedit.core.edits import Box
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.guides import Guide
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.viewport import Viewport
from tests.gui.benches import Desk
from tests.window import at, noise, opened_window, shown, stroke

LEFT = Qt.MouseButton.LeftButton
ANGLES = (0.0, 30.0, 90.0, -90.0, -180.0, 137.5, -15.0)

views = st.builds(
    lambda width, height, zoom, angle, ratio: (
        Viewport(Size(1200, 700), Size(width, height), ratio).zoom_to(zoom).turned(angle)
    ),
    width=st.integers(160, 1500),
    height=st.integers(120, 900),
    zoom=st.floats(0.05, 40),
    angle=st.floats(-720, 720),
    ratio=st.sampled_from([1.0, 1.25, 2.0]),
)
places = st.builds(Point, st.floats(-50, 1500), st.floats(-50, 900))


@given(view=views, place=places)
def test_there_and_back_is_the_same_place(view: Viewport, place: Point) -> None:
    back = view.to_widget(view.to_document(place))
    assert back == pytest.approx(place, abs=1e-6)


@given(view=views, place=places, factor=st.floats(0.5, 2))
def test_zooming_keeps_what_is_under_the_pointer(
    view: Viewport, place: Point, factor: float
) -> None:
    zoomed = view.zoom_at(place, factor)
    before, after = view.to_document(place), zoomed.to_document(place)
    if not Rect.of(view.document).inflate(-2).contains(before):
        return  # beyond the picture it may be held back
    # By whole device pixels the corner is rounded.
    allowed = 2 / min(view.zoom, zoomed.zoom)
    assert hypot(after.x - before.x, after.y - before.y) <= allowed


@given(view=views, dx=st.floats(-30, 30), dy=st.floats(-30, 30))
def test_a_push_moves_the_picture_with_the_pointer(view: Viewport, dx: float, dy: float) -> None:
    pushed = view.pan(dx, dy)
    kept = view.pan(0, 0) == view
    before, after = view.to_widget(Point(600, 350)), pushed.to_widget(Point(600, 350))
    free = pushed.pan(-dx, -dy).to_widget(Point(600, 350)) == pytest.approx(before, abs=3)
    if kept and free:
        assert (after.x - before.x, after.y - before.y) == pytest.approx((dx, dy), abs=1.5)


@given(view=views)
def test_the_picture_never_gets_out_of_sight(view: Viewport) -> None:
    for far in ((1e5, 0.0), (0.0, -1e5), (-1e5, 1e5)):
        seen = view.pan(*far)
        corners = [Point(x, y) for x in (0, view.view.width) for y in (0, view.view.height)]
        inside = [seen.to_document(Point(c.x / view.ratio, c.y / view.ratio)) for c in corners]
        assert min(c.x for c in inside) < 1200
        assert max(c.x for c in inside) > 0
        assert min(c.y for c in inside) < 700
        assert max(c.y for c in inside) > 0


@given(view=views)
def test_a_fitted_picture_is_all_in_the_view(view: Viewport) -> None:
    fitted = view.fit()
    if fitted.zoom > 0.0101:
        assert fitted.is_picture_inside
    picture = fitted.picture
    assert abs(picture.x + picture.right - view.view.width) <= 4
    assert picture.y + picture.bottom >= view.view.height - 4


@given(view=views, angle=st.floats(-180, 179))
def test_turning_leaves_what_is_drawn_as_it_is(view: Viewport, angle: float) -> None:
    one, other = view.turned(angle), view.turned(angle).turned(angle / 2 + 10)
    if one.origin == other.origin and one.angle and other.angle:
        assert one.upright == other.upright
    assert view.turned(0).upright == view.turned(0)
    assert -180 <= one.angle < 180


@pytest.fixture(params=ANGLES)
def canvas(request: pytest.FixtureRequest, qtbot: QtBot) -> Canvas:
    """Noise of 300 x 200, each pixel 4 wide, turned."""
    session = EditSession(from_photo(Tiles.from_array(noise(300, 200)), "n"), "n", Desk())
    canvas = Canvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(601, 400)
    canvas.show()
    canvas.set_viewport(canvas.viewport.zoom_to(12.0))
    canvas.turn_to(request.param)
    return canvas


def sampled(canvas: Canvas, picture: np.ndarray) -> np.ndarray:
    """What the canvas shows in the middles of the pixels round the middle of the view."""
    middle = canvas.viewport.to_document(Point(300, 200))
    found = []
    for y in range(int(middle.y) - 8, int(middle.y) + 8):
        for x in range(int(middle.x) - 8, int(middle.x) + 8):
            place = at(canvas, x + 0.5, y + 0.5)
            found.append(picture[place.y(), place.x()])
    return np.array(found).reshape(16, 16, 3)


def test_every_pixel_shows_where_the_tools_think_it_is(canvas: Canvas) -> None:
    middle = canvas.viewport.to_document(Point(300, 200))
    x, y = int(middle.x) - 8, int(middle.y) - 8
    expected = noise(300, 200)[y : y + 16, x : x + 16, :3]
    assert np.abs(sampled(canvas, shown(canvas)).astype(int) - expected).max() <= 2


def test_what_changes_is_painted_where_it_is(canvas: Canvas) -> None:
    """Without painting all anew."""
    shown(canvas)
    middle = canvas.viewport.to_document(Point(300, 200))
    x, y = int(middle.x), int(middle.y)
    canvas.session.apply(edits.SelectRectangle(Box(x - 3, y - 2, x + 4, y + 3)))
    canvas.session.apply(edits.FillSelected(canvas.session.active_id, Colour(0, 255, 0)))
    canvas.session.apply(edits.Deselect())
    after = sampled(canvas, shown(canvas))
    whole = Canvas(canvas.session)
    whole.resize(canvas.size())
    whole.set_viewport(canvas.viewport)
    assert np.array_equal(sampled(whole, shown(whole)), after)
    assert (after[8, 8] == (0, 255, 0)).all()
    whole.deleteLater()


def test_ants_and_guides_are_seen_on_their_line(canvas: Canvas) -> None:
    middle = canvas.viewport.to_document(Point(300, 200))
    x, y = int(middle.x), int(middle.y)
    plain = shown(canvas)
    canvas.session.apply(edits.SetGuides((Guide("upright", float(x)),)))
    with_guide = shown(canvas)
    place = at(canvas, x, y + 3)
    near = slice(place.y() - 1, place.y() + 2), slice(place.x() - 1, place.x() + 2)
    assert not np.array_equal(plain[near], with_guide[near])
    away = at(canvas, x + 4.5, y + 3.5)
    assert np.array_equal(plain[away.y(), away.x()], with_guide[away.y(), away.x()])
    canvas.session.apply(edits.SetGuides(()))
    canvas.session.apply(edits.SelectRectangle(Box(x - 5, y - 5, x + 5, y + 5)))
    ants = shown(canvas)
    for edge in ((x - 5, y + 2), (x + 5, y + 2), (x + 1, y - 5), (x + 1, y + 5)):
        place = at(canvas, *edge)
        near = slice(place.y() - 2, place.y() + 3), slice(place.x() - 2, place.x() + 3)
        assert not np.array_equal(plain[near], ants[near]), edge
    inside = at(canvas, x + 0.5, y + 0.5)
    assert np.array_equal(plain[inside.y(), inside.x()], ants[inside.y(), inside.x()])


def test_a_marquee_selects_what_is_dragged_over(qtbot: QtBot, tmp_path: Path) -> None:
    pixels = np.full((600, 800, 4), 255, np.uint8)
    with opened_window(qtbot, tmp_path) as window:
        session = window.workspace.open_pixels(Tiles.from_array(pixels), "white")
        window.actions_["snap"].trigger()
        assert window.view is not None
        window.view.choose_tool("marquee")
        for angle in (40.0, -90.0):
            window.status.angle.setValue(angle)
            assert window.view.canvas.viewport.angle == angle
            stroke(window.view.canvas, (300, 200), (350, 240), (420, 300))
            chosen = session.document.selection
            assert chosen is not None
            where = np.argwhere(chosen.to_array() > 127)
            assert where.min(axis=0) == pytest.approx((200, 300), abs=2)
            assert where.max(axis=0) == pytest.approx((299, 419), abs=2)
            session.apply(edits.Deselect())


def test_the_tool_turns_shift_steps_and_esc_turns_back(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path) as window:
        window.workspace.open_pixels(Tiles.from_array(noise(400, 300)), "n")
        view = window.view
        assert view is not None
        assert window.status.angle.isVisible()
        canvas = view.canvas
        view.choose_tool("rotate-view")
        middle = QPoint(canvas.width() // 2, canvas.height() // 2)
        QTest.mousePress(canvas, LEFT, pos=middle + QPoint(100, 0))
        QTest.mouseMove(canvas, middle + QPoint(0, 100))
        QTest.mouseRelease(canvas, LEFT, pos=middle + QPoint(0, 100))
        assert canvas.viewport.angle == pytest.approx(90, abs=1)
        assert window.status.angle.value() == pytest.approx(90, abs=1)
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert canvas.viewport.angle == 0
        QTest.mousePress(canvas, LEFT, pos=middle + QPoint(100, 0))
        shifted = Qt.KeyboardModifier.ShiftModifier
        QTest.mouseRelease(canvas, LEFT, shifted, middle + QPoint(100, 0))
        tool = view.tool("rotate-view")
        assert not tool.is_busy
        canvas.turn_to(33)
        QTest.mouseDClick(canvas, LEFT, pos=middle)
        assert canvas.viewport.angle == 0
        canvas.turn_to(33)
        window.actions_["straight_view"].trigger()
        assert window.status.angle.value() == 0
        window.workspace.close_session(view.session)
        assert window.status.angle.isHidden()
