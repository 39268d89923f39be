# SPDX-License-Identifier: Apache-2.0
"""Edits of how layers look and where they lie."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import adjust, edits
from prodedit.core.adjust import values
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    SolidFill,
)
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import MeshWarp, Perspective

SIZE = Size(300, 280)
BLUR = values.Blur(5.0)


def noise(channels: int = 4, seed: int = 1) -> Tiles:
    shape = (SIZE.height, SIZE.width, 4) if channels == 4 else (SIZE.height, SIZE.width)
    pixels = np.random.default_rng(seed).integers(0, 256, shape, np.uint8)
    if channels == 4:
        pixels[..., 3] = 255
    return Tiles.from_array(pixels)


def photo() -> Document:
    return from_photo(noise(), "mug.jpg")


def only(document: Document) -> Layer:
    return document.layers[0]


@pytest.mark.parametrize("adjustment", [values.Invert(), BLUR, values.Vignette()])
def test_a_one_off_is_what_the_layer_shows(adjustment: values.Adjustment) -> None:
    after = edits.apply(photo(), edits.AdjustPixels(PHOTO, adjustment))
    whole = Rect.of(SIZE)
    tiles = only(photo()).tiles
    assert tiles is not None
    wanted = adjust.adjusted(tiles.to_array(), adjustment, whole, SIZE)
    found = only(after).tiles
    assert found is not None
    assert np.abs(found.to_array().astype(int) - wanted).max() <= 1


def test_a_one_off_stays_inside_of_the_selection() -> None:
    chosen = np.zeros((SIZE.height, SIZE.width), np.uint8)
    chosen[10:20, 30:40] = 255
    before = replace(photo(), selection=Tiles.from_array(chosen).without_blank())
    after = edits.apply(before, edits.AdjustPixels(PHOTO, values.Invert()))
    old, new = only(before).tiles, only(after).tiles
    assert old is not None
    assert new is not None
    changed = (old.to_array() != new.to_array()).any(-1)
    assert changed[10:20, 30:40].all()
    changed[10:20, 30:40] = False
    assert not changed.any()
    assert new.blocks[1, 1] is old.blocks[1, 1]


def test_an_adjustment_that_changes_nothing_keeps_the_pixels() -> None:
    before = photo()
    after = edits.apply(before, edits.AdjustPixels(PHOTO, values.Levels()))
    assert only(after).tiles is only(before).tiles


def test_pixels_that_are_locked_or_missing_are_told() -> None:
    locked = edits.apply(photo(), edits.SetLock(PHOTO, "pixels", True))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.AdjustPixels(PHOTO, values.Invert()))
    fill = edits.apply(photo(), edits.AddFillLayer("f", "Red", SolidFill(Colour(255, 0, 0))))
    with pytest.raises(Problem, match="holds no pixels"):
        edits.apply(fill, edits.AdjustPixels("f", values.Invert()))


def test_an_adjustment_layer_is_added_and_changed() -> None:
    added = edits.apply(
        photo(), edits.AddAdjustmentLayer("a", "Levels", values.Levels(), clip=True)
    )
    assert added.layers[1].clip
    changed = edits.apply(added, edits.SetAdjustment("a", BLUR))
    assert changed.layers[1].content == AdjustmentContent(BLUR)
    assert edits.apply(changed, edits.SetAdjustment("a", BLUR)) is changed
    with pytest.raises(Problem):
        edits.apply(changed, edits.SetAdjustment(PHOTO, BLUR))


def test_effects_clipping_and_isolation_are_set() -> None:
    document = edits.apply(photo(), edits.SetEffects(PHOTO, (DropShadow(),)))
    assert only(document).effects == (DropShadow(),)
    with pytest.raises(Problem, match="no layer below"):
        edits.apply(document, edits.SetClip(PHOTO, True))
    grouped = edits.apply(document, edits.AddGroup("g", "Group", (PHOTO,)))
    through = edits.apply(grouped, edits.SetIsolated("g", False))
    assert isinstance(through.layers[0].content, GroupContent)
    assert not through.layers[0].content.isolated
    with pytest.raises(Problem):
        edits.apply(through, edits.SetIsolated(PHOTO, True))


QUARTER = Transform(0, 1, -1, 0, 300, 0)


def on_canvas(layer: Layer, point: Point) -> Point:
    assert layer.mask is not None
    own = layer.mask.transform.map(point)
    return own if layer.own_bounds is None else layer.transform.map(own)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("kind", ["pixels", "fill", "group", "adjustment"])
def test_a_mask_moves_with_its_layer_only_where_it_is_linked(kind: str, linked: bool) -> None:
    contents = {
        "pixels": PixelContent(noise()),
        "fill": FillContent(SolidFill(Colour(1, 2, 3))),
        "group": GroupContent((Layer("in", "in", PixelContent(noise())),)),
        "adjustment": AdjustmentContent(values.Invert()),
    }
    layer = Layer("a", "a", contents[kind], mask=Mask(noise(1), linked=linked))  # type: ignore[arg-type]
    document = Document(SIZE, (layer,))
    for onto in (Transform(dx=7, dy=-3), QUARTER, Transform(1.5, 0, 0, 0.5, 0, 0)):
        after = edits.apply(document, edits.TransformLayers(("a",), onto))
        for point in (Point(0, 0), Point(100, 40)):
            before = on_canvas(layer, point)
            wanted = onto.map(before) if linked else before
            assert on_canvas(only(after), point) == pytest.approx(wanted, abs=1e-5)


def test_what_lies_in_a_group_moves_once() -> None:
    inner = Layer("in", "in", PixelContent(noise()))
    document = Document(SIZE, (Layer("g", "g", GroupContent((inner,))),))
    after = edits.apply(document, edits.TransformLayers(("g", "in", "g"), Transform(dx=5)))
    assert only(after).children[0].transform == Transform(dx=5)


def test_there_and_back_is_a_whole_shift_again() -> None:
    layer = Layer("a", "a", PixelContent(noise()), mask=Mask(noise(1), linked=False))
    document = Document(SIZE, (layer,))
    for onto in (
        Transform(0.3, 0.1, -0.1, 0.3, 5, 5),
        Transform(0.3, 0.1, -0.1, 0.3, 5, 5).inverse(),
    ):
        document = edits.apply(document, edits.TransformLayers(("a",), onto))
    mask = only(document).mask
    assert mask is not None
    assert mask.transform == pytest.approx(Transform(), abs=1e-6)


@pytest.mark.parametrize(
    "onto",
    [
        Transform(0, 0, 0, 1),
        Transform(1, 0, 1, 1e-9),
        Transform(1e6, 0, 0, 1),
        Transform(dx=float("nan")),
    ],
)
def test_nothing_is_squeezed_away_or_blown_up(onto: Transform) -> None:
    with pytest.raises(Problem):
        edits.apply(photo(), edits.TransformLayers((PHOTO,), onto))


def test_a_locked_position_stays() -> None:
    locked = edits.apply(photo(), edits.SetLock(PHOTO, "position", True))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.TransformLayers((PHOTO,), Transform(dx=1)))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.SetWarp(PHOTO, MeshWarp.resting(SIZE)))


def test_a_layer_is_bent_and_straightened() -> None:
    bent = edits.apply(photo(), edits.SetWarp(PHOTO, MeshWarp.resting(SIZE)))
    assert only(bent).warp == MeshWarp.resting(SIZE)
    assert only(edits.apply(bent, edits.SetWarp(PHOTO, None))).warp is None
    flat = Perspective((Point(0, 0),) * 4)
    with pytest.raises(Problem):
        edits.apply(photo(), edits.SetWarp(PHOTO, flat))


def test_a_mask_is_linked_and_unlinked() -> None:
    document = from_photo(noise(), "mug.jpg", alpha=noise(1))
    after = edits.apply(document, edits.LinkMask(PHOTO, False))
    mask = only(after).mask
    assert mask is not None
    assert not mask.linked
    with pytest.raises(Problem):
        edits.apply(photo(), edits.LinkMask(PHOTO, False))


EXAMPLES: list[edits.Edit] = [
    edits.AddAdjustmentLayer("a", "A", values.Curves()),
    edits.SetAdjustment("a", values.Recolour(Colour(1, 2, 3), Colour(4, 5, 6))),
    edits.AdjustPixels("a", values.Lut("film", 2, bytes(48))),
    edits.SetEffects("a", (DropShadow(),)),
    edits.SetClip("a", True),
    edits.SetIsolated("g", True),
    edits.TransformLayers(("a", "b"), QUARTER),
    edits.SetWarp("a", MeshWarp.resting(SIZE)),
    edits.LinkMask("a", True),
    edits.DistortLayers(
        ("a", "b"),
        (Point(0, 0), Point(9, 0), Point(9, 9), Point(0, 9)),
        (Point(1, 0), Point(9, 0), Point(9, 8), Point(0, 9)),
    ),
]
