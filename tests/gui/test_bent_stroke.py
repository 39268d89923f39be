# SPDX-License-Identifier: Apache-2.0
"""The mask brush on bent layers: what is painted lies under the pointer, as large as the ring."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, changed_rects
from prodedit.core.geometry import Point, Size, Transform, bounding
from prodedit.core.layer import Colour, Layer, Mask, PixelContent, SolidFill
from prodedit.core.paint.stroke import Brush
from prodedit.core.shape import EllipseShape
from prodedit.core.tiles import Pixels, Tiles
from prodedit.core.warp import MeshWarp, Perspective, Warp
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.mask_stroke import MaskStroke
from prodedit.render.compositor import Compositor
from prodedit.render.projection import Projection
from tests.gui.benches import Bench, new_bench
from tests.render.test_projection import level_of

SIZE = Size(600, 400)
BRUSH = Brush(size=70, hardness=1.0)


def mesh() -> MeshWarp:
    """A flag in the wind."""
    resting = MeshWarp.resting(SIZE, 3, 2)
    waved = (Point(p.x + 20, p.y + 40 * np.sin(p.x / 95)) for p in resting.points)
    return MeshWarp(3, 2, tuple(Point(float(x), float(y)) for x, y in waved))


WARPS = [
    Perspective((Point(70, 20), Point(520, 90), Point(580, 300), Point(10, 390))),
    Perspective((Point(200, 40), Point(400, 40), Point(590, 390), Point(5, 380))),
    mesh(),
]
both = pytest.mark.parametrize("warp", WARPS, ids=["corners", "road", "flag"])


def photo(warp: Warp, **fields: object) -> Layer:
    content = PixelContent(Tiles.from_array(np.full((400, 600, 4), 255, np.uint8)))
    return Layer(PHOTO, "photo", content, warp=warp, **fields)  # type: ignore[arg-type]


def shown(layer: Layer) -> Pixels:
    return Compositor().render(Document(SIZE, (layer,)))[..., 3]


def line(start: tuple[int, int], end: tuple[int, int], width: int) -> Pixels:
    drawn = np.zeros((SIZE.height, SIZE.width), np.uint8)
    cv2.line(drawn, start, end, 255, width, cv2.LINE_AA)
    return drawn


def painted(layer: Layer, *points: tuple[float, float], selection: Tiles | None = None) -> Layer:
    stroke = MaskStroke(layer, BRUSH, restores=False, selection=selection)
    for point in points:
        stroke.line_to(Point(*point))
    mask = stroke.finished(Document(SIZE, (layer,)))
    assert mask is not None
    return Layer(**{**vars(layer), "mask": mask})


@both
@pytest.mark.parametrize("place", [Transform(), Transform(0.8, 0.3, -0.3, 0.8, 120, -30)])
def test_a_line_is_erased_where_it_was_drawn(warp: Warp, place: Transform) -> None:
    layer = photo(warp, transform=place)
    before, after = shown(layer), shown(painted(layer, (220, 190), (350, 220)))
    erased = before.astype(int) - after
    wanted = line((220, 190), (350, 220), 70)
    assert before[190, 220] == 255
    assert (erased[cv2.erode(wanted, np.ones((7, 7), np.uint8)) == 255] >= 250).all()
    assert not erased[cv2.dilate(wanted, np.ones((7, 7), np.uint8)) == 0].any()


@both
def test_a_mask_that_lies_apart_is_painted_under_the_pointer(warp: Warp) -> None:
    alpha = Tiles.from_array(np.full((220, 330), 255, np.uint8))
    layer = photo(warp, mask=Mask(alpha, transform=Transform(1.8, 0, 0, 1.8, 4, 3)))
    erased = shown(layer).astype(int) - shown(painted(layer, (250, 200)))
    assert erased[200, 250] == 255
    assert erased[200, 250 - 30] > 240 < erased[200 + 30, 250]
    assert not erased[200, 250 + 40 :].any()


@both
def test_only_what_is_selected_is_painted(warp: Warp) -> None:
    selected = np.zeros((400, 600), np.uint8)
    selected[:, 260:] = 255
    layer = photo(warp)
    done = painted(layer, (250, 200), (270, 200), selection=Tiles.from_array(selected))
    erased = shown(layer).astype(int) - shown(done)
    assert not erased[:, :257].any()
    assert (erased[180:220, 264:290] >= 250).all()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with new_bench(qtbot) as bench:
        yield bench


def erasing(bench: Bench) -> None:
    bench.choose(MaskBrush)
    assert isinstance(bench.tool, MaskBrush)
    bench.tool.set_brush(BRUSH)
    bench.tool.set_restores(False)


@both
def test_what_the_canvas_mends_is_what_a_fresh_one_shows(warp: Warp) -> None:
    document = Document(SIZE, (photo(warp),))
    projection = Projection(document)
    level_of(projection, 0)
    stroke = MaskStroke(document.layers[0], BRUSH, restores=False)
    stroke.line_to(Point(150, 120))
    projection.update(stroke.on(document), changed_rects(document, stroke.on(document)))
    stroke.take_changed()
    for point in ((180, 130), (320, 240), (330, 236)):
        stroke.line_to(Point(*point))
        after = stroke.on(document)
        rects = stroke.take_changed()
        assert rects is not None
        assert bounding(rects).size.area < SIZE.area / 2
        projection.update(after, rects)
        assert (level_of(projection, 0) == Compositor().merged(after)).all()


def test_one_stroke_is_one_step(bench: Bench) -> None:
    corners = (Point(30, 10), Point(780, 60), Point(700, 590), Point(60, 540))
    bench.session.apply(edits.SetWarp(PHOTO, Perspective(corners)))
    steps = bench.session.stack.count()
    erasing(bench)
    bench.drag((200, 200), (320, 240))
    assert bench.problems == []
    assert bench.session.stack.count() == steps + 1
    assert Compositor().render(bench.session.document)[240, 320, 3] == 0
    bench.session.undo()
    assert bench.session.document.find(PHOTO).mask is None


def test_a_bent_shape_gets_its_mask_and_paint_under_the_pointer(bench: Bench) -> None:
    white = SolidFill(Colour(255, 255, 255))
    bench.session.apply(edits.AddShapeLayer("on", "Dot", EllipseShape(300, 200), white, x=80, y=80))
    corners = (Point(20, 10), Point(280, 0), Point(320, 210), Point(0, 180))
    bench.session.apply(edits.SetWarp("on", Perspective(corners)))
    bench.session.activate("on")
    erasing(bench)
    bench.drag((220, 180), (230, 180))
    assert bench.problems == []
    alone = Compositor().render(
        Document(bench.session.document.size, (bench.session.document.find("on"),))
    )[..., 3]
    assert alone[180, 225] == 0
    assert alone[180, 225 + 60] == alone[180, 225 - 60] == 255
