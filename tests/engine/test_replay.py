# SPDX-License-Identifier: Apache-2.0
"""Replay: tasks get the layer's pixels, results become edits, in the order of the steps."""

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO, from_photo
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.engine import replay
from prodedit.engine.replay import TaskInputs
from prodedit.engine.results import MaskResult
from prodedit.engine.tasks import RemoveBackground, SelectObject, Task

RGB = np.full((300, 400, 3), (10, 20, 30), np.uint8)


def cut_out(task: Task, inputs: TaskInputs) -> MaskResult:
    """The left half is the product."""
    source = inputs["source"]
    assert source.shape == (300, 400, 4)
    assert tuple(source[0, 0]) == (30, 20, 10, 255)
    alpha = np.zeros(source.shape[:2], np.uint8)
    alpha[:, :200] = 255
    foreground = np.zeros_like(source)
    foreground[:, 199] = (1, 2, 3, 255)
    return MaskResult(alpha, np.full_like(alpha, 255), foreground, 0.8, "u2net+isnet")


def test_steps_are_done_in_order() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    steps = (
        RemoveBackground(),
        edits.InvertMask(PHOTO),
        edits.SetBackground(SolidFill(Colour(255, 255, 255))),
    )
    after = replay.replay(document, steps, cut_out)
    layer = after.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert [one.id for one in after.layers] == [BACKGROUND, PHOTO]
    assert layer.mask.alpha.to_array()[0, 0] == 0
    assert layer.mask.alpha.to_array()[0, 399] == 255


def test_result_is_kept_whole_and_says_what_made_it() -> None:
    document = replay.replay(from_photo(tiles_from_rgb(RGB), "mug"), (RemoveBackground(),), cut_out)
    layer = document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.score == 0.8
    assert layer.mask.task == {
        "type": "RemoveBackground",
        "model": "auto",
        "refine": True,
        "networks": "u2net+isnet",
    }
    assert layer.mask.foreground is not None
    assert set(layer.mask.foreground.blocks) == {(0, 0), (0, 1)}


def test_click_is_handed_the_mask_so_far() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    assert not replay.inputs_for(SelectObject(), document, PHOTO)["mask"].any()
    cut = replay.replay(document, (RemoveBackground(),), cut_out)
    assert (replay.inputs_for(SelectObject(), cut, PHOTO)["mask"][:, :200] == 255).all()


def test_edit_gets_the_pixels_that_were_handed_over_for_it() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    blue = tiles_from_rgb(np.full((10, 10, 3), (0, 0, 255), np.uint8))
    step = edits.SetBackground(edits.PictureBackground())
    after = replay.replay(document, (step,), cut_out, {0: {"picture": blue}})
    tiles = after.layers[0].tiles
    assert tiles is not None
    assert tuple(tiles.to_array()[150, 200]) == (255, 0, 0, 255)


def test_layer_that_is_not_there_is_a_sentence() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    with pytest.raises(Problem, match="no layer"):
        replay.replay(document, (RemoveBackground(),), cut_out, layer_id="other")
