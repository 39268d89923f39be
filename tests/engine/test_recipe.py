# SPDX-License-Identifier: Apache-2.0
"""Recipes: what of a history they keep, and their way through JSON."""

import json
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import from_photo
from prodedit.core.export_setting import ExportSetting
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine import recipe
from prodedit.engine.recipe import Done, Taken
from prodedit.engine.replay import Step
from prodedit.engine.tasks import RemoveBackground, TransferStyle
from tests.core.test_edits import EXAMPLES

WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))


def taken(*steps: Step) -> Taken:
    return recipe.from_history(Done(step) for step in steps)


def test_history_without_what_only_one_picture_has() -> None:
    picture = edits.SetBackground(edits.PictureBackground())
    stroke = edits.PaintMask("photo")
    found = taken(RemoveBackground(), stroke, edits.GrowMask("photo", -1), picture, WHITE)
    assert found.steps == (RemoveBackground(), edits.GrowMask("photo", -1), WHITE)
    assert found.left_out == (stroke, picture)


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_what_is_kept_needs_no_pixels_of_its_own(edit: edits.Edit) -> None:
    """A new kind of edit that does is to be named among those that are bound to one picture."""
    pixels = np.full((64, 64, 4), 255, np.uint8)
    alpha = np.zeros((64, 64), np.uint8)
    alpha[16:48, 16:48] = 255
    photo = from_photo(Tiles.from_array(pixels), "mug", Tiles.from_array(alpha))
    text = json.dumps(edits.to_json(edit)).replace('"layer": "a"', '"layer": "photo"')
    step = edits.from_json(json.loads(text))
    if not recipe.is_bound(step):
        with suppress(Problem):
            edits.apply(edits.apply(photo, edits.SelectAll()), step)


def test_what_depends_on_a_selection_goes_with_it() -> None:
    by_layer = edits.SelectWand(3, 4, layer="photo")
    fill = edits.FillSelected("photo", Colour(1, 2, 3))
    as_seen, grown = edits.SelectWand(3, 4), edits.GrowSelection(2)
    assert taken(by_layer, grown, fill).left_out == ()
    assert taken(as_seen, grown, fill).steps == ()
    added = edits.SelectAlpha("photo", "add")
    assert taken(as_seen, added, fill, edits.Deselect(), fill).steps == (edits.Deselect(), fill)


def test_what_depends_on_a_layer_goes_with_it() -> None:
    placed = edits.AddPixelLayer("layer-2", "logo")
    paler, both = edits.SetOpacity("layer-2", 0.5), edits.AddGroup("layer-3", "", ("layer-2",))
    text = edits.AddFillLayer("layer-4", "grey", SolidFill(Colour(9, 9, 9)))
    found = taken(placed, paler, both, edits.SetVisible("layer-3", False), text)
    assert found.steps == (text,)
    task = recipe.from_history([Done(RemoveBackground(), "layer-2")])
    assert task == Taken((), (RemoveBackground(),))


def test_layers_are_named_as_they_will_be() -> None:
    """The logo is left out, so the painted layer is the second one there."""
    paint = TransferStyle("bold-lines")
    found = recipe.from_history(
        [
            Done(edits.AddPixelLayer("layer-2", "logo")),
            Done(paint, made=("layer-3",)),
            Done(edits.SetOpacity("layer-3", 0.5)),
        ]
    )
    assert found.steps == (paint, edits.SetOpacity("layer-2", 0.5))


def test_json_gives_an_equal_recipe_back() -> None:
    made = recipe.Recipe("白底图", (RemoveBackground("u2net"), WHITE), ExportSetting("jpeg", 90))
    assert recipe.from_json(json.loads(json.dumps(recipe.to_json(made)))) == made


def test_a_file_gives_an_equal_recipe_back() -> None:
    made = recipe.Recipe("白底图", (RemoveBackground("u2net"), edits.Together((WHITE,))))
    assert recipe.from_bytes(recipe.to_bytes(made)) == made


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"schema": 2}, "newer version"),
        ({"steps": [{"type": "Explode"}]}, "nobody knows: “Explode”"),
        ({"steps": [{"type": "Together", "edits": [{"type": "Burn"}]}]}, "“Burn”"),
        ({"steps": [7]}, "nobody knows: “None”"),
        ({"steps": [{"type": "PaintMask", "layer": "photo"}]}, "only fits one picture"),
        ({"steps": "RemoveBackground"}, "damaged"),
        ({"steps": [{"type": "Deselect"}] * 201}, "damaged"),
        ({"steps": [{"type": "GrowMask", "layer": "photo", "pixels": "all"}]}, "damaged"),
        ({"name": ""}, "damaged"),
        ({"name": "x" * 81}, "damaged"),
        ({"type": "Deselect"}, "no recipe"),
        ({"export": {"type": "ExportSetting", "quality": 0}}, "damaged"),
    ],
)
def test_what_this_version_does_not_know_is_refused(change: dict[str, Any], sentence: str) -> None:
    data = recipe.to_json(recipe.Recipe("a", (WHITE,)))
    with pytest.raises(Problem, match=sentence):
        recipe.from_bytes(json.dumps({**data, **change}).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[" * 100_000, b"null", b"\xff\xfe", b" " * (1 << 21), b'{"type":"Recipe"}'],
    ids=["empty", "cut", "deep", "null", "no text", "large", "bare"],
)
def test_a_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(Problem):
        recipe.from_bytes(data)
