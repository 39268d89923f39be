# SPDX-License-Identifier: Apache-2.0
"""What each family's training ends with: a card, weights, and directions to be explored."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import torch
from torch import Tensor

from prodedit.engine.generators import style_file, two_stage_file, vector_files
from prodedit.engine.generators.card import (
    AutoencoderShape,
    ConvolutionalCard,
    FlowShape,
    GeneratorCard,
    StyleCard,
    TwoStageCard,
    VaeCard,
)
from prodedit.engine.generators.directions import found_in, found_within
from prodedit.engine.generators.style_based import StyleBased
from prodedit.engine.generators.vectors import Convolutional, Variational, of_classes
from prodedit.engine.training.autoencoding import Variational as VariationalStage
from prodedit.engine.training.contest import Contesting
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.packed import PackedPictures, planes
from prodedit.engine.training.setting import (
    DcganSetting,
    GanSetting,
    TwoStageSetting,
    VaeSetting,
)
from prodedit.nets.dcgan import ConvolutionalGenerator
from prodedit.nets.style_generator import StyleGenerator

DIRECTIONS = 10
_POINTS = 4096
"""Of which directions are found."""
_ENCODED_AT_ONCE = 32
Common = dict[str, Any]
"""What every card says, by the names of its fields."""


class Made(NamedTuple):
    """A generator, to be written. `axes`: (k, *shape of its latents), a standard deviation each."""

    card: GeneratorCard
    weights: bytes
    axes: Tensor


def two_stage(
    common: Common, setting: TwoStageSetting, stage: Flowing, pictures: PackedPictures
) -> Made:
    """Of the flow, which has the autoencoder in it."""
    del pictures
    first, second = setting.autoencoder, setting.flow
    card = TwoStageCard(
        autoencoder=AutoencoderShape(
            widths=first.widths, latents=first.latents, blocks=first.blocks
        ),
        flow=FlowShape(widths=second.widths, blocks=second.blocks),
        **common,
    )
    points, labels = stage.points
    axes = found_within(points[:_POINTS].cpu(), labels[:_POINTS].cpu(), DIRECTIONS).steps
    return Made(card, two_stage_file.weights_of(stage.result), axes)


def gan(common: Common, setting: GanSetting, stage: Contesting, pictures: PackedPictures) -> Made:
    """Of the averaged generator; directions in W, the same for all layers."""
    del pictures
    net = cast(StyleGenerator, stage.result)
    card = StyleCard(
        widths=net.widths, noise=setting.noise, style=setting.style, depth=setting.depth, **common
    )
    generator = StyleBased(net)
    axes = found_in(generator.differences(_POINTS).cpu(), DIRECTIONS).steps
    whole = axes[:, None].expand(-1, *generator.shape)
    return Made(card, style_file.weights_of(net), whole)


def vae(
    common: Common, setting: VaeSetting, stage: VariationalStage, pictures: PackedPictures
) -> Made:
    """Of the averaged network, and where its classes lie."""
    plan = setting.autoencoder
    card = VaeCard(widths=plan.widths, latents=plan.latents, blocks=plan.blocks, **common)
    latents, labels = _encoded(stage, pictures)
    means, factors = of_classes(latents, labels, len(pictures.contents.classes))
    axes = found_within(latents[:_POINTS], labels[:_POINTS], DIRECTIONS).steps
    generator = Variational(stage.result, means, factors)
    return Made(card, vector_files.vae_weights(generator), axes)


def dcgan(
    common: Common, setting: DcganSetting, stage: Contesting, pictures: PackedPictures
) -> Made:
    """Of the averaged generator; its noise has no directions that stand out."""
    del pictures
    net = cast(ConvolutionalGenerator, stage.result)
    card = ConvolutionalCard(widths=net.widths, noise=setting.noise, **common)
    axes = torch.zeros(0, *Convolutional(net).shape)
    return Made(card, vector_files.dcgan_weights(net), axes)


def _encoded(stage: VariationalStage, pictures: PackedPictures) -> tuple[Tensor, Tensor]:
    """The latents (n, d) of all pictures as they are, and their classes."""
    device = next(stage.result.parameters()).device.type
    machine, found = Machine(device), []
    with torch.no_grad():
        for start in range(0, len(pictures), _ENCODED_AT_ONCE):
            tensor = machine.tensor(planes(pictures.pixels[start : start + _ENCODED_AT_ONCE]))
            found.append(stage.result.encode(tensor).mean.float().cpu())
    return torch.cat(found), torch.from_numpy(pictures.labels)
