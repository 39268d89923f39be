# SPDX-License-Identifier: Apache-2.0
"""The pen, worked by real mouse and key events."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import from_photo
from prodedit.core.geometry import Point
from prodedit.core.guides import Guide
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.path_changes import is_smooth
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.tools import Pen
from tests.gui.test_tools import ALT, NONE, SHIFT, SIZE, Bench, Desk
from tests.window import shown

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A grey picture, shown pixel by pixel from the corner, with the pen in hand."""
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    pixels[..., :3] = 90
    canvas = Canvas(EditSession(from_photo(Tiles.from_array(pixels), "mug"), "mug", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(SIZE.width, SIZE.height)
    canvas.show()
    canvas.one_to_one()
    bench = Bench(canvas)
    bench.choose("pen")
    yield bench
    assert bench.problems == []


def pen(bench: Bench) -> Pen:
    tool = bench.tools["pen"]
    assert isinstance(tool, Pen)
    return tool


def path(bench: Bench) -> Path:
    (named,) = bench.session.document.paths
    return named.path


def points(bench: Bench, number: int = 0) -> list[tuple[float, float]]:
    return [tuple(knot.point) for knot in path(bench).subpaths[number].knots]


def click(bench: Bench, x: int, y: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    bench.press((x, y), modifiers)
    bench.release((x, y), modifiers)


def key(bench: Bench, which: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(bench.canvas, which, modifiers)


def triangle(bench: Bench) -> None:
    for place in ((100, 100), (300, 100), (300, 300), (100, 100)):
        click(bench, *place)


def test_clicks_make_corners_and_the_first_one_closes(bench: Bench) -> None:
    triangle(bench)
    assert points(bench) == [(100, 100), (300, 100), (300, 300)]
    assert path(bench).subpaths[0].closed
    assert not pen(bench).is_growing
    assert bench.steps == 4
    for left in (3, 2, 1):
        bench.session.undo()
        assert points(bench) == [(100, 100), (300, 100), (300, 300)][:left]
    bench.session.undo()
    assert bench.session.document.paths == ()


def test_a_drag_makes_a_smooth_knot_in_one_step(bench: Bench) -> None:
    click(bench, 100, 100)
    bench.drag((300, 100), (330, 120), (350, 150))
    knot = path(bench).subpaths[0].knots[1]
    assert knot == Knot(Point(300, 100), Point(250, 50), Point(350, 150))
    assert bench.steps == 2


def test_alt_breaks_the_handles(bench: Bench) -> None:
    bench.press((300, 100))
    bench.move((350, 150))
    bench.move((350, 60), ALT)
    bench.release((350, 60), ALT)
    knot = path(bench).subpaths[0].knots[0]
    assert knot == Knot(Point(300, 100), Point(250, 50), Point(350, 60))


def test_shift_keeps_to_half_a_right_angle(bench: Bench) -> None:
    click(bench, 100, 100)
    click(bench, 300, 112, SHIFT)
    x, y = points(bench)[1]
    assert (x, y) == pytest.approx((300, 100))


def test_a_click_on_a_line_adds_a_knot_and_one_on_a_knot_takes_it_away(bench: Bench) -> None:
    triangle(bench)
    click(bench, 200, 102)
    assert len(points(bench)) == 4
    assert points(bench)[1] == pytest.approx((200, 100), abs=0.1)
    click(bench, 300, 300)
    assert len(points(bench)) == 3
    assert (300, 300) not in points(bench)
    assert bench.steps == 6


def test_a_drag_of_a_knot_moves_it_instead(bench: Bench) -> None:
    triangle(bench)
    bench.drag((300, 300), (320, 310), (340, 330))
    assert points(bench)[2] == (340, 330)


def test_ctrl_moves_knots_handles_and_lines(bench: Bench) -> None:
    triangle(bench)
    bench.drag((300, 100), (310, 100), (350, 80), modifiers=CTRL)
    assert points(bench)[1] == (350, 80)
    bench.drag((100, 100), (100, 120), (100, 150), modifiers=CTRL | SHIFT)
    assert points(bench)[0] == (100, 150)
    bench.drag((325, 190), (340, 190), (385, 190), modifiers=CTRL)
    bent = path(bench).subpaths[0].knots
    assert bent[1].leaving.x > 350
    assert bent[2].arriving.x > 300
    handle = bent[1].leaving
    bench.drag((round(handle.x), round(handle.y)), (400, 90), (420, 60), modifiers=CTRL)
    moved = path(bench).subpaths[0].knots[1].leaving
    assert moved == pytest.approx((420, 60), abs=1)


def test_ctrl_beside_everything_ends_the_line(bench: Bench) -> None:
    click(bench, 100, 100)
    click(bench, 200, 100)
    click(bench, 500, 500, CTRL)
    assert not pen(bench).is_growing
    click(bench, 400, 400)
    assert [len(sub.knots) for sub in path(bench).subpaths] == [2, 1]


def test_alt_makes_corners_smooth_and_back(bench: Bench) -> None:
    triangle(bench)
    click(bench, 300, 100, ALT)
    assert is_smooth(path(bench).subpaths[0].knots[1])
    click(bench, 300, 100, ALT)
    assert path(bench).subpaths[0].knots[1] == Knot.corner(300, 100)
    bench.drag((300, 100), (320, 100), (340, 120), modifiers=ALT)
    assert path(bench).subpaths[0].knots[1].leaving == Point(340, 120)


def test_a_drag_on_the_first_knot_closes_with_a_curve(bench: Bench) -> None:
    for place in ((100, 100), (300, 100), (300, 300)):
        click(bench, *place)
    bench.drag((100, 100), (90, 80), (80, 60))
    sub = path(bench).subpaths[0]
    assert sub.closed
    assert sub.knots[0] == Knot(Point(100, 100), Point(120, 140), Point(100, 100))


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_end_and_the_next_click_begins_anew(bench: Bench, end: Qt.Key) -> None:
    click(bench, 100, 100)
    click(bench, 200, 100)
    key(bench, end)
    assert not pen(bench).is_growing
    click(bench, 400, 400)
    click(bench, 500, 400)
    assert [len(sub.knots) for sub in path(bench).subpaths] == [2, 2]
    assert len(bench.session.document.paths) == 1


def test_backspace_takes_one_knot_after_the_other_back(bench: Bench) -> None:
    click(bench, 100, 100)
    click(bench, 200, 100)
    key(bench, Qt.Key.Key_Backspace)
    assert points(bench) == [(100, 100)]
    assert pen(bench).is_growing
    key(bench, Qt.Key.Key_Backspace)
    assert bench.session.document.paths == ()
    assert not pen(bench).is_growing
    bench.session.undo()
    assert points(bench) == [(100, 100)]


def test_delete_takes_the_chosen_knot(bench: Bench) -> None:
    triangle(bench)
    click(bench, 300, 300, CTRL)
    key(bench, Qt.Key.Key_Delete)
    assert points(bench) == [(100, 100), (300, 100)]


def test_arrows_push_the_chosen_knot_in_one_step(bench: Bench) -> None:
    triangle(bench)
    click(bench, 300, 300, CTRL)
    before = bench.steps
    key(bench, Qt.Key.Key_Right)
    key(bench, Qt.Key.Key_Down, SHIFT)
    assert points(bench)[2] == (301, 310)
    assert bench.steps == before + 1


@pytest.mark.parametrize(("end", "last"), [((200, 100), 0), ((100, 100), 1)])
def test_drawing_goes_on_from_either_end(bench: Bench, end: tuple[int, int], last: int) -> None:
    click(bench, 100, 100)
    click(bench, 200, 100)
    key(bench, Qt.Key.Key_Return)
    steps = bench.steps
    click(bench, *end)
    assert bench.steps == steps
    click(bench, 300, 300)
    found = points(bench)
    assert len(found) == 3
    assert found[-1] == (300, 300)
    assert found[1] == tuple(end)


def test_a_click_on_the_last_knot_takes_its_handle_away(bench: Bench) -> None:
    bench.drag((300, 100), (330, 120), (350, 150))
    click(bench, 300, 100)
    knot = path(bench).subpaths[0].knots[0]
    assert knot.leaving == knot.point
    assert knot.arriving == Point(250, 50)
    bench.drag((300, 100), (300, 80), (300, 40))
    assert path(bench).subpaths[0].knots[0].leaving == Point(300, 40)


def test_undo_in_the_middle_of_drawing_goes_on_from_what_is_left(bench: Bench) -> None:
    for place in ((100, 100), (200, 100), (300, 200)):
        click(bench, *place)
    bench.session.undo()
    assert pen(bench).is_growing
    click(bench, 200, 300)
    assert points(bench) == [(100, 100), (200, 100), (200, 300)]
    for _ in range(4):
        bench.session.undo()
    assert not pen(bench).is_growing
    click(bench, 50, 50)
    assert points(bench) == [(50, 50)]


def test_escape_in_a_drag_changes_nothing(bench: Bench) -> None:
    triangle(bench)
    before = bench.session.document
    bench.press((300, 300))
    bench.move((400, 400))
    key(bench, Qt.Key.Key_Escape)
    bench.release((400, 400))
    assert bench.session.document is before


def test_ctrl_and_enter_select_what_is_inside(bench: Bench) -> None:
    triangle(bench)
    key(bench, Qt.Key.Key_Return, CTRL)
    selection = bench.session.document.selection
    assert selection is not None
    assert selection.to_array()[150, 250] == 255


def test_it_draws_what_there_is_and_what_would_be(bench: Bench) -> None:
    plain = shown(bench.canvas)
    click(bench, 100, 100)
    bench.drag((300, 100), (340, 140))
    drawn = shown(bench.canvas)
    assert (drawn[90:110, 90:110] != plain[90:110, 90:110]).any()
    bench.move((500, 300))
    rubber = shown(bench.canvas)
    assert (rubber[250:310, 420:520] != drawn[250:310, 420:520]).any()
    bench.choose("hand")
    assert (shown(bench.canvas) == plain).all()


def test_knots_are_as_large_at_every_zoom(bench: Bench) -> None:
    click(bench, 400, 300)
    key(bench, Qt.Key.Key_Return)
    counts = []
    for zoom in (0.5, 1.0, 8.0):
        pen(bench).work_on("")
        bench.canvas.set_viewport(bench.canvas.viewport.zoom_to(zoom, Point(400, 300)))
        plain = shown(bench.canvas)
        pen(bench).work_on(bench.session.document.paths[0].id)
        counts.append(int((shown(bench.canvas) != plain).any(axis=2).sum()))
    assert counts[0] == counts[1] == counts[2] > 40


def test_of_several_paths_it_works_on_the_chosen_one(bench: Bench) -> None:
    triangle(bench)
    first = pen(bench).path_id
    pen(bench).work_on("")
    click(bench, 500, 400)
    assert [path.name for path in bench.session.document.paths] == ["Path 1", "Path 2"]
    pen(bench).work_on(first)
    assert pen(bench).path.subpaths[0].closed
    assert not pen(bench).is_growing


def test_a_path_that_goes_while_it_is_drawn_is_let_go(bench: Bench) -> None:
    click(bench, 100, 100)
    bench.session.apply(edits.RemovePath(pen(bench).path_id))
    assert not pen(bench).is_growing
    assert not pen(bench).claims(Qt.Key.Key_Backspace)


def test_thousands_of_knots_are_hit_and_drawn(bench: Bench) -> None:
    knots = tuple(Knot.corner(10 + n % 70 * 10, 10 + n // 70 * 10) for n in range(3000))
    bench.session.apply(edits.SetPath(NamedPath("many", "Many", Path((Subpath(knots, True),)))))
    pen(bench).work_on("many")
    bench.move((15, 12))
    click(bench, 15, 11)
    assert len(points(bench)) == 2999  # a knot is nearer than its line


def test_points_snap_to_guides_when_set_and_when_moved(bench: Bench) -> None:
    bench.session.apply(edits.SetGuides((Guide("upright", 250), Guide("level", 180))))
    click(bench, 253, 90)
    assert points(bench) == [(250, 90)]
    click(bench, 340, 183)
    assert points(bench)[1] == (340, 180)
    key(bench, Qt.Key.Key_Escape)  # else the last point gives its next line a handle
    bench.drag((341, 181), (300, 200), (247, 240))
    assert points(bench)[1] == (250, 240 - 1)  # held a pixel beside it
    key(bench, Qt.Key.Key_Escape)
    bench.drag((250, 90), (260, 60), (270, 176))
    assert points(bench)[0] == (270, 180)
    assert bench.canvas.marks.lines == ()


def test_handles_and_what_is_pulled_out_of_a_point_do_not_snap(bench: Bench) -> None:
    bench.session.apply(edits.SetGuides((Guide("upright", 250),)))
    bench.drag((100, 100), (150, 120), (253, 131))
    assert path(bench).subpaths[0].knots[0].leaving == (253, 131)
