# SPDX-License-Identifier: Apache-2.0
"""Transform, which is no tool of the bar but lent to the canvas until it is applied; and crop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent

from prodedit.core.edits.bending import Corners
from prodedit.core.geometry import Point
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.crop_options import CropOptions
from prodedit.gui.tools.crop import CropTool
from prodedit.gui.tools.move import Move
from prodedit.gui.tools.move_handles import MoveHandles
from prodedit.gui.tools.tool import Tool
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.transform_options import TransformOptions

_FREE = 20
"""Pixels round what is worked on."""
_MUCH = 0.6
"""A view is not zoomed out further than that unasked."""

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView


class LentTools(QObject):
    """Transform, after which the tool is back that was there before; and what it and the crop tool
    can be told."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self._view = view
        self.transform = TransformTool(view.session, view.canvas)
        self.transform.run = view.run
        self.transform.snap = view.canvas.snapper.near_chosen
        self.transform_options = TransformOptions(view, self.transform)
        crop = view.tool(CropTool.id)
        assert isinstance(crop, CropTool)
        crop.snap = view.canvas.snapper.near
        self.crop_options = CropOptions(view, crop)
        self.transform.ended.connect(self._give_back)
        view.canvas.installEventFilter(self)

    def begin_transform(self) -> None:
        """A box round the chosen layers, unless there is one."""
        view, tool = self._view, self.transform
        if tool.pose is None and tool.begin():
            view.canvas.set_tool(tool)
            view.canvas.setFocus()
            self._make_room(self.transform_options, tool.outline)

    def toggle_handles(self) -> None:
        """Of the Move tool."""
        move = self._view.tool(Move.id)
        assert isinstance(move, Move)
        move.handles = MoveHandles(self.transform) if move.handles is None else None
        self._view.canvas.update()

    def show_for(self, tool: Tool | None) -> None:
        self.transform_options.show_for(tool)
        was_hidden = self.crop_options.isHidden()
        self.crop_options.show_for(tool)
        if was_hidden and isinstance(tool, CropTool):
            self._make_room(self.crop_options, tool.frame.corners)

    def _make_room(self, bar: CanvasBar, corners: Corners) -> None:
        """No handle is to lie below the bar, unless a person works on a small part."""
        canvas, view = self._view.canvas, self._view.canvas.viewport
        top = (bar.geometry().bottom() - canvas.y()) * view.ratio + _FREE
        xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
        if (
            view.angle
            or not bar.isVisible()
            or min(view.to_widget(corner).y for corner in corners) > top
        ):
            return
        across, down = max(1.0, max(xs) - min(xs)), max(1.0, max(ys) - min(ys))
        room = (view.view.width - 2 * _FREE, view.view.height - top - 2 * _FREE)
        zoom = min(room[0] / across, room[1] / down, view.zoom)
        if zoom < view.zoom * _MUCH:
            return
        x = view.view.width / 2 - (max(xs) + min(xs)) / 2 * zoom
        y = (view.view.height + top) / 2 - (max(ys) + min(ys)) / 2 * zoom
        canvas.set_viewport(replace(view, zoom=zoom, origin=Point(x, y)).clamped())

    def _give_back(self) -> None:
        if self._view.canvas.tool is self.transform:
            self._view.restore_tool()
        self._view.canvas.setFocus()

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and self.transform.pose is not None:
            self.transform_options.open_menu(event.globalPos())
            return True
        return False
