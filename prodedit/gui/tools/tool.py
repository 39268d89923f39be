# SPDX-License-Identifier: Apache-2.0
"""What a tool is: it turns mouse, pen and keys on the canvas into Edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

from prodedit.core.geometry import Point
from prodedit.editing.session import EditSession

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

CONTEXT = "Tool"
"""The translation context of tools' titles and hints."""

A_CLICK = 3.0
"""Pixels of the screen; what moves less between press and release was not dragged, so nothing
snaps."""
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Pointer(NamedTuple):
    """One place of the mouse or pen. point: in the document; position: in the widget.

    pressure: 0..1, always 1 for a mouse. is_eraser: the pen's other end. is_double: the second
    press of a double click."""

    point: Point
    position: Point
    modifiers: Qt.KeyboardModifier = _NO_MODIFIER
    pressure: float = 1.0
    is_eraser: bool = False
    is_double: bool = False

    def is_click(self, pressed: Pointer) -> bool:
        """Whether it hardly moved since it was pressed."""
        (x1, y1), (x2, y2) = self.position, pressed.position
        return max(abs(x2 - x1), abs(y2 - y1)) < A_CLICK

    @property
    def shift(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def alt(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def control(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)


class Tool(QObject):
    """One tool on one canvas. `press`, any number of `move`s, then `release` or `cancel`."""

    id: ClassVar[str]
    title: ClassVar[str]
    """English, marked for translation in CONTEXT, like `hint`."""
    hint: ClassVar[str]
    icon: ClassVar[str]
    shortcut: ClassVar[str]

    def __init__(self, session: EditSession, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.session = session
        self.canvas = canvas

    @property
    def cursor(self) -> QCursor:
        return QCursor(Qt.CursorShape.ArrowCursor)

    @property
    def is_busy(self) -> bool:
        """Whether a press was not released yet."""
        return False

    def activate(self) -> None:
        """The person chose this tool."""

    def deactivate(self) -> None:
        self.cancel()

    def press(self, pointer: Pointer) -> None:
        """The left button, or the pen, went down."""

    def move(self, pointer: Pointer) -> None:
        """It moved while down."""

    def release(self, pointer: Pointer) -> None:
        """It went up."""

    def hover(self, pointer: Pointer | None) -> None:
        """It moved while up; None: it left the canvas."""

    def cancel(self) -> None:
        """Drop what is in the making."""

    def key(self, event: QKeyEvent) -> bool:
        """A key on the canvas; whether this tool used it."""
        return False

    def claims(self, key: int) -> bool:
        """Whether it wants this key now although a menu has it, too."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw over the canvas, in widget units."""


def translated(text: str) -> str:
    """A tool's title or hint in the window's language."""
    return QCoreApplication.translate(CONTEXT, text)
