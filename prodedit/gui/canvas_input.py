# SPDX-License-Identifier: Apache-2.0
"""Who gets the mouse: the chosen tool, or one that is borrowed while Space or a button is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)

from prodedit.core.geometry import Point
from prodedit.gui.tools.guide_drag import GuideDrag
from prodedit.gui.tools.hand import Hand
from prodedit.gui.tools.tool import Pointer, Tool
from prodedit.gui.tools.zoom import Zoom
from prodedit.gui.viewport import sticky
from prodedit.gui.wheel import is_zoom, pan_of, zoom_of

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_CONTROL = Qt.KeyboardModifier.ControlModifier


class CanvasInput:
    """Turns Qt's events on a canvas into calls of tools and of the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._hand = Hand(canvas.session, canvas)
        self._zoom = Zoom(canvas.session, canvas)
        self.guides = GuideDrag(canvas.session, canvas)
        self._on_guide = False
        self._pressed_at: Point | None = None
        self.tool: Tool | None = None
        self._grabbed: Tool | None = None
        """Who was pressed gets all moves until the release."""
        self._button = Qt.MouseButton.NoButton
        self._space = False
        self._zooming = False
        self._pointer: Pointer | None = None

    @property
    def active(self) -> Tool:
        """Who would get a press of the left button, or has got it."""
        if self._grabbed is not None:
            return self._grabbed
        if self._space:
            return self._zoom if self._zooming else self._hand
        if self._on_guide:
            return self.guides
        return self.tool or self._hand

    @property
    def drag_start(self) -> Point | None:
        return None if self._grabbed is None else self._pressed_at

    @property
    def cursor(self) -> QCursor:
        return self.active.cursor

    @property
    def is_space_down(self) -> bool:
        return self._space

    @property
    def pointer(self) -> Pointer | None:
        return self._pointer

    @property
    def pointer_inside(self) -> Point | None:
        """Where the pointer is on the canvas, in widget units."""
        return None if self._pointer is None else self._pointer.position

    def set_tool(self, tool: Tool) -> None:
        if self._grabbed is not None:
            self._grabbed.cancel()
        if self.tool is not None:
            self.tool.deactivate()
        self.tool, self._grabbed = tool, None
        tool.activate()
        tool.hover(self._pointer)
        self._canvas.update_cursor()

    def mouse_pressed(self, event: QMouseEvent) -> None:
        self._pressed(self._from_mouse(event), event.button())

    def mouse_moved(self, event: QMouseEvent) -> None:
        pointer = self._from_mouse(event)
        if self._grabbed is not None and not event.buttons() & self._button:
            self._released(pointer, self._button)  # it went up where nobody told us
        self._moved(pointer)

    def mouse_released(self, event: QMouseEvent) -> None:
        self._released(self._from_mouse(event), event.button())

    def pen(self, event: QTabletEvent) -> None:
        """Accepted, or Qt would turn it into mouse events without pressure."""
        pointer = self._from_pen(event)
        if event.type() == QEvent.Type.TabletPress:
            self._pressed(pointer, event.button())
        elif event.type() == QEvent.Type.TabletRelease:
            self._released(pointer, event.button())
        else:
            self._moved(pointer)
        event.accept()

    def follow(self, pointer: Pointer) -> None:
        self._pointer = pointer
        self._canvas.cursor_moved.emit(pointer.point)

    def view_moved(self) -> None:
        """The pointer is over another place of the picture now, without having moved."""
        if self._pointer is not None:
            place = self._canvas.viewport.to_document(self._pointer.position)
            self._pointer = self._pointer._replace(point=place)
            self._canvas.cursor_moved.emit(place)

    def left(self) -> None:
        self._pointer, self._on_guide = None, False
        self.active.hover(None)
        self._canvas.cursor_moved.emit(None)

    def focus_lost(self) -> None:
        """Keys that are up now were perhaps released elsewhere."""
        self._space = self._zooming = False
        self._canvas.show_before(False)
        self._canvas.update_cursor()

    def wheel(self, event: QWheelEvent) -> None:
        if is_zoom(event):
            self.zoom_by(zoom_of(event), event.position())
        else:
            step = pan_of(event)
            self._canvas.pan(step.x(), step.y())
        event.accept()

    def zoom_by(self, factor: float, position: QPointF) -> None:
        viewport = self._canvas.viewport
        at = Point(position.x(), position.y())
        self._canvas.set_viewport(viewport.zoom_to(sticky(viewport.zoom, factor), at))

    def gesture(self, event: QNativeGestureEvent) -> bool:
        """Whether it was two fingers spread on a touchpad."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom_by(1.0 + event.value(), event.position())
        return True

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        if event.key() == Qt.Key.Key_Space:
            self._space, self._zooming = True, bool(event.modifiers() & _CONTROL)
            self._canvas.update_cursor()
        elif event.key() == Qt.Key.Key_QuoteLeft:
            self._canvas.show_before(True)
        elif event.key() == Qt.Key.Key_Escape and self.active.is_busy:
            self.active.cancel()
            self._grabbed = None
        elif event.modifiers() & _CONTROL and event.key() in _VIEW_KEYS:
            _VIEW_KEYS[Qt.Key(event.key())](self._canvas)
        else:
            return self.tool is not None and self.tool.key(event)
        return True

    def claims(self, event: QEvent) -> bool:
        """Whether the tool wants a key that a menu has, too."""
        tool = self.tool
        return tool is not None and isinstance(event, QKeyEvent) and tool.claims(event.key())

    def key_released(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_QuoteLeft):
            return False
        if event.key() == Qt.Key.Key_Space:
            self._space = self._zooming = False
            self._canvas.update_cursor()
        else:
            self._canvas.show_before(False)
        return True

    def _pressed(self, pointer: Pointer, button: Qt.MouseButton) -> None:
        if self._grabbed is not None:
            return
        if button == Qt.MouseButton.MiddleButton:
            self._grabbed = self._hand
        elif button == Qt.MouseButton.LeftButton:
            self._look_for_guide(pointer)
            self._grabbed = self.active
        else:
            return
        self._button, self._pointer, self._pressed_at = button, pointer, pointer.point
        self._grabbed.press(pointer)
        self._canvas.update_cursor()

    def _moved(self, pointer: Pointer) -> None:
        self._pointer = pointer
        self._canvas.cursor_moved.emit(pointer.point)
        if self._grabbed is not None:
            self._grabbed.move(pointer)
        else:
            self._look_for_guide(pointer)
            self.active.hover(pointer)

    def _look_for_guide(self, pointer: Pointer) -> None:
        """Over a guide the mouse takes hold of it instead of what the tool would do."""
        was, self._on_guide = self._on_guide, self.guides.wants(pointer, self.tool)
        if was != self._on_guide:
            if self._on_guide and self.tool is not None:
                self.tool.hover(None)
            self._canvas.update_cursor()

    def _released(self, pointer: Pointer, button: Qt.MouseButton) -> None:
        if self._grabbed is None or button != self._button:
            return
        grabbed, self._grabbed = self._grabbed, None
        grabbed.release(pointer)
        self._canvas.snapper.end()
        self._look_for_guide(pointer)
        self._canvas.cursor_moved.emit(pointer.point)
        self._canvas.update_cursor()

    def _from_mouse(self, event: QMouseEvent) -> Pointer:
        position = Point(event.position().x(), event.position().y())
        place = self._canvas.viewport.to_document(position)
        double = event.type() == QEvent.Type.MouseButtonDblClick
        return Pointer(place, position, event.modifiers(), is_double=double)

    def _from_pen(self, event: QTabletEvent) -> Pointer:
        position = Point(event.position().x(), event.position().y())
        place = self._canvas.viewport.to_document(position)
        is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
        return Pointer(place, position, event.modifiers(), event.pressure(), is_eraser)


_VIEW_KEYS: Mapping[Qt.Key, Callable[[Canvas], None]] = MappingProxyType(
    {
        Qt.Key.Key_0: lambda canvas: canvas.fit(),
        Qt.Key.Key_1: lambda canvas: canvas.one_to_one(),
        Qt.Key.Key_Plus: lambda canvas: canvas.zoom_in(),
        Qt.Key.Key_Equal: lambda canvas: canvas.zoom_in(),
        Qt.Key.Key_Minus: lambda canvas: canvas.zoom_out(),
    }
)
