# SPDX-License-Identifier: Apache-2.0
"""Which files come of each picture of a batch: one for each preset, named by a pattern, decided
before anything runs; no two are the same, and none is an input."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import NUMBER, PRESET, STEM, Pattern
from prodedit.catalogue.batch.plan import Planned, distinct, harmless, spelled

Existing = Literal["overwrite", "skip", "number"]
"""What becomes of files that are there already."""
OWN = ""
"""The key of the file that the recipe's own export setting makes, where there is no preset."""


class Expected(NamedTuple):
    """A picture, and where each preset's file of it goes, by the preset's id."""

    source: Path
    outputs: Mapping[str, Path]


class Naming(NamedTuple):
    """How the files of a batch are named. suffixes: by preset, with their dots; existing: see
    there; reserved: files of other pictures of the batch."""

    target: Path
    pattern: Pattern
    suffixes: Mapping[str, str]
    existing: Existing = "overwrite"
    reserved: Collection[Path] = ()


class _Wish(NamedTuple):
    """A file that is to be: of which picture, for which preset, and what fills the pattern."""

    number: int
    found: Found
    key: str
    values: Mapping[str, str]

    def place(self, pattern: Pattern, n: str = "") -> PurePath:
        return pattern.place(self.found.place.parent, {**self.values, NUMBER: n})


def expected(
    pictures: Sequence[Found],
    naming: Naming,
    rows: Sequence[Mapping[str, str] | None] | None = None,
) -> tuple[Expected, ...]:
    """The files of each picture, in the same order; those left out that are there already, where
    `naming` says so. rows: what a table says of each picture. Raises Problem where an input would
    be overwritten."""
    rows = [None] * len(pictures) if rows is None else rows
    wishes = [
        _Wish(n, found, key, {**(row or {}), STEM: found.place.stem, PRESET: key})
        for n, (found, row) in enumerate(zip(pictures, rows, strict=True))
        for key in naming.suffixes
    ]
    made: list[dict[str, Path]] = [{} for _ in pictures]
    for wish, place in zip(wishes, _places(wishes, naming), strict=True):
        output = naming.target / place
        if naming.existing != "skip" or not output.exists():
            made[wish.number][wish.key] = output
    files = tuple(Expected(p.path, each) for p, each in zip(pictures, made, strict=True))
    harmless([Planned(each.source, path) for each in files for path in each.outputs.values()])
    return files


def _places(wishes: Sequence[_Wish], naming: Naming) -> list[PurePath]:
    reserved = {spelled(path) for path in naming.reserved}

    def is_taken(place: PurePath) -> bool:
        output = naming.target / place
        return spelled(output) in reserved or (naming.existing == "number" and output.exists())

    plain = _numbered(wishes, naming, is_taken)
    endings = [wish.found.place.suffix.removeprefix(".") for wish in wishes]
    return distinct(plain, endings, is_taken)


def _numbered(
    wishes: Sequence[_Wish], naming: Naming, is_taken: Callable[[PurePath], bool]
) -> list[PurePath]:
    """With their endings; where the pattern counts, those are counted that would have the same name
    otherwise, all with as many figures."""
    bare = [wish.place(naming.pattern) for wish in wishes]
    if NUMBER not in naming.pattern.fields:
        return [_ended(b, naming.suffixes[w.key]) for b, w in zip(bare, wishes, strict=True)]
    often = Counter(bare)
    counts = {place: itertools.count(1) for place in often}
    numbered: list[PurePath] = []
    for place, wish in zip(bare, wishes, strict=True):
        figures = len(str(often[place]))
        named = (wish.place(naming.pattern, f"{n:0{figures}}") for n in counts[place])
        ended = (_ended(each, naming.suffixes[wish.key]) for each in named)
        numbered.append(next(each for each in ended if not is_taken(each)))
    return numbered


def _ended(place: PurePath, suffix: str) -> PurePath:
    """(The name may have points of its own.)"""
    return place.with_name(place.name + suffix)
