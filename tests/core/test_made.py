# SPDX-License-Identifier: Apache-2.0
"""New pixels beside a layer: outside of their scope, what is shown keeps each bit."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import Layer, Mask
from prodedit.core.problem import Problem
from prodedit.core.scope import Scope
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor

HEIGHT, WIDTH = 300, 400
RANDOM = np.random.default_rng(4)
PHOTO_PIXELS = RANDOM.integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
PHOTO_PIXELS[..., 3] = 255
MADE = 255 - PHOTO_PIXELS
MADE[..., 3] = 255
ALPHA = np.zeros((HEIGHT, WIDTH), np.uint8)
ALPHA[50:250, 100:300] = 255
ALPHA[50:250, 98:100] = 128


def document(*, cut: bool, **changes: object) -> Document:
    """A photo whose product is known; cut: and shown alone."""
    plain = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    mask = Mask(Tiles.from_array(ALPHA), enabled=cut)
    return plain.replace_layer(PHOTO, lambda layer: replace(layer, mask=mask, **changes))


def made(before: Document, scope: Scope) -> Document:
    edit = edits.AddMadeLayer(PHOTO, "Waves", scope, {"type": "TransferStyle"})
    return edits.apply(before, edit, {"pixels": Tiles.from_array(MADE)})


def shown(picture: Document) -> np.ndarray:
    return Compositor().render(picture, Rect.of(picture.size))


def new_layer(after: Document) -> Layer:
    return next(layer for layer in after.layers if layer.id != PHOTO)


def test_whole_picture_is_covered_and_the_photo_stays() -> None:
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    after = made(before, "all")
    assert np.array_equal(shown(after), MADE)
    assert after.find(PHOTO) is before.find(PHOTO)
    layer = new_layer(after)
    assert (layer.name, layer.clip, layer.mask) == ("Waves", False, None)
    assert layer.made_by == {"type": "TransferStyle"}


def test_a_later_one_is_not_hidden_by_an_earlier_one() -> None:
    """What somebody put there otherwise stays on top."""
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    photo, first = made(before, "all").layers
    own = replace(first, id="own", made_by=None)
    both = made(replace(before, layers=(photo, first, own)), "all")
    assert [layer.id for layer in both.layers[:2]] == [PHOTO, first.id]
    assert both.layers[3] is own
    assert both.layers[2].name == "Waves"


@pytest.mark.parametrize(("scope", "alpha"), [("product", ALPHA), ("background", 255 - ALPHA)])
def test_outside_the_scope_each_bit_is_kept(scope: Scope, alpha: np.ndarray) -> None:
    before = document(cut=False)
    pixels = shown(made(before, scope))
    assert np.array_equal(pixels[alpha == 0], PHOTO_PIXELS[alpha == 0])
    assert np.array_equal(pixels[alpha == 255], MADE[alpha == 255])
    assert (pixels[..., 3] == 255).all()


@pytest.mark.parametrize("scope", ["all", "product"])
def test_cut_out_keeps_its_edge(scope: Scope) -> None:
    before = document(cut=True)
    pixels = shown(made(before, scope))
    assert np.array_equal(pixels[..., 3], shown(before)[..., 3])
    assert np.array_equal(pixels[ALPHA == 255], MADE[ALPHA == 255])


def test_backdrop_of_a_cut_out_lies_behind_it() -> None:
    after = made(document(cut=True), "background")
    pixels = shown(after)
    assert [layer.id for layer in after.layers][-1] == PHOTO
    assert np.array_equal(pixels[ALPHA == 255], PHOTO_PIXELS[ALPHA == 255])
    assert np.array_equal(pixels[ALPHA == 0], MADE[ALPHA == 0])
    assert (pixels[..., 3] == 255).all()


def test_place_of_a_moved_and_faint_photo_is_kept() -> None:
    before = document(cut=False, transform=Transform(dx=20, dy=-10), opacity=0.5)
    layer = new_layer(made(before, "all"))
    assert layer.transform == Transform(dx=20, dy=-10)
    pixels = shown(made(before, "all"))
    assert np.array_equal(pixels[..., 3], shown(before)[..., 3])


def test_what_was_clipped_to_the_photo_stays_so() -> None:
    before = document(cut=True)
    clipped = replace(new_layer(made(before, "all")), id="logo", clip=True, made_by=None)
    after = made(before.insert(clipped, None, 1), "all")
    assert [layer.clip for layer in after.layers] == [False, True, True]
    assert [layer.id for layer in after.layers][2] == "logo"


def test_scope_needs_a_cut_out() -> None:
    with pytest.raises(Problem, match="no cut-out yet"):
        made(from_photo(Tiles.from_array(PHOTO_PIXELS), "mug"), "product")


def test_a_file_s_own_transparency_tells_a_product_and_no_backdrop() -> None:
    cut = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug", Tiles.from_array(ALPHA))
    assert (shown(made(cut, "product"))[..., 3] == ALPHA).all()
    with pytest.raises(Problem, match="“mug” is transparent round its product"):
        made(cut, "background")


def test_pixels_of_another_size_are_refused() -> None:
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(before, edits.AddMadeLayer(PHOTO), {"pixels": Tiles.from_array(MADE[1:])})


GENERATED = {"pixels": Tiles.from_array(np.ascontiguousarray(MADE[:200, :200]))}
TASK = {"type": "Generate", "generator": "shapes"}


def test_what_is_generated_lies_in_the_middle() -> None:
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    edit = edits.AddGeneratedLayer("Shoe", 0.8, task=TASK)
    after = edits.apply(before, edit, {**GENERATED, "alpha": Tiles.from_array(ALPHA[:200, :200])})
    layer = after.layers[-1]
    assert (layer.name, layer.made_by) == ("Shoe", TASK)
    assert layer.mask is not None
    assert layer.transform.map_rect(Rect(0, 0, 200, 200)) == Rect(80, 30, 240, 240)
    assert (WIDTH, HEIGHT) == (400, 300)


def test_it_is_made_again_in_its_place() -> None:
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    first = edits.apply(before, edits.AddGeneratedLayer("Shoe", task=TASK), GENERATED)
    layer = new_layer(first)
    moved = edits.apply(first, edits.ShiftLayer(layer.id, 5, 6))
    edit = edits.AddGeneratedLayer("Another", instead_of=layer.id, task={**TASK, "side": 200})
    again = edits.apply(moved, edit, {"pixels": Tiles.from_array(PHOTO_PIXELS[:200, :200])})
    now = new_layer(again)
    assert (now.id, now.name, now.transform) == (layer.id, "Shoe", layer.transform.shifted(5, 6))
    assert now.made_by == {**TASK, "side": 200}
    assert np.array_equal(now.tiles.to_array(), PHOTO_PIXELS[:200, :200])


def test_it_is_not_made_again_in_another_size() -> None:
    before = from_photo(Tiles.from_array(PHOTO_PIXELS), "mug")
    with pytest.raises(Problem, match="photo"):
        edits.apply(before, edits.AddGeneratedLayer("Shoe", instead_of=PHOTO), GENERATED)
