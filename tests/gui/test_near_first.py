# SPDX-License-Identifier: Apache-2.0
"""Of a large change that is seen small, a near picture comes first, the exact one in the end."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import Document, changed_rects, from_photo
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Tiles
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import DARK, apply_theme
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport
from prodedit.render.projection import Projection
from tests.gui.test_canvas import Clock, noise, session

SIZE = Size(2600, 1900)
FADED = edits.SetOpacity("photo", 0.4)


def picture() -> Document:
    return from_photo(Tiles.from_array(noise(SIZE)), "photo")


def pixels_of(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def changed_buffer(zoom: float) -> tuple[ViewBuffer, Projection, Viewport]:
    """Settled, and then everything is another thing."""
    projection = Projection(picture())
    viewport = Viewport(SIZE, Size(640, 480)).fit().zoom_to(zoom)
    buffer = ViewBuffer(projection, viewport, DARK, Clock())
    buffer.mend(1e6)
    after = edits.apply(projection.document, FADED)
    projection.update(after, changed_rects(projection.document, after))
    buffer.invalidate(Rect.of(SIZE))
    return buffer, projection, viewport


def exact(document: Document, viewport: Viewport) -> np.ndarray:
    buffer = ViewBuffer(Projection(document), viewport, DARK)
    buffer.mend(1e6)
    return pixels_of(buffer.image)


@pytest.mark.parametrize("zoom", [0.2, 0.4])
def test_what_is_near_comes_without_level_0_and_what_is_exact_after_it(
    qapp: QApplication, zoom: float
) -> None:
    buffer, projection, viewport = changed_buffer(zoom)
    wanted = exact(projection.document, viewport)
    slices = 0
    while not buffer.is_near:
        buffer.mend(0.010, exactly=False)
        slices += 1
    assert slices > 1
    assert not buffer.is_done
    assert not any(projection.is_fresh(0, c, r) for c in range(11) for r in range(8))
    assert np.abs(pixels_of(buffer.image) - wanted).mean() < 1.0
    while not buffer.is_done:
        buffer.mend(0.010)
    assert (pixels_of(buffer.image) == wanted).all()


def test_at_100_percent_and_of_a_small_change_all_is_exact_at_once(qapp: QApplication) -> None:
    buffer, projection, viewport = changed_buffer(1.0)
    while not buffer.is_near:
        buffer.mend(0.010, exactly=False)
    assert buffer.is_done
    assert (pixels_of(buffer.image) == exact(projection.document, viewport)).all()
    buffer, projection, viewport = changed_buffer(0.2)
    buffer.mend(1e6)
    part = Rect(512, 512, 500, 500)
    projection.update(projection.document, [part])
    buffer.invalidate(part)
    buffer.mend(1e6, exactly=False)
    assert buffer.is_done


def test_the_canvas_rests_on_the_exact_picture(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "dark")
    canvas = Canvas(session(SIZE))
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    canvas.fit()
    canvas.settle()
    canvas.session.apply(FADED)
    canvas.grab()
    assert not canvas.is_settled
    qtbot.waitUntil(lambda: canvas.is_drawn)
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=30_000)
    wanted = exact(canvas.session.document, canvas.viewport)
    # Drawn in pieces, smooth scaling rounds here and there to another side.
    assert np.abs(pixels_of(canvas.grab().toImage()) - wanted).max() <= 1
