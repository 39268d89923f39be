# SPDX-License-Identifier: Apache-2.0
import msgspec
import numpy as np
import pytest

from prodedit.core.geometry import Size
from prodedit.engine.cards import InputSpec
from prodedit.engine.service.tensors import network_input, resize, straight_rgb

SPEC = InputSpec(side=8, mean=(0.5, 0.25, 0.0), std=(1.0, 0.5, 2.0))


def _opaque(height: int, width: int, bgr: tuple[int, int, int]) -> np.ndarray:
    return np.broadcast_to(np.array([*bgr, 255], np.uint8), (height, width, 4)).copy()


def test_channels_are_rgb_and_normalised() -> None:
    x = network_input(_opaque(20, 30, (0, 128, 255)), SPEC)

    assert x.shape == (1, 3, 8, 8)
    assert x.dtype == np.float32
    assert x.flags.c_contiguous
    expected = ((1 - 0.5) / 1, (128 / 255 - 0.25) / 0.5, 0.0)
    np.testing.assert_allclose(x[0, :, 3, 3], expected, atol=1e-6)


def test_bgr_and_range_of_the_card_are_kept() -> None:
    spec = msgspec.structs.replace(
        SPEC, channels="bgr", range=(-1.0, 1.0), mean=(0,) * 3, std=(1,) * 3
    )

    x = network_input(_opaque(8, 8, (255, 0, 0)), spec)

    np.testing.assert_allclose(x[0, :, 0, 0], (1, -1, -1), atol=1e-6)


def test_any_side_keeps_the_pictures_size() -> None:
    spec = msgspec.structs.replace(SPEC, side=0)

    assert network_input(_opaque(5, 7, (1, 2, 3)), spec).shape == (1, 3, 5, 7)
    assert network_input(_opaque(5, 7, (1, 2, 3)), spec, Size(4, 9)).shape == (1, 3, 9, 4)


def test_half_transparent_colours_become_straight() -> None:
    pixels = np.array([[[0, 0, 64, 64], [0, 0, 0, 0]]], np.uint8)

    np.testing.assert_allclose(straight_rgb(pixels)[0], [[1, 0, 0], [0, 0, 0]])


def test_shrinking_averages_areas() -> None:
    stripes = np.zeros((64, 64, 4), np.uint8)
    stripes[:, ::2] = 255

    small = resize(stripes, Size(8, 8))

    assert abs(int(small.min()) - 128) <= 1
    assert abs(int(small.max()) - 128) <= 1


def test_shrinking_in_one_direction_averages_there() -> None:
    rows = np.zeros((64, 4), np.float32)
    rows[::2] = 1

    np.testing.assert_allclose(resize(rows, Size(16, 8)), 0.5)


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 3), (0, 4, 4)])
def test_other_shapes_are_quoted(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="received"):
        straight_rgb(np.zeros(shape, np.uint8))
