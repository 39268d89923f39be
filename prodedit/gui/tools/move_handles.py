# SPDX-License-Identifier: Apache-2.0
"""Handles round the chosen layers of the Move tool: dragging one begins a transform."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from prodedit.core.problem import Problem
from prodedit.gui.tools.handles import paint_box
from prodedit.gui.tools.selected_part import what_is_taken
from prodedit.gui.tools.tool import Pointer
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.tools.transform_grips import Seen
from prodedit.gui.tools.transform_pose import CORNERS, EDGES, MIDDLE


class MoveHandles:
    """Hands the drag on to the transform tool, which then stays until it is applied."""

    def __init__(self, transform: TransformTool) -> None:
        self._transform = transform
        self.is_held = False

    def press(self, pointer: Pointer) -> bool:
        """Whether a handle was taken hold of."""
        seen = self._seen()
        if seen is None or seen.grip("scale", pointer.position).kind not in ("corner", "edge"):
            return False
        self.is_held = self._transform.begin()
        if self.is_held:
            self._transform.press(pointer)
        return self.is_held

    def move(self, pointer: Pointer) -> None:
        self._transform.move(pointer)

    def release(self, pointer: Pointer) -> None:
        self.is_held = False
        self._transform.release(pointer)
        if self._transform.pose is not None:  # undo may have come meanwhile
            self._transform.canvas.set_tool(self._transform)

    def cancel(self) -> None:
        self.is_held = False
        self._transform.drop()

    def paint(self, painter: QPainter) -> None:
        if self.is_held:
            self._transform.paint(painter)
            return
        seen = self._seen()
        if seen is not None:
            corners = [QPointF(*seen.to_widget(corner)) for corner in seen.pose.outline]
            places = [seen.to_widget(seen.pose.at(handle)) for handle in (*CORNERS, *EDGES)]
            paint_box(painter, corners, [QPointF(*place) for place in places], None)

    def _seen(self) -> Seen | None:
        """None where nothing chosen can be transformed."""
        canvas = self._transform.canvas
        try:
            whose, document = what_is_taken(canvas)
            pose = whose.pose(document)
        except Problem:
            return None
        return Seen(pose, pose.at(MIDDLE), canvas.viewport.to_widget)
