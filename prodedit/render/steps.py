# SPDX-License-Identifier: Apache-2.0
"""What of a program shows in one part of one block."""

from __future__ import annotations

from collections.abc import Callable

from prodedit.core.geometry import Rect
from prodedit.render.program import Adjust, Draw, Hold, Op, Pop, Program, Push
from prodedit.render.run import Step
from prodedit.render.sources import Piece

PiecesOf = Callable[[Draw], list[Piece]]


def steps_in(program: Program, part: Rect, pieces_of: PiecesOf) -> tuple[list[Step], bool]:
    """What shows in `part`, lowest first, and whether the lowest step covers all of it.

    Read from the top: below a layer that hides everything, up to where its group opens, nothing
    is looked at."""
    found = _Found(part, _open_at_end(program))
    for op in reversed(program):
        if found.take(op, pieces_of):
            return found.steps[::-1], True
    return found.steps[::-1], False


def _open_at_end(program: Program) -> list[bool]:
    """For the canvas and each group that the program opens and leaves open (as that below an
    adjustment does): whether there is a Hold in it."""
    held = [False]
    for op in program:
        if isinstance(op, Push):
            held.append(False)
        elif isinstance(op, Hold):
            held[-1] = True
        elif isinstance(op, Pop):
            held.pop()
    return held


class _Found:
    """Steps from the top down; `held`: for the canvas and each group that is open, whether its
    alpha is that of what lies below, so that nothing in it may hide that."""

    def __init__(self, part: Rect, held: list[bool]) -> None:
        self.steps: list[Step] = []
        self._part = part
        self._held = held
        self._hidden = 0

    def take(self, op: Op, pieces_of: PiecesOf) -> bool:
        """Whether nothing below needs to be looked at."""
        if self._hidden:
            self._hidden += isinstance(op, Pop) - isinstance(op, Push)
            if self._hidden:
                self._pass(op)
                return False
        if isinstance(op, Draw):
            pieces = pieces_of(op)
            if pieces:
                self.steps.append(Step(op, pieces))
                return self._hide(_hides(op, pieces, self._part))
            return False
        if isinstance(op, Push) and self._drop_empty():
            self._pass(op)
            return False
        self.steps.append(Step(op, []))
        self._pass(op)
        if isinstance(op, Adjust) and op.reach:
            # It makes the surface anew, so what lies below in it would be made in vain.
            self._hide(op.is_plain)
        return False

    def _pass(self, op: Op) -> None:
        if isinstance(op, Pop):
            self._held.append(op.held)
        elif isinstance(op, Hold):
            self._held[-1] = False
        elif isinstance(op, Push):
            self._held.pop()

    def _hide(self, hides: bool) -> bool:
        if not hides or self._held[-1]:
            return False
        self._hidden = 1
        return len(self._held) == 1

    def _drop_empty(self) -> bool:
        """Forget a group in which nothing lies here, or nothing that others could be clipped to."""
        last = self.steps[-1].op if self.steps else None
        if isinstance(last, Pop):
            self.steps.pop()
            return True
        if not isinstance(last, Hold):
            return False
        depth = 0
        while self.steps and depth >= 0:
            op = self.steps.pop().op
            depth += isinstance(op, Push) - isinstance(op, Pop)
        return True


def _hides(op: Draw, pieces: list[Piece], part: Rect) -> bool:
    if op.opacity < 1 or op.mode.id != "normal" or not any(piece.solid for piece in pieces):
        return False
    covered = sum(piece.area.intersect(part).size.area for piece in pieces if piece.solid)
    return covered == part.size.area
