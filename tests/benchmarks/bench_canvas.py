# SPDX-License-Identifier: Apache-2.0
"""Brush, pan and zoom on a document of 24 megapixels and 10 layers, against the frame budget.

`python -m tests.benchmarks.bench_canvas` prints the rows as JSON, one a line. A sample is the time
from the event to the end of the paint that shows it; `stall` is the longest time for which one
turn of the event loop kept everything else waiting. The peer of pan and zoom draws one flat
QImage of the same size. QT_QPA_PLATFORM=offscreen measures without a window system.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from math import cos, sin
from time import perf_counter

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QApplication, QWidget

from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Point, Size
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession, Order
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import apply_theme
from prodedit.gui.tools import MaskBrush
from prodedit.gui.viewport import Viewport

SIZE = Size(6000, 4000)
VIEW = (1600, 1000)
LAYERS = 10
MODES = ("normal", "normal", "multiply", "screen", "normal", "overlay")
FRAME = 1 / 60
STEPS = 200


class NoDesk:
    """No task is handed in here."""

    def submit(self, order: Order) -> None:
        raise AssertionError(order)

    def cancel(self, job_id: str) -> None:
        raise AssertionError(job_id)


def document() -> Document:
    """The photo with a mask in the middle of ten layers, each half transparent in places."""
    layers = [_layer(number) for number in range(LAYERS)]
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    cv2.ellipse(alpha, (3000, 2000), (2000, 1500), 0, 0, 360, 255, -1)
    mask = Mask(Tiles.from_array(np.asarray(cv2.blur(alpha, (31, 31)))))
    layers[LAYERS // 2] = replace(
        layers[LAYERS // 2], id=PHOTO, mask=mask, opacity=1.0, blend="normal"
    )
    return Document(SIZE, tuple(layers))


def brush(app: QApplication, canvas: Canvas) -> dict[str, object]:
    """A recorded stroke of a 100 pixel soft brush; a sample ends when all of it is painted."""
    tool = MaskBrush(canvas.session, canvas)
    tool.set_brush(tool.brush._replace(size=100, hardness=0.2))
    tool.set_restores(False)
    canvas.set_tool(tool)
    canvas.fit()
    canvas.settle()
    app.processEvents()
    places = list(_stroke())
    _mouse(canvas, QEvent.Type.MouseButtonPress, places[0])
    shown: list[object] = []

    def note(document: Document, rects: object) -> None:
        shown.append(document)

    canvas.session.previewed.connect(note)
    samples = []
    for at in places[1:]:
        shown.clear()
        move = partial(_mouse, canvas, QEvent.Type.MouseMove, at)
        samples.append(_timed(app, canvas, move, lambda: bool(shown)))
    canvas.session.previewed.disconnect(note)
    _mouse(canvas, QEvent.Type.MouseButtonRelease, places[-1])
    app.processEvents()
    assert canvas.session.stack.count() == 1
    return _row("brush, 100 px soft, 24 megapixels, 10 layers", samples)


def pan(app: QApplication, canvas: Canvas) -> dict[str, object]:
    canvas.one_to_one()
    canvas.settle()
    app.processEvents()
    samples = []
    for step in range(STEPS):
        dx, dy = 24 * cos(step / 15), 18 * sin(step / 11)
        samples.append(_timed(app, canvas, lambda dx=dx, dy=dy: canvas.pan(dx, dy)))
    return _row("pan, 200 steps", samples)


def zoom(app: QApplication, canvas: Canvas) -> dict[str, object]:
    canvas.fit()
    canvas.settle()
    app.processEvents()
    samples = [
        _timed(app, canvas, lambda at=at: canvas.set_viewport(at)) for at in _zooms(canvas.viewport)
    ]
    return _row("zoom, 200 steps", samples)


class FlatPicture(QWidget):
    """The peer: one picture, drawn by one call."""

    def __init__(self, picture: QImage, viewport: Viewport) -> None:
        super().__init__()
        self.picture, self.viewport = picture, viewport

    def show_at(self, viewport: Viewport) -> None:
        self.viewport = viewport
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        zoom, (x, y) = self.viewport.zoom, self.viewport.corner
        painter.fillRect(self.rect(), Qt.GlobalColor.darkGray)
        painter.setTransform(QTransform(zoom, 0, 0, zoom, x, y))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.viewport.is_smooth)
        painter.drawImage(0, 0, self.picture)


def flat(app: QApplication) -> list[dict[str, object]]:
    """Pan and zoom of the peer, along the same path."""
    picture = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.darkCyan)
    start = Viewport(SIZE, Size(*VIEW))
    widget = FlatPicture(picture, start.one_to_one())
    widget.resize(*VIEW)
    widget.show()
    app.processEvents()
    pans = []
    for step in range(STEPS):
        moved = widget.viewport.pan(24 * cos(step / 15), 18 * sin(step / 11))
        pans.append(_timed(app, None, lambda moved=moved: widget.show_at(moved)))
    zooms = [_timed(app, None, lambda at=at: widget.show_at(at)) for at in _zooms(start.fit())]
    widget.close()
    return [_row("flat picture, pan", pans), _row("flat picture, zoom", zooms)]


def _zooms(viewport: Viewport) -> Iterator[Viewport]:
    """In to 400 % round a point that wanders, and out again."""
    for step in range(STEPS):
        factor = 1.03 if step < STEPS // 2 else 1 / 1.03
        viewport = viewport.zoom_at(Point(800 + 200 * sin(step / 9), 500), factor)
        yield viewport


def _timed(
    app: QApplication,
    canvas: Canvas | None,
    act: Callable[[], object],
    has_begun: Callable[[], bool] = lambda: True,
) -> tuple[float, float, float]:
    """(seconds to the first paint, to the last, longest turn of the event loop).

    `has_begun`: whether what `act` asked for has reached the canvas."""
    begin = perf_counter()
    act()
    first, last, turn, turns = 0.0, 0.0, 0.0, 0
    while turns == 0 or (canvas is not None and not (has_begun() and canvas.is_settled)):
        before = perf_counter()
        app.processEvents()
        last = perf_counter() - begin
        turn = max(turn, perf_counter() - before)
        first = first or last
        turns += 1
        assert turns < 10_000, "nothing came of it"
    if canvas is not None and turns > 1:
        app.processEvents()  # the paint that the last slice asked for
        last = perf_counter() - begin
    return first, last, turn


def _row(name: str, samples: list[tuple[float, float, float]]) -> dict[str, object]:
    first, last, turn = (np.array(column) * 1000 for column in zip(*samples, strict=True))
    return {
        "row": name,
        "first_paint_p50_ms": round(float(np.percentile(first, 50)), 2),
        "first_paint_p95_ms": round(float(np.percentile(first, 95)), 2),
        "complete_p95_ms": round(float(np.percentile(last, 95)), 2),
        "complete_max_ms": round(float(last.max()), 2),
        "stall_max_ms": round(float(turn.max()), 2),
        "samples": len(samples),
    }


def _stroke() -> Iterator[QPointF]:
    """A hand's loops at the pace of a mouse that reports 125 times a second."""
    for step in range(STEPS):
        t = step / STEPS * 12
        yield QPointF(800 + 30 * t * cos(t), 500 + 25 * t * sin(t))


def _mouse(canvas: Canvas, kind: QEvent.Type, at: QPointF) -> None:
    moving = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    up = kind == QEvent.Type.MouseButtonRelease
    held = Qt.MouseButton.NoButton if up else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier(0))
    QApplication.sendEvent(canvas, event)


def _layer(number: int) -> Layer:
    """Smooth colours with detail, transparent outside of a disc from the second layer on."""
    small = np.random.default_rng(number).integers(0, 255, (40, 60, 4), np.uint8)
    pixels = np.asarray(cv2.resize(small, SIZE, interpolation=cv2.INTER_CUBIC))
    if number:
        alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
        middle = (600 + 550 * number, 2000)
        cv2.circle(alpha, middle, 1800, 255, -1)
        pixels[..., 3] = alpha
        pixels[alpha == 0] = 0
    else:
        pixels[..., 3] = 255
    mode, opacity = MODES[number % len(MODES)], 0.8 if number else 1.0
    return Layer(
        f"layer-{number}", str(number), PixelContent(Tiles.from_array(pixels)), opacity, blend=mode
    )


def rows() -> list[dict[str, object]]:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    apply_theme(app, "dark")
    canvas = Canvas(EditSession(document(), "bench", NoDesk()))
    canvas.resize(*VIEW)
    canvas.show()
    begin = perf_counter()
    while not canvas.is_settled:
        app.processEvents()
    opened = {"row": "first complete view", "ms": round((perf_counter() - begin) * 1000)}
    result = [opened, brush(app, canvas), pan(app, canvas), zoom(app, canvas), *flat(app)]
    canvas.close()
    return result


if __name__ == "__main__":
    for row in rows():
        print(json.dumps(row))
