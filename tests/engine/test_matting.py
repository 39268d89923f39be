# SPDX-License-Identifier: Apache-2.0
"""Alpha at the photo's own resolution from a coarse matte."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from prodedit.engine.families.matting import refine, unknown_band
from prodedit.engine.families.reduced import Reduced
from tests.scenes import Scene, studio_scene


def opaque(picture: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA))


def coarse_of(alpha: np.ndarray, cells: int) -> np.ndarray:
    """What a perfect network of that many cells would draw."""
    small = cv2.resize(alpha, (cells, cells), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small / np.float32(255), (0, 0), 0.8))


def edge_error(alpha: np.ndarray, scene: Scene) -> float:
    """Mean error in a band of ten pixels on each side of the true edge, 0..1."""
    inside = (scene.alpha > 127).astype(np.uint8)
    away = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    away += cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    return float(np.abs(alpha[away <= 10] - scene.alpha[away <= 10].astype(float)).mean() / 255)


@pytest.mark.parametrize(("thing", "backdrop"), [("mug", "wood"), ("stool", "sweep")])
def test_the_edge_gets_better(thing: str, backdrop: str) -> None:
    scene = studio_scene(thing, backdrop, (480, 360), 4)
    coarse = coarse_of(scene.alpha, 240)
    plain = cv2.resize(coarse, (480, 360), interpolation=cv2.INTER_LINEAR) * 255
    fine = refine(Reduced(opaque(scene.picture)), coarse, 240).alpha
    assert edge_error(fine, scene) < 0.85 * edge_error(plain, scene)


def test_a_large_photo_is_refined_at_its_own_resolution() -> None:
    y, x = np.mgrid[0:2400, 0:3200].astype(np.float32)
    truth = np.clip(0.5 - (np.hypot(x - 1600, y - 1200) - 800) / 3, 0, 1)
    picture = truth[..., None] * (210, 60, 50) + (1 - truth[..., None]) * (90, 140, 160)
    source = np.dstack([picture, np.full(truth.shape, 255)]).astype(np.uint8)
    coarse = coarse_of(np.asarray(truth * 255, np.uint8), 320)
    fine = refine(Reduced(source), coarse, 320).alpha / 255
    plain = cv2.resize(coarse, (3200, 2400))
    band = np.abs(np.hypot(x - 1600, y - 1200) - 800) < 10
    assert np.abs(fine - truth)[band].mean() < 0.25 * np.abs(plain - truth)[band].mean()
    assert np.abs(fine - truth)[~band].max() < 0.02


def test_nothing_outside_the_band_is_touched() -> None:
    scene = studio_scene("mug", "wood", (320, 240), 4)
    coarse = coarse_of(scene.alpha, 160)
    found = refine(Reduced(opaque(scene.picture)), coarse, 160)
    assert set(np.unique(found.alpha[~found.unknown])) <= {0, 255}


def test_where_colours_cannot_tell_the_network_is_kept() -> None:
    picture = np.full((200, 200, 4), 255, np.uint8)
    coarse = coarse_of(np.asarray(np.tri(200, dtype=np.uint8) * 255), 64)
    fine = refine(Reduced(picture), coarse, 64)
    plain = cv2.resize(coarse, (200, 200))
    assert np.abs(fine.alpha / 255 - plain)[fine.unknown].mean() < 0.05
    assert fine.trust[fine.unknown].max() < 0.2


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_decided_matte_stays(value: float) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (50, 70, 4), dtype=np.uint8)
    fine = refine(Reduced(picture), np.full((32, 32), value, np.float32), 32)
    assert (fine.alpha == round(value * 255)).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (30, 1), (5, 3000)])
def test_odd_sizes(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (*shape, 4), dtype=np.uint8)
    coarse = np.random.default_rng(2).random((32, 32), np.float32)
    assert refine(Reduced(picture), coarse, 32).alpha.shape == shape


def test_the_band_grows_with_its_reach() -> None:
    step = np.zeros((40, 40), np.float32)
    step[:, 20:] = 1
    assert unknown_band(step, 1).sum() < unknown_band(step, 4).sum() < step.size / 2
