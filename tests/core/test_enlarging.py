# SPDX-License-Identifier: Apache-2.0
"""A layer gets other pixels: what becomes of its place, its mask, the canvas and its neighbours."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits, serial
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.effects import DropShadow
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Locks, Mask, PixelContent
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective

SMALL, LARGE = Size(40, 30), Size(160, 120)


def plain(size: Size, value: int = 9, channels: int = 4) -> Tiles:
    shape = (size.height, size.width, 4)[: 2 if channels == 1 else 3]
    pixels = np.full(shape, value, np.uint8)
    if channels == 4:
        pixels[..., 3] = 255
    return Tiles.from_array(pixels)


def document() -> Document:
    photo = from_photo(tiles_from_rgb(np.full((30, 40, 3), 5, np.uint8)), "mug")
    return photo.replace_layer(
        PHOTO, lambda layer: replace(layer, mask=Mask(plain(SMALL, 128, 1), plain(SMALL, 7, 1)))
    )


def with_logo(base: Document) -> Document:
    logo = edits.AddPixelLayer("logo", "logo", x=10, y=6)
    added = edits.apply(base, logo, {"pixels": plain(Size(8, 4))})
    return edits.apply(added, edits.SetEffects("logo", (DropShadow(distance=3.0),)))


def enhanced(base: Document, canvas: bool, size: Size = LARGE, layer: str = PHOTO) -> Document:
    return edits.apply(base, edits.EnhanceLayer(layer, canvas, {"a": 1}), {"pixels": plain(size)})


def test_canvas_grows_with_its_photo() -> None:
    after = enhanced(document(), canvas=True)
    photo = after.layers[0]
    assert after.size == LARGE
    assert photo.tiles is not None
    assert (photo.tiles.size, photo.transform, photo.made_by) == (LARGE, Transform(), {"a": 1})
    assert photo.mask is not None
    assert photo.mask.alpha.size == LARGE
    assert photo.mask.confidence is not None
    assert photo.mask.confidence.size == LARGE


def test_other_layers_keep_their_pixels() -> None:
    before = with_logo(document())
    after = enhanced(before, canvas=True)
    old, logo = before.find("logo"), after.find("logo")
    assert old is not None
    assert logo is not None
    assert logo.tiles is old.tiles
    assert logo.transform.map_rect(Rect(0, 0, 8, 4)) == Rect(40, 24, 32, 16)
    shadow = logo.effects[0]
    assert isinstance(shadow, DropShadow)
    assert shadow.distance == 12.0


def test_layer_alone_keeps_its_place() -> None:
    before = with_logo(document())
    after = enhanced(before, canvas=False, size=Size(32, 16), layer="logo")
    logo = after.find("logo")
    assert after.size == SMALL
    assert after.layers[0] is before.layers[0]
    assert logo is not None
    assert logo.transform.map_rect(Rect(0, 0, 32, 16)) == Rect(10, 6, 8, 4)
    assert logo.effects == before.layers[1].effects


def test_small_layer_may_take_the_canvas_along() -> None:
    after = enhanced(with_logo(document()), canvas=True, size=Size(16, 8), layer="logo")
    logo, photo = after.find("logo"), after.find(PHOTO)
    assert after.size == (80, 60)
    assert logo is not None
    assert photo is not None
    assert (logo.transform.dx, logo.transform.dy, logo.transform.is_whole_shift) == (20, 12, True)
    assert photo.transform.map(Point(40, 30)) == (80, 60)
    assert photo.mask is not None
    assert photo.mask.alpha.size == SMALL


@pytest.mark.parametrize("canvas", [True, False])
def test_slanted_and_bent_layers_stay_where_they_are(canvas: bool) -> None:
    corners = (Point(0, 0), Point(8, 1), Point(7, 4), Point(1, 4))
    slanted = Transform(0.9, 0.2, -0.2, 0.9, 5, 7)
    before = with_logo(document()).replace_layer(
        "logo", lambda layer: replace(layer, transform=slanted, warp=Perspective(corners))
    )
    after = enhanced(before, canvas, Size(16, 8), "logo")
    logo = after.find("logo")
    scale = 2 if canvas else 1
    assert logo is not None
    assert isinstance(logo.warp, Perspective)
    for old, new in zip(corners, logo.warp.corners, strict=True):
        expected = slanted.map(old)
        assert logo.transform.map(new) == pytest.approx((scale * expected.x, scale * expected.y))


def test_mask_takes_what_was_made_for_it() -> None:
    alpha = plain(LARGE, 77, 1)
    edit = edits.EnhanceLayer(PHOTO)
    after = edits.apply(document(), edit, {"pixels": plain(LARGE), "alpha": alpha})
    assert after.layers[0].mask is not None
    assert after.layers[0].mask.alpha is alpha


def test_same_size_leaves_mask_and_canvas() -> None:
    before = document()
    after = enhanced(before, canvas=True, size=SMALL)
    assert after.size == SMALL
    assert before.layers[0].mask is not None
    assert after.layers[0].mask == before.layers[0].mask


def test_mask_that_lies_elsewhere_keeps_its_pixels() -> None:
    shifted = Transform(dx=3, dy=2)
    before = document().replace_layer(
        PHOTO, lambda layer: replace(layer, mask=Mask(plain(SMALL, 5, 1), transform=shifted))
    )
    mask = enhanced(before, canvas=True).layers[0].mask
    assert mask is not None
    assert (mask.alpha.size, mask.transform.map(Point(0, 0))) == (SMALL, (12, 8))


def test_locked_layer_and_other_kinds_are_refused() -> None:
    locked = document().replace_layer(PHOTO, lambda la: replace(la, locks=Locks(pixels=True)))
    with pytest.raises(Problem, match="locked"):
        enhanced(locked, canvas=True)
    group = edits.apply(document(), edits.AddGroup("group", "group"))
    with pytest.raises(Problem, match="of another kind"):
        enhanced(group, canvas=True, layer="group")


def test_edit_survives_json_and_the_document_a_file() -> None:
    edit = edits.EnhanceLayer(PHOTO, False, {"type": "Enhance"})
    assert edits.from_json(edits.to_json(edit)) == edit
    plain_photo = edits.apply(document(), edits.RemoveMask(PHOTO))
    after = enhanced(plain_photo, canvas=True)
    stored = serial.describe(after, lambda tiles: "x")
    again = serial.rebuild(stored, lambda key: Tiles.empty(LARGE))
    assert again.layers[0].made_by == {"a": 1}
    assert isinstance(again.layers[0].content, PixelContent)
