# SPDX-License-Identifier: Apache-2.0
"""A tool that controls are lent: it takes hold of a tone of the picture and pulls it up or down."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.panels.adjustments.below_eyedropper import BelowEyedropper
from prodedit.gui.tools.tool import Pointer


class Grip(NamedTuple):
    """What is told of a pull. press: the colour below the adjustment; move: widget units up since
    then; release: whether it counts; ended: the tool was given back."""

    press: Callable[[Colour], None]
    move: Callable[[float], None]
    release: Callable[[bool], None]
    ended: Callable[[], None]


class ToneHandle(BelowEyedropper):
    """Stays until Esc, until another tool is chosen, or until its button is pressed again."""

    id: ClassVar[str] = "tone-handle"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Press on a tone of the picture and drag up to make it lighter, down to make it darker. "
        "Esc ends.",
    )

    def __init__(self, session: EditSession, canvas: Canvas, grip: Grip) -> None:
        super().__init__(session, canvas)
        self._grip = grip

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.SizeVerCursor if self.is_busy else Qt.CursorShape.CrossCursor)

    def press(self, pointer: Pointer) -> None:
        colour = self.colour_at(pointer)
        if colour is None:
            return
        self._pointer, self._colour = pointer, colour
        self._grip.press(colour)
        self._show()

    def move(self, pointer: Pointer) -> None:
        if self._pointer is not None:
            self._grip.move(self._pointer.position.y - pointer.position.y)

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._let_go(kept=True)

    def cancel(self) -> None:
        self._let_go(kept=False)

    def _let_go(self, *, kept: bool) -> None:
        if self._pointer is not None:
            self._pointer = self._colour = None
            self._grip.release(kept)
            self._show()

    def _show(self) -> None:
        self.canvas.update_cursor()
        self.canvas.update()
