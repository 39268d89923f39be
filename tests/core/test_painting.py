# SPDX-License-Identifier: Apache-2.0
"""Strokes on pixels, held against plain sums over whole pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.painting import TITLES, begun, ground_of
from prodedit.core.geometry import Point, Transform
from prodedit.core.layer import FillContent, Layer, Locks, Mask, PixelContent, SolidFill
from prodedit.core.paint import inks
from prodedit.core.paint.pixel_stroke import Touch
from prodedit.core.paint.stroke import Brush, dab
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective

Pixels = NDArray[np.uint8]
RED = inks.Colouring(Colour(200, 30, 10))
BRUSH = Brush(40.0, 0.5, 1.0)
ACROSS = (Touch(60, 60), Touch(240, 90), Touch(300, 200))
EXAMPLES = [
    edits.PaintStroke("a", Brush(12.5, 0.3, 0.7, 0.4), ink, (Touch(1, 2, 0.5), Touch(3, 4)))
    for ink in (
        RED,
        inks.Erasing(),
        inks.Cloning(Point(1, 2), Point(3, 4), True),
        inks.Healing(None, Point(3, 4)),
        inks.Dodging("shadows"),
        inks.Burning("highlights"),
        inks.Sponging(False),
        inks.Blurring(),
        inks.Sharpening(),
        inks.Smudging(),
    )
]


PATCHES = [edits.LayPatch("a", -3, 4, 0.5)]


def noise(width: int = 400, height: int = 300, alpha: int = 255) -> Pixels:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = alpha
    return np.minimum(pixels, pixels[..., 3:])


def document(pixels: Pixels | None = None) -> Document:
    return from_photo(Tiles.from_array(noise() if pixels is None else pixels), "photo")


def stroked(
    before: Document,
    ink: inks.Ink,
    touches: tuple[Touch, ...] = ACROSS,
    brush: Brush = BRUSH,
    inputs: edits.Inputs = edits.NO_INPUTS,
) -> Document:
    return edits.apply(before, edits.PaintStroke(PHOTO, brush, ink, touches), inputs)


def pixels_of(seen: Document, layer_id: str = PHOTO) -> Pixels:
    layer = seen.find(layer_id)
    assert layer is not None
    assert layer.tiles is not None
    return layer.tiles.to_array()


def selecting(before: Document, coverage: Pixels) -> Document:
    return replace(before, selection=Tiles.from_array(coverage))


def with_layer(before: Document, **changes: object) -> Document:
    return before.replace_layer(PHOTO, lambda layer: replace(layer, **changes))


def test_there_is_an_example_and_a_title_of_every_ink() -> None:
    assert {type(edit.ink) for edit in EXAMPLES} == set(get_args(inks.Ink)) == set(TITLES)
    assert set(inks.INKS) == set(TITLES) - {inks.Smudging}
    assert edits.title(EXAMPLES[1]) == "Erase"


# Coverage


def test_flow_goes_its_share_of_the_way_with_each_dab_and_opacity_limits_the_stroke() -> None:
    """One dab three times in a place, by sums over the whole dab."""
    brush = Brush(21.0, 0.0, 0.6, flow=0.3, spacing=1.0)
    spot = tuple(Touch(100 + 1e-6 * step, 100) for step in range(3))
    grey = np.full((200, 200, 4), (100, 100, 100, 255), np.uint8)
    before = document(grey)
    stroke = begun(ground_of(before, PHOTO), brush, RED)
    coverage = np.zeros((200, 200))
    mask = dab(21.0, 0.0, 0.0, 0.0).astype(float)
    half = mask.shape[0] // 2
    area = coverage[100 - half : 100 + half, 100 - half : 100 + half]
    for touch in (spot[0], Touch(121.0, 100.0)):
        stroke.line_to(touch)
    area += mask * 0.3
    second = coverage[100 - half : 100 + half, 121 - half : 121 + half]
    second += np.maximum(mask - second, 0) * 0.3
    after = stroke.finished(before)
    assert after is not None
    share = coverage[..., None] / 255 * 0.6
    ink = np.array([10, 30, 200, 255])
    wanted = grey + (ink - grey) * share
    off = np.abs(pixels_of(after) - wanted)
    assert off.max() < 0.51
    assert np.abs(wanted - grey).max() > 15


def test_low_flow_builds_up_to_what_full_flow_does_at_once_and_never_over_it() -> None:
    grey = document(np.full((300, 400, 4), (90, 90, 90, 255), np.uint8))
    there = tuple(Touch(150 + 50 * (step % 2), 150) for step in range(60))
    full = pixels_of(stroked(grey, RED, there, BRUSH)).astype(int)
    low = pixels_of(stroked(grey, RED, there, BRUSH._replace(flow=0.4))).astype(int)
    once = pixels_of(stroked(grey, RED, there[:2], BRUSH._replace(flow=0.4))).astype(int)
    assert np.abs(full - low).max() <= 1
    assert (full[..., 2] - once[..., 2]).max() > 10
    assert (once[..., 2] <= full[..., 2]).all()


def test_pressure_makes_the_brush_smaller_or_weaker_as_it_is_told() -> None:
    black = document(np.zeros((300, 400, 4), np.uint8))
    touch = (Touch(150, 150, 0.5),)
    small = pixels_of(stroked(black, RED, touch, BRUSH._replace(hardness=1.0)))[..., 3]
    weak = BRUSH._replace(hardness=1.0, pressure_size=False, pressure_flow=True)
    faint = pixels_of(stroked(black, RED, touch, weak))[..., 3]
    assert small.max() == 255
    assert faint.max() == 128
    assert (small > 0).sum() < 0.5 * (faint > 0).sum()


# What is kept


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit.ink).__name__)
def test_a_stroke_in_pieces_is_the_same_and_leaves_all_else_alone(edit: edits.PaintStroke) -> None:
    before = document()
    ink = edit.ink
    if isinstance(ink, inks.Cloning):
        ink = inks.Cloning(Point(90, 200), Point(60, 60))
    stroke = begun(ground_of(before, PHOTO), BRUSH, ink)
    for touch in ACROSS:
        stroke.line_to(touch)
        stroke.on(before)
        stroke.take_changed()
    pieces = stroke.finished(before)
    assert pieces is not None
    at_once = stroked(before, ink)
    assert np.array_equal(pixels_of(pieces), pixels_of(at_once))
    changed = (pixels_of(at_once) != pixels_of(before)).any(axis=2)
    assert changed[60:70, 60:70].any()
    assert not changed[250:].any()
    assert not changed[:, :35].any()
    old, new = before.layers[0].tiles, at_once.layers[0].tiles
    assert old is not None
    assert new is not None
    assert new.blocks[0, 1] is old.blocks[0, 1]


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit.ink).__name__)
def test_nothing_changes_beyond_the_selection(edit: edits.PaintStroke) -> None:
    chosen = np.zeros((300, 400), np.uint8)
    chosen[:, 100:150] = 255
    before = selecting(document(), chosen)
    ink = edit.ink
    if isinstance(ink, inks.Cloning):
        ink = inks.Cloning(Point(90, 200), Point(60, 60))
    after = pixels_of(stroked(before, ink))
    same = (after == pixels_of(before)).all(axis=2)
    assert same[chosen == 0].all()
    assert not same[chosen > 0].all()
    none = selecting(document(), np.zeros_like(chosen))
    assert stroked(none, ink) is none


def test_half_selected_is_half_painted() -> None:
    before = document(np.full((300, 400, 4), (0, 0, 0, 255), np.uint8))
    half = selecting(before, np.full((300, 400), 128, np.uint8))
    white = inks.Colouring(Colour(255, 255, 255))
    assert pixels_of(stroked(half, white))[60, 60].tolist() == [128, 128, 128, 255]


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit.ink).__name__)
def test_locked_transparency_stays_to_the_bit(edit: edits.PaintStroke) -> None:
    soft = noise()
    soft[..., 3] = np.arange(400) * 255 // 399
    soft = np.minimum(soft, soft[..., 3:])
    locked = with_layer(document(soft), locks=Locks(alpha=True))
    after = pixels_of(stroked(locked, replace_source(edit.ink)))
    assert np.array_equal(after[..., 3], soft[..., 3])
    assert (after[..., :3] <= after[..., 3:]).all()
    assert not np.array_equal(after, soft)


def replace_source(ink: inks.Ink) -> inks.Ink:
    return inks.Cloning(Point(90, 200), Point(60, 60)) if isinstance(ink, inks.Cloning) else ink


def test_the_eraser_makes_transparent_and_leaves_colours_in_step() -> None:
    after = pixels_of(stroked(document(), inks.Erasing()))
    assert after[60, 60].tolist() == [0, 0, 0, 0]
    assert ((after[..., 3] > 0) & (after[..., 3] < 255)).any()
    assert (after[..., :3] <= after[..., 3:]).all()
    locked = with_layer(document(), locks=Locks(alpha=True))
    behind = pixels_of(stroked(locked, inks.Erasing(Colour(1, 2, 3))))
    assert behind[60, 60].tolist() == [3, 2, 1, 255]


def test_colours_made_for_a_soft_edge_go_where_it_is_painted_over() -> None:
    alpha = Tiles.from_array(np.full((300, 400), 128, np.uint8))
    foreground = Tiles.from_array(np.full((300, 400, 4), 255, np.uint8))
    before = with_layer(document(), mask=Mask(alpha, foreground=foreground))
    mask = stroked(before, RED).layers[0].mask
    assert mask is not None
    assert mask.foreground is not None
    left = mask.foreground.to_array()
    assert not left[60, 60].any()
    assert left[250, 60].all()
    assert mask.alpha is alpha


# Who is refused


def test_what_cannot_be_painted_on_says_why() -> None:
    plain = Layer("fill", "Blue", FillContent(SolidFill(Colour(0, 0, 255))))
    filled = Document(document().size, (*document().layers, plain))
    with pytest.raises(Problem, match="no pixels") as caught:
        edits.apply(filled, edits.PaintStroke("fill", BRUSH, RED, ACROSS))
    assert caught.value.code == "not-pixels"
    with pytest.raises(Problem, match="hidden"):
        stroked(with_layer(document(), visible=False), RED)
    with pytest.raises(Problem, match="locked"):
        stroked(with_layer(document(), locks=Locks(pixels=True)), RED)
    flat = with_layer(document(), transform=Transform(1, 0, 1, 0))
    with pytest.raises(Problem):
        stroked(flat, RED)
    with pytest.raises(Problem):
        stroked(document(), inks.Cloning(Point(0, 0), Point(9, 9), all_layers=True))


# Layers that lie otherwise than the canvas


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit.ink).__name__)
def test_a_moved_and_enlarged_layer_is_painted_where_the_brush_is(edit: edits.PaintStroke) -> None:
    before = with_layer(document(), transform=Transform(2, 0, 0, 2, -100, -50))
    after = stroked(before, replace_source(edit.ink), (Touch(100, 100), Touch(140, 100)))
    changed = (pixels_of(after) != pixels_of(before)).any(axis=2)
    assert changed[75, 105]
    rows, columns = np.nonzero(changed)
    assert 60 <= rows.min() <= 75 <= rows.max() <= 88
    assert 85 <= columns.min() <= 105 <= columns.max() <= 133


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit.ink).__name__)
def test_a_bent_layer_is_painted_where_the_brush_is(edit: edits.PaintStroke) -> None:
    bent = Perspective((Point(0, 0), Point(400, 0), Point(300, 300), Point(100, 300)))
    before = with_layer(document(), warp=bent)
    after = stroked(before, replace_source(edit.ink), (Touch(200, 150), Touch(220, 150)))
    changed = (pixels_of(after) != pixels_of(before)).any(axis=2)
    assert changed[90:110, 190:220].any()
    assert not changed[:60].any()
    assert not changed[150:].any()
    assert not changed[:, :150].any()


# Patches and layers


def test_a_layer_of_its_own_is_painted_into_where_it_was_empty() -> None:
    empty = Layer("new", "new", PixelContent(Tiles.empty(document().size)))
    before = Document(document().size, (*document().layers, empty))
    after = edits.apply(before, edits.PaintStroke("new", BRUSH, RED, ACROSS))
    assert pixels_of(after, "new")[60, 60].tolist() == [10, 30, 200, 255]
    layer = after.find("new")
    assert layer is not None
    assert layer.tiles is not None
    assert (1, 1) not in layer.tiles.blocks  # where nothing came to lie
    gone = edits.apply(
        after, edits.PaintStroke("new", BRUSH._replace(size=90.0), inks.Erasing(), ACROSS)
    )
    layer = gone.find("new")
    assert layer is not None
    assert layer.tiles is not None
    assert not layer.tiles.blocks


def test_a_patch_covers_as_far_as_its_share_and_its_opacity_say() -> None:
    before = document()
    white = Tiles.from_array(np.full((40, 50, 4), 255, np.uint8))
    share = np.zeros((40, 50), np.uint8)
    share[10:, :] = 255
    inputs = {"patch": white, "share": Tiles.from_array(share)}
    after = pixels_of(edits.apply(before, edits.LayPatch(PHOTO, 240, 240, 0.5), inputs))
    wanted = noise().astype(float)
    wanted[250:280, 240:290] += (255 - wanted[250:280, 240:290]) * 0.5
    assert np.abs(after - wanted).max() <= 0.5
    assert np.array_equal(after[:250], noise()[:250])
    over_the_edge = edits.apply(before, edits.LayPatch(PHOTO, -10, 280), inputs)
    assert pixels_of(over_the_edge)[295, 20].tolist() == [255] * 4
    with pytest.raises(Problem):
        edits.apply(
            before,
            edits.LayPatch(PHOTO, 0, 0),
            {**inputs, "patch": Tiles.empty(white.size._replace(width=9))},
        )
