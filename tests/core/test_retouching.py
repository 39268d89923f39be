# SPDX-License-Identifier: Apache-2.0
"""What clone, heal and the retouching brushes make of pixels."""

from __future__ import annotations

import numpy as np
import pytest

from prodedit.core.geometry import Point
from prodedit.core.paint import inks
from prodedit.core.paint.pixel_stroke import Touch
from prodedit.core.paint.stroke import Brush
from prodedit.core.tiles import Tiles
from tests.core.test_painting import Pixels, document, noise, pixels_of, stroked

# Clone and heal


def test_clone_brings_the_very_pixels_of_its_source() -> None:
    before = noise()
    hard = Brush(31.0, 1.0, 1.0)
    ink = inks.Cloning(Point(300, 200), Point(100, 80))
    after = pixels_of(stroked(document(before), ink, (Touch(100, 80),), hard))
    assert np.array_equal(after[75:86, 95:106], before[195:206, 295:306])


def test_clone_of_all_layers_takes_what_is_handed_in() -> None:
    seen = np.roll(noise(), 7, axis=1)
    ink = inks.Cloning(Point(300, 200), Point(100, 80), all_layers=True)
    hard = Brush(31.0, 1.0, 1.0)
    inputs = {"sampled": Tiles.from_array(seen)}
    after = pixels_of(stroked(document(), ink, (Touch(100, 80),), hard, inputs))
    assert np.array_equal(after[75:86, 95:106], seen[195:206, 295:306])


def test_what_is_transparent_at_the_source_covers_nothing() -> None:
    before = noise()
    before[180:] = 0
    ink = inks.Cloning(Point(300, 240), Point(100, 80))
    assert stroked(document(before), ink, (Touch(100, 80),)).layers[0].tiles is not None
    after = stroked(document(before), ink, (Touch(100, 80),))
    assert np.array_equal(pixels_of(after), before)


def backdrop() -> Pixels:
    """A slope of light with a fine grain, as a studio wall has."""
    slope = np.linspace(90, 200, 400)[None, :] + np.linspace(0, 30, 300)[:, None]
    grain = np.random.default_rng(5).normal(0, 2, (300, 400))
    grey = np.clip(slope + grain, 0, 255)[..., None] * (1, 0.97, 0.95)
    return np.dstack([grey, np.full((300, 400), 255)]).astype(np.uint8)


@pytest.mark.parametrize("source", [None, Point(320, 60)])
def test_healing_takes_a_speck_away_and_fits_the_colours(source: Point | None) -> None:
    clean = backdrop()
    dirty = clean.copy()
    dirty[146:155, 146:155, :3] = 20
    ink = inks.Healing(source, Point(150, 150))
    after = pixels_of(stroked(document(dirty), ink, (Touch(150, 150),), Brush(24.0, 0.9)))
    off = after[135:166, 135:166].astype(int) - clean[135:166, 135:166]
    assert abs(off.mean()) < 1.5
    assert np.abs(off).max() < 20  # two grains on one another
    grain = after[146:155, 146:155, 1].astype(float)
    assert grain.std() > 1.0  # not painted flat
    assert np.array_equal(after[170:], dirty[170:])


def test_a_scratch_across_two_colours_leaves_both_as_they_were() -> None:
    halves = np.full((300, 400, 4), (60, 160, 90, 255), np.uint8)
    halves[:, 200:] = (200, 60, 40, 255)
    halves[..., :3] += np.random.default_rng(2).integers(0, 6, (300, 400, 1), np.uint8)
    dirty = halves.copy()
    dirty[149:152, 100:300, :3] = 250
    way = (Touch(98, 150), Touch(302, 150))
    healed = pixels_of(
        stroked(document(dirty), inks.Healing(None, Point(98, 150)), way, Brush(9.0))
    )
    off = np.abs(healed.astype(int) - halves)
    assert off[:, :190].max() <= 8
    assert off[:, 210:].max() <= 8
    assert np.count_nonzero(off.max(axis=2) > 8) < 60  # on the edge itself, a pixel here or there


def test_a_long_stroke_is_healed_piece_by_piece_as_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from prodedit.core.paint import healing

    ink = inks.Healing(Point(100, 250), Point(60, 60))
    at_once = pixels_of(stroked(document(backdrop()), ink)).astype(int)
    monkeypatch.setattr(healing, "_AT_ONCE", 12000)
    monkeypatch.setattr(healing, "_PIECE", 64)
    pieces = pixels_of(stroked(document(backdrop()), ink)).astype(int)
    assert np.abs(at_once - backdrop()).max() > 4
    assert np.abs(pieces - at_once).max() <= 12  # at the rim, of a slope of sixty
    assert np.abs(pieces - at_once).mean() < 0.3


def test_a_membrane_spans_what_is_straight_exactly() -> None:
    from prodedit.core.paint.membrane import membrane

    y, x = np.mgrid[0:120, 0:160].astype(np.float32)
    plane = np.dstack([x, 2 * y, x - y])
    inside = np.hypot(x - 80, y - 60) < 45
    broken = np.where(inside[..., None], 0, plane).astype(np.float32)
    off = np.abs(membrane(broken, inside) - plane)
    assert off.max() < 2.5
    assert off.mean() < 0.4


# Tones


@pytest.mark.parametrize("tones", ["shadows", "midtones", "highlights"])
def test_dodge_lightens_and_burn_darkens_and_neither_turns_values_round(tones: str) -> None:
    ramp = np.zeros((300, 400, 4), np.uint8)
    ramp[..., :3] = (np.arange(400) * 255 // 399)[None, :, None]
    ramp[..., 3] = 255
    way = (Touch(0, 150), Touch(399, 150))
    lighter = pixels_of(stroked(document(ramp), inks.Dodging(tones), way))[150, :, 0].astype(int)
    darker = pixels_of(stroked(document(ramp), inks.Burning(tones), way))[150, :, 0].astype(int)
    row = ramp[150, :, 0].astype(int)
    assert (lighter >= row).all()
    assert (darker <= row).all()
    assert (np.diff(lighter) >= 0).all()
    assert (np.diff(darker) >= 0).all()
    assert (lighter[0], lighter[-1], darker[0], darker[-1]) == (0, 255, 0, 255)
    most = {"shadows": 120, "midtones": 200, "highlights": 330}[tones]
    assert abs(int(np.argmax(lighter - row)) - most) < 110


def test_the_sponge_takes_colours_away_or_makes_them_stronger() -> None:
    pink = document(np.full((300, 400, 4), (150, 130, 200, 255), np.uint8))
    spread = {
        more: int(np.ptp(pixels_of(stroked(pink, inks.Sponging(more)))[60, 60, :3]))
        for more in (True, False)
    }
    assert spread[False] < 40 < 70 < spread[True]
    grey = document(np.full((300, 400, 4), (90, 90, 90, 255), np.uint8))
    assert stroked(grey, inks.Sponging(True)) is grey


def test_blur_and_sharpen_do_the_opposite() -> None:
    before = noise()[..., 1][60, 60:240].astype(float)
    softer = pixels_of(stroked(document(), inks.Blurring(), (Touch(60, 60), Touch(240, 60))))
    sharper = pixels_of(stroked(document(), inks.Sharpening(), (Touch(60, 60), Touch(240, 60))))
    assert softer[60, 60:240, 1].astype(float).std() < 0.5 * before.std()
    assert sharper[60, 60:240, 1].astype(float).std() > before.std()


def test_a_smudge_carries_colours_along() -> None:
    halves = np.full((300, 400, 4), 255, np.uint8)
    halves[:, :200, :3] = 0
    way = (Touch(170, 150), Touch(260, 150))
    strong = Brush(40.0, 0.8, 0.9)
    after = pixels_of(stroked(document(halves), inks.Smudging(), way, strong))
    assert after[150, 215, 0] < 120
    assert (after[..., 3] == 255).all()
    back = stroked(document(halves), inks.Smudging(), (way[0],), strong)
    assert np.array_equal(pixels_of(back), halves)
