# SPDX-License-Identifier: Apache-2.0
"""The training program: planned by its pace, told, stopped, gone on with, to the generator."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import numpy as np
import pytest
import torch

from prodedit.core.problem import Cancelled, Problem
from prodedit.core.values import to_json
from prodedit.engine.generators import container
from prodedit.engine.generators.container import METRICS, WEIGHTS, read_member
from prodedit.engine.generators.two_stage_file import built, opened, weights_of
from prodedit.engine.training import defaults, judging, measuring, pace, packed, process
from prodedit.engine.training.families import Material
from prodedit.engine.training.gate import Judgement
from prodedit.engine.training.intake import PICTURES
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.run import Log
from prodedit.engine.training.setting import (
    START,
    AutoencoderPlan,
    FlowPlan,
    TwoStageSetting,
)
from prodedit.engine.training.teller import Teller
from prodedit.nets.efficientnet_lite import EfficientNetLite0
from tests.engine.test_generator_files import TINY

SETTING = TwoStageSetting(
    side=64,
    autoencoder=AutoencoderPlan(steps=2, batch=2, widths=(16, 16, 16), blocks=1),
    flow=FlowPlan(steps=2, batch=2, widths=(48, 48), views=1),
)


@pytest.fixture
def eye() -> EfficientNetLite0:
    torch.set_num_threads(1)
    torch.manual_seed(5)
    return EfficientNetLite0()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRODEDIT_DEVICE", "cpu")
    monkeypatch.setenv("PRODEDIT_THREADS", "1")
    monkeypatch.setattr(process, "_SHOWN", 2)
    monkeypatch.setattr(judging, "JUDGED_BY", 4)
    monkeypatch.setattr(measuring, "LOOKED_AT", 32)
    place = tmp_path / "hats.generator.training"
    place.mkdir()
    chance = np.random.default_rng(0)
    pictures = [(f"{n}", n % 2, chance.integers(0, 256, (64, 64, 3), np.uint8)) for n in range(8)]
    packed.pack(iter(pictures), place / PICTURES, 64, ("cap", "hat"))
    (place / process.SETTING).write_text(json.dumps(to_json(SETTING)))
    return place


def trained(folder: Path, eye: EfficientNetLite0, stop_after: int = 10**9) -> list[dict[str, Any]]:
    """What it told."""
    told, asked = io.StringIO(), iter(range(10**9))
    teller = Teller(folder, told)
    log = Log(teller.moment, teller.kept, teller.trouble, lambda: next(asked) >= stop_after)
    with contextlib.suppress(Cancelled):
        process.train(folder, eye, teller, log)
    return [json.loads(line) for line in told.getvalue().splitlines()]


def test_a_training_ends_with_a_generator_and_tells_all_the_way(
    folder: Path, eye: EfficientNetLite0
) -> None:
    events = trained(folder, eye)
    assert events[0]["stages"] == ["autoencoder", "flow"]
    assert events[0]["steps"] == [2, 2]
    assert events[0]["estimate"] >= 0
    moments = [event for event in events if "losses" in event]
    assert [(moment["stage"], moment["step"]) for moment in moments][-1] == ("flow", 2)
    assert {"generator": "made.generator"} in events
    assert any("measuring" in event for event in events)
    kept = msgspec.json.decode(read_member(folder / "made.generator", METRICS), type=Judgement)
    assert kept.refusals == ("too-few",)
    assert kept.measures.made == 4
    assert msgspec.convert(events[-1]["judgement"], Judgement) == kept
    card, generator = opened(folder / "made.generator")
    assert card.name == "hats"
    assert card.classes == ("cap", "hat")
    assert card.training.steps == (2, 2)
    assert card.training.pictures == 8
    noise = torch.randn(1, 4, 8, 8)
    assert generator.pictures(generator.latents(noise, torch.tensor([1]), steps=1)).shape[2] == 64
    logged = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    assert [event["stage"] for event in logged if "stage" in event] == ["autoencoder", "flow"]


def test_it_begins_with_the_generator_that_lies_there(
    folder: Path, eye: EfficientNetLite0, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = msgspec.structs.replace(SETTING, start="tiny")
    (folder / process.SETTING).write_text(json.dumps(to_json(begun)))
    with pytest.raises(Problem, match="no usable generator"):
        trained(folder, eye)
    made = built(TINY)
    container.write(
        folder / START, {container.CARD: msgspec.json.encode(TINY), WEIGHTS: weights_of(made)}
    )
    asked: list[Material] = []

    def stages(setting: object, material: Material) -> NoReturn:
        asked.append(material)
        raise Cancelled

    monkeypatch.setattr(pace, "measured", lambda *rest: (1.0, 1.0))
    monkeypatch.setattr(process, "stages", stages)
    trained(folder, eye)
    assert asked[0].start is not None
    assert asked[0].start.classes == TINY.classes
    given = asked[0].start.nets["flow"].state_dict()
    assert all(
        torch.allclose(given[name], held, atol=1e-3)
        for name, held in made.flow.state_dict().items()
    )


@pytest.mark.long
def test_going_on_takes_no_new_pace_and_ends_the_same(
    folder: Path, eye: EfficientNetLite0, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(folder, eye)
    whole = opened(folder / "made.generator")[1].flow.state_dict()
    for path in (*folder.glob("*.checkpoint"), folder / "made.generator"):
        path.unlink()
    monkeypatch.setattr(pace, "measured", lambda *rest: pytest.fail("it was known"))
    for steps in (1, 2):
        trained(folder, eye, steps)
        assert not (folder / "made.generator").exists()
    trained(folder, eye)
    again = opened(folder / "made.generator")[1].flow.state_dict()
    assert all(torch.equal(whole[name], again[name]) for name in whole)


def test_a_short_training_is_looked_at_more_often() -> None:
    assert process.between(10 * 60.0) == pytest.approx(10 / 12)
    assert process.between(60.0) == 0.5
    assert process.between(1e6) == 5.0


def test_minutes_become_steps_by_the_pace() -> None:
    setting = msgspec.structs.replace(SETTING, minutes=10.0)
    made = defaults.with_pace(setting, (0.5, 1.0))
    assert (made.autoencoder.steps, made.flow.steps) == (540, 330)
    assert made.autoencoder.sharpen_from == 540
    plan = Plan(made, (0.5, 1.0))
    assert plan.seconds == pytest.approx(600.0)
    assert sum(plan.limits) == pytest.approx(600.0)
    assert defaults.with_pace(SETTING, (0.5, 1.0)) == SETTING


@pytest.mark.parametrize("side", [64, 128, 256, 512])
def test_defaults_grow_with_the_pictures_and_fit_every_side(side: Any) -> None:
    few, many = (defaults.setting_for(count, side) for count in (60, 4000))
    assert few.autoencoder.steps < many.autoencoder.steps
    assert few.flow.steps < many.flow.steps
    assert many.autoencoder.sharpen_from < many.autoencoder.steps
    grid = side // 2 ** len(many.autoencoder.widths)
    assert grid in (8, 16)
    assert defaults.setting_for(60, side, steps=100).flow.steps in range(1, 100)
