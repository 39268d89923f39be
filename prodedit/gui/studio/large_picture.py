# SPDX-License-Identifier: Apache-2.0
"""The chosen picture, as large as the panel is wide; a tool may work on it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor

_STEP = 1 / 64
"""Of the side, that an arrow key moves the pointer; with Shift four times as much."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PictureTool(Protocol):
    """Places are shares of the side."""

    def press(self, place: QPointF) -> None: ...

    def move(self, place: QPointF) -> None:
        """With the button down."""
        ...

    def release(self, place: QPointF) -> None: ...

    def remove(self) -> None:
        """The person pressed Delete or Backspace."""
        ...

    def paint(self, painter: QPainter, square: QRectF, pointer: QPointF | None) -> None:
        """Over the picture; `pointer`: where the mouse is."""
        ...


class LargePicture(QWidget):
    """Square. With a tool arrows move the pointer, and Space presses and releases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._tool: PictureTool | None = None
        self._pointer: QPointF | None = None
        self._pressed = self._by_key = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("The chosen picture"))

    @property
    def tool(self) -> PictureTool | None:
        return self._tool

    def show_picture(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def set_tool(self, tool: PictureTool | None) -> None:
        self._tool, self._pressed = tool, False
        some, none = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(none if tool is None else some)
        cursor = Qt.CursorShape.ArrowCursor if tool is None else Qt.CursorShape.CrossCursor
        self.setCursor(cursor)
        self.update()

    @property
    def square(self) -> QRectF:
        side = min(self.width(), self.height()) - 1
        return QRectF((self.width() - side) / 2, 0.5, side, side)

    def _share(self, event: QMouseEvent) -> QPointF:
        square, place = self.square, event.position()
        x, y = (place.x() - square.x()) / square.width(), (place.y() - square.y()) / square.height()
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    # Qt's own names

    def sizeHint(self) -> QSize:
        return QSize(288, 288)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(max(1, self.width()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._by_key, self._pointer = True, False, self._share(event)
            self._tool.press(self._pointer)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = self._share(event)
        if self._tool is not None:
            if self._pressed:
                self._tool.move(self._pointer)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and self._pressed:
            self._pressed = False
            self._tool.release(self._share(event))
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        tool = self._tool
        if tool is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._step(
                *_ARROWS[key], fast=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
        elif key in _PRESSING and not event.isAutoRepeat():
            self._press_by_key(tool)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            tool.remove()
        else:
            super().keyPressEvent(event)
        self.update()

    def _step(self, across: int, down: int, *, fast: bool) -> None:
        step = _STEP * (4 if fast else 1)
        place = self._pointer or QPointF(0.5, 0.5)
        x, y = place.x() + across * step, place.y() + down * step
        self._pointer = QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        if self._tool is not None and self._pressed:
            self._tool.move(self._pointer)

    def _press_by_key(self, tool: PictureTool) -> None:
        """The first time presses, the second time lets go."""
        place = self._pointer = self._pointer or QPointF(0.5, 0.5)
        if self._pressed:
            tool.release(place)
        else:
            tool.press(place)
        self._pressed = self._by_key = not self._pressed

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, square = palette_now(), self.square
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(square, RADIUS, RADIUS)
        painter.fillPath(outline, qcolor(palette.field))
        painter.setClipPath(outline)
        if self._image is not None:
            painter.drawImage(square, self._image)
            if self._tool is not None:
                pointer = self._pointer if self.underMouse() or self.hasFocus() else None
                self._tool.paint(painter, square, pointer)
        painter.setClipping(False)
        focused = self.hasFocus()
        painter.setPen(
            QPen(qcolor(palette.link if focused else palette.border), 2 if focused else 1)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        painter.end()
