# SPDX-License-Identifier: Apache-2.0
"""What undo and redo swap: whole immutable documents."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from prodedit.core.document import Document
from prodedit.engine.recipe import Done
from prodedit.engine.replay import Step

Swap = Callable[[Document], None]


class Command(QUndoCommand):
    """The document before, the document after, and a text.

    `done`: what was asked, for recipes; `anew`: what was done before is no part of `after`.
    Commands of one `gesture` (a drag, a slider's pull) merge into one; one that changed nothing
    drops out of the stack.
    """

    def __init__(
        self,
        before: Document,
        after: Document,
        done: tuple[Done, ...],
        text: str,
        swap: Swap,
        gesture: object = None,
        *,
        anew: bool = False,
    ) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.done = done
        self.anew = anew
        self._swap = swap
        self._gesture = gesture

    def let_go(self) -> None:
        """Of the documents. PySide 6.11 keeps what is left of one that was merged, and that Qt has
        deleted, as long as the stack, and what that holds for ever."""
        self.__dict__.clear()

    # Qt's own names

    def redo(self) -> None:
        self._swap(self.after)

    def undo(self) -> None:
        self._swap(self.before)

    def id(self) -> int:
        return -1 if self._gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Command) or other._gesture is not self._gesture:
            return False
        self.after = other.after
        self.done = _joined(self.done, other.done)
        self.setObsolete(self.after == self.before)
        return True


def _joined(first: tuple[Done, ...], then: tuple[Done, ...]) -> tuple[Done, ...]:
    """Of what a control was set to one after the other, only the last counts."""
    if first and then and _sets_again(first[-1].step, then[0].step):
        first = first[:-1]
    return (*first, *then)


def _sets_again(step: Step, then: Step) -> bool:
    sets = type(step) is type(then) and type(step).__name__.startswith("Set")
    return sets and getattr(step, "layer", "") == getattr(then, "layer", "")
