# SPDX-License-Identifier: Apache-2.0
import dataclasses

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.selection import Box
from prodedit.core.geometry import Point, Size, Transform
from prodedit.core.layer import Mask
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles

SIZE = Size(300, 200)


def square(left: float, top: float, side: float) -> Subpath:
    places = ((0, 0), (side, 0), (side, side), (0, side))
    return Subpath(tuple(Knot.corner(left + x, top + y) for x, y in places), True)


FRAME = NamedPath("p", "Frame", Path((square(40, 30, 100), square(70, 60, 40))))


EXAMPLES: list[edits.Edit] = [
    edits.SelectPath("p", "add", False, 2.0),
    edits.PathFromSelection("p", "Weg", 0.7),
    edits.PathFromMask(PHOTO, "p", "Weg"),
    edits.MaskFromPath(PHOTO, "p"),
]


def document(*paths: NamedPath) -> Document:
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    whole = from_photo(Tiles.from_array(pixels), "photo")
    for path in paths:
        whole = edits.apply(whole, edits.SetPath(path))
    return whole


def selected(of: Document) -> np.ndarray:
    assert of.selection is not None
    return of.selection.to_array()


def test_a_path_becomes_a_selection_with_its_hole() -> None:
    chosen = selected(edits.apply(document(FRAME), edits.SelectPath("p")))
    assert int((chosen > 0).sum()) == 100 * 100 - 40 * 40
    assert chosen[80, 90] == 0
    assert chosen[35, 45] == 255


def test_curves_are_smoothed_and_hard_where_that_is_wished() -> None:
    knots = tuple(
        Knot(Point(x, y), Point(x - hx, y - hy), Point(x + hx, y + hy))
        for x, y, hx, hy in (
            (100, 50, 27.6, 0),
            (150, 100, 0, 27.6),
            (100, 150, -27.6, 0),
            (50, 100, 0, -27.6),
        )
    )
    whole = document(NamedPath("p", "Disc", Path((Subpath(knots, True),))))
    smooth = selected(edits.apply(whole, edits.SelectPath("p")))
    assert len(np.unique(smooth)) > 30
    assert smooth.sum() / 255 == pytest.approx(np.pi * 50 * 50, rel=0.002)
    hard = selected(edits.apply(whole, edits.SelectPath("p", smooth=False)))
    assert set(np.unique(hard)) == {0, 255}


def test_an_open_path_is_closed_and_modes_add_up() -> None:
    open_ = NamedPath("o", "Open", Path((Subpath(square(10, 10, 20).knots),)))
    whole = edits.apply(document(FRAME, open_), edits.SelectPath("p"))
    both = selected(edits.apply(whole, edits.SelectPath("o", "add")))
    assert both[15, 15] == 255
    assert both[35, 45] == 255
    only = edits.apply(whole, edits.SelectPath("o", "subtract"))
    assert (selected(only) == selected(whole)).all()


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (edits.SelectPath("nothing"), "unknown-path"),
        (edits.MaskFromPath(PHOTO, "nothing"), "unknown-path"),
        (edits.SelectPath("dot"), "path-of-nothing"),
        (edits.MaskFromPath(PHOTO, "dot"), "path-of-nothing"),
        (edits.SelectPath("far"), "path-of-nothing"),
        (edits.PathFromSelection("n", "New"), "nothing-selected"),
        (edits.PathFromMask(PHOTO, "n", "New"), "no-mask"),
        (edits.RemovePath("nothing"), "unknown-path"),
        (
            edits.SetPath(NamedPath("n", "n", Path((Subpath((Knot.corner(float("nan"), 0),)),)))),
            "bad-path",
        ),
        (
            edits.SetPath(NamedPath("n", "n", Path((Subpath((Knot.corner(0, 3e6),)),)))),
            "bad-path",
        ),
    ],
)
def test_what_can_not_be_done_is_told(edit: edits.Edit, code: str) -> None:
    dot = NamedPath("dot", "Dot", Path((Subpath((Knot.corner(9, 9),)),)))
    far = NamedPath("far", "Far", Path((square(900, 900, 50),)))
    with pytest.raises(Problem) as caught:
        edits.apply(document(dot, far), edit)
    assert caught.value.code == code


def test_a_selection_becomes_a_path_and_back() -> None:
    whole = edits.apply(document(FRAME), edits.SelectEllipse(Box(40, 30, 260, 170)))
    traced = edits.apply(whole, edits.PathFromSelection("new", "Ellipse", 0.5))
    assert [path.name for path in traced.paths] == ["Frame", "Ellipse"]
    assert len(traced.paths[1].path.subpaths) == 1
    again = selected(edits.apply(traced, edits.SelectPath("new")))
    one, other = selected(whole) > 127, again > 127
    assert (one & other).sum() / (one | other).sum() > 0.995


def test_a_traced_path_keeps_clipping_under_its_id() -> None:
    clips = NamedPath("p", "Cut", FRAME.path, is_clipping=True)
    whole = edits.apply(document(clips), edits.SelectRectangle(Box(10, 10, 90, 90)))
    (path,) = edits.apply(whole, edits.PathFromSelection("p", "Cut")).paths
    assert path.is_clipping
    assert len(path.path.subpaths) == 1


def test_too_small_a_selection_has_no_path() -> None:
    whole = edits.apply(document(), edits.SelectRectangle(Box(10, 10, 10.4, 10.4)))
    with pytest.raises(Problem) as caught:
        edits.apply(whole, edits.PathFromSelection("n", "New"))
    assert caught.value.code == "nothing-to-trace"


@pytest.mark.parametrize("place", [Transform(), Transform(dx=7, dy=-3)])
def test_a_path_becomes_the_mask_of_a_layer_wherever_that_lies(place: Transform) -> None:
    whole = document(FRAME)
    whole = whole.replace_layer(PHOTO, lambda old: dataclasses.replace(old, transform=place))
    masked = edits.apply(whole, edits.MaskFromPath(PHOTO, "p"))
    shown = selected(edits.apply(masked, edits.SelectionFromMask(PHOTO)))
    assert (shown == selected(edits.apply(whole, edits.SelectPath("p")))).all()
    assert masked.selection is None


def test_a_mask_becomes_a_path() -> None:
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[50:150, 80:200] = 255
    masked = document().replace_layer(
        PHOTO, lambda old: dataclasses.replace(old, mask=Mask(Tiles.from_array(alpha)))
    )
    (path,) = edits.apply(masked, edits.PathFromMask(PHOTO, "m", "Mask")).paths
    assert path.path.bounds == (80, 50, 120, 100)


def test_the_same_path_again_is_no_step() -> None:
    whole = document(FRAME)
    assert edits.apply(whole, edits.SetPath(FRAME)) is whole
