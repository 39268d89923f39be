# SPDX-License-Identifier: Apache-2.0
"""The tools that select, worked by real mouse and key events."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits import Box
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.guides import Guide
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.tools import TOOLS, QuickMask
from prodedit.gui.tools.selecting import Selecting, SelectTool
from prodedit.gui.tools.wand import Wand, WandOptions
from tests.gui.test_tools import ALT, NONE, SHIFT, SIZE, Bench, Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A red field at (300, 200), 200 x 100, on grey; shown pixel by pixel from the corner."""
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    pixels[..., :3] = 90
    pixels[200:300, 300:500, :3] = (0, 0, 220)
    canvas = Canvas(EditSession(from_photo(Tiles.from_array(pixels), "mug"), "mug", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(SIZE.width, SIZE.height)
    canvas.show()
    canvas.one_to_one()
    bench = Bench(canvas)
    assert canvas.viewport.corner == (0, 0)
    yield bench
    assert not [p for p in bench.problems if p.code == "unexpected"]


def box(bench: Bench) -> Rect | None:
    """What is selected by half or more."""
    selection = bench.session.document.selection
    if selection is None:
        return None
    where = np.argwhere(selection.to_array() > 127)
    (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
    return Rect(int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)


def area(bench: Bench) -> float:
    selection = bench.session.document.selection
    return 0.0 if selection is None else float(selection.to_array().sum(dtype=np.int64)) / 255


def select(bench: Bench, left: int, top: int, right: int, bottom: int) -> None:
    bench.session.apply(edits.SelectRectangle(Box(left, top, right, bottom)))


def key(bench: Bench, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(bench.canvas, key, modifiers)


SELECTING = [name for name, tool in TOOLS.items() if issubclass(tool, SelectTool)]


def test_a_drag_selects_a_rectangle_in_one_step(bench: Bench) -> None:
    bench.choose("marquee")
    bench.drag((100, 50), (150, 90), (220, 130))
    assert box(bench) == Rect(100, 50, 120, 80)
    assert bench.session.stack.count() == 1
    bench.session.undo()
    assert box(bench) is None


@pytest.mark.parametrize(
    ("modifiers", "expected"),
    [(NONE, 40 * 40), (SHIFT, 2 * 80 * 80 - 40 * 40), (ALT, 80 * 80 - 40 * 40)],
)
def test_keys_at_the_press_combine(
    bench: Bench, modifiers: Qt.KeyboardModifier, expected: int
) -> None:
    select(bench, 100, 100, 180, 180)
    bench.choose("marquee")
    start = (220, 220)
    bench.press(start, modifiers)
    bench.move((140, 140), modifiers)
    bench.release((140, 140), modifiers)
    assert area(bench) == (80 * 80 if modifiers == NONE else expected)
    select(bench, 100, 100, 180, 180)
    bench.drag((220, 220), (140, 140), modifiers=SHIFT | ALT)
    assert box(bench) == Rect(140, 140, 40, 40)


def test_shift_and_alt_pressed_while_dragging_make_it_even_and_from_the_middle(
    bench: Bench,
) -> None:
    bench.choose("marquee")
    bench.press((400, 300))
    bench.move((430, 310), SHIFT)
    bench.release((430, 310), SHIFT)
    assert box(bench) == Rect(400, 300, 30, 30)
    bench.press((100, 100))
    bench.move((130, 110), ALT)
    bench.release((130, 110), ALT)
    assert box(bench) == Rect(70, 90, 60, 20)


def test_space_moves_what_is_being_drawn(bench: Bench) -> None:
    bench.choose("marquee")
    bench.press((100, 100))
    bench.move((140, 120))
    QTest.keyPress(bench.canvas, Qt.Key.Key_Space)
    bench.move((190, 150))
    QTest.keyRelease(bench.canvas, Qt.Key.Key_Space)
    bench.release((190, 150))
    assert box(bench) == Rect(150, 130, 40, 20)


def test_an_ellipse_fills_its_box(bench: Bench) -> None:
    bench.choose("ellipse-marquee")
    bench.drag((100, 100), (300, 200))
    assert area(bench) == pytest.approx(np.pi * 100 * 50, rel=0.01)


@pytest.mark.parametrize("name", SELECTING)
def test_a_drag_within_moves_the_selection_and_not_the_picture(bench: Bench, name: str) -> None:
    select(bench, 100, 100, 200, 180)
    before = bench.session.document
    bench.choose(name)
    bench.drag((150, 150), (160, 155), (190, 170))
    assert box(bench) == Rect(140, 120, 100, 80)
    assert bench.session.document.layers is before.layers
    assert bench.session.stack.count() == 2


@pytest.mark.parametrize("name", ["marquee", "ellipse-marquee", "lasso", "polygon-lasso"])
def test_a_click_beside_deselects(bench: Bench, name: str) -> None:
    select(bench, 100, 100, 200, 180)
    bench.choose(name)
    bench.press((400, 400))
    bench.release((400, 400))
    key(bench, Qt.Key.Key_Escape)
    expected = Rect(100, 100, 100, 80) if name == "polygon-lasso" else None
    assert box(bench) == expected  # a polygon begins with a click


@pytest.mark.parametrize("name", SELECTING)
def test_escape_drops_what_is_drawn(bench: Bench, name: str) -> None:
    bench.choose(name)
    bench.press((100, 100))
    bench.move((200, 150))
    key(bench, Qt.Key.Key_Escape)
    bench.release((200, 150))
    assert bench.session.stack.count() == 0
    tool = bench.canvas.tool
    assert tool is not None
    assert not tool.is_busy


def test_the_arrows_push_the_selection_in_one_step(bench: Bench) -> None:
    select(bench, 100, 100, 200, 180)
    bench.choose("marquee")
    key(bench, Qt.Key.Key_Right)
    key(bench, Qt.Key.Key_Down, SHIFT)
    assert box(bench) == Rect(101, 110, 100, 80)
    assert bench.session.stack.count() == 2


def test_a_lasso_goes_where_the_hand_went(bench: Bench) -> None:
    bench.choose("lasso")
    bench.drag((100, 100), (300, 100), (300, 200), (100, 200))
    assert box(bench) == Rect(100, 100, 200, 100)


def test_a_lasso_that_ends_where_it_began_is_no_click(bench: Bench) -> None:
    bench.choose("lasso")
    bench.drag((100, 100), (300, 100), (300, 200), (100, 200), (100, 100))
    assert box(bench) == Rect(100, 100, 200, 100)


def corners(bench: Bench, *places: tuple[int, int]) -> None:
    for place in places:
        bench.press(place)
        bench.release(place)


def test_a_polygon_is_closed_by_enter_by_a_double_click_and_by_its_first_corner(
    bench: Bench,
) -> None:
    square = ((100, 100), (200, 100), (200, 200), (100, 200))
    bench.choose("polygon-lasso")
    corners(bench, *square)
    key(bench, Qt.Key.Key_Return)
    assert box(bench) == Rect(100, 100, 100, 100)
    bench.session.undo()
    corners(bench, *square)
    QTest.mouseDClick(bench.canvas, LEFT, NONE, QPoint(100, 200))
    bench.release((100, 200))
    assert box(bench) == Rect(100, 100, 100, 100)
    bench.session.undo()
    corners(bench, *square, (103, 102))
    assert box(bench) == Rect(100, 100, 100, 100)


def test_backspace_takes_a_corner_back_and_the_tool_claims_it(bench: Bench) -> None:
    tool = bench.choose("polygon-lasso")
    assert isinstance(tool, SelectTool)
    assert not tool.claims(Qt.Key.Key_Backspace)
    corners(bench, (100, 100), (200, 100), (200, 200), (700, 500))
    assert tool.claims(Qt.Key.Key_Backspace)
    key(bench, Qt.Key.Key_Backspace)
    key(bench, Qt.Key.Key_Enter)
    assert box(bench) == Rect(100, 100, 100, 100)
    corners(bench, (100, 100))
    key(bench, Qt.Key.Key_Backspace)
    assert not tool.is_busy


def test_shift_keeps_a_side_level(bench: Bench) -> None:
    bench.choose("polygon-lasso")
    corners(bench, (100, 100))
    bench.press((200, 107), SHIFT)
    bench.release((200, 107), SHIFT)
    corners(bench, (200, 200), (100, 200))
    key(bench, Qt.Key.Key_Return)
    assert box(bench) == Rect(100, 100, 100, 100)


def wand(bench: Bench, **options: object) -> Wand:
    tool = bench.choose("wand")
    assert isinstance(tool, Wand)
    tool.set_wand(WandOptions()._replace(**options))
    return tool


def test_the_wand_selects_what_looks_alike(bench: Bench) -> None:
    wand(bench)
    bench.press((350, 250))
    bench.release((350, 250))
    assert box(bench) == Rect(300, 200, 200, 100)
    bench.press((20, 20), SHIFT)
    bench.release((20, 20), SHIFT)
    assert area(bench) == pytest.approx(SIZE.area, rel=0.01)


def test_the_wand_s_options(bench: Bench) -> None:
    wand(bench, tolerance=255)
    bench.press((350, 250))
    bench.release((350, 250))
    assert area(bench) == SIZE.area
    wand(bench, layer_only=False, tolerance=10).set_options(Selecting(smooth=False))
    bench.press((350, 250), ALT)
    bench.release((350, 250), ALT)
    assert area(bench) == SIZE.area - 200 * 100


def test_beside_the_active_layer_the_wand_looks_at_what_shows(bench: Bench) -> None:
    small = np.full((20, 20, 4), 255, np.uint8)
    bench.session.apply(edits.AddPixelLayer("small", "Small"), {"pixels": Tiles.from_array(small)})
    bench.session.activate("small")
    wand(bench)
    bench.press((350, 250))
    bench.release((350, 250))
    assert box(bench) == Rect(300, 200, 200, 100)


def test_a_chosen_mode_and_feather_are_used(bench: Bench) -> None:
    select(bench, 10, 10, 60, 60)
    tool = bench.choose("marquee")
    assert isinstance(tool, SelectTool)
    tool.set_options(Selecting("add", 20))
    bench.drag((300, 300), (400, 400))
    selection = bench.session.document.selection
    assert selection is not None
    pixels = selection.to_array()
    assert pixels[30, 30] == 255
    assert 100 < pixels[350, 300] < 155
    assert pixels[350, 350] == 255


def test_an_object_is_asked_for_with_the_mode_of_the_keys(bench: Bench) -> None:
    tool = bench.choose("object-select")
    asked: list[tuple[Point, str]] = []
    tool.picked.connect(lambda place, mode: asked.append((place, mode)))  # type: ignore[attr-defined]
    for modifiers in (NONE, SHIFT, ALT):
        bench.press((350, 250), modifiers)
        bench.release((350, 250), modifiers)
    assert asked == [((350, 250), mode) for mode in ("replace", "add", "subtract")]


def test_the_quick_mask_paints_the_selection_and_stays_out_of_the_layer(bench: Bench) -> None:
    select(bench, 100, 100, 200, 200)
    before = bench.session.document
    tool = QuickMask(bench.session, bench.canvas)
    tool.set_brush(tool.brush._replace(size=40, hardness=1))
    bench.canvas.selection_view.set_quick_mask(True)
    bench.canvas.set_tool(tool)
    bench.drag((300, 300), (340, 300))
    assert bench.session.document.layers is before.layers
    selection = bench.session.document.selection
    assert selection is not None
    assert selection.to_array()[300, 320] == 255
    assert selection.to_array()[150, 150] == 255
    assert bench.session.stack.count() == 2
    tool.set_restores(False)
    bench.drag((150, 150), (160, 150))
    assert bench.session.document.selection is not None
    assert bench.session.document.selection.to_array()[150, 150] == 0


def test_a_quick_mask_stroke_shows_before_it_ends_and_escape_takes_it_back(bench: Bench) -> None:
    select(bench, 100, 100, 200, 200)
    tool = QuickMask(bench.session, bench.canvas)
    bench.canvas.selection_view.set_quick_mask(True)
    bench.canvas.set_tool(tool)
    bench.press((400, 400))
    bench.move((430, 400))
    tool._flush()
    shown = bench.canvas.selection_view.selection
    assert shown is not None
    assert shown.to_array()[400, 410] > 200
    key(bench, Qt.Key.Key_Escape)
    assert bench.canvas.selection_view.selection is bench.session.document.selection
    assert bench.session.stack.count() == 1


def test_painting_all_of_the_selection_away_is_refused(bench: Bench) -> None:
    select(bench, 100, 100, 110, 110)
    tool = QuickMask(bench.session, bench.canvas)
    tool.set_brush(tool.brush._replace(size=60, hardness=1))
    tool.set_restores(False)
    bench.canvas.set_tool(tool)
    bench.drag((105, 105), (106, 105))
    assert box(bench) == Rect(100, 100, 10, 10)
    assert [problem.code for problem in bench.problems] == ["nothing-selected"]


def test_the_mask_brush_paints_only_within_the_selection(bench: Bench) -> None:
    select(bench, 100, 100, 200, 200)
    tool = bench.choose("mask-brush")
    tool.set_restores(False)  # type: ignore[attr-defined]
    bench.drag((60, 150), (240, 150))
    layer = bench.session.document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    alpha = layer.mask.alpha.to_array()
    assert alpha[150, 150] == 0
    assert alpha[150, 98] == alpha[150, 202] == 255


def test_on_a_document_without_layers_selecting_is_no_trouble(qtbot: QtBot) -> None:
    canvas = Canvas(EditSession(Document(Size(200, 100)), "empty", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    bench = Bench(canvas)
    for name in SELECTING:
        bench.choose(name)
        bench.press((200, 150))
        bench.release((200, 150))
    assert bench.problems == []


def test_corners_of_a_polygon_snap(bench: Bench) -> None:
    bench.session.apply(edits.SetGuides((Guide("upright", 250), Guide("level", 180))))
    bench.choose("polygon-lasso")
    corners(bench, (100, 100), (253, 100), (248, 183), (100, 177))
    key(bench, Qt.Key.Key_Return)
    assert box(bench) == Rect(100, 100, 150, 80)
    assert bench.canvas.marks.lines == ()
