# SPDX-License-Identifier: Apache-2.0
"""While the wheel turns the picture may be coarse; when it rests, it is as sharp as ever."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core.document import from_photo
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import DARK
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport
from prodedit.render.projection import Projection
from tests.gui.test_canvas import Desk, noise, pixels_of

SIZE = Size(2100, 1700)
VIEW = Size(640, 480)
COARSE = [0.26, 0.3, 0.37, 0.51, 0.6, 0.74]
"""Zooms that are drawn from the next level while they change."""


def ramp() -> np.ndarray:
    """Smooth colours: a coarser level of them looks the same in the same place."""
    x = np.linspace(0, 255, SIZE.width)[None, :]
    y = np.linspace(0, 255, SIZE.height)[:, None]
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    pixels[..., 0], pixels[..., 1] = x, y
    return pixels


def buffer_of(pixels: np.ndarray, zoom: float, *, hurried: bool) -> ViewBuffer:
    projection = Projection(from_photo(Tiles.from_array(pixels), "photo"))
    start = Viewport(SIZE, VIEW).fit()
    buffer = ViewBuffer(projection, start, DARK)
    buffer.mend(1e6)
    buffer.set_viewport(start.zoom_to(zoom, Point(200, 100)), hurried=hurried)
    buffer.mend(1e6)
    assert buffer.is_done
    return buffer


@pytest.mark.parametrize("zoom", COARSE)
def test_a_hurried_zoom_is_coarse_and_in_the_right_place(qapp: QApplication, zoom: float) -> None:
    sharp, coarse = (buffer_of(ramp(), zoom, hurried=hurried) for hurried in (False, True))
    assert coarse.is_coarse
    assert not sharp.is_coarse
    away = np.abs(pixels_of(coarse.image).astype(int) - pixels_of(sharp.image))
    assert away[:-4, :-4].max() <= 2  # the lower level's last pixels stand for two
    assert (_noise(coarse_of=zoom) != _noise(sharp_of=zoom)).any()


def _noise(coarse_of: float | None = None, sharp_of: float | None = None) -> np.ndarray:
    zoom = coarse_of or sharp_of
    assert zoom is not None
    return pixels_of(buffer_of(noise(SIZE), zoom, hurried=coarse_of is not None).image)


@pytest.mark.parametrize("zoom", [0.25, 0.5, 0.8, 1.0, 1.3, 8.0])
def test_zooms_that_are_quick_enough_are_never_coarse(qapp: QApplication, zoom: float) -> None:
    buffer = buffer_of(noise(SIZE), zoom, hurried=True)
    if zoom in (0.25, 0.5, 1.0):
        assert not buffer.is_coarse
    assert (pixels_of(buffer.image) == _noise(sharp_of=zoom)).all()


@pytest.mark.parametrize("zoom", COARSE)
def test_sharpened_in_bands_and_moved_meanwhile_it_is_as_if_drawn_anew(
    qapp: QApplication, zoom: float
) -> None:
    buffer = buffer_of(noise(SIZE), zoom, hurried=True)
    buffer.sharpen()
    assert not buffer.is_coarse
    assert not buffer.is_done
    buffer.mend(0.008)
    assert not buffer.is_done
    moved = buffer._viewport.pan(30, -40)
    buffer.set_viewport(moved)
    buffer.invalidate(Rect(300, 300, 500, 500))
    while not buffer.is_done:
        buffer.mend(0.008)
    anew = buffer_of(noise(SIZE), zoom, hurried=False)
    anew.set_viewport(moved)
    anew.mend(1e6)
    # Where a band begins decides how a few sums are rounded.
    assert np.abs(pixels_of(buffer.image).astype(int) - pixels_of(anew.image)).max() <= 1


def test_the_canvas_sharpens_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    session = EditSession(from_photo(Tiles.from_array(noise(SIZE)), "photo"), "photo", Desk())
    canvas = Canvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(*VIEW)
    canvas.show()
    canvas.settle()
    canvas.rest()
    canvas.set_viewport(canvas.viewport.zoom_to(0.55))
    assert not canvas.buffer.is_coarse  # a single step is drawn sharply at once
    canvas.set_viewport(canvas.viewport.zoom_to(0.6))
    assert canvas.buffer.is_coarse
    assert not canvas.is_settled
    qtbot.waitUntil(lambda: canvas.is_settled)
    qapp.processEvents()
    shown = pixels_of(canvas.buffer.image)
    canvas.buffer._new_image()
    canvas.settle()
    assert (shown == pixels_of(canvas.buffer.image)).all()
