# SPDX-License-Identifier: Apache-2.0
"""What a moving control shows is nearly what it will be."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from prodedit.core.adjust import exactly, nearly
from prodedit.core.adjust.near import near
from prodedit.core.adjust.values import (
    Adjustment,
    Balance,
    BlackAndWhite,
    ColourBalance,
    Curves,
    Dot,
    Exposure,
    GradientMap,
    HueSaturation,
    Levels,
    PhotoFilter,
    Posterise,
    Recolour,
    Shift,
    Threshold,
    Vibrance,
    Vignette,
)
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels

AREA, CANVAS = Rect(256, 0, 96, 80), Size(400, 300)
COLOURS: tuple[Adjustment, ...] = (
    HueSaturation(Shift(60, 20, 0)),
    HueSaturation(Shift(), reds=Shift(30, 30, 0)),
    ColourBalance(midtones=Balance(80, 0, -40)),
    Vibrance(60, 20),
    BlackAndWhite(),
    PhotoFilter(),
    GradientMap(),
    Recolour(Colour(150, 60, 60), Colour(40, 100, 160)),
    Curves(luminosity=(Dot(0, 0), Dot(128, 170), Dot(255, 255))),
)


def photo(alpha: int = 255) -> Pixels:
    """A product of many colours before an almost white backdrop, premultiplied."""
    random = np.random.default_rng(3)
    pixels = np.full((AREA.height, AREA.width, 4), 255, np.uint8)
    pixels[..., :3] = np.linspace(225, 255, AREA.width).astype(np.uint8)[None, :, None]
    rough = random.integers(20, 200, (5, 5, 3), np.uint8)
    pixels[16:64, 16:80, :3] = cv2.resize(rough, (64, 48), interpolation=cv2.INTER_CUBIC)
    straight = pixels.astype(np.uint16)
    straight[..., 3] = alpha
    straight[..., :3] = (straight[..., :3] * alpha + 127) // 255
    return straight.astype(np.uint8)


def off(adjustments: tuple[Adjustment, ...], pixels: Pixels) -> np.ndarray:
    """Levels between both answers."""
    near_, exact = (do(adjustments, pixels, AREA, CANVAS) for do in (nearly, exactly))
    return np.abs(near_.astype(int) - exact)


@pytest.mark.parametrize("adjustment", COLOURS, ids=lambda one: type(one).__name__)
def test_it_is_off_by_less_than_a_level(adjustment: Adjustment) -> None:
    assert near((adjustment,)) is not None
    found = off((adjustment,), photo())
    assert found[..., :3].mean() < 1
    assert np.quantile(found, 0.97) <= 2
    assert found[..., 3].max() == 0


def test_black_white_and_grey_stay_what_they_are() -> None:
    pixels = photo()
    pixels[..., :3] = np.array([0, 64, 128, 255], np.uint8)[None, np.arange(96) % 4, None]
    assert off((HueSaturation(Shift(90, 30, 0)),), pixels).max() <= 1


def test_a_row_with_tables_first_is_taken_together() -> None:
    row = (Levels(), Exposure(0.4), HueSaturation(Shift(30, 10, 0)), Vibrance(20))
    assert off(row, photo()).mean() < 1


@pytest.mark.parametrize("alpha", [0, 1, 90])
def test_what_can_be_seen_through_stays_premultiplied(alpha: int) -> None:
    pixels = photo(alpha)
    made = nearly((HueSaturation(Shift(60, 20, 0)),), pixels, AREA, CANVAS)
    assert (made[..., 3] == alpha).all()
    assert (made[..., :3] <= alpha).all()
    assert off((HueSaturation(Shift(60, 20, 0)),), pixels).max() <= 3


@pytest.mark.parametrize(
    "adjustment",
    [Levels(), Threshold(), Posterise(), Vignette()],
    ids=lambda one: type(one).__name__,
)
def test_what_is_fast_or_has_jumps_or_places_stays_exact(adjustment: Adjustment) -> None:
    assert near((adjustment,)) is None
    assert off((adjustment,), photo()).max() == 0
