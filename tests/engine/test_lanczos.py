# SPDX-License-Identifier: Apache-2.0
"""Our Lanczos against Pillow's own."""

import numpy as np
import pytest
from PIL import Image

from prodedit.engine.families.lanczos import resized


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(height * width).integers(0, 256, (height, width), np.uint8)


def pillows(plane: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.LANCZOS))


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((700, 1100), (320, 320)),
        ((1100, 800), (320, 320)),
        ((534, 400), (320, 320)),
        ((321, 333), (320, 320)),
        ((515, 90), (64, 64)),
        ((40, 9), (8, 3)),
    ],
)
def test_shrinking_equals_pillow_to_the_last_bit(
    shape: tuple[int, int], size: tuple[int, int]
) -> None:
    plane = noise(*shape)
    np.testing.assert_array_equal(resized(plane, size), pillows(plane, size))


@pytest.mark.parametrize(
    ("shape", "size"), [((320, 320), (1100, 901)), ((32, 32), (100, 20)), ((5, 7), (7, 300))]
)
def test_growing_is_pillows_within_one_level(shape: tuple[int, int], size: tuple[int, int]) -> None:
    plane = noise(*shape)
    off = np.abs(resized(plane, size).astype(int) - pillows(plane, size))
    assert off.max() <= 1
    assert (off > 0).mean() < 0.01


def test_what_is_empty_stays_empty_and_the_rest_is_not_lost() -> None:
    plane = np.zeros((64, 64), np.uint8)
    plane[20:30, 40:50] = 255

    grown = resized(plane, (640, 640))

    assert grown[:, :300].max() == 0
    np.testing.assert_allclose(grown.astype(int), pillows(plane, (640, 640)), atol=1)
    assert not resized(np.zeros((8, 8), np.uint8), (50, 50)).any()
