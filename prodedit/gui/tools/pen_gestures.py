# SPDX-License-Identifier: Apache-2.0
"""What a press of the pen means, by what lies there and which keys are held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, pi, sin
from typing import NamedTuple

from prodedit.core import path_changes as changes
from prodedit.core.curves import Hit, Named
from prodedit.core.geometry import Point
from prodedit.core.path import Knot, Path
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.tool import Pointer


class Growing(NamedTuple):
    """The open subpath that the next click adds to, at its end; backwards: at its beginning."""

    subpath: int
    backwards: bool = False

    def fits(self, path: Path) -> bool:
        subs = path.subpaths
        return self.subpath < len(subs) and not subs[self.subpath].closed

    def last(self, path: Path) -> Named:
        return self.subpath, 0 if self.backwards else len(path.subpaths[self.subpath].knots) - 1

    def first(self, path: Path) -> Named:
        return self.subpath, len(path.subpaths[self.subpath].knots) - 1 if self.backwards else 0


@dataclass(frozen=True)
class Gesture:
    """pressed: the path as it shows after the press; clicked: after a click; dragged: for each
    place of a drag. text, drag_text: of the step in the history. growing, chosen: afterwards."""

    pressed: Path
    clicked: Path
    dragged: Callable[[Pointer], Path]
    text: str
    drag_text: str
    growing: Growing | None
    chosen: Named | None


def gesture_at(
    pointer: Pointer, path: Path, found: Hit | None, growing: Growing | None
) -> Gesture | None:
    """None: the press lets go of what was worked on."""
    if pointer.control:
        return None if found is None else _moving(pointer, path, found, growing)
    if growing is not None and found is not None and found.part == "knot":
        if found.knot == growing.last(path):
            return _pulling_out(path, growing)
        if found.knot == growing.first(path):
            return _closing(path, growing)
    if found is None:
        return _adding(pointer, path, growing)
    return _PLAIN[found.part](pointer, path, found, growing)


def held_by(path: Path, found: Hit | None, pointer: Pointer) -> Point | None:
    """From the pointer to the point of the path that a drag would move; None where it moves none:
    a handle, a whole line, or nothing."""
    if found is None or found.part in ("arriving", "leaving"):
        return None
    if found.part == "segment":
        if pointer.control:
            return None
        path = changes.inserted(path, found.subpath, found.number, found.t)
        place = path.subpaths[found.subpath].knots[found.number + 1].point
    else:
        place = path.subpaths[found.subpath].knots[found.number].point
    return Point(place.x - pointer.point.x, place.y - pointer.point.y)


def straightened(place: Point, origin: Point) -> Point:
    """On a line through `origin` that is level, upright or at half a right angle."""
    dx, dy = place.x - origin.x, place.y - origin.y
    angle = round(atan2(dy, dx) / (pi / 4)) * (pi / 4)
    length = dx * cos(angle) + dy * sin(angle)
    return Point(origin.x + length * cos(angle), origin.y + length * sin(angle))


def _place(pointer: Pointer, origin: Point) -> Point:
    return straightened(pointer.point, origin) if pointer.shift else pointer.point


def _adding(pointer: Pointer, path: Path, growing: Growing | None) -> Gesture:
    """A knot at the end of what grows, or the first one of a new subpath."""
    place = pointer.point
    if growing is not None:
        number, index = growing.last(path)
        place = _place(pointer, path.subpaths[number].knots[index].point)
        if growing.backwards:
            path = changes.turned_round(path, number)
    number = len(path.subpaths) if growing is None else growing.subpath
    clicked = changes.appended(path, number, Knot.corner(*place))
    index = len(clicked.subpaths[number].knots) - 1
    kept = place  # where the arriving handle was when Alt took it out of the drag

    def dragged(at: Pointer) -> Path:
        nonlocal kept
        leaving = _place(at, place)
        knot = changes.mirrored(place, leaving)
        if at.alt:
            knot = Knot(place, kept, leaving)
        kept = knot.arriving
        return changes.with_knot(clicked, number, index, knot)

    after = Growing(number)
    return Gesture(clicked, clicked, dragged, ADD, ADD, after, (number, index))


def _closing(path: Path, growing: Growing) -> Gesture | None:
    """From the last knot back to the first; a drag shapes the curve that arrives there."""
    number, index = growing.first(path)
    if len(path.subpaths[number].knots) < 2:
        return None
    clicked = changes.closed(path, number)
    first = path.subpaths[number].knots[index]

    def dragged(at: Pointer) -> Path:
        opposite = changes.mirrored(first.point, _place(at, first.point)).arriving
        leaving = growing.backwards  # there the line arrives by what is the leaving handle
        knot = changes.pulled(first, opposite, leaving=leaving, alone=at.alt)
        return changes.with_knot(clicked, number, index, knot)

    return Gesture(clicked, clicked, dragged, CLOSE, CLOSE, None, (number, index))


def _pulling_out(path: Path, growing: Growing) -> Gesture:
    """The last knot again: a drag gives the next curve its handle, a click takes that away."""
    number, index = growing.last(path)
    knot, leaving = path.subpaths[number].knots[index], not growing.backwards

    def with_handle(point: Point) -> Path:
        new = changes.pulled(knot, point, leaving=leaving, alone=True)
        return changes.with_knot(path, number, index, new)

    def dragged(at: Pointer) -> Path:
        return with_handle(_place(at, knot.point))

    clicked = with_handle(knot.point)
    return Gesture(path, clicked, dragged, _HANDLE, _HANDLE, growing, (number, index))


def _on_knot(pointer: Pointer, path: Path, found: Hit, growing: Growing | None) -> Gesture:
    """A click takes it away, a drag moves it; Alt makes it a corner or smooth. The end of an open
    subpath is where drawing goes on."""
    if pointer.alt:
        return _converting(path, found, growing)
    sub, last = path.subpaths[found.subpath], len(path.subpaths[found.subpath].knots) - 1
    if growing is None and not sub.closed and found.number in (0, last):
        again = Growing(found.subpath, backwards=found.number == 0 and last > 0)
        return Gesture(path, path, _moved(path, found, pointer), MOVE, MOVE, again, found.knot)
    removed = changes.without_knot(path, *found.knot)
    gone = len(removed.subpaths) < len(path.subpaths)
    after = None if gone else growing
    return Gesture(path, removed, _moved(path, found, pointer), REMOVE, MOVE, after, found.knot)


def _converting(path: Path, found: Hit, growing: Growing | None) -> Gesture:
    number, index = found.knot
    knot = path.subpaths[number].knots[index]
    has_handles = knot.arriving != knot.point or knot.leaving != knot.point
    other = changes.as_corner(knot) if has_handles else changes.as_smooth(path, number, index)
    clicked = changes.with_knot(path, number, index, other)

    def dragged(at: Pointer) -> Path:
        new = changes.mirrored(knot.point, _place(at, knot.point))
        return changes.with_knot(path, number, index, new)

    return Gesture(path, clicked, dragged, _CONVERT, _CONVERT, growing, found.knot)


def _on_segment(pointer: Pointer, path: Path, found: Hit, growing: Growing | None) -> Gesture:
    """A new knot, which a drag moves."""
    new = changes.inserted(path, found.subpath, found.number, found.t)
    hit = Hit("knot", found.subpath, found.number + 1)
    return Gesture(new, new, _moved(new, hit, pointer), ADD, ADD, growing, hit.knot)


def _on_handle(pointer: Pointer, path: Path, found: Hit, growing: Growing | None) -> Gesture:
    number, index = found.knot
    knot = path.subpaths[number].knots[index]

    def dragged(at: Pointer) -> Path:
        place = _place(at, knot.point)
        new = changes.pulled(knot, place, leaving=found.part == "leaving", alone=at.alt)
        return changes.with_knot(path, number, index, new)

    return Gesture(path, path, dragged, _HANDLE, _HANDLE, growing, found.knot)


def _moving(pointer: Pointer, path: Path, found: Hit, growing: Growing | None) -> Gesture:
    """With Ctrl: nothing is added or taken away."""
    if found.part in ("arriving", "leaving"):
        return _on_handle(pointer, path, found, growing)
    if found.part == "knot":
        moved = _moved(path, found, pointer)
        return Gesture(path, path, moved, MOVE, MOVE, growing, found.knot)

    def dragged(at: Pointer) -> Path:
        place = _place(at, pointer.point)
        dx, dy = place.x - pointer.point.x, place.y - pointer.point.y
        return changes.bent(path, found.subpath, found.number, found.t, dx, dy)

    return Gesture(path, path, dragged, _BEND, _BEND, growing, found.knot)


def _moved(path: Path, found: Hit, start: Pointer) -> Callable[[Pointer], Path]:
    number, index = found.knot
    knot = path.subpaths[number].knots[index]

    def dragged(at: Pointer) -> Path:
        place = _place(at, start.point)
        new = changes.moved_by(knot, place.x - start.point.x, place.y - start.point.y)
        return changes.with_knot(path, number, index, new)

    return dragged


_PLAIN = {
    "knot": _on_knot,
    "segment": _on_segment,
    "arriving": _on_handle,
    "leaving": _on_handle,
}
ADD, REMOVE = QT_TRANSLATE_NOOP("Pen", "Add point"), QT_TRANSLATE_NOOP("Pen", "Remove point")
MOVE, CLOSE = QT_TRANSLATE_NOOP("Pen", "Move point"), QT_TRANSLATE_NOOP("Pen", "Close path")
_BEND, _HANDLE = QT_TRANSLATE_NOOP("Pen", "Bend line"), QT_TRANSLATE_NOOP("Pen", "Move handle")
_CONVERT = QT_TRANSLATE_NOOP("Pen", "Corner or curve")
