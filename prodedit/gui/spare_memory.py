# SPDX-License-Identifier: Apache-2.0
"""Memory that the window has freed: kept while a person works, given back once it rests."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from PySide6.QtCore import QObject, QTimer

from prodedit.core import heap

_LOOK = 4.0
"""Seconds between two looks at what the process has done meanwhile."""
_BUSY = 0.05
"""Share of a processor: marching ants take less, a slider that moves takes more."""


class SpareMemory(QObject):
    """From now on freed memory stays here (see core/heap.py), until nothing much was done from one
    look to the next: then it goes back to the system, once."""

    def __init__(
        self,
        parent: QObject | None = None,
        used: Callable[[], float] = process_time,
        give_back: Callable[[], None] = heap.give_back,
    ) -> None:
        """`used`: seconds of the processor's time till now, of all threads."""
        super().__init__(parent)
        heap.keep(heap.PREVIEWS)
        self._used, self._give_back = used, give_back
        self._before = used()
        self._is_due = True
        self._looking = QTimer(self, interval=round(_LOOK * 1000))
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def look(self) -> None:
        """Give back what is kept, if the process has rested since the last look."""
        is_busy = self._used() - self._before > _BUSY * _LOOK
        if self._is_due and not is_busy:
            self._give_back()
        self._is_due = is_busy
        self._before = self._used()
