# SPDX-License-Identifier: Apache-2.0
"""Brush and eraser."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal

from prodedit.core.document import PHOTO
from prodedit.core.geometry import Rect
from prodedit.core.paint.inks import Colouring, Erasing, Ink
from prodedit.core.paint.stroke import Brush
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.session import EditSession
from prodedit.gui.tools.eyedropper import mean_colour
from prodedit.gui.tools.mask_brush import MaskBrush
from prodedit.gui.tools.paint_tool import PaintTool
from prodedit.gui.tools.tool import Pointer
from prodedit.render.compositor import Compositor

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas


class PaintBrush(PaintTool):
    id: ClassVar[str] = "brush"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Brush")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint in the foreground colour; Alt+click takes a colour. [ ] size, Shift+[ ] softness, "
        "1-0 opacity, Shift+click for a straight line.",
    )
    icon: ClassVar[str] = "brush"
    shortcut: ClassVar[str] = "B"
    first: ClassVar[Brush] = Brush(40.0, 0.8)

    picked = Signal(object)
    """The Colour that was clicked with Alt."""

    def ink(self, pointer: Pointer) -> Ink | None:
        if pointer.alt:
            self._pick(pointer)
            return None
        if pointer.is_eraser:
            return Erasing(self.colours.background)
        return Colouring(self.colours.foreground)

    def _pick(self, pointer: Pointer) -> None:
        pixel = Rect(floor(pointer.point.x), floor(pointer.point.y), 1, 1)
        colour = mean_colour(Compositor().render(self.session.document, pixel))
        if colour is not None:
            self.picked.emit(colour)


class Eraser(PaintTool):
    """What is the photo, or has a mask, is hidden by its mask, so that nothing is lost."""

    id: ClassVar[str] = "eraser"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Eraser")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Paint to make transparent; a photo is only hidden there, and Alt brings it back. "
        "[ ] size, Shift+[ ] softness, 1-0 opacity, Shift+click for a straight line.",
    )
    icon: ClassVar[str] = "eraser"
    shortcut: ClassVar[str] = "E"
    first: ClassVar[Brush] = Brush(60.0, 0.8)

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(session, canvas)
        self.hiding = MaskBrush(session, canvas)

    @property
    def is_busy(self) -> bool:
        return super().is_busy or self.hiding.is_busy

    def ink(self, pointer: Pointer) -> Ink | None:
        return Erasing(self.colours.background)

    def press(self, pointer: Pointer) -> None:
        layer = self.session.active_layer
        own = layer is not None and layer.tiles is not None and layer.mask is None
        if layer is None or (own and layer.id != PHOTO):
            super().press(pointer)
            return
        self.hovered = pointer
        self.hiding.set_brush(self.brush._replace(flow=1.0, pressure_flow=False))
        self.hiding.restores = False
        self.hiding.press(pointer)

    def move(self, pointer: Pointer) -> None:
        if self.hiding.is_busy:
            self.hiding.move(pointer)
        super().move(pointer)

    def release(self, pointer: Pointer) -> None:
        if self.hiding.is_busy:
            self.hiding.release(pointer)
        super().release(pointer)

    def cancel(self) -> None:
        self.hiding.cancel()
        super().cancel()
