# SPDX-License-Identifier: Apache-2.0
"""Edits of text, shapes and patterns."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core import shape as shapes
from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    GradientFill,
    Layer,
    Locks,
    Mask,
    PatternFill,
    PixelContent,
    ShapeContent,
    SolidFill,
    TextContent,
)
from prodedit.core.path import Knot, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.shape import Shape, Stroke
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles

RED = Colour(200, 0, 0)
WORDS = Text(
    "杯子 mug", family="Noto Sans CJK SC", style="Bold", size=30, align="justify", width=90
)
EXTENT = Rect(-1, 2, 120, 40)
STROKE = Stroke(RED, 3, "inside", (2, 1), "round", "bevel")
EMPTY = Document(Size(600, 400))
PICTURE = Tiles.from_array(np.full((8, 9, 4), 255, np.uint8))
SHAPES: tuple[Shape, ...] = (
    shapes.RectangleShape(100, 50, 8),
    shapes.EllipseShape(100, 50),
    shapes.LineShape(Point(0, 0), Point(30, 40)),
    shapes.PolygonShape(80, 80, 6, 0.4),
    shapes.PathShape(Path((Subpath((Knot.corner(1, 2), Knot.corner(9, 2)), True),))),
)

EXAMPLES: list[edits.Edit] = [
    edits.AddTextLayer("a", "A", WORDS, EXTENT, 10.5, -3, "g", 2),
    edits.SetText("a", WORDS, EXTENT),
    *(edits.AddShapeLayer("a", "A", shape, SolidFill(RED), STROKE, 4, 5) for shape in SHAPES),
    edits.SetShape("a", SHAPES[0], GradientFill(RED, RED)),
    edits.Rasterise("a", -4, 7),
]


def with_text() -> Document:
    return edits.apply(EMPTY, edits.AddTextLayer("t", "Text", WORDS, EXTENT, 20, 30))


def with_shape() -> Document:
    return edits.apply(EMPTY, edits.AddShapeLayer("s", "S", SHAPES[0], SolidFill(RED), None, 9, 9))


def layer_of(document: Document, name: str) -> Layer:
    layer = document.find(name)
    assert layer is not None
    return layer


def test_text_is_added_where_it_is_said() -> None:
    layer = layer_of(with_text(), "t")
    assert layer.content == TextContent(WORDS, EXTENT)
    assert layer.transform == Transform(dx=20, dy=30)
    assert layer.bounds(EMPTY.size) == EXTENT.translate(20, 30)


def test_other_words_keep_the_place_and_change_both_extents() -> None:
    before = with_text()
    longer = Rect(0, 0, 300, 40)
    after = edits.apply(before, edits.SetText("t", Text("longer"), longer))
    assert layer_of(after, "t").transform == layer_of(before, "t").transform
    rects = changed_rects(before, after)
    for extent in (EXTENT, longer):
        assert extent.translate(20, 30) in rects
    assert edits.apply(before, edits.SetText("t", WORDS, EXTENT)) is before


def test_line_ends_and_what_cannot_be_written_are_mended() -> None:
    odd = Text("a\r\nb\rc\0d\ud800")
    document = edits.apply(EMPTY, edits.AddTextLayer("t", "T", odd, EXTENT))
    content = layer_of(document, "t").content
    assert isinstance(content, TextContent)
    assert content.text.text == "a\nb\ncd?"


@pytest.mark.parametrize(
    "text",
    [
        Text("x" * 20_001),
        Text("x", size=0),
        Text("x", size=float("nan")),
        Text("x", size=1e9),
        Text("x", width=float("inf")),
        Text("x", letter_spacing=float("nan")),
        Text("x", line_height=1e300),
    ],
)
def test_text_that_cannot_be_is_refused(text: Text) -> None:
    with pytest.raises(Problem):
        edits.apply(EMPTY, edits.AddTextLayer("t", "T", text, EXTENT))
    with pytest.raises(Problem):
        edits.apply(with_text(), edits.SetText("t", text, EXTENT))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_shapes_are_added_and_changed(shape: Shape) -> None:
    document = edits.apply(with_shape(), edits.SetShape("s", shape, None, STROKE))
    assert layer_of(document, "s").content == ShapeContent(shape, None, STROKE)
    added = edits.apply(document, edits.AddShapeLayer("s2", "S", shape, None, STROKE, 3, 4))
    assert layer_of(added, "s2").transform == Transform(dx=3, dy=4)
    assert edits.apply(document, edits.SetShape("s", shape, None, STROKE)) is document


@pytest.mark.parametrize(
    ("shape", "fill", "stroke"),
    [
        (shapes.RectangleShape(-1, 5), None, None),
        (shapes.EllipseShape(5, -1), None, None),
        (shapes.RectangleShape(float("nan"), 5), None, None),
        (shapes.LineShape(Point(0, 0), Point(float("inf"), 0)), None, None),
        (shapes.PolygonShape(5, 5, 2), None, None),
        (shapes.PolygonShape(5, 5, 10**9), None, None),
        (shapes.PolygonShape(5, 5, 5, 7.0), None, None),
        (shapes.RectangleShape(5, 5), None, Stroke(RED, 0)),
        (shapes.RectangleShape(5, 5), None, Stroke(RED, float("nan"))),
        (shapes.RectangleShape(5, 5), PatternFill(), None),
    ],
)
def test_shapes_that_cannot_be_are_refused(
    shape: Shape, fill: PatternFill | None, stroke: Stroke | None
) -> None:
    with pytest.raises(Problem):
        edits.apply(EMPTY, edits.AddShapeLayer("s", "S", shape, fill, stroke))


def test_steps_for_another_kind_of_layer_are_refused() -> None:
    document = edits.apply(with_text(), edits.AddShapeLayer("s", "S", SHAPES[0]))
    for edit in (edits.SetText("s", WORDS, EXTENT), edits.SetShape("t", SHAPES[0])):
        with pytest.raises(Problem, match="does not fit"):
            edits.apply(document, edit)
    with pytest.raises(Problem, match="no layer"):
        edits.apply(document, edits.SetText("gone", WORDS, EXTENT))
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(document, edits.AddTextLayer("s", "again", WORDS, EXTENT))


def test_a_locked_layer_keeps_its_words_and_its_shape() -> None:
    document = edits.apply(with_text(), edits.AddShapeLayer("s", "S", SHAPES[0]))
    for name in ("t", "s"):
        document = document.replace_layer(
            name, lambda layer: replace(layer, locks=Locks(pixels=True))
        )
    for edit in (
        edits.SetText("t", Text("b"), EXTENT),
        edits.SetShape("s", SHAPES[1]),
        edits.Rasterise("t", 0, 0),
    ):
        with pytest.raises(Problem, match="locked"):
            edits.apply(document, edit, {"pixels": PICTURE})


def test_a_pattern_brings_its_picture_and_keeps_it() -> None:
    add = edits.AddFillLayer("p", "P", PatternFill(2.0))
    document = edits.apply(EMPTY, add, {"pattern": PICTURE})
    assert layer_of(document, "p").content == FillContent(PatternFill(2.0), PICTURE)
    document = edits.apply(document, edits.SetFill("p", PatternFill(0.5, 3, 4)))
    assert layer_of(document, "p").content == FillContent(PatternFill(0.5, 3, 4), PICTURE)
    plain = edits.apply(document, edits.SetFill("p", SolidFill(RED)))
    assert layer_of(plain, "p").content == FillContent(SolidFill(RED))
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(plain, edits.SetFill("p", PatternFill()))


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), 1e9])
def test_a_pattern_without_a_size_is_refused(scale: float) -> None:
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(EMPTY, edits.AddFillLayer("p", "P", PatternFill(scale)), {"pattern": PICTURE})


def test_rasterised_text_is_pixels_in_its_place() -> None:
    document = with_text()
    alpha = Tiles.from_array(np.full((8, 9), 100, np.uint8))
    document = document.replace_layer(
        "t", lambda old: replace(old, mask=Mask(alpha, linked=False), opacity=0.5)
    )
    after = edits.apply(document, edits.Rasterise("t", 4, -5), {"pixels": PICTURE, "alpha": alpha})
    layer = layer_of(after, "t")
    assert layer.content == PixelContent(PICTURE)
    assert layer.transform == Transform(dx=4, dy=-5)
    assert layer.opacity == 0.5
    assert layer.mask == Mask(alpha, linked=False)


def test_a_group_is_not_rasterised() -> None:
    group = edits.apply(EMPTY, edits.AddGroup("g", "G"))
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(group, edits.Rasterise("g", 0, 0), {"pixels": PICTURE})


def test_words_come_from_their_json_as_they_were() -> None:
    for edit in EXAMPLES:
        assert msgspec.convert(msgspec.to_builtins(edit), type(edit)) == edit
