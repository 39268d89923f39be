# SPDX-License-Identifier: Apache-2.0
"""Every family trains in the same frame: it learns, and goes on exactly where it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from prodedit.core.problem import Cancelled
from prodedit.core.values import from_json, to_json
from prodedit.engine.training import packed
from prodedit.engine.training.defaults import SCHEDULES, setting_for, stages_of
from prodedit.engine.training.families import FAMILIES, Material, stages, trials
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.run import Log, Moment, Run
from prodedit.engine.training.setting import (
    FAMILY,
    AutoencoderPlan,
    ContestPlan,
    DcganSetting,
    Family,
    FlowPlan,
    GanSetting,
    MatchingPlan,
    Setting,
    Side,
    TwoStageSetting,
    VaeSetting,
)
from prodedit.nets.efficientnet_lite import EfficientNetLite0

SHORT = ContestPlan(steps=3, batch=2, matched=0.5)
MATCHING = MatchingPlan(steps=3, batch=2, every=2)
PENALISED = ContestPlan(steps=3, batch=2, penalty=1.0, penalty_every=2)
SMALL = AutoencoderPlan(steps=3, batch=2, widths=(16, 16), blocks=1, latents=4, sharpen_from=2)
SETTINGS: Mapping[Family, Setting] = {
    "two-stage": TwoStageSetting(
        side=64,
        autoencoder=msgspec.structs.replace(SMALL, widths=(16, 16, 16)),
        flow=FlowPlan(steps=3, batch=2, widths=(48, 48), views=1),
    ),
    "gan": GanSetting(
        matching=MATCHING,
        contest=SHORT,
        widths=(8,) * 5,
        noise=6,
        style=8,
        critic_width=4,
        seen=64,
    ),
    "vae": VaeSetting(
        autoencoder=msgspec.structs.replace(SMALL, widths=(16,) * 4, latents=8, warm_up=2)
    ),
    "dcgan": DcganSetting(contest=PENALISED, widths=(8,) * 4, noise=6),
}
COLOURS = ((200, 40, 40), (40, 40, 200))


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def material() -> Material:
    """Two classes of squares on white, red and blue."""
    pixels = np.full((8, 64, 64, 3), 255, np.uint8)
    for number, picture in enumerate(pixels):
        picture[8 : 48 + number, 8:56] = COLOURS[number % 2]
    contents = packed.Contents(
        side=64, classes=("red", "blue"), labels=(0, 1) * 4, names=tuple("abcdefgh")
    )
    torch.manual_seed(5)
    return Material(packed.PackedPictures(pixels, contents), EfficientNetLite0(), Machine())


def log(moments: list[Moment], most: int) -> Log:
    return Log(moments.append, _nothing, _nothing, lambda: len(moments) >= most)


def _nothing(*told: object) -> None:
    del told


def trained(setting: Setting, material: Material, folder: Path, most: int) -> list[Moment]:
    """As many steps, at most; where it is stopped, all stages begin anew from their files."""
    folder.mkdir(exist_ok=True)
    moments: list[Moment] = []
    run = Run(folder, log(moments, most), shown=2)
    for stage in stages(setting, material):
        run.train(stage)
    return moments


def test_each_family_has_its_row_everywhere() -> None:
    assert set(SETTINGS) == set(FAMILIES) == set(get_args(Family)) == set(SCHEDULES)
    assert {type(setting): name for name, setting in SETTINGS.items()} == FAMILY


@pytest.mark.parametrize("family", FAMILIES)
def test_settings_survive_json(family: Family) -> None:
    suited = setting_for(300, 128, family=family, seed=3, minutes=5.0)
    for setting in (SETTINGS[family], suited):
        assert from_json(to_json(setting), Setting) == setting


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("side", get_args(Side))
def test_what_suits_the_pictures_grows_with_them(family: Family, side: Side) -> None:
    few, many = (setting_for(count, side, family=family) for count in (60, 4000))
    for one, other in zip(stages_of(few), stages_of(many), strict=True):
        assert 0 < one.steps < other.steps
    short = setting_for(60, side, family=family, steps=100)
    assert sum(stage.steps for stage in stages_of(short)) in (99, 100, 101)
    assert sum(stage.share for stage in stages_of(few)) == pytest.approx(1.0)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_stage_has_a_step_to_be_timed(family: Family, material: Material) -> None:
    steps = list(trials(SETTINGS[family], material))
    assert len(steps) == len(stages_of(SETTINGS[family]))
    steps[-1](0)


@pytest.mark.parametrize("family", ["gan", "vae", "dcgan"])
def test_a_training_that_was_stopped_ends_as_one_that_was_not(
    family: Family, material: Material, tmp_path: Path
) -> None:
    setting = SETTINGS[family]
    whole = trained(setting, material, tmp_path / "whole", 9)
    for most in range(2, 2 + len(stages_of(setting))):  # in each stage once
        with pytest.raises(Cancelled):
            trained(setting, material, tmp_path / "parts", most)
    parts = trained(setting, material, tmp_path / "parts", 9)

    assert [moment.step for moment in parts] == [3]
    assert parts[-1].losses == whole[-1].losses
    one, other = (
        load_file(tmp_path / f"{name}/{family}-00000003.checkpoint") for name in ("whole", "parts")
    )
    assert one.keys() == other.keys()
    assert all(torch.equal(held, other[name]) for name, held in one.items())


@pytest.mark.parametrize("family", FAMILIES)
def test_stages_show_pictures(family: Family, material: Material) -> None:
    stage = next(stages(SETTINGS[family], material))
    one, other = stage.samples(2), stage.samples(2)

    assert one.shape[1:] == (3, 64, 64)
    assert float(one.abs().max()) <= 1.0
    assert torch.equal(one, other)


@pytest.mark.parametrize("family", ["gan", "dcgan"])
def test_the_contest_is_told(family: Family, material: Material) -> None:
    contest = msgspec.structs.replace(PENALISED, batch=4)
    *_, stage = stages(msgspec.structs.replace(SETTINGS[family], contest=contest), material)
    told = stage.step(0, 2)

    assert {"critic", "generator", "accuracy", "diversity", "penalty", "gradient"} == set(told)
    assert all(bool(torch.isfinite(value)) for value in told.values())
    assert 0.0 <= float(told["accuracy"]) <= 1.0
    assert "diversity" not in stage.step(1, 4), "one picture by itself is like no other"


def test_a_generator_comes_near_to_all_pictures(material: Material) -> None:
    """Before there is any discriminator; then beside one."""
    matching = MatchingPlan(batch=8, rate=4e-3, every=5)
    contest = ContestPlan(batch=8, variations=(), matched=0.5)
    setting = msgspec.structs.replace(SETTINGS["gan"], matching=matching, contest=contest)
    learning = stages(setting, material)
    first = next(learning)
    told = (first.step(number, 2) for number in range(40))
    far = [{name: float(value) for name, value in one.items()} for one in told]
    assert far[0].keys() == {"near", "pixels", "gradient"}
    assert far[-1]["near"] < 0.5 * far[0]["near"]
    samples = first.samples(2)
    assert colour_error(samples) < 0.3

    second = next(learning)
    assert torch.equal(second.samples(2), samples), "it goes on with what that one has learned"
    assert float(second.step(0, 1)["near"]) < 0.5 * far[0]["near"]


def test_a_generator_that_leaves_the_noise_aside_is_told_off() -> None:
    """Its two pictures of a class are nearly the same to begin with: it learns to make two."""
    pixels = np.random.default_rng(1).integers(0, 256, (8, 1, 1, 3), np.uint8)
    contents = packed.Contents(side=64, classes=("a",), labels=(0,) * 8, names=tuple("abcdefgh"))
    varied = packed.PackedPictures(np.tile(pixels, (1, 64, 64, 1)), contents)
    torch.manual_seed(5)
    material = Material(varied, EfficientNetLite0(), Machine())
    found = []
    for weight in (0.0, 20.0):
        contest = ContestPlan(batch=4, rate=5e-3, variations=(), apart=weight)
        setting = msgspec.structs.replace(SETTINGS["gan"], contest=contest, mapping_rate=1.0)
        *_, stage = stages(setting, material)
        tensors = stage.tensors()
        tensors["generator.mapping.layers.0.weight"][:, : setting.noise] *= 0.01
        stage.load(tensors)
        found.append([float(stage.step(number, 1)["diversity"]) for number in range(16)])
    alone, pushed = found
    assert alone[0] < 0.2
    assert pushed[0] == pytest.approx(alone[0])
    assert sum(pushed[-4:]) > 1.5 * sum(alone[-4:])


def test_numbers_that_broke_are_told_before_they_are_kept(material: Material) -> None:
    *_, stage = stages(SETTINGS["gan"], material)
    tensors = stage.tensors()
    tensors["critic.heads.0.real.bias"] = torch.full((1,), float("inf"))
    stage.load(tensors)

    assert not all(bool(torch.isfinite(value)) for value in stage.step(0, 1).values())


def test_made_colours_approach_the_datas(material: Material) -> None:
    """Each class's own: the generator learns, and listens to the class."""
    contest = ContestPlan(
        batch=4, rate=4e-3, critic_rate=4e-3, betas=(0.5, 0.99), decay=0.8, variations=()
    )
    stage = next(stages(DcganSetting(contest=contest, widths=(16,) * 4, noise=4), material))
    errors = []
    for number in range(60):
        if number % 10 == 0:
            errors.append(colour_error(stage.samples(8)))
        stage.step(number, 1)

    assert min(errors) < 0.5 * errors[0]  # the smallest: both go on circling each other


def colour_error(samples: Tensor) -> float:
    """The distance of each class's mean colour inside the square from what it should be."""
    inside = samples[:, :, 16:44, 16:48].mean((2, 3))
    wanted = torch.tensor([COLOURS[number % 2] for number in range(len(samples))]) / 127.5 - 1.0
    return float((inside - wanted).square().mean())
