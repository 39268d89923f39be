# SPDX-License-Identifier: Apache-2.0
"""Histogram and waveform against counting one pixel after the other."""

from __future__ import annotations

import numpy as np

from prodedit.core.adjust.histogram import histogram, waveform
from tests.adjustments import Bytes, photo
from tests.pictures import random_bgra, random_opaque


def counted(pixels: Bytes) -> np.ndarray:
    counts = np.zeros((4, 256))
    for blue, green, red, alpha in pixels.reshape(-1, 4).tolist():
        if alpha:
            rgb = [min(255, (v * 255 + alpha // 2) // alpha) for v in (red, green, blue)]
            luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
            for n, value in enumerate([*rgb, int(luma + 0.5)]):
                counts[n, value] += alpha / 255
    return counts


def test_histogram_counts_straight_colour_by_alpha() -> None:
    rng = np.random.default_rng(5)
    for pixels in (random_bgra(rng, 40, 30), random_opaque(rng, 40, 30), photo(60, 50)):
        found, expected = np.stack(histogram(pixels)), counted(pixels)
        np.testing.assert_allclose(found[:3], expected[:3], atol=1e-9)
        # A luma of x.5 may round either way.
        assert np.abs(np.cumsum(found[3] - expected[3])).max() <= 2


def test_large_pictures_are_counted_in_strips() -> None:
    pixels = np.tile(photo(150, 170), (9, 8, 1))
    once = np.stack(histogram(photo(150, 170)))
    np.testing.assert_allclose(np.stack(histogram(pixels)), once * 72)


def test_nothing_to_count() -> None:
    assert histogram(np.zeros((5, 5, 4), np.uint8)).pixels == 0
    assert histogram(np.zeros((0, 5, 4), np.uint8)).pixels == 0
    assert not waveform(np.zeros((0, 0, 4), np.uint8), 4).any()
    assert not waveform(np.zeros((6, 6, 4), np.uint8), 3).any()


def test_waveform_columns_are_the_histograms_of_parts() -> None:
    pixels = photo(40, 60)
    found = waveform(pixels, 6)
    assert found.shape == (4, 256, 6)
    for column in range(6):
        part = histogram(pixels[:, column * 10 : column * 10 + 10])
        if part.pixels:
            shares = np.stack(part) / part.pixels
            np.testing.assert_allclose(found[..., column], shares, atol=1e-5)
        else:
            assert not found[..., column].any()


def test_waveform_of_more_columns_than_pixels_leaves_gaps() -> None:
    found = waveform(photo(10, 3)[:, :, :], 9)
    assert (found.sum(axis=1) <= 1.0001).all()
