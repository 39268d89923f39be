# SPDX-License-Identifier: Apache-2.0
"""A bar with handles on it, perhaps under a histogram: black, middle and white of Levels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodedit.core.adjust.histogram import Counts
from prodedit.gui.draggable import Draggable
from prodedit.gui.panels.adjustments.graphs import highest, paint_counts
from prodedit.gui.theme import palette_now, qcolor

MARGIN, FOOT = 8, 14
"""Widget units: room for half a handle at each end, and below for the handles."""
_REACH = 12.0
_MENU_KEYS = frozenset(
    {
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Insert,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


def is_claimed(event: QEvent) -> bool:
    """Whether a graph that has the focus takes this key, although a menu has it, too: Delete is
    to remove a point and not a layer."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return plain and event.key() in _MENU_KEYS


class HandleBar(Draggable):
    """Handles at places 0..255, in the order of their names; they may not pass each other."""

    moved = Signal(str, float)
    """(name, place) while it is dragged, or stepped by a key."""
    released = Signal(str, float)
    """It came to rest."""

    def __init__(
        self, names: Mapping[str, str], title: str, height: int = 0, parent: QWidget | None = None
    ) -> None:
        """`names`: id -> translated; `height`: of a histogram above, 0 for a bar of greys."""
        super().__init__(parent)
        self._titles = dict(names)
        self._places = dict.fromkeys(names, 0.0)
        self._chosen = next(iter(names))
        self._held = ""
        self._height = height or 12
        self._counts: Counts | None = None
        self._colour = QColor(128, 128, 128)
        self._has_graph = height > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def place(self, name: str) -> float:
        return self._places[name]

    def set_places(self, places: Mapping[str, float]) -> None:
        self._places.update(places)
        self.update()

    def show_counts(self, counts: Counts | None, colour: QColor) -> None:
        self._counts, self._colour = counts, colour
        self.update()

    def handle_at(self, name: str) -> QPointF:
        """The tip of a handle, in this widget."""
        return QPointF(self._x(self._places[name]), self._height + FOOT / 2)

    def _x(self, place: float) -> float:
        return MARGIN + place / 255 * (self.width() - 2 * MARGIN)

    def _value(self, x: float) -> float:
        return (x - MARGIN) / max(1, self.width() - 2 * MARGIN) * 255

    def _nearest(self, x: float) -> str:
        near = sorted(self._places, key=lambda name: abs(self._x(self._places[name]) - x))
        return near[0] if abs(self._x(self._places[near[0]]) - x) <= _REACH else ""

    def _move(self, name: str, value: float) -> None:
        low, high = self._room(name)
        self._places[name] = min(high, max(low, value))
        self.update()
        self.moved.emit(name, self._places[name])

    def _room(self, name: str) -> tuple[float, float]:
        """Between the neighbours."""
        names = list(self._places)
        place = names.index(name)
        low = self._places[names[place - 1]] + 1 if place else 0.0
        high = self._places[names[place + 1]] - 1 if place + 1 < len(names) else 255.0
        return min(low, 255.0), max(high, 0.0)

    def _paint_handle(self, painter: QPainter, name: str, shade: QColor) -> None:
        x = self._x(self._places[name])
        top = self._height + 2
        drop = QPolygonF([QPointF(x, top), QPointF(x + 6, top + 10), QPointF(x - 6, top + 10)])
        focused = self.hasFocus() and name == self._chosen
        palette = palette_now()
        painter.setPen(QPen(qcolor(palette.link if focused else palette.edge), 2 if focused else 1))
        painter.setBrush(shade)
        painter.drawPolygon(drop)

    # Qt's own names

    def event(self, event: QEvent) -> bool:
        if is_claimed(event):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(240, self._height + FOOT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = palette_now()
        area = QRectF(MARGIN, 0, self.width() - 2 * MARGIN, self._height)
        if self._has_graph:
            painter.fillRect(area, qcolor(palette.field))
            if self._counts is not None:
                paint_counts(painter, area, self._counts, self._colour, highest(self._counts))
        else:
            greys = QLinearGradient(area.topLeft(), area.topRight())
            greys.setColorAt(0, QColor(0, 0, 0))
            greys.setColorAt(1, QColor(255, 255, 255))
            painter.fillRect(area, greys)
        painter.setPen(qcolor(palette.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        names = list(self._places)
        for number, name in enumerate(names):
            grey = round(255 * number / max(1, len(names) - 1)) if len(names) > 1 else 128
            self._paint_handle(painter, name, QColor(grey, grey, grey))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._held = self._nearest(event.position().x())
        if self._held:
            self.hold_changed.emit()
            self._chosen = self._held
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._move(self._held, self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, ""
        if held:
            self.released.emit(held, self._places[held])
            self.hold_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the handle, up and down choose it."""
        names = list(self._places)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        turns = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key in steps:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._move(self._chosen, round(self._places[self._chosen]) + far * steps[key])
            self.released.emit(self._chosen, self._places[self._chosen])
        elif key in turns:
            place = (names.index(self._chosen) + turns[key]) % len(names)
            self._chosen = names[place]
            self.setAccessibleDescription(self._titles[self._chosen])
            self.update()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        self.update()
        super().changeEvent(event)
