# SPDX-License-Identifier: Apache-2.0
"""Every formula against the standard's own words in float64."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodedit.core.blend import BLEND_MODES, composite, mix, mode_of
from tests.pictures import random_bgra, random_opaque
from tests.plain_compositing import FORMULAS, as_bytes, over


@pytest.mark.parametrize("opacity", [1.0, 0.71, 0.33, 0.004])
@pytest.mark.parametrize("mode", BLEND_MODES)
def test_formula_is_within_a_rounding_of_the_standard(mode: str, opacity: float) -> None:
    rng = np.random.default_rng(7)
    backdrop, source = random_bgra(rng, 90, 70), random_bgra(rng, 90, 70)
    expected = over(backdrop / 255, source / 255, mode, opacity) * 255
    composite(backdrop, source, opacity, BLEND_MODES[mode].formula)
    assert np.abs(backdrop - expected).max() < 0.51


@given(
    arrays(np.uint8, (3, 3, 4)),
    arrays(np.uint8, (3, 3, 4)),
    st.floats(0, 1, width=32),
    st.sampled_from(sorted(BLEND_MODES)),
)
@settings(max_examples=300, deadline=None)
def test_result_is_premultiplied_and_near_the_standard(
    one: np.ndarray, other: np.ndarray, opacity: float, mode: str
) -> None:
    for pixels in (one, other):
        pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    expected = as_bytes(over(one / 255, other / 255, mode, opacity))
    composite(one, other, opacity, BLEND_MODES[mode].formula)
    assert (one[..., :3] <= one[..., 3:]).all()
    assert np.abs(one - expected).max() <= 1


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_transparent_source_changes_nothing(mode: str) -> None:
    backdrop = random_bgra(np.random.default_rng(1), 20, 20)
    before = backdrop.copy()
    composite(backdrop, np.zeros_like(backdrop), 1.0, BLEND_MODES[mode].formula)
    np.testing.assert_array_equal(backdrop, before)


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_on_nothing_every_mode_is_the_source(mode: str) -> None:
    source = random_bgra(np.random.default_rng(2), 20, 20)
    backdrop = np.zeros_like(source)
    composite(backdrop, source, 1.0, BLEND_MODES[mode].formula)
    np.testing.assert_array_equal(backdrop, source)


@pytest.mark.parametrize(
    ("mode", "backdrop", "source", "expected"),
    [
        ("multiply", 128, 128, 64),
        ("screen", 128, 128, 192),
        ("color-dodge", 0, 255, 0),
        ("color-dodge", 1, 255, 255),
        ("color-burn", 255, 0, 255),
        ("color-burn", 254, 0, 0),
        ("linear-burn", 200, 100, 45),
        ("hard-mix", 100, 155, 255),
        ("hard-mix", 100, 154, 0),
        ("soft-light", 64, 255, 128),
        ("divide", 100, 200, 128),
        ("divide", 0, 0, 0),
        ("subtract", 100, 130, 0),
    ],
)
def test_known_greys(mode: str, backdrop: int, source: int, expected: int) -> None:
    under = np.array([[[backdrop] * 3 + [255]]], np.uint8)
    over_ = np.array([[[source] * 3 + [255]]], np.uint8)
    composite(under, over_, 1.0, BLEND_MODES[mode].formula)
    assert under[0, 0].tolist() == [expected] * 3 + [255]


def test_table_is_whole() -> None:
    assert list(BLEND_MODES) == [mode.id for mode in BLEND_MODES.values()]
    assert set(BLEND_MODES) == set(FORMULAS)
    assert len({mode.openraster for mode in BLEND_MODES.values()}) == len(BLEND_MODES)
    assert len({mode.title for mode in BLEND_MODES.values()}) == len(BLEND_MODES)


def test_groups_are_in_one_piece() -> None:
    groups = [mode.group for mode in BLEND_MODES.values()]
    assert len(dict.fromkeys(groups)) == 1 + sum(a != b for a, b in pairwise(groups))


def test_unknown_mode_is_normal() -> None:
    assert mode_of("from-the-future").id == "normal"


def test_mix_moves_by_weight_and_opacity() -> None:
    rng = np.random.default_rng(3)
    one, other = random_bgra(rng, 9, 5), random_opaque(rng, 9, 5)
    weight = rng.integers(0, 256, (5, 9), dtype=np.uint8)
    expected = one + (other.astype(float) - one) * (weight[..., None] / 255 * 0.6)
    mix(one, other, weight, 0.6)
    assert np.abs(one - expected).max() <= 0.51


def test_mix_without_mask() -> None:
    one, other = np.zeros((2, 2, 4), np.uint8), np.full((2, 2, 4), 200, np.uint8)
    mix(one, other, None, 0.5)
    assert (one == 100).all()
