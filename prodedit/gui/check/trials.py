# SPDX-License-Identifier: Apache-2.0
"""Files for a slot, made and judged beside the person's work: one at a time, on a thread that
nothing else waits for, by the window's own engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from prodedit.catalogue.check.remembering import SLOW, Memory, RememberingEngine
from prodedit.catalogue.check.slot import SlotMaker, SlotOrder, Tried
from prodedit.editing.errands import Errand, Errands
from prodedit.editing.lent_engine import LentEngine
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import Result
from prodedit.engine.service.jobs import Job, Lane
from prodedit.engine.tasks import Task
from prodedit.files.atomic import write_atomic
from prodedit.files.stop import Stop

T = TypeVar("T")


class _TellingEngine:
    """Tells how far it is, by another thread."""

    def __init__(self, engine: LentEngine, tell: Callable[[Job], None]) -> None:
        self._engine = engine
        self._tell = tell

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: Lane = "batch") -> Result:
        return self._engine.run(task, inputs, lane=lane, on_progress=self._tell)


class SlotTrials(QObject):
    """Nothing runs before the first one is asked for."""

    progressed = Signal(float)
    """How far the engine is with what it was asked last, 0..1."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._memory = Memory()
        workspace.session_closed.connect(self._forget)
        self._errands: Errands | None = None
        self._stop = Stop()

    def run(self, work: Callable[[Stop], T]) -> Errand:
        """`work`, with what ends it, on the thread; what was under way is let go."""
        self._stop.want()
        self._stop = Stop()
        if self._errands is None:
            self._errands = Errands("slots", self)
        stop = self._stop
        return self._errands.run(lambda: work(stop), optional=True)

    def let_go(self) -> None:
        """What is under way ends with a Problem "cancelled"."""
        self._stop.want()

    @Slot(object)
    def _forget(self, session: EditSession) -> None:
        """What is still open is asked about again, if at all."""
        self._memory.forget()

    def close(self) -> None:
        """Before the program ends. May be repeated."""
        self._stop.want()
        if self._errands is not None:
            self._errands.close()

    # On any thread but the window's

    def tried(self, order: SlotOrder, stop: Stop, *, sparing: bool) -> Tried:
        """sparing: without what takes long, where it is not known yet. Raises Problem, with COSTLY
        where that leaves nothing to be looked at, and Cancelled."""
        with self._engine(stop, SLOW if sparing else ()) as engine:
            tried = SlotMaker(self._workspace.decoder, engine, stop).tried(order)
            return tried._replace(spared=frozenset(engine.spared))

    def write(self, order: SlotOrder, known: bytes | None, path: Path, stop: Stop) -> int:
        """The file's bytes. known: what was tried, where nothing has changed since. Raises Problem,
        Cancelled."""
        if known is not None:
            write_atomic(path, known)
        else:
            with self._engine(stop) as engine:
                SlotMaker(self._workspace.decoder, engine, stop).write(order, path)
        return path.stat().st_size

    @contextmanager
    def _engine(
        self, stop: Stop, spares: Collection[type[Task]] = ()
    ) -> Iterator[RememberingEngine]:
        engine = LentEngine(self._workspace.worker)
        telling = _TellingEngine(engine, lambda job: self.progressed.emit(job.progress.fraction))
        with stop.calling(engine.close):
            yield RememberingEngine(telling, self._memory, spares)
