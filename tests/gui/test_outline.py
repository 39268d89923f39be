# SPDX-License-Identifier: Apache-2.0
"""The outline at every zoom: it lies on the edge of what is selected, and in its region."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from prodedit.core import coverage, selection
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Tiles
from prodedit.gui.outline import Seen, traced
from prodedit.gui.regions import rects_of

SIZE = Size(900, 700)


def disc() -> Tiles:
    region = coverage.ellipse(200, 150, 700, 550, Rect.of(SIZE))
    found = selection.combined(None, region, "replace", SIZE)
    assert found is not None
    return found


def window(zoom: float) -> Rect:
    return Rect.between(0, 0, SIZE.width * zoom, SIZE.height * zoom)


def points(path: QPainterPath) -> np.ndarray:
    elements = [path.elementAt(number) for number in range(path.elementCount())]
    return np.array([(element.x, element.y) for element in elements])


@pytest.mark.parametrize("zoom", [0.03, 0.11, 0.25, 0.4, 0.5, 0.77, 1.0, 1.5, 3.0])
def test_the_outline_lies_on_the_edge_at_every_zoom(zoom: float) -> None:
    outline = traced(disc(), zoom, window(zoom), Seen())
    x, y = ((points(outline.path) + 0.5) / zoom - (450, 350)).T
    off = np.abs(np.hypot(x / 250, y / 200) - 1) * 200 * zoom
    assert off.max() < 2.5  # device pixels
    box = outline.path.boundingRect()
    assert box.width() == pytest.approx(500 * zoom, abs=3)
    assert box.height() == pytest.approx(400 * zoom, abs=3)


@pytest.mark.parametrize("zoom", [0.11, 0.5, 1.0, 3.0])
def test_all_of_it_is_drawn_within_its_region(zoom: float, qapp: object) -> None:
    whole = window(zoom)
    outline = traced(disc(), zoom, whole, Seen())
    image = QImage(whole.width + 8, whole.height + 8, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    pen = QPen(QColor(255, 255, 255), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPath(outline.path)
    painter.setClipRegion(outline.region)
    painter.fillRect(image.rect(), QColor(0, 0, 0))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    assert not (rows & 0xFFFFFF).any()
    covered = sum(rect.width() * rect.height() for rect in rects_of(outline.region))
    assert covered < max(0.7 * whole.size.area, 40_000)


def test_holes_and_islands_have_their_own_lines() -> None:
    limit = Rect.of(SIZE)
    chosen = disc()
    for region, mode in (
        (coverage.rectangle(400, 300, 440, 340, limit), "subtract"),
        (coverage.rectangle(20, 20, 60, 60, limit), "add"),
    ):
        combined = selection.combined(chosen, region, mode, SIZE)
        assert combined is not None
        chosen = combined
    outline = traced(chosen, 1.0, limit, Seen())
    kinds = [outline.path.elementAt(n).isMoveTo() for n in range(outline.path.elementCount())]
    assert sum(kinds) == 3


def test_everything_is_framed_and_nothing_has_no_outline() -> None:
    whole = Rect.of(SIZE)
    framed = traced(selection.full(SIZE), 1.0, whole, Seen()).path.boundingRect()
    assert (framed.left(), framed.top()) == (0, 0)
    assert (framed.right(), framed.bottom()) == (SIZE.width - 1, SIZE.height - 1)
    nothing = traced(Tiles.empty(SIZE, 1), 1.0, whole, Seen())
    assert nothing.path.isEmpty()
    assert nothing.region.isEmpty()


def test_a_part_of_the_view_shows_the_same_as_the_whole() -> None:
    seen, chosen = Seen(), disc()
    whole = seen.window(chosen, 0.4, window(0.4), soft=True)
    part = Rect(60, 50, 150, 90)
    again = seen.window(chosen, 0.4, part, soft=True)
    assert np.abs(again.astype(int) - whole[50:140, 60:210]).max() <= 1


def test_blocks_are_reduced_once_for_each_level() -> None:
    seen, chosen = Seen(), disc()
    seen.window(chosen, 0.25, window(0.25), soft=False)
    block = chosen.blocks[1, 1]
    first = seen._reduced[block][2]
    seen.window(chosen, 0.25, window(0.25), soft=False)
    assert seen._reduced[block][2] is first
