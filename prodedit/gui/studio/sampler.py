# SPDX-License-Identifier: Apache-2.0
"""Fills the grid: pictures come some at a time, into the places that nobody wants to keep."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from prodedit.core import edits
from prodedit.core.edits import NO_INPUTS
from prodedit.engine.generating import Sample, Vary
from prodedit.engine.results import LatentsResult
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Photo, Pick, picks_of

AT_ONCE = 4
"""Pictures a task: the first ones come soon."""
Slots = tuple[Pick | None, ...]


class Sampler(QObject):
    """`slots` are the grid's places in their order; None: one is on its way, or was stopped."""

    changed = Signal()

    def __init__(
        self, line: Line, keeps: Callable[[Pick], bool], parent: QObject | None = None
    ) -> None:
        """`keeps`: whether a picture stays in its place when the others are drawn anew."""
        super().__init__(parent)
        self._line, self._keeps = line, keeps
        self.slots: Slots = ()
        self._inputs: edits.Inputs = NO_INPUTS
        self._photo: Photo | None = None
        line.failed.connect(self._give_up)

    @property
    def is_filling(self) -> bool:
        return None in self.slots

    def draw(
        self,
        task: Sample | Vary,
        count: int,
        inputs: edits.Inputs = NO_INPUTS,
        photo: Photo | None = None,
    ) -> int:
        """Pictures of `task`, whose own count says nothing, for all places of `count` that are not
        kept; the seed that comes after theirs."""
        kept = [pick if pick is not None and self._keeps(pick) else None for pick in self.slots]
        kept += [None] * (count - len(kept))
        while len(kept) > count and None in kept:
            kept.remove(None)
        self.slots, self._inputs, self._photo = tuple(kept), inputs, photo
        self.changed.emit()
        wanted = self.slots.count(None)
        if wanted:
            self._ask(task)
        else:
            self._line.stop()
        return task.seed + wanted

    def show(self, picks: list[Pick]) -> None:
        """These and no others."""
        self._line.stop()
        self.slots = tuple(picks)
        self.changed.emit()

    def stop(self) -> None:
        """What has come stays."""
        self._line.stop()
        self._give_up()

    def _ask(self, task: Sample | Vary) -> None:
        some = min(AT_ONCE, self.slots.count(None))
        wished = msgspec.structs.replace(task, count=some)
        self._line.ask_instead(Wish(wished, lambda made: self._take(wished, made), self._inputs))

    def _take(self, task: Sample | Vary, result: LatentsResult) -> None:
        come = iter(picks_of(result, task.generator, self._photo))
        self.slots = tuple(next(come, None) if slot is None else slot for slot in self.slots)
        self.changed.emit()
        if self.is_filling:
            self._ask(msgspec.structs.replace(task, seed=task.seed + task.count))

    def _give_up(self, *_ignored: object) -> None:
        self.slots = tuple(slot for slot in self.slots if slot is not None)
        self.changed.emit()
