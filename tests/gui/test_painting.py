# SPDX-License-Identifier: Apache-2.0
"""Brushes on pixels, worked by real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Rect
from prodedit.core.layer import FillContent, Layer, SolidFill
from prodedit.core.paint.stroke import Brush
from prodedit.core.tiles import Tiles
from prodedit.editing.colour_pair import ColourPair
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools import (
    Bucket,
    Eraser,
    Eyedropper,
    GradientTool,
    PaintBrush,
    PaintTool,
    Tool,
)
from prodedit.gui.tools.retouching import RETOUCH_TOOLS
from prodedit.render.compositor import Compositor
from tests.gui.benches import ALT, SHIFT, SIZE, Bench, new_bench
from tests.window import notice_button, open_noise

RED = Colour(200, 30, 10)
PAINTED = [10, 30, 200, 255]
GREY = [90, 90, 90, 255]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


def painting(bench: Bench, kind: type[Tool], size: float = 40.0) -> PaintTool:
    bench.choose(kind)
    tool = bench.tool
    assert isinstance(tool, PaintTool)
    tool.set_brush(Brush(size, 1.0))
    tool.colours = ColourPair(RED, Colour(0, 0, 0))
    return tool


def pixels(bench: Bench, layer_id: str = PHOTO) -> NDArray[np.uint8]:
    layer = bench.session.shown.find(layer_id)
    assert layer is not None
    assert layer.tiles is not None
    return layer.tiles.to_array()


def new_layer(bench: Bench) -> None:
    add = edits.AddPixelLayer("new", "new")
    assert bench.session.apply(add, {"pixels": Tiles.empty(SIZE)})
    bench.session.activate("new")


def spotted(bench: Bench) -> None:
    """The photo with a red field at the right and a dark speck at the left."""
    marked = pixels(bench)
    marked[80:120, 480:520] = PAINTED
    marked[298:303, 198:203, :3] = 0
    bench.session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(marked)})


def test_a_stroke_is_one_step_and_undo_brings_the_very_bytes_back(bench: Bench) -> None:
    painting(bench, PaintBrush)
    before = bench.session.document
    bench.press((100, 100))
    bench.move((200, 100))
    assert pixels(bench)[100, 150].tolist() == PAINTED  # seen before the release
    assert bench.session.document is before
    bench.release((300, 100))
    assert bench.session.stack.count() == 1
    assert pixels(bench)[100, 280].tolist() == PAINTED
    assert pixels(bench)[300, 280].tolist() == GREY
    done = bench.session.history[0].step
    assert isinstance(done, edits.PaintStroke)
    again = edits.apply(before, done)
    layer = again.find(PHOTO)
    assert layer is not None
    assert layer.tiles is not None
    assert np.array_equal(layer.tiles.to_array(), pixels(bench))
    bench.session.undo()
    assert (pixels(bench) == GREY).all()


def test_a_layer_grows_under_the_brush_and_undo_takes_it_back(bench: Bench) -> None:
    add = edits.AddPixelLayer("piece", "piece", x=200, y=200)
    bench.session.apply(add, {"pixels": Tiles.from_array(pixels(bench)[:80, :80])})
    bench.session.activate("piece")
    painting(bench, PaintBrush)
    before = bench.session.document
    bench.press((240, 240))
    bench.move((50, 100))
    half = Compositor().render(bench.session.shown, Rect.of(SIZE))
    assert half[100, 52].tolist() == PAINTED  # seen before the release
    bench.release((50, 100))
    grown = bench.session.document.find("piece")
    place, opaque = grown.transform.map_rect(grown.tiles.bounds), grown.tiles.to_array()[..., 3]
    assert place.x < 40
    assert (place.right, place.bottom) == (280, 280)
    assert opaque[0].any()
    assert opaque[:, 0].any()
    assert np.array_equal(Compositor().render(bench.session.document, Rect.of(SIZE)), half)
    bench.session.undo()
    assert bench.session.document is before


def test_shift_and_a_click_draw_a_straight_line_from_where_the_last_one_ended(
    bench: Bench,
) -> None:
    painting(bench, PaintBrush)
    bench.drag((100, 100), (110, 100))
    bench.drag((400, 400), (400, 400), modifiers=SHIFT)
    assert pixels(bench)[250, 255].tolist() == PAINTED


def test_keys_set_size_hardness_and_opacity(bench: Bench) -> None:
    tool = painting(bench, PaintBrush)
    QTest.keyClick(bench.canvas, Qt.Key.Key_BracketRight)
    QTest.keyClick(bench.canvas, Qt.Key.Key_BracketLeft, SHIFT)
    QTest.keyClick(bench.canvas, Qt.Key.Key_5)
    assert tool.brush[:3] == (45.0, 0.9, 0.5)
    bench.click((100, 100))
    assert pixels(bench)[100, 100].tolist() == [50, 60, 145, 255]


def test_alt_takes_the_colour_and_escape_drops_the_stroke(bench: Bench) -> None:
    tool = painting(bench, PaintBrush)
    taken: list[Colour] = []
    assert isinstance(tool, PaintBrush)
    tool.picked.connect(taken.append)
    bench.drag((100, 100), (100, 100), modifiers=ALT)
    assert taken == [Colour(90, 90, 90)]
    bench.press((100, 100))
    bench.move((200, 100))
    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)
    bench.release((200, 100))
    assert (pixels(bench) == GREY).all()
    assert bench.session.stack.count() == 0


def test_a_pen_presses_and_its_other_end_erases(bench: Bench) -> None:
    painting(bench, PaintBrush)
    new_layer(bench)
    pen, eraser = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
    pen_stroke(bench, pen, 0.2)
    thin = (pixels(bench, "new")[..., 3] > 0).sum()
    bench.session.undo()
    pen_stroke(bench, pen, 1.0)
    assert (pixels(bench, "new")[..., 3] > 0).sum() > 2 * thin
    pen_stroke(bench, eraser, 1.0)
    assert not pixels(bench, "new")[100, 105:195].any()


def pen_stroke(bench: Bench, end: QPointingDevice.PointerType, pressure: float) -> None:
    device = QPointingDevice(
        "pen", 7, QPointingDevice.DeviceType.Stylus, end,
        QPointingDevice.Capability.Pressure, 1, 1, "", QPointingDeviceUniqueId(), bench.canvas,
    )  # fmt: skip
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, x, pressed in (
        (QEvent.Type.TabletPress, 100, pressure),
        (QEvent.Type.TabletMove, 200, pressure),
        (QEvent.Type.TabletRelease, 200, 0.0),
    ):
        at = QPointF(x, 100)
        button = none if kind == QEvent.Type.TabletMove else left
        held = none if kind == QEvent.Type.TabletRelease else left
        event = QTabletEvent(
            kind, device, at, QPointF(bench.canvas.mapToGlobal(at.toPoint())), pressed,
            0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, button, held,
        )  # fmt: skip
        QApplication.sendEvent(bench.canvas, event)


def test_smoothing_follows_lazily_and_ends_where_the_pointer_does(bench: Bench) -> None:
    tool = painting(bench, PaintBrush, 20.0)
    tool.set_choices(tool.choices._replace(smoothing=0.8))
    bench.press((100, 100))
    bench.move((300, 300))
    assert pixels(bench)[300, 300].tolist() == GREY
    bench.release((300, 300))
    assert pixels(bench)[300, 300].tolist() == PAINTED


def test_the_eraser_hides_the_photo_and_makes_another_layer_transparent(bench: Bench) -> None:
    painting(bench, Eraser)
    bench.drag((100, 100), (200, 100))
    photo = bench.session.document.find(PHOTO)
    assert photo is not None
    assert photo.mask is not None
    assert photo.mask.alpha.to_array()[100, 150] == 0
    assert (pixels(bench) == GREY).all()
    new_layer(bench)
    painting(bench, PaintBrush)
    bench.drag((100, 300), (200, 300))
    painting(bench, Eraser, 60.0)
    bench.drag((90, 300), (210, 300))
    assert not pixels(bench, "new").any()
    assert bench.session.document.find("new").mask is None  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", RETOUCH_TOOLS)
def test_each_retouching_brush_changes_what_it_goes_over(bench: Bench, kind: type[Tool]) -> None:
    ramp = np.zeros((SIZE.height, SIZE.width, 4), np.uint8)
    ramp[...] = np.linspace(20, 230, SIZE.width).astype(np.uint8)[None, :, None]
    ramp[::2, :, 0] //= 2
    ramp[..., 3] = 255
    bench.session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(ramp)})
    painting(bench, kind)
    bench.drag((300, 300), (400, 310))
    after = pixels(bench)
    assert not np.array_equal(after[290:320, 300:400], ramp[290:320, 300:400])
    assert np.array_equal(after[350:], ramp[350:])
    assert bench.session.stack.count() == 2


# Fill, gradient, eyedropper


def test_fill_pours_the_foreground_colour_and_with_alt_the_background(bench: Bench) -> None:
    spotted(bench)
    bench.choose(Bucket)
    tool = bench.tool
    assert isinstance(tool, Bucket)
    tool.colours = ColourPair(Colour(0, 0, 255), Colour(0, 255, 0))
    bench.click((500, 100))
    assert pixels(bench)[100, 500].tolist() == [255, 0, 0, 255]
    assert pixels(bench)[100, 100].tolist() == GREY
    bench.drag((10, 10), (10, 10), modifiers=ALT)
    assert pixels(bench)[500, 700].tolist() == [0, 255, 0, 255]
    assert bench.session.stack.count() == 3
    bench.session.undo()
    assert pixels(bench)[500, 700].tolist() == GREY
    QTest.keyClick(bench.canvas, Qt.Key.Key_5)
    assert tool.choices.pour == 0.5


def test_a_gradient_goes_along_the_line_that_was_dragged(bench: Bench) -> None:
    bench.choose(GradientTool)
    tool = bench.tool
    assert isinstance(tool, GradientTool)
    tool.colours = ColourPair(Colour(0, 0, 0), Colour(255, 255, 255))
    bench.press((100, 300))
    bench.move((300, 300))
    assert bench.canvas.grab().toImage().pixelColor(200, 100).red() in range(122, 134)
    assert (pixels(bench) == GREY).all()
    bench.release((300, 300))
    assert abs(int(pixels(bench)[100, 200, 0]) - 127) <= 2
    assert pixels(bench)[0, 0].tolist() == [0, 0, 0, 255]
    bench.drag((100, 100), (101, 100))  # a click
    bench.drag((100, 100), (300, 130), modifiers=SHIFT)
    (done,) = {one.step for one in bench.session.history[1:]}
    assert isinstance(done, edits.DrawGradient)
    assert done.end.y == 100.0
    tool.set_value("fades", True)
    tool.set_value("turned", True)
    assert tool.ends == (Colour(0, 0, 0, 0), Colour(0, 0, 0))


def test_the_eyedropper_takes_the_mean_of_a_square_of_one_layer_or_of_all(bench: Bench) -> None:
    spotted(bench)
    new_layer(bench)
    bench.choose(Eyedropper)
    tool = bench.tool
    assert isinstance(tool, Eyedropper)
    taken: list[Colour] = []
    tool.picked.connect(taken.append)
    bench.click((480, 100))
    tool.set_value("sample", 3)
    bench.click((480, 100))
    mean = [round((2 * one + 90) / 3) for one in RED[:3]]
    assert taken == [RED, Colour(*mean)]
    tool.set_value("all_layers", False)
    bench.click((480, 100))
    assert len(taken) == 2  # there is nothing on the empty layer
    bench.session.activate(PHOTO)
    bench.click((480, 100))
    assert taken[-1] == taken[-2]


# In the window


def test_the_options_follow_the_tool_and_a_layer_without_pixels_offers_a_new_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = open_noise(window)
    view = window.view
    assert view is not None
    window.tools.chosen.emit("brush")
    bar, tool = view.paint_options, view.tool("brush")
    assert isinstance(tool, PaintTool)
    assert bar.isVisible()
    number = bar.widgets["size"]
    number.setValue(77)  # type: ignore[attr-defined]
    assert tool.brush.size == 77
    tool.set_brush(tool.brush._replace(opacity=0.25))
    assert bar.widgets["opacity"].value() == 25  # type: ignore[attr-defined]
    window.tools.chosen.emit("dodge")
    assert bar.widgets["tones"].isVisible()
    assert not bar.widgets["flow"].isVisible()
    window.tools.chosen.emit("heal")
    assert not bar.widgets["aligned"].isEnabled()
    bar.widgets["finds"].setChecked(False)  # type: ignore[attr-defined]
    assert bar.widgets["aligned"].isEnabled()
    window.tools.chosen.emit("brush")
    fill = Layer("fill", "Blue", FillContent(SolidFill(Colour(0, 0, 255))))
    document = replace(session.document, layers=(*session.document.layers, fill))
    session.put(document, (), "fill")
    session.activate("fill")
    view.canvas.settle()
    at = view.canvas.viewport.to_widget(Point(50, 50))
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPointF(*at).toPoint())
    qtbot.waitUntil(lambda: any("Blue" in text for text in window.notices.texts))
    notice_button(window, "New layer").click()
    assert session.active_layer is not None
    assert session.active_layer.tiles is not None
