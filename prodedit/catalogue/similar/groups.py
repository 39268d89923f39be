# SPDX-License-Identifier: Apache-2.0
"""Pictures that are alike: one photo twice, or photos that look much alike.

Every picture is compared with every other, block by block: plain multiplication of matrices, in
time with the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from prodedit.catalogue.similar.index import Index, alike
from prodedit.catalogue.similar.measures import agreement

SAME = ((0.985, 0.85), (0.95, 0.93))
"""One photo saved again: its fingerprints agree by the first number at least, its features by the
second. Of 50 photos each was known again smaller, compressed, brighter and mirrored, 42 with 3 % of
the margin cut off, 11 with 8 %; of the 7 million pairs of 3,781 photos of clothes, most of them
framed alike on one of a few backdrops, one was told, which is one photo twice."""
ALIKE = 0.88
"""From here on two photos look much alike: one product, or two on one backdrop."""
_CANDIDATE = min(like for _, like in SAME)
_BLOCK = 1024


class Pair(NamedTuple):
    """Rows of an index, the first smaller; likeness: of their features."""

    one: int
    other: int
    likeness: float


class Group(NamedTuple):
    """Rows of an index, at least two; likeness: the least by which it holds together."""

    rows: tuple[int, ...]
    likeness: float


class Found(NamedTuple):
    """same: each picture in one group at most; variants: groups of different photos, of which no
    two are the same one."""

    same: tuple[Group, ...]
    variants: tuple[Group, ...]


def found(index: Index, stopped: Callable[[], bool] = lambda: False) -> Found:
    """All groups, the largest first. Stops early, with what it has by then, once `stopped`."""
    same: list[Pair] = []
    near: list[Pair] = []
    for pair, is_same in _pairs(index, stopped):
        (same if is_same else near).append(pair)
    same_groups = _joined(same, len(index))
    first = _firsts(same_groups, len(index))
    rest = [_between(first[pair.one], first[pair.other], pair.likeness) for pair in near]
    variants = _joined([pair for pair in rest if pair.one != pair.other], len(index))
    return Found(same_groups, variants)


def nearest(index: Index, row: int, count: int = 60) -> tuple[tuple[int, float], ...]:
    """Other rows and their likeness, the most similar first."""
    likeness = index.likeness(row)
    likeness[row] = -2.0
    count = min(count, len(index) - 1)
    if count < 1:
        return ()
    best = np.argpartition(-likeness, count - 1)[:count]
    ordered = best[np.argsort(-likeness[best], kind="stable")]
    return tuple((int(other), float(likeness[other])) for other in ordered)


def _pairs(index: Index, stopped: Callable[[], bool]) -> Iterator[tuple[Pair, bool]]:
    """Pairs that are alike, and whether they are the same photo."""
    for top in range(0, len(index), _BLOCK):
        for left in range(top, len(index), _BLOCK):
            if stopped():
                return
            likeness = alike(index.single[top : top + _BLOCK], index.single[left : left + _BLOCK])
            for one, other in zip(*np.nonzero(likeness >= _CANDIDATE), strict=True):
                if top + one < left + other:
                    pair = Pair(int(top + one), int(left + other), float(likeness[one, other]))
                    same = _is_same(index, pair)
                    if same or pair.likeness >= ALIKE:
                        yield pair, same


def _is_same(index: Index, pair: Pair) -> bool:
    marks = index.fingerprints
    agreed = agreement(marks[pair.one], marks[pair.other])
    return any(agreed >= least and pair.likeness >= like for least, like in SAME)


def _joined(pairs: list[Pair], count: int) -> tuple[Group, ...]:
    """Strongest pairs first; a group grows only by what is like its middle: chains of small
    steps would put half of the folder into one."""
    group_of: dict[int, int] = {}
    rows: dict[int, list[int]] = {}
    least: dict[int, float] = {}
    linked = {(pair.one, pair.other) for pair in pairs}

    def fits(one: int, group: int) -> bool:
        others = rows[group]
        near = sum((min(one, other), max(one, other)) in linked for other in others)
        return 2 * near >= len(others)

    del count
    for pair in sorted(pairs, key=lambda pair: -pair.likeness):
        one, other = group_of.get(pair.one), group_of.get(pair.other)
        if one is None and other is None:
            group_of[pair.one] = group_of[pair.other] = pair.one
            rows[pair.one], least[pair.one] = [pair.one, pair.other], pair.likeness
        elif one is None or other is None:
            new, group = (pair.one, other) if one is None else (pair.other, one)
            assert group is not None
            if fits(new, group):
                group_of[new] = group
                rows[group].append(new)
                least[group] = min(least[group], pair.likeness)
        elif one != other and all(fits(row, one) for row in rows[other]):
            for row in rows.pop(other):
                group_of[row] = one
                rows[one].append(row)
            least[one] = min(least[one], least.pop(other), pair.likeness)
    groups = [Group(tuple(sorted(found)), least[name]) for name, found in rows.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.rows), group.rows)))


def _between(one: int, other: int, likeness: float) -> Pair:
    return Pair(min(one, other), max(one, other), likeness)


def _firsts(groups: tuple[Group, ...], count: int) -> list[int]:
    """For each row the one that stands for it."""
    first = list(range(count))
    for group in groups:
        for row in group.rows:
            first[row] = group.rows[0]
    return first
