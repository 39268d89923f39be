# SPDX-License-Identifier: Apache-2.0
"""While a stroke is being painted only what it changes is computed, and all of that is shown."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core.document import PHOTO, Document, changed_rects
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import Layer, Mask
from prodedit.core.paint.stroke import Brush
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.mask_view import MaskView
from prodedit.gui.tools import MaskBrush
from prodedit.gui.tools.mask_stroke import MaskStroke
from prodedit.render.compositor import Compositor
from prodedit.render.projection import Projection
from tests.gui.test_canvas import Desk, pixels_of
from tests.pictures import layer_of, random_bgra, random_opaque

SIZE = Size(900, 600)
PLACES = {
    "in place": Transform(),
    "whole shift": Transform(dx=37, dy=-12),
    "part of a pixel": Transform(dx=0.5, dy=0.25),
    "reduced and turned": Transform(0.3, 0.1, -0.1, 0.3, 200, 100),
    "enlarged": Transform(a=2, d=2, dx=-300, dy=-200),
}


def mask(foreground: bool = False) -> Mask:
    rng = np.random.default_rng(6)
    alpha = rng.integers(0, 256, (SIZE.height, SIZE.width), np.uint8)
    alpha[:, :450] = 255
    paint = Tiles.from_array(random_bgra(rng, *SIZE)) if foreground else None
    return Mask(Tiles.from_array(alpha), foreground=paint)


def document(transform: Transform = PLACES["in place"], cut: Mask | None = None) -> Document:
    rng = np.random.default_rng(4)
    photo = replace(layer_of(random_opaque(rng, *SIZE), PHOTO), mask=cut, transform=transform)
    others = [layer_of(random_bgra(rng, *SIZE), f"layer-{n}", opacity=0.7) for n in range(2)]
    over = layer_of(random_bgra(rng, 400, 300), "over", blend="multiply")
    return Document(SIZE, (*others, photo, over))


@pytest.mark.parametrize("cut", [None, mask(), mask(foreground=True)], ids=["no", "alpha", "paint"])
@pytest.mark.parametrize("transform", PLACES.values(), ids=PLACES)
def test_all_that_looks_different_is_told(transform: Transform, cut: Mask | None) -> None:
    before = document(transform, cut)
    layer = before.find(PHOTO)
    assert isinstance(layer, Layer)
    stroke = MaskStroke(layer, Brush(60, 0.5, 0.9), restores=False)
    projection = Projection(before)
    projection.set_active(PHOTO)
    _finest(projection)
    seen, told, changed = Compositor().merged(before), 0, 0
    for x, y in [(100, 100), (280, 130), (300, 280), (320, 290), (700, 300), (420, 520)]:
        stroke.line_to(Point(x, y))
        after = stroke.on(before)
        rects = stroke.take_changed()
        assert rects is not None
        told += sum(rect.size.area for rect in rects)
        shown = Compositor().merged(after)
        differs = (shown != seen).any(axis=2)
        changed += np.count_nonzero(differs)
        for rect in rects:
            differs[rect.y : rect.bottom, rect.x : rect.right] = False
        assert not differs.any()
        projection.update(after, rects)
        # Layers that are merged before they are laid over the rest are rounded once more.
        assert np.abs(_finest(projection).astype(int) - shown).max() <= 2
        seen = shown
    assert changed > 100
    if transform == Transform() and cut is not None:
        blocks = changed_rects(before, after)
        assert told < sum(rect.size.area for rect in blocks)


def _finest(projection: Projection) -> np.ndarray:
    """Level 0, put together."""
    whole = np.zeros((768, 1024, 4), np.uint8)
    for row in range(3):
        for column in range(4):
            block = np.array(projection.image(0, column, row).constBits(), np.uint8)
            x, y = column * 256, row * 256
            whole[y : y + 256, x : x + 256] = block.reshape(256, 256, 4)
    return whole[: SIZE.height, : SIZE.width]


@pytest.mark.parametrize("view", [MaskView.OFF, MaskView.OVERLAY, MaskView.ON_WHITE])
@pytest.mark.parametrize("zoom", [0.43, 1.0, 2.5])
def test_the_canvas_shows_the_stroke_as_if_drawn_anew(
    qtbot: QtBot, qapp: QApplication, zoom: float, view: MaskView
) -> None:
    canvas = _canvas(qtbot, document(cut=mask()), zoom, view)
    tool = MaskBrush(canvas.session, canvas)
    tool.set_brush(Brush(70, 0.4))
    tool.set_restores(False)
    canvas.set_tool(tool)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=QPoint(60, 60))
    for x, y in [(90, 80), (180, 90), (220, 200), (150, 210), (330, 250)]:
        QTest.mouseMove(canvas, QPoint(x, y))
        qapp.processEvents()
    canvas.settle()
    assert canvas.session.shown is not canvas.session.document
    anew = _canvas(qtbot, canvas.session.shown, zoom, view)
    assert np.abs(_shown(canvas).astype(int) - _shown(anew)).max() <= 2
    QTest.mouseRelease(canvas, left, pos=QPoint(330, 250))
    canvas.settle()
    assert canvas.session.stack.count() == 1
    anew = _canvas(qtbot, canvas.session.document, zoom, view)
    assert np.abs(_shown(canvas).astype(int) - _shown(anew)).max() <= 2


def test_a_preview_of_something_else_in_between_is_shown_too(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """What the stroke knows of its own changes does not hold any more."""
    canvas = _canvas(qtbot, document(cut=mask()), 1.0, MaskView.OFF)
    tool = MaskBrush(canvas.session, canvas)
    canvas.set_tool(tool)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(canvas, QPoint(90, 80))
    qapp.processEvents()
    canvas.session.preview(document(Transform(dx=50, dy=50)))
    canvas.settle()
    QTest.mouseMove(canvas, QPoint(120, 90))
    qapp.processEvents()
    canvas.settle()
    anew = _canvas(qtbot, canvas.session.shown, 1.0, MaskView.OFF)
    assert np.abs(_shown(canvas).astype(int) - _shown(anew)).max() <= 2


def _canvas(qtbot: QtBot, document: Document, zoom: float, view: MaskView) -> Canvas:
    canvas = Canvas(EditSession(document, "photo", Desk()))
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    canvas.set_mask_view(view)
    canvas.set_viewport(canvas.viewport.zoom_to(zoom))
    canvas.settle()
    return canvas


def _shown(canvas: Canvas) -> np.ndarray:
    """The picture, without the brush's ring."""
    return pixels_of(canvas.buffer.image)
