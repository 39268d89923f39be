# SPDX-License-Identifier: Apache-2.0
"""A generator measured against real pictures, and judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from torch import Tensor

from prodedit.core.problem import Cancelled
from prodedit.engine.training import measuring
from prodedit.engine.training.gate import Likeness, Measures, refusals
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.measuring import labels_like, measured
from prodedit.engine.training.packed import Contents, PackedPictures
from prodedit.nets.efficientnet_lite import EfficientNetLite0

REAL = Likeness(
    frechet=60.0, kernel=0.0, precision=0.85, recall=0.9, density=0.9, coverage=0.75,
    diversity=1.0, memorised=0.3, detail=1.0, agreement=0.8,
)  # fmt: skip
GOOD = Measures(made=200, real=500, eye="any", found=REAL, reference=REAL)


def changed(**fields: Any) -> Measures:
    return msgspec.structs.replace(GOOD, found=msgspec.structs.replace(REAL, **fields))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"precision": 0.33}, "unlike"),
        ({"detail": 0.49}, "blurred"),
        ({"agreement": 0.47}, "mixed-up"),
        ({"diversity": 0.59}, "alike"),
        ({"coverage": 0.25}, "narrow"),
        ({"memorised": 0.61}, "by-heart"),
    ],
)
def test_each_fault_is_told_with_what_to_change(fields: dict[str, float], code: str) -> None:
    (refusal,) = refusals(changed(**fields))
    assert refusal.code == code
    sentence = str(refusal)
    assert "{" not in sentence
    assert any(word in sentence for word in ("Train", "train", "Add", "add"))


@pytest.mark.parametrize("field", ["precision", "memorised"])
def test_what_could_not_be_measured_does_not_pass(field: str) -> None:
    (refusal,) = refusals(changed(**{field: float("nan")}))
    assert "{" not in str(refusal)


def test_what_is_as_good_as_real_passes() -> None:
    assert refusals(GOOD) == ()
    assert refusals(changed(agreement=None)) == ()


def test_too_few_real_pictures_tell_nothing() -> None:
    (refusal,) = refusals(msgspec.structs.replace(GOOD, real=39))
    assert refusal.code == "too-few"
    assert "39" in str(refusal)


class Photographer:
    """An explorer whose pictures are the real ones of a class, in a way that is chosen."""

    side = 16
    classes = ("bag", "hat")
    shape = (1,)
    abilities: frozenset[str] = frozenset()

    def __init__(self, pictures: PackedPictures, way: str) -> None:
        self._pictures, self._way = pictures, way

    def drawn(self, seeds: Sequence[int], labels: Tensor, truncation: float, report: Any) -> Tensor:
        found = []
        for seed, label in zip(seeds, labels.tolist(), strict=True):
            places = np.flatnonzero(self._pictures.labels == 1 - label)  # named the other way round
            place = places[seed % (1 if self._way == "one" else len(places))]
            found.append([float(place)])
        return torch.tensor(found)

    def pictures(self, latents: Tensor) -> Tensor:
        places = latents[:, 0].long().numpy()
        real = torch.from_numpy(self._pictures.pixels[places].astype(np.float32))
        made = real.permute(0, 3, 1, 2) / 127.5 - 1.0
        if self._way == "blurred":
            made = torch.nn.functional.interpolate(
                torch.nn.functional.avg_pool2d(made, 4), scale_factor=4.0, mode="bilinear"
            )
        return made


@pytest.fixture(scope="module")
def pictures() -> PackedPictures:
    """Hats are striped one way, bags the other; the generator knows the classes in another
    order."""
    chance = np.random.default_rng(0)
    pixels = np.full((80, 16, 16, 3), 255, np.uint8)
    labels = tuple(number % 2 for number in range(80))
    for number, label in enumerate(labels):
        stripes = chance.integers(0, 255, 8).repeat(2)
        pixels[number, ..., 0] = stripes[None, :] if label else stripes[:, None]
    names = tuple(f"{number}.png" for number in range(80))
    return PackedPictures(
        pixels, Contents(side=16, classes=("hat", "bag"), labels=labels, names=names)
    )


@pytest.fixture(autouse=True)
def eye(monkeypatch: pytest.MonkeyPatch) -> None:
    """Features that are quick, and tell stripes apart: differences along and across."""

    def seen(pictures: np.ndarray, *rest: object) -> np.ndarray:
        red = pictures[..., 0].astype(np.float32) / 255.0
        changes = [np.abs(np.diff(red, axis=axis)).sum((1, 2)) for axis in (1, 2)]
        return np.column_stack([*changes, red[:, ::4, 0], red[:, 0, ::4]])

    monkeypatch.setattr(measuring, "features", seen)


def measures(pictures: PackedPictures, way: str) -> Measures:
    explorer: Any = Photographer(pictures, way)
    net = EfficientNetLite0()
    found = measured(explorer, pictures, net, Machine(), 48, 0, lambda share: None)
    made, real = found.pairs.astype(int)
    assert len(made) == len(real)
    if way == "all":
        assert np.abs(made - real).max() <= 1, "each has its own real one below it"
    return found.measures


def test_real_pictures_are_found_to_be_real_and_by_heart(pictures: PackedPictures) -> None:
    found = measures(pictures, "all")
    assert found.found.precision == 1.0
    assert found.found.agreement is not None
    assert found.found.agreement > 0.95
    assert found.found.memorised == 1.0
    assert found.found.detail == pytest.approx(1.0, abs=0.2)
    assert found.nearest[0].distance < 1e-3
    assert {twin.name for twin in found.nearest} <= set(pictures.contents.names)
    assert [one.code for one in refusals(found)] == ["by-heart"]


def test_one_picture_again_and_again_is_alike_and_narrow(pictures: PackedPictures) -> None:
    codes = {one.code for one in refusals(measures(pictures, "one"))}
    assert "narrow" in codes


def test_blur_is_told(pictures: PackedPictures) -> None:
    codes = {one.code for one in refusals(measures(pictures, "blurred"))}
    assert "blurred" in codes


def test_classes_are_matched_by_name_in_the_shares_of_the_real(pictures: PackedPictures) -> None:
    few = PackedPictures(
        pictures.pixels[:20],
        Contents(side=16, classes=("hat", "shoe"), labels=(0,) * 15 + (1,) * 5, names=("x",) * 20),
    )
    assert set(labels_like(few, ("bag", "hat"), 30, 0).tolist()) == {1}
    assert labels_like(few, ("a", "b", "c"), 6, 0).tolist() == [0, 1, 2, 0, 1, 2]
    shares = labels_like(few, ("shoe", "hat"), 2000, 0).mean()
    assert 0.7 < shares < 0.8


def test_measuring_can_be_stopped(pictures: PackedPictures) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    explorer: Any = Photographer(pictures, "all")
    with pytest.raises(Cancelled):
        measured(explorer, pictures, EfficientNetLite0(), Machine(), 48, 0, stop)
