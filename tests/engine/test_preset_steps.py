# SPDX-License-Identifier: Apache-2.0
"""What is done to a photo so that it fits a slot."""

from typing import Any

import msgspec
import numpy as np
import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits.reframing import product_bounds
from prodedit.core.geometry import Rect, Size
from prodedit.core.presets import Making
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.preset_steps import cutting, frame_within, framing, made_for
from prodedit.engine.results import MaskResult, PixelsResult, Result
from prodedit.engine.tasks import Enhance, RemoveBackground, Task

SQUARE = Making(size=(90, 90), least=60, fill=0.9)
KEEP = Making(size=(60, 60), least=30, fill=0, backdrop="keep")
PRODUCT = Rect(90, 20, 30, 60)


def photo(width: int = 200, height: int = 100) -> Document:
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., 0] = np.arange(width)
    return from_photo(Tiles.from_array(pixels), "mug")


def engine(task: Task, inputs: dict[str, Any]) -> Result:
    """Finds the PRODUCT, and a speck; enlarges by repeating."""
    source = inputs["source"]
    if isinstance(task, Enhance):
        times = round(task.upscale)
        more = {n: a.repeat(times, 0).repeat(times, 1) for n, a in inputs.items()}
        return PixelsResult(more["source"], "fake", alpha=more.get("mask"))
    assert isinstance(task, RemoveBackground)
    alpha = np.zeros(source.shape[:2], np.uint8)
    alpha[PRODUCT.y : PRODUCT.bottom, PRODUCT.x : PRODUCT.right] = 255
    alpha[5, 5] = 255
    return MaskResult(alpha, np.full_like(alpha, 255), None, 0.9, "fake")


def made(document: Document, making: Making, network: bool = False) -> Document:
    return made_for(document, making, engine, network=network)


def test_the_product_fills_its_share_of_white() -> None:
    document = made(photo(), SQUARE)
    assert document.size == Size(67, 67), "as large as the photo gives"
    product = product_bounds(document, PHOTO)
    assert (product.width, product.height) == (30, 60), "the speck is gone"
    assert abs(2 * product.x + 30 - 67) <= 2
    assert [layer.id for layer in document.layers] == ["background", PHOTO]


@pytest.mark.parametrize(
    ("size", "least", "expected"), [(50, 40, 50), (90, 80, 80), (67, 67, 67), (400, 100, 100)]
)
def test_no_larger_than_wanted_and_no_smaller_than_allowed(
    size: int, least: int, expected: int
) -> None:
    making = msgspec.structs.replace(SQUARE, size=(size, size), least=least)
    assert made(photo(), making).size == Size(expected, expected)


def test_the_proportions_of_the_slot_are_exact() -> None:
    banner = msgspec.structs.replace(SQUARE, size=(750, 352), least=750)
    assert made(photo(), banner).size == Size(750, 352)


def test_transparent_has_nothing_behind() -> None:
    making = msgspec.structs.replace(SQUARE, backdrop="transparent", format="png")
    assert [layer.id for layer in made(photo(), making).layers] == [PHOTO]


def test_a_mask_that_is_there_is_used_as_it_is() -> None:
    alpha = np.zeros((100, 200), np.uint8)
    alpha[10:50, 10:50] = 255
    alpha[90, 190] = 255
    known = edits.apply(photo(), edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    assert cutting(known, SQUARE) == ()
    large = msgspec.structs.replace(SQUARE, size=(400, 400))
    assert product_bounds(made(known, large), PHOTO).width == 181, "nothing of it is tidied away"


def test_a_small_photo_is_enlarged_by_the_network_before_it_is_framed() -> None:
    making = msgspec.structs.replace(SQUARE, size=(400, 400), least=400)
    steps = framing(made(photo(), SQUARE), making, network=True)
    assert isinstance(steps[0], Enhance)
    assert steps[0].upscale == 4, "what the network does; resampling goes on from there"
    assert not any(isinstance(step, Enhance) for step in framing(photo_cut(), SQUARE))
    assert made(photo(), making, network=True).size == Size(400, 400)
    assert made(photo(), making).size == Size(400, 400)


@pytest.mark.parametrize(
    ("side", "slot", "times"),
    [(300, 380, 2), (300, 590, 2), (300, 1000, 4), (1400, 2000, 1.43), (1400, 4000, None)],
)
def test_slots_of_several_sizes_share_what_is_enlarged(
    side: int, slot: int, times: float | None
) -> None:
    """As long as that is not too much for a processor."""
    making = msgspec.structs.replace(SQUARE, size=(slot, slot), least=slot, fill=1.0)
    alpha = Tiles.from_array(np.full((side, side), 255, np.uint8))
    document = edits.apply(photo(side, side), edits.SetMask(PHOTO), {"alpha": alpha})
    asked = [step.upscale for step in framing(document, making) if isinstance(step, Enhance)]
    assert asked == ([] if times is None else [pytest.approx(times, abs=0.01)])


def photo_cut() -> Document:
    return made(photo(), msgspec.structs.replace(SQUARE, size=(67, 67)))


def test_a_photo_that_keeps_its_backdrop_is_cropped_round_the_product() -> None:
    document = made(photo(), KEEP)
    assert document.size == Size(60, 60)
    layer = document.find(PHOTO)
    assert layer is not None
    assert layer.mask is not None
    assert not layer.mask.enabled, "all of the photo is seen"
    assert product_bounds(document, PHOTO).x == round((90 - 55) * 0.6), "in the middle"


def test_nothing_is_cut_where_the_proportions_are_right() -> None:
    assert cutting(photo(80, 80), KEEP) == ()
    assert framing(photo(80, 80), KEEP, network=False) == (edits.ResizeImage(Size(60, 60)),)
    assert framing(photo(60, 60), KEEP) == ()


def test_a_photo_without_a_product_may_keep_its_backdrop() -> None:
    def nothing(task: Task, inputs: dict[str, Any]) -> Result:
        raise Problem("None.", code="nothing-found")

    document = made_for(photo(), KEEP, nothing, network=False)
    assert document.size == Size(60, 60)
    with pytest.raises(Problem, match="None"):
        made_for(photo(), SQUARE, nothing, network=False)


def test_its_own_proportions_within_limits() -> None:
    free = msgspec.structs.replace(KEEP, exact=False)
    assert made(photo(200, 100), free).size == Size(60, 30)
    assert made(photo(50, 20), free).size == Size(50, 20)
    assert made(photo(20, 10), free).size == Size(30, 15)


@pytest.mark.parametrize(
    ("product", "shape", "frame"),
    [
        (Rect(90, 20, 30, 60), Size(1, 1), Rect(55, 0, 100, 100)),
        (Rect(0, 0, 10, 10), Size(1, 1), Rect(0, 0, 100, 100)),
        (Rect(190, 0, 50, 50), Size(1, 1), Rect(100, 0, 100, 100)),
        (Rect(20, 0, 160, 100), Size(1, 1), Rect(20, -30, 160, 160)),
        (Rect(0, 0, 200, 100), Size(4, 1), Rect(-100, 0, 400, 100)),
    ],
)
def test_the_largest_frame_that_cuts_nothing_of_the_product(
    product: Rect, shape: Size, frame: Rect
) -> None:
    assert frame_within(Size(200, 100), product, shape) == frame
