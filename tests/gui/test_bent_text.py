# SPDX-License-Identifier: Apache-2.0
"""Typing in text that is bent: the letter that is clicked on is the one that is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.bend import bend_of
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import Layer, TextContent
from prodedit.core.text import Text
from prodedit.core.warp import MeshWarp, Perspective, Warp
from prodedit.gui.tools.text import TextTool
from prodedit.gui.tools.typed_layer import TypedLayer, typed
from prodedit.render.text import content_of
from tests.gui.benches import Bench, new_bench
from tests.gui.test_text_tool import key, texts, write

WORDS = "Mug for two"


def arched(content: TextContent) -> MeshWarp:
    own = content.extent
    rest = MeshWarp.resting(own.size, 4, 1)

    def lifted(p: Point) -> Point:
        return Point(p.x + own.x, p.y + own.y - 90 * (1 - abs(p.x / own.width * 2 - 1)))

    return MeshWarp(4, 1, tuple(map(lifted, rest.points)))


def slanted(content: TextContent) -> Perspective:
    own = content.extent
    return Perspective((
        Point(own.x + 30, own.y - 60), Point(own.right - 40, own.y + 40),
        Point(own.right + 60, own.bottom + 120), Point(own.x - 50, own.bottom + 30),
    ))  # fmt: skip


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        bench.choose(TextTool)
        yield bench


def with_text(bench: Bench, warp: Warp, turned: bool = False) -> TypedLayer:
    content = content_of(Text(WORDS, size=60))
    add = edits.AddTextLayer("t", "Text", content.text, content.extent, 160, 260)
    bench.session.apply(add)
    if turned:
        turn = edits.TransformLayers(("t",), Transform(0.95, 0.25, -0.25, 0.95, 60, -30))
        bench.session.apply(turn)
    bench.session.apply(edits.SetWarp("t", warp))
    layer = bench.session.document.find("t")
    assert layer is not None
    found = typed(layer)
    assert found is not None
    return found


def click_before(bench: Bench, text: TypedLayer, letter: int) -> None:
    """Just right of the left edge of that letter, in its middle."""
    upper, lower = text.typeset.caret(letter)
    place = text.on_canvas(Point(upper.x + 3, (upper.y + lower.y) / 2))
    bench.click((round(place.x), round(place.y)))


@pytest.mark.parametrize("make", [arched, slanted])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("letter", [0, 4, 9])
def test_a_click_finds_its_letter(bench: Bench, make: object, turned: bool, letter: int) -> None:
    warp = make(content_of(Text(WORDS, size=60)))  # type: ignore[operator]
    text = with_text(bench, warp, turned)
    click_before(bench, text, letter)
    write(bench, "*")
    key_end(bench)
    assert texts(bench.session.document) == [WORDS[:letter] + "*" + WORDS[letter:]]


def key_end(bench: Bench) -> None:
    key(bench, Qt.Key.Key_Escape)


def test_where_the_unbent_letters_were_a_new_text_begins(bench: Bench) -> None:
    content = content_of(Text(WORDS, size=60))
    own = content.extent
    away = tuple(Point(p.x, p.y - 220) for p in slanted(content).corners)
    with_text(bench, Perspective(away))  # type: ignore[arg-type]
    bench.click((160 + own.width // 2, 260 + own.height // 2))
    write(bench, "x")
    key_end(bench)
    assert sorted(texts(bench.session.document)) == sorted([WORDS, "x"])


def test_the_marked_letters_are_framed_along_the_bend(bench: Bench) -> None:
    content = content_of(Text(WORDS, size=60))
    text = with_text(bench, arched(content))
    tool = bench.tool
    assert isinstance(tool, TextTool)
    tool.change("t")
    marked = tool._mapped(QRectF(0, 0, content.extent.width, content.extent.height))
    middle = text.on_canvas(Point(content.extent.width / 2, 0))
    assert min(point.y() for point in marked) == pytest.approx(middle.y, abs=3)
    assert len(marked) > 4


def test_the_bend_follows_what_is_typed(bench: Bench) -> None:
    content = content_of(Text(WORDS, size=60))
    text = with_text(bench, slanted(content))
    click_before(bench, text, len(WORDS))
    write(bench, " and more")
    layer = bench.session.shown.find("t")
    assert isinstance(layer, Layer)
    assert bench.tool._typing.bend == bend_of(layer)  # type: ignore[attr-defined]


def test_change_marks_all_letters(bench: Bench) -> None:
    with_text(bench, arched(content_of(Text(WORDS, size=60))))
    tool = bench.tool
    assert isinstance(tool, TextTool)
    tool.change("t")
    write(bench, "New")
    key_end(bench)
    assert texts(bench.session.document) == ["New"]
