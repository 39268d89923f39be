# SPDX-License-Identifier: Apache-2.0
"""What holds of every adjustment: identity, transparency, alpha, and no seam anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from prodedit.core.adjust import adjusted, fused
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import Adjustment, Blur, Sharpen
from prodedit.core.geometry import Rect, Size
from tests.adjustments import (
    AROUND,
    COLOURS,
    IDENTITIES,
    PLACED,
    TABLES,
    Bytes,
    named,
    photo,
    piecewise,
)

ALL = (*TABLES, *COLOURS, *PLACED, *AROUND)


def changed(pixels: Bytes, adjustment: Adjustment) -> Bytes:
    size = Size(pixels.shape[1], pixels.shape[0])
    return adjusted(pixels, adjustment, Rect.of(size), size)


@pytest.mark.parametrize("adjustment", IDENTITIES, ids=named)
def test_values_that_change_nothing_change_no_bit(adjustment: Adjustment) -> None:
    pixels = photo()
    np.testing.assert_array_equal(changed(pixels, adjustment), pixels)


@pytest.mark.parametrize("adjustment", ALL, ids=named)
def test_alpha_stays_and_bounds_colour(adjustment: Adjustment) -> None:
    pixels = photo()
    before = pixels.copy()
    new = changed(pixels, adjustment)
    np.testing.assert_array_equal(pixels, before)
    assert (new[..., :3] <= new[..., 3:]).all()
    assert (new != pixels).any()
    if not isinstance(adjustment, Blur):
        np.testing.assert_array_equal(new[..., 3], pixels[..., 3])


@pytest.mark.parametrize("adjustment", ALL, ids=named)
@pytest.mark.parametrize("cuts", [(64,), (1, 37, 38, 101, 149)])
def test_no_seam_between_pieces(adjustment: Adjustment, cuts: tuple[int, ...]) -> None:
    for pixels in (photo(), _two_tones()):
        np.testing.assert_array_equal(
            piecewise(pixels, adjustment, cuts), changed(pixels, adjustment)
        )


def _two_tones() -> Bytes:
    """Half a level is where a rounding shows first."""
    pixels = np.full((120, 131, 4), 255, np.uint8)
    pixels[30:90, 40:100, :3] = 10
    pixels[::2, ::3, 1] = 11
    return pixels


@pytest.mark.parametrize("adjustment", [Blur(3), Blur(12), Sharpen(2, 3, 0)], ids=named)
def test_what_lies_beyond_reach_does_not_count(adjustment: Adjustment) -> None:
    rng = np.random.default_rng(3)
    pixels = photo(200, 200)
    part = Rect(90, 80, 30, 40)
    wide = part.inflate(reach(adjustment))
    other = rng.integers(0, 256, pixels.shape, dtype=np.uint8)
    rows, columns = slice(wide.y, wide.bottom), slice(wide.x, wide.right)
    other[rows, columns] = pixels[rows, columns]
    inside = (slice(part.y, part.bottom), slice(part.x, part.right))
    np.testing.assert_array_equal(
        changed(other, adjustment)[inside], changed(pixels, adjustment)[inside]
    )


@pytest.mark.parametrize("adjustment", AROUND, ids=named)
def test_area_that_sticks_out_of_the_canvas(adjustment: Adjustment) -> None:
    pixels = photo(60, 60)
    wide = np.pad(pixels, ((20, 20), (20, 20), (0, 0)))
    new = adjusted(wide, adjustment, Rect(-20, -20, 100, 100), Size(60, 60))
    np.testing.assert_array_equal(new[20:80, 20:80], changed(pixels, adjustment))


@pytest.mark.parametrize("adjustment", ALL, ids=named)
@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (1, 1), (3, 1)])
def test_small_and_empty_areas(adjustment: Adjustment, shape: tuple[int, int]) -> None:
    assert changed(np.zeros((*shape, 4), np.uint8), adjustment).shape == (*shape, 4)
    assert not changed(np.zeros((*shape, 4), np.uint8), adjustment).any()


@pytest.mark.parametrize("adjustment", [*TABLES, *COLOURS], ids=named)
def test_soft_pixels_are_the_opaque_ones_scaled(adjustment: Adjustment) -> None:
    """Straight colours that premultiplying keeps: those of alpha 51 are all multiples of 5."""
    straight = np.random.default_rng(1).integers(0, 52, (40, 40, 4), dtype=np.uint8) * 5
    opaque, soft = straight.copy(), straight // 5
    opaque[..., 3], soft[..., 3] = 255, 51
    expected = np.rint(changed(opaque, adjustment)[..., :3] / 5)
    np.testing.assert_array_equal(changed(soft, adjustment)[..., :3], expected)


def test_pixels_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="expected uint8"):
        adjusted(np.zeros((4, 4, 4), np.uint8), TABLES[0], Rect(0, 0, 5, 4), Size(9, 9))


def test_what_looks_round_a_pixel_is_not_fused() -> None:
    with pytest.raises(ValueError, match="looks round"):
        fused((TABLES[0], Blur(2)))
