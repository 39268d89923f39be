# SPDX-License-Identifier: Apache-2.0
"""Pictures become numbers: what the network is shown, and what is made of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import pytest

from prodedit.core.problem import Cancelled, Problem
from prodedit.data_files import models_folder, resources_folder
from prodedit.engine.cards import read_card
from prodedit.engine.families.describing import describe_pictures
from prodedit.engine.results import FeaturesResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.runner import check_result
from prodedit.engine.service.store import FEATURES, Status, default_store
from prodedit.engine.tasks import DescribePictures

CARD = read_card(models_folder() / f"{FEATURES}.toml")


@dataclass
class Look:
    """Answers with the mean of each colour; a store, a network and a context in one."""

    cancel_after: int = 99
    seen: list[np.ndarray] = field(default_factory=list)
    device: object = None
    card: Any = CARD

    @property
    def store(self) -> Look:
        return self

    def use(self, card: str, device: object) -> Look:
        assert card == FEATURES
        del device
        return self

    def run(self, x: np.ndarray, cancelled: object) -> np.ndarray:
        del cancelled
        self.seen.append(x)
        return x.mean(axis=(2, 3))[:, :, None, None] + 1.0

    def report(self, fraction: float, text: str) -> None:
        assert 0 <= fraction <= 1
        assert text

    def cancelled(self) -> bool:
        return len(self.seen) >= self.cancel_after


def pictures(count: int, side: int = 50) -> np.ndarray:
    return np.random.default_rng(count).integers(0, 256, (count, side, 30, 3), np.uint8)


def test_some_at_a_time_each_of_length_one() -> None:
    look = Look()
    made = pictures(20)
    result = describe_pictures(DescribePictures(), {"pictures": made}, look)  # type: ignore[arg-type]
    check_result(result, {"pictures": made})
    assert [x.shape for x in look.seen] == [(16, 3, 224, 224), (4, 3, 224, 224)]
    assert result.features.shape == (20, 3)
    lengths = np.linalg.norm(result.features.astype(np.float32), axis=1)
    assert np.allclose(lengths, 1.0, atol=2e-3)
    x = np.concatenate(look.seen)
    assert x.min() >= -1.0
    assert x.max() <= 1.0
    means = made.astype(np.float32).mean(axis=(1, 2)) / 127.5 - 1.0
    assert np.allclose(x.mean(axis=(2, 3)), means, atol=0.02), "red comes first"


def test_it_can_be_stopped_in_between() -> None:
    with pytest.raises(Cancelled):
        describe_pictures(
            DescribePictures(),
            {"pictures": pictures(40)},
            Look(cancel_after=1),  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    "features",
    [
        np.zeros((3, 4), np.float16),
        np.full((3, 4), np.nan, np.float16),
        np.ones((2, 4), np.float16),
        np.ones((3, 4), np.float32),
    ],
    ids=["nothing", "no numbers", "too few", "another kind"],
)
def test_what_can_not_be_right_is_refused(features: np.ndarray) -> None:
    with pytest.raises(Problem):
        check_result(FeaturesResult(features), {"pictures": pictures(3)})


@pytest.mark.slow
def test_the_real_network_knows_a_photo_again() -> None:
    if default_store().state(FEATURES).status is Status.MISSING:
        pytest.skip(f"no weights: prodedit models pull {FEATURES}")
    samples = resources_folder() / "samples"
    shown = [cv2.imread(str(samples / name)) for name in ("mug.jpg", "bear.jpg")]
    shown = [cv2.cvtColor(cv2.resize(one, (192, 144)), cv2.COLOR_BGR2RGB) for one in shown]
    worse = cv2.resize(cv2.resize(shown[0], (96, 72)), (192, 144))
    with EngineClient() as engine:
        asked = {"pictures": np.stack([*shown, worse])}
        result = engine.run(DescribePictures(), asked)
    assert isinstance(result, FeaturesResult)
    likeness = result.features.astype(np.float32) @ result.features.astype(np.float32).T
    assert likeness[0, 2] > likeness[0, 1] + 0.2
