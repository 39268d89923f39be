# SPDX-License-Identifier: Apache-2.0
"""Light and colour that were wrong are set right."""

import numpy as np
import pytest

from prodedit.core.adjust.tables import encoded, linear
from prodedit.engine.families import lighting, sharpening
from prodedit.engine.tasks import Enhance
from tests.engine.enhancing_fakes import photo


def scene() -> np.ndarray:
    """Colours, most of it light grey as a studio is."""
    picture = np.full((150, 200, 3), 225, np.uint8)
    picture[40:110, 60:140] = photo(80, 70)[..., 2::-1]
    return picture


def lit(gains: tuple[float, float, float]) -> np.ndarray:
    light = linear(scene() / 255) * np.array(gains)
    return np.rint(encoded(np.clip(light, 0, 1)) * 255).astype(np.uint8)


def off(picture: np.ndarray) -> float:
    return float(np.abs(picture.astype(float) - scene()).mean())


def done(picture: np.ndarray, **asked: float) -> np.ndarray:
    return lighting.found(Enhance(**asked), picture, None).applied(picture)  # type: ignore[arg-type]


def test_a_cast_goes() -> None:
    cast = lit((1.1, 0.9, 0.6))
    spans = [int(np.ptp(done(cast, white_balance=share)[0, 0])) for share in (0.0, 0.5, 1.0)]
    assert spans[0] > spans[1] > spans[2]
    assert spans[2] <= 3


def test_the_dark_becomes_light_in_strips_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    dark = lit((0.1, 0.1, 0.1))
    light = done(dark, low_light=1.0)
    assert off(light) < 0.35 * off(dark)
    monkeypatch.setattr(lighting, "_ROWS", 7)
    assert (done(dark, low_light=1.0) == light).all()


def test_what_is_light_stays() -> None:
    assert int(np.abs(done(scene(), low_light=1.0).astype(int) - scene()).max()) <= 24


def test_flat_tones_are_stretched_and_share_counts() -> None:
    flat = (scene() * 0.5 + 60).astype(np.uint8)
    spans = [int(np.ptp(done(flat, auto_tone=share))) for share in (0.0, 0.5, 1.0)]
    assert spans == sorted(spans)
    assert spans[2] > 240


def test_what_alpha_hides_is_not_looked_at() -> None:
    picture, alpha = lit((1.0, 1.0, 1.0)), np.zeros((150, 200), np.uint8)
    alpha[:, :50] = 255
    picture[:, 60:] = (255, 0, 0)
    light = lighting.found(Enhance(white_balance=1.0), picture, alpha)
    assert light.balance == pytest.approx((1, 1, 1), abs=0.02)


def test_sharpening_restores_contrast_without_bright_rims() -> None:
    import cv2

    edge = np.full((40, 60, 3), 60, np.uint8)
    edge[:, 30:] = 180
    soft = cv2.GaussianBlur(edge, (0, 0), 1.2)
    sharp = sharpening.sharpened(soft, 0.6)
    assert np.abs(sharp.astype(int) - edge).mean() < 0.8 * np.abs(soft.astype(int) - edge).mean()
    assert int(sharp.min()) >= 60 - 25
    assert int(sharp.max()) <= 180 + 25
    assert sharpening.sharpened(soft, 0.0) is soft


def test_sharpening_in_strips_is_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = scene()
    whole = sharpening.sharpened(picture, 0.8, 4.0)
    monkeypatch.setattr(sharpening, "_ROWS", 11)
    assert (sharpening.sharpened(picture, 0.8, 4.0) == whole).all()
