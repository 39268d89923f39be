# SPDX-License-Identifier: Apache-2.0
"""The Layer menu works on all chosen layers, as one undo step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.editing.session import EditSession
from prodedit.gui.commands.several import each, moved
from prodedit.gui.main_window import MainWindow
from tests.gui.benches import ALT, LEFT, NONE
from tests.window import at, close_all, open_noise, opened_window


@pytest.fixture(scope="module")
def window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def session(window: MainWindow) -> Iterator[EditSession]:
    """From the top: d, c, b, a, photo."""
    session = open_noise(window)
    for name, below in zip("abcd", (PHOTO, "a", "b", "c"), strict=True):
        session.apply(edits.DuplicateLayer(below, name, name))
    session.stack.clear()
    yield session
    close_all(window)


def order(session: EditSession) -> list[str]:
    return [layer.id for layer in reversed(session.document.layers)]


@pytest.mark.parametrize(
    ("action", "chosen", "expected"),
    [
        ("raise_layer", "ac", ["c", "d", "a", "b", PHOTO]),
        ("raise_layer", "cd", ["d", "c", "b", "a", PHOTO]),
        ("lower_layer", "bd", ["c", "d", "a", "b", PHOTO]),
        ("raise_to_top", "ab", ["b", "a", "d", "c", PHOTO]),
        ("lower_to_bottom", "bd", ["c", "a", PHOTO, "d", "b"]),
        ("delete", "ad", ["c", "b", PHOTO]),
    ],
)
def test_what_is_chosen_moves_or_goes_together(
    window: MainWindow, session: EditSession, action: str, chosen: str, expected: list[str]
) -> None:
    before = order(session)
    session.choose(chosen, chosen[0])
    window.actions_[action].trigger()
    assert order(session) == expected
    assert session.stack.count() == (expected != before)
    if expected != before:
        session.undo()
        assert order(session) == before


def test_duplicates_stand_above_each_and_are_chosen(
    window: MainWindow, session: EditSession
) -> None:
    session.choose("ac", "c")
    window.actions_["duplicate"].trigger()
    names = [session.document.find(layer_id).name for layer_id in order(session)]
    assert names == ["d", "c copy", "c", "b", "a copy", "a", "mug.jpg"]
    assert [session.document.find(i).name for i in session.chosen] == ["a copy", "c copy"]
    assert session.stack.count() == 1


def test_a_group_of_several_and_back(window: MainWindow, session: EditSession) -> None:
    session.choose("bd", "b")
    window.actions_["group"].trigger()
    group = session.active_layer
    assert [child.id for child in group.children] == ["b", "d"]
    assert session.chosen == (group.id,)
    window.actions_["ungroup"].trigger()
    assert set(session.chosen) == {"b", "d"}
    assert session.stack.count() == 2


def test_a_layer_chosen_with_its_group_is_not_done_twice(
    window: MainWindow, session: EditSession
) -> None:
    session.choose("bd", "b")
    window.actions_["group"].trigger()
    group = session.active_id
    session.choose(["b", group], group)
    window.actions_["duplicate"].trigger()
    assert len(order(session)) == 5
    window.actions_["delete"].trigger()
    session.choose(["b", group], group)
    window.actions_["delete"].trigger()
    assert order(session) == ["c", "a", PHOTO]


def test_dragging_moves_all_that_is_chosen(window: MainWindow, session: EditSession) -> None:
    window.tools.choose("move")
    session.choose("ac", "a")
    start, end = at(window.canvas, 50, 50), at(window.canvas, 80, 60)
    QTest.mousePress(window.canvas, LEFT, NONE, start)
    QTest.mouseMove(window.canvas, end)
    QTest.mouseRelease(window.canvas, LEFT, NONE, end)
    places = {layer.id: layer.transform[4:] for layer in session.document.walk()}
    assert places["a"] == places["c"] != (0, 0)
    assert places["b"] == places["d"] == places[PHOTO] == (0, 0)
    assert session.stack.count() == 1
    assert session.stack.text(0) == "Move"


def test_dragging_with_alt_leaves_the_layers_and_moves_copies(
    window: MainWindow, session: EditSession
) -> None:
    window.tools.choose("move")
    window._tool_chosen("move")
    session.choose("ac", "a")
    start, end = at(window.canvas, 50, 50), at(window.canvas, 80, 60)
    QTest.mousePress(window.canvas, LEFT, ALT, start)
    QTest.mouseMove(window.canvas, end)
    assert len(list(session.shown.walk())) == 7
    QTest.mouseRelease(window.canvas, LEFT, ALT, end)
    assert session.stack.count() == 1
    assert [session.document.find(i).name for i in session.chosen] == ["a copy", "c copy"]
    for layer in session.document.walk():
        assert (layer.transform[4:] != (0, 0)) == (layer.id in session.chosen)


def test_one_locked_layer_keeps_all_in_their_places(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.SetLock("c", "position", True))
    session.choose("ac", "a")
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert session.document.find("a").transform[4:] == (0, 0)
    assert "locked" in window.notices.texts[-1]


def test_delete_by_its_key_takes_all_chosen(window: MainWindow, session: EditSession) -> None:
    session.choose("abcd", "d")
    window.actions_["clear"].trigger()
    assert order(session) == [PHOTO]
    session.undo()
    assert len(order(session)) == 5


def test_nothing_to_move_is_no_edit(session: EditSession) -> None:
    assert moved(session.document, ["d", "c"], 1) is None
    assert moved(session.document, [PHOTO], -5) is None
    assert each((), edits.RemoveLayer) is None
