# SPDX-License-Identifier: Apache-2.0
"""The generator that a training begins with, so that it need not learn everything anew.

Its file holds what makes pictures, in half precision. Discriminators and what optimisers remember
are not in it: they begin as they would without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from prodedit.engine.generators import style_file, two_stage_file, vector_files
from prodedit.engine.generators.container import read_card

_OF_CLASS = "of_class.weight"
"""How the name of a table ends that has a row for each class."""


class Start(NamedTuple):
    """`nets` and `values` (as of a flow, the mean and spread of its latents) by the names that they
    have in the file: float32, and never changed."""

    classes: tuple[str, ...]
    nets: Mapping[str, nn.Module]
    values: Mapping[str, Tensor]

    def give(self, name: str, net: nn.Module, classes: Sequence[str]) -> None:
        """Let `net`, which knows `classes`, begin with the weights of the one of that name."""
        state = self.nets[name].state_dict()
        for key, value in state.items():
            if key.endswith(_OF_CLASS):
                state[key] = _rows(value, self.classes, classes)
        net.load_state_dict(state)


def opened(path: Path) -> Start:
    """A generator's file, or folder. Raises Problem where it is not what its card says."""
    return _FAMILIES[read_card(path).family](path)


def _rows(table: Tensor, known: Sequence[str], classes: Sequence[str]) -> Tensor:
    """What a table (len(known), or one more for any class, n) says of `classes`, by their names: as
    they are, else without regard to capitals. A class that is not known begins as any class does,
    or as the mean of all where there is no such row."""
    places = {name.casefold(): place for place, name in enumerate(known)}
    places |= {name: place for place, name in enumerate(known)}
    anything = table[len(known) :]
    stranger = anything[0] if len(anything) else table.mean(0)
    found = (places.get(name, places.get(name.casefold())) for name in classes)
    rows = [stranger if place is None else table[place] for place in found]
    return torch.cat((torch.stack(rows), anything))


def _two_stage(path: Path) -> Start:
    card, made = two_stage_file.opened(path)
    nets = {"autoencoder": made.autoencoder, "flow": made.flow}
    return Start(card.classes, nets, {"mean": made.mean, "spread": made.spread})


def _gan(path: Path) -> Start:
    card, made = style_file.opened(path)
    return Start(card.classes, {"generator": made.net}, {})


def _vae(path: Path) -> Start:
    """Where its classes lie is found anew at the end of each training."""
    card, made = vector_files.opened_vae(path)
    return Start(card.classes, {"autoencoder": made.net}, {})


def _dcgan(path: Path) -> Start:
    card, made = vector_files.opened_dcgan(path)
    return Start(card.classes, {"generator": made.net}, {})


_FAMILIES: Mapping[str, Callable[[Path], Start]] = {
    "two-stage": _two_stage,
    "gan": _gan,
    "vae": _vae,
    "dcgan": _dcgan,
}
