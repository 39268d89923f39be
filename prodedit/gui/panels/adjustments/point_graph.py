# SPDX-License-Identifier: Apache-2.0
"""Points that are added by a click, dragged, and dragged away, by mouse or by keys: those of a
curve and those of a gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from prodedit.gui.draggable import Draggable
from prodedit.gui.panels.adjustments.handles import is_claimed

P = TypeVar("P")
REACH = 12.0
"""Widget units: so near takes hold of a point."""
LEAST = 2
"""Points always stay."""


class PointGraph(Draggable, Generic[P]):
    """`points` in their order; `current` is the number of the one that keys move."""

    moved = Signal(object)
    """The points while one is dragged."""
    released = Signal(object)
    """They came to rest."""
    chosen = Signal(int)
    """The number of the point that keys move."""

    MOST: ClassVar[int]
    """Points at once."""
    TURNS: ClassVar[Mapping[Qt.Key, int]]
    """Keys that choose the next point, or the one before."""
    STEPS: ClassVar[Mapping[Qt.Key, tuple[int, int]]]
    """Keys that move the chosen point: so many steps to the right, and up."""

    def __init__(self, points: tuple[P, ...], title: str, tip: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.points = points
        self.current = 0
        self._held = False
        self._gone: P | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # What each kind of points does in its own way

    def place_of(self, point: P) -> float:
        """What they are in order of."""
        raise NotImplementedError

    def handle_at(self, number: int) -> QPointF:
        """Where a point is seen, in this widget."""
        raise NotImplementedError

    def distance(self, number: int, at: QPointF) -> float:
        """Widget units from a point's handle."""
        raise NotImplementedError

    def is_away(self, at: QPointF) -> bool:
        """So far outside that a point which is dragged there goes."""
        raise NotImplementedError

    def new_point(self, place: float) -> P | None:
        """One that changes nothing as yet; None where there is no room for it."""
        raise NotImplementedError

    def place_at(self, at: QPointF) -> float:
        """The place that a new point there would have."""
        raise NotImplementedError

    def put_at(self, at: QPointF) -> None:
        """The chosen point there, between its neighbours."""
        raise NotImplementedError

    def step(self, across: float, up: float) -> None:
        """Move the chosen point by so many steps."""
        raise NotImplementedError

    def widest_gap(self) -> float:
        """The middle of it."""
        raise NotImplementedError

    # What is the same for all

    def show_points(self, points: tuple[P, ...]) -> None:
        self.points = points
        self.current = min(self.current, len(points) - 1)
        self.update()

    def choose(self, number: int) -> None:
        self.current = number % len(self.points)
        self.update()
        self.chosen.emit(self.current)

    def add(self, place: float) -> bool:
        """Whether there was room for one more."""
        point = self.new_point(place) if len(self.points) < self.MOST else None
        if point is not None:
            self._insert(point)
        return point is not None

    def remove(self) -> bool:
        """The chosen point, if enough are left."""
        if len(self.points) <= LEAST:
            return False
        self.points = (*self.points[: self.current], *self.points[self.current + 1 :])
        self.choose(min(self.current, len(self.points) - 1))
        return True

    def replace(self, point: P) -> None:
        """In place of the chosen one."""
        self.points = (*self.points[: self.current], point, *self.points[self.current + 1 :])
        self.update()

    def _insert(self, point: P) -> None:
        self.points = tuple(sorted((*self.points, point), key=self.place_of))
        self.choose(self.points.index(point))

    def _near(self, at: QPointF) -> int | None:
        gaps = [self.distance(number, at) for number in range(len(self.points))]
        near = gaps.index(min(gaps))
        return near if gaps[near] <= REACH else None

    def _drag(self, at: QPointF) -> None:
        away = self.is_away(at)
        if self._gone is None and away and len(self.points) > LEAST:
            self._gone = self.points[self.current]
            self.remove()
        elif self._gone is not None and not away:
            back, self._gone = self._gone, None
            self._insert(back)
        if self._gone is None:
            self.put_at(at)
        self.moved.emit(self.points)

    def _edited(self, key: Qt.Key, many: int) -> bool | None:
        """Whether a key has changed the points; None where it means nothing here."""
        if key in self.STEPS:
            across, up = self.STEPS[key]
            self.step(across * many, up * many)
            return True
        if key in self.TURNS:
            self.choose(self.current + self.TURNS[key])
            return False
        if key == Qt.Key.Key_Insert:
            return self.add(self.widest_gap())
        return self.remove() if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else None

    # Qt's own names

    def event(self, event: QEvent) -> bool:
        if is_claimed(event):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.hold_changed.emit()
        near = self._near(event.position())
        if near is not None:
            self.choose(near)
        elif self.add(self.place_at(event.position())):
            self.put_at(event.position())
            self.moved.emit(self.points)
        else:
            return
        self._held = True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held, self._gone = False, None
            self.released.emit(self.points)
            self.hold_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        many = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        edited = self._edited(Qt.Key(event.key()), many)
        if edited is None:
            super().keyPressEvent(event)
        elif edited:
            self.released.emit(self.points)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)


def middle_of_widest(places: tuple[float, ...], end: float) -> float:
    """Of the gaps between 0, `places` and `end`."""
    whole = (0.0, *places, end)
    gap = max(range(len(whole) - 1), key=lambda n: whole[n + 1] - whole[n])
    return (whole[gap] + whole[gap + 1]) / 2
