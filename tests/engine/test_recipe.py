# SPDX-License-Identifier: Apache-2.0
"""Recipes: what of a history they keep, and their way through JSON."""

import json

import pytest

from prodedit.core import edits
from prodedit.core.export_setting import ExportSetting
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.engine import recipe
from prodedit.engine.tasks import RemoveBackground

WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))


def test_history_without_what_only_one_picture_has() -> None:
    history = [
        RemoveBackground(),
        edits.PaintMask("photo"),
        edits.GrowMask("photo", -1),
        edits.SetBackground(edits.PictureBackground()),
        WHITE,
    ]
    made = recipe.from_history("white", history, ExportSetting("jpeg"))
    assert made.steps == (RemoveBackground(), edits.GrowMask("photo", -1), WHITE)


def test_a_selection_by_the_layer_s_own_pixels_is_kept_one_by_the_whole_picture_is_not() -> None:
    by_layer = edits.SelectWand(3, 4, layer="photo")
    history = [by_layer, edits.SelectWand(3, 4), edits.SetSelection(), edits.GrowSelection(2)]
    made = recipe.from_history("wand", history, ExportSetting())
    assert made.steps == (by_layer, edits.GrowSelection(2))


def test_json_gives_an_equal_recipe_back() -> None:
    made = recipe.Recipe("白底图", (RemoveBackground("u2net"), WHITE), ExportSetting("jpeg", 90))
    assert recipe.from_json(json.loads(json.dumps(recipe.to_json(made)))) == made


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"steps": [{"type": "Explode"}]},
        {"export": {"type": "ExportSetting", "quality": 0}},
    ],
)
def test_what_this_version_does_not_know_is_refused(change: dict[str, object]) -> None:
    data = recipe.to_json(recipe.Recipe("a", (WHITE,)))
    with pytest.raises(Problem, match="another version"):
        recipe.from_json({**data, **change})
