# SPDX-License-Identifier: Apache-2.0
"""The small families' weights to bytes and back."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from prodedit.engine.generators.card import ConvolutionalCard, VaeCard, damaged
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.vectors import Convolutional, Variational
from prodedit.engine.generators.weights import fill, still, to_bytes
from prodedit.nets.dcgan import ConvolutionalGenerator
from prodedit.nets.vae import VariationalAutoencoder


def vae_weights(generator: Variational) -> bytes:
    """See `weights.to_bytes`."""
    return to_bytes({"autoencoder": generator.net}, _values(generator))


def dcgan_weights(net: ConvolutionalGenerator) -> bytes:
    """See `weights.to_bytes`."""
    return to_bytes({"generator": net}, {})


def opened_vae(path: Path, device: str = "cpu") -> tuple[VaeCard, Variational]:
    """A generator's file, or folder, as a network. Raises Problem where it is not what its card
    says."""
    card = read_card(path)
    if not isinstance(card, VaeCard):
        raise damaged(path.name, f"it is of the family {card.family}")
    with torch.device("meta"):
        generator = built_vae(card)
    values = fill(path, {"autoencoder": generator.net}, _values(generator), device)
    if float(values["factors"].diagonal(dim1=1, dim2=2).min()) <= 0.0:
        raise damaged(path.name, "the spread of its latents is not positive")
    return card, Variational(generator.net, **values)


def opened_dcgan(path: Path, device: str = "cpu") -> tuple[ConvolutionalCard, Convolutional]:
    """As `opened_vae`."""
    card = read_card(path)
    if not isinstance(card, ConvolutionalCard):
        raise damaged(path.name, f"it is of the family {card.family}")
    with torch.device("meta"):
        net = built_dcgan(card)
    fill(path, {"generator": net}, {}, device)
    return card, Convolutional(net)


def built_vae(card: VaeCard) -> Variational:
    """A generator of the card's shape, with random weights."""
    net = VariationalAutoencoder(card.side, card.widths, card.latents, card.blocks)
    classes, latents = len(card.classes), card.latents
    factors = torch.eye(latents).expand(classes, -1, -1)
    return Variational(still(net), torch.zeros(classes, latents), factors)


def built_dcgan(card: ConvolutionalCard) -> ConvolutionalGenerator:
    """A generator of the card's shape, with random weights."""
    return still(ConvolutionalGenerator(len(card.classes), card.widths, card.noise))


def _values(generator: Variational) -> dict[str, Tensor]:
    return {"means": generator.means, "factors": generator.factors}
