# SPDX-License-Identifier: Apache-2.0
"""Keeps what undo holds small and within a budget: of blocks that changed in part the part is kept,
and the oldest pixels go to a file and come back from it."""

from __future__ import annotations

import math
import tempfile
import threading
from pathlib import Path
from weakref import WeakKeyDictionary, finalize

import numpy as np
from PySide6.QtGui import QUndoStack

from prodedit.core.document import Document
from prodedit.core.tiles import Block, Pixels
from prodedit.editing.commands import Command
from prodedit.editing.undo_parts import Pair, Parts, pairs

_COMPARED_AT_ONCE = 16
"""Blocks: 1 to 2 ms."""


class SpillFile:
    """Blocks on disk, written once and read back by place; the room of those that are gone is used
    again. Nameless: it goes with the process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, prefix="prodedit-undo-")  # noqa: SIM115
        finalize(self, self._file.close)  # when nobody keeps a block that lies there
        self._turn = threading.Lock()  # the journal's thread may fetch while the window stows
        self._places: WeakKeyDictionary[Block, int] = WeakKeyDictionary()
        self._free: dict[int, list[int]] = {}
        self._end = 0

    @property
    def nbytes(self) -> int:
        """The file's size."""
        return self._end

    def stow(self, block: Block) -> None:
        """Raises OSError (disk full): the block then stays in memory."""
        place, pixels = self._places.get(block), block.pixels
        shape = pixels.shape
        if place is None:
            place = self._places[block] = self._written(pixels)
            room = self._free.setdefault(block.nbytes, [])
            finalize(block, room.append, place).atexit = False
        block.stow(lambda: self._fetch(place, shape))

    def _written(self, pixels: Pixels) -> int:
        with self._turn:
            room = self._free.get(pixels.nbytes)
            place = room.pop() if room else self._end
            self._file.seek(place)
            self._file.write(pixels.data)
            self._file.flush()
            self._end = max(self._end, place + pixels.nbytes)
        return place

    def _fetch(self, place: int, shape: tuple[int, ...]) -> Pixels:
        with self._turn:
            self._file.seek(place)
            read = self._file.read(math.prod(shape))
        return np.frombuffer(read, np.uint8).reshape(shape)


class _Held:
    """What one command keeps from being forgotten: its blocks that the present document lacks."""

    def __init__(self, command: Command, is_done: bool, parts: Parts) -> None:
        one, other = command.before, command.after
        if not is_done:
            one, other = other, one
        kept = set(one.blocks()).difference(other.blocks())
        self.after = command.after
        self.is_done = is_done
        self.pairs = [pair for pair in pairs(one, other) if pair[0] in kept]
        self._parts = parts
        self.blocks = {block for block in kept if not block.is_stowed or block in parts}
        self.nbytes = sum(parts.nbytes(block) for block in self.blocks)

    def squeeze(self, pair: Pair, living: set[Block]) -> bool:
        """Keep a part of a block instead of all of it; False where nothing was compared."""
        block, _ = pair
        if block in living or block not in self.blocks or not self._parts.may_fit(pair):
            return False
        if self._parts.keep(pair):
            self.nbytes -= block.nbytes - self._parts.nbytes(block)
        return True


class UndoMemory:
    """Watches one stack. `budget` in bytes, counted over the blocks that undo and redo hold."""

    def __init__(self, stack: QUndoStack, budget: int, folder: Path | None = None) -> None:
        self._stack = stack
        self._budget = budget
        self._spill: SpillFile | None = None
        self._folder = folder
        self._parts = Parts()
        self._shown: Document | None = None
        self._held: list[_Held] = []

    @property
    def nbytes(self) -> int:
        """What is held in memory now."""
        return sum(held.nbytes for held in self._held)

    @property
    def nbytes_on_disk(self) -> int:
        return 0 if self._spill is None else self._spill.nbytes

    def settle(self, shown: Document) -> None:
        """After each step, done, undone or done again: `shown` is the document now. Its pixels are
        in memory; of the others those farthest from it in the history go, until the rest fits."""
        living = set(shown.blocks())
        for block in living:
            if block.is_stowed:
                block.recall()
                self._parts.forget(block)
        self._shown = shown
        self._count()
        index, excess = self._stack.index(), self.nbytes - self._budget
        if excess <= 0:
            return
        for number in self._farthest_first(index):
            if excess <= 0 or not self._put_away(self._held[number], living):
                return
            excess = self.nbytes - self._budget

    def _count(self) -> None:
        """Commands come and go at the top, merge, and change sides; the others are known."""
        index = self._stack.index()
        del self._held[self._stack.count() :]
        for number in range(self._stack.count()):
            command = self._stack.command(number)
            assert isinstance(command, Command)
            is_done = number < index
            if number == len(self._held):
                self._held.append(_Held(command, is_done, self._parts))
            known = self._held[number]
            if known.after is not command.after or known.is_done != is_done:
                self._held[number] = _Held(command, is_done, self._parts)

    def rest(self) -> None:
        """Squeeze all that can be."""
        while self.squeeze_some():
            pass

    def squeeze_some(self) -> bool:
        """Look at a few old blocks for what changed in them, and keep no more than that; whether
        there may be others. What is nearest stays as it is until it is older."""
        left = _COMPARED_AT_ONCE
        living = set() if self._shown is None else set(self._shown.blocks())
        for number in self._farthest_first(self._stack.index()):
            held = self._held[number]
            while held.pairs and left:
                left -= held.squeeze(held.pairs.pop(), living)
        return not left

    def _farthest_first(self, index: int) -> list[int]:
        """Numbers of commands; the nearest on both sides stay: the next undo or redo is quick."""
        places = (number for number in range(len(self._held)) if number not in (index - 1, index))
        return sorted(places, key=lambda number: -abs(number + 0.5 - index))

    def _put_away(self, held: _Held, living: set[Block]) -> bool:
        try:
            if self._spill is None:
                self._spill = SpillFile(self._folder)
            for block in held.blocks - living:
                self._spill.stow(block)
                self._parts.forget(block)
        except OSError:
            return False  # no room on the disk: more memory is used than wished, nothing is lost
        held.blocks, held.nbytes = set(), 0
        return True
