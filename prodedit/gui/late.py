# SPDX-License-Identifier: Apache-2.0
"""What comes later than its window lives: answers are dropped, and nothing keeps it in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid


def while_there(owner: QObject, take: Callable[..., Any], *first: object) -> Callable[..., None]:
    """`take` with `first` before its own arguments, as long as Qt has deleted neither `owner` nor
    one of `first`. (Qt disconnects methods of what it deletes, but not functions with arguments
    bound to them.)"""
    needed = [owner, *(value for value in first if isinstance(value, QObject))]

    def call(*arguments: object) -> None:
        if all(isValid(one) for one in needed):
            take(*first, *arguments)

    return call


def soon(owner: QObject, take: Callable[[], object], milliseconds: int = 0) -> None:
    """Call `take` when the event loop turns, unless `owner` has gone by then. (What is handed to
    QTimer.singleShot is held for ever where its context is deleted before: PySide 6.11.)"""
    timer = QTimer(owner, singleShot=True, interval=milliseconds)
    timer.timeout.connect(take)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
