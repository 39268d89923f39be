# SPDX-License-Identifier: Apache-2.0
"""Noise and JPEG's traces: how much nearer to the truth a picture is without them."""

import cv2
import numpy as np
import pytest

from prodedit.engine.families import cleaning
from prodedit.engine.families.shares import part
from tests.engine.enhancing_fakes import FakeContext, photo

QUIET = part(FakeContext(), 0.0, 1.0)


def truth() -> np.ndarray:
    """Soft colours, and hard edges."""
    picture = np.ascontiguousarray(photo(200, 120)[..., 2::-1])
    picture[30:90, 40:100] = (200, 60, 40)
    cv2.circle(picture, (150, 60), 30, (20, 90, 150), -1, cv2.LINE_AA)
    return picture


def noisy(sigma: float) -> np.ndarray:
    grain = np.random.default_rng(3).standard_normal(truth().shape) * sigma
    return np.clip(np.rint(truth() + grain), 0, 255).astype(np.uint8)


def off(picture: np.ndarray) -> float:
    return float(np.square(picture.astype(float) - truth()).mean()) ** 0.5


@pytest.mark.parametrize("sigma", [4.0, 12.0])
def test_noise_is_measured_and_taken_out(sigma: float) -> None:
    picture = noisy(sigma)
    assert cleaning.noise_levels(picture) == pytest.approx((sigma,) * 3, rel=0.25)
    clean = cleaning.cleaned(picture, cleaning.noise_to_remove(picture, 0.5), QUIET)
    assert off(clean) < 0.5 * off(picture)


def test_strips_join(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = noisy(8.0)
    levels = cleaning.noise_to_remove(picture, 0.5)
    whole = cleaning.cleaned(picture, levels, QUIET)
    monkeypatch.setattr(cleaning, "_ROWS", 16)
    parts = cleaning.cleaned(picture, levels, QUIET)
    assert int(np.abs(whole.astype(int) - parts).max()) <= 1


@pytest.mark.parametrize("quality", [30, 60, 85])
def test_jpeg_is_recognised_and_its_traces_are_taken_out(quality: int) -> None:
    done, data = cv2.imencode(".jpg", truth()[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    stored = np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])
    assert cleaning.jpeg_quality(stored) == quality
    clean = cleaning.cleaned(stored, cleaning.traces_to_remove(quality, 1.0), QUIET)
    assert off(cleaning.colours_at_edges(clean, 1.0)) < off(stored)


def test_what_was_no_jpeg_is_not_taken_for_one() -> None:
    assert cleaning.jpeg_quality(truth()) is None
    assert cleaning.jpeg_quality(noisy(5.0)) is None
    assert cleaning.jpeg_quality(truth()[:20]) is None
