# SPDX-License-Identifier: Apache-2.0
"""How a generator is trained: frozen values that survive JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from prodedit.core.values import Value
from prodedit.engine.generators.container import SUFFIX

START = f"start{SUFFIX}"
Side = Literal[64, 128, 256, 512]
Steps = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Batch = Annotated[int, msgspec.Meta(ge=1, le=4096)]
Rate = Annotated[float, msgspec.Meta(gt=0.0, le=0.1)]
Widths = Annotated[tuple[int, ...], msgspec.Meta(min_length=1, max_length=8)]
Minutes = Annotated[float, msgspec.Meta(ge=0.0, le=1e6)]
"""How long all stages may take together; 0: as long as their steps take."""
Start = Annotated[str, msgspec.Meta(max_length=120)]
"""The name of the generator that it begins with, of which there is a copy, START, in the training's
folder; "": it begins with nothing."""
Family = Literal["two-stage", "gan", "vae", "dcgan"]
Contest = Literal["hinge", "non-saturating"]
Variation = Literal["colour", "translation", "cutout"]


class AutoencoderPlan(Value, frozen=True):
    """Stage 1: pictures to latents and back.

    widths:       channels after each halving; three of them make an eighth of the side.
    warm_up:      the steps over which the pull towards the normal distribution rises.
    sharpen_from: the step from which a discriminator sharpens the decoder, and only that learns;
                  0, at once, where it begins with a generator: a flow knows its latents.
    """

    steps: Steps = 20_000
    batch: Batch = 16
    rate: Rate = 4e-4
    widths: tuple[int, ...] = (48, 96, 128)
    latents: int = 4
    blocks: int = 2
    edges: float = 0.5
    colour: float = 1.0
    perceived: float = 0.15
    divergence: float = 2e-3
    warm_up: Annotated[int, msgspec.Meta(ge=0)] = 0
    sharpen_from: int = 12_000
    sharpness: float = 0.02
    decay: float = 0.999


class FlowPlan(Value, frozen=True):
    """Stage 2: noise to latents. `views`: how often each picture is encoded, varied each time."""

    steps: Steps = 60_000
    batch: Batch = 64
    rate: Rate = 5e-4
    widths: tuple[int, ...] = (96, 192, 192)
    blocks: int = 1
    dropout: float = 0.1
    any_class: float = 0.1
    views: int = 4
    decay: float = 0.9995


class TwoStageSetting(Value, frozen=True):
    """The family that trains on a processor: autoencoder, then flow."""

    side: Side = 128
    seed: int = 0
    minutes: Minutes = 0.0
    start: Start = ""
    autoencoder: AutoencoderPlan = AutoencoderPlan()
    flow: FlowPlan = FlowPlan()


class VaeSetting(Value, frozen=True):
    """A variational autoencoder of one vector for each picture."""

    side: Side = 64
    seed: int = 0
    minutes: Minutes = 0.0
    start: Start = ""
    autoencoder: AutoencoderPlan = AutoencoderPlan(
        widths=(32, 64, 128, 192), latents=128, blocks=1, divergence=1e-2, warm_up=2_000
    )


class ContestPlan(Value, frozen=True):
    """Generator against discriminator, two time scales apart (Heusel et al., arXiv:1706.08500).

    penalty:       weight of the gradient penalty R1; 0: none. It is computed at each
                   `penalty_every`th step only, and counts as much more there.
    most_gradient: the length to which gradients are cut.
    apart:         weight of the loss for pictures of a class that are all alike.
    matched:       the share of the made pictures that are also to come near to real ones, and
    near:          the weight of that.
    """

    steps: Steps = 50_000
    batch: Batch = 16
    rate: Rate = 2e-4
    critic_rate: Rate = 4e-4
    betas: tuple[float, float] = (0.0, 0.99)
    wants: Contest = "hinge"
    variations: tuple[Variation, ...] = ("colour", "translation", "cutout")
    penalty: Annotated[float, msgspec.Meta(ge=0.0)] = 0.0
    penalty_every: Annotated[int, msgspec.Meta(ge=1)] = 16
    most_gradient: Annotated[float, msgspec.Meta(gt=0.0)] = 10.0
    apart: Annotated[float, msgspec.Meta(ge=0.0)] = 2.0
    matched: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    near: Annotated[float, msgspec.Meta(ge=0.0)] = 5.0
    decay: float = 0.999


class MatchingPlan(Value, frozen=True):
    """Before the contest: pictures come near to real ones. `every`: the steps after which it is
    found out anew which is to come near to which."""

    steps: Steps = 2_500
    batch: Batch = 16
    rate: Rate = 4e-4
    betas: tuple[float, float] = (0.9, 0.99)
    every: Steps = 400
    most_gradient: Annotated[float, msgspec.Meta(gt=0.0)] = 1.0
    decay: float = 0.99


class GanSetting(Value, frozen=True):
    """A style-based generator, brought near to all pictures, then against projected discriminators.

    widths:       channels at 4², 8² and so on; as many of them count as the side needs.
    mapping_rate: how much more slowly the mapping network learns.
    mixing:       the share of pictures that are made of two styles.
    seen:         the side to which smaller pictures are enlarged before they are looked at.
    """

    side: Side = 64
    seed: int = 0
    minutes: Minutes = 0.0
    start: Start = ""
    matching: MatchingPlan = MatchingPlan()
    contest: ContestPlan = ContestPlan(matched=0.5)
    widths: Widths = (256, 256, 192, 96, 48, 32, 16, 16)
    noise: int = 64
    style: int = 256
    depth: int = 2
    mapping_rate: float = 0.2
    mixing: float = 0.5
    critic_width: int = 32
    seen: int = 128


class DcganSetting(Value, frozen=True):
    """The small pair that teaches. `widths`: of the generator, from 4²; of the other, backwards."""

    side: Side = 64
    seed: int = 0
    minutes: Minutes = 0.0
    start: Start = ""
    contest: ContestPlan = ContestPlan(betas=(0.5, 0.999), apart=0.0)
    widths: Widths = (256, 128, 64, 32, 16, 16, 16)
    noise: int = 64


Setting = TwoStageSetting | GanSetting | VaeSetting | DcganSetting
"""Of a training, of whichever family."""
FAMILY: Mapping[type[Setting], Family] = {
    TwoStageSetting: "two-stage",
    GanSetting: "gan",
    VaeSetting: "vae",
    DcganSetting: "dcgan",
}
