# SPDX-License-Identifier: Apache-2.0
"""Each thing in the Layers panel does what it says, as one undo step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.layer import UNLOCKED
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.layers_model import LayersModel
from tests.window import close_all, open_noise, opened_window, shown


@pytest.fixture(scope="module")
def window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def session(window: MainWindow) -> Iterator[EditSession]:
    """From the top: b, a, photo."""
    session = open_noise(window)
    session.apply(edits.DuplicateLayer(PHOTO, "a", "a"))
    session.apply(edits.DuplicateLayer("a", "b", "b"))
    session.stack.clear()
    yield session
    close_all(window)


def place(window: MainWindow, layer_id: str, part: str) -> QPoint:
    """The middle of a part of a row, in the tree's viewport."""
    tree, model = window.layers.tree, window.layers.model
    index = model.index_of(layer_id)
    tree.scrollTo(index)
    parts = window.layers.tree.row.parts(tree.visualRect(index), model.layer_at(index))
    return parts[part].center()


def click(window: MainWindow, layer_id: str, part: str) -> None:
    where = place(window, layer_id, part)
    QTest.mouseClick(window.layers.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)


def order(session: EditSession) -> list[str]:
    return [layer.id for layer in reversed(session.document.layers)]


def test_the_rows_are_the_layers_from_the_top(window: MainWindow, session: EditSession) -> None:
    model = window.layers.model
    ids = [model.layer_at(model.index(row, 0)).id for row in range(model.rowCount())]
    assert ids == order(session) == ["b", "a", PHOTO]


def test_the_eye_hides_and_shows(window: MainWindow, session: EditSession) -> None:
    before = shown(window.canvas)
    for layer in ("b", "a", PHOTO):
        click(window, layer, "eye")
    assert not any(layer.visible for layer in session.document.walk())
    assert session.stack.count() == 3
    assert (shown(window.canvas) != before).any()
    click(window, PHOTO, "eye")
    assert session.document.find(PHOTO).visible
    assert (shown(window.canvas) == before).all()


def test_sweeping_over_eyes_is_one_step(window: MainWindow, session: EditSession) -> None:
    viewport = window.layers.tree.viewport()
    window.resize(1366, 1000)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place(window, "b", "eye"))
    for layer in ("a", PHOTO):
        QTest.mouseMove(viewport, place(window, layer, "eye"))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place(window, PHOTO, "eye"))
    assert [layer.visible for layer in session.document.walk()] == [False] * 3
    assert session.stack.count() == 1
    session.undo()
    assert all(layer.visible for layer in session.document.walk())


def test_the_lock_locks_and_unlocks(window: MainWindow, session: EditSession) -> None:
    click(window, "a", "lock")
    assert session.document.find("a").locks == (True, True, True)
    assert session.stack.count() == 1
    assert not session.apply(edits.SetPixels("a"), {"pixels": session.document.find("b").tiles})
    assert "locked" in window.notices.texts[-1]
    click(window, "a", "lock")
    assert session.document.find("a").locks == UNLOCKED


def test_a_click_on_the_name_makes_the_layer_active(
    window: MainWindow, session: EditSession
) -> None:
    click(window, "a", "name")
    assert session.active_id == "a"
    session.activate("b")
    assert window.layers.model.layer_at(window.layers.tree.currentIndex()).id == "b"


def test_double_click_and_a_new_name(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    tree = window.layers.tree
    where = place(window, "a", "name")
    click(window, "a", "name")
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = tree.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "cup")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.document.find("a").name == "cup")
    assert session.stack.count() == 1


@pytest.mark.parametrize("name", ["", "   "])
def test_a_layer_keeps_its_name_where_none_is_given(
    window: MainWindow, session: EditSession, name: str
) -> None:
    model = window.layers.model
    assert not model.setData(model.index_of("a"), name)
    assert session.document.find("a").name == "a"


def dropped(model: LayersModel, layer_id: str, row: int, parent: QModelIndex) -> None:
    mime = model.mimeData([model.index_of(layer_id)])
    model.dropMimeData(mime, Qt.DropAction.MoveAction, row, 0, parent)


@pytest.mark.parametrize(
    ("moved", "row", "expected"),
    [
        (PHOTO, 0, [PHOTO, "b", "a"]),
        (PHOTO, 1, ["b", PHOTO, "a"]),
        ("b", 2, ["a", "b", PHOTO]),
        ("b", 3, ["a", PHOTO, "b"]),
        ("b", -1, ["a", PHOTO, "b"]),  # on the empty place below the rows
    ],
)
def test_a_row_is_dropped_where_the_line_is(
    window: MainWindow, session: EditSession, moved: str, row: int, expected: list[str]
) -> None:
    dropped(window.layers.model, moved, row, QModelIndex())
    assert order(session) == expected
    assert session.stack.count() == 1


@pytest.mark.parametrize(("moved", "row"), [("b", 0), ("b", 1), ("a", 1), ("a", 2)])
def test_a_row_dropped_where_it_is_changes_nothing(
    window: MainWindow, session: EditSession, moved: str, row: int
) -> None:
    dropped(window.layers.model, moved, row, QModelIndex())
    assert session.stack.count() == 0


def test_into_a_group_and_out_of_it(window: MainWindow, session: EditSession) -> None:
    session.activate("a")
    window.actions_["group"].trigger()
    group = session.active_id
    assert order(session) == ["b", group, PHOTO]
    model = window.layers.model
    dropped(model, "b", -1, model.index_of(group))
    assert [layer.id for layer in session.document.find(group).children] == ["a", "b"]
    assert order(session) == [group, PHOTO]
    dropped(model, "a", 0, QModelIndex())
    assert order(session) == ["a", group, PHOTO]
    dropped(model, group, -1, model.index_of(group))  # a group can't be in itself
    assert order(session) == ["a", group, PHOTO]
    session.activate(group)
    window.actions_["ungroup"].trigger()
    assert order(session) == ["a", "b", PHOTO]


def test_pulling_the_opacity_slider_is_one_step(window: MainWindow, session: EditSession) -> None:
    slider = window.layers._opacity._slider
    before = shown(window.canvas)
    session.apply(edits.SetVisible("a", False))
    session.apply(edits.SetVisible(PHOTO, False))
    session.activate("b")
    steps = session.stack.count()
    slider.setSliderDown(True)
    for value in (80, 60, 35):
        slider.setValue(value)
        assert session.document.find("b").opacity == value / 100
    slider.setSliderDown(False)
    assert session.stack.count() == steps + 1
    assert window.layers._opacity._number.value() == 35
    assert (shown(window.canvas) != before).any()
    session.undo()
    assert session.document.find("b").opacity == 1.0
    assert slider.value() == 100


def test_the_blend_mode(window: MainWindow, session: EditSession) -> None:
    session.activate("b")
    box = window.layers._blend
    box.setCurrentIndex(box.findData("multiply"))
    box.activated.emit(box.currentIndex())
    assert session.document.find("b").blend == "multiply"
    session.undo()
    assert box.currentData() == "normal"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("raise_layer", ["a", "b", PHOTO]),
        ("lower_layer", ["b", PHOTO, "a"]),
        ("raise_to_top", ["a", "b", PHOTO]),
        ("lower_to_bottom", ["b", PHOTO, "a"]),
        ("delete", ["b", PHOTO]),
    ],
)
def test_the_buttons_below(
    window: MainWindow, session: EditSession, action: str, expected: list[str]
) -> None:
    session.activate("a")
    window.actions_[action].trigger()
    assert order(session) == expected
    assert session.stack.count() == 1


def test_duplicate(window: MainWindow, session: EditSession) -> None:
    session.activate("a")
    window.actions_["duplicate"].trigger()
    assert len(order(session)) == 4
    copy = session.active_layer
    assert order(session).index(copy.id) == order(session).index("a") - 1
    assert copy.tiles is session.document.find("a").tiles


def test_the_last_layer_may_go_and_come_back(window: MainWindow, session: EditSession) -> None:
    for _ in range(3):
        window.actions_["delete"].trigger()
    assert order(session) == []
    assert not window.layers._opacity.isEnabled()
    for _ in range(3):
        window.actions_["undo"].trigger()
    assert order(session) == ["b", "a", PHOTO]


def test_ctrl_click_selects_what_shows_and_what_the_mask_shows(
    window: MainWindow, session: EditSession, qtbot: QtBot
) -> None:
    alpha = np.zeros((240, 320), np.uint8)
    alpha[20:60, 30:90] = 255
    session.apply(edits.SetMask("a"), {"alpha": Tiles.from_array(alpha)})
    active = session.active_id
    control = Qt.KeyboardModifier.ControlModifier
    for part in ("mask", "thumbnail"):
        session.apply(edits.Deselect())
        viewport = window.layers.tree.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, control, place(window, "a", part))
        qtbot.waitUntil(lambda: session.document.selection is not None, timeout=10_000)
        assert session.document.selection is not None
        assert np.array_equal(session.document.selection.to_array(), alpha)
    assert session.active_id == active
