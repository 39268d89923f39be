# SPDX-License-Identifier: Apache-2.0
"""Tone, colour and white balance read off pictures whose fault is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.auto import (
    auto_colour,
    auto_tone,
    auto_white_balance,
    white_balance_from,
)
from prodedit.core.adjust.histogram import histogram
from prodedit.core.adjust.tables import encoded, white_balance_gains
from prodedit.core.adjust.values import Adjustment, Levels, WhiteBalance
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from tests.adjustments import Bytes


def changed(pixels: Bytes, adjustment: Adjustment) -> Bytes:
    size = Size(pixels.shape[1], pixels.shape[0])
    return adjusted(pixels, adjustment, Rect.of(size), size)


def grey_noise(low: int, high: int) -> Bytes:
    plane = np.random.default_rng(2).integers(low, high + 1, (200, 200), dtype=np.uint8)
    return np.dstack([plane, plane, plane, np.full_like(plane, 255)])


def test_dull_picture_takes_the_whole_range() -> None:
    pixels = grey_noise(60, 180)
    new = changed(pixels, auto_tone(histogram(pixels)))
    assert (new[..., 0].min(), new[..., 0].max()) == (0, 255)


def test_sparks_do_not_count() -> None:
    pixels = grey_noise(60, 180)
    pixels[:5, :7, :3], pixels[5:10, :7, :3] = 255, 0  # 35 of 40,000: less than a thousandth
    assert auto_tone(histogram(pixels)).rgb[:3] == (60, 1.0, 180)


def test_what_is_transparent_does_not_count() -> None:
    pixels = grey_noise(60, 180)
    pixels[:, :100] = 0
    assert auto_tone(histogram(pixels)).rgb[:3] == (60, 1.0, 180)


@pytest.mark.parametrize("pixels", [np.zeros((9, 9, 4), np.uint8), grey_noise(70, 72)])
def test_nothing_changes_of_nothing_and_of_flat_pictures(pixels: Bytes) -> None:
    found = histogram(pixels)
    assert auto_tone(found) == auto_colour(found) == Levels()


def test_cast_is_taken_out_of_each_channel() -> None:
    rng = np.random.default_rng(4)
    plane = np.clip(rng.normal(0.5, 0.2, (200, 200)), 0, 1)
    cast = [20 + 130 * plane, 10 + 200 * plane**1.15, 40 + 215 * plane**0.9]
    pixels = np.dstack([*cast, np.full_like(plane, 255)]).astype(np.uint8)
    new = changed(pixels, auto_colour(histogram(pixels)))[..., :3].astype(int)
    assert np.ptp(new.mean(axis=(0, 1))) < 1.5
    assert np.ptp(new, axis=2).mean() < 5 < np.ptp(pixels[..., :3].astype(int), axis=2).mean()


@given(st.floats(-90, 90), st.floats(-60, 60))
@settings(max_examples=60, deadline=None)
def test_picked_grey_becomes_grey(temperature: float, tint: float) -> None:
    """Under the light that this balance would undo, a grey is seen as `seen`."""
    gains = white_balance_gains(WhiteBalance(temperature, tint))
    light = 0.2 / gains
    seen = Colour(*(int(v) for v in np.rint(encoded(light / max(1, light.max())) * 255)))
    pixels = np.array([[[seen.blue, seen.green, seen.red, 255]]], np.uint8)
    new = changed(pixels, white_balance_from(seen))[0, 0, :3].astype(int)
    assert np.ptp(new) <= 1


def test_black_and_what_lies_out_of_range() -> None:
    assert white_balance_from(Colour(0, 0, 0)) == WhiteBalance()
    assert white_balance_from(Colour(128, 128, 128)) == WhiteBalance()
    assert white_balance_from(Colour(255, 0, 0)) == WhiteBalance(-100, -100)
    assert white_balance_from(Colour(255, 200, 140)).temperature < 0


def test_mean_light_becomes_grey() -> None:
    pixels = grey_noise(30, 220)
    pixels[..., 0] = pixels[..., 0] * 0.7
    new = changed(pixels, auto_white_balance(histogram(pixels)))
    assert np.ptp(new[..., :3].reshape(-1, 3).mean(axis=0)) < 2
    assert auto_white_balance(histogram(np.zeros((2, 2, 4), np.uint8))) == WhiteBalance()
