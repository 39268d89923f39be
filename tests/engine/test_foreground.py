# SPDX-License-Identifier: Apache-2.0
"""The product's own colour in the soft band."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from prodedit.engine.families.foreground import estimate_colours, foreground
from prodedit.engine.families.reduced import Reduced
from tests.scenes import studio_scene

RED, GREEN = (200, 40, 30), (40, 180, 60)


def disc(size: int, soft: float) -> np.ndarray:
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    away = np.hypot(x - size / 2, y - size / 2) - size / 3
    return np.asarray(np.clip(0.5 - away / soft, 0, 1) * 255, np.uint8)


def mixed(alpha: np.ndarray, front: tuple[int, ...], back: tuple[int, ...]) -> np.ndarray:
    a = alpha[..., None] / 255
    colour = a * np.array(front) + (1 - a) * np.array(back)
    return np.dstack([np.rint(colour), np.full(alpha.shape, 255)]).astype(np.uint8)


@pytest.mark.parametrize("size", [90, 300, 2000])
def test_flat_colours_are_found_exactly(size: int) -> None:
    alpha = disc(size, size / 20)
    result = foreground(Reduced(mixed(alpha, RED, GREEN)), alpha)
    soft = (alpha > 25) & (alpha < 230)
    assert np.abs(result[soft][:, :3].astype(int) - RED).max() <= 12
    assert np.abs(result[soft][:, :3].astype(int) - RED).mean() < 2


def test_only_the_soft_band_is_filled() -> None:
    alpha = disc(200, 12)
    result = foreground(Reduced(mixed(alpha, RED, GREEN)), alpha)
    soft = (alpha > 0) & (alpha < 255)
    assert (result[soft][:, 3] == 255).all()
    assert not result[~soft].any()


def test_a_hard_mask_needs_no_colour() -> None:
    alpha = np.asarray((disc(64, 1) > 127) * 255, np.uint8)
    assert not foreground(Reduced(mixed(alpha, RED, GREEN)), alpha).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (3, 2)])
def test_tiny_pictures(shape: tuple[int, int]) -> None:
    alpha = np.full(shape, 128, np.uint8)
    result = foreground(Reduced(mixed(alpha, RED, GREEN)), alpha)
    assert result.shape == (*shape, 4)


def test_colours_are_kept_apart_by_alpha() -> None:
    alpha = disc(160, 20) / np.float32(255)
    picture = mixed(disc(160, 20), RED, GREEN)[..., :3] / np.float32(255)
    colours = estimate_colours(picture, alpha)
    assert np.abs(colours.background[(alpha > 0.1) & (alpha < 0.9)] * 255 - GREEN).mean() < 3


@pytest.mark.long
def test_fur_loses_the_old_background() -> None:
    scene = studio_scene("bear", "sweep", (320, 240), 4)
    source = cv2.cvtColor(scene.picture, cv2.COLOR_RGB2BGRA)
    result = foreground(Reduced(np.asarray(source)), scene.alpha)
    soft = (scene.alpha > 20) & (scene.alpha < 235)
    true = scene.foreground[..., ::-1][soft].astype(int)
    ours = np.abs(result[soft][:, :3] - true).mean()
    kept = np.abs(source[soft][:, :3] - true).mean()
    assert ours < 0.5 * kept
