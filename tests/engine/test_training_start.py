# SPDX-License-Identifier: Apache-2.0
"""A training that begins with a generator: it knows what that one knows, from the first step on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from msgspec.structs import replace
from safetensors.torch import load_file
from torch import Tensor, nn

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.generators import container
from prodedit.engine.training import start
from prodedit.engine.training.defaults import setting_for, stages_of, with_pace, with_steps
from prodedit.engine.training.families import FAMILIES, Material, stages
from prodedit.engine.training.moving_average import MovingAverage
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.publish import publish
from prodedit.engine.training.setting import (
    Family,
    GanSetting,
    Setting,
    TwoStageSetting,
    VaeSetting,
)
from tests.engine.test_families import SETTINGS, material, trained

__all__ = ["material"]

STOPS = {"two-stage": (2, 3), "gan": (2, 3)}
"""After how many steps it is stopped: in each stage once."""
MANY = 100_000
"""Steps of which one counts for little."""


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("starts")


def shaken(nets: Iterator[nn.Module]) -> None:
    """Weights that no training begins with by itself."""
    torch.manual_seed(8)
    for net in nets:
        for weights in net.parameters():
            weights.data.add_(0.05 * torch.randn_like(weights))


def nets_of(stage: Any) -> Iterator[nn.Module]:
    """Those that make a stage's samples."""
    made = stage.result
    yield from (made.autoencoder, made.flow) if hasattr(made, "flow") else (made,)


def published(family: Family, material: Material, folder: Path) -> tuple[Any, Path]:
    """A last stage, and the file of what it has made."""
    path, setting = folder / f"{family}.generator", SETTINGS[family]
    *_, last = stages(setting, material)
    shaken(nets_of(last))
    plan = Plan(setting, (1.0,) * len(stages_of(setting)))
    publish(folder, plan, material.pictures, last).replace(path)
    return last, path


def begun(path: Path, material: Material, steps: int = MANY) -> tuple[Setting, Material]:
    """A training from that file, of so many steps of each stage."""
    card = container.read_card(path)
    family: Any = card.family
    setting = setting_for(8, 64, family=family, start=card)
    name = "contest" if hasattr(setting, "contest") else "autoencoder"
    plans = {name: replace(getattr(setting, name), batch=2)}
    if isinstance(setting, GanSetting):
        plans["matching"] = replace(setting.matching, batch=2)
    if isinstance(setting, TwoStageSetting):
        plans["flow"] = replace(setting.flow, batch=2, views=1)
    setting = with_steps(replace(setting, **plans), [steps] * len(stages_of(setting)))
    return setting, material._replace(start=start.opened(path))


def renamed(material: Material, *classes: str) -> Material:
    """With other classes and, so that nothing can be found out from them, other pictures."""
    pixels, contents = material.pictures.pixels, material.pictures.contents
    pictures = PackedPictures(255 - pixels // 3, replace(contents, classes=classes))
    return material._replace(pictures=pictures)


@pytest.mark.parametrize("family", FAMILIES)
def test_its_first_pictures_are_those_of_the_start(
    family: Family, material: Material, folder: Path
) -> None:
    last, path = published(family, material, folder)
    other = material if family == "vae" else renamed(material, "red", "blue")
    *_, stage = stages(*begun(path, other))
    wanted = last.samples(4)
    without = apart(list(stages(SETTINGS[family], material))[-1].samples(4), wanted)

    assert without > 0.01, "or nothing would be shown"
    assert apart(stage.samples(4), wanted) < 0.02 * without  # half precision
    stage.step(0, 1)
    assert apart(stage.samples(4), wanted) < 0.02 * without


def apart(one: Tensor, other: Tensor) -> float:
    return float((one - other).abs().mean())


@pytest.mark.parametrize(
    ("family", "table"),
    [("two-stage", "of_class.weight"), ("gan", "mapping.of_class.weight"),
     ("dcgan", "of_class.weight")],
)  # fmt: skip
def test_classes_are_known_by_their_names(
    family: Family, table: str, material: Material, folder: Path
) -> None:
    last, path = published(family, material, folder)
    *_, stage = stages(*begun(path, renamed(material, "Blue", "green", "red")))
    before, now = (table_of(one, table) for one in (last, stage))
    red, blue = before[:2]
    stranger = before[2] if family == "two-stage" else before.mean(0)
    wanted = [blue, stranger, red, *before[2:]]

    assert torch.allclose(now, torch.stack(wanted), atol=1e-3)
    *_, again = stages(*begun(path, renamed(material, "Red", "red")))
    assert torch.allclose(table_of(again, table)[:2], red, atol=1e-3)


def table_of(stage: Any, name: str) -> Tensor:
    *_, net = nets_of(stage)
    return net.get_parameter(name)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_training_with_a_start_that_was_stopped_ends_as_one_that_was_not(
    family: Family, material: Material, folder: Path, tmp_path: Path
) -> None:
    _, path = published(family, material, folder)
    whole = trained(*begun(path, material, 3), tmp_path / "whole", 9)
    for most in STOPS.get(family, (2,)):
        with pytest.raises(Cancelled):
            trained(*begun(path, material, 3), tmp_path / "parts", most)
    parts = trained(*begun(path, material, 3), tmp_path / "parts", 9)

    assert parts[-1].losses == whole[-1].losses
    for one in (tmp_path / "whole").glob("*-00000003.checkpoint"):
        held, other = load_file(one), load_file(tmp_path / "parts" / one.name)
        assert held.keys() == other.keys()
        assert all(torch.equal(value, other[name]) for name, value in held.items())


def test_of_two_stages_the_encoder_stays_and_sharpening_begins_at_once(
    material: Material, folder: Path
) -> None:
    _, path = published("two-stage", material, folder)
    setting, with_start = begun(path, material)
    first: Any = next(stages(setting, with_start))
    before = {name: value.clone() for name, value in first.tensors().items()}
    assert "critic" in first.step(0, 1)
    after = first.tensors()
    parts = {name.split(".")[1] for name in before if not torch.equal(before[name], after[name])
             if name.startswith("net.")}  # fmt: skip
    assert parts == {"decoder"}


def test_with_a_start_only_small_copies_come_near(material: Material, folder: Path) -> None:
    """Only small copies count: what changes within their pixels alone is no reason to learn."""
    _, path = published("gan", material, folder)
    setting, with_start = begun(path, material)
    soft = np.clip(material.pictures.pixels, 20, 235)
    lines = np.where(np.arange(64) % 2, 20, -20)[:, None, None]
    learned = []
    for pixels in (soft, (soft + lines).astype(np.uint8)):
        pictures = PackedPictures(pixels, material.pictures.contents)
        first = next(stages(setting, with_start._replace(pictures=pictures)))
        told = first.step(0, 1)
        learned.append((first.tensors()["generator.first.weight"].clone(), float(told["pixels"])))
    assert learned[0][1] != learned[1][1]
    assert torch.allclose(learned[0][0], learned[1][0], atol=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_setting_takes_the_starts_shape_and_fewer_steps(
    family: Family, material: Material, folder: Path
) -> None:
    _, path = published(family, material, folder)
    card = container.read_card(path)
    usual, setting = (setting_for(500, 64, family=family, start=one) for one in (None, card))

    assert setting.start == card.name
    assert usual.start == ""
    for one, other in zip(stages_of(setting), stages_of(usual), strict=True):
        assert one.steps == round(other.steps / 3)
    said = setting_for(500, 64, family=family, steps=90, start=card)
    assert sum(one.steps for one in stages_of(said)) in (89, 90, 91)
    paced = with_pace(replace(setting, minutes=5.0), (0.01,) * len(stages_of(setting)))
    if isinstance(paced, TwoStageSetting):
        assert paced.autoencoder.sharpen_from == 0
    if isinstance(paced, VaeSetting):
        assert paced.autoencoder.warm_up == 0
        assert paced.autoencoder.sharpen_from > 0
    begins: Any = replace(SETTINGS[family], start=card.name)
    for plan in ("autoencoder", "flow"):
        if hasattr(begins, plan):
            shape = {name: getattr(getattr(begins, plan), name) for name in ("widths", "blocks")}
            assert shape == {name: getattr(getattr(setting, plan), name) for name in shape}
    if hasattr(begins, "noise"):
        assert (setting.noise, setting.widths) == (begins.noise, begins.widths)  # type: ignore[union-attr]


def test_what_was_made_tells_what_it_began_with(
    material: Material, folder: Path, tmp_path: Path
) -> None:
    """And may be used as that one may."""
    _, path = published("dcgan", material, folder)
    card = container.read_card(path)
    assert (card.training.start, card.licence) == ("", "")
    setting, with_start = begun(path, material)
    (stage,) = stages(setting, with_start)
    licensed = msgspec.json.encode(replace(card, licence="CC BY 4.0"))
    members = container.read_members(path)
    container.write(tmp_path / "start.generator", {**members, container.CARD: licensed})
    made = container.read_card(publish(tmp_path, Plan(setting, (1.0,)), material.pictures, stage))
    assert (made.training.start, made.licence) == (card.name, "CC BY 4.0")


def test_a_damaged_start_is_refused(material: Material, folder: Path, tmp_path: Path) -> None:
    _, path = published("dcgan", material, folder)
    members = container.read_members(path)
    broken = tmp_path / "broken.generator"
    container.write(broken, {**members, container.WEIGHTS: members[container.WEIGHTS][:-9]})
    with pytest.raises(Problem, match="no usable generator"):
        start.opened(broken)


def test_an_average_keeps_a_start_and_forgets_a_random_one() -> None:
    net = nn.Linear(1, 1, bias=False)
    net.weight.data.fill_(1.0)
    usual, kept, short = (MovingAverage(net, 0.999, steps) for steps in (None, MANY, 100))
    net.weight.data.fill_(0.0)
    for average in (usual, kept, short):
        average.follow(0)

    assert [float(one.net.weight) for one in (usual, kept, short)] == pytest.approx(
        [0.1, 0.999, 0.9]
    )
