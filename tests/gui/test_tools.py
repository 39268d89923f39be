# SPDX-License-Identifier: Apache-2.0
"""Tools, worked by real mouse, pen and key events on a canvas.

Over 400 lines: every tool is tried in the same way, by the events that are made here.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.layer import Colour, Layer, Mask
from prodedit.core.paint.stroke import SIZE_MAX, Brush
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import apply_theme
from prodedit.gui.tools import TOOLS, make_tools
from prodedit.gui.tools.brush_tool import next_size
from prodedit.gui.tools.click_select import ClickSelect
from prodedit.gui.tools.eyedropper import Eyedropper
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.tool import Pointer, translated

SIZE = Size(800, 600)
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Desk:
    """Takes tasks and does nothing."""

    def submit(self, order: Order) -> None:
        pass

    def cancel(self, job_id: str) -> None:
        pass


class Bench:
    """A canvas at 100 % whose corner is the document's, so that places are the same in both."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.session = canvas, canvas.session
        self.tools = make_tools(canvas.session, canvas)
        self.problems: list[Problem] = []
        canvas.refused.connect(self.problems.append)
        canvas.session.failed.connect(self.problems.append)

    def choose(self, name: str) -> object:
        self.canvas.set_tool(self.tools[name])
        return self.tools[name]

    def drag(self, *places: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(places[0], modifiers)
        for place in places[1:]:
            self.move(place, modifiers)
        self.release(places[-1], modifiers)

    def press(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas, LEFT, modifiers, QPoint(*place))

    def release(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas, LEFT, modifiers, QPoint(*place))

    def move(self, place: tuple[int, int], modifiers: Qt.KeyboardModifier = NONE) -> None:
        tool = self.canvas.tool
        assert tool is not None
        at = Point(*place)
        # QTest moves the mouse without modifiers.
        if modifiers == NONE:
            QTest.mouseMove(self.canvas, QPoint(*place))
        else:
            tool.move(Pointer(self.canvas.viewport.to_document(at), at, modifiers))
        QApplication.processEvents()

    @property
    def layer(self) -> Layer:
        layer = self.session.document.find(PHOTO)
        assert layer is not None
        return layer

    @property
    def alpha(self) -> np.ndarray:
        assert self.layer.mask is not None
        return self.layer.mask.alpha.to_array()

    @property
    def steps(self) -> int:
        return self.session.stack.count()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    apply_theme(qapp, "dark")
    pixels = np.full((600, 800, 4), 255, np.uint8)
    pixels[:, :400] = (30, 20, 200, 255)
    document = from_photo(Tiles.from_array(pixels), "photo")
    canvas = Canvas(EditSession(document, "photo", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    canvas.one_to_one()
    assert canvas.viewport.corner == (0, 0)
    yield Bench(canvas)
    assert not any(tool.is_busy for tool in canvas.findChildren(MaskBrush))


def brushing(bench: Bench, restores: bool, size: float = 40) -> MaskBrush:
    brush = bench.choose("mask-brush")
    assert isinstance(brush, MaskBrush)
    brush.set_brush(Brush(size, 1.0, 1.0))
    brush.set_restores(restores)
    return brush


def hide_all(bench: Bench) -> None:
    bench.session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.empty(SIZE, 1)})


# The table


def test_the_table_is_complete_and_keys_are_unique() -> None:
    assert list(TOOLS) == [tool.id for tool in TOOLS.values()]
    shortcuts = [tool.shortcut for tool in TOOLS.values()]
    assert set(shortcuts) == {*"VMLWCBESJOGTUPIHRZ"}
    for tool in TOOLS.values():
        assert tool.title
        assert tool.hint
        assert translated(tool.title)


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_has_a_cursor_and_survives_every_kind_of_event(bench: Bench, name: str) -> None:
    tool = bench.tools[name]
    bench.canvas.set_tool(tool)
    assert tool.cursor is not None
    before = bench.session.document
    bench.press((50, 50))
    bench.move((60, 60))
    tool.cancel()
    bench.release((60, 60))
    bench.move((70, 70))
    bench.canvas.grab()
    bench.canvas.set_tool(bench.tools["hand"])
    assert bench.session.shown is bench.session.document is before


# The mask brush


def test_a_stroke_is_one_undo_step_and_paints_where_the_mouse_was(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.drag((100, 100), (200, 100), (300, 150))
    assert bench.steps == 2
    assert bench.alpha[100, 100] == bench.alpha[100, 200] == bench.alpha[150, 300] == 255
    assert bench.alpha[400, 400] == 0
    bench.session.undo()
    assert not bench.alpha.any()


def test_the_stroke_shows_while_it_is_made_and_is_committed_at_release(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.press((100, 100))
    bench.move((150, 100))
    shown = bench.session.shown.find(PHOTO)
    assert shown is not None
    assert shown.mask is not None
    assert shown.mask.alpha.to_array()[100, 130] == 255
    assert not bench.alpha.any()
    bench.release((150, 100))
    assert bench.alpha[100, 130] == 255
    assert bench.session.shown is bench.session.document


def test_the_committed_picture_is_the_previewed_one(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.press((100, 100))
    bench.move((150, 100))
    previewed = bench.session.shown.find(PHOTO)
    bench.release((150, 100))
    assert previewed is not None
    assert previewed.mask is not None
    assert (previewed.mask.alpha.to_array() == bench.alpha).all()


def test_x_swaps_and_alt_is_the_other_for_once(bench: Bench) -> None:
    hide_all(bench)
    brush = brushing(bench, restores=True)
    bench.drag((100, 100), (400, 100))
    QTest.keyClick(bench.canvas, Qt.Key.Key_X)
    assert not brush.restores
    bench.drag((200, 100), (210, 100))
    assert (bench.alpha[100, 105], bench.alpha[100, 205]) == (255, 0)
    bench.drag((200, 100), (210, 100), modifiers=ALT)
    assert bench.alpha[100, 205] == 255
    assert not brush.restores


def test_a_stroke_that_changes_nothing_leaves_no_step(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=False)
    bench.drag((100, 100), (200, 100))
    assert bench.steps == 1
    assert bench.session.shown is bench.session.document


def test_the_first_stroke_makes_a_mask(bench: Bench) -> None:
    brushing(bench, restores=False)
    bench.drag((100, 100), (200, 100))
    assert bench.alpha[100, 150] == 0
    assert bench.alpha[300, 300] == 255
    bench.session.undo()
    assert bench.layer.mask is None


def test_escape_drops_the_stroke(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.press((100, 100))
    bench.move((150, 100))
    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)
    assert bench.session.shown is bench.session.document
    bench.move((300, 300))
    bench.release((300, 300))
    assert not bench.alpha.any()
    assert bench.steps == 1


def test_a_release_that_went_elsewhere_ends_the_stroke_at_the_next_move(bench: Bench) -> None:
    hide_all(bench)
    brush = brushing(bench, restores=True)
    bench.press((100, 100))
    place = QPointF(200, 100)
    up = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, bench.canvas.mapToGlobal(place), up, up, NONE)
    QApplication.sendEvent(bench.canvas, event)
    assert not brush.is_busy
    assert bench.steps == 2
    QTest.mouseRelease(bench.canvas, LEFT, NONE, QPoint(200, 100))


def test_another_tool_in_the_middle_of_a_stroke_drops_it(bench: Bench) -> None:
    hide_all(bench)
    brush = brushing(bench, restores=True)
    bench.press((100, 100))
    bench.move((150, 100))
    bench.choose("move")
    assert not brush.is_busy
    bench.release((150, 100))
    assert not bench.alpha.any()
    assert bench.session.shown is bench.session.document


def test_undo_in_the_middle_of_a_stroke_ends_it(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.press((100, 100))
    bench.move((150, 100))
    bench.session.undo()
    bench.move((200, 100))
    bench.release((200, 100))
    assert bench.layer.mask is None
    assert bench.session.shown is bench.session.document


def test_shift_click_draws_a_straight_line_from_the_last_stroke(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True)
    bench.drag((100, 100), (110, 100))
    bench.drag((500, 300), modifiers=SHIFT)
    assert bench.alpha[200, 305] == 255
    assert bench.alpha[200, 400] == 0


def test_keys_change_the_brush(bench: Bench, qtbot: QtBot) -> None:
    brush = brushing(bench, restores=True, size=40)
    with qtbot.waitSignal(brush.settings_changed):
        QTest.keyClick(bench.canvas, Qt.Key.Key_BracketRight)
    assert brush.brush.size == 45
    QTest.keyClick(bench.canvas, Qt.Key.Key_BracketLeft)
    assert brush.brush.size == 40
    QTest.keyClick(bench.canvas, Qt.Key.Key_BraceLeft, SHIFT)
    assert brush.brush.hardness == 0.9
    QTest.keyClick(bench.canvas, Qt.Key.Key_BracketRight, SHIFT)
    assert brush.brush.hardness == 1.0
    for key, opacity in ((Qt.Key.Key_3, 0.3), (Qt.Key.Key_0, 1.0)):
        QTest.keyClick(bench.canvas, key)
        assert brush.brush.opacity == opacity


def test_brush_sizes_go_from_one_end_to_the_other_and_back() -> None:
    size, sizes = 1.0, [1.0]
    while size < SIZE_MAX:
        size = next_size(size, larger=True)
        sizes.append(size)
    assert len(sizes) < 60
    for expected in reversed(sizes[:-1]):
        size = next_size(size, larger=False)
        assert size == expected
    assert next_size(1.0, larger=False) == 1.0


def test_a_brush_beyond_its_limits_gets_the_limits(bench: Bench) -> None:
    brush = brushing(bench, restores=True)
    brush.set_brush(Brush(1e9, 7.0, -1.0))
    assert brush.brush == Brush(SIZE_MAX, 1.0, 0.01)


def pen(
    bench: Bench,
    kind: QEvent.Type,
    at: tuple[int, int],
    pressure: float,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> QTabletEvent:
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, tip,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 3,
    )  # fmt: skip
    place = QPointF(*at)
    pressed = kind == QEvent.Type.TabletPress
    moving = kind == QEvent.Type.TabletMove
    event = QTabletEvent(
        kind, device, place, bench.canvas.mapToGlobal(place), pressure, 0.0, 0.0, 0.0, 0.0, 0.0,
        NONE, Qt.MouseButton.NoButton if moving else LEFT,
        LEFT if pressed or moving else Qt.MouseButton.NoButton,
    )  # fmt: skip
    QApplication.sendEvent(bench.canvas, event)
    return event


def test_a_pen_paints_thinner_when_pressed_less(bench: Bench) -> None:
    hide_all(bench)
    brushing(bench, restores=True, size=60)
    widths = []
    for row, pressure in ((100, 0.1), (300, 1.0)):
        events = [
            pen(bench, QEvent.Type.TabletPress, (100, row), pressure),
            pen(bench, QEvent.Type.TabletMove, (300, row), pressure),
            pen(bench, QEvent.Type.TabletRelease, (300, row), pressure),
        ]
        assert all(event.isAccepted() for event in events)
        widths.append(np.count_nonzero(bench.alpha[:, 200] > 127) - sum(widths))
    assert widths[0] < 30
    assert 55 <= widths[1] <= 65


def test_the_pens_other_end_erases(bench: Bench) -> None:
    brushing(bench, restores=True)
    eraser = QPointingDevice.PointerType.Eraser
    for kind in (QEvent.Type.TabletPress, QEvent.Type.TabletRelease):
        pen(bench, kind, (100, 100), 1.0, eraser)
    assert bench.alpha[100, 100] == 0


def test_the_foreground_can_be_computed_anew_where_it_was_painted(bench: Bench) -> None:
    foreground = Tiles.from_array(np.full((600, 800, 4), 255, np.uint8))
    inputs = {"alpha": Tiles.empty(SIZE, 1), "foreground": foreground}
    bench.session.apply(edits.SetMask(PHOTO), inputs)
    brush = brushing(bench, restores=True)
    asked: list[Rect] = []

    def recolour(layer: Layer, mask: Mask, rect: Rect) -> Tiles | None:
        asked.append(rect)
        assert mask.foreground is not None
        return mask.foreground.paste(np.full((2, 2, 4), 9, np.uint8), 100, 100)

    brush.recolour = recolour
    bench.drag((100, 100), (120, 100))
    assert asked == [Rect(0, 0, 256, 256)]
    assert bench.layer.mask is not None
    assert bench.layer.mask.foreground is not None
    colours = bench.layer.mask.foreground.to_array()
    assert (colours[100, 100] == 9).all()
    assert not colours[100, 110].any()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (edits.SetVisible(PHOTO, False), "layer-hidden"),
        (edits.EnableMask(PHOTO, False), "mask-off"),
    ],
)
def test_where_it_cannot_paint_it_says_why(bench: Bench, change: edits.Edit, code: str) -> None:
    hide_all(bench)
    bench.session.apply(change)
    brushing(bench, restores=True)
    bench.drag((100, 100), (200, 100))
    assert [problem.code for problem in bench.problems] == [code]
    assert str(bench.problems[0])
    assert bench.steps == 2


def test_the_ring_is_as_large_as_the_brush_and_can_be_seen_on_any_colour(bench: Bench) -> None:
    brushing(bench, restores=True, size=100)
    bench.canvas.settle()
    plain = bench.canvas.grab().toImage()
    for middle in ((200, 300), (600, 300)):
        bench.move(middle)
        bench.canvas.settle()
        ringed = bench.canvas.grab().toImage()
        edge = [ringed.pixelColor(middle[0] + 50 + d, middle[1]).lightness() for d in range(-2, 3)]
        assert max(edge) - min(edge) > 100
        away = QPoint(middle[0] + 70, middle[1])
        assert ringed.pixelColor(away) == plain.pixelColor(away)


# The others


def test_move_drags_by_whole_pixels_in_one_step(bench: Bench) -> None:
    bench.choose("move")
    bench.drag((100, 100), (110, 105), (137, 80))
    assert bench.steps == 1
    assert bench.layer.transform[4:] == (37, -20)
    bench.session.undo()
    assert bench.layer.transform[4:] == (0, 0)


def test_move_at_another_zoom_follows_the_pointer(bench: Bench) -> None:
    bench.canvas.set_viewport(bench.canvas.viewport.zoom_to(3.0))
    bench.choose("move")
    bench.drag((100, 100), (130, 160))
    assert bench.layer.transform[4:] == (10, 20)


def test_move_with_shift_stays_straight(bench: Bench) -> None:
    move = bench.choose("move")
    bench.press((100, 100))
    bench.move((150, 108), SHIFT)
    at = Point(150, 108)
    move.release(Pointer(at, at, SHIFT))  # type: ignore[attr-defined]
    assert bench.layer.transform[4:] == (50, 0)


def test_a_move_back_to_the_start_leaves_no_step(bench: Bench) -> None:
    bench.choose("move")
    bench.drag((100, 100), (150, 150), (100, 100))
    assert bench.steps == 0
    assert bench.session.shown is bench.session.document


def test_arrows_nudge(bench: Bench) -> None:
    bench.choose("move")
    QTest.keyClick(bench.canvas, Qt.Key.Key_Right)
    QTest.keyClick(bench.canvas, Qt.Key.Key_Up, SHIFT)
    assert bench.layer.transform[4:] == (1, -10)


def test_a_locked_layer_does_not_move_and_says_why(bench: Bench) -> None:
    bench.session.apply(edits.SetLock(PHOTO, "position", True))
    bench.choose("move")
    bench.drag((100, 100), (150, 150))
    assert {problem.code for problem in bench.problems} == {"layer-locked"}
    assert len(bench.problems) == 1
    assert bench.layer.transform[4:] == (0, 0)


@pytest.mark.parametrize(("modifiers", "add"), [(NONE, True), (ALT, False)])
def test_click_select_tells_the_pixel(
    bench: Bench, qtbot: QtBot, modifiers: Qt.KeyboardModifier, add: bool
) -> None:
    tool = bench.choose("click-select")
    assert isinstance(tool, ClickSelect)
    with qtbot.waitSignal(tool.clicked) as told:
        bench.drag((123, 45), modifiers=modifiers)
    assert told.args == [Point(123, 45), add]


def test_click_select_outside_of_the_picture_tells_nothing(bench: Bench) -> None:
    tool = bench.choose("click-select")
    assert isinstance(tool, ClickSelect)
    told: list[object] = []
    tool.clicked.connect(lambda *args: told.append(args))
    bench.canvas.pan(300, 0)
    bench.drag((20, 300))
    assert not told


def test_seeds_show_until_another_tool_is_chosen(bench: Bench) -> None:
    tool = bench.choose("click-select")
    assert isinstance(tool, ClickSelect)
    bench.canvas.settle()
    plain = bench.canvas.grab().toImage()
    tool.show_seeds(((Point(200, 200), True), (Point(600, 200), False)))
    marked = bench.canvas.grab().toImage()
    for x in (206, 606):
        assert marked.pixelColor(x, 203) != plain.pixelColor(x, 203)
    bench.choose("hand")
    assert bench.canvas.grab().toImage() == plain


def test_the_eyedropper_takes_what_is_seen(bench: Bench, qtbot: QtBot) -> None:
    tool = bench.choose("eyedropper")
    assert isinstance(tool, Eyedropper)
    with qtbot.waitSignal(tool.picked) as told:
        bench.drag((600, 100), (100, 100))
    assert told.args == [Colour(200, 20, 30)]


def test_the_eyedropper_takes_nothing_from_nothing(bench: Bench) -> None:
    tool = bench.choose("eyedropper")
    assert isinstance(tool, Eyedropper)
    hide_all(bench)
    told: list[object] = []
    tool.picked.connect(told.append)
    bench.drag((100, 100))
    assert not told


def test_hand_moves_the_view_only(bench: Bench) -> None:
    bench.choose("hand")
    bench.drag((100, 100), (130, 90))
    assert bench.canvas.viewport.corner == (30, -10)
    assert bench.steps == 0


def test_zoom_clicks_in_and_out_and_fills_the_view_with_a_frame(bench: Bench) -> None:
    bench.choose("zoom")
    bench.drag((100, 100))
    assert bench.canvas.viewport.zoom == 1.5
    bench.drag((100, 100), modifiers=ALT)
    assert bench.canvas.viewport.zoom == 1.0
    bench.drag((100, 100), (200, 200), (300, 250))
    seen = bench.canvas.viewport.visible
    frame = Rect(100, 100, 200, 150)
    assert bench.canvas.viewport.zoom > 3
    assert seen.intersect(frame) == frame


def test_a_document_without_layers_is_no_trouble(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = Canvas(EditSession(Document(SIZE), "empty", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    bench = Bench(canvas)
    for name in TOOLS:
        bench.choose(name)
        bench.drag((100, 100), (150, 150))
    assert {problem.code for problem in bench.problems} <= {"no-pixels", "no-layer"}
