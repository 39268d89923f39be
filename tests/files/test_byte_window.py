# SPDX-License-Identifier: Apache-2.0
"""Files are neither larger nor smaller than asked for, and no poorer than they must be."""

import io

import numpy as np
import pytest
from PIL import Image

from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import Problem
from prodedit.files.byte_window import ALL_LEVELS, ByteWindow, fitted, rounded
from prodedit.files.encode import encode

PIXELS = np.random.default_rng(3).integers(90, 150, (64, 64, 3)).astype(np.uint8)
SIZES = {q: len(encode(PIXELS, ExportSetting("jpeg", q))) for q in (30, 60, 80, 92, 96, 100)}


def made(window: ByteWindow, least: int = 20, quality: int = 92) -> tuple[int, int]:
    """(quality, bytes) of what fits."""
    found = fitted(PIXELS, ExportSetting("jpeg", quality), window, least, encode)
    assert found.data == encode(PIXELS, found.setting), "the setting tells how it was written"
    return found.setting.quality, len(found.data)


def test_the_wanted_quality_where_it_fits() -> None:
    assert made(ByteWindow()) == (92, SIZES[92])
    assert made(ByteWindow(SIZES[92], SIZES[92])) == (92, SIZES[92])


def test_the_best_quality_that_is_small_enough() -> None:
    """Both neighbours of the one that is found are looked at."""
    quality, nbytes = made(ByteWindow(0, SIZES[80]))
    assert quality >= 80
    assert nbytes <= SIZES[80] < len(encode(PIXELS, ExportSetting("jpeg", quality + 1)))


def test_the_lowest_quality_that_is_large_enough() -> None:
    quality, nbytes = made(ByteWindow(SIZES[96], 0))
    assert 92 < quality <= 96
    assert len(encode(PIXELS, ExportSetting("jpeg", quality - 1))) < SIZES[96] <= nbytes


@pytest.mark.parametrize(
    ("window", "least", "code"),
    [
        (ByteWindow(0, SIZES[60] - 1), 60, "too-many-bytes"),
        (ByteWindow(SIZES[100] + 1, 0), 60, "too-few-bytes"),
        (ByteWindow(SIZES[100] + 1, SIZES[100] + 5), 60, "too-few-bytes"),
    ],
)
def test_what_cannot_be_met_is_told(window: ByteWindow, least: int, code: str) -> None:
    with pytest.raises(Problem) as told:
        made(window, least)
    assert told.value.code == code
    assert "KB" in str(told.value)


def test_png_gets_fewer_levels_and_keeps_white_black_and_alpha() -> None:
    alpha = np.random.default_rng(4).integers(0, 256, (64, 64, 1)).astype(np.uint8)
    pixels = np.concatenate((PIXELS, alpha), axis=2)
    pixels[0], pixels[1] = (255, 255, 255, 255), (0, 0, 0, 255)
    setting = ExportSetting("png")
    whole = len(encode(pixels, setting))
    found = fitted(pixels, setting, ByteWindow(0, whole - 1500), 50, encode)
    assert found.levels < ALL_LEVELS
    assert len(found.data) <= whole - 1500
    with Image.open(io.BytesIO(found.data)) as image:
        again = np.asarray(image)
    assert np.array_equal(again[..., 3], pixels[..., 3])
    assert (again[0] == 255).all()
    assert (again[1, :, :3] == 0).all()
    assert np.abs(again[2:, :, :3].astype(int) - pixels[2:, :, :3]).max() <= 3
    with pytest.raises(Problem, match="at the lowest quality"):
        fitted(pixels, setting, ByteWindow(0, 100), 50, encode)
    with pytest.raises(Problem, match="at least"):
        fitted(pixels, setting, ByteWindow(10 * whole, 0), 50, encode)


def test_rounding_moves_no_level_farther_than_half_a_step() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    for levels in (128, 43):
        found = rounded(ramp, levels)
        assert len(np.unique(found)) == levels
        assert np.abs(found.astype(int) - ramp).max() <= 255 / (levels - 1) / 2 + 0.5
