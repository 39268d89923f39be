# SPDX-License-Identifier: Apache-2.0
"""Sizes and costs, foretold."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core.document import PHOTO, from_photo
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.pixels import tiles_from_rgb
from prodedit.core.problem import Problem
from prodedit.engine import enhancing, tasks
from prodedit.engine.tasks import Enhance

PHOTO_SIZE = Size(1000, 800)


@pytest.mark.parametrize("task", [Enhance(8.0), Enhance(size=Size(70_000, 70_000))])
def test_too_large_is_one_sentence(task: Enhance) -> None:
    with pytest.raises(Problem, match=r"too many\. Choose at most 60000 on a side and 400 meg"):
        enhancing.target_size(task, Size(9000, 5000))


def test_picture_as_large_as_it_is_never_too_large() -> None:
    assert enhancing.target_size(Enhance(), Size(100_000, 1)) == (100_000, 1)


@pytest.mark.parametrize("size", [(0, 5), (5, -1)])
def test_no_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Problem):
        tasks.from_json({"type": "Enhance", "size": list(size)})


def test_strengths_have_bounds() -> None:
    for field in ("denoise", "sharpen", "low_light", "auto_tone", "white_balance", "clean_jpeg"):
        with pytest.raises(Problem):
            tasks.from_json({"type": "Enhance", field: 1.5})


def test_cost_grows_with_what_is_asked() -> None:
    def seconds(**asked: object) -> float:
        return enhancing.cost(Enhance(**asked), PHOTO_SIZE, 100.0).seconds  # type: ignore[arg-type]

    assert (
        seconds()
        < seconds(denoise=0.5)
        < seconds(upscale=4.0)
        < seconds(upscale=4.0, model="large")
    )
    assert seconds(upscale=4.0, model="classic") < seconds(upscale=4.0, label_safe=False)
    slow = enhancing.cost(Enhance(4.0), PHOTO_SIZE, 50.0)
    assert slow.size == (4000, 3200)
    assert slow.seconds > 1.5 * enhancing.cost(Enhance(4.0), PHOTO_SIZE, 100.0).seconds
    assert enhancing.cost(Enhance(4.0), PHOTO_SIZE, 50.0, on_gpu=True).gflop > slow.gflop


def test_calibration_finds_a_speed() -> None:
    assert enhancing.calibrated(128, 2) > 0


def test_canvas_grows_where_the_photo_fills_it() -> None:
    document = from_photo(tiles_from_rgb(np.zeros((8, 9, 3), np.uint8)), "mug")
    assert enhancing.canvas_by_default(document, PHOTO)
    other = Layer("other", "other", PixelContent(document.layers[0].tiles))  # type: ignore[arg-type]
    assert enhancing.canvas_by_default(document.insert(other, None, 1), PHOTO)
    moved = document.replace_layer(PHOTO, lambda layer: replace(layer, transform=Transform(dx=1)))
    assert not enhancing.canvas_by_default(moved, PHOTO)
    assert not enhancing.canvas_by_default(document, "nothing")
