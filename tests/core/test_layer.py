# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import Colour, FillContent, GroupContent, Layer, PixelContent, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles

byte = st.integers(0, 255)


@given(byte, byte, byte, byte)
def test_colour_round_trip(red: int, green: int, blue: int, alpha: int) -> None:
    colour = Colour(red, green, blue, alpha)
    assert Colour.from_hex(colour.hex) == colour
    assert Colour.from_hex(colour.hex.lower()) == colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", Colour(255, 255, 255)),
        (" 0a0 ", Colour(0, 170, 0)),
        ("#01020380", Colour(1, 2, 3, 128)),
    ],
)
def test_colours_as_people_write_them(text: str, colour: Colour) -> None:
    assert Colour.from_hex(text) == colour


@pytest.mark.parametrize(
    "text", ["", "#", "white", "#12", "#12345", "#GGGGGG", "#1234567890", "FF  FF"]
)
def test_what_is_no_colour_is_told(text: str) -> None:
    with pytest.raises(Problem) as problem:
        Colour.from_hex(text)
    assert problem.value.code == "bad-colour"
    assert text in str(problem.value)


def pixels(transform: Transform) -> Layer:
    return Layer("a", "a", PixelContent(Tiles.empty(Size(10, 20))), transform=transform)


def test_bounds() -> None:
    canvas = Size(100, 100)
    assert pixels(Transform(dx=3, dy=-4)).bounds(canvas) == Rect(3, -4, 10, 20)
    assert pixels(Transform(a=2, dx=3)).bounds(canvas) == Rect(3, 0, 20, 20).inflate(1)
    fill = Layer("f", "f", FillContent(SolidFill(Colour(0, 0, 0))))
    assert fill.bounds(canvas) == Rect(0, 0, 100, 100)


def test_walk_and_children() -> None:
    inner = pixels(Transform())
    group = Layer("g", "g", GroupContent((inner,)))
    outer = Layer("h", "h", GroupContent((group,)))
    assert [layer.id for layer in outer.walk()] == ["h", "g", "a"]
    assert group.children == (inner,)
    assert inner.children == ()
    assert inner.tiles is not None
    assert group.tiles is None
    assert outer.with_children(()).children == ()
    assert outer.children == (group,)
