# SPDX-License-Identifier: Apache-2.0
"""A style-based generator's weights to bytes and back."""

from __future__ import annotations

from pathlib import Path

import torch

from prodedit.engine.generators.card import StyleCard, damaged
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.style_based import StyleBased
from prodedit.engine.generators.weights import fill, still, to_bytes
from prodedit.nets.style_generator import StyleGenerator


def weights_of(net: StyleGenerator) -> bytes:
    """See `weights.to_bytes`."""
    return to_bytes({"generator": net}, {})


def opened(path: Path, device: str = "cpu") -> tuple[StyleCard, StyleBased]:
    """A generator's file, or folder, as a network. Raises Problem where it is not what its card
    says."""
    card = read_card(path)
    if not isinstance(card, StyleCard):
        raise damaged(path.name, f"it is of the family {card.family}")
    with torch.device("meta"):  # a card may claim any size; only real weights take memory
        net = built(card)
    fill(path, {"generator": net}, {}, device)
    return card, StyleBased(net)


def built(card: StyleCard) -> StyleGenerator:
    """A generator of the card's shape, with random weights."""
    return still(StyleGenerator(len(card.classes), card.widths, card.noise, card.style, card.depth))
