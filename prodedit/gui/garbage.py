# SPDX-License-Identifier: Apache-2.0
"""Python's cyclic garbage, collected in the window's thread and in no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK = 100
"""Milliseconds between two looks."""


class GarbageCollection(QObject):
    """From now on in place of Python's own, which any thread may start that allocates: widgets in
    a cycle would be deleted by the thread that reads files, and Qt does not survive that.

    What is there when `settle` is called stays for good and is not searched again: with the whole
    program in it, a full search stops the window for 100 ms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looking = QTimer(self, interval=_LOOK)
        self._looking.timeout.connect(collect_what_is_due)
        self._looking.start()

    def settle(self) -> None:
        """The program is complete: what comes from now on may go again."""
        gc.freeze()


def collect_what_is_due() -> None:
    """As much as Python would have collected by now. In the thread that widgets live in."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    old = [generation for generation, (count, most) in enumerate(due) if count > most]
    if old:
        gc.collect(old[-1])
