# SPDX-License-Identifier: Apache-2.0
"""What of the box round transformed layers is under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, degrees, hypot
from types import MappingProxyType
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

from prodedit.core.geometry import Point
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.tools.handles import inside, turn_cursor
from prodedit.gui.tools.transform_pose import CORNERS, EDGES, MIDDLE, Handle, Pose

Mode = Literal["scale", "rotate", "skew", "perspective", "warp"]
MODES: Mapping[Mode, str] = MappingProxyType(
    {
        "scale": QT_TRANSLATE_NOOP("Transform", "Scale"),
        "rotate": QT_TRANSLATE_NOOP("Transform", "Rotate"),
        "skew": QT_TRANSLATE_NOOP("Transform", "Skew"),
        "perspective": QT_TRANSLATE_NOOP("Transform", "Perspective"),
        "warp": QT_TRANSLATE_NOOP("Transform", "Warp"),
    }
)
Kind = Literal["corner", "edge", "pivot", "mesh", "move", "turn"]
REACH = 9.0
"""Widget units round a handle that take hold of it."""
_ROOM = 48.0
"""In a smaller box the pivot's mark would be in the way of moving it."""


class Grip(NamedTuple):
    """handle: of a corner or an edge; point: which of the mesh's."""

    kind: Kind
    handle: Handle = MIDDLE
    point: int = 0


class Seen(NamedTuple):
    """A pose as it is seen on the screen."""

    pose: Pose
    pivot: Point
    to_widget: Callable[[Point], Point]

    @property
    def has_room(self) -> bool:
        """Whether the pivot shows."""
        corners = [self.to_widget(corner) for corner in self.pose.outline]
        xs, ys = [c.x for c in corners], [c.y for c in corners]
        return min(max(xs) - min(xs), max(ys) - min(ys)) >= _ROOM

    def grip(self, mode: Mode, at: Point) -> Grip:
        """What a press at a place of the widget takes hold of."""
        found = self._mesh_point(at) if mode == "warp" else self._handle(at)
        if found is not None:
            return found
        within = inside(at, [self.to_widget(corner) for corner in self.pose.outline])
        return Grip("move" if within and mode != "rotate" else "turn")

    def cursor(self, mode: Mode, grip: Grip) -> QCursor:
        if grip.kind == "turn":
            return turn_cursor()
        if grip.kind in ("corner", "edge") and mode == "scale":
            return QCursor(self._slanted(grip.handle))
        is_handle = grip.kind in ("corner", "edge", "mesh")
        return QCursor(Qt.CursorShape.CrossCursor if is_handle else Qt.CursorShape.SizeAllCursor)

    def _mesh_point(self, at: Point) -> Grip | None:
        away, index = min((self._away(at, p), i) for i, p in enumerate(self.pose.grid))
        return Grip("mesh", point=index) if away <= REACH else None

    def _handle(self, at: Point) -> Grip | None:
        away, handle = min((self._away(at, self.pose.at(h)), h) for h in (*CORNERS, *EDGES))
        if away <= REACH:
            return Grip("corner" if handle in CORNERS else "edge", handle)
        near = self.has_room and self._away(at, self.pivot) <= REACH
        return Grip("pivot") if near else None

    def _away(self, at: Point, point: Point) -> float:
        x, y = self.to_widget(point)
        return hypot(at.x - x, at.y - y)

    def _slanted(self, handle: Handle) -> Qt.CursorShape:
        middle, at = self.pose.at(MIDDLE), self.pose.at(handle)
        turn = degrees(atan2(at.y - middle.y, at.x - middle.x)) % 180
        return _SLANTS[round(turn / 45) % 4]


_SLANTS = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
