# SPDX-License-Identifier: Apache-2.0
"""Blur, sharpen, denoise and vignette against plain float64."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.reach import blur_reach, reach
from prodedit.core.adjust.values import (
    Adjustment,
    Blur,
    Denoise,
    Invert,
    Sharpen,
    Vignette,
)
from prodedit.core.geometry import Rect, Size
from tests.adjustments import Bytes, photo

Floats = NDArray[np.float64]


def changed(pixels: Bytes, adjustment: Adjustment) -> Bytes:
    size = Size(pixels.shape[1], pixels.shape[0])
    return adjusted(pixels, adjustment, Rect.of(size), size)


def gaussian(values: Floats, sigma: float) -> Floats:
    """Both ways, edges going on."""
    half = ceil(4 * sigma)
    kernel = np.exp(-(np.arange(-half, half + 1.0) ** 2) / (2 * sigma**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(half, half) if n == axis else (0, 0) for n in range(values.ndim)]
        wide = np.pad(values, pad, mode="edge")
        length = values.shape[axis]
        parts = (np.take(wide, range(n, n + length), axis) * k for n, k in enumerate(kernel))
        values = np.asarray(sum(parts))
    return values


def edges(height: int = 120, width: int = 130) -> Bytes:
    """Opaque; hard steps, the hardest there is for a blur made of a smaller picture."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[:, : width // 3, 0] = 0
    pixels[height // 2 :, :, 1] = 0
    pixels[20:25, 30:37, 2] = 0
    return pixels


@pytest.mark.parametrize("sigma", [0.6, 2, 5, 7.9, 8, 12, 19, 33])
def test_blur_is_gaussian_within_two_levels(sigma: float) -> None:
    for pixels in (edges(), photo(120, 130)):
        off = np.abs(changed(pixels, Blur(sigma)) - gaussian(pixels.astype(np.float64), sigma))
        assert off.max() < 2.0
        assert off.mean() < 0.6


def test_blur_spreads_alpha_and_no_hidden_colour() -> None:
    pixels = np.zeros((60, 60, 4), np.uint8)
    pixels[20:40, 20:40] = (10, 20, 250, 255)
    new = changed(pixels, Blur(4)).astype(float)
    soft = (new[..., 3] > 40) & (new[..., 3] < 250)
    assert soft.any()
    np.testing.assert_allclose(new[soft][:, 2] / new[soft][:, 3], 250 / 255, atol=0.02)


def test_blur_does_not_darken_the_canvas_edge() -> None:
    pixels = np.full((50, 70, 4), 255, np.uint8)
    np.testing.assert_array_equal(changed(pixels, Blur(20)), pixels)


@pytest.mark.parametrize("sigma", [0.0, 0.5, 4, 8, 16, 31.9, 250])
def test_reach_grows_with_sigma(sigma: float) -> None:
    assert 3 * sigma < blur_reach(sigma) <= 3.8 * sigma + 2
    assert reach(Sharpen(radius=sigma)) == reach(Blur(sigma))
    assert reach(Invert()) == 0


@pytest.mark.parametrize("values", [Sharpen(), Sharpen(3, 4, 0), Sharpen(1, 0.7, 10)])
def test_sharpen_is_an_unsharp_mask(values: Sharpen) -> None:
    pixels = photo(90, 80)
    pixels[..., 3] = 255
    old = pixels[..., :3].astype(np.float64)
    detail = old - gaussian(old, values.radius)
    detail = np.sign(detail) * np.maximum(np.abs(detail) - values.threshold, 0)
    expected = np.clip(old + values.amount * detail, 0, 255)
    # The kernel ends at three sigmas here, and at four in the reference.
    assert np.abs(changed(pixels, values)[..., :3] - expected).max() < 0.6 + 0.6 * values.amount


def test_sharpen_knows_no_colour_beyond_an_edge_of_alpha() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 10:30] = (60, 120, 180, 255)
    pixels[10, 10:30] = (30, 60, 90, 128)
    new = changed(pixels, Sharpen(5, 3, 0)).astype(int)
    assert np.abs(new - pixels).max() <= 3


def noisy(sigma: float) -> tuple[Bytes, Bytes]:
    """(clean, with noise of that many levels): flat parts and hard edges."""
    clean = np.full((128, 128, 4), 255, np.uint8)
    clean[..., :3] = (90, 120, 150)
    clean[40:90, 30:100, :3] = (160, 60, 40)
    clean[60:64, :, :3] = (20, 200, 230)
    noise = np.random.default_rng(9).normal(0, sigma, (128, 128, 3))
    found = clean.copy()
    found[..., :3] = np.clip(clean[..., :3] + noise, 0, 255).astype(np.uint8)
    return clean, found


def test_denoise_takes_noise_out_and_leaves_edges() -> None:
    clean, found = noisy(6)
    new = changed(found, Denoise(40, 60))
    before = np.std(found[..., :3].astype(float) - clean[..., :3])
    flat = np.s_[5:35, 5:120, :3]
    assert np.std(new[flat].astype(float) - clean[flat]) < before / 3
    edge = np.abs(new[30:100, 28:32, :3].astype(float) - clean[30:100, 28:32, :3])
    assert edge.mean() < 2 * before
    assert np.abs(new[..., :3].astype(float) - clean[..., :3]).mean() < before / 2


def test_colour_noise_alone_leaves_lightness() -> None:
    _, found = noisy(6)
    new = changed(found, Denoise(0, 80)).astype(float)
    light = [p[..., 0] * 0.114 + p[..., 1] * 0.587 + p[..., 2] * 0.299 for p in (new, found)]
    assert np.abs(light[0] - light[1]).max() < 1.0
    differences = [np.std((p[..., 2] - p[..., 0])[5:35, 5:120]) for p in (new, found.astype(float))]
    assert differences[0] < differences[1] / 3


def test_denoise_counts_no_hidden_colour() -> None:
    pixels = np.zeros((60, 60, 4), np.uint8)
    pixels[:, 30:] = (200, 100, 50, 255)
    pixels[:, 29] = (100, 50, 25, 128)
    assert np.abs(changed(pixels, Denoise(100, 100)).astype(int) - pixels).max() <= 1


def shade(values: Vignette, size: Size) -> Floats:
    half = np.array(size) / 2
    r = values.roundness / 100
    power = 2 + 6 * max(0, -r)
    axes = half + max(0, r) * (half.mean() - half)
    y, x = np.mgrid[: size.height, : size.width] + 0.5
    across, along = np.abs(x - half[0]) / axes[0], np.abs(y - half[1]) / axes[1]
    far = ((half / axes) ** power).sum() ** (1 / power)
    distance = (across**power + along**power) ** (1 / power) / far
    width = max(values.softness / 100, 2e-3)
    t = np.clip((distance - values.midpoint / 100) / width + 0.5, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


@pytest.mark.parametrize(
    "values",
    [Vignette(), Vignette(70, 30, 100, 80), Vignette(-90, 60, -100, 40), Vignette(-50, 40, 30, 9)],
)
def test_vignette_is_as_described(values: Vignette) -> None:
    pixels = photo(75, 130)
    pixels[..., 3] = 255
    old, weight = pixels[..., :3] / 255, shade(values, Size(130, 75))[..., None]
    weight = weight * abs(values.amount) / 100
    expected = old * (1 - weight) if values.amount < 0 else old + (1 - old) * weight
    assert np.abs(changed(pixels, values)[..., :3] - expected * 255).max() < 0.55


def test_vignette_leaves_the_middle() -> None:
    pixels = photo(101, 101)
    np.testing.assert_array_equal(changed(pixels, Vignette())[45:56, 45:56], pixels[45:56, 45:56])
