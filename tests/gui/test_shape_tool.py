# SPDX-License-Identifier: Apache-2.0
"""Shapes drawn by real drags on the canvas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point
from prodedit.core.layer import Colour, Layer, ShapeContent, SolidFill
from prodedit.core.shape import EllipseShape, LineShape, PolygonShape, RectangleShape, Stroke
from prodedit.gui.tools.shape import (
    SHAPE_TOOLS,
    EllipseTool,
    LineTool,
    PolygonTool,
    RectangleTool,
    ShapeTool,
    StarTool,
)
from tests.gui.benches import ALT, SHIFT, Bench, new_bench

BLUE = SolidFill(Colour(0, 0, 255))


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


def drawn(bench: Bench) -> tuple[Layer, ShapeContent]:
    layer = bench.session.active_layer
    assert layer is not None
    assert isinstance(layer.content, ShapeContent)
    return layer, layer.content


def test_a_drag_draws_a_rectangle_where_it_was(bench: Bench) -> None:
    bench.choose(RectangleTool)
    bench.drag((300, 220), (200, 100), (120, 90))
    layer, content = drawn(bench)
    assert content.shape == RectangleShape(180, 130)
    assert isinstance(content.fill, SolidFill)
    assert layer.transform[4:] == (120, 90)
    assert layer.name == "Rectangle"
    assert bench.session.stack.count() == 1
    bench.session.undo()
    assert bench.session.active_id == PHOTO


@pytest.mark.parametrize(
    ("tool", "shape"),
    [
        (EllipseTool, EllipseShape(100, 60)),
        (PolygonTool, PolygonShape(100, 60, 6)),
        (StarTool, PolygonShape(100, 60, 5, 0.5)),
    ],
)
def test_each_tool_draws_its_shape(
    bench: Bench, tool: type[ShapeTool], shape: EllipseShape | PolygonShape
) -> None:
    bench.choose(tool)
    bench.drag((100, 100), (150, 130), (200, 160))
    assert drawn(bench)[1].shape == shape


def test_shift_makes_it_regular_and_alt_draws_from_the_middle(bench: Bench) -> None:
    bench.choose(RectangleTool)
    bench.drag((200, 200), (290, 250), modifiers=SHIFT)
    layer, content = drawn(bench)
    assert (content.shape, layer.transform[4:]) == (RectangleShape(90, 90), (200, 200))
    bench.drag((200, 200), (170, 150), modifiers=ALT)
    layer, content = drawn(bench)
    assert (content.shape, layer.transform[4:]) == (RectangleShape(60, 100), (170, 150))
    bench.drag((400, 300), (370, 280), modifiers=ALT | SHIFT)
    layer, content = drawn(bench)
    assert (content.shape, layer.transform[4:]) == (RectangleShape(60, 60), (370, 270))


def test_a_line_goes_from_end_to_end_and_shift_turns_it_in_steps(bench: Bench) -> None:
    bench.choose(LineTool)
    bench.drag((300, 100), (100, 180))
    layer, content = drawn(bench)
    assert content.shape == LineShape(Point(200, 0), Point(0, 80))
    assert layer.transform[4:] == (100, 100)
    assert content.fill is None
    assert content.stroke is not None
    bench.drag((100, 300), (300, 310), modifiers=SHIFT)
    line = drawn(bench)[1].shape
    assert isinstance(line, LineShape)
    assert line.start.y == pytest.approx(line.end.y)
    bench.drag((400, 300), (450, 300), modifiers=ALT)
    line = drawn(bench)[1].shape
    assert isinstance(line, LineShape)
    assert abs(line.end.x - line.start.x) == 100


def test_it_is_seen_while_it_is_drawn_and_only_then_kept(bench: Bench) -> None:
    bench.choose(EllipseTool)
    bench.press((100, 100))
    bench.move((200, 200))
    assert len(bench.session.shown.layers) == 2
    assert len(bench.session.document.layers) == 1
    bench.release((200, 200))
    assert len(bench.session.document.layers) == 2


def test_escape_drops_it(bench: Bench) -> None:
    bench.choose(EllipseTool)
    bench.press((100, 100))
    bench.move((200, 200))
    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)
    bench.release((200, 200))
    assert bench.session.shown is bench.session.document
    assert bench.session.stack.count() == 0


@pytest.mark.parametrize("tool", SHAPE_TOOLS)
def test_a_click_draws_nothing(bench: Bench, tool: type[ShapeTool]) -> None:
    bench.choose(tool)
    bench.click((100, 100))
    bench.drag((100, 100), (160, 160), (101, 101))
    assert bench.session.stack.count() == 0
    assert bench.session.shown is bench.session.document


@pytest.mark.parametrize("tool", SHAPE_TOOLS)
def test_the_thinnest_drag_still_makes_a_shape(bench: Bench, tool: type[ShapeTool]) -> None:
    bench.choose(tool)
    bench.drag((100, 100), (100, 160))
    assert bench.session.stack.count() == 1
    assert bench.problems == []


def test_the_next_shape_looks_like_the_one_that_is_worked_on(bench: Bench) -> None:
    stroke = Stroke(Colour(1, 2, 3), 7, "inside")
    shape = PolygonShape(50, 50, 9, 0.3)
    bench.session.apply(edits.AddShapeLayer("s", "S", shape, BLUE, stroke))
    bench.session.activate("s")
    bench.choose(StarTool)
    bench.drag((100, 100), (200, 200))
    assert drawn(bench)[1] == ShapeContent(PolygonShape(100, 100, 9, 0.3), BLUE, stroke)
    bench.choose(LineTool)
    bench.drag((100, 100), (200, 100))
    assert drawn(bench)[1].stroke == stroke


def test_an_undo_during_the_drag_draws_nothing(bench: Bench) -> None:
    bench.session.apply(edits.SetOpacity(PHOTO, 0.5))
    bench.choose(RectangleTool)
    bench.press((100, 100))
    bench.move((200, 200))
    bench.session.undo()
    bench.release((200, 200))
    assert len(bench.session.document.layers) == 1
    assert not bench.tool.is_busy


def test_a_shape_may_reach_beyond_the_picture(bench: Bench) -> None:
    bench.choose(RectangleTool)
    bench.drag((700, 500), (730, 560), (760, 560), modifiers=ALT)
    layer, content = drawn(bench)
    assert content.shape == RectangleShape(120, 120)
    assert layer.bounds(bench.session.document.size).right == 760
    bench.session.apply(edits.ShiftLayer(layer.id, 90, 90))
    moved = bench.session.active_layer
    assert moved is not None
    assert moved.bounds(bench.session.document.size).right == 850
