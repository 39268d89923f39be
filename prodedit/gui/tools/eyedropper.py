# SPDX-License-Identifier: Apache-2.0
"""Eyedropper: the colour under the pointer."""

from __future__ import annotations

from math import floor
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QPainter

from prodedit.core.geometry import Rect
from prodedit.core.layer import Colour
from prodedit.core.pixels import straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.overlay import paint_swatch
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.render.compositor import Compositor


class Eyedropper(Tool):
    """Takes what is seen: all layers together. Over transparency it takes nothing."""

    id: ClassVar[str] = "eyedropper"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Eyedropper")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click to take the foreground colour from the picture, with Alt the background colour.",
    )
    icon: ClassVar[str] = "color-picker"
    shortcut: ClassVar[str] = "I"

    picked = Signal(object)
    """The Colour that was clicked, at the release of the button."""

    is_behind = False
    """Whether it was clicked with Alt: the background colour is wanted."""
    _colour: Colour | None = None
    _pointer: Pointer | None = None

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.CrossCursor)

    @property
    def is_busy(self) -> bool:
        return self._pointer is not None

    def press(self, pointer: Pointer) -> None:
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        self._pointer, self._colour = pointer, self.colour_at(pointer)
        self.canvas.update()

    def release(self, pointer: Pointer) -> None:
        colour = self.colour_at(pointer) if self.is_busy else None
        self.cancel()
        self.is_behind = pointer.alt
        if colour is not None:
            self.picked.emit(colour)

    def cancel(self) -> None:
        self._pointer = self._colour = None
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        if self._pointer is not None and self._colour is not None:
            paint_swatch(painter, self._pointer.position, self._colour)

    def colour_at(self, pointer: Pointer) -> Colour | None:
        """None beyond the picture and where it is transparent."""
        document = self.session.document
        pixel = Rect(floor(pointer.point.x), floor(pointer.point.y), 1, 1)
        if pixel.intersect(Rect.of(document.size)).is_empty:
            return None
        red, green, blue, alpha = straight_rgba(Compositor().render(document, pixel))[0, 0]
        return Colour(int(red), int(green), int(blue)) if alpha else None
