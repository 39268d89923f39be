# SPDX-License-Identifier: Apache-2.0
"""Lasso: draw round what is to be selected, by hand or from corner to corner."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPolygonF

from prodedit.core import edits
from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.selection import Mode
from prodedit.gui.tools.selecting import Selecting, SelectTool, draw_line, on_widget
from prodedit.gui.tools.tool import A_CLICK, Pointer

_NEAR = 8.0
"""Widget units: so near to the first corner a click closes the line."""


class Lasso(SelectTool):
    id: ClassVar[str] = "lasso"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Lasso")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool", "Draw round what you want to select. Shift adds, Alt takes away."
    )
    icon: ClassVar[str] = "lasso"
    shortcut: ClassVar[str] = "L"

    _line: list[Point]

    def begin(self, pointer: Pointer) -> None:
        self._line = [pointer.point]

    def extend(self, pointer: Pointer) -> None:
        last = self.canvas.viewport.to_widget(self._line[-1])
        if hypot(last.x - pointer.position.x, last.y - pointer.position.y) >= 1:
            self._line.append(pointer.point)
            self.canvas.update()

    def finish(self, pointer: Pointer) -> edits.Edit | None:
        if len(self._line) < 3:
            return None
        return _edit(self.options, self._mode, tuple(self._line))

    def _is_click(self, pointer: Pointer) -> bool:
        """A line that comes back to where it began is none."""
        if self._is_moving:
            return super()._is_click(pointer)
        seen = [self.canvas.viewport.to_widget(point) for point in self._line]
        return all(max(abs(x - seen[0].x), abs(y - seen[0].y)) < A_CLICK for x, y in seen)

    def paint(self, painter: QPainter) -> None:
        if self._start is not None and not self._is_moving:
            path = QPainterPath()
            path.addPolygon(QPolygonF([on_widget(self.canvas, point) for point in self._line]))
            draw_line(painter, path)


class PolygonLasso(SelectTool):
    """Corners by clicks; the line is closed by a double click, Enter, or a click on its first."""

    id: ClassVar[str] = "polygon-lasso"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Polygon lasso")
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click from corner to corner; double-click or Enter closes, Backspace takes the last "
        "corner back, Esc gives up.",
    )
    icon: ClassVar[str] = "polygon"
    shortcut: ClassVar[str] = "L"

    _corners: tuple[Point, ...] = ()
    _hovered: Point | None = None

    @property
    def is_busy(self) -> bool:
        return bool(self._corners) or super().is_busy

    def press(self, pointer: Pointer) -> None:
        if not self._corners:
            super().press(pointer)
            return
        self._add(self._straightened(pointer))

    def begin(self, pointer: Pointer) -> None:
        self._add(self._snapped(pointer))

    def move(self, pointer: Pointer) -> None:
        if self._corners:
            self.hover(pointer)
        else:
            super().move(pointer)

    def release(self, pointer: Pointer) -> None:
        self._start = self._start if not self._corners else None
        if not self._corners:
            super().release(pointer)

    def hover(self, pointer: Pointer | None) -> None:
        super().hover(pointer)
        if self._corners:
            self._hovered = None if pointer is None else self._straightened(pointer)
            self.canvas.update()

    def cancel(self) -> None:
        self._corners, self._hovered = (), None
        self.canvas.snapper.end()
        super().cancel()

    def claims(self, key: int) -> bool:
        return bool(self._corners) and key in _OWN_KEYS

    def key(self, event: QKeyEvent) -> bool:
        if not self.claims(event.key()):
            return super().key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
        elif len(self._corners) > 1:
            self._corners = self._corners[:-1]
            self.canvas.update()
        else:
            self.cancel()
        return True

    def paint(self, painter: QPainter) -> None:
        if not self._corners:
            return
        points = [on_widget(self.canvas, point) for point in self._corners]
        if self._hovered is not None:
            points.append(on_widget(self.canvas, self._hovered))
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        path.addEllipse(points[0], _NEAR / 2, _NEAR / 2)
        draw_line(painter, path)

    def _add(self, point: Point) -> None:
        """A corner, unless that closes the line: by the first one, or a second time by the last,
        which a double click does."""
        again = bool(self._corners) and self._is_near(self._corners[-1], point, A_CLICK)
        round_ = len(self._corners) > 2 and self._is_near(self._corners[0], point, _NEAR)
        if again or round_:
            self._close()
        else:
            self._corners = (*self._corners, point)
            self.canvas.update()

    def _close(self) -> None:
        corners = self._corners
        edit = _edit(self.options, self._mode, corners) if len(corners) > 2 else None
        self.cancel()
        if edit is not None:
            self.session.apply(edit)

    def _is_near(self, a: Point, b: Point, distance: float) -> bool:
        a, b = self.canvas.viewport.to_widget(a), self.canvas.viewport.to_widget(b)
        return hypot(a.x - b.x, a.y - b.y) < distance

    def _snapped(self, pointer: Pointer) -> Point:
        """Anew each time: between two clicks nothing is held."""
        self.canvas.snapper.begin()
        return self.canvas.snapper.point(pointer)

    def _straightened(self, pointer: Pointer) -> Point:
        """With Shift the side runs level, upright or at half a right angle."""
        if not pointer.shift or not self._corners:
            return self._snapped(pointer)
        x, y = self._corners[-1]
        dx, dy = pointer.point.x - x, pointer.point.y - y
        angle = round(atan2(dy, dx) / (pi / 4)) * (pi / 4)
        length = dx * cos(angle) + dy * sin(angle)
        return Point(x + length * cos(angle), y + length * sin(angle))


def _edit(options: Selecting, mode: Mode, points: tuple[Point, ...]) -> edits.Edit:
    return edits.SelectPolygon(points, mode, options.smooth, float(options.feather))


_OWN_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
)
