# SPDX-License-Identifier: Apache-2.0
"""New pictures in folders, once they are written whole, and groups of them that have grown no more
for a while. By looking again and again: what systems tell of changes is not told of folders on a
network, where cameras and colleagues put their photos.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from prodedit.catalogue.batch.inputs import Found, Gathered, gather
from prodedit.core.problem import Problem

SETTLED = 2.0
"""Seconds in which a file has neither grown nor been changed: it is taken for whole."""
_EMPTY = 30.0
"""The same for one without any content, which most programs make first."""
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart")
"""What programs call a file that they are still bringing."""

Stand = tuple[int, int]
"""Bytes, and nanoseconds of the last change."""


class Seen(NamedTuple):
    """new: never given before; changed: another photo has taken the place of one that was; coming:
    still being written."""

    new: tuple[Found, ...]
    changed: tuple[Found, ...]
    coming: tuple[Found, ...]


class Watching:
    """words: folders; known: photos that are in the batch already, as they were; clock: seconds."""

    def __init__(
        self,
        words: Sequence[str],
        leave_out: Path,
        known: Mapping[Path, Stand],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._words = tuple(words)
        self._leave_out = leave_out
        self._given = dict(known)
        self._clock = clock
        self._since: dict[Path, tuple[Stand, float]] = {}

    def look(self) -> Seen:
        """What has become whole since the last look. A folder that is not there is empty."""
        new: list[Found] = []
        changed: list[Found] = []
        coming: list[Found] = []
        for found in _pictures(self._words, self._leave_out):
            stand = stand_of(found.path)
            if stand is None or self._given.get(found.path) == stand:
                continue
            if not self._is_settled(found.path, stand):
                coming.append(found)
                continue
            (changed if found.path in self._given else new).append(found)
            self._given[found.path] = stand
        return Seen(tuple(new), tuple(changed), tuple(coming))

    def forget(self, found: Found) -> None:
        """It could not be taken: give it again."""
        self._given.pop(found.path, None)

    def _is_settled(self, path: Path, stand: Stand) -> bool:
        now = self._clock()
        before, since = self._since.setdefault(path, (stand, now))
        if before != stand:
            self._since[path] = (stand, now)
            return False
        return now - since >= (SETTLED if stand[0] else _EMPTY)


class Stillness:
    """Which groups nothing has come to for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._stirred: dict[str, float] = {}

    def stir(self, groups: Iterable[str]) -> None:
        """Something has come to these, or is on its way."""
        self._stirred |= dict.fromkeys(groups, self._clock())

    def still(self) -> tuple[str, ...]:
        """Those that have been still for as long; each is named once, until something comes."""
        until = self._clock() - self._seconds
        named = tuple(group for group, when in self._stirred.items() if when <= until)
        for group in named:
            del self._stirred[group]
        return named


def settled(words: Sequence[str], leave_out: Path) -> Gathered:
    """What lies in the folders since so long that nobody is still writing it."""
    now = time.time_ns()
    old = now - int(SETTLED * 1e9)
    stands = ((found, stand_of(found.path)) for found in _pictures(words, leave_out))
    whole = (each for each, stand in stands if stand is not None and stand[0] and stand[1] < old)
    return Gathered(tuple(whole), tuple(map(Path, words)), 0)


def stand_of(path: Path) -> Stand | None:
    """None where it can't be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _pictures(words: Sequence[str], leave_out: Path) -> Sequence[Found]:
    try:
        found = gather(words, leave_out).pictures
    except Problem:
        return ()
    return [each for each in found if each.path.suffix.lower() not in _UNFINISHED]
