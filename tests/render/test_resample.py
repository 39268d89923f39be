# SPDX-License-Identifier: Apache-2.0
"""Turned and scaled layers: in the right place, with whole borders."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Layer, Mask
from prodedit.core.resample import faded, reduction
from prodedit.core.tiles import Tiles
from prodedit.core.warp import Perspective, Warp
from prodedit.render.compositor import Compositor
from tests.pictures import layer_of, random_bgra, random_opaque

SIZE = Size(400, 300)
CORNERS = (Point(0, 0), Point(468, 0), Point(468, 290), Point(0, 290))


def merged(*layers: Layer) -> NDArray[np.uint8]:
    return Compositor().merged(Document(SIZE, layers))


def plain(width: int, height: int, value: int = 200) -> NDArray[np.uint8]:
    pixels = np.full((height, width, 4), value, np.uint8)
    pixels[..., 3] = 255
    return pixels


def smooth(width: int, height: int) -> NDArray[np.uint8]:
    """A picture so smooth that bilinear interpolation is nearly exact."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    wave = 128 + 100 * np.sin(x / 40) * np.cos(y / 35)
    return np.stack([wave, 255 - wave, wave / 2, np.full_like(wave, 255)], -1).astype(np.uint8)


@pytest.mark.parametrize("scale", [0.25, 1 / 3, 0.5, 0.77, 1.5, 4.0])
def test_layer_scaled_to_the_canvas_has_no_soft_border(scale: float) -> None:
    size = Size(round(SIZE.width / scale), round(SIZE.height / scale))
    fit = Transform(a=SIZE.width / size.width, d=SIZE.height / size.height)
    got = merged(layer_of(plain(*size), transform=fit))
    assert (got == [200, 200, 200, 255]).all()


def test_half_covered_pixels_are_half_there() -> None:
    got = merged(layer_of(plain(100, 80), transform=Transform(dx=10.5, dy=20.25)))
    assert got[50, 9].tolist() == [0, 0, 0, 0]
    assert got[50, 10, 3] in (127, 128)
    assert got[50, 11].tolist() == [200, 200, 200, 255]
    assert got[50, 110, 3] in (127, 128)
    assert not got[50, 111].any()
    assert got[20, 50, 3] in (191, 192)
    assert got[100, 50, 3] in (63, 64)


@given(
    st.floats(0.3, 3), st.floats(0.3, 3), st.floats(-180, 180), st.floats(-60, 60), st.floats(0, 90)
)
@settings(max_examples=40, deadline=None)
def test_smooth_picture_lands_where_the_transform_says(
    wide: float, high: float, angle: float, dx: float, dy: float
) -> None:
    x, y = cos(radians(angle)), sin(radians(angle))
    transform = Transform(wide * x, wide * y, -high * y, high * x, 200 + dx, 150 - dy)
    source = smooth(300, 260)
    got = merged(layer_of(source, transform=transform))
    inverse = transform.inverse()
    for row in range(7, SIZE.height, 23):
        for column in range(3, SIZE.width, 29):
            own = inverse.map(Point(column + 0.5, row + 0.5))
            inside = 4 <= own.x < 296 and 4 <= own.y < 256
            if inside:
                expected = source[int(own.y), int(own.x)].astype(int)
                assert np.abs(got[row, column] - expected).max() <= 8
            elif not Rect(-4, -4, 308, 268).contains(own):
                assert not got[row, column].any()


def test_turning_by_a_right_angle_is_exact() -> None:
    pixels = random_bgra(np.random.default_rng(0), 200, 150)
    got = merged(layer_of(pixels, transform=Transform(0, 1, -1, 0, 150, 0)))
    np.testing.assert_array_equal(got[:200, :150], np.rot90(pixels, -1))
    assert not got[200:].any()


def test_mirroring_is_exact() -> None:
    pixels = random_bgra(np.random.default_rng(0), 200, 150)
    got = merged(layer_of(pixels, transform=Transform(a=-1, dx=200)))
    np.testing.assert_array_equal(got[:150, :200], pixels[:, ::-1])


@pytest.mark.parametrize(("scale", "times"), [(1.0, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.2, 2)])
def test_reduction(scale: float, times: int) -> None:
    assert reduction(Transform(a=scale, d=scale)) == times


def test_much_smaller_is_the_mean_of_what_it_covers() -> None:
    """Single pixels must not be picked: a fine chequerboard becomes grey."""
    board = plain(1600, 1200, 0)
    board[::2, ::2, :3] = board[1::2, 1::2, :3] = 255
    got = merged(layer_of(board, transform=Transform(a=0.25, d=0.25)))
    assert np.abs(got[..., :3].astype(int) - 128).max() <= 1


def test_mask_is_applied_before_resampling() -> None:
    """Hidden pixels must not bleed into the edge."""
    pixels = plain(200, 200)
    pixels[:, 100:, :3] = 0
    alpha = np.zeros((200, 200), np.uint8)
    alpha[:, :100] = 255
    mask = Mask(Tiles.from_array(alpha))
    got = merged(layer_of(pixels, mask=mask, transform=Transform(a=1.5, d=1.5, dx=0.3)))
    expected = np.rint(got[..., 3] * (200 / 255))
    assert np.abs(got[:, 2:298, 0] - expected[:, 2:298]).max() <= 1


def test_squeezed_to_a_line_shows_nothing() -> None:
    pixels = random_opaque(np.random.default_rng(0), 50, 50)
    assert not merged(layer_of(pixels, transform=Transform(a=0, d=1))).any()


def test_far_away_shows_nothing() -> None:
    pixels = random_opaque(np.random.default_rng(0), 50, 50)
    assert not merged(layer_of(pixels, transform=Transform(a=2, dx=5000.5))).any()
    assert not merged(layer_of(pixels, transform=Transform(a=2, dx=-5000.5))).any()


@pytest.mark.parametrize("channels", [(), (4,)])
def test_what_is_faded_is_rounded_to_nearest(channels: tuple[int, ...]) -> None:
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (40, 50, *channels), np.uint8)
    share = random.random((40, 50), np.float32)
    exact = pixels * (share[..., None] if channels else share)
    assert (faded(pixels, share) == np.rint(exact)).all()


@pytest.mark.parametrize("warp", [None, Perspective(CORNERS)])
def test_a_block_at_the_rim_is_the_same_with_what_lies_beyond(warp: Warp | None) -> None:
    """Only what lies on the canvas is reckoned, unless more is asked for."""
    layer = replace(layer_of(smooth(390, 290)), transform=Transform(1.1, 0.1, -0.1, 1.1), warp=warp)
    compositor = Compositor()
    beyond = compositor.alone(layer, SIZE, (1, 1))
    assert beyond is not None
    shown = merged(layer)[256:, 256:]
    assert np.abs(beyond[: shown.shape[0], : shown.shape[1]].astype(int) - shown).max() <= 1
    assert beyond[shown.shape[0] :].any()
