# SPDX-License-Identifier: Apache-2.0
"""The canvas shows the document to the pixel, on any screen, and keeps nobody waiting.

Over 400 lines: one widget, whose tests share how its pixels are taken.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage, QInputMethodQueryEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.mask_view import MaskView
from prodedit.gui.theme import DARK, LIGHT, apply_theme
from prodedit.gui.tools import make_tools
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport
from prodedit.render.projection import Projection

SIZE = Size(700, 500)
Make = Callable[..., Canvas]


class Desk:
    """Takes tasks and does nothing."""

    def __init__(self) -> None:
        self.orders: list[Order] = []

    def submit(self, order: Order) -> None:
        self.orders.append(order)

    def cancel(self, job_id: str) -> None:
        pass


def noise(size: Size = SIZE) -> np.ndarray:
    """(h, w, 4) opaque BGRA with a different colour at every pixel."""
    pixels = np.random.default_rng(3).integers(0, 256, (size.height, size.width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def session(size: Size = SIZE) -> EditSession:
    return EditSession(from_photo(Tiles.from_array(noise(size)), "photo"), "photo", Desk())


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Make:
    apply_theme(qapp, "dark")

    def made(size: Size = SIZE, width: int = 400, height: int = 300) -> Canvas:
        canvas = Canvas(session(size))
        qtbot.addWidget(canvas)
        canvas.resize(width, height)
        canvas.show()
        canvas.settle()
        return canvas

    return made


def grabbed(canvas: Canvas) -> np.ndarray:
    """(h, w, 3) BGR as the widget paints itself."""
    canvas.settle()
    return pixels_of(canvas.grab().toImage())


def pixels_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].copy()


def test_100_percent_shows_each_pixel_of_the_document(make: Make) -> None:
    canvas = make()
    canvas.one_to_one()
    x, y = canvas.viewport.corner
    seen = canvas.viewport.visible
    expected = noise()[seen.y : seen.bottom, seen.x : seen.right, :3]
    shown = grabbed(canvas)[seen.y + y : seen.bottom + y, seen.x + x : seen.right + x]
    assert expected.shape[:2] == (300, 400)
    assert (shown == expected).all()


@pytest.mark.parametrize("zoom", [8, 16, 64])
def test_large_zooms_show_pixels_as_squares(make: Make, zoom: int) -> None:
    canvas = make()
    canvas.set_viewport(canvas.viewport.zoom_to(zoom))
    x, y = canvas.viewport.corner
    seen = canvas.viewport.visible
    large = noise()[seen.y : seen.bottom, seen.x : seen.right, :3]
    large = large.repeat(zoom, axis=0).repeat(zoom, axis=1)
    left, top = -(seen.x * zoom + x), -(seen.y * zoom + y)
    assert (grabbed(canvas) == large[top : top + 300, left : left + 400]).all()


def test_the_picture_lies_in_a_neutral_surround(make: Make) -> None:
    canvas = make()
    shown = grabbed(canvas)
    assert tuple(shown[2, 2]) == (DARK.surround.blue, DARK.surround.green, DARK.surround.red)
    assert abs(shown[150, 200].astype(int) - 128).max() < 128


@pytest.mark.parametrize("zoom", [0.3, 0.5, 1.0, 1.7, 8.0])
def test_a_picture_drawn_in_pieces_is_the_same_as_drawn_at_once(make: Make, zoom: float) -> None:
    canvas = make()
    canvas.set_viewport(canvas.viewport.zoom_to(zoom))
    whole = grabbed(canvas)
    for x, y in ((13, 7), (-40, 3), (27, -10)):
        canvas.pan(x, y)
        canvas.settle()
    canvas.buffer.invalidate(Rect(100, 100, 60, 60))
    canvas.pan(0, 0)
    canvas.settle()
    difference = np.abs(grabbed(canvas).astype(int) - whole)
    assert difference.max() <= 1


def test_an_edit_repaints_only_what_changed(make: Make) -> None:
    canvas = make()
    canvas.one_to_one()
    before = grabbed(canvas)
    alpha = np.full((500, 700), 255, np.uint8)
    alpha[250:260, 350:360] = 0
    canvas.session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    after = grabbed(canvas)
    rows, columns = np.nonzero((before != after).any(axis=2))
    x, y = canvas.viewport.corner
    assert (rows.min() - y, rows.max() - y) == (250, 259)
    assert (columns.min() - x, columns.max() - x) == (350, 359)
    hole = set(map(tuple, after[250 + y : 260 + y, 350 + x : 360 + x].reshape(-1, 3).tolist()))
    assert hole <= {(255, 255, 255), (216, 216, 216)}  # the checkerboard
    canvas.session.undo()
    assert (grabbed(canvas) == before).all()


def test_a_preview_shows_and_goes(make: Make) -> None:
    canvas = make()
    before = grabbed(canvas)
    canvas.session.preview_edit(edits.SetOpacity(PHOTO, 0.2))
    assert (grabbed(canvas) != before).any()
    canvas.session.end_preview()
    assert (grabbed(canvas) == before).all()


def test_before_shows_the_photo_while_backquote_is_held(make: Make, qtbot: QtBot) -> None:
    canvas = make()
    plain = grabbed(canvas)
    canvas.session.apply(edits.SetOpacity(PHOTO, 0.3))
    changed = grabbed(canvas)
    with qtbot.waitSignal(canvas.before_changed):
        QTest.keyPress(canvas, Qt.Key.Key_QuoteLeft)
    assert (grabbed(canvas) == plain).all()
    QTest.keyRelease(canvas, Qt.Key.Key_QuoteLeft)
    assert (grabbed(canvas) == changed).all()


def test_mask_views_change_what_shows_and_leave_the_document_alone(make: Make) -> None:
    canvas = make()
    alpha = np.zeros((500, 700), np.uint8)
    alpha[:, :350] = 255
    canvas.session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    document, plain = canvas.session.document, grabbed(canvas)
    looks = []
    for view in MaskView:
        canvas.set_mask_view(view)
        looks.append(grabbed(canvas).tobytes())
    assert len(set(looks)) == len(MaskView)
    canvas.set_mask_view(MaskView.OFF)
    assert (grabbed(canvas) == plain).all()
    assert canvas.session.document is document


def test_a_document_of_another_size_is_shown_whole(make: Make) -> None:
    canvas = make()
    canvas.session.preview(from_photo(Tiles.from_array(noise(Size(90, 1200))), "tall"))
    assert canvas.viewport.document == Size(90, 1200)
    assert canvas.viewport.is_picture_inside


def test_a_fitted_picture_stays_fitted_in_a_larger_window(make: Make) -> None:
    canvas = make(Size(3000, 2000))
    small = canvas.viewport.zoom
    canvas.resize(800, 600)
    assert canvas.viewport.zoom > small * 1.8
    assert canvas.viewport.is_picture_inside
    canvas.one_to_one()
    canvas.resize(500, 400)
    assert canvas.viewport.zoom == 1.0


def test_a_picture_fitted_by_hand_grows_and_shrinks_with_the_window(make: Make) -> None:
    canvas = make(Size(60, 40))
    canvas.fit()
    fitted = canvas.viewport.zoom
    canvas.resize(200, 150)
    assert canvas.viewport.zoom < fitted
    canvas.resize(400, 300)
    assert canvas.viewport.zoom == fitted


def test_going_back_from_before_needs_no_computing(make: Make) -> None:
    canvas = make(Size(1500, 1000))
    canvas.session.apply(edits.SetOpacity(PHOTO, 0.5))
    canvas.settle()
    for before in (True, False, True, False):
        canvas.show_before(before)
        canvas.settle()
    canvas.show_before(True)
    canvas.buffer.mend(0.0)
    assert canvas.is_settled
    canvas.show_before(False)
    canvas.buffer.mend(0.0)
    assert canvas.is_settled


def test_edits_made_while_the_mask_is_shown_show_afterwards(make: Make) -> None:
    canvas = make()
    half = np.full((500, 700), 128, np.uint8)
    canvas.session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(half)})
    canvas.settle()
    canvas.set_mask_view(MaskView.ALONE)
    canvas.settle()
    canvas.session.apply(edits.InvertMask(PHOTO))
    canvas.session.apply(edits.RemoveMask(PHOTO))
    canvas.set_mask_view(MaskView.OFF)
    canvas.one_to_one()
    seen, (x, y) = canvas.viewport.visible, canvas.viewport.corner
    expected = noise()[seen.y : seen.bottom, seen.x : seen.right, :3]
    shown = grabbed(canvas)[seen.y + y : seen.bottom + y, seen.x + x : seen.right + x]
    assert (shown == expected).all()


def test_a_small_picture_is_not_enlarged_unasked(make: Make) -> None:
    canvas = make(Size(60, 40))
    assert canvas.viewport.zoom == 1.0
    canvas.fit()
    assert canvas.viewport.zoom > 2


def test_wheel_pans_and_with_control_or_alt_zooms_to_the_cursor(make: Make, qtbot: QtBot) -> None:
    canvas = make(Size(3000, 2000))
    at = QPointF(120, 90)
    place = canvas.viewport.to_document(Point(120, 90))
    for modifier, turn in (
        (Qt.KeyboardModifier.ControlModifier, QPoint(0, 120)),
        (Qt.KeyboardModifier.AltModifier, QPoint(120, 0)),
    ):
        zoom = canvas.viewport.zoom
        with qtbot.waitSignal(canvas.zoom_changed):
            wheel(canvas, at, turn, modifier)
        assert canvas.viewport.zoom > zoom * 1.1
        now = canvas.viewport.to_document(Point(120, 90))
        assert now == pytest.approx(place, abs=1 / canvas.viewport.zoom)
    corner = canvas.viewport.corner
    wheel(canvas, at, QPoint(0, -120))
    assert (canvas.viewport.corner[0], canvas.viewport.corner[1] + 64) == corner
    wheel(canvas, at, QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.viewport.corner == (corner[0] - 64, corner[1] - 64)


def wheel(
    canvas: Canvas,
    at: QPointF,
    turn: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_view_keys(make: Make) -> None:
    canvas = make(Size(3000, 2000))
    fitted = canvas.viewport.zoom
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(canvas, Qt.Key.Key_1, control)
    assert canvas.viewport.zoom == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_Plus, control)
    assert canvas.viewport.zoom == 1.5
    QTest.keyClick(canvas, Qt.Key.Key_Minus, control)
    assert canvas.viewport.zoom == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_0, control)
    assert canvas.viewport.zoom == fitted


@pytest.mark.parametrize("how", ["space", "middle"])
def test_space_and_the_middle_button_pan_whatever_the_tool(make: Make, how: str) -> None:
    canvas = make()
    canvas.one_to_one()
    canvas.set_tool(make_tools(canvas.session, canvas)["mask-brush"])
    x, y = canvas.viewport.corner
    button = Qt.MouseButton.MiddleButton if how == "middle" else Qt.MouseButton.LeftButton
    if how == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mousePress(canvas, button, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(130, 110))
    QTest.mouseRelease(canvas, button, pos=QPoint(130, 110))
    if how == "space":
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.viewport.corner == (x + 30, y + 10)
    assert canvas.session.stack.count() == 0


def test_losing_the_focus_lets_go_of_held_keys(make: Make, qtbot: QtBot) -> None:
    canvas = make()
    QTest.keyPress(canvas, Qt.Key.Key_QuoteLeft)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert canvas.is_before
    canvas.clearFocus()
    QApplication.sendEvent(canvas, _focus_out())
    assert not canvas.is_before
    assert canvas._input.active is canvas._input._hand
    assert not canvas._input._space


def _focus_out() -> QFocusEvent:
    return QFocusEvent(QFocusEvent.Type.FocusOut)


def test_the_pointer_is_told_in_the_documents_pixels(make: Make, qtbot: QtBot) -> None:
    canvas = make()
    canvas.one_to_one()
    with qtbot.waitSignal(canvas.cursor_moved) as told:
        QTest.mouseMove(canvas, QPoint(40, 50))
    x, y = canvas.viewport.corner
    assert told.args == [Point(40 - x, 50 - y)]


def test_for_screen_readers_keyboards_and_input_methods(make: Make) -> None:
    canvas = make()
    assert canvas.accessibleName()
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(canvas, query)
    assert not query.value(Qt.InputMethodQuery.ImEnabled)


def test_a_key_nobody_wants_goes_on_to_the_window(make: Make) -> None:
    canvas = make()
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j")
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


def test_the_surround_follows_the_theme(make: Make, qapp: QApplication) -> None:
    canvas = make()
    apply_theme(qapp, "light")
    QApplication.processEvents()
    assert tuple(grabbed(canvas)[1, 1]) == LIGHT.surround[2::-1]
    apply_theme(qapp, "dark")


def test_a_drop_target_lights_up(make: Make) -> None:
    canvas = make()
    plain = grabbed(canvas)
    canvas.set_drop_target(True)
    lit = grabbed(canvas)
    canvas.set_drop_target(False)
    assert (lit[20, 200] != plain[20, 200]).any()
    assert (grabbed(canvas) == plain).all()


class Clock:
    """Time that passes only when a block is asked for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.003
        return self.now


def buffer_of(size: Size, zoom: float) -> tuple[ViewBuffer, Projection, Viewport]:
    document = Document(size, from_photo(Tiles.from_array(noise(size)), "photo").layers)
    projection = Projection(document)
    viewport = Viewport(size, Size(640, 480)).fit().zoom_to(zoom)
    return ViewBuffer(projection, viewport, DARK, Clock()), projection, viewport


@pytest.mark.parametrize("zoom", [0.2, 0.5, 1.0])
def test_work_is_cut_into_slices_and_comes_to_the_same(qapp: QApplication, zoom: float) -> None:
    size = Size(2600, 1900)
    buffer, _, _ = buffer_of(size, zoom)
    slices = 0
    while not buffer.is_done:
        buffer.mend(0.010)
        slices += 1
    assert slices > 3
    at_once, _, _ = buffer_of(size, zoom)
    at_once.mend(1e6)
    assert at_once.is_done
    assert (pixels_of(buffer.image) == pixels_of(at_once.image)).all()


@pytest.mark.parametrize("zoom", [0.23, 0.37, 0.61, 1.3, 3.7])
def test_a_smooth_picture_shows_no_seams(qapp: QApplication, zoom: float) -> None:
    size = Size(1500, 1500)
    ramp = np.arange(1500) * 250 // 1500
    pixels = np.full((1500, 1500, 4), 255, np.uint8)
    pixels[..., 0], pixels[..., 1] = ramp[:, None], ramp[None, :]
    document = from_photo(Tiles.from_array(pixels), "ramp")
    viewport = Viewport(size, Size(640, 480)).zoom_to(zoom)
    viewport = viewport.fit_rect(Rect(0, 0, 1500, 1500)).zoom_to(zoom)
    buffer = ViewBuffer(Projection(document), viewport, DARK)
    buffer.mend(1e6)
    inside = viewport.picture.intersect(Rect(0, 0, 640, 480)).inflate(-1)
    shown = pixels_of(buffer.image)[inside.y : inside.bottom, inside.x : inside.right].astype(int)
    step = 250 / 1500 / zoom + 1.5
    assert np.diff(shown[..., 0], axis=0).min() >= -1
    assert np.diff(shown[..., 0], axis=0).max() <= step
    assert np.abs(np.diff(shown[..., 1], axis=0)).max() <= 1
    assert np.diff(shown[..., 1], axis=1).max() <= step
    assert np.abs(np.diff(shown[..., 0], axis=1)).max() <= 1


def test_the_middle_of_the_view_comes_first(qapp: QApplication) -> None:
    buffer, projection, viewport = buffer_of(Size(2600, 1900), 1.0)
    buffer.mend(0.016)
    fresh = [(c, r) for c in range(11) for r in range(8) if projection.is_fresh(0, c, r)]
    middle = viewport.to_document(Point(320, 240))
    column, row = int(middle.x // 256), int(middle.y // 256)
    assert fresh
    assert all(abs(c - column) <= 1 and abs(r - row) <= 1 for c, r in fresh)


def test_the_old_picture_shows_until_the_new_one_is_computed(qapp: QApplication) -> None:
    size = Size(2600, 1900)
    buffer, projection, viewport = buffer_of(size, 1.0)
    buffer.mend(1e6)
    old = pixels_of(buffer.image)
    black = from_photo(Tiles.from_array(np.zeros_like(noise(size))), "black")
    projection.update(black, [Rect.of(size)])
    buffer.invalidate(viewport.visible)
    buffer.mend(0.0)
    assert not buffer.is_done
    assert (pixels_of(buffer.image) == old).mean() > 0.5
    buffer.mend(1e6)
    assert set(np.unique(pixels_of(buffer.image))) == {216, 255}  # the checkerboard


HIDPI = """
import sys
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from tests.gui.test_canvas import noise, pixels_of, session, SIZE
from prodedit.gui.canvas import Canvas
app = QApplication([])
window = QWidget()
layout = QVBoxLayout(window)
layout.setContentsMargins(7, 5, 3, 9)
canvas = Canvas(session())
layout.addWidget(canvas)
window.resize(263, 201)
window.show()
app.processEvents()
canvas.one_to_one()
canvas.settle()
app.processEvents()
ratio = canvas.devicePixelRatioF()
shown = pixels_of(canvas.grab().toImage())
seen, (x, y) = canvas.viewport.visible, canvas.viewport.corner
expected = noise()[seen.y : seen.bottom, seen.x : seen.right, :3]
shown = shown[seen.y + y : seen.bottom + y, seen.x + x : seen.right + x]
h, w = min(len(shown), len(expected)), min(shown.shape[1], expected.shape[1])
assert h > 150 * ratio and w > 200 * ratio, (h, w)
assert (shown[:h, :w] == expected[:h, :w]).all()
print("same", ratio)
canvas.session.deleteLater()
"""


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_100_percent_is_exact_on_screens_with_other_scale_factors(ratio: str) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen",
                   "PYTHONPATH": str(root)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", HIDPI], cwd=root, env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == f"same {float(ratio)}", done.stderr
