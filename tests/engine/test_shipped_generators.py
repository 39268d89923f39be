# SPDX-License-Identifier: Apache-2.0
"""The generators that come with the program: whole, small enough, and honest about themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from prodedit.data_files import models_folder
from prodedit.engine.generators.card import CARD
from prodedit.engine.generators.container import LOG, METRICS, PAIRS, SHEET, read_card, read_members
from prodedit.engine.generators.shelf import opened

MOST_BYTES = 40_000_000
"""Of all of them: they travel with every checkout."""
SHIPPED = sorted(path.parent for path in models_folder().glob(f"*/{CARD}"))
each = pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)


def test_there_are_some_and_they_are_small() -> None:
    sizes = {
        folder.name: sum(len(data) for data in read_members(folder).values()) for folder in SHIPPED
    }
    assert {"fashion", "fashion-gan"} <= set(sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@each
def test_its_card_says_how_it_was_made_and_how_good_it_is(folder: Path) -> None:
    card, members = read_card(folder), read_members(folder)
    assert card.name == folder.name
    assert "prodedit train" in card.notes
    assert "CC0" in card.licence
    assert {SHEET, LOG, METRICS} <= members.keys()
    assert PAIRS not in members, "it holds photos"


@each
def test_a_product_of_each_class_stands_on_white(folder: Path) -> None:
    explorer, card = opened(folder), read_card(folder)
    classes = len(card.classes)
    with torch.inference_mode():
        latents = explorer.drawn(
            range(1, classes + 1), torch.arange(classes), 0.7, lambda share: None
        )
        pictures = explorer.pictures(latents).clamp(-1.0, 1.0)
    ring = torch.cat((pictures[..., :2, :].flatten(1), pictures[..., -2:, :].flatten(1)), 1)
    middle = pictures[..., card.side // 4 : -card.side // 4, card.side // 4 : -card.side // 4]
    assert float(ring.mean(1).min()) > 0.8
    assert float(middle.mean((1, 2, 3)).max()) < 0.75
    apart = torch.cdist(pictures.flatten(1), pictures.flatten(1), p=1) / pictures[0].numel()
    assert float(apart[~torch.eye(classes, dtype=torch.bool)].min()) > 0.05


@each
def test_a_seed_gives_the_same_picture(folder: Path) -> None:
    made = []
    for _ in range(2):
        explorer = opened(folder)
        with torch.inference_mode():
            latents = explorer.drawn([7], torch.tensor([0]), 1.0, lambda share: None)
            made.append(explorer.pictures(latents))
    assert torch.equal(*made)
