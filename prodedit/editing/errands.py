# SPDX-License-Identifier: Apache-2.0
"""Reading and writing files without stopping the window: one after the other, on a thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QThread,
    Signal,
    Slot,
)

from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled, Problem

_log = logging.getLogger(__name__)


class Errand(QObject):
    """A function on its way: exactly one of the signals comes, emitted in the window's thread."""

    done = Signal(object)
    failed = Signal(object)
    """A Problem."""

    def __init__(
        self, work: Callable[[], Any], parent: QObject | None = None, *, optional: bool = False
    ) -> None:
        super().__init__(parent)
        self.work = work
        self.optional = optional
        self.is_over = False


class _Runner(QObject):
    """Lives in the thread."""

    finished = Signal(object, object, object)
    """(Errand, value, Problem or None)"""

    def __init__(self) -> None:
        super().__init__()
        self.is_leaving = False

    @Slot()
    def leave(self) -> None:
        """Comes after all that was queued before it."""
        QThread.currentThread().quit()

    @Slot(object)
    def run(self, errand: Errand) -> None:
        if self.is_leaving and errand.optional:
            return
        value, problem = None, None
        try:
            value = errand.work()
        except Problem as error:
            problem = error
        except Cancelled:
            problem = Problem(QT_TRANSLATE_NOOP("Problem", "Stopped."), code="cancelled")
        except Exception as error:  # noqa: BLE001 - told to the person, and in the log
            _log.exception("an errand failed")
            problem = unexpected(error)
        self.finished.emit(errand, value, problem)


class Errands(QObject):
    """A queue of functions that one thread works off."""

    _ordered = Signal(object)
    _delivered = Signal()
    _left = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._runner = _Runner()
        self._runner.moveToThread(self._thread)
        self._ordered.connect(self._runner.run)
        self._left.connect(self._runner.leave)
        self._runner.finished.connect(self._deliver)
        self._waiting: set[Errand] = set()
        self._thread.start()

    @property
    def is_closed(self) -> bool:
        """Nothing more can be run."""
        return self._thread.isFinished()

    @property
    def busy(self) -> bool:
        return bool(self._waiting)

    def run(self, work: Callable[[], Any], *, optional: bool = False) -> Errand:
        """Queue `work`; connect to what comes back before the event loop turns.

        optional: nobody misses it when the program ends before its turn (previews, reading).
        After `close` nothing is run and nothing comes back."""
        errand = Errand(work, self, optional=optional)
        if self.is_closed:  # nobody would ever take it, and who waits would wait for ever
            return errand
        self._waiting.add(errand)
        self._ordered.emit(errand)
        return errand

    def wait(self) -> None:
        """Until all that was queued is done and told; the window goes on painting meanwhile."""
        loop = QEventLoop()
        self._delivered.connect(loop.quit)
        while self.busy:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def close(self) -> None:
        """Wait until all saves and exports that were asked for are done. May be repeated."""
        self._runner.is_leaving = True
        self._left.emit()
        self._thread.wait()
        # Told now, while all that listens is still there; and freed now: an errand that Python's
        # garbage collector finds on its way to be deleted is freed twice (PySide 6.11).
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        for errand in self.findChildren(Errand):
            QCoreApplication.sendPostedEvents(errand, QEvent.Type.DeferredDelete)
        self._waiting.clear()  # optional ones whose turn came too late
        self._delivered.emit()

    @Slot(object, object, object)
    def _deliver(self, errand: Errand, value: Any, problem: Problem | None) -> None:
        self._waiting.discard(errand)
        errand.is_over = True
        if problem is None:
            errand.done.emit(value)
        else:
            errand.failed.emit(problem)
        errand.deleteLater()
        self._delivered.emit()


def unexpected(error: BaseException) -> Problem:
    """The sentence for a fault of ours, with what helps us under "More"."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "Something unexpected went wrong. Your picture is unchanged; please try again.",
        ),
        code="unexpected",
        details=f"{type(error).__name__}: {error}",
    )
