# SPDX-License-Identifier: Apache-2.0
"""Steps done to a document that has more in it than the one that they come from."""

import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.replay import TaskInputs
from prodedit.engine.replaying import Replay, replay
from prodedit.engine.results import PixelsResult, Result
from prodedit.engine.tasks import Task, TransferStyle

GREY = np.full((20, 30, 4), 120, np.uint8)
GREY[..., 3] = 255
STEPS = (
    edits.SetBackground(SolidFill(Colour(255, 255, 255))),
    TransferStyle("bold-lines"),
    edits.SetOpacity("layer-3", 0.5),
    edits.AddFillLayer("layer-4", "tint", SolidFill(Colour(1, 2, 3))),
    edits.SetBlendMode("layer-4", "multiply"),
)


def photo() -> Document:
    return from_photo(Tiles.from_array(GREY), "mug")


def painted(task: Task, inputs: TaskInputs) -> Result:
    return PixelsResult(255 - inputs["source"])


def test_on_a_photo_layers_keep_their_names() -> None:
    after = replay(photo(), STEPS, painted)
    assert [layer.id for layer in after.layers] == ["background", PHOTO, "layer-3", "layer-4"]
    assert after.layers[2].opacity == 0.5
    assert after.layers[3].blend == "multiply"


def test_layers_that_are_there_already_are_left_alone() -> None:
    before = photo()
    for name in ("layer-3", "layer-4"):
        fill = edits.AddFillLayer(name, "own", SolidFill(Colour(9, 9, 9)))
        before = edits.apply(before, fill)
    after = replay(before, STEPS, painted)
    for name in ("layer-3", "layer-4"):
        assert after.find(name) is before.find(name)
    new = [layer for layer in after.walk() if before.find(layer.id) is None]
    assert [(layer.name, layer.opacity, layer.blend) for layer in new] == [
        ("Background", 1.0, "normal"),
        ("mug", 0.5, "normal"),
        ("tint", 1.0, "multiply"),
    ]


def test_what_is_done_to_the_photo_may_be_done_to_another_layer() -> None:
    before = edits.apply(
        photo(), edits.AddPixelLayer("layer-2", "other"), {"pixels": Tiles.from_array(GREY)}
    )
    after = replay(before, (edits.SetOpacity(PHOTO, 0.25),), painted, layer_id="layer-2")
    assert [layer.opacity for layer in after.layers] == [1.0, 0.25]


def test_numbers_that_make_no_sense_are_told_by_their_step() -> None:
    colour = Colour(10**9, 0, 0)
    with pytest.raises(Problem, match="The step “Fill” of the recipe can't be done"):
        replay(photo(), (edits.SelectAll(), edits.FillSelected(PHOTO, colour)), painted)


def test_a_replay_stops_at_each_task() -> None:
    whole = Replay(photo(), STEPS)
    assert whole.advance() == STEPS[1]
    assert whole.done == 1
    whole.land(painted(STEPS[1], whole.inputs()))
    assert whole.advance() is None
    assert [done.step for done in whole.history] == list(STEPS)
    assert whole.history[1].made == ("layer-3",)
