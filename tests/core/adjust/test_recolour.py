# SPDX-License-Identifier: Apache-2.0
"""Recolouring: lit cloth of a known colour, and photos."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.core.adjust import adjusted
from prodedit.core.adjust.delta_e import delta_e, difference, lab_of_rgb
from prodedit.core.adjust.matching import fitted, match
from prodedit.core.adjust.oklab import Oklab, colour_of, lab_of
from prodedit.core.adjust.tables import encoded, linear
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.geometry import Rect, Size
from tests.adjustments import Bytes

PHOTOS = Path(__file__).resolve().parents[4] / "shared/data/train/clothing"
RED, BLUE, WHITE = Colour(180, 30, 40), Colour(31, 58, 147), Colour(245, 240, 230)
TARGETS = ("#1F3A93", "#2E8B57", "#1A1A1A", "#C2185B", "#6B4A2B")


def changed(pixels: Bytes, recolour: Recolour) -> Bytes:
    size = Size(pixels.shape[1], pixels.shape[0])
    return adjusted(pixels, recolour, Rect.of(size), size)


def lit(colour: Colour, light: np.ndarray) -> np.ndarray:
    """(h, w, 3) RGB 0..1: that colour under so much light."""
    return encoded(linear(np.array(colour[:3]) / 255) * light[..., None])


def opaque(rgb: np.ndarray) -> Bytes:
    alpha = np.full(rgb.shape[:2], 255, np.uint8)
    return np.dstack([np.rint(rgb[..., ::-1] * 255).astype(np.uint8), alpha])


def folds() -> np.ndarray:
    x = np.linspace(0, 25, 160)
    return np.broadcast_to(0.75 + 0.25 * np.sin(x), (120, 160))


def test_source_becomes_target_exactly() -> None:
    for source, target in ((RED, BLUE), (BLUE, WHITE), (WHITE, RED), (WHITE, Colour(20, 20, 20))):
        pixels = opaque(lit(source, np.ones((3, 3))))
        new = changed(pixels, Recolour(source, target))[0, 0, 2::-1].astype(int)
        assert np.abs(new - target[:3]).max() <= 1


@pytest.mark.parametrize("target", [BLUE, Colour(46, 139, 87), Colour(90, 20, 90)])
def test_shaded_cloth_is_cloth_of_the_target_so_lit(target: Colour) -> None:
    pixels = opaque(lit(RED, folds()))
    new = changed(pixels, Recolour(RED, target, 60))[..., 2::-1] / 255
    off = delta_e(lab_of_rgb(new), lab_of_rgb(lit(target, folds())))
    assert off.mean() < 2.5


def test_edge_before_white_has_no_halo() -> None:
    """A red edge pixel that is half white becomes half of the target and half white."""
    share = np.linspace(0, 1, 21)[None, :, None]
    ones = np.ones((1, 21))
    red, blue = (linear(lit(c, ones)) for c in (RED, BLUE))
    mixed, wanted = (encoded(share * c + 1 - share) for c in (red, blue))
    new = changed(opaque(mixed), Recolour(RED, BLUE, 60))[..., 2::-1] / 255
    off = delta_e(lab_of_rgb(new), lab_of_rgb(wanted))[0]
    assert (off[[0, -1]] < 1).all()
    # In between no pixel is farther from the right colour than leaving it red would be by half.
    left = delta_e(lab_of_rgb(mixed), lab_of_rgb(wanted))[0]
    assert (off <= np.maximum(left / 2, 8)).all()


def test_other_colours_and_greys_stay() -> None:
    other = np.array([[[60, 160, 70], [128, 128, 128], [250, 250, 250], [40, 70, 200]]]) / 255
    pixels = opaque(other)
    assert np.abs(changed(pixels, Recolour(RED, BLUE)).astype(int) - pixels).max() <= 1


def test_no_steps_in_a_smooth_ramp() -> None:
    light = np.broadcast_to(np.linspace(0.2, 1, 700), (4, 700))
    new = changed(opaque(lit(RED, light)), Recolour(RED, Colour(46, 139, 87)))[0].astype(int)
    before = opaque(lit(RED, light))[0].astype(int)
    assert np.abs(np.diff(new, axis=0)).max() <= 2 * np.abs(np.diff(before, axis=0)).max()
    assert len(np.unique(new[:, 1])) > 60


def test_lightness_can_be_kept() -> None:
    pixels = opaque(lit(RED, folds()))
    new = changed(pixels, Recolour(RED, BLUE, 60, keep_lightness=1.0))
    before, after = (lab_of_rgb(p[..., 2::-1] / 255)[..., 0] for p in (pixels, new))
    assert np.abs(before - after).mean() < 2.5


def test_oklab_and_back() -> None:
    planes = np.random.default_rng(1).random((3, 64, 64), np.float32)
    oklab = Oklab()
    np.testing.assert_allclose(oklab.rgb(oklab.lab(planes)), planes, atol=2e-3 / 2)
    # Published with the definition: D65 white and pure red.
    np.testing.assert_allclose(lab_of(Colour(255, 255, 255)), (1, 0, 0), atol=1e-3)
    np.testing.assert_allclose(lab_of(Colour(255, 0, 0)), (0.628, 0.2249, 0.1258), atol=1e-3)
    assert colour_of(lab_of(RED)) == RED


def test_a_click_into_a_fold_finds_the_products_colour() -> None:
    pixels = opaque(lit(RED, folds()))
    fold = Colour(*(int(v) for v in pixels[60, np.argmin(folds()[60]), 2::-1]))
    recolour = Recolour(fold, BLUE, 60)
    before, after = match(pixels, recolour), match(pixels, fitted(pixels, recolour))
    assert before is not None
    assert after is not None
    assert after.difference < 1.0 < before.difference
    assert after.share > 0.95


def test_nothing_like_the_source() -> None:
    pixels = opaque(lit(BLUE, folds()))
    recolour = Recolour(RED, WHITE, 20)
    assert fitted(pixels, recolour) == recolour
    assert match(pixels, recolour) is None
    assert match(np.zeros((9, 9, 4), np.uint8), recolour) is None


CLICKS = (
    ("test/*/6e4581ed-c575-4d31-8aa4-9814bd6672a3.jpg", (0.5, 0.5)),
    ("test/*/dfd4079d-967b-4b3e-8574-fbac11b58103.jpg", (0.5, 0.5)),
    ("train/*/c9d22645-4b60-4108-bde7-a3716c181f00.jpg", (0.5, 0.6)),
    ("test/*/29cffc8e-5e72-4b73-bbc0-20b9f1251bc2.jpg", (0.5, 0.5)),
    ("test/*/2cc6e505-1a89-42e0-8177-017118117027.jpg", (0.5, 0.6)),
)


@pytest.mark.parametrize(("pattern", "click"), CLICKS, ids=str)
def test_photos_reach_the_target(pattern: str, click: tuple[float, float]) -> None:
    path = next(iter(PHOTOS.glob(pattern)), None)
    if path is None:
        pytest.skip("the clothing photos are not here")
    pixels = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2BGRA)
    y, x = int(click[1] * pixels.shape[0]), int(click[0] * pixels.shape[1])
    patch = np.median(pixels[y - 3 : y + 4, x - 3 : x + 4].reshape(-1, 4), axis=0)
    source = Colour(int(patch[2]), int(patch[1]), int(patch[0]))
    for target in TARGETS:
        found = match(pixels, fitted(pixels, Recolour(source, Colour.from_hex(target))))
        assert found is not None
        assert found.difference < 2.0
        assert difference(found.reached, Colour.from_hex(target)) < 2.0
