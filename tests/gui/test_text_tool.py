# SPDX-License-Identifier: Apache-2.0
"""Typing on the canvas, by real mouse, key and input method events.

Over 400 lines: one tool, typed into by the functions that are made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import Layer, Locks, TextContent
from prodedit.core.text import Text
from prodedit.editing.session import EditSession
from prodedit.gui.tools.text import TextTool
from prodedit.gui.tools.typing_field import TypingField
from prodedit.render.compositor import Compositor
from prodedit.render.text import content_of
from prodedit.render.typeset import Typeset
from tests.gui.benches import CONTROL, SHIFT, Bench, new_bench
from tests.window import shown


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        bench.choose(TextTool)
        yield bench


def field(bench: Bench) -> TypingField:
    found = bench.canvas.findChild(TypingField)
    assert found is not None
    return found


def key(bench: Bench, *keys: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    for one in keys:
        held = modifiers or Qt.KeyboardModifier.NoModifier
        QTest.keyClick(field(bench), one, held)


def write(bench: Bench, text: str) -> None:
    """By keys where there are such, else as an input method gives it."""
    if text.isascii():
        QTest.keyClicks(field(bench), text)
    else:
        compose_to_the_end(bench, text)


def compose_to_the_end(bench: Bench, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field(bench), event)


def compose(bench: Bench, text: str) -> None:
    QApplication.sendEvent(field(bench), QInputMethodEvent(text, []))


def texts(document: Document) -> list[str]:
    contents = (layer.content for layer in document.walk())
    return [one.text.text for one in contents if isinstance(one, TextContent)]


def layer_of(session: EditSession) -> Layer:
    return next(one for one in session.document.walk() if isinstance(one.content, TextContent))


def with_text(bench: Bench, text: str = "Mug", **place: float) -> Layer:
    content = content_of(Text(text, size=60))
    layer = Layer("t", "Text", content, transform=Transform(**(place or {"dx": 100, "dy": 200})))
    document = bench.session.document
    edit = edits.AddTextLayer(
        "t", "Text", content.text, content.extent, layer.transform.dx, layer.transform.dy
    )
    assert bench.session.apply(edit)
    if layer.transform != bench.session.document.find("t").transform:  # type: ignore[union-attr]
        bench.session.apply(edit, made=document.insert(layer, None, 9))
    return layer


def test_click_and_type(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "Hello")
    assert texts(bench.session.shown) == ["Hello"]
    assert texts(bench.session.document) == []  # not in the history yet
    key(bench, Qt.Key.Key_Escape)
    layer = layer_of(bench.session)
    assert texts(bench.session.document) == ["Hello"]
    assert layer.name == "Hello"
    assert bench.session.active_id == layer.id
    assert bench.session.stack.count() == 1
    own = layer.bounds(bench.session.document.size)
    assert own.x == pytest.approx(200, abs=6)
    assert own.y < 300 < own.bottom  # the line stands at the click
    bench.session.undo()
    assert texts(bench.session.document) == []


def test_what_is_seen_is_what_is_kept(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "Hello")
    picture = Compositor().merged(bench.session.shown)
    key(bench, Qt.Key.Key_Return, modifiers=CONTROL)
    assert np.array_equal(Compositor().merged(bench.session.document), picture)


def test_a_click_and_no_letter_leave_nothing(bench: Bench) -> None:
    bench.click((200, 300))
    key(bench, Qt.Key.Key_Escape)
    bench.click((50, 50))
    write(bench, "   ")
    key(bench, Qt.Key.Key_Escape)
    assert bench.session.stack.count() == 0
    assert bench.session.shown is bench.session.document


def test_a_drag_makes_a_box_in_which_lines_break(bench: Bench) -> None:
    bench.drag((300, 100), (480, 220))
    write(bench, "a mug of fine stoneware for tea")
    key(bench, Qt.Key.Key_Escape)
    content = layer_of(bench.session).content
    assert isinstance(content, TextContent)
    assert content.text.width == 180
    assert layer_of(bench.session).transform[4:] == (300, 100)
    assert content.extent.width <= 184
    assert len(Typeset(content.text).lines) > 2


def test_the_corners_of_a_box_snap_and_a_click_does_not(bench: Bench) -> None:
    bench.session.apply(edits.SetGuides((Guide("upright", 297), Guide("upright", 477))))
    bench.drag((300, 100), (480, 220))
    write(bench, "mug")
    key(bench, Qt.Key.Key_Escape)
    content = layer_of(bench.session).content
    assert isinstance(content, TextContent)
    assert content.text.width == 180
    assert layer_of(bench.session).transform.dx == 297
    assert bench.canvas.marks.lines == ()
    bench.click((299, 300))
    write(bench, "mug")
    key(bench, Qt.Key.Key_Escape)
    assert bench.session.document.layers[-1].transform.dx == 299


def test_letters_of_tools_are_letters(bench: Bench) -> None:
    """V, B and Space mean something on the canvas; here they are written."""
    bench.click((200, 300))
    write(bench, "vb tT [`] ")
    assert texts(bench.session.shown) == ["vb tT [`] "]
    assert bench.canvas.tool is bench.tool


def test_enter_begins_a_line_and_backspace_joins_it(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "ab")
    key(bench, Qt.Key.Key_Return)
    write(bench, "cd")
    assert texts(bench.session.shown) == ["ab\ncd"]
    key(bench, Qt.Key.Key_Home, Qt.Key.Key_Backspace)
    assert texts(bench.session.shown) == ["abcd"]
    key(bench, Qt.Key.Key_Delete)
    assert texts(bench.session.shown) == ["abd"]


def test_chinese_is_composed_in_place(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "a")
    compose(bench, "bei zi")
    assert texts(bench.session.shown) == ["abei zi"]
    assert field(bench).composed == (1, 7)
    write(bench, "杯子")
    assert texts(bench.session.shown) == ["a杯子"]
    compose(bench, "x")
    compose(bench, "")
    assert texts(bench.session.shown) == ["a杯子"]
    key(bench, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == ["a杯子"]


def test_what_is_still_composed_is_not_kept(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "a")
    compose(bench, "bei")
    key(bench, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == ["a"]


def test_a_pause_while_composing_takes_nothing_away(bench: Bench, qtbot: QtBot) -> None:
    bench.click((200, 300))
    assert isinstance(bench.tool, TextTool)
    bench.tool._resting.setInterval(1)
    write(bench, "a")
    compose(bench, "bei")
    steps = bench.session.stack.count()
    qtbot.wait(50)
    assert texts(bench.session.shown) == ["abei"]
    assert bench.session.stack.count() == steps
    write(bench, "杯")
    qtbot.waitUntil(lambda: texts(bench.session.document) == ["a杯"])


def test_what_is_composed_is_underlined(bench: Bench) -> None:
    bench.click((200, 300))
    compose(bench, "MMM")
    composed = shown(bench.canvas).astype(int)
    compose_to_the_end(bench, "MMM")
    typed = shown(bench.canvas).astype(int)
    rows, columns = np.nonzero(np.abs(composed - typed).max(axis=-1))
    rect = field(bench).geometry()
    assert rect.center().y() < rows.min() <= rows.max() <= rect.bottom() + 2
    assert columns.min() < 215
    assert columns.max() > rect.x() - 10


def test_the_candidates_follow_the_view(bench: Bench) -> None:
    bench.click((200, 300))
    compose(bench, "bei")
    method = QGuiApplication.inputMethod()
    before = method.cursorRectangle()
    assert before.height() > 10
    bench.canvas.pan(-40, -30)
    after = method.cursorRectangle()
    assert (after.x() - before.x(), after.y() - before.y()) == (-40, -30)


def test_the_input_method_is_told_where_the_caret_is(bench: Bench) -> None:
    bench.click((200, 300))
    assert field(bench).inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    before = field(bench).geometry()
    write(bench, "MMM")
    after = field(bench).geometry()
    assert after.x() > before.x() + 40
    assert before.y() < 300 < before.bottom()
    assert field(bench).inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) == "MMM"
    assert field(bench).inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) == 3
    assert not bench.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_an_emoji_is_one_letter_to_the_caret(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "a👍b")
    key(bench, Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    assert texts(bench.session.shown) == ["ab"]


def test_a_click_on_text_changes_it(bench: Bench) -> None:
    layer = with_text(bench)
    middle = Typeset(layer.content.text).caret(1)  # type: ignore[union-attr]
    bench.click((round(100 + middle[0].x), round(200 + middle[1].y / 2)))
    write(bench, "x")
    key(bench, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == ["Mxug"]
    assert bench.session.active_id == "t"
    bench.session.undo()
    assert texts(bench.session.document) == ["Mug"]


def test_a_click_beside_the_text_ends_it_and_begins_another(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    write(bench, "1")
    bench.click((600, 500))
    assert sorted(texts(bench.session.document)) == ["1Mug"]
    write(bench, "2")
    key(bench, Qt.Key.Key_Escape)
    assert sorted(texts(bench.session.document)) == ["1Mug", "2"]


def test_dragging_over_letters_selects_them(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    ends = Typeset(Text("Mug", size=60)).caret(3)
    bench.drag((90, 230), (round(100 + ends[0].x) + 3, 230))
    assert field(bench).selection == (0, 3)
    write(bench, "A")
    assert texts(bench.session.shown) == ["A"]


def test_keys_that_select_copy_and_paste(bench: Bench) -> None:
    with_text(bench, "one two")
    bench.click((105, 230))
    key(bench, Qt.Key.Key_Home)
    key(bench, Qt.Key.Key_Right, modifiers=SHIFT | CONTROL)
    key(bench, Qt.Key.Key_X, modifiers=CONTROL)
    assert QGuiApplication.clipboard().text() == "one "
    key(bench, Qt.Key.Key_End)
    key(bench, Qt.Key.Key_V, modifiers=CONTROL)
    assert texts(bench.session.shown) == ["twoone "]
    key(bench, Qt.Key.Key_A, modifiers=CONTROL)
    assert field(bench).selection == (0, 7)
    key(bench, Qt.Key.Key_C, modifiers=CONTROL)
    key(bench, Qt.Key.Key_Backspace)
    assert texts(bench.session.shown) == [""]
    assert QGuiApplication.clipboard().text() == "twoone "


def test_up_and_down_go_from_line_to_line(bench: Bench) -> None:
    with_text(bench, "one\ntwo\nsix")
    bench.click((105, 230))
    key(bench, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert field(bench).caret == 5
    key(bench, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert field(bench).caret == 11
    key(bench, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert field(bench).caret == 0


def test_all_letters_gone_takes_the_layer_away(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    key(bench, Qt.Key.Key_A, modifiers=CONTROL)
    key(bench, Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == []
    bench.session.undo()
    assert texts(bench.session.document) == ["Mug"]


def test_text_in_a_turned_layer_is_typed_where_it_stands(bench: Bench) -> None:
    place = {"a": 0.0, "b": 1.0, "c": -1.0, "d": 0.0, "dx": 400.0, "dy": 100.0}
    with_text(bench, "Mug", **place)
    bench.click((370, 180))
    write(bench, "x")
    key(bench, Qt.Key.Key_Escape)
    (text,) = (one for one in texts(bench.session.document) if "x" in one)
    assert len(text) == 4


def test_a_locked_text_says_so(bench: Bench) -> None:
    with_text(bench)
    bench.session.apply(edits.SetLock("t", "pixels", True))
    bench.click((110, 230))
    assert [problem.code for problem in bench.problems] == ["layer-locked"]
    assert isinstance(bench.tool, TextTool)
    assert not bench.tool.is_typing


def test_hidden_text_is_not_clicked(bench: Bench) -> None:
    with_text(bench)
    bench.session.apply(edits.SetVisible("t", False))
    bench.click((110, 230))
    write(bench, "new")
    key(bench, Qt.Key.Key_Escape)
    assert sorted(texts(bench.session.document)) == ["Mug", "new"]


def test_the_focus_going_away_keeps_what_was_typed(bench: Bench, qtbot: QtBot) -> None:
    other = QLineEdit(bench.canvas)
    other.show()
    bench.click((200, 300))
    write(bench, "kept")
    other.setFocus()
    assert texts(bench.session.document) == ["kept"]


def test_a_pause_keeps_what_was_typed(bench: Bench, qtbot: QtBot) -> None:
    bench.click((200, 300))
    write(bench, "ab")
    assert isinstance(bench.tool, TextTool)
    bench.tool._resting.setInterval(1)
    write(bench, "c")
    qtbot.waitUntil(lambda: texts(bench.session.document) == ["abc"])
    write(bench, "d")
    key(bench, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == ["abcd"]
    assert [bench.session.stack.command(n).text() for n in range(2)] == ["Add text", "Change text"]


def test_undo_while_typing_takes_it_back_and_typing_goes_on(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    key(bench, Qt.Key.Key_End)
    write(bench, "s")
    assert isinstance(bench.tool, TextTool)
    bench.tool.commit()
    bench.session.undo()
    assert texts(bench.session.shown) == ["Mug"]
    write(bench, "!")
    key(bench, Qt.Key.Key_Escape)
    assert "Mug" in texts(bench.session.document)[0]
    assert "!" in texts(bench.session.document)[0]


def test_a_panel_s_change_while_typing_is_taken_over(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    large = content_of(Text("Mug", size=90))
    bench.session.apply(edits.SetText("t", large.text, large.extent))
    key(bench, Qt.Key.Key_End)
    write(bench, "s")
    key(bench, Qt.Key.Key_Escape)
    content = layer_of(bench.session).content
    assert isinstance(content, TextContent)
    assert (content.text.text, content.text.size) == ("Mugs", 90)


def test_the_layer_removed_while_typing_ends_it(bench: Bench) -> None:
    with_text(bench)
    bench.click((110, 230))
    bench.session.apply(edits.RemoveLayer("t"))
    assert isinstance(bench.tool, TextTool)
    assert not bench.tool.is_typing


def test_something_else_done_while_a_new_text_is_typed_loses_nothing(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "new")
    bench.session.apply(edits.SetOpacity(PHOTO, 0.5))
    assert texts(bench.session.shown) == ["new"]
    key(bench, Qt.Key.Key_Escape)
    assert texts(bench.session.document) == ["new"]
    assert bench.session.document.find(PHOTO).opacity == 0.5  # type: ignore[union-attr]


def test_another_tool_ends_it(bench: Bench) -> None:
    bench.click((200, 300))
    write(bench, "kept")
    bench.canvas.set_tool(TextTool(bench.session, bench.canvas))
    assert texts(bench.session.document) == ["kept"]


def test_a_new_text_stands_above_the_active_layer_and_looks_like_it(bench: Bench) -> None:
    with_text(bench)
    bench.session.activate("t")
    bench.click((500, 500))
    write(bench, "b")
    key(bench, Qt.Key.Key_Escape)
    new = bench.session.document.layers[-1].content
    assert isinstance(new, TextContent)
    assert new.text.size == 60
    bench.session.activate(PHOTO)
    bench.click((500, 100))
    write(bench, "c")
    key(bench, Qt.Key.Key_Escape)
    names = [layer.name for layer in bench.session.document.layers]
    assert names.index("c") == 1


def test_the_caret_and_the_box_are_drawn(bench: Bench) -> None:
    plain = bench.canvas.grab().toImage()
    bench.drag((300, 100), (480, 220))
    assert bench.canvas.grab().toImage() != plain
    key(bench, Qt.Key.Key_Escape)
    bench.canvas.settle()
    assert bench.canvas.grab().toImage() == plain


def test_a_squeezed_text_is_passed_over(bench: Bench) -> None:
    with_text(bench)
    document = bench.session.document.replace_layer(
        "t", lambda layer: replace(layer, transform=Transform(0, 0, 0, 0), locks=Locks())
    )
    bench.session.preview(document)
    bench.session._document = document
    bench.click((110, 230))
    write(bench, "x")
    key(bench, Qt.Key.Key_Escape)
    assert "x" in texts(bench.session.document)


def test_a_place_in_the_text_is_found_at_any_zoom(bench: Bench) -> None:
    with_text(bench)
    bench.canvas.set_viewport(bench.canvas.viewport.zoom_to(2.0, Point(0, 0)))
    at = bench.canvas.viewport.to_widget(Point(105, 230))
    QTest.mouseClick(bench.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(at.x), round(at.y)))
    write(bench, "x")
    assert texts(bench.session.shown) == ["xMug"]
