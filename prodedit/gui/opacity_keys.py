# SPDX-License-Identifier: Apache-2.0
"""Digits set the opacity: 5 is 50 %, 0 is 100 %, and two that come quickly are both digits."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from prodedit.core import edits
from prodedit.editing.session import EditSession
from prodedit.gui.commands.several import each

_QUICK = 0.6
"""Seconds between two digits of one number."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class OpacityKeys:
    """Of one view of a session; the digits of one number are one undo step."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._digits = ""
        self._last = 0.0
        self._gesture: object = None

    def pressed(self, session: EditSession, event: QKeyEvent) -> bool:
        """Whether the key was a digit, which is done then."""
        text = event.text()
        if len(text) != 1 or text not in "0123456789" or event.modifiers() not in _PLAIN:
            return False
        now = self._clock()
        first = now - self._last > _QUICK or len(self._digits) != 1
        self._digits, self._last = text if first else self._digits + text, now
        self._gesture = object() if first else self._gesture
        opacity = _share(self._digits)
        edit = each(session.chosen, lambda i: edits.SetOpacity(i, opacity))
        if edit is not None:
            session.apply(edit, gesture=self._gesture)
        return True


def _share(digits: str) -> float:
    """0..1; "00" is nothing, "0" everything."""
    if len(digits) == 1:
        return (int(digits) or 10) / 10
    return int(digits) / 100
