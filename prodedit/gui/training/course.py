# SPDX-License-Identifier: Apache-2.0
"""One training under way: pictures are looked at in a thread, then a process learns from them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QThread, Signal

from prodedit.catalogue.training import TrainingOrder
from prodedit.core.problem import Cancelled, Problem
from prodedit.editing.errands import unexpected
from prodedit.engine.training.client import TrainingProcess
from prodedit.engine.training.gate import Judgement
from prodedit.engine.training.intake import Cut
from prodedit.files.decoder import Decoder

Start = Callable[[Path], TrainingProcess]
"""Begins the process that learns in a folder."""


class End(Enum):
    """How a course came to its end."""

    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Course(QObject):
    """Signals arrive in the thread of who connects. Stopping keeps all that was learned."""

    looked_at = Signal(float, str)
    """While pictures are taken in: the share that is done, and the file."""
    reported = Signal(object)
    """A DataReport: what was found."""
    told = Signal(object)
    """What the process says, one event at a time (see engine/training/teller.py)."""
    paused = Signal(bool)
    ended = Signal(object, object)
    """An End, and the Problem where it failed. Where it is done, there is a `judgement`."""

    def __init__(
        self,
        order: TrainingOrder,
        cut: Cut,
        start: Start = TrainingProcess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.order = order
        self._cut, self._start = cut, start
        self.judgement: Judgement | None = None
        self._stopping = threading.Event()
        self._process: TrainingProcess | None = None
        self._waits: set[str] = set()
        self._thread = _Thread(self._work, self)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_paused(self) -> bool:
        return bool(self._waits)

    def hold(self, why: str) -> None:
        """Let the computer be until `go_on` is said for every reason that there is to wait."""
        self._waits.add(why)
        self._tell_process()

    def go_on(self, why: str) -> None:
        self._waits.discard(why)
        self._tell_process()

    def stop(self) -> None:
        """End with a checkpoint, soon."""
        self._stopping.set()
        if self._process is not None:
            self._process.stop()

    def close(self) -> None:
        """Stop, and wait for it."""
        self.stop()
        self._thread.wait()

    def _tell_process(self) -> None:
        if self._process is not None:
            (self._process.pause if self._waits else self._process.go_on)()
        self.paused.emit(self.is_paused)

    def _work(self) -> None:
        """In the thread."""
        try:
            end = End.DONE if self._learned() else End.STOPPED
        except Cancelled:
            self.ended.emit(End.STOPPED, None)
        except Problem as problem:
            self.ended.emit(End.FAILED, problem)
        except Exception as error:  # noqa: BLE001 - or the window would wait for ever
            self.ended.emit(End.FAILED, unexpected(error))
        else:
            self.ended.emit(end, None)

    def _learned(self) -> bool:
        with Decoder() as decoder:
            found = self.order.prepare(decoder, self._cut, self._look)
        self.reported.emit(found)
        with self._start(self.order.place) as process:
            self._process = process
            if self._waits:
                process.pause()
            if self._stopping.is_set():
                process.stop()
            for event in process.events():
                if event is not None and "judgement" in event:
                    self.judgement = msgspec.convert(event["judgement"], Judgement)
                self.told.emit(event)
            return process.finish()

    def _look(self, share: float, name: str) -> None:
        if self._stopping.is_set():
            raise Cancelled
        self.looked_at.emit(share, name)


class _Thread(QThread):
    """Runs one function."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.setObjectName("training")

    # Qt's own names

    def run(self) -> None:
        self._work()
