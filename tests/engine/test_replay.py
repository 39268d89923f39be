# SPDX-License-Identifier: Apache-2.0
"""Replay: tasks get the layer's pixels, results become edits, in the order of the steps."""

import msgspec
import numpy as np
import pytest

from prodedit.core import edits, serial
from prodedit.core.document import BACKGROUND, PHOTO, from_photo
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine import replay, replaying, tasks
from prodedit.engine.recipe import is_bound
from prodedit.engine.replay import TaskInputs
from prodedit.engine.results import Fidelity, MaskResult, PixelsResult, Result
from prodedit.engine.tasks import (
    PICTURE,
    RemoveBackground,
    SecondStyle,
    SelectObject,
    Task,
    TransferStyle,
)

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
    after = replaying.replay(document, steps, cut_out)
    layer = after.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert [one.id for one in after.layers] == [BACKGROUND, PHOTO]
    assert layer.mask.alpha.to_array()[0, 0] == 0
    assert layer.mask.alpha.to_array()[0, 399] == 255


def test_result_is_kept_whole_and_says_what_made_it() -> None:
    document = replaying.replay(
        from_photo(tiles_from_rgb(RGB), "mug"), (RemoveBackground(),), cut_out
    )
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
    cut = replaying.replay(document, (RemoveBackground(),), cut_out)
    assert (replay.inputs_for(SelectObject(), cut, PHOTO)["mask"][:, :200] == 255).all()


def test_edit_gets_the_pixels_that_were_handed_over_for_it() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    blue = tiles_from_rgb(np.full((10, 10, 3), (0, 0, 255), np.uint8))
    step = edits.SetBackground(edits.PictureBackground())
    after = replaying.replay(document, (step,), cut_out, {0: {"picture": blue}})
    tiles = after.layers[0].tiles
    assert tiles is not None
    assert tuple(tiles.to_array()[150, 200]) == (255, 0, 0, 255)


def test_layer_that_is_not_there_is_a_sentence() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    with pytest.raises(Problem, match="no layer"):
        replaying.replay(document, (RemoveBackground(),), cut_out, layer_id="other")


def painted(task: Task, inputs: TaskInputs) -> PixelsResult:
    """The photo in negative."""
    pixels = 255 - inputs["source"]
    pixels[..., 3] = 255
    return PixelsResult(pixels, "multistyle26", Fidelity(0.5, 9.0))


def run_both(task: Task, inputs: TaskInputs) -> Result:
    return cut_out(task, inputs) if isinstance(task, RemoveBackground) else painted(task, inputs)


def test_style_becomes_a_layer_that_says_what_made_it() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    task = TransferStyle("wave", 0.5, SecondStyle("scream", 0.25), name="Wave")
    after = replaying.replay(document, (task,), run_both)
    assert after.find(PHOTO) is document.find(PHOTO)
    made = after.layers[1]
    assert made.name == "Wave"
    assert made.made_by is not None
    facts = dict(made.made_by)
    assert facts.pop("networks") == "multistyle26"
    assert facts.pop("fidelity") == {"ssim": 0.5, "delta_e": 9.0}
    assert tasks.from_json(facts) == task
    stored = msgspec.json.encode(serial.describe(after, lambda tiles: "tiles"))
    again = serial.rebuild(msgspec.json.decode(stored), lambda key: Tiles.empty(after.size))
    assert again.layers[1].made_by == made.made_by


def test_style_sees_the_product_without_the_old_light_in_its_edge() -> None:
    cut = replaying.replay(from_photo(tiles_from_rgb(RGB), "mug"), (RemoveBackground(),), cut_out)
    edge, scopes = (150, 199), ("all", "product", "background")
    seen = [
        replay.inputs_for(TransferStyle("wave", scope=scope), cut, PHOTO)["source"][edge]
        for scope in scopes
    ]
    assert [tuple(colour) for colour in seen] == [(1, 2, 3, 255), (1, 2, 3, 255), (30, 20, 10, 255)]
    assert replay.inputs_for(TransferStyle("wave"), cut, PHOTO)["mask"][edge] == 255


def test_picture_as_style_is_handed_over() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    task = TransferStyle(PICTURE)
    blue = tiles_from_rgb(np.full((10, 20, 3), (0, 0, 255), np.uint8))
    seen: list[tuple[int, ...]] = []

    def run(task: Task, inputs: TaskInputs) -> PixelsResult:
        seen.append(inputs["style"].shape)
        return painted(task, inputs)

    replaying.replay(document, (task,), run, {0: {"style": blue}})
    assert seen == [(10, 20, 4)]
    assert (is_bound(task), is_bound(TransferStyle("wave"))) == (True, False)


def test_scope_without_a_cut_out_is_refused_before_any_work() -> None:
    document = from_photo(tiles_from_rgb(RGB), "mug")
    with pytest.raises(Problem, match="no cut-out yet"):
        replay.inputs_for(TransferStyle("wave", scope="product"), document, PHOTO)
