# SPDX-License-Identifier: Apache-2.0
"""Where one undo step ends and the next begins, for controls that a mouse can pull."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Draggable(QWidget):
    """A control that tells of being held, besides what its value is."""

    hold_changed = Signal()
    """The mouse has taken hold of it, or has let go and that is told: what was changed before is a
    step of its own, whatever comes soon after it."""
