# SPDX-License-Identifier: Apache-2.0
"""Painting beyond a layer's edge, held against the same stroke on a layer that fills the canvas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.edits.painting import begun, ground_for
from prodedit.core.geometry import IDENTITY, Point, Rect, Size, Transform
from prodedit.core.layer import Layer, Locks, Mask, PixelContent
from prodedit.core.paint import inks
from prodedit.core.paint.pixel_stroke import Touch
from prodedit.core.paint.stroke import Brush
from prodedit.core.selection import full
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective
from prodedit.render.compositor import Compositor

Pixels = NDArray[np.uint8]
CANVAS = Size(700, 600)
OWN = Size(310, 270)
PLACE = (210, 170)
RED = inks.Colouring(Colour(200, 30, 10))
BRUSH = Brush(24.0, 0.5, 0.8, 0.6)
EVERYWHERE = (
    (Touch(260, 220), Touch(300, 300)),
    (Touch(500, 300), Touch(560, 310)),
    (Touch(300, 400), Touch(310, 590), Touch(420, 700)),
    (Touch(230, 300), Touch(40, 250)),
    (Touch(300, 200), Touch(310, 3)),
    (Touch(-40, 20), Touch(690, 590)),
    (Touch(650, 40), Touch(680, 60)),
)


def noise(size: Size, seed: int = 3) -> Pixels:
    pixels = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def small(place: Transform | None = None, **changes: object) -> Document:
    """A layer in the middle of a canvas with nothing else."""
    placed = Transform(dx=PLACE[0], dy=PLACE[1]) if place is None else place
    layer = Layer("a", "a", PixelContent(Tiles.from_array(noise(OWN))), transform=placed)
    return Document(CANVAS, (replace(layer, **changes),))


def whole(before: Document) -> Document:
    """The same with a layer that fills the canvas."""
    pixels = Compositor().render(before, Rect.of(CANVAS))
    tiles = Tiles.from_array(np.ascontiguousarray(pixels))
    return before.replace_layer(
        "a", lambda layer: replace(layer, content=PixelContent(tiles), transform=IDENTITY)
    )


def stroke_of(touches: tuple[Touch, ...], ink: inks.Ink = RED) -> edits.PaintStroke:
    return edits.PaintStroke("a", BRUSH, ink, touches)


def layer_of(document: Document) -> Layer:
    return document.find("a")


def bounds_of(document: Document) -> Rect:
    layer = layer_of(document)
    assert layer.tiles is not None
    return layer.transform.map_rect(layer.tiles.bounds)


def shown(document: Document) -> Pixels:
    return np.array(Compositor().render(document, Rect.of(CANVAS)))


@pytest.mark.parametrize("touches", EVERYWHERE)
def test_the_layer_grows_to_what_was_painted_and_no_further(touches: tuple[Touch, ...]) -> None:
    before = small()
    after = edits.apply(before, stroke_of(touches))
    expected = shown(edits.apply(whole(before), stroke_of(touches)))
    np.testing.assert_array_equal(shown(after), expected)
    rows, columns = np.nonzero(expected[..., 3])
    painted = Rect.between(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert bounds_of(after) == painted.union(bounds_of(before))
    assert Rect.of(CANVAS).union(bounds_of(after)) == Rect.of(CANVAS), "clipped to the canvas"


def test_a_clone_grows_it_and_what_only_changes_pixels_does_not() -> None:
    before, touches = small(), EVERYWHERE[1]
    cloning = inks.Cloning(Point(300, 300), Point(500, 300))
    after = edits.apply(before, stroke_of(touches, cloning))
    np.testing.assert_array_equal(
        shown(after), shown(edits.apply(whole(before), stroke_of(touches, cloning)))
    )
    assert bounds_of(after).right > bounds_of(before).right
    for ink in (inks.Erasing(), inks.Dodging(), inks.Blurring(), inks.Smudging()):
        assert bounds_of(edits.apply(before, stroke_of(touches, ink))) == bounds_of(before)


@pytest.mark.parametrize("turns", range(3))
def test_pieces_and_the_whole_give_the_same_bytes(turns: int) -> None:
    """What is shown meanwhile is the layer with its paint, and changes only where it says."""
    before, touches = small(), EVERYWHERE[(3, 4, 5)[turns]]
    ground = ground_for(before, "a", RED)
    stroke, seen = begun(ground, BRUSH, RED), shown(before)
    for touch in touches:
        stroke.line_to(touch)
        now = shown(stroke.on(before))
        rects = stroke.take_changed()
        assert rects is not None
        differing = (now != seen).any(axis=2)
        for rect in rects:
            differing[rect.y : rect.bottom, rect.x : rect.right] = False
        assert not differing.any()
        seen = now
    after, again = stroke.finished(before), edits.apply(before, stroke_of(touches))
    assert after is not None
    np.testing.assert_array_equal(shown(after), seen)
    one, other = layer_of(after), layer_of(again)
    assert one.transform == other.transform
    np.testing.assert_array_equal(one.tiles.to_array(), other.tiles.to_array())


def test_a_stroke_within_the_layer_leaves_its_place_and_its_blocks() -> None:
    before = small()
    after = edits.apply(before, stroke_of((Touch(230, 190), Touch(240, 200))))
    old, new = layer_of(before), layer_of(after)
    assert new.transform == old.transform
    assert new.tiles.size == OWN
    assert [place for place, block in new.tiles.blocks.items() if block is old.tiles.blocks[place]]


def test_to_the_right_and_below_the_other_blocks_are_shared() -> None:
    before = small()
    after = edits.apply(before, stroke_of(EVERYWHERE[1]))
    assert layer_of(after).tiles.blocks[0, 0] is layer_of(before).tiles.blocks[0, 0]


@pytest.mark.parametrize(
    "place",
    [Transform(0.5, 0.0, 0.0, 0.5, 300.0, 200.0), Transform(0.8, 0.3, -0.3, 0.8, 250.5, 120.25)],
    ids=["smaller", "turned"],
)
def test_a_layer_that_is_turned_or_scaled_grows_too(place: Transform) -> None:
    before = small(place)
    after = edits.apply(before, stroke_of((Touch(60, 60), Touch(200, 90))))
    seen = shown(after)[75, 130]
    assert seen[3] > 150
    assert seen[2] > seen[0]
    far = shown(after)[300:420, 400:420].astype(int) - shown(before)[300:420, 400:420]
    assert abs(far).max() <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"mask": Mask(full(OWN))},
        {"warp": Perspective(((0, 0), (310, 10), (300, 270), (0, 260)))},
        {"locks": Locks(alpha=True)},
    ],
    ids=["mask", "bent", "locked transparency"],
)
def test_where_paint_would_not_show_it_stays_as_it_is(changes: dict[str, object]) -> None:
    before = small(**changes)
    after = edits.apply(before, stroke_of(EVERYWHERE[6]))
    assert after is before


def test_a_layer_that_shows_as_a_speck_does_not_become_a_giant() -> None:
    before = small(Transform(0.01, 0.0, 0.0, 0.01, 300.0, 200.0))
    assert edits.apply(before, stroke_of(EVERYWHERE[6])) is before
