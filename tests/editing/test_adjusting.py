# SPDX-License-Identifier: Apache-2.0
"""Where a new adjustment goes: a new colour keeps to the product."""

from __future__ import annotations

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.adjust.values import Exposure, Recolour
from prodedit.core.colour import Colour
from prodedit.core.document import BACKGROUND, PHOTO, Document, from_photo
from prodedit.core.layer import SolidFill
from prodedit.core.tiles import Tiles
from prodedit.editing.adjusting import adding
from prodedit.render.compositor import Compositor
from prodedit.render.small import below, small_part

SHAPE = (60, 80)
INSIDE, EDGE, OUTSIDE = (30, 40), (30, 20), (30, 5)
"""Rows and columns of a product that goes from column 20 to column 60."""
RED, BLUE = Colour(190, 40, 40), Colour(40, 60, 180)
RECOLOUR = Recolour(RED, BLUE)


def square() -> Tiles:
    alpha = np.zeros(SHAPE, np.uint8)
    alpha[10:50, 20:60] = 255
    return Tiles.from_array(alpha)


@pytest.fixture
def red() -> Document:
    """Red all over: the product, and what stands behind it."""
    pixels = np.full((*SHAPE, 4), (RED.blue, RED.green, RED.red, 255), np.uint8)
    return from_photo(Tiles.from_array(pixels), "shirt")


@pytest.fixture
def cut_out(red: Document) -> Document:
    document = edits.apply(red, edits.SetMask(PHOTO), {"alpha": square()})
    return edits.apply(document, edits.SetBackground(SolidFill(RED), "wall"))


def recoloured(document: Document, active: str) -> np.ndarray:
    """(h, w) blue of the picture with a new colour for `active`."""
    edit = adding(document, active, "new", "Recolour", RECOLOUR)
    return Compositor().merged(edits.apply(document, edit))[..., 0].astype(int)


def is_kept(blue: np.ndarray) -> bool:
    return bool(blue[INSIDE] > 150 and blue[OUTSIDE] == RED.blue)


@pytest.mark.parametrize("active", [PHOTO, BACKGROUND])
def test_a_new_colour_keeps_to_the_product_that_was_cut_out(cut_out: Document, active: str) -> None:
    assert is_kept(recoloured(cut_out, active))


def test_other_adjustments_go_to_the_layer_that_is_active(cut_out: Document) -> None:
    edit = adding(cut_out, BACKGROUND, "new", "Darker", Exposure(-1))
    assert (edit.index, edit.clip, edit.soft, edit.product) == (1, False, 0, "")


def test_a_new_colour_keeps_to_a_product_whose_mask_is_switched_off(cut_out: Document) -> None:
    document = edits.apply(cut_out, edits.RemoveLayer(BACKGROUND))
    document = edits.apply(document, edits.EnableMask(PHOTO, False))
    assert is_kept(recoloured(document, PHOTO))


def test_a_new_colour_keeps_to_what_is_selected_with_a_soft_edge(red: Document) -> None:
    document = edits.apply(red, edits.SetSelection(), {"selection": square()})
    blue = recoloured(document, PHOTO)
    assert is_kept(blue)
    across = blue[EDGE[0], EDGE[1] - 4 : EDGE[1] + 4]
    assert (np.diff(across) >= 0).all()
    assert len(set(across.tolist())) >= 4


def test_what_is_selected_limits_it_on_the_product_too(cut_out: Document) -> None:
    left = np.zeros(SHAPE, np.uint8)
    left[:, :40] = 255
    chosen = edits.apply(cut_out, edits.SetSelection(), {"selection": Tiles.from_array(left)})
    for document in (chosen, edits.apply(chosen, edits.EnableMask(PHOTO, False))):
        blue = recoloured(document, PHOTO)
        assert blue[30, 30] > 150
        assert blue[30, 50] == blue[30, 5] == RED.blue


def test_above_another_adjustment_of_the_product(cut_out: Document) -> None:
    darker = adding(cut_out, PHOTO, "darker", "Darker", Exposure(-0.1))
    assert is_kept(recoloured(edits.apply(cut_out, darker), "darker"))


def test_where_there_is_no_product_it_is_all_of_the_picture(red: Document) -> None:
    blue = recoloured(red, PHOTO)
    assert blue[INSIDE] == blue[OUTSIDE] > 150


def test_the_small_picture_is_of_what_the_mask_shows(red: Document) -> None:
    document = edits.apply(red, edits.SetSelection(), {"selection": square()})
    document = edits.apply(document, adding(document, PHOTO, "new", "Recolour", RECOLOUR))
    under, mask = below(document, "new"), document.find("new").mask
    small = small_part(under, mask, 40)
    assert small.shape == (30, 40, 4)
    assert small[15, 20].tolist() == [RED.blue, RED.green, RED.red, 255]
    assert small[15, 2].tolist() == [0, 0, 0, 0]
    assert (small_part(under, None, 40)[..., 3] == 255).all()
