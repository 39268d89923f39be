# SPDX-License-Identifier: Apache-2.0
"""The eyedropper that controls are lent: it looks below their own adjustment."""

from __future__ import annotations

from math import floor
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from prodedit.core.colour import Colour
from prodedit.core.geometry import Point, Rect
from prodedit.core.pixels import straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.eyedropper import Eyedropper
from prodedit.gui.tools.tool import Pointer
from prodedit.render.compositor import Compositor
from prodedit.render.small import below

SIDE = 5
"""Pixels a side of which the mean is taken: a single one is noise."""


class BelowEyedropper(Eyedropper):
    id: ClassVar[str] = "below-eyedropper"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Click a colour of the picture. Esc gives up.")

    given_up = Signal()

    layer_id = ""
    place: Point | None = None
    """Where a colour was last asked for, in the document."""

    def colour_at(self, pointer: Pointer) -> Colour | None:
        document, self.place = self.session.document, pointer.point
        corner = (floor(pointer.point.x) - SIDE // 2, floor(pointer.point.y) - SIDE // 2)
        area = Rect(*corner, SIDE, SIDE).intersect(Rect.of(document.size))
        middle = Rect(floor(pointer.point.x), floor(pointer.point.y), 1, 1)
        if middle.intersect(Rect.of(document.size)).is_empty:
            return None
        pixels = straight_rgba(Compositor().render(below(document, self.layer_id), area))
        seen = pixels[pixels[..., 3] > 0]
        if not len(seen):
            return None
        red, green, blue = (round(float(value)) for value in np.mean(seen[:, :3], axis=0))
        return Colour(red, green, blue)

    def key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return True
        return super().key(event)

    def claims(self, key: int) -> bool:
        return key == Qt.Key.Key_Escape
