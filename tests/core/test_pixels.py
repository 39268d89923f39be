# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodedit.core.pixels import (
    opaque_and_alpha,
    premultiply,
    rgb_over,
    scale,
    straight_rgba,
    tiles_from_rgb,
)

rgba = arrays(np.uint8, (4, 5, 4))


def all_pairs() -> tuple[np.ndarray, np.ndarray]:
    values, alphas = np.meshgrid(np.arange(256), np.arange(256))
    return values.astype(np.uint8), alphas.astype(np.uint8)


def test_scale_is_rounded_to_nearest_for_all_pairs() -> None:
    values, alphas = all_pairs()
    exact = values.astype(float) * alphas / 255
    assert np.abs(scale(values, alphas) - exact).max() <= 0.5


def test_premultiply_and_back_for_all_pairs() -> None:
    values, alphas = all_pairs()
    straight = np.stack([values, values.T, values, alphas], axis=-1)
    bgra = premultiply(straight)
    exact = values.astype(float) * alphas / 255
    assert np.abs(bgra[..., 2] - exact).max() <= 0.5
    assert (bgra[..., :3] <= bgra[..., 3:]).all()
    back = straight_rgba(bgra)
    shown = alphas > 0
    allowed = 0.5 * 255 / np.maximum(alphas, 1) + 0.5
    assert (np.abs(back[..., 0].astype(float) - values)[shown] <= allowed[shown]).all()
    assert not back[~shown].any()


@given(rgba)
@settings(deadline=None)
def test_premultiplied_pixels_survive_the_way_out_and_in(pixels: np.ndarray) -> None:
    bgra = premultiply(pixels)
    np.testing.assert_array_equal(premultiply(straight_rgba(bgra)), bgra)


@given(rgba)
@settings(deadline=None)
def test_opaque_pixels_change_their_order_only(pixels: np.ndarray) -> None:
    pixels[..., 3] = 255
    bgra = premultiply(pixels)
    np.testing.assert_array_equal(bgra, pixels[..., [2, 1, 0, 3]])
    np.testing.assert_array_equal(straight_rgba(bgra), pixels)


@given(rgba, st.tuples(*[st.integers(0, 255)] * 3))
@settings(deadline=None)
def test_rgb_over_a_colour(pixels: np.ndarray, colour: tuple[int, int, int]) -> None:
    alpha = pixels[..., 3:] / 255
    expected = pixels[..., :3] * alpha + np.array(colour) * (1 - alpha)
    got = rgb_over(premultiply(pixels), colour)
    assert np.abs(got - expected).max() <= 1.01


@given(st.integers(1, 600), st.integers(1, 600))
@settings(max_examples=20, deadline=None)
def test_tiles_from_rgb(width: int, height: int) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    array = tiles_from_rgb(rgb).to_array()
    np.testing.assert_array_equal(array[..., 2::-1], rgb)
    assert (array[..., 3] == 255).all()


def test_no_colour_is_lost_below_a_transparent_alpha() -> None:
    rgba = np.random.default_rng(1).integers(0, 256, (300, 270, 4), dtype=np.uint8)
    colour, alpha = opaque_and_alpha(rgba)
    np.testing.assert_array_equal(colour.to_array()[..., 2::-1], rgba[..., :3])
    assert (colour.to_array()[..., 3] == 255).all()
    np.testing.assert_array_equal(alpha.to_array(), rgba[..., 3])


def test_views_are_taken_too() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (20, 30, 3), dtype=np.uint8)[::-1, ::2]
    np.testing.assert_array_equal(tiles_from_rgb(rgb).to_array()[..., 2::-1], rgb)
