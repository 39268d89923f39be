# SPDX-License-Identifier: Apache-2.0
"""Transform, which is no tool of the bar but lent to the canvas until it is applied; and crop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent

from prodedit.gui.bar_room import BarRoom
from prodedit.gui.crop_options import CropOptions
from prodedit.gui.tools.crop import CropTool
from prodedit.gui.tools.move import Move
from prodedit.gui.tools.move_handles import MoveHandles
from prodedit.gui.tools.tool import Tool
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.transform_options import TransformOptions

if TYPE_CHECKING:
    from prodedit.gui.document_view import DocumentView


class LentTools(QObject):
    """Transform, after which the tool is back that was there before; and what it and the crop tool
    can be told."""

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self._view = view
        self._room = BarRoom(view.canvas)
        self.transform = TransformTool(view.session, view.canvas)
        self.transform.run = view.run
        self.transform.snap = view.canvas.snapper.near_chosen
        self.transform_options = TransformOptions(view, self.transform)
        crop = view.tool(CropTool.id)
        assert isinstance(crop, CropTool)
        crop.snap = view.canvas.snapper.near
        self.crop_options = CropOptions(view, crop)
        crop.applied.connect(lambda: self._room.make(self.crop_options, crop.frame.corners))
        self.transform.ended.connect(self._give_back)
        view.canvas.installEventFilter(self)

    def begin_transform(self) -> None:
        """A box round the chosen layers, unless there is one."""
        view, tool = self._view, self.transform
        if tool.pose is None and tool.begin():
            view.canvas.set_tool(tool)
            view.canvas.setFocus()
            self._room.make(self.transform_options, tool.outline)

    def toggle_handles(self) -> None:
        """Of the Move tool."""
        move = self._view.tool(Move.id)
        assert isinstance(move, Move)
        move.handles = MoveHandles(self.transform) if move.handles is None else None
        self._view.canvas.update()

    def show_for(self, tool: Tool | None) -> None:
        was_hidden = self.crop_options.isHidden()
        self.transform_options.show_for(tool)
        self.crop_options.show_for(tool)
        if self.transform_options.isHidden() and self.crop_options.isHidden():
            self._room.give_back()
        if was_hidden and isinstance(tool, CropTool):
            self._room.make(self.crop_options, tool.frame.corners)

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
