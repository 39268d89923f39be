# SPDX-License-Identifier: Apache-2.0
"""Eyedropper: the colour under the pointer."""

from __future__ import annotations

from math import floor
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QPainter

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.layer import Colour
from prodedit.core.paint.seen import seen_through
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import Pixels
from prodedit.gui.overlay import paint_swatch
from prodedit.gui.tools.told import Choices
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.render.compositor import Compositor


class Eyedropper(Tool):
    """Takes what is seen, or what the active layer has of its own; the mean of a square of pixels,
    where that is asked for. Over transparency it takes nothing."""

    id: ClassVar[str] = "eyedropper"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Eyedropper")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click to take the foreground colour from the picture, with Alt the background colour.",
    )
    icon: ClassVar[str] = "color-picker"
    shortcut: ClassVar[str] = "I"

    fields: ClassVar[tuple[str, ...]] = ("sample", "all_layers")
    more_fields: ClassVar[tuple[str, ...]] = ()

    settings_changed = Signal()
    picked = Signal(object)
    """The Colour that was clicked, at the release of the button."""

    choices = Choices(all_layers=True)
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

    def value_of(self, name: str) -> object:
        return getattr(self.choices, name)

    def first_of(self, name: str) -> object:
        return getattr(type(self).choices, name)

    def set_value(self, name: str, value: Any) -> None:
        self.choices = self.choices._replace(**{name: value})
        self.settings_changed.emit()

    def colour_at(self, pointer: Pointer) -> Colour | None:
        """None beyond the picture and where it is transparent."""
        document, side = self.session.document, self.choices.sample
        x, y = floor(pointer.point.x), floor(pointer.point.y)
        if Rect(x, y, 1, 1).intersect(Rect.of(document.size)).is_empty:
            return None
        area = Rect(x - side // 2, y - side // 2, side, side).intersect(Rect.of(document.size))
        return mean_colour(self._pixels(document, area))

    def _pixels(self, document: Document, area: Rect) -> Pixels:
        layer = self.session.active_layer
        if (
            self.choices.all_layers
            or layer is None
            or layer.tiles is None
            or layer.warp is not None
        ):
            return Compositor().render(document, area)
        try:
            return seen_through(layer.tiles.to_array, layer.transform.inverse(), area)
        except ValueError:  # squeezed to a line
            return np.zeros((area.height, area.width, 4), np.uint8)


def mean_colour(bgra: Pixels) -> Colour | None:
    """Of (h, w, 4) premultiplied pixels, those counting most that are most opaque."""
    blue, green, red, alpha = bgra.reshape(-1, 4).sum(axis=0, dtype=np.int64).tolist()
    if not alpha:
        return None
    return Colour(*(min(255, (255 * one + alpha // 2) // alpha) for one in (red, green, blue)))
