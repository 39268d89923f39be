# SPDX-License-Identifier: Apache-2.0
"""Ctrl+T in the real window: handles, numbers, modes, and what comes of them.

Over 400 lines: one tool in all its modes.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import Layer
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import transform_preview
from prodedit.gui.tools.tool import Pointer
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.tools.transform_grips import MODES
from prodedit.gui.transform_options import TransformOptions
from prodedit.render.compositor import Compositor
from tests.window import close_all, noise, open_noise, opened_window

KEY = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
near = pytest.approx


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow) -> Iterator[MainWindow]:
    yield shared_window
    close_all(shared_window)


class Hands:
    """Works the tool by places of the document."""

    def __init__(self, window: MainWindow) -> None:
        assert window.view is not None
        self.window, self.view, self.session = window, window.view, window.view.session
        self.tool: TransformTool = window.view.lent.transform
        self.options: TransformOptions = window.view.lent.transform_options

    def begin(self) -> None:
        self.window.actions_["transform"].trigger()
        assert self.view.canvas.tool is self.tool

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        modifiers: Qt.KeyboardModifier = NONE,
    ) -> None:
        self.tool.press(self._at(start, modifiers))
        self.tool.move(self._at(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), modifiers))
        self.tool.release(self._at(end, modifiers))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view.canvas, key, modifiers)

    @property
    def layer(self) -> Layer:
        layer = self.session.active_layer
        assert layer is not None
        return layer

    def _at(self, place: tuple[float, float], modifiers: Qt.KeyboardModifier) -> Pointer:
        point = Point(*place)
        return Pointer(point, self.view.canvas.viewport.to_widget(point), modifiers)


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    """A photo of 320 x 240, and above it a layer of 100 x 80 at (100, 50)."""
    session = open_noise(window)
    pixels = Tiles.from_array(noise(100, 80, 5))
    session.apply(edits.AddPixelLayer("up", "Up"), {"pixels": pixels})
    session.apply(edits.ShiftLayer("up", 100, 50))
    session.activate("up")
    assert window.canvas is not None
    window.canvas.one_to_one()
    return Hands(window)


def test_dragging_a_corner_keeps_proportions_and_enter_is_one_step(hands: Hands) -> None:
    before, steps = hands.session.document, hands.session.stack.count()
    hands.begin()
    hands.drag((200, 130), (250, 130))
    assert hands.session.document is before  # not done yet
    hands.drag((100, 50), (90, 50))
    hands.key(KEY.Key_Return)
    assert hands.session.stack.count() == steps + 1
    assert hands.session.stack.undoText() == "Transform"
    after = hands.layer
    assert after.transform.a == near(after.transform.d)
    assert after.tiles is not None
    assert after.tiles.size == (100, 80)
    hands.session.undo()
    assert hands.session.document is before


@pytest.mark.parametrize(
    ("start", "end", "modifiers", "expected"),
    [
        ((200, 130), (300, 170), SHIFT, Transform(2, 0, 0, 1.5, 100, 50)),
        ((200, 130), (225, 150), ALT | SHIFT, Transform(1.5, 0, 0, 1.5, 75, 30)),
        ((200, 90), (300, 95), NONE, Transform(2, 0, 0, 1, 100, 50)),
        ((150, 50), (170, 50), CONTROL | SHIFT, Transform(1, 0, -0.25, 1, 120, 50)),
        ((140, 80), (153.2, 91.6), NONE, Transform(1, 0, 0, 1, 113, 62)),
        ((250, 90), (150, 190), NONE, Transform(0, 1, -1, 0, 190, 40)),
    ],
)
def test_each_handle_does_its_own(
    hands: Hands,
    start: tuple[float, float],
    end: tuple[float, float],
    modifiers: Qt.KeyboardModifier,
    expected: Transform,
) -> None:
    hands.begin()
    hands.drag(start, end, modifiers)
    hands.key(KEY.Key_Enter)
    assert hands.layer.transform == near(expected, abs=1e-6)


def test_what_shows_is_what_comes_of_it(hands: Hands) -> None:
    hands.begin()
    hands.drag((200, 130), (240, 150))
    hands.drag((280, 20), (260, 120))
    shown = hands.session.shown
    assert shown is not hands.session.document
    hands.tool.apply()
    assert hands.session.document == shown


def test_escape_takes_everything_back(hands: Hands) -> None:
    before = hands.session.document
    hands.begin()
    hands.drag((200, 130), (240, 150))
    hands.key(KEY.Key_Escape)
    assert hands.session.shown is before
    assert hands.session.document is before
    assert hands.view.canvas.tool is hands.view.tool(hands.window.tools.tool_id)
    assert not hands.options.isVisible()


def test_escape_during_a_drag_takes_the_drag_back(hands: Hands) -> None:
    hands.begin()
    hands.drag((200, 130), (250, 170))
    pose = hands.tool.pose
    hands.tool.press(hands._at((140, 80), NONE))
    hands.tool.move(hands._at((190, 80), NONE))
    assert hands.tool.pose != pose
    hands.key(KEY.Key_Escape)
    assert hands.tool.pose == pose


def test_nothing_changed_is_no_step(hands: Hands) -> None:
    steps = hands.session.stack.count()
    hands.begin()
    hands.tool.set_mode("warp")
    hands.key(KEY.Key_Return)
    assert hands.session.stack.count() == steps
    assert hands.layer.warp is None


def test_control_and_a_corner_is_perspective(hands: Hands) -> None:
    hands.begin()
    hands.drag((200, 130), (220, 160), CONTROL)
    hands.key(KEY.Key_Return)
    warp = hands.layer.warp
    assert isinstance(warp, Perspective)
    assert warp.corners == ((0, 0), (100, 0), (120, 110), (0, 80))


def test_crossing_corners_stop_where_they_can_and_say_why(hands: Hands, qtbot: QtBot) -> None:
    hands.begin()
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.drag((200, 130), (90, 20), CONTROL)
    assert "cross" in str(failed.args[0])
    assert hands.tool.pose is not None
    hands.key(KEY.Key_Return)
    assert hands.layer.warp is None or isinstance(hands.layer.warp, Perspective)


def test_warping_drags_points_of_a_grid(hands: Hands) -> None:
    hands.begin()
    hands.tool.set_mode("warp")
    assert hands.tool.pose is not None
    second = hands.tool.pose.grid[5]
    hands.drag(second, (second.x + 12, second.y - 8))
    hands.key(KEY.Key_Return)
    warp = hands.layer.warp
    assert isinstance(warp, MeshWarp)
    assert warp.points[5] == near((100 / 3 + 12, 80 / 3 - 8))
    hands.begin()
    assert hands.tool.mode == "warp"  # it can be gone on with
    hands.key(KEY.Key_Escape)


def test_several_layers_can_be_turned_but_not_warped(hands: Hands, qtbot: QtBot) -> None:
    hands.session.choose(("up", PHOTO), "up")
    hands.begin()
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.tool.set_mode("warp")
    assert "one layer at a time" in str(failed.args[0])
    hands.tool.turn(180)
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == near(Transform(-1, 0, 0, -1, 220, 190))
    photo = hands.session.document.find(PHOTO)
    assert photo is not None
    assert photo.transform == near(Transform(-1, 0, 0, -1, 320, 240))


def test_numbers_are_live_and_linked(hands: Hands) -> None:
    hands.begin()
    fields = hands.options.fields
    assert [fields[name].value() for name in ("x", "y", "width", "height")] == [100, 50, 100, 80]
    fields["width"].setValue(200)
    assert fields["height"].value() == 160
    hands.options.linked.setChecked(False)
    hands.options.unit.setCurrentIndex(1)
    assert fields["width"].value() == 200  # percent
    fields["height"].setValue(50)
    fields["angle"].setValue(90)
    fields["x"].setValue(0)
    next(b for b in hands.options.findChildren(QPushButton) if b.text() == "Apply").click()
    after = hands.layer.transform
    assert (after.b, after.c) == near((2, -0.5))
    assert hands.layer.content_bounds(hands.session.document.size).inflate(-1).x == 0


def test_flip_and_quarter_by_buttons_and_by_the_menu(hands: Hands) -> None:
    hands.begin()
    menu = hands.options.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[:5] == list(MODES.values())
    next(a for a in menu.actions() if a.text() == "Flip left to right").trigger()
    next(a for a in menu.actions() if a.text() == "Skew").trigger()
    menu.close()
    assert hands.tool.mode == "skew"
    hands.drag((150, 130), (160, 130))
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == near(Transform(-1, 0, 0.125, 1, 200, 50))


def test_arrows_move_it(hands: Hands) -> None:
    hands.begin()
    hands.key(KEY.Key_Left)
    hands.key(KEY.Key_Down, SHIFT)
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == Transform(dx=99, dy=60)


def test_the_pivot_can_be_put_elsewhere(hands: Hands) -> None:
    hands.begin()
    hands.drag((150, 90), (120, 70))
    hands.tool.turn(90)
    hands.key(KEY.Key_Return)
    assert hands.layer.transform.map(Point(20, 20)) == near((120, 70))


def test_another_tool_keeps_what_was_done(hands: Hands) -> None:
    steps = hands.session.stack.count()
    hands.begin()
    hands.drag((140, 80), (150, 80))
    hands.window.tools.choose("hand")
    hands.window.tools.chosen.emit("hand")
    assert hands.session.stack.count() == steps + 1
    assert hands.layer.transform == Transform(dx=110, dy=50)


def test_undo_meanwhile_lets_go(hands: Hands) -> None:
    hands.begin()
    hands.drag((140, 80), (150, 80))
    hands.session.undo()
    assert hands.tool.pose is None
    assert hands.layer.transform == Transform()


def test_a_locked_layer_says_so(hands: Hands, qtbot: QtBot) -> None:
    hands.session.apply(edits.SetLock("up", "position", True))
    with qtbot.waitSignal(hands.session.failed) as failed:
        hands.window.actions_["transform"].trigger()
    assert "locked" in str(failed.args[0])
    assert hands.tool.pose is None


def test_a_snap_holds_what_is_dragged(hands: Hands) -> None:
    def to_tens(left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
        return round(left / 10) * 10 - left, round(top / 10) * 10 - top

    hands.tool.snap = to_tens
    hands.begin()
    hands.drag((140, 80), (153, 88))
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == Transform(dx=110, dy=60)


# The small copy of large pictures


def test_a_large_picture_is_dragged_as_a_small_copy(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transform_preview, "_MOVING", 20_000)
    session = open_noise(window)
    session.apply(edits.AddPixelLayer("up", "Up"), {"pixels": Tiles.from_array(noise(100, 80, 5))})
    session.activate("up")
    assert window.canvas is not None
    window.canvas.one_to_one()
    hands = Hands(window)
    hands.begin()
    preview = hands.tool._preview
    assert preview is not None
    copy = preview.draft
    assert copy is not None
    qtbot.waitUntil(lambda: copy.small is not None)
    assert copy.step == 2
    hands.tool.press(hands._at((100, 80), NONE))
    hands.tool.move(hands._at((150, 120), NONE))
    assert copy.is_shown
    assert session.shown is session.document  # the canvas computes nothing while it moves
    hands.tool.release(hands._at((150, 120), NONE))
    qtbot.waitUntil(lambda: session.shown is not session.document)
    qtbot.waitUntil(lambda: not copy.is_shown)
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == near(Transform(1.5, 0, 0, 1.5, 0, 0))


POSES: list[Callable[[Hands], None]] = [
    lambda hands: hands.tool.turn(30),
    lambda hands: hands.drag((100, 80), (130, 130), CONTROL),
]


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("act", POSES, ids=["turned", "perspective"])
def test_the_small_copy_looks_as_the_picture_will(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Hands], None],
    several: bool,
) -> None:
    monkeypatch.setattr(transform_preview, "_MOVING", 20_000)
    session = open_noise(window)
    flat = np.full((80, 100, 4), (0, 0, 255, 255), np.uint8)
    session.apply(edits.AddPixelLayer("up", "Up"), {"pixels": Tiles.from_array(flat)})
    session.apply(edits.AddPixelLayer("two", "Two"), {"pixels": Tiles.from_array(flat[:20])})
    session.choose(("up", "two") if several else ("up",), "up")
    hands = Hands(window)
    hands.begin()
    assert hands.tool._preview is not None
    copy = hands.tool._preview.draft
    assert copy is not None
    qtbot.waitUntil(lambda: copy.small is not None)
    act(hands)
    small = copy._projection
    assert small is not None
    found = Compositor().merged(small.document)
    hands.tool.apply()
    assert found.shape[:2] == (120, 160)
    assert _differs(session, small.document, found) < 0.03


def _differs(session: EditSession, small: Document, found: np.ndarray) -> float:
    """Share of pixels of which it isn't clear that both are red, or both are not."""
    whole = Compositor().merged(session.document)[::2, ::2]
    red = [(p[..., 2] == 255) & (p[..., 0] == 0) for p in (whole, found)]
    assert red[0].any()
    assert small.size == (160, 120)
    return float(np.mean(red[0] != red[1]))


def test_handles_of_the_move_tool_begin_a_transform(hands: Hands) -> None:
    hands.view.choose_tool("move")
    hands.window.actions_["transform_handles"].trigger()
    move = hands.view.tool("move")
    move.press(hands._at((200, 90), NONE))
    move.move(hands._at((250, 90), NONE))
    assert move.is_busy
    move.release(hands._at((300, 90), NONE))
    assert hands.view.canvas.tool is hands.tool
    hands.key(KEY.Key_Return)
    assert hands.layer.transform == near(Transform(2, 0, 0, 1, 100, 50))
    assert hands.view.canvas.tool is move
    move.press(hands._at((150, 70), NONE))  # between the handles it moves as ever
    move.release(hands._at((160, 70), NONE))
    assert hands.layer.transform == near(Transform(2, 0, 0, 1, 110, 50))
    hands.window.actions_["transform_handles"].trigger()
    move.press(hands._at((310, 90), NONE))
    move.move(hands._at((320, 90), NONE))
    move.release(hands._at((311, 90), NONE))
    assert hands.layer.transform == near(Transform(2, 0, 0, 1, 111, 50))
