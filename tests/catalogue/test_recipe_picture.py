# SPDX-License-Identifier: Apache-2.0
"""Small pictures of what recipes do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
import pytest

from prodedit.catalogue.recipe_picture import (
    SIDE,
    KeptPictures,
    picture_of,
    sample,
    simplified,
)
from prodedit.core import edits
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.engine.recipe import Recipe
from prodedit.engine.results import MaskResult, Result
from prodedit.engine.tasks import Enhance, RemoveBackground, Task, TransferStyle

CUT = RemoveBackground()
RED = edits.SetBackground(SolidFill(Colour(255, 0, 0)))


def cut_middle(task: Task, inputs: Mapping[str, Any]) -> Result:
    assert task == RemoveBackground(model="u2net")
    alpha = np.zeros(inputs["source"].shape[:2], np.uint8)
    alpha[80:-80, 80:-80] = 255
    return MaskResult(alpha, np.full_like(alpha, 255), None, 0.9, "u2net")


def shown(data: bytes) -> np.ndarray:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None
    return pixels


def test_it_shows_what_the_recipe_does() -> None:
    steps = (CUT, RED, edits.FrameProduct(), edits.ResizeImage(Size(2000, 2000)))
    red = shown(picture_of(Recipe("Red", steps), sample(), cut_middle))
    assert red.shape == (SIDE, SIDE, 3)
    assert red[1, 1].tolist() == [0, 0, 255]
    assert red[SIDE // 2, SIDE // 2].tolist() != [0, 0, 255]
    clear = shown(picture_of(Recipe("Clear", (CUT,)), sample(), cut_middle))
    assert {tuple(clear[2, x]) for x in (2, 10)} == {(255, 255, 255), (214, 214, 214)}


def test_what_would_take_long_and_show_nothing_is_left_out() -> None:
    assert simplified((Enhance(size=Size(2400, 2400)), Enhance(4.0))) == ()
    (bright,) = simplified((Enhance(4.0, low_light=0.5),))
    assert bright == Enhance(low_light=0.5, model="classic", label_safe=False)
    assert simplified((edits.ResizeImage(Size(3000, 1500)),)) == (
        edits.ResizeImage(Size(320, 160)),
    )
    style = TransferStyle("soft-pastel")
    assert simplified((style, RemoveBackground("isnet"))) == (style, RemoveBackground("isnet"))


def test_pictures_are_kept_by_what_is_done(tmp_path: Path) -> None:
    kept = KeptPictures(tmp_path / "cache")
    recipe = Recipe("Red", (CUT, RED))
    assert kept.get(recipe) is None
    kept.put(recipe, b"picture")
    assert kept.get(msgspec.structs.replace(recipe, name="Other")) == b"picture"
    assert kept.get(Recipe("Red", (CUT,))) is None
    (tmp_path / "file").touch()
    KeptPictures(tmp_path / "file").put(recipe, b"picture")  # a disk that refuses harms nobody
    assert KeptPictures(tmp_path / "file").get(recipe) is None


def test_a_recipe_that_can_not_be_done_is_a_problem() -> None:
    with pytest.raises(Problem):
        picture_of(Recipe("Bad", (edits.FrameProduct(),)), sample(), cut_middle)
