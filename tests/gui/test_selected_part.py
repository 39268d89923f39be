# SPDX-License-Identifier: Apache-2.0
"""Selected pixels in the real window: Ctrl+T, and dragged with Ctrl."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits, selection
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Rect
from prodedit.core.tiles import Pixels, Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import transform_preview
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.tools.transform import TransformTool
from prodedit.render.compositor import Compositor
from tests.window import close_all, noise, open_noise, opened_window, shown

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
BOX = Rect(60, 40, 80, 60)


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """A photo of 320 x 240 with 80 x 60 at (60, 40) selected."""
    session = open_noise(window)
    box = edits.Box(BOX.x, BOX.y, BOX.right, BOX.bottom)
    session.apply(edits.SelectRectangle(box))
    assert window.canvas is not None
    window.canvas.one_to_one()
    return session


def drag(
    window: MainWindow,
    start: tuple[float, float],
    end: tuple[float, float],
    modifiers: Qt.KeyboardModifier = NONE,
    tool: Tool | None = None,
) -> None:
    canvas = window.canvas
    assert canvas is not None
    tool = tool or canvas.tool
    assert tool is not None
    tool.press(pointer(window, start, modifiers))
    tool.move(pointer(window, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), modifiers))
    tool.release(pointer(window, end, modifiers))


def pointer(
    window: MainWindow, place: tuple[float, float], modifiers: Qt.KeyboardModifier
) -> Pointer:
    assert window.canvas is not None
    point = Point(*place)
    return Pointer(point, window.canvas.viewport.to_widget(point), modifiers)


def begin(window: MainWindow) -> TransformTool:
    window.actions_["transform"].trigger()
    assert window.view is not None
    return window.view.lent.transform


def canvas_of(window: MainWindow) -> Canvas:
    assert window.canvas is not None
    return window.canvas


def merged(session: EditSession) -> Pixels:
    return Compositor().merged(session.document)


def chosen(session: EditSession) -> Rect:
    assert session.document.selection is not None
    return selection.bounds(session.document.selection)


def test_ctrl_t_takes_hold_of_what_is_selected(window: MainWindow, session: EditSession) -> None:
    before, steps = session.document, session.stack.count()
    tool = begin(window)
    assert tool.pose is not None
    assert tool.pose.box == BOX
    drag(window, (80, 60), (140, 100))
    assert session.document is before
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    assert session.stack.count() == steps + 1
    assert session.stack.undoText() == "Transform"
    assert chosen(session) == BOX.translate(60, 40)
    assert np.array_equal(merged(session)[80:140, 120:200], noise()[40:100, 60:140])
    assert not merged(session)[40:80, 60:120].any()
    session.undo()
    assert session.document is before


def test_esc_leaves_all_as_it_was(window: MainWindow, session: EditSession) -> None:
    before, steps = session.document, session.stack.count()
    assert window.canvas is not None
    tool = begin(window)
    drag(window, (140, 100), (200, 160))
    assert window.canvas.selection_view.selection is None  # the box tells where it is
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Escape)
    assert session.document is before
    assert session.shown is before
    assert session.stack.count() == steps
    assert tool.pose is None
    assert window.canvas.selection_view.selection is before.selection


@pytest.mark.parametrize("mode", ["scale", "rotate", "skew", "perspective", "warp"])
def test_each_mode_shows_what_comes_of_it(
    qtbot: QtBot, window: MainWindow, session: EditSession, mode: str
) -> None:
    tool = begin(window)
    tool.set_mode(mode)  # type: ignore[arg-type]
    drag(window, (140, 100), (170, 125))
    preview = tool._preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.made is not None)
    made = preview.made
    seen = Compositor().merged(session.shown)
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    assert session.document is made  # not computed a second time
    assert np.array_equal(seen, merged(session))
    assert session.stack.undoText() == "Transform"


def test_a_mesh_that_was_not_touched_changes_nothing(
    window: MainWindow, session: EditSession
) -> None:
    before = session.document
    begin(window).set_mode("warp")
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    assert session.document is before


def test_the_small_copy_shows_the_same(
    qtbot: QtBot, window: MainWindow, session: EditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transform_preview, "_MOVING", 30_000)
    tool, canvas = begin(window), window.canvas
    preview = tool._preview
    assert preview is not None
    assert canvas is not None
    draft = preview.draft
    assert draft is not None
    assert draft.step == 2
    qtbot.waitUntil(lambda: draft.small is not None)
    assert draft.small is not None
    assert draft.small.selection is not None
    tool.press(pointer(window, (80, 60), NONE))
    tool.move(pointer(window, (160, 140), NONE))
    assert draft.is_shown
    coarse = shown(canvas).astype(float)
    tool.release(pointer(window, (160, 140), NONE))
    qtbot.waitUntil(lambda: not draft.is_shown)
    canvas.settle()
    fine = shown(canvas).astype(float)
    # Noise of its own, so it is what is gone and what is there that is alike.
    corner = canvas.viewport.to_widget(Point(60, 40))
    y, x = round(corner.y) + 8, round(corner.x) + 8
    assert np.abs(coarse[y : y + 40, x : x + 40] - fine[y : y + 40, x : x + 40]).mean() < 3
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_refusals_are_told_and_no_tool_is_lent(window: MainWindow, session: EditSession) -> None:
    session.apply(edits.AddPixelLayer("up", "Up", None, 1), {"pixels": Tiles.from_array(noise(9))})
    session.choose((PHOTO, "up"), "up")
    begin(window)
    assert "one layer at a time" in window.notices.texts[-1]
    assert window.canvas is not None
    assert not isinstance(window.canvas.tool, TransformTool)
    session.activate("up")
    session.apply(edits.SelectRectangle(edits.Box(300, 200, 310, 210)))
    begin(window)
    assert "does not touch" in window.notices.texts[-1]


@pytest.mark.parametrize("tool", ["move", "marquee", "lasso", "polygon-lasso", "wand"])
def test_dragged_with_ctrl_the_pixels_move(
    window: MainWindow, session: EditSession, tool: str
) -> None:
    window.tools.choose(tool)
    window.tools.chosen.emit(tool)
    drag(window, (100, 70), (160, 110), CONTROL)
    assert session.stack.undoText() == "Move selected pixels"
    assert chosen(session) == BOX.translate(60, 40)
    assert np.array_equal(merged(session)[80:140, 120:200], noise()[40:100, 60:140])


def test_moved_on_it_leaves_nothing_of_itself(window: MainWindow, session: EditSession) -> None:
    before, steps = session.document, session.stack.count()
    drag(window, (100, 70), (160, 70), CONTROL)
    drag(window, (160, 70), (160, 150), CONTROL)
    assert session.stack.count() == steps + 1  # as one drag would
    found = merged(session)
    assert np.array_equal(found[120:180, 120:200], noise()[40:100, 60:140])
    assert np.array_equal(found[40:100, 140:200], noise()[40:100, 140:200])
    session.undo()
    assert session.document is before


def test_after_a_transform_the_same_piece_is_moved_on(
    qtbot: QtBot, window: MainWindow, session: EditSession
) -> None:
    before = session.document
    tool = begin(window)
    assert tool.pose is not None
    tool.change(tool.pose.scaled((1, 1), Point(180, 130), keep=False, centred=False))
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    transformed, steps = session.document, session.stack.count()
    piece = merged(session)[40:130, 60:180]

    def dragged(number: int) -> None:
        qtbot.waitUntil(lambda: session.stack.count() == steps + number)

    drag(window, (120, 80), (180, 150), CONTROL)
    dragged(1)  # a step of its own
    found = merged(session)
    assert np.abs(found[110:200, 120:240].astype(int) - piece).max() <= 1
    assert np.array_equal(found[100:110, 60:300], noise()[100:110, 60:300]), "nothing is left there"
    assert not found[45:100, 65:115].any(), "where it was lifted from"
    drag(window, (180, 150), (170, 140), CONTROL)
    dragged(2)
    assert np.abs(merged(session)[100:190, 110:230].astype(int) - piece).max() <= 1
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Left, CONTROL)
    dragged(3)
    assert np.abs(merged(session)[100:190, 109:229].astype(int) - piece).max() <= 1
    session.undo()
    session.undo()
    session.undo()
    assert session.document is transformed
    session.undo()
    assert session.document is before


def test_transformed_again_it_is_the_same_piece_and_not_resampled_twice(
    qtbot: QtBot, window: MainWindow, session: EditSession
) -> None:
    before = session.document
    tool = begin(window)
    assert tool.pose is not None
    tool.change(tool.pose.scaled((1, 1), Point(180, 130), keep=False, centred=False))
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    after, steps = session.document, session.stack.count()
    tool = begin(window)
    assert tool.pose is not None
    assert tool.pose.outline[2] == Point(180, 130)
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    assert session.document is after, "nothing was done"
    tool = begin(window)
    assert tool.pose is not None
    tool.change(tool.pose.moved(60, 70))
    qtbot.waitUntil(lambda: session.shown is not session.document)
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Escape)
    assert session.shown is session.document is after
    tool = begin(window)
    assert tool.pose is not None
    tool.change(tool.pose.scaled((1, 1), Point(140, 100), keep=False, centred=False))
    tool.change(tool.pose.moved(60, 70))
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    assert session.stack.count() == steps + 1
    found = merged(session)
    assert np.array_equal(found[110:170, 120:200], noise()[40:100, 60:140]), "as it was lifted"
    assert not found[40:100, 60:110].any()
    assert chosen(session) == BOX.translate(60, 70)
    session.undo()
    assert session.document is after
    session.undo()
    assert session.document is before


def test_what_a_drag_shows_is_what_comes_of_it(
    qtbot: QtBot, window: MainWindow, session: EditSession
) -> None:
    tool = begin(window)
    assert tool.pose is not None
    tool.change(tool.pose.turned(20, Point(100, 70)))
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Return)
    steps, move = session.stack.count(), canvas_of(window).tool
    assert move is not None
    move.press(pointer(window, (100, 70), CONTROL))
    move.move(pointer(window, (180, 130), CONTROL))
    shown_then = Compositor().merged(session.shown).astype(int)
    assert session.shown is not session.document
    move.release(pointer(window, (180, 130), CONTROL))
    qtbot.waitUntil(lambda: session.stack.count() == steps + 1)
    assert np.abs(merged(session) - shown_then).mean() < 2


def test_deselected_and_selected_again_it_has_grown_together(
    window: MainWindow, session: EditSession
) -> None:
    drag(window, (100, 70), (160, 70), CONTROL)
    chosen_now = session.document.selection
    session.apply(edits.Deselect())
    assert chosen_now is not None
    session.apply(edits.SetSelection(), {"selection": chosen_now})
    drag(window, (160, 70), (160, 150), CONTROL)
    assert not merged(session)[40:100, 120:200].any()


def test_esc_during_the_second_drag_keeps_the_first(
    window: MainWindow, session: EditSession
) -> None:
    drag(window, (100, 70), (160, 70), CONTROL)
    after = session.document
    tool = window.canvas.tool if window.canvas is not None else None
    assert tool is not None
    tool.press(pointer(window, (160, 70), CONTROL))
    tool.move(pointer(window, (190, 90), CONTROL))
    assert session.shown is not after
    tool.cancel()
    assert session.document is after
    assert session.shown is after


def test_with_alt_it_is_a_copy_that_moves(window: MainWindow, session: EditSession) -> None:
    drag(window, (100, 70), (200, 70), CONTROL | ALT)
    assert np.array_equal(merged(session)[40:100, 60:140], noise()[40:100, 60:140])
    assert np.array_equal(merged(session)[40:100, 160:240], noise()[40:100, 60:140])
    drag(window, (200, 70), (200, 150), CONTROL | ALT)
    assert np.array_equal(merged(session)[40:100, 160:240], noise()[40:100, 60:140])
    assert np.array_equal(merged(session)[120:180, 160:240], noise()[40:100, 60:140])


def test_beside_the_selection_ctrl_moves_the_layer(
    window: MainWindow, session: EditSession
) -> None:
    drag(window, (20, 20), (50, 30), CONTROL)
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.transform[4:] == (30, 10)
    assert chosen(session) == BOX


def test_a_card_is_clear_while_something_is_dragged_near_it(
    window: MainWindow, session: EditSession
) -> None:
    window.tools.choose("marquee")
    window.tools.chosen.emit("marquee")
    view, canvas = window.view, window.canvas
    assert view is not None
    assert canvas is not None
    bar = view.select_options
    assert bar.isVisible()
    near = bar.geometry().center() - canvas.pos()
    far = canvas.rect().bottomLeft() + QPoint(30, -30)
    QTest.mouseMove(canvas, near + QPoint(0, 60))
    assert not bar.is_clear  # nothing is held
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=far)
    QTest.mouseMove(canvas, near)
    assert bar.is_clear
    QTest.mouseMove(canvas, far)
    assert not bar.is_clear
    QTest.mouseMove(canvas, near)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=near)
    assert not bar.is_clear


def test_the_arrows_with_ctrl_push_the_pixels(window: MainWindow, session: EditSession) -> None:
    steps = session.stack.count()
    for _ in range(3):
        QTest.keyClick(canvas_of(window), Qt.Key.Key_Right, CONTROL)
    QTest.keyClick(canvas_of(window), Qt.Key.Key_Down, CONTROL | SHIFT)
    assert chosen(session) == BOX.translate(3, 10)
    assert session.stack.count() == steps + 1
    assert np.array_equal(merged(session)[50:110, 63:143], noise()[40:100, 60:140])
    layer = session.document.find(PHOTO)
    assert layer is not None
    assert layer.transform[4:] == (0, 0)
