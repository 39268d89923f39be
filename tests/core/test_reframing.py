# SPDX-License-Identifier: Apache-2.0
"""The picture's frame round its product."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.reframing import product_bounds
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles

PIXELS = np.full((120, 160, 4), 255, np.uint8)
ALPHA = np.zeros((120, 160), np.uint8)
ALPHA[10:50, 20:110] = 255
ALPHA[50:52, 20:110] = 100


def document(alpha: np.ndarray = ALPHA, onto: Transform | None = None) -> Document:
    made = from_photo(Tiles.from_array(PIXELS), "mug", Tiles.from_array(alpha))
    if onto is None:
        return made
    return made.replace_layer(PHOTO, lambda layer: replace(layer, transform=onto))


@pytest.mark.parametrize(
    ("edit", "size"),
    [
        (edits.FrameProduct(fill=0.9), Size(100, 100)),
        (edits.FrameProduct(width=3, height=4, fill=0.9), Size(100, 133)),
        (edits.FrameProduct(width=4, height=1, fill=0.5), Size(320, 80)),
        (edits.FrameProduct(fill=1.0), Size(90, 90)),
    ],
)
def test_the_product_fills_its_share_and_lies_in_the_middle(
    edit: edits.FrameProduct, size: Size
) -> None:
    after = edits.apply(document(), edit)
    assert after.size == size
    product = product_bounds(after, PHOTO)
    assert product.size == Size(90, 40)
    assert abs(2 * product.x + 90 - size.width) <= 1
    assert abs(2 * product.y + 40 - size.height) <= 1


def test_a_layer_that_was_moved_enlarged_or_turned() -> None:
    moved = document(onto=Transform(2, 0, 0, 2, 5, -7))
    assert product_bounds(moved, PHOTO) == Rect(45, 13, 180, 80)
    turned = document(onto=Transform(0, 1, -1, 0, 110, 0))
    assert product_bounds(turned, PHOTO) == Rect(60, 20, 40, 90)


def test_without_a_product_there_is_nothing_to_frame() -> None:
    with pytest.raises(Problem, match="hides all of it"):
        edits.apply(document(np.zeros_like(ALPHA)), edits.FrameProduct())
    bare = from_photo(Tiles.from_array(PIXELS), "mug")
    with pytest.raises(Problem, match="has no mask"):
        edits.apply(bare, edits.FrameProduct())
    with pytest.raises(Problem, match="no layer “gone”"):
        edits.apply(bare, edits.FrameProduct("gone"))
