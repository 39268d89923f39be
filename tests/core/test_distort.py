# SPDX-License-Identifier: Apache-2.0
"""Several layers mapped in perspective together."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import GroupContent, Layer, Locks, PixelContent
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective

SIZE = Size(400, 300)
BOX = (Point(100, 100), Point(300, 100), Point(300, 200), Point(100, 200))
SLANTED = (Point(80, 90), Point(310, 120), Point(290, 190), Point(120, 240))


def pixels(name: str, x: int) -> Layer:
    tiles = Tiles.from_array(np.full((100, 100, 4), 255, np.uint8))
    return Layer(name, name, PixelContent(tiles), transform=Transform(dx=x, dy=100))


def document() -> Document:
    group = Layer("g", "g", GroupContent((pixels("a", 100), pixels("b", 200))))
    return Document(SIZE, (group,))


def corners(layer: Layer | None) -> list[Point]:
    assert layer is not None
    assert isinstance(layer.warp, Perspective)
    return [layer.transform.map(corner) for corner in layer.warp.corners]


def test_layers_of_a_group_stay_joined_and_reach_the_corners() -> None:
    after = edits.apply(document(), edits.DistortLayers(("g", "a"), BOX, SLANTED))
    a, b = (after.find(name) for name in "ab")
    outer = [corners(a)[0], corners(b)[1], corners(b)[2], corners(a)[3]]
    assert np.allclose(outer, SLANTED, atol=0.01)
    assert np.allclose(corners(a)[1], corners(b)[0], atol=1e-6)
    assert np.allclose(corners(a)[2], corners(b)[3], atol=1e-6)


def test_it_can_be_done_backwards_and_told_as_json() -> None:
    edit = edits.DistortLayers(("g",), BOX, SLANTED)
    assert edits.from_json(edits.to_json(edit)) == edit
    there = edits.apply(document(), edit)
    back = edits.apply(there, edits.DistortLayers(("g",), SLANTED, BOX))
    assert np.allclose(corners(back.find("b")), [(200, 100), (300, 100), (300, 200), (200, 200)])


def test_far_from_the_corner_what_is_in_front_stays_in_front() -> None:
    """The horizon lies between the canvas' corner and the layer."""
    one, two, three, four = (Point(x + 20_000, y) for x, y in BOX)
    left = (Point(20_100, 120), two, three, Point(20_100, 130))
    layer = pixels("a", 20_100)
    edit = edits.DistortLayers(("a",), (one, two, three, four), left)
    after = corners(edits.apply(Document(SIZE, (layer,)), edit).find("a"))
    assert np.allclose((after[0], after[3]), (left[0], left[3]), atol=0.1)
    assert 20_101 < after[1].x < 20_299


@pytest.mark.parametrize(
    "target",
    [
        (BOX[1], BOX[0], BOX[2], BOX[3]),
        (BOX[0], BOX[1], Point(float("nan"), 3), BOX[3]),
        (BOX[0], BOX[0], BOX[0], BOX[0]),
    ],
)
def test_corners_that_cross_are_refused(target: tuple[Point, Point, Point, Point]) -> None:
    with pytest.raises(Problem, match="cross"):
        edits.apply(document(), edits.DistortLayers(("g",), BOX, target))


def test_a_locked_layer_is_refused() -> None:
    locked = Document(SIZE, (replace(pixels("a", 100), locks=Locks(position=True)),))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.DistortLayers(("a",), BOX, SLANTED))
