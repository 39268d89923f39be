# SPDX-License-Identifier: Apache-2.0
"""Products of one photo, taken apart."""

import numpy as np
import pytest

from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Problem
from prodedit.core.separating import framed, parts, separated
from prodedit.core.tiles import Tiles
from prodedit.render.compositor import Compositor

COLOURS = ((200, 0, 0), (0, 200, 0), (0, 0, 200))
BOXES = (Rect(20, 30, 60, 50), Rect(150, 20, 80, 90), Rect(60, 150, 100, 40))
"""Two in the upper row, one below."""


def photo(boxes: tuple[Rect, ...] = BOXES, *more: Rect) -> Document:
    pixels = np.full((240, 260, 4), 255, np.uint8)
    alpha = np.zeros((240, 260), np.uint8)
    for box, colour in zip(boxes, COLOURS, strict=False):
        pixels[box.y : box.y + box.height, box.x : box.x + box.width, :3] = colour
    for box in (*boxes, *more):
        alpha[box.y : box.y + box.height, box.x : box.x + box.width] = 255
    return from_photo(Tiles.from_array(pixels), "three", Tiles.from_array(alpha))


def alpha_of(document: Document) -> np.ndarray:
    layer = document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    return layer.mask.alpha.to_array()


def test_each_product_is_framed_alone_in_the_order_of_reading() -> None:
    made = separated(photo(), PHOTO, padding=0.1)
    assert len(made) == 3
    for document, box, colour in zip(made, BOXES, COLOURS, strict=True):
        room = round(max(box.width, box.height) * 0.1)
        assert document.size == Size(box.width + 2 * room, box.height + 2 * room)
        pixels = Compositor().merged(document)
        shown = pixels[..., 3] > 0
        assert shown.sum() == box.width * box.height  # nothing of the others, all of its own
        assert (pixels[shown][:, :3] == colour).all()
        assert shown[room : room + box.height, room : room + box.width].all()


def test_soft_edges_stay_soft_and_all_that_shows_belongs_to_somebody() -> None:
    document = photo()
    alpha = alpha_of(document)
    alpha[29, 20:80] = 90
    found = parts(alpha)
    assert (np.maximum.reduce([part.alpha for part in found]) == alpha).all()
    assert found[0].box == Rect(20, 29, 60, 51)


def test_what_is_small_belongs_to_its_neighbour_and_what_nearly_touches_is_one() -> None:
    found = parts(alpha_of(photo(BOXES, Rect(90, 50, 4, 4))))
    assert len(found) == 3
    assert found[0].box.width == 94 - 20
    near = (Rect(20, 30, 60, 50), Rect(81, 30, 40, 50), Rect(60, 150, 100, 40))
    assert len(parts(alpha_of(photo(near)))) == 2


def test_a_square_has_the_product_in_its_middle() -> None:
    assert framed(Rect(10, 20, 100, 50), 0.1, square=True) == Rect(0, -15, 120, 120)
    made = separated(photo(), PHOTO, square=True)
    assert all(document.size.width == document.size.height for document in made)


def test_a_moved_layer_is_framed_where_it_lies() -> None:
    from prodedit.core import edits

    moved = edits.apply(photo(), edits.ShiftLayer(PHOTO, 15, -5), {})
    for document, box in zip(separated(moved, PHOTO, padding=0.0), BOXES, strict=True):
        assert document.size == box.size
        assert (Compositor().merged(document)[..., 3] == 255).all()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (photo(BOXES[:1]), "one-product"),
        (from_photo(Tiles.empty(Size(8, 8), 4), "a"), "no-cut-out"),
        (photo(()), "one-product"),
    ],
)
def test_where_there_is_nothing_to_take_apart_it_is_told(document: Document, code: str) -> None:
    with pytest.raises(Problem) as told:
        separated(document, PHOTO)
    assert told.value.code == code
