# SPDX-License-Identifier: Apache-2.0
"""Each thing in the Layers panel does what it says, as one undo step.

Over 400 lines: one panel, its rows worked by the same few functions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.effects import Glow
from prodedit.core.layer import UNLOCKED, TextContent
from prodedit.core.text import Text
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.layers_model import LayersModel
from prodedit.gui.tools.text import TextTool
from prodedit.gui.tools.typing_field import TypingField
from prodedit.render.text import content_of
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


def test_the_lock_of_a_group_is_seen_on_the_rows_in_it(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.AddGroup("g", "Shoes", ("a",)))
    session.activate(PHOTO)
    tree, model = window.layers.tree, window.layers.model
    tree.expandAll()

    def lock() -> object:
        row = tree.visualRect(model.index_of("a"))
        return tree.viewport().grab(
            tree.row.parts(row, model.layer_at(model.index_of("a")))["lock"]
        )

    tree.scrollTo(model.index_of("a"))
    free = lock().toImage()
    click(window, "g", "lock")
    tree.scrollTo(model.index_of("a"))
    held = lock().toImage()
    assert held != free
    assert "Shoes" in model.index_of("a").data(Qt.ItemDataRole.ToolTipRole)
    assert not session.apply(edits.ShiftLayer("a", 5, 5))
    assert "“Shoes” is locked" in window.notices.texts[-1]
    click(window, "a", "lock")
    assert lock().toImage() not in (free, held), "its own lock is plainer"
    session.undo()
    session.undo()
    assert lock().toImage() == free
    assert model.index_of("a").data(Qt.ItemDataRole.ToolTipRole) == "a"


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


# Several rows


def press_row(window: MainWindow, layer_id: str, part: str, *keys: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for key in keys:
        modifiers |= key
    where = place(window, layer_id, part)
    QTest.mouseClick(window.layers.tree.viewport(), Qt.MouseButton.LeftButton, modifiers, where)


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_control_and_shift_choose_several(window: MainWindow, session: EditSession) -> None:
    press_row(window, "b", "name")
    press_row(window, PHOTO, "name", CONTROL)
    assert session.chosen == (PHOTO, "b")
    assert session.active_id == PHOTO
    press_row(window, PHOTO, "name", CONTROL)  # not chosen any more
    assert session.chosen == ("b",)
    press_row(window, "b", "name", CONTROL)  # one always is
    assert session.chosen == ("b",)
    press_row(window, "b", "name")
    press_row(window, PHOTO, "name", SHIFT)
    assert session.chosen == (PHOTO, "a", "b")


def test_arrows_with_shift_choose_several(window: MainWindow, session: EditSession) -> None:
    press_row(window, "b", "name")
    QTest.keyClick(window.layers.tree, Qt.Key.Key_Down, SHIFT)
    assert session.chosen == ("a", "b")
    QTest.keyClick(window.layers.tree, Qt.Key.Key_Down)
    assert session.chosen == (PHOTO,)


def test_the_rows_follow_what_is_chosen_elsewhere(window: MainWindow, session: EditSession) -> None:
    session.choose(["a", "b"], "a")
    tree, model = window.layers.tree, window.layers.model
    assert {model.layer_at(index).id for index in tree.selectedIndexes()} == {"a", "b"}
    assert model.layer_at(tree.currentIndex()).id == "a"
    session.apply(edits.DuplicateLayer("a", "new", "new"))  # the rows are made anew
    assert {model.layer_at(index).id for index in tree.selectedIndexes()} == {"a", "b"}


def test_values_go_to_all_that_is_chosen(window: MainWindow, session: EditSession) -> None:
    session.choose(["a", "b"], "a")
    window.layers._opacity._slider.setValue(30)
    box = window.layers._blend
    box.setCurrentIndex(box.findData("screen"))
    box.activated.emit(box.currentIndex())
    QTest.keyClick(window.layers.tree, Qt.Key.Key_Space)
    for name in "ab":
        layer = session.document.find(name)
        assert (layer.opacity, layer.blend, layer.visible) == (0.3, "screen", False)
    assert session.document.find(PHOTO).visible
    assert session.stack.count() == 3
    QTest.keyClick(window.layers.tree, Qt.Key.Key_7)
    assert session.document.find("b").opacity == 0.7


def test_several_rows_are_dropped_together_in_their_order(
    window: MainWindow, session: EditSession
) -> None:
    window.layers.model.drop([PHOTO, "b"], 1, QModelIndex(), copies=False)
    assert order(session) == ["b", PHOTO, "a"]
    assert session.stack.count() == 1
    window.layers.model.drop(["b", PHOTO], 0, QModelIndex(), copies=False)
    assert session.stack.count() == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [(0, ["a copy", "b", "a", "mug.jpg"]), (3, ["b", "a", "mug.jpg", "a copy"]),
     (2, ["b", "a", "a copy", "mug.jpg"])],
)  # fmt: skip
def test_alt_and_a_drop_copies(
    window: MainWindow, session: EditSession, row: int, expected: list[str]
) -> None:
    window.layers.model.drop(["a"], row, QModelIndex(), copies=True)
    assert [session.document.find(i).name for i in order(session)] == expected
    assert session.stack.count() == 1


def test_a_group_is_not_dropped_into_itself(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.AddGroup("g", "g", ("a", "b")))
    session.apply(edits.AddGroup("h", "h", ("a",)))
    model, before = window.layers.model, session.document
    model.drop(["g"], -1, model.index_of("h"), copies=False)
    assert session.document is before
    assert "into itself" in window.notices.texts[-1]


# Masks, clipping, what a row shows


def test_the_chain_and_shift_on_the_mask(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.AddMask("a"))
    click(window, "a", "link")
    assert not session.document.find("a").mask.linked
    press_row(window, "a", "mask", SHIFT)
    assert not session.document.find("a").mask.enabled
    assert session.chosen == (session.active_id,)


def test_a_double_click_on_the_picture_opens_the_settings(
    window: MainWindow, session: EditSession
) -> None:
    session.apply(edits.AddAdjustmentLayer("invert", "Invert", Invert()))
    viewport = window.layers.tree.viewport()
    for name, panel in (("a", "properties"), ("invert", "adjust")):
        where = place(window, name, "thumbnail")
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where)
        assert session.active_id == name
        assert window.side.open_id == panel


def test_a_double_click_on_a_texts_picture_types_in_it_on_the_canvas(
    window: MainWindow, session: EditSession
) -> None:
    content = content_of(Text("Mug", size=40))
    session.apply(edits.AddTextLayer("text", "Text", content.text, content.extent, 9, 9))
    where = place(window, "text", "thumbnail")
    QTest.mouseDClick(window.layers.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.side.open_id == "properties"
    assert window.tools.tool_id == "text"
    assert window.view is not None
    tool = window.view.tool("text")
    assert isinstance(tool, TextTool)
    assert tool.is_typing
    field = window.view.canvas.findChild(TypingField)
    assert field is not None
    QTest.keyClicks(field, "Cup")
    tool.end()
    after = session.document.find("text")
    assert after is not None
    assert isinstance(after.content, TextContent)
    assert after.content.text.text == "Cup"


def test_what_a_row_shows_is_seen(window: MainWindow, session: EditSession) -> None:
    """Clipping, effects, a mask and a lock each change the row's pixels, nothing else does."""
    tree, model = window.layers.tree, window.layers.model
    session.activate(PHOTO)
    tree.scrollTo(model.index_of("a"))

    def row() -> object:
        return tree.viewport().grab(tree.visualRect(model.index_of("a"))).toImage()

    seen = [row()]
    for edit in (
        edits.SetClip("a", True),
        edits.SetEffects("a", (Glow(),)),
        edits.AddMask("a"),
        edits.LinkMask("a", False),
        edits.EnableMask("a", False),
        edits.SetLock("a", "position", True),
        edits.SetVisible("a", False),
        edits.SetOpacity("a", 0.5),
    ):
        session.apply(edit)
        assert row() not in seen, edit
        seen.append(row())
    assert row() == seen[-1]
