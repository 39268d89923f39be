# SPDX-License-Identifier: Apache-2.0
"""Numbers of what is under the pointer: colour, place, the drag that is on, the selection."""

from __future__ import annotations

import colorsys
from math import atan2, degrees, floor, hypot

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from prodedit.core.colour import Colour
from prodedit.core.geometry import Point, Rect, Size
from prodedit.core.pixels import straight_rgba
from prodedit.core.selection import bounds
from prodedit.core.tiles import Tiles
from prodedit.gui.canvas import Canvas
from prodedit.gui.panels.section import Section
from prodedit.gui.translation import translate
from prodedit.gui.units import length_text
from prodedit.render.compositor import Compositor

_PAUSE = 40
"""Milliseconds between two looks: a colour is computed from all layers."""
_NOTHING = "–"


class InfoSection(Section):
    """Looks only while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("InfoSection", "Under the pointer"), parent)
        self._canvas: Canvas | None = None
        self._measured: tuple[Tiles | None, str] = (None, _NOTHING)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._look)
        self.swatch = QFrame(self)
        self.swatch.setFixedSize(36, 36)
        self.swatch.setAccessibleName(self.tr("Colour"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.swatch, 0, 2, 3, 1, Qt.AlignmentFlag.AlignTop)
        self._rows = 0
        self.rgb = self._row("RGB")
        self.hex = self._row(self.tr("Hex"))
        self.hsv = self._row("HSV")
        self.place = self._row(self.tr("Place"))
        self.drag = self._row(self.tr("Drag"))
        self.angle = self._row(self.tr("Angle"))
        self.selection = self._row(self.tr("Selection"))
        self.column.addLayout(self._grid)

    def set_canvas(self, canvas: Canvas | None) -> None:
        if self._canvas is not None:
            self._canvas.cursor_moved.disconnect(self._moved)
            self._canvas.session.changed.disconnect(self._moved)
        self._canvas = canvas
        if canvas is not None:
            canvas.cursor_moved.connect(self._moved)
            canvas.session.changed.connect(self._moved)
        self._look()

    def _row(self, name: str) -> QLabel:
        title, value = QLabel(name, self), QLabel(_NOTHING, self)
        title.setProperty("role", "secondary")
        value.setAccessibleName(name)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(title, self._rows, 0)
        self._grid.addWidget(value, self._rows, 1)
        self._rows += 1
        return value

    def _moved(self, *_ignored: object) -> None:
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def _look(self) -> None:
        canvas = self._canvas
        at = None if canvas is None else canvas.pointer_inside
        point = None if canvas is None or at is None else canvas.viewport.to_document(at)
        self._show_colour(None if canvas is None or point is None else colour_at(canvas, point))
        self.place.setText(_NOTHING if point is None else self._pair(point.x, point.y))
        self._show_drag(point)
        self.selection.setText(self._size_of_selection())

    def _show_colour(self, colour: Colour | None) -> None:
        if colour is None:
            for label in (self.rgb, self.hex, self.hsv):
                label.setText(_NOTHING)
            self.swatch.setStyleSheet("background: transparent")
            return
        self.rgb.setText(f"{colour.red}  {colour.green}  {colour.blue}")
        self.hex.setText(colour.hex)
        self.hsv.setText(hsv_text(colour))
        self.swatch.setStyleSheet(f"background: {colour.hex}; border-radius: 4px")

    def _show_drag(self, point: Point | None) -> None:
        start = None if self._canvas is None else self._canvas.drag_start
        if start is None or point is None:
            self.drag.setText(_NOTHING)
            self.angle.setText(_NOTHING)
            return
        dx, dy = point.x - start.x, point.y - start.y
        self.drag.setText(self._pair(dx, dy) + "   " + self._length(hypot(dx, dy)))
        self.angle.setText(f"{degrees(atan2(-dy, dx)):.1f}°")

    def _size_of_selection(self) -> str:
        chosen = None if self._canvas is None else self._canvas.session.document.selection
        if chosen is None:
            return _NOTHING
        if self._measured[0] is not chosen:
            size = bounds(chosen).size
            self._measured = (chosen, self._size(size))
        return self._measured[1]

    def _size(self, size: Size) -> str:
        return f"{self._length(size.width)} × {self._length(size.height)}"

    def _pair(self, x: float, y: float) -> str:
        if self._canvas is not None and self._canvas.marks.aids.unit == "px":
            return f"{floor(x)}, {floor(y)}"
        return f"{self._length(x)}, {self._length(y)}"

    def _length(self, pixels: float) -> str:
        assert self._canvas is not None
        marks = self._canvas.marks
        return length_text(pixels, marks.aids.unit, marks.resolution)

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start()


def colour_at(canvas: Canvas, point: Point) -> Colour | None:
    """Of all layers together; None beyond the picture and where it is transparent."""
    document = canvas.session.shown
    pixel = Rect(floor(point.x), floor(point.y), 1, 1)
    if pixel.intersect(Rect.of(document.size)).is_empty:
        return None
    red, green, blue, alpha = straight_rgba(Compositor().render(document, pixel))[0, 0]
    return Colour(int(red), int(green), int(blue)) if alpha else None


def hsv_text(colour: Colour) -> str:
    """Degrees, per cent, per cent."""
    red, green, blue = (channel / 255 for channel in colour[:3])
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return f"{round(hue * 360) % 360}°  {saturation * 100:.0f} %  {value * 100:.0f} %"
