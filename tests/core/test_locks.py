# SPDX-License-Identifier: Apache-2.0
"""What each lock of a layer keeps, and what it leaves free; the same for what lies in a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.adjust import values as adjust
from prodedit.core.document import BACKGROUND, PHOTO, Document, from_photo
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import UNLOCKED, Colour, Layer, Locks, Mask, PixelContent, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective
from prodedit.render.merging import flattened, merged, with_mask_applied
from prodedit.render.rasterise import rasterised

SIZE = Size(60, 40)
CORNERS = (Point(2, 2), Point(60, 0), Point(58, 40), Point(0, 38))
RED = SolidFill(Colour(200, 0, 0))


def pixels(alpha: int = 255) -> Tiles:
    found = np.random.default_rng(3).integers(0, 256, (40, 60, 4), np.uint8)
    found[..., 3] = alpha
    found[..., :3] = found[..., :3] // (255 // alpha)
    return Tiles.from_array(found)


def picture(locks: Locks = UNLOCKED) -> Document:
    """The photo, a painted layer with a mask in a group, a fill, an adjustment; all locked so."""
    mask = Mask(Tiles.from_array(np.full((40, 60), 200, np.uint8)))
    paint = Layer("paint", "paint", PixelContent(pixels(51)), mask=mask, locks=locks)
    document = from_photo(pixels(), "photo").insert(paint, None, 9)
    document = edits.apply(document, edits.AddFillLayer("fill", "fill", RED))
    document = edits.apply(document, edits.AddAdjustmentLayer("look", "look", adjust.Invert()))
    document = edits.apply(document, edits.AddGroup("group", "group", ("paint",)))
    for layer_id in (PHOTO, "fill", "look"):
        document = document.replace_layer(layer_id, lambda layer: replace(layer, locks=locks))
    return document


def done(document: Document, edit: edits.Edit, **inputs: Tiles) -> Document:
    return edits.apply(document, edit, inputs)


PIXELS: list[tuple[edits.Edit, dict[str, Tiles]]] = [
    (edits.RemoveLayer("paint"), {}),
    (edits.RemoveLayer("group"), {}),
    (edits.SetPixels("paint"), {"pixels": pixels()}),
    (edits.AdjustPixels("paint", adjust.Invert()), {}),
    (edits.FillSelected("paint", Colour(1, 2, 3)), {}),
    (edits.SetFill("fill", RED), {}),
    (edits.SetAdjustment("look", adjust.Blur(3)), {}),
    (edits.MergeLayers(("group", PHOTO), "m", "m"), {"pixels": pixels()}),
    (edits.ApplyMask("paint"), {"pixels": pixels()}),
]
POSITION: list[edits.Edit] = [
    edits.ShiftLayer("paint", 3, 3),
    edits.ShiftLayer("group", 3, 3),
    edits.TransformLayers(("group",), Transform(dx=4)),
    edits.SetWarp("paint", Perspective(CORNERS)),
    edits.DistortLayers(("group",), ((0, 0), (60, 0), (60, 40), (0, 40)), CORNERS),  # type: ignore[arg-type]
]
FREE: list[edits.Edit] = [
    edits.SetVisible("paint", False),
    edits.SetOpacity("paint", 0.5),
    edits.RenameLayer("paint", "name"),
    edits.SetEffects("paint", (DropShadow(),)),
    edits.RemoveMask("paint"),
    edits.InvertMask("paint"),
    edits.MoveLayer("group", None, 0),
    edits.DuplicateLayer("paint", "copy", "copy"),
    edits.CropCanvas(from_photo(pixels(), "").layers[0].tiles.bounds.inflate(-5)),  # type: ignore[union-attr]
]


@pytest.mark.parametrize(("edit", "inputs"), PIXELS, ids=lambda one: type(one).__name__)
def test_locked_pixels_stay_and_so_does_their_layer(
    edit: edits.Edit, inputs: dict[str, Tiles]
) -> None:
    with pytest.raises(Problem, match="locked") as refusal:
        done(picture(Locks(pixels=True)), edit, **inputs)
    assert refusal.value.code == "layer-locked"
    done(picture(), edit, **inputs)


@pytest.mark.parametrize("edit", POSITION, ids=lambda one: type(one).__name__)
def test_a_locked_position_stays_in_a_group_that_moves(edit: edits.Edit) -> None:
    with pytest.raises(Problem, match="“paint” is locked"):
        done(picture(Locks(position=True)), edit)
    done(picture(), edit)


@pytest.mark.parametrize("edit", FREE, ids=lambda one: type(one).__name__)
def test_what_neither_takes_pixels_nor_moves_them_is_free(edit: edits.Edit) -> None:
    locked = picture(Locks(True, True, True))
    assert done(locked, edit) != locked


def test_a_locked_background_is_not_replaced() -> None:
    document = done(picture(), edits.SetBackground(RED))
    locked = done(document, edits.SetLock(BACKGROUND, "pixels", True))
    for background in (SolidFill(Colour(0, 0, 9)), None):
        with pytest.raises(Problem, match="locked"):
            done(locked, edits.SetBackground(background))


def test_other_locks_do_not_keep_a_layer() -> None:
    assert done(picture(Locks(position=True, alpha=True)), edits.RemoveLayer("paint"))
    moved = done(picture(Locks(pixels=True)), edits.ShiftLayer("paint", 1, 1)).find("paint")
    assert moved is not None
    assert moved.transform.dx == 1


def test_flattening_takes_locked_layers_and_merging_does_not() -> None:
    locked = picture(Locks(pixels=True))
    flat = edits.apply(locked, *flattened(locked, "flat", "flat"))
    assert [layer.id for layer in flat.layers] == ["flat"]
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, *merged(locked, ["group"], "m", "m"))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, *rasterised(locked, "fill"))


@pytest.mark.parametrize(
    ("edit", "inputs"),
    [
        (edits.AdjustPixels("paint", adjust.Blur(4)), {}),
        (edits.AdjustPixels("paint", adjust.Levels(rgb=adjust.Band(20, 1.3, 230))), {}),
        (edits.SetPixels("paint"), {"pixels": pixels()}),
        (edits.FillSelected("paint", Colour(9, 200, 1)), {}),
    ],
    ids=lambda one: type(one).__name__,
)
def test_locked_alpha_takes_colour_and_keeps_its_transparency(
    edit: edits.Edit, inputs: dict[str, Tiles]
) -> None:
    document = picture(Locks(alpha=True))
    ramp = np.zeros((40, 60, 4), np.uint8)
    ramp[...] = np.linspace(0, 255, 60, dtype=np.uint8)[None, :, None]
    ramp[..., 0] //= 3
    document = document.replace_layer(
        "paint", lambda old: replace(old, content=PixelContent(Tiles.from_array(ramp)))
    )
    layer = done(document, edit, **inputs).find("paint")
    assert layer is not None
    assert layer.tiles is not None
    after = layer.tiles.to_array()
    assert (after[..., 3] == ramp[..., 3]).all()
    assert (after[..., :3] <= after[..., 3:]).all()
    assert (after[..., :3] != ramp[..., :3]).any()


def test_a_mask_is_not_applied_to_locked_alpha() -> None:
    document = picture(Locks(alpha=True))
    with pytest.raises(Problem, match="transparency"):
        edits.apply(document, *with_mask_applied(document, "paint"))


@pytest.mark.parametrize(
    ("part", "edit", "inputs"),
    [
        ("pixels", edits.RemoveLayer("paint"), {}),
        ("pixels", edits.SetPixels("paint"), {"pixels": pixels()}),
        ("pixels", edits.AdjustPixels("paint", adjust.Invert()), {}),
        ("pixels", edits.FillSelected("paint", Colour(1, 2, 3)), {}),
        ("pixels", edits.Ungroup("group"), {}),
        ("position", edits.ShiftLayer("paint", 3, 3), {}),
        ("position", edits.TransformLayers(("paint",), Transform(dx=4)), {}),
        ("position", edits.SetWarp("paint", Perspective(CORNERS)), {}),
    ],
    ids=lambda one: type(one).__name__,
)
def test_the_lock_of_a_group_holds_what_lies_in_it(
    part: Literal["pixels", "position"], edit: edits.Edit, inputs: dict[str, Tiles]
) -> None:
    locked = done(picture(), edits.AddGroup("outer", "outer", ("group",)))
    locked = done(locked, edits.SetLock("outer", part, True))
    if isinstance(edit, edits.Ungroup):
        locked = done(locked, edits.SetLock("group", part, True))
    with pytest.raises(Problem, match=r"“(outer|group)” is locked") as refusal:
        done(locked, edit, **inputs)
    assert refusal.value.code == "layer-locked"
    unlocked = locked
    for group in ("outer", "group"):
        unlocked = done(unlocked, edits.SetLock(group, part, False))
    done(unlocked, edit, **inputs)


def test_locked_transparency_of_a_group_is_that_of_its_layers() -> None:
    locked = done(picture(), edits.SetLock("group", "alpha", True))
    before, after = (
        document.find("paint")
        for document in (locked, done(locked, edits.FillSelected("paint", Colour(9, 200, 1))))
    )
    assert before is not None
    assert after is not None
    assert before.tiles is not None
    assert after.tiles is not None
    assert np.array_equal(after.tiles.to_array()[..., 3], before.tiles.to_array()[..., 3])


def test_locks_add_up_on_the_way_down() -> None:
    document = done(picture(Locks(alpha=True)), edits.SetLock("group", "position", True))
    assert document.locks("paint") == Locks(position=True, alpha=True)
    assert document.locks("group") == Locks(position=True)
    assert document.locks("gone") == UNLOCKED
    assert [group.id for group in document.groups_round("paint")] == ["group"]
    assert document.groups_round(PHOTO) == ()
