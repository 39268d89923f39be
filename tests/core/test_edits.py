# SPDX-License-Identifier: Apache-2.0
"""Edits: what each makes of a document, what it leaves alone, and its way through JSON."""

import json
from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO, Document, changed_rects, from_photo
from prodedit.core.edits import Edit, backgrounds
from prodedit.core.edits.layers import existing
from prodedit.core.geometry import Rect
from prodedit.core.layer import Colour, GradientFill, SolidFill
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from tests.core import (
    test_canvas_edits,
    test_drawn_edits,
    test_looks,
    test_merging,
    test_painting,
    test_path_edits,
    test_pouring,
    test_selection_edits,
)

WHITE = SolidFill(Colour(255, 255, 255))


@pytest.fixture
def photo() -> Document:
    """600 x 400: a red product on green."""
    rgb = np.zeros((400, 600, 3), np.uint8)
    rgb[..., 1] = 200
    rgb[100:300, 150:450] = (220, 30, 30)
    return from_photo(tiles_from_rgb(rgb), "mug")


@pytest.fixture
def cut_out(photo: Document) -> Document:
    alpha = np.zeros((400, 600), np.uint8)
    alpha[98:302, 148:452] = 128
    alpha[100:300, 150:450] = 255
    return edits.apply(photo, edits.SetMask(PHOTO, 0.9), {"alpha": Tiles.from_array(alpha)})


def ids(document: Document) -> list[str]:
    return [layer.id for layer in document.layers]


def alpha_of(document: Document) -> np.ndarray:
    layer = document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    return layer.mask.alpha.to_array()


def test_photo_keeps_its_pixels_under_the_mask(photo: Document, cut_out: Document) -> None:
    before, after = photo.find(PHOTO), cut_out.find(PHOTO)
    assert before is not None
    assert after is not None
    assert before.tiles is after.tiles
    assert before.mask is None


def test_mask_of_another_size_is_refused(photo: Document) -> None:
    with pytest.raises(Problem, match="600 x 400"):
        edits.apply(
            photo, edits.SetMask(PHOTO), {"alpha": Tiles.from_array(np.zeros((4, 4), "u1"))}
        )


def test_background_is_one_layer_at_the_bottom(cut_out: Document) -> None:
    white = edits.apply(cut_out, edits.SetBackground(WHITE))
    assert ids(white) == [BACKGROUND, PHOTO]
    again = edits.apply(white, edits.SetBackground(GradientFill(Colour(0, 0, 0), Colour(9, 9, 9))))
    assert ids(again) == [BACKGROUND, PHOTO]
    assert ids(edits.apply(again, edits.SetBackground(None))) == [PHOTO]


def test_picture_background_covers_the_canvas(cut_out: Document) -> None:
    tall = np.zeros((300, 100, 4), np.uint8)
    tall[...] = (10, 20, 30, 255)
    document = edits.apply(
        cut_out,
        edits.SetBackground(edits.PictureBackground()),
        {"picture": Tiles.from_array(tall)},
    )
    tiles = document.layers[0].tiles
    assert tiles is not None
    assert tiles.size == document.size
    assert (tiles.to_array() == (10, 20, 30, 255)).all()


def test_blurred_background_has_none_of_the_products_colour(cut_out: Document) -> None:
    document = edits.apply(cut_out, edits.SetBackground(edits.BlurredBackground(0.3)))
    tiles = document.layers[0].tiles
    assert tiles is not None
    _, green, red, alpha = np.moveaxis(tiles.to_array(), 2, 0)
    assert red.max() <= 2
    assert green.min() >= 198
    assert alpha.min() == 255


def test_grow_and_shrink_move_the_edge(cut_out: Document) -> None:
    grown = alpha_of(edits.apply(cut_out, edits.GrowMask(PHOTO, 10)))
    assert grown[200, 141] == 255
    assert grown[200, 136] == 0
    shrunk = alpha_of(edits.apply(cut_out, edits.GrowMask(PHOTO, -10)))
    assert shrunk[200, 157] == 0
    assert shrunk[200, 163] == 255


def test_feather_is_soft_over_its_radius(cut_out: Document) -> None:
    row = alpha_of(edits.apply(cut_out, edits.FeatherMask(PHOTO, 8.0)))[200].astype(int)
    assert row[130] == 0
    assert 0 < row[146] < row[150] < row[154] < 255
    assert row[170] == 255


def test_invert_twice_is_the_same(cut_out: Document) -> None:
    once = edits.apply(cut_out, edits.InvertMask(PHOTO))
    assert alpha_of(once)[200, 200] == 0
    twice = edits.apply(once, edits.InvertMask(PHOTO))
    assert np.array_equal(alpha_of(twice), alpha_of(cut_out))


def test_defringe_takes_the_colour_from_inside(cut_out: Document) -> None:
    layer = edits.apply(cut_out, edits.Defringe(PHOTO, 2)).find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.foreground is not None
    foreground = layer.mask.foreground.to_array()
    assert tuple(foreground[200, 148]) == (30, 30, 220, 255)
    assert tuple(foreground[200, 300]) == (0, 0, 0, 0)


def test_mask_edits_share_blocks_that_did_not_change(cut_out: Document) -> None:
    big = from_photo(Tiles.from_array(np.full((1200, 1200, 4), 255, np.uint8)), "big")
    alpha = np.zeros((1200, 1200), np.uint8)
    alpha[20:100, 20:100] = 255
    masked = edits.apply(big, edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    grown = edits.apply(masked, edits.GrowMask(PHOTO, 3))
    assert changed_rects(masked, grown) == (Rect(0, 0, 256, 256),)


def test_without_a_cut_out_mask_edits_say_so(photo: Document) -> None:
    with pytest.raises(Problem, match="no cut-out yet"):
        edits.apply(photo, edits.InvertMask(PHOTO))


def test_group_takes_the_topmost_place_and_ungroup_gives_it_back(photo: Document) -> None:
    document = photo
    for name in ("a", "b", "c"):
        document = edits.apply(document, edits.AddFillLayer(name, name, WHITE))
    grouped = edits.apply(document, edits.AddGroup("g", "Group", ("a", "c")))
    assert ids(grouped) == [PHOTO, "b", "g"]
    assert [layer.id for layer in grouped.layers[2].children] == ["a", "c"]
    assert ids(edits.apply(grouped, edits.Ungroup("g"))) == [PHOTO, "b", "a", "c"]


def test_group_of_a_group_and_its_child_holds_the_child_once(photo: Document) -> None:
    document = edits.apply(photo, edits.AddGroup("inner", "Group", (PHOTO,)))
    outer = edits.apply(document, edits.AddGroup("outer", "Group", ("inner", PHOTO)))
    assert [layer.id for layer in outer.walk()] == ["outer", "inner", PHOTO]


def test_group_cannot_be_moved_into_itself(photo: Document) -> None:
    document = edits.apply(photo, edits.AddGroup("g", "Group", (PHOTO,)))
    with pytest.raises(Problem, match="into itself"):
        edits.apply(document, edits.MoveLayer("g", "g", 0))


def test_duplicate_of_a_group_has_ids_of_its_own(photo: Document) -> None:
    document = edits.apply(photo, edits.AddGroup("g", "Group", (PHOTO,)))
    copied = edits.apply(document, edits.DuplicateLayer("g", "h", "Copy"))
    assert [layer.id for layer in copied.walk()] == ["g", PHOTO, "h", "h.1"]


def test_locked_layer_is_not_moved(photo: Document) -> None:
    locked = edits.apply(photo, edits.SetLock(PHOTO, "position", True))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.ShiftLayer(PHOTO, 1, 0))


def test_a_group_that_is_not_there_is_told(photo: Document) -> None:
    for edit in (edits.MoveLayer(PHOTO, "gone", 0), edits.AddFillLayer("a", "A", WHITE, "gone")):
        with pytest.raises(Problem, match="gone"):
            edits.apply(photo, edit)


@pytest.mark.parametrize("size", [(2, 100), (100, 2), (3, 101), (150, 1)])
def test_a_strip_as_background_is_cut_before_it_is_enlarged(
    photo: Document, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    width, height = size
    ramp = np.linspace(0, 255, width * height).reshape(height, width).astype(np.uint8)
    picture = {"picture": tiles_from_rgb(np.dstack([ramp, 255 - ramp, ramp // 2]))}
    edit = edits.SetBackground(edits.PictureBackground())

    def pixels() -> np.ndarray:
        layer = edits.apply(photo, edit, picture).find(BACKGROUND)
        assert layer is not None
        assert layer.tiles is not None
        return layer.tiles.to_array()

    cut = pixels()
    monkeypatch.setattr(backgrounds, "_MUCH_OVER", 1 << 30)
    assert np.abs(cut.astype(int) - pixels()).max() <= 1


def test_a_strip_one_pixel_wide_fits_into_memory(photo: Document) -> None:
    """Enlarged as a whole it would be 600 x 12 000 000 pixels."""
    strip = {"picture": tiles_from_rgb(np.full((20_000, 1, 3), (10, 20, 30), np.uint8))}
    edited = edits.apply(photo, edits.SetBackground(edits.PictureBackground()), strip)
    assert edited.layers[0].tiles is not None
    assert (edited.layers[0].tiles.to_array() == (30, 20, 10, 255)).all()


def test_step_that_does_not_fit_the_picture_is_told(photo: Document) -> None:
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(photo, edits.SetFill(PHOTO, WHITE))
    with pytest.raises(Problem, match="does not fit"):
        edits.apply(photo, edits.AddFillLayer(PHOTO, "again", WHITE))


def test_large_growth_is_round_and_as_far_as_asked() -> None:
    big = from_photo(Tiles.from_array(np.full((400, 400, 4), 255, np.uint8)), "big")
    alpha = np.zeros((400, 400), np.uint8)
    alpha[200, 200] = 255
    dot = edits.apply(big, edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    grown = alpha_of(edits.apply(dot, edits.GrowMask(PHOTO, 50))) == 255
    y, x = np.nonzero(grown)
    assert (x.min(), x.max(), y.min(), y.max()) == (150, 250, 150, 250)
    assert 0.9 < grown.sum() / (np.pi * 50**2) < 1.1


EXAMPLES: list[Edit] = [
    edits.AddPixelLayer("a", "A"),
    edits.AddMadeLayer("photo", "Waves", "background", {"type": "TransferStyle"}),
    edits.AddGeneratedLayer("Shoe", 0.5, "made-1", {"type": "Generate"}),
    edits.EnhanceLayer("photo", False, {"type": "Enhance"}),
    edits.FrameProduct("photo", 3, 4, 0.8),
    edits.AddFillLayer("a", "A", GradientFill(Colour(1, 2, 3), Colour(4, 5, 6, 7), 45.0, "radial")),
    edits.AddGroup("g", "组", ("a", "b")),
    edits.Ungroup("g"),
    edits.RemoveLayer("a"),
    edits.DuplicateLayer("a", "b", "B"),
    edits.MoveLayer("a", None, 2),
    edits.RenameLayer("a", "杯子"),
    edits.SetOpacity("a", 0.5),
    edits.SetVisible("a", False),
    edits.SetLock("a", "alpha", True),
    edits.SetBlendMode("a", "multiply"),
    edits.SetFill("a", WHITE),
    edits.ShiftLayer("a", -3, 4),
    edits.SetPixels("a"),
    edits.SetMask("a", 0.75, {"type": "RemoveBackground", "model": "auto"}),
    edits.PaintMask("a"),
    edits.RemoveMask("a"),
    edits.EnableMask("a", False),
    edits.InvertMask("a"),
    edits.GrowMask("a", -4),
    edits.TidyMask("a"),
    edits.FeatherMask("a", 2.5),
    edits.Defringe("a", 3),
    edits.SetBackground(edits.BlurredBackground(0.2)),
    edits.SetBackground(None),
    edits.Together((edits.SetVisible("a", False), edits.Together((edits.RemoveLayer("b"),)))),
    *test_drawn_edits.EXAMPLES,
    *test_looks.EXAMPLES,
    *test_merging.EXAMPLES,
    *test_painting.EXAMPLES,
    *test_painting.PATCHES,
    *test_pouring.EXAMPLES,
    *test_canvas_edits.EXAMPLES,
    *test_path_edits.EXAMPLES,
    *test_selection_edits.EXAMPLES,
]


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_json_gives_an_equal_edit_back(edit: Edit) -> None:
    assert edits.from_json(json.loads(json.dumps(edits.to_json(edit)))) == edit


def test_every_edit_has_an_example() -> None:
    assert {type(edit) for edit in EXAMPLES} == set(edits.Edit.__args__)


@pytest.mark.parametrize("data", [{}, {"type": "Explode"}, {"type": "SetOpacity"}, 7, None])
def test_foreign_json_is_refused_with_a_sentence(data: object) -> None:
    with pytest.raises(Problem, match="another version"):
        edits.from_json(data)


def test_tidying_leaves_nothing_outside_the_product(cut_out: Document) -> None:
    """Haze and things that lie apart go; the product, a strand beside it and its soft edge stay."""
    alpha = alpha_of(cut_out).copy()
    before = alpha.copy()
    alpha[:20] = 30
    alpha[390:394, 20:24] = 255
    product = np.argwhere(before >= 128)
    row, column = product[product[:, 1].argmin()]
    strand = (int(row), int(column) - 2)
    alpha[strand] = 255
    document = edits.apply(cut_out, edits.PaintMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    tidy = alpha_of(edits.apply(document, edits.TidyMask(PHOTO)))
    assert not tidy[:20].any()
    assert not tidy[380:, :40].any()
    assert tidy[strand] == 255
    tidy[strand] = before[strand]
    assert np.array_equal(tidy, before)
    empty = edits.apply(document, edits.PaintMask(PHOTO), {"alpha": Tiles.from_array(0 * alpha)})
    assert not alpha_of(edits.apply(empty, edits.TidyMask(PHOTO))).any()


def test_what_an_eraser_leaves_unseen_goes_and_what_a_person_sees_stays(cut_out: Document) -> None:
    before = alpha_of(cut_out)
    alpha = before.copy()
    alpha[:20] = 10
    alpha[390:394, 20:24] = 60
    mask = existing(cut_out, PHOTO).mask
    assert mask is not None
    left = edits.without_haze(replace(mask, alpha=Tiles.from_array(alpha))).alpha.to_array()
    assert not left[:20].any()
    assert (left[390:394, 20:24] == 60).all()
    left[390:394, 20:24] = before[390:394, 20:24]
    assert np.array_equal(left, before)
    nothing = replace(mask, alpha=Tiles.from_array(np.full_like(alpha, 10)))
    assert (edits.without_haze(nothing).alpha.to_array() == 10).all()
