# SPDX-License-Identifier: Apache-2.0
"""Which files come of each picture of a batch: one for each preset, named by a pattern, decided
before anything runs; no two are the same, and none is an input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import NUMBER, PRESET, STEM, Pattern
from prodedit.catalogue.batch.plan import Planned, distinct, harmless

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
    there; kept: files that are this batch's own, from an earlier part of it."""

    target: Path
    pattern: Pattern
    suffixes: Mapping[str, str]
    existing: Existing = "overwrite"
    kept: Collection[Path] = ()


def expected(
    pictures: Sequence[Found],
    naming: Naming,
    rows: Sequence[Mapping[str, str] | None] | None = None,
) -> tuple[Expected, ...]:
    """The files of each picture, in the same order; those left out that are there already, where
    `naming` says so. rows: what a table says of each picture. Raises Problem where an input would
    be overwritten."""
    rows = [None] * len(pictures) if rows is None else rows
    pairs = [(n, key) for n in range(len(pictures)) for key in naming.suffixes]
    values = [_values(pictures[n].place, key, rows[n]) for n, key in pairs]
    bare = [
        naming.pattern.place(pictures[n].place.parent, each)
        for (n, _), each in zip(pairs, values, strict=True)
    ]
    if NUMBER in naming.pattern.fields:
        bare = _numbered(bare, pairs, pictures, values, naming)
    places = _distinct(bare, pairs, pictures, naming)
    made: list[dict[str, Path]] = [{} for _ in pictures]
    for (n, key), place in zip(pairs, places, strict=True):
        output = naming.target / place
        if naming.existing != "skip" or not output.exists() or output in naming.kept:
            made[n][key] = output
    harmless(
        [Planned(p.path, o) for p, each in zip(pictures, made, strict=True) for o in each.values()]
    )
    return tuple(Expected(p.path, each) for p, each in zip(pictures, made, strict=True))


def _values(place: PurePath, key: str, row: Mapping[str, str] | None) -> dict[str, str]:
    return {**(row or {}), STEM: place.stem, PRESET: key, NUMBER: ""}


def _numbered(
    bare: Sequence[PurePath],
    pairs: Sequence[tuple[int, str]],
    pictures: Sequence[Found],
    values: Sequence[Mapping[str, str]],
    naming: Naming,
) -> list[PurePath]:
    """Counted where they would have the same name otherwise, all with as many figures."""
    often = Counter(bare)
    seen: Counter[PurePath] = Counter()
    numbered: list[PurePath] = []
    for place, (n, _), each in zip(bare, pairs, values, strict=True):
        seen[place] += 1
        figures = len(str(often[place]))
        named = {**each, NUMBER: f"{seen[place]:0{figures}}"}
        numbered.append(naming.pattern.place(pictures[n].place.parent, named))
    return numbered


def _distinct(
    bare: Sequence[PurePath],
    pairs: Sequence[tuple[int, str]],
    pictures: Sequence[Found],
    naming: Naming,
) -> list[PurePath]:
    def is_taken(place: PurePath) -> bool:
        output = naming.target / place
        return naming.existing == "number" and output not in naming.kept and output.exists()

    plain = [
        place.with_name(place.name + naming.suffixes[key])
        for place, (_, key) in zip(bare, pairs, strict=True)
    ]
    endings = [pictures[n].place.suffix.removeprefix(".") for n, _ in pairs]
    return distinct(plain, endings, is_taken)
