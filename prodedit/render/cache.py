# SPDX-License-Identifier: Apache-2.0
"""What was computed from immutable values, kept until the budget is spent."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from prodedit.core.tiles import Pixels


class _Entry(NamedTuple):
    parts: tuple[weakref.ref[object] | None, ...]
    pixels: Pixels


class PixelCache:
    """Pixels made from `parts` (compared by identity) and `key` (by value); least used go first.

    The parts are not kept alive: what an undo history has dropped does not live on here.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.nbytes = 0
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def get(
        self, parts: tuple[object | None, ...], key: Hashable, make: Callable[[], Pixels]
    ) -> Pixels:
        place = (tuple(map(id, parts)), key)
        entry = self._entries.get(place)
        if entry is not None and _same(entry, parts):
            self._entries.move_to_end(place)
            return entry.pixels
        pixels = make()
        pixels.flags.writeable = False
        self._put(place, _Entry(tuple(map(_weak, parts)), pixels))
        return pixels

    def knows(self, parts: tuple[object | None, ...], key: Hashable) -> bool:
        """Whether `get` would have nothing to make."""
        entry = self._entries.get((tuple(map(id, parts)), key))
        return entry is not None and _same(entry, parts)

    def clear(self) -> None:
        self._entries.clear()
        self.nbytes = 0

    def _put(self, place: Hashable, entry: _Entry) -> None:
        old = self._entries.pop(place, None)
        self.nbytes += entry.pixels.nbytes - (0 if old is None else old.pixels.nbytes)
        self._entries[place] = entry
        while self.nbytes > self.budget and self._entries:
            self.nbytes -= self._entries.popitem(last=False)[1].pixels.nbytes


def _weak(part: object | None) -> weakref.ref[object] | None:
    return None if part is None else weakref.ref(part)


def _same(entry: _Entry, parts: tuple[object | None, ...]) -> bool:
    """An id may have passed on to a new object."""
    return all(
        part is None if ref is None else ref() is part
        for ref, part in zip(entry.parts, parts, strict=True)
    )
