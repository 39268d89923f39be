# SPDX-License-Identifier: Apache-2.0
"""What the window knows of the graphics card and its pack; makes and removes the pack beside the
window's thread. One for all that show it, so that it outlives the preferences."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.errands import Errands
from prodedit.editing.workspace import Workspace
from prodedit.engine.gpu.cards import Card, driver_is_here, found_card
from prodedit.engine.gpu.making import Report, make_pack
from prodedit.engine.gpu.place import Note, Pack, State, read_pack, remove_pack, take_away
from prodedit.engine.gpu.wanted import Wanted, wanted

Make = Callable[[Wanted, str, Report], Note]


class Making(NamedTuple):
    """How far it is: 0..1, and what is being done, in the context "Progress"."""

    share: float = 0.0
    text: str = ""


class GpuDesk(QObject):
    """`changed` when any of `card`, `pack`, `making`, `problem` has."""

    changed = Signal()
    looked = Signal()
    """It is known now which card is here."""
    made = Signal()
    failed = Signal(object)
    """A Problem; the pack is as it was."""
    _moved = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject, make: Make = make_pack) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._make = make
        self._errands: Errands | None = None
        self._stop = threading.Event()
        self.card: Card | None = None
        self.pack = Pack(State.ABSENT)
        self.making: Making | None = None
        self.problem: Problem | None = None
        """Why the last making or removing failed."""
        self._moved.connect(self._progress)

    def look(self) -> None:
        """Find out anew what is here; `looked` follows, at once where there is no driver."""
        self.pack = read_pack()
        if driver_is_here():
            self._run(found_card, self._found, optional=True)
        else:
            self._found(None)

    def install(self) -> None:
        """Fetch and make it; `made` or `failed` follows."""
        if self.making is not None:
            return
        self._stop.clear()
        self.problem, self.making = None, Making()
        index = self.pack.note.index if self.pack.note else ""
        name = self.card.name if self.card else ""
        self._run(partial(self._make, wanted(index=index), name, self._report), self._is_made)
        self.changed.emit()

    def cancel(self) -> None:
        """Within a second or two; what was there before stays."""
        self._stop.set()

    def remove(self) -> None:
        """The engine leaves the pack first, then its files go."""
        if self.making is not None:
            return
        self.problem = None
        try:
            take_away()
        except Problem as problem:
            self._failed(problem)
            return
        self._workspace.worker.renew_engine()
        self.pack = read_pack()  # it is gone for everybody now; deleting gigabytes takes a while
        self.changed.emit()
        self._run(remove_pack, self._is_removed)

    def close(self) -> None:
        """A making that is under way is given up. May be repeated."""
        self._stop.set()
        if self._errands is not None:
            self._errands.close()

    # Inside

    def _run(
        self,
        work: Callable[[], object],
        done: Callable[..., None],
        *,
        optional: bool = False,
    ) -> None:
        if self._errands is None:
            self._errands = Errands("gpu", self)
        errand = self._errands.run(work, optional=optional)
        errand.done.connect(done)
        errand.failed.connect(self._failed)

    def _report(self, share: float, text: str) -> None:
        """On the errands' thread."""
        if self._stop.is_set():
            raise Cancelled
        self._moved.emit(Making(share, text))

    @Slot(object)
    def _progress(self, making: Making) -> None:
        if self.making is not None:
            self.making = making
            self.changed.emit()

    @Slot(object)
    def _found(self, card: Card | None) -> None:
        self.card = card
        self.changed.emit()
        self.looked.emit()

    @Slot(object)
    def _is_made(self, note: Note) -> None:
        del note
        self.making, self.pack = None, read_pack()
        self._workspace.worker.renew_engine()
        self.changed.emit()
        self.made.emit()

    @Slot(object)
    def _is_removed(self, nothing: None) -> None:
        del nothing
        self.pack = read_pack()
        self.changed.emit()

    @Slot(object)
    def _failed(self, problem: Problem) -> None:
        self.making, self.pack = None, read_pack()
        if problem.code != "cancelled":
            self.problem = problem
        self.changed.emit()
        self.failed.emit(problem)
