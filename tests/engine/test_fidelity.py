# SPDX-License-Identifier: Apache-2.0
"""Fidelity: what did not change is whole, what did is told, and only the product counts."""

import cv2
import numpy as np
import pytest

from prodedit.engine.families.fidelity import (
    LEAST_SSIM,
    MOST_DELTA_E,
    has_changed,
    measure,
    similarities,
    warnings,
)
from prodedit.engine.results import Fidelity

RANDOM = np.random.default_rng(3)
PHOTO = cv2.GaussianBlur(RANDOM.integers(0, 256, (200, 300, 3), np.uint8), (0, 0), 2)
MASK = np.zeros((200, 300), np.uint8)
MASK[60:140, 100:220] = 255


def test_the_same_picture_is_whole() -> None:
    found = measure(PHOTO, PHOTO.copy(), MASK)
    assert found is not None
    assert found.ssim == pytest.approx(1.0, abs=1e-6)
    assert found.delta_e == 0
    assert warnings(found) == ()


def test_only_the_product_counts() -> None:
    other = np.where(MASK[..., None] > 0, PHOTO, 255 - PHOTO)
    inside, all_of_it = measure(PHOTO, other, MASK), measure(PHOTO, other)
    assert inside is not None
    assert all_of_it is not None
    assert inside.delta_e == 0
    assert inside.ssim == pytest.approx(1.0, abs=1e-5)
    assert all_of_it.ssim < 0.5
    assert has_changed(all_of_it)


def test_another_colour_is_told_in_units_of_ciede2000() -> None:
    grey = np.full((50, 50, 3), 119, np.uint8)
    lighter = np.full((50, 50, 3), 128, np.uint8)
    found = measure(grey, lighter)
    assert found is not None
    assert 3.0 < found.delta_e < 3.7  # L* 50.0 and 53.6
    assert not has_changed(found)


def test_lost_structure_is_told_where_the_colour_stays() -> None:
    """A sharp pattern, and nothing left of it."""
    pattern = np.kron(RANDOM.integers(0, 2, (40, 40)), np.ones((5, 5)))[..., None] * [40, 40, 40]
    photo = (100 + pattern).astype(np.uint8)
    blurred = cv2.GaussianBlur(photo, (0, 0), 12)
    found = measure(photo, blurred)
    assert found is not None
    assert found.ssim < LEAST_SSIM
    (told,) = warnings(found)
    assert f"structure by {round(100 * (1 - found.ssim))} %" in str(told)


def test_ssim_is_that_of_the_paper() -> None:
    """By its formulas, with plain sums over one window."""
    one = RANDOM.integers(0, 256, (11, 11)).astype(np.float64)
    two = np.clip(one + RANDOM.normal(0, 30, one.shape), 0, 255).astype(np.uint8).astype(float)
    line = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5**2))
    window = np.outer(line, line) / line.sum() ** 2
    mean_one, mean_two = (window * one).sum(), (window * two).sum()
    spread = [(window * (x - m) ** 2).sum() for x, m in ((one, mean_one), (two, mean_two))]
    both = (window * (one - mean_one) * (two - mean_two)).sum()
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    expected = (2 * mean_one * mean_two + c1) * (2 * both + c2)
    expected /= (mean_one**2 + mean_two**2 + c1) * (spread[0] + spread[1] + c2)
    grey = [np.repeat(x.astype(np.uint8)[..., None], 3, axis=2) for x in (one, two)]
    ours = similarities(grey[0], grey[1], np.ones((11, 11), np.bool_))
    assert ours[5, 5] == pytest.approx(expected, abs=1e-3)


def test_a_larger_picture_is_held_against_the_first() -> None:
    found = measure(PHOTO, cv2.resize(PHOTO, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), MASK)
    assert found is not None
    assert found.ssim > 0.98
    assert found.delta_e < 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (3000, 2)])
def test_odd_shapes_are_measured(shape: tuple[int, int]) -> None:
    photo = RANDOM.integers(0, 256, (*shape, 3), np.uint8)
    found = measure(photo, photo, np.full(shape, 255, np.uint8))
    assert found == Fidelity(pytest.approx(1.0), 0.0)


def test_no_product_no_figures() -> None:
    assert measure(PHOTO, PHOTO, np.zeros_like(MASK)) is None
    assert warnings(None) == ()
    assert MOST_DELTA_E > 2.3  # of what can be seen at all
