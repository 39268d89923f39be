# SPDX-License-Identifier: Apache-2.0
"""Which stages a training has: one row for each family of generators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from prodedit.engine.training.autoencoding import Autoencoding, Variational
from prodedit.engine.training.contest import Contesting
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.machine import WEIGHTS, Machine, seeded
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.players import ConvolutionalPlayers, StylePlayers
from prodedit.engine.training.run import Stage
from prodedit.engine.training.setting import (
    DcganSetting,
    GanSetting,
    Setting,
    TwoStageSetting,
    VaeSetting,
)
from prodedit.nets.efficientnet_lite import EfficientNetLite0


class Material(NamedTuple):
    """What a training works with. `features` look and measure; they never learn."""

    pictures: PackedPictures
    features: EfficientNetLite0
    machine: Machine


class Family(NamedTuple):
    """`stages` in their order: the next one is asked for when the one before is done."""

    setting: type[Setting]
    stages: Callable[[Any, Material], Iterator[Stage]]


def two_stage(setting: TwoStageSetting, material: Material) -> Iterator[Stage]:
    """An autoencoder, then a flow in its latents."""
    first = Autoencoding(setting, *material)
    yield first
    yield Flowing(setting, material.pictures, first.result, material.machine)


def vae(setting: VaeSetting, material: Material) -> Iterator[Stage]:
    """A variational autoencoder."""
    yield Variational(setting, *material)


def gan(setting: GanSetting, material: Material) -> Iterator[Stage]:
    """A style-based generator against projected discriminators."""
    seeded(setting.seed, WEIGHTS)
    players = StylePlayers(setting, *material)
    yield Contesting(
        "gan", setting.seed, setting.contest, players, material.pictures, material.machine
    )


def dcgan(setting: DcganSetting, material: Material) -> Iterator[Stage]:
    """The small teaching pair."""
    seeded(setting.seed, WEIGHTS)
    players = ConvolutionalPlayers(setting, material.pictures, material.machine)
    yield Contesting(
        "dcgan", setting.seed, setting.contest, players, material.pictures, material.machine
    )


FAMILIES: Mapping[str, Family] = {
    "two-stage": Family(TwoStageSetting, two_stage),
    "gan": Family(GanSetting, gan),
    "vae": Family(VaeSetting, vae),
    "dcgan": Family(DcganSetting, dcgan),
}


def stages(setting: Setting, material: Material) -> Iterator[Stage]:
    """Of the family that `setting` is of."""
    family = next(one for one in FAMILIES.values() if isinstance(setting, one.setting))
    return family.stages(setting, material)
