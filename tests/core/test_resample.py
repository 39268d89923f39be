# SPDX-License-Identifier: Apache-2.0
"""Pictures in another size: colours stay what they were along edges of what is transparent."""

from __future__ import annotations

import numpy as np
import pytest

from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.pixels import straight_rgba
from prodedit.core.resample import interpolated, is_opaque, resized

COLOUR = (40, 120, 200)


def cut_out(side: int = 40) -> np.ndarray:
    """A square of one colour with hard edges, nothing round it."""
    pixels = np.zeros((side, side, 4), np.uint8)
    pixels[10:-10, 10:-10] = (*COLOUR, 255)
    return pixels


def colours_kept(pixels: np.ndarray) -> bool:
    """As well as so little alpha can tell."""
    straight = straight_rgba(pixels).astype(int)
    shown = straight[..., 3] > 60
    off = np.abs(straight[shown][:, :3] - COLOUR[::-1]).max()
    return bool(off <= 5) and bool((pixels[..., :3] <= pixels[..., 3:]).all())


@pytest.mark.parametrize("size", [(97, 103), (160, 30), (30, 160), (700, 60)])
def test_colours_are_the_same_along_hard_edges(size: tuple[int, int]) -> None:
    made = resized(cut_out(), Size(*size))
    assert made.shape == (size[1], size[0], 4)
    assert made.dtype == np.uint8
    assert colours_kept(made)
    middle = made[size[1] // 2, size[0] // 2]
    assert tuple(middle) == (*COLOUR, 255)


def test_a_slanted_layer_that_is_drawn_finely_keeps_its_colours_too() -> None:
    slanted = Transform(a=2.3, b=0.7, c=-0.7, d=2.3, dx=40)
    made = interpolated(
        cut_out(), Rect(0, 0, 40, 40), Rect(0, 0, 40, 40), slanted, Rect(0, 0, 140, 130),
        finely=True,
    )  # fmt: skip
    assert colours_kept(made)
    assert made[..., 3].max() == 255


def test_opaque_pictures_and_masks_are_resized_as_they_are() -> None:
    rng = np.random.default_rng(1)
    photo = rng.integers(0, 256, (30, 40, 4), np.uint8)
    photo[..., 3] = 255
    assert is_opaque(photo)
    made = resized(photo, Size(80, 77))
    for channel in range(3):
        plain = resized(np.ascontiguousarray(photo[..., channel]), Size(80, 77))
        assert (made[..., channel] == plain).all()
    assert is_opaque(made)
