# SPDX-License-Identifier: Apache-2.0
"""Edits that merge layers, and of masks, guides and paths."""

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.geometry import Size, Transform
from prodedit.core.guides import Guide
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.path import Knot, NamedPath, Path, Subpath
from prodedit.core.problem import Problem
from prodedit.core.shape import RectangleShape
from prodedit.core.tiles import Tiles

SIZE = Size(300, 280)
GREY = Tiles.from_array(np.full((SIZE.height, SIZE.width, 4), 255, np.uint8))
SMALL = Tiles.from_array(np.full((20, 30, 4), 255, np.uint8))
PATH = Path((Subpath((Knot.corner(1, 2), Knot.corner(30, 40))),))


def three() -> Document:
    document = from_photo(GREY, "mug.jpg")
    for name in ("a", "b"):
        document = edits.apply(document, edits.AddFillLayer(name, name, SolidFill(Colour(1, 2, 3))))
    return document


def test_merged_layers_leave_one_where_the_lowest_was() -> None:
    after = edits.apply(
        three(), edits.MergeLayers((PHOTO, "b"), "m", "Merged", 5, 6), {"pixels": SMALL}
    )
    assert [layer.id for layer in after.layers] == ["m", "a"]
    assert after.layers[0].transform == Transform(dx=5, dy=6)
    assert after.layers[0].tiles is SMALL


def test_only_layers_of_one_level_are_merged() -> None:
    grouped = edits.apply(three(), edits.AddGroup("g", "g", ("a",)))
    with pytest.raises(Problem, match="same group"):
        edits.apply(grouped, edits.MergeLayers((PHOTO, "a"), "m", "m"), {"pixels": SMALL})


def test_a_locked_layer_is_not_merged() -> None:
    locked = edits.apply(three(), edits.SetLock("a", "pixels", True))
    with pytest.raises(Problem, match="locked"):
        edits.apply(locked, edits.MergeLayers((PHOTO, "a"), "m", "m"), {"pixels": SMALL})


@pytest.mark.parametrize("shows", [True, False])
def test_a_mask_of_all_or_nothing(shows: bool) -> None:
    document = edits.apply(three(), edits.AddMask("a", shows))
    layer = document.find("a")
    assert layer is not None
    assert layer.mask is not None
    assert (layer.mask.alpha.to_array() == (255 if shows else 0)).all()
    with pytest.raises(Problem, match="already"):
        edits.apply(document, edits.AddMask("a"))


def test_the_mask_of_a_shape_lies_on_the_canvas() -> None:
    box = edits.AddShapeLayer(
        "s", "s", RectangleShape(9, 9), SolidFill(Colour(1, 2, 3)), x=40, y=50
    )
    document = edits.apply(edits.apply(three(), box), edits.AddMask("s"))
    layer = document.find("s")
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.alpha.size == SIZE
    assert layer.transform.after(layer.mask.transform) == Transform()


def test_an_applied_mask_is_gone() -> None:
    document = edits.apply(three(), edits.AddMask(PHOTO))
    after = edits.apply(document, edits.ApplyMask(PHOTO, 3, 4), {"pixels": SMALL})
    layer = after.find(PHOTO)
    assert layer is not None
    assert layer.mask is None
    assert layer.tiles is SMALL
    with pytest.raises(Problem):
        edits.apply(after, edits.ApplyMask(PHOTO), {"pixels": SMALL})


def test_guides_are_set_once_each() -> None:
    twice = (Guide("upright", 5.0), Guide("upright", 5.0), Guide("level", float("nan")))
    after = edits.apply(three(), edits.SetGuides(twice))
    assert after.guides == (Guide("upright", 5.0),)
    assert edits.apply(after, edits.SetGuides(twice)) is after


def test_one_path_clips_at_most() -> None:
    first = edits.apply(three(), edits.SetPath(NamedPath("p", "One", PATH, True)))
    second = edits.apply(first, edits.SetPath(NamedPath("q", "Two", PATH, True)))
    assert [(path.id, path.is_clipping) for path in second.paths] == [("p", False), ("q", True)]
    renamed = edits.apply(second, edits.SetPath(NamedPath("p", "First", PATH)))
    assert [path.name for path in renamed.paths] == ["First", "Two"]
    gone = edits.apply(renamed, edits.RemovePath("p"))
    assert [path.id for path in gone.paths] == ["q"]
    with pytest.raises(Problem, match="no path"):
        edits.apply(gone, edits.RemovePath("p"))


EXAMPLES: list[edits.Edit] = [
    edits.MergeLayers(("a", "b"), "m", "Merged"),
    edits.AddMask("a", False),
    edits.ApplyMask("a", 1, 2),
    edits.SetGuides((Guide("level", 2.5),)),
    edits.SetPath(NamedPath("p", "Pfad", PATH, True)),
    edits.RemovePath("p"),
]
