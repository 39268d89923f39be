# SPDX-License-Identifier: Apache-2.0
"""How each family of generators is trained: one row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import torch

from prodedit.engine.training import making
from prodedit.engine.training.autoencoding import Autoencoding, Variational
from prodedit.engine.training.contest import Contesting
from prodedit.engine.training.flowing import Flowing, velocity_loss
from prodedit.engine.training.machine import WEIGHTS, Machine, seeded
from prodedit.engine.training.matches import Matches
from prodedit.engine.training.matching import Matching
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.players import ConvolutionalPlayers, StylePlayers
from prodedit.engine.training.run import Stage
from prodedit.engine.training.setting import (
    FAMILY,
    DcganSetting,
    Family,
    GanSetting,
    Setting,
    TwoStageSetting,
    VaeSetting,
)
from prodedit.engine.training.start import Start
from prodedit.nets.efficientnet_lite import EfficientNetLite0
from prodedit.nets.flow import FlowUNet

Trial = Callable[[int], object]
"""A step by its number, which counts for nothing: for clocks."""


class Material(NamedTuple):
    """What a training works with. `features` look and measure; they never learn. `start`: what the
    networks that make pictures begin with, in each stage that has no checkpoint of its own."""

    pictures: PackedPictures
    features: EfficientNetLite0
    machine: Machine
    start: Start | None = None


class Row(NamedTuple):
    """`stages` in their order: the next one is asked for when the one before is done; a step of
    each to be timed, before anything is trained; what the last stage makes."""

    stages: Callable[[Any, Material], Iterator[Stage]]
    trials: Callable[[Any, Material], Iterator[Trial]]
    made: Callable[[making.Common, Any, Any, PackedPictures], making.Made]


def stages(setting: Setting, material: Material) -> Iterator[Stage]:
    """Of the family that `setting` is of."""
    return FAMILIES[FAMILY[type(setting)]].stages(setting, material)


def trials(setting: Setting, material: Material) -> Iterator[Trial]:
    """Of the family that `setting` is of."""
    return FAMILIES[FAMILY[type(setting)]].trials(setting, material)


def made(
    common: making.Common, setting: Setting, stage: Stage, pictures: PackedPictures
) -> making.Made:
    """What a training with this setting has made, once its last stage is done."""
    return FAMILIES[FAMILY[type(setting)]].made(common, setting, stage, pictures)


def two_stage(setting: TwoStageSetting, material: Material) -> Iterator[Stage]:
    """An autoencoder, then a flow in its latents."""
    first = Autoencoding(setting, *material)
    yield first
    yield Flowing(setting, material.pictures, first.result, material.machine, material.start)


def two_stage_trials(setting: TwoStageSetting, material: Material) -> Iterator[Trial]:
    """The flow on latents that are drawn: to have real ones would take minutes."""
    yield partial(Autoencoding(setting, *material).step, pieces=1)
    plan, one, machine = setting.flow, setting.autoencoder, material.machine
    classes, grid = len(material.pictures.contents.classes), setting.side >> len(one.widths)
    net = machine.put(FlowUNet(classes, one.latents, plan.widths, plan.blocks, plan.dropout))
    adam = torch.optim.AdamW(net.parameters(), plan.rate, fused=True)
    data = torch.randn(plan.batch, one.latents, grid, grid).to(machine.name)
    labels = torch.zeros(plan.batch, dtype=torch.long, device=machine.name)

    def step(number: int) -> None:
        del number
        adam.zero_grad(set_to_none=True)
        with machine.precision():
            loss = velocity_loss(net, data, labels)
        loss.backward()  # type: ignore[no-untyped-call]  # torch gives no type
        adam.step()

    yield step


def vae(setting: VaeSetting, material: Material) -> Iterator[Stage]:
    """A variational autoencoder."""
    yield Variational(setting, *material)


def gan(setting: GanSetting, material: Material) -> Iterator[Stage]:
    """A style-based generator that comes near to all pictures, then against projected
    discriminators."""
    seeded(setting.seed, WEIGHTS)
    pictures, features, machine, start = material
    players = StylePlayers(setting, pictures, features, machine)
    if start is not None:
        start.give("generator", players.generator, pictures.contents.classes)
    every, has_start = setting.matching.every, start is not None
    matches = Matches(pictures, setting.seed, setting.noise, every, machine, at_once=has_start)
    first = Matching(setting, players, matches, machine)
    yield first
    players.generator.load_state_dict(first.result.state_dict())
    yield Contesting(
        "gan", setting.seed, setting.contest, players, pictures, machine, matches=matches
    )


def dcgan(setting: DcganSetting, material: Material) -> Iterator[Stage]:
    """The small teaching pair."""
    seeded(setting.seed, WEIGHTS)
    pictures, _, machine, start = material
    players = ConvolutionalPlayers(setting, pictures, machine)
    yield Contesting("dcgan", setting.seed, setting.contest, players, pictures, machine, start)


def _only(stages: Callable[[Any, Material], Iterator[Stage]]) -> Callable[..., Iterator[Trial]]:
    """Trials of a family with one stage: its own steps."""

    def trials(setting: Setting, material: Material) -> Iterator[Trial]:
        for stage in stages(setting, material):
            yield partial(stage.step, pieces=1)

    return trials


FAMILIES: Mapping[Family, Row] = {
    "two-stage": Row(two_stage, two_stage_trials, making.two_stage),
    "gan": Row(gan, _only(gan), making.gan),
    "vae": Row(vae, _only(vae), making.vae),
    "dcgan": Row(dcgan, _only(dcgan), making.dcgan),
}
