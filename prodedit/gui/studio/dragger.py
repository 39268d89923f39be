# SPDX-License-Identifier: Apache-2.0
"""Pulls points of a picture to their targets: a few steps at a time, each of them seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core import edits
from prodedit.engine.generating import Drag, Handle
from prodedit.engine.results import LatentsResult
from prodedit.gui.studio.line import Line, Wish
from prodedit.gui.studio.picks import Pick, picks_of
from prodedit.gui.studio.point_puller import way_left

STEPS = 4
"""A task: at interactive rates, and it can be stopped soon."""
_ROUNDS = 75
_THERE = 0.012
"""Share of the side at which a point counts as arrived."""
_STUCK = 8
"""Rounds after which it ends where no point has come nearer."""


class Dragger(QObject):
    moved = Signal(object, object)
    """The Pick as it is now, and the handles."""
    ended = Signal()

    def __init__(self, line: Line, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._origin: Pick | None = None
        self._inputs: edits.Inputs = edits.NO_INPUTS
        self._left = self._without = 0
        self._nearest = 0.0
        line.failed.connect(self._end)

    @property
    def is_going(self) -> bool:
        return self._origin is not None

    def start(self, origin: Pick, handles: tuple[Handle, ...], inputs: edits.Inputs) -> None:
        """`inputs`: with a mask, only that part may move."""
        self._origin, self._inputs = origin, inputs
        self._left, self._without, self._nearest = _ROUNDS, 0, way_left(handles)
        self._ask(origin, handles)

    @Slot()
    def stop(self) -> None:
        """It stays as it is now."""
        if self.is_going:
            self._line.stop()
            self._end()

    def _ask(self, now: Pick, handles: tuple[Handle, ...]) -> None:
        assert self._origin is not None
        task = Drag(now.generator, self._origin.latent, now.latent, handles, STEPS)
        self._line.ask_instead(Wish(task, self._take, self._inputs))

    def _take(self, result: LatentsResult) -> None:
        origin = self._origin
        if origin is None:
            return
        now = picks_of(result, origin.generator, origin.photo)[0]
        self._left -= 1
        left = way_left(result.handles)
        self._without = 0 if left < self._nearest else self._without + 1
        self._nearest = min(self._nearest, left)
        self.moved.emit(now, result.handles)
        if left < _THERE or self._left <= 0 or self._without >= _STUCK:
            self._end()
        elif self.is_going:  # nobody has stopped it meanwhile
            self._ask(now, result.handles)

    def _end(self, *_ignored: object) -> None:
        if self._origin is not None:
            self._origin = None
            self.ended.emit()
