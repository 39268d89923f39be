# SPDX-License-Identifier: Apache-2.0
import io

import numpy as np
import pytest
from PIL import Image

from prodedit.files.png import encode_png


def grain(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (height, width, 4), np.uint8)


def smooth(height: int, width: int) -> np.ndarray:
    ramp = np.add.outer(np.arange(height), np.arange(width))
    return np.stack([ramp // 8 % 256] * 4, axis=2).astype(np.uint8)


def read(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))


@pytest.mark.parametrize("make", [grain, smooth])
@pytest.mark.parametrize("shape", [(1, 1), (5, 300), (23, 24), (200, 7), (300, 400)])
def test_pictures_come_back_whatever_way_was_chosen(make: object, shape: tuple[int, int]) -> None:
    pixels = make(*shape)  # type: ignore[operator]
    np.testing.assert_array_equal(read(encode_png(pixels)), pixels)
    np.testing.assert_array_equal(read(encode_png(pixels[..., :3].copy())), pixels[..., :3])


def test_a_cut_out_with_noise_makes_no_more_than_a_quarter_more_than_pillow() -> None:
    rng = np.random.default_rng(1)
    pixels = np.zeros((400, 600, 4), np.uint8)
    pixels[100:300, 150:450, :3] = smooth(200, 300)[..., :3] // 2 + 60
    pixels[100:300, 150:450, :3] += rng.integers(0, 8, (200, 300, 1), np.uint8)
    pixels[100:300, 150:450, 3] = 255
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    assert len(encode_png(pixels)) < 1.25 * file.tell()
