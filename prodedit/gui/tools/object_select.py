# SPDX-License-Identifier: Apache-2.0
"""Click on an object to select it; the photo itself stays as it is."""

from __future__ import annotations

from math import floor
from typing import ClassVar

from PySide6.QtCore import Signal

from prodedit.core.geometry import Point, Rect
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.selecting import SelectTool
from prodedit.gui.tools.tool import Pointer


class ObjectSelect(SelectTool):
    """Only says where was clicked; whoever listens asks the engine what is there."""

    id: ClassVar[str] = "object-select"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Object select")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Click a thing to select it. Shift adds, Alt takes away."
    )
    icon: ClassVar[str] = "pointer-plus"
    shortcut: ClassVar[str] = "W"

    picked = Signal(object, str)
    """(Point in whole pixels of the document, the mode)"""

    def clicked(self, pointer: Pointer) -> None:
        if Rect.of(self.session.document.size).contains(pointer.point):
            place = Point(floor(pointer.point.x), floor(pointer.point.y))
            self.picked.emit(place, self._mode)
        else:
            super().clicked(pointer)
