# SPDX-License-Identifier: Apache-2.0
"""Ways to look at a cut-out show what they promise, and leave the document alone."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core.adjust.values import Exposure
from prodedit.core.document import PHOTO, Document, changed_rects
from prodedit.core.fill import SolidFill
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    Colour,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    ShapeContent,
)
from prodedit.core.shape import RectangleShape
from prodedit.core.tiles import Tiles
from prodedit.gui.mask_view import MaskLook, MaskView, photo_document, solid_tiles
from prodedit.render.compositor import Compositor

SIZE = Size(600, 300)
GREY = 100
KEPT, HIDDEN, DOUBTFUL = (150, 100), (150, 500), (150, 250)
"""Places (row, column): product, background, and product that the network was unsure of."""


def document() -> Document:
    pixels = np.full((300, 600, 4), GREY, np.uint8)
    pixels[..., 3] = 255
    alpha = np.zeros((300, 600), np.uint8)
    alpha[:, :300] = 255
    confidence = np.full((300, 600), 255, np.uint8)
    confidence[:, 200:300] = 0
    mask = Mask(Tiles.from_array(alpha), Tiles.from_array(confidence))
    photo = Layer(PHOTO, "photo", PixelContent(Tiles.from_array(pixels)), mask=mask)
    above = Layer("above", "above", PixelContent(solid_tiles(SIZE, Colour(0, 255, 0))), opacity=0.5)
    return Document(SIZE, (photo, above))


def shown(view: MaskView) -> np.ndarray:
    """(h, w, 4) BGRA as the canvas would show it."""
    return Compositor().render(MaskLook().shown(document(), PHOTO, view))


def test_off_is_the_document_itself() -> None:
    plain = document()
    assert MaskLook().shown(plain, PHOTO, MaskView.OFF) is plain


def test_overlay_tints_what_is_hidden_and_nothing_else() -> None:
    picture = shown(MaskView.OVERLAY)
    assert tuple(picture[KEPT]) == (GREY, GREY, GREY, 255)
    _, green, red, alpha = (int(v) for v in picture[HIDDEN])
    assert alpha == 255
    assert red > GREY + 50
    assert green < GREY


def test_before_red_what_is_hidden_is_tinted_green() -> None:
    picture = shown(MaskView.OVERLAY_GREEN)
    assert tuple(picture[KEPT]) == (GREY, GREY, GREY, 255)
    _, green, red, _ = (int(v) for v in picture[HIDDEN])
    assert green > GREY + 30
    assert red < GREY


@pytest.mark.parametrize(
    ("view", "kept", "hidden"),
    [
        (MaskView.ALONE, 255, 0),
        (MaskView.ON_BLACK, GREY, 0),
        (MaskView.ON_WHITE, GREY, 255),
    ],
)
def test_views_on_a_plain_ground(view: MaskView, kept: int, hidden: int) -> None:
    picture = shown(view)
    assert tuple(picture[KEPT]) == (kept, kept, kept, 255)
    assert tuple(picture[HIDDEN]) == (hidden, hidden, hidden, 255)


def test_uncertainty_marks_the_doubtful_and_dims_the_rest() -> None:
    picture = shown(MaskView.UNCERTAINTY)
    assert picture[KEPT][0] == picture[KEPT][2] < GREY
    assert picture[DOUBTFUL][2] > 200
    assert picture[DOUBTFUL][0] < 50


def test_a_mask_without_confidence_is_all_certain() -> None:
    plain = document()
    plain = plain.replace_layer(
        PHOTO, lambda layer: replace(layer, mask=Mask(layer.mask.alpha if layer.mask else None))
    )
    picture = Compositor().render(MaskLook().shown(plain, PHOTO, MaskView.UNCERTAINTY))
    assert (picture[..., 0] == picture[..., 2]).all()


def test_a_layer_without_a_mask_shows_the_document() -> None:
    plain = document()
    for layer_id in ("above", "no such layer", None):
        assert MaskLook().shown(plain, layer_id, MaskView.OVERLAY) is plain


@pytest.mark.parametrize("view", [MaskView.OVERLAY, MaskView.ALONE, MaskView.ON_WHITE])
def test_painting_on_the_mask_makes_only_its_block_dirty(view: MaskView) -> None:
    look, before = MaskLook(), document()
    layer = before.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    alpha = layer.mask.alpha.paste(np.full((10, 10), 77, np.uint8), 300, 20)
    after = before.replace_layer(
        PHOTO, lambda old: replace(old, mask=replace(layer.mask, alpha=alpha))
    )
    rects = changed_rects(look.shown(before, PHOTO, view), look.shown(after, PHOTO, view))
    assert set(rects) == {Rect(256, 0, 256, 256)}


def test_before_is_the_photo_alone_with_nothing_hidden() -> None:
    picture = Compositor().render(photo_document(document()))
    assert (picture == (GREY, GREY, GREY, 255)).all()


def test_before_without_a_photo_is_the_document() -> None:
    plain = document().remove(PHOTO)
    assert photo_document(plain) is plain


def _kinds() -> dict[str, Layer]:
    """Over a grey picture; each shows, or works, in its left half only."""
    alpha = np.zeros((300, 600), np.uint8)
    alpha[:, :300] = 255
    half = Mask(Tiles.from_array(alpha))
    place = Transform(dx=40, dy=20)
    own = replace(half, transform=place.inverse())
    green = SolidFill(Colour(0, 200, 0))
    shape = ShapeContent(RectangleShape(500, 200), green)
    inner = Layer("inner", "inner", PixelContent(solid_tiles(SIZE, Colour(0, 255, 0))))
    return {
        "shape": Layer("a", "a", shape, transform=place, mask=own),
        "fill": Layer("a", "a", FillContent(green), mask=half),
        "group": Layer("a", "a", GroupContent((inner,)), mask=half),
        "adjustment": Layer("a", "a", AdjustmentContent(Exposure(stops=1.0)), mask=half),
    }


@pytest.mark.parametrize("kind", ["shape", "fill", "group", "adjustment"])
def test_what_a_mask_hides_is_red_for_layers_without_pixels_too(kind: str) -> None:
    ground = Layer("g", "g", PixelContent(solid_tiles(SIZE, Colour(GREY, GREY, GREY))))
    plain = Document(SIZE, (ground, _kinds()[kind]))
    seen = MaskLook().shown(plain, "a", MaskView.OVERLAY)
    before, after = Compositor().render(plain), Compositor().render(seen)
    assert np.array_equal(after[:, :300], before[:, :300])
    hidden = after[:, 300:].astype(int)
    assert (hidden[..., 2] > before[:, 300:, 2].astype(int) + 50).all()
    alone = Compositor().render(MaskLook().shown(plain, "a", MaskView.ALONE))
    assert (alone[:, :300, 0] == 255).all()
    assert (alone[:, 300:, 0] == 0).all()
    assert MaskLook().shown(plain, "a", MaskView.UNCERTAINTY) is plain


def test_a_mask_that_stayed_behind_is_tinted_where_it_lies() -> None:
    alpha = np.full((300, 600), 255, np.uint8)
    alpha[100:200, 100:200] = 0
    moved = Mask(Tiles.from_array(alpha), transform=Transform(dx=-50))
    layer = Layer("a", "a", PixelContent(solid_tiles(SIZE, Colour(GREY, GREY, GREY))))
    layer = replace(layer, mask=moved, transform=Transform(dx=50))
    look = MaskLook()
    seen = Compositor().render(look.shown(Document(SIZE, (layer,)), "a", MaskView.OVERLAY))
    assert seen[150, 150, 2] > GREY + 50
    assert seen[150, 220, 2] == GREY


def test_beyond_a_mask_that_was_moved_all_is_hidden() -> None:
    full = Mask(Tiles.from_array(np.full((300, 600), 255, np.uint8)), transform=Transform(dx=200))
    fill = Layer("a", "a", FillContent(SolidFill(Colour(GREY, GREY, GREY))), mask=full)
    seen = Compositor().render(MaskLook().shown(Document(SIZE, (fill,)), "a", MaskView.OVERLAY))
    assert seen[150, 100, 3] > 100
    assert seen[150, 100, 2] > seen[150, 100, 1] + 50
    assert tuple(seen[150, 400]) == (GREY, GREY, GREY, 255)
