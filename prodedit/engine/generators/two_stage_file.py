# SPDX-License-Identifier: Apache-2.0
"""A two-stage generator's weights to bytes and back."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from prodedit.engine.generators.card import TwoStageCard, damaged
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.two_stage import TwoStage
from prodedit.engine.generators.weights import fill, still, to_bytes
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.flow import FlowUNet


def weights_of(generator: TwoStage) -> bytes:
    """See `weights.to_bytes`."""
    return to_bytes(_nets(generator), _values(generator))


def opened(path: Path, device: str = "cpu") -> tuple[TwoStageCard, TwoStage]:
    """A generator's file, or folder, as a network. Raises Problem where it is not what its card
    says."""
    card = read_card(path)
    if not isinstance(card, TwoStageCard):
        raise damaged(path.name, f"it is of the family {card.family}")
    with torch.device("meta"):  # a card may claim any size; only real weights take memory
        generator = built(card)
    values = fill(path, _nets(generator), _values(generator), device)
    if float(values["spread"].min()) <= 0.0:
        raise damaged(path.name, "the spread of its latents is not positive")
    return card, TwoStage(generator.autoencoder, generator.flow, **values)


def built(card: TwoStageCard) -> TwoStage:
    """A generator of the card's shape, with random weights."""
    first, second = card.autoencoder, card.flow
    return TwoStage(
        still(Autoencoder(first.widths, first.latents, first.blocks)),
        still(FlowUNet(len(card.classes), first.latents, second.widths, second.blocks)),
        torch.zeros(first.latents),
        torch.ones(first.latents),
    )


def _nets(generator: TwoStage) -> dict[str, nn.Module]:
    return {"autoencoder": generator.autoencoder, "flow": generator.flow}


def _values(generator: TwoStage) -> dict[str, Tensor]:
    return {"mean": generator.mean, "spread": generator.spread}
