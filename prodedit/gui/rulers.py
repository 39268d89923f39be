# SPDX-License-Identifier: Apache-2.0
"""Rulers at the upper and left edge of a canvas: ticks, where the pointer is, guides come out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from prodedit.core.geometry import Point
from prodedit.editing.aids import Aids, Unit
from prodedit.gui.ruler_ticks import Tick, ticks
from prodedit.gui.snapping import Direction
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.tools.tool import Pointer
from prodedit.gui.units import pixels_per

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

BREADTH = 20
"""Widget units."""


class Ruler(QWidget):
    """`direction` is that of the guides that come out of it: "level" for the upper one."""

    unit_wanted = Signal(str)

    def __init__(self, canvas: Canvas, direction: Direction, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.direction = direction
        self._is_upper = direction == "level"
        self._drawn: QPixmap | None = None
        self._marker: int | None = None
        self.setAccessibleName(self.tr("Ruler"))
        self.setToolTip(self.tr("Drag a guide out of here; right-click for the unit"))
        shape = Qt.CursorShape.SplitVCursor if self._is_upper else Qt.CursorShape.SplitHCursor
        self.setCursor(shape)
        canvas.viewport_changed.connect(self.draw_anew)
        canvas.cursor_moved.connect(self._pointer_moved)

    def draw_anew(self, *_ignored: object) -> None:
        self._drawn = None
        self.update()

    def ticks(self) -> list[Tick]:
        """As it shows them now. In a view that is turned askew they are where the lines of the
        picture that cross the ruler more steeply meet its inner edge."""
        length = self.width() if self._is_upper else self.height()
        corner = Point(0, 0), Point(length, 0) if self._is_upper else Point(0, length)
        first, last = (self._canvas.viewport.to_document(point) for point in corner)
        marks = self._canvas.marks
        per = pixels_per(marks.aids.unit, marks.resolution)
        whole = marks.aids.unit == "px"
        if abs(first.x - last.x) >= abs(first.y - last.y):
            return ticks(first.x / per, last.x / per, length, whole)
        return ticks(first.y / per, last.y / per, length, whole)

    @property
    def slant(self) -> float:
        """How far a tick leans along the ruler for each unit away from the canvas, -1..1: along
        the picture's own lines."""
        turn = self._canvas.viewport.turn
        return turn.b / turn.a if abs(turn.a) >= abs(turn.b) else -turn.a / turn.b

    def _pulled(self) -> Direction:
        """Of the guide that comes out: along this ruler as nearly as a turned view lets it."""
        turn = self._canvas.viewport.turn
        if abs(turn.a) >= abs(turn.b):
            return self.direction
        return "upright" if self._is_upper else "level"

    def _pointer_moved(self, _point: object) -> None:
        at = self._canvas.pointer_inside
        new = None if at is None else round(self._along(at))
        for place in {self._marker, new} - {None}:
            assert place is not None
            self.update(self._stripe(place))
        self._marker = new

    def _along(self, at: Point) -> float:
        """Where the picture's line through a place of the canvas meets the ruler."""
        return at.x + self.slant * at.y if self._is_upper else at.y - self.slant * at.x

    def _stripe(self, at: int) -> QRect:
        if self._is_upper:
            return QRect(at - 1, 0, 3, BREADTH)
        return QRect(0, at - 1, BREADTH, 3)

    def _draw(self) -> QPixmap:
        ratio, palette = self.devicePixelRatioF(), palette_now()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(qcolor(palette.panel))
        painter = QPainter(pixmap)
        font = QFont(self.font())
        font.setPixelSize(10)
        painter.setFont(font)
        if not self._is_upper:  # as the upper one, turned: its text reads upwards
            painter.translate(0, self.height())
            painter.rotate(-90)
        length = self.width() if self._is_upper else self.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, abs(self.slant) > 0.01)
        painter.setPen(qcolor(palette.border))
        painter.drawLine(0, BREADTH - 1, length, BREADTH - 1)
        for tick in self.ticks():
            at = round(tick.at if self._is_upper else length - tick.at)
            self._draw_tick(painter, at, tick, qcolor(palette.secondary))
        painter.end()
        return pixmap

    def _draw_tick(self, painter: QPainter, at: int, tick: Tick, colour: QColor) -> None:
        painter.setPen(colour)
        height = BREADTH - 1 if tick.text else 8 if tick.is_half else 4
        far = at + round(self.slant * (height - 2))
        painter.drawLine(far, BREADTH - height, at, BREADTH - 2)
        if tick.text:
            painter.drawText(max(at, far) + 3, 10, tick.text)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts: dict[Unit, str] = {
            "px": self.tr("Pixels"),
            "cm": self.tr("Centimetres"),
            "in": self.tr("Inches"),
        }
        for unit, text in texts.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._canvas.marks.aids.unit == unit)
            action.triggered.connect(partial(self._choose, unit))
        menu.popup(at)

    def _choose(self, unit: Unit, _checked: bool = False) -> None:
        self.unit_wanted.emit(unit)

    def _on_canvas(self, event: QMouseEvent) -> Pointer:
        place = self._canvas.mapFromGlobal(event.globalPosition())
        at = Point(place.x(), place.y())
        return Pointer(self._canvas.viewport.to_document(at), at, event.modifiers())

    # Qt's own names

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self._marker is not None:
            painter.setPen(qcolor(palette_now().link))
            at, far = self._marker, BREADTH - 1
            painter.drawLine(*((at, 0, at, far) if self._is_upper else (0, at, far, at)))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.draw_anew()
        super().changeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.guide_drag.begin_new(self._pulled())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointer = self._on_canvas(event)
        self._canvas.follow(pointer)
        self._canvas.guide_drag.move(pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.guide_drag.release(self._on_canvas(event))


class Rulers(QObject):
    """Both rulers of a canvas, in the margin of the widget that holds it."""

    unit_wanted = Signal(str)

    def __init__(self, canvas: Canvas, host: QWidget) -> None:
        super().__init__(host)
        self._canvas, self._host = canvas, host
        self.upper = Ruler(canvas, "level", host)
        self.left = Ruler(canvas, "upright", host)
        self._corner = QWidget(host)
        self._corner.setProperty("role", "panel")
        self._corner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for ruler in (self.upper, self.left):
            ruler.unit_wanted.connect(self.unit_wanted)
        host.installEventFilter(self)
        self.show(False)

    @property
    def is_shown(self) -> bool:
        return not self.upper.isHidden()

    def show(self, shown: bool) -> None:
        margin = BREADTH if shown else 0
        self._host.setContentsMargins(margin, margin, 0, 0)
        for part in (self.upper, self.left, self._corner):
            part.setVisible(shown)
        self._place()

    def follow(self, aids: Aids) -> None:
        if aids.rulers != self.is_shown:
            self.show(aids.rulers)
        for ruler in (self.upper, self.left):
            ruler.draw_anew()

    def _place(self) -> None:
        size = self._host.size()
        self._corner.setGeometry(0, 0, BREADTH, BREADTH)
        self.upper.setGeometry(BREADTH, 0, size.width() - BREADTH, BREADTH)
        self.left.setGeometry(0, BREADTH, BREADTH, size.height() - BREADTH)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
