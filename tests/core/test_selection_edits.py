# SPDX-License-Identifier: Apache-2.0
"""Edits of the selection and of what is selected."""

import json
from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.adjust.values import Exposure
from prodedit.core.document import PHOTO, Document, changed_rects, from_photo
from prodedit.core.edits import Box
from prodedit.core.geometry import Point, Rect, Transform
from prodedit.core.layer import Colour, Layer, Locks, Mask, PixelContent, SolidFill
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles

BOX = Box(100, 50, 300, 250)


@pytest.fixture
def photo() -> Document:
    """600 x 400: a red product on green."""
    rgb = np.zeros((400, 600, 3), np.uint8)
    rgb[..., 1] = 200
    rgb[100:300, 150:450] = (220, 30, 30)
    return from_photo(tiles_from_rgb(rgb), "mug")


@pytest.fixture
def selected(photo: Document) -> Document:
    return edits.apply(photo, edits.SelectRectangle(BOX))


@pytest.fixture
def layered(photo: Document) -> Document:
    """With a blue layer at (40, 30) of which nothing is a photo."""
    pixels = np.zeros((200, 300, 4), np.uint8)
    pixels[...] = (255, 0, 0, 255)
    layer = Layer("paint", "Paint", PixelContent(Tiles.from_array(pixels)))
    return photo.insert(replace(layer, transform=Transform(dx=40, dy=30)), None, 9)


def chosen(document: Document) -> np.ndarray:
    assert document.selection is not None
    return document.selection.to_array()


def box(document: Document) -> Rect:
    where = np.argwhere(chosen(document) > 127)
    (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
    return Rect(left, top, right - left + 1, bottom - top + 1)


def layer_of(document: Document, layer_id: str) -> Layer:
    layer = document.find(layer_id)
    assert layer is not None
    return layer


def pixels_of(document: Document, layer_id: str) -> np.ndarray:
    tiles = layer_of(document, layer_id).tiles
    assert tiles is not None
    return tiles.to_array()


def alpha_of(document: Document, layer_id: str = PHOTO) -> np.ndarray:
    mask = layer_of(document, layer_id).mask
    assert mask is not None
    return mask.alpha.to_array()


ALL = [
    edits.SelectRectangle(BOX, "add", False, 2.5),
    edits.SelectEllipse(BOX),
    edits.SelectPolygon((Point(1.5, 2), Point(30, 4), Point(9, 50)), "subtract"),
    edits.SelectWand(200, 150, 12, False, PHOTO),
    edits.SelectColour(Colour(220, 30, 30), 20, PHOTO),
    edits.SelectAll(),
    edits.Deselect(),
    edits.InvertSelection(),
    edits.GrowSelection(-4),
    edits.FeatherSelection(3.5),
    edits.SmoothSelection(4),
    edits.BorderSelection(6),
    edits.MoveSelection(-7, 9),
    edits.SelectAlpha(PHOTO, "intersect"),
    edits.MaskFromSelection(PHOTO),
    edits.ClearSelected(PHOTO),
    edits.FillSelected(PHOTO, Colour(1, 2, 3)),
    edits.CopySelected(PHOTO, "copy", "Copy"),
    edits.CutSelected(PHOTO, "copy", "Copy"),
    edits.TransformSelected(PHOTO, Transform(0.8, 0.6, -0.6, 0.8, 20, 5)),
]


EXAMPLES = [*ALL, edits.SelectionFromMask("a", "add"), edits.SetSelection("subtract")]


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: type(edit).__name__)
def test_edits_survive_json_and_give_the_same_again(edit: edits.Edit, selected: Document) -> None:
    again = edits.from_json(json.loads(json.dumps(edits.to_json(edit))))
    assert again == edit
    once, twice = edits.apply(selected, edit), edits.apply(selected, again)
    assert once is not selected
    for a, b in zip(once.blocks(), twice.blocks(), strict=True):
        assert np.array_equal(a.pixels, b.pixels)
    assert edits.title(edit)


def test_a_selection_changes_nothing_that_is_seen(photo: Document, selected: Document) -> None:
    assert changed_rects(photo, selected) == ()
    assert box(selected) == Rect(100, 50, 200, 200)
    assert edits.apply(selected, edits.Deselect()).selection is None
    assert edits.apply(photo, edits.Deselect()) is photo


def test_shapes_beyond_the_canvas_select_nothing(photo: Document, selected: Document) -> None:
    off = edits.SelectRectangle(Box(700, 10, 900, 90))
    assert edits.apply(photo, off) is photo
    assert edits.apply(selected, off).selection is None


NEEDY = [
    edits.InvertSelection(),
    edits.GrowSelection(2),
    edits.FeatherSelection(2),
    edits.SmoothSelection(2),
    edits.BorderSelection(2),
    edits.MoveSelection(1, 1),
    edits.MaskFromSelection(PHOTO),
    edits.ClearSelected(PHOTO),
    edits.CopySelected(PHOTO, "x", "x"),
    edits.CutSelected(PHOTO, "x", "x"),
    edits.TransformSelected(PHOTO),
]


@pytest.mark.parametrize("edit", NEEDY, ids=lambda edit: type(edit).__name__)
def test_without_a_selection_they_say_so(edit: edits.Edit, photo: Document) -> None:
    with pytest.raises(Problem, match="Nothing is selected"):
        edits.apply(photo, edit)


def test_what_was_computed_before_is_not_computed_again(selected: Document) -> None:
    grown = edits.apply(selected, edits.GrowSelection(9)).selection
    assert grown is not None
    told = edits.apply(selected, edits.GrowSelection(9), {"found": grown})
    assert told.selection is grown


def test_what_would_leave_nothing_is_refused(selected: Document) -> None:
    everything = edits.apply(selected, edits.SelectAll())
    for document, edit in (
        (selected, edits.GrowSelection(-150)),
        (everything, edits.InvertSelection()),
        (selected, edits.MoveSelection(900, 0)),
    ):
        with pytest.raises(Problem, match="Nothing would be left"):
            edits.apply(document, edit)


def test_the_wand_finds_the_product_in_a_layer_or_in_the_picture(photo: Document) -> None:
    by_layer = edits.apply(photo, edits.SelectWand(200, 150, layer=PHOTO))
    assert box(by_layer) == Rect(150, 100, 300, 200)
    seen = {"pixels": Tiles.from_array(pixels_of(photo, PHOTO))}
    seen_all = edits.apply(photo, edits.SelectWand(200, 150), seen)
    assert np.array_equal(chosen(seen_all), chosen(by_layer))
    found = {"found": by_layer.selection or Tiles.empty(photo.size, 1)}
    assert np.array_equal(
        chosen(edits.apply(photo, edits.SelectWand(0, 0), found)), chosen(seen_all)
    )


def test_the_wand_on_a_layer_that_is_moved_and_enlarged(photo: Document) -> None:
    place = Transform(a=0.5, d=0.5, dx=100, dy=20)
    moved = photo.replace_layer(PHOTO, lambda layer: replace(layer, transform=place))
    found = edits.apply(moved, edits.SelectWand(200, 100, layer=PHOTO, smooth=False))
    assert box(found) == Rect(175, 70, 150, 100)
    assert edits.apply(moved, edits.SelectWand(500, 390, layer=PHOTO)) is moved


def test_by_colour_everywhere(photo: Document) -> None:
    green = edits.apply(photo, edits.SelectColour(Colour(0, 200, 0), 20, PHOTO))
    assert chosen(green)[0, 0] == 255
    assert chosen(green)[200, 300] == 0


def test_where_a_layer_shows_and_what_its_mask_shows(layered: Document) -> None:
    alpha = edits.apply(layered, edits.SelectAlpha("paint"))
    assert box(alpha) == Rect(40, 30, 300, 200)
    half = np.zeros((200, 300), np.uint8)
    half[:, 150:] = 255
    masked = edits.apply(layered, edits.SetMask("paint"), {"alpha": Tiles.from_array(half)})
    for edit in (edits.SelectAlpha("paint"), edits.SelectionFromMask("paint")):
        assert box(edits.apply(masked, edit)) == Rect(190, 30, 150, 200)
    with pytest.raises(Problem, match="no mask"):
        edits.apply(layered, edits.SelectionFromMask("paint"))


def test_a_mask_from_the_selection_lies_on_the_layer(layered: Document) -> None:
    document = edits.apply(layered, edits.SelectRectangle(BOX))
    masked = edits.apply(document, edits.MaskFromSelection("paint"))
    where = np.argwhere(alpha_of(masked, "paint"))
    assert where.min(axis=0).tolist() == [20, 60]
    again = edits.apply(masked, edits.SelectionFromMask("paint"))
    assert box(again) == Rect(100, 50, 200, 180)


def test_clearing_a_photo_hides_it_and_keeps_its_pixels(selected: Document) -> None:
    cleared = edits.apply(selected, edits.ClearSelected(PHOTO))
    assert layer_of(cleared, PHOTO).tiles is layer_of(selected, PHOTO).tiles
    assert np.array_equal(alpha_of(cleared), 255 - chosen(selected))


def test_clearing_a_cut_out_takes_from_its_mask(selected: Document) -> None:
    alpha = np.full((400, 600), 128, np.uint8)
    masked = edits.apply(selected, edits.SetMask(PHOTO, 0.9), {"alpha": Tiles.from_array(alpha)})
    cleared = edits.apply(masked, edits.ClearSelected(PHOTO))
    assert alpha_of(cleared)[100, 150] == 0
    assert alpha_of(cleared)[10, 10] == 128
    mask = layer_of(cleared, PHOTO).mask
    assert mask is not None
    assert mask.score == 0.9


def test_clearing_paint_clears_pixels_softly(layered: Document) -> None:
    document = edits.apply(layered, edits.SelectRectangle(Box(100, 50, 200.5, 100)))
    pixels = pixels_of(edits.apply(document, edits.ClearSelected("paint")), "paint")
    assert pixels[20:70, 60:160].max() == 0
    assert pixels[30, 160].tolist() == [127, 0, 0, 127]
    assert pixels[30, 59].tolist() == [255, 0, 0, 255]


@pytest.mark.parametrize(
    ("locks", "edit"),
    [
        (Locks(pixels=True), edits.ClearSelected("paint")),
        (Locks(pixels=True), edits.FillSelected("paint", Colour(1, 2, 3))),
        (Locks(pixels=True), edits.CutSelected("paint", "new", "New")),
        (Locks(alpha=True), edits.ClearSelected("paint")),
    ],
)
def test_locks_are_respected(layered: Document, locks: Locks, edit: edits.Edit) -> None:
    document = edits.apply(layered, edits.SelectRectangle(BOX))
    locked = document.replace_layer("paint", lambda layer: replace(layer, locks=locks))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edit)


def test_filling_fills_inside_and_with_locked_alpha_only_what_is_there(layered: Document) -> None:
    document = edits.apply(layered, edits.SelectRectangle(Box(40, 30, 140, 80)))
    half = pixels_of(document, "paint").copy()
    half[:, :50] = 0
    document = edits.apply(
        document, edits.SetPixels("paint"), {"pixels": Tiles.from_array(half).without_blank()}
    )
    red = edits.FillSelected("paint", Colour(255, 0, 0))
    filled = pixels_of(edits.apply(document, red), "paint")
    assert (filled[:50, :100] == (0, 0, 255, 255)).all()
    assert np.array_equal(filled[50:], half[50:])
    document = edits.apply(document, edits.SetLock("paint", "alpha", True))
    kept = pixels_of(edits.apply(document, red), "paint")
    assert kept[:50, :50].max() == 0
    assert (kept[:50, 50:100] == (0, 0, 255, 255)).all()


def test_without_a_selection_a_fill_fills_the_layer(layered: Document) -> None:
    filled = edits.apply(layered, edits.FillSelected("paint", Colour(255, 255, 255)))
    assert (pixels_of(filled, "paint") == 255).all()


def test_a_layer_by_copy_and_by_cut(layered: Document) -> None:
    document = edits.apply(layered, edits.SelectEllipse(Box(100, 50, 200, 150)))
    copied = edits.apply(document, edits.CopySelected("paint", "new", "New"))
    new = layer_of(copied, "new")
    assert [layer.id for layer in copied.layers] == [PHOTO, "paint", "new"]
    assert new.content_bounds(copied.size) == Rect(100, 50, 100, 100)
    assert np.array_equal(alpha_of(copied, "new"), chosen(document)[50:150, 100:200])
    assert np.array_equal(pixels_of(copied, "paint"), pixels_of(document, "paint"))
    cut = edits.apply(document, edits.CutSelected("paint", "new", "New"))
    assert pixels_of(cut, "paint")[70, 110].max() == 0
    assert np.array_equal(pixels_of(cut, "new"), pixels_of(copied, "new"))


def test_a_copy_of_where_the_layer_is_not_is_refused(layered: Document) -> None:
    document = edits.apply(layered, edits.SelectRectangle(Box(500, 300, 550, 350)))
    with pytest.raises(Problem, match="does not touch"):
        edits.apply(document, edits.CopySelected("paint", "new", "New"))


@pytest.mark.parametrize(
    "edit",
    [
        edits.AddFillLayer("new", "Fill", SolidFill(Colour(0, 0, 255))),
        edits.AddAdjustmentLayer("new", "Darker", Exposure(-1.0)),
    ],
)
def test_new_layers_over_the_canvas_keep_within_the_selection(
    photo: Document, selected: Document, edit: edits.Edit
) -> None:
    assert layer_of(edits.apply(photo, edit), "new").mask is None
    mask = layer_of(edits.apply(selected, edit), "new").mask
    assert mask is not None
    assert mask.alpha is selected.selection


def test_a_fill_layer_gets_the_selection_as_its_mask_and_no_pixels(
    photo: Document, selected: Document
) -> None:
    fill = edits.AddFillLayer("fill", "Fill", SolidFill(Colour(0, 0, 255)))
    document = replace(edits.apply(photo, fill), selection=selected.selection)
    masked = edits.apply(document, edits.MaskFromSelection("fill"))
    assert layer_of(masked, "fill").mask == Mask(selected.selection or Tiles.empty((1, 1), 1))
    with pytest.raises(Problem, match="no photo"):
        edits.apply(document, edits.ClearSelected("fill"))
    with pytest.raises(Problem, match="no layer"):
        edits.apply(document, edits.ClearSelected("gone"))
