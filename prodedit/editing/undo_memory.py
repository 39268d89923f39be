# SPDX-License-Identifier: Apache-2.0
"""Keeps what undo holds within a budget: the oldest pixels go to a file and come back from it."""

from __future__ import annotations

import math
import tempfile
import threading
from collections import deque
from pathlib import Path

import numpy as np
from PySide6.QtGui import QUndoStack

from prodedit.core.tiles import Block, Pixels
from prodedit.editing.commands import Command


class SpillFile:
    """Blocks on disk, appended once and read back by place. Nameless: it goes with the process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, prefix="prodedit-undo-")  # noqa: SIM115
        self._turn = threading.Lock()  # the journal's thread may fetch while the window stows
        self._end = 0

    def stow(self, block: Block) -> None:
        """Raises OSError (disk full): the block then stays in memory."""
        pixels = block.pixels
        with self._turn:
            place = self._end
            self._file.seek(place)
            self._file.write(pixels.data)
            self._file.flush()
            self._end = place + pixels.nbytes
        shape = pixels.shape
        block.stow(lambda: self._fetch(place, shape))

    def _fetch(self, place: int, shape: tuple[int, ...]) -> Pixels:
        with self._turn:
            self._file.seek(place)
            read = self._file.read(math.prod(shape))
        return np.frombuffer(read, np.uint8).reshape(shape)


class UndoMemory:
    """Watches one stack. `budget` in bytes, counted over the blocks that only undo can show."""

    def __init__(self, stack: QUndoStack, budget: int, folder: Path | None = None) -> None:
        self._stack = stack
        self._budget = budget
        self._spill: SpillFile | None = None
        self._folder = folder
        self._held: deque[tuple[Command, set[Block]]] = deque()
        self.nbytes = 0

    def pushed(self, command: Command) -> None:
        """A new command is on top; what was above it is gone."""
        self._forget_dropped()
        if self._held and self._held[-1][0] is command:
            self._release(self._held.pop()[1])
        blocks = {block for block in command.displaced() if not block.is_stowed}
        self._held.append((command, blocks))
        self.nbytes += sum(block.nbytes for block in blocks)
        self._shrink(command)

    def shown(self, command: Command) -> None:
        """`command` is undone or redone: its document is shown, so its pixels come back."""
        for block in command.displaced():
            block.recall()

    def _shrink(self, newest: Command) -> None:
        while self.nbytes > self._budget and self._held and self._held[0][0] is not newest:
            command, blocks = self._held.popleft()
            living = set(newest.after.blocks())
            if not self._put_away(blocks - living):
                self._held.appendleft((command, blocks))
                return
            self._release(blocks)

    def _put_away(self, blocks: set[Block]) -> bool:
        try:
            if self._spill is None:
                self._spill = SpillFile(self._folder)
            for block in blocks:
                self._spill.stow(block)
        except OSError:
            return False  # no room on the disk: more memory is used than wished, nothing is lost
        return True

    def _release(self, blocks: set[Block]) -> None:
        self.nbytes -= sum(block.nbytes for block in blocks)

    def _forget_dropped(self) -> None:
        """A push drops what had been undone: those commands' blocks are nobody's any more."""
        living = {id(self._stack.command(i)) for i in range(self._stack.count())}
        for entry in [entry for entry in self._held if id(entry[0]) not in living]:
            self._held.remove(entry)
            self._release(entry[1])
