# SPDX-License-Identifier: Apache-2.0
"""What can be told of a generator without loading it: the window asks. No torch."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from prodedit.core.problem import Problem
from prodedit.engine.generators.card import GeneratorCard, damaged
from prodedit.engine.generators.container import DIRECTIONS, METRICS, find_member
from prodedit.engine.generators.library import GeneratorLibrary, Shelved

ABILITIES: Mapping[str, frozenset[str]] = {
    "two-stage": frozenset({"repaint"}),
    "gan": frozenset({"mix", "drag"}),
    "vae": frozenset({"compare"}),
    "dcgan": frozenset(),
}
"""By family; see `explorer.Ability`."""
_LENGTH = struct.Struct("<Q")
_LONGEST = 1 << 16


class Known(NamedTuple):
    """A generator of the library. `problem`: why it can't be used; `card` is None then."""

    name: str
    path: Path
    own: bool
    card: GeneratorCard | None
    directions: int = 0
    problem: Problem | None = None
    refused: bool = False
    """It was measured, and is not good enough."""

    @property
    def title(self) -> str:
        return self.name if self.card is None else self.card.name

    def can(self, ability: str) -> bool:
        return self.card is not None and ability in ABILITIES.get(self.card.family, frozenset())


def known(library: GeneratorLibrary) -> tuple[Known, ...]:
    """All there are, the damaged ones last."""
    every = [_known(shelved) for shelved in library]
    return tuple(sorted(every, key=lambda one: one.card is None))


def direction_count(path: Path) -> int:
    """How many directions a generator's file has, by the header of that member. Raises Problem."""
    data = find_member(path, DIRECTIONS)
    if data is None:
        return 0
    try:
        (length,) = _LENGTH.unpack_from(data)
        header = json.loads(data[_LENGTH.size : _LENGTH.size + min(length, _LONGEST)])
        return int(header["axes"]["shape"][0])
    except (struct.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise damaged(path.name, "its directions can't be read") from error


def was_refused(path: Path) -> bool:
    """Whether a generator's file says that it was measured and is not good enough."""
    data = find_member(path, METRICS)
    try:
        told = json.loads(data or b"{}")
        return isinstance(told, dict) and bool(told.get("refusals"))
    except ValueError:
        return False


def _known(shelved: Shelved) -> Known:
    name, path, card, own, broken = shelved
    if card is None:
        return Known(name, path, own, None, problem=broken)
    try:
        return Known(name, path, own, card, direction_count(path), refused=was_refused(path))
    except Problem as problem:
        return Known(name, path, own, None, problem=problem)
