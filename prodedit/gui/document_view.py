# SPDX-License-Identifier: Apache-2.0
"""One open picture in the window: its canvas, its tools, and what clicks ask the engine for."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodedit.core.geometry import Point
from prodedit.editing.recolour import recoloured
from prodedit.editing.session import EditSession
from prodedit.engine.tasks import Seed, SelectObject
from prodedit.gui.canvas import Canvas
from prodedit.gui.tools import ClickSelect, MaskBrush, Tool, make_tools


class DocumentView(QWidget):
    """Lives as long as its session's tab."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas = Canvas(session, self)
        self._tools = make_tools(session, self.canvas)
        self.brush.recolour = recoloured
        self.canvas.refused.connect(session.failed)
        click_select = self._tools[ClickSelect.id]
        assert isinstance(click_select, ClickSelect)
        click_select.clicked.connect(self._object_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)

    @property
    def brush(self) -> MaskBrush:
        tool = self._tools[MaskBrush.id]
        assert isinstance(tool, MaskBrush)
        return tool

    def tool(self, tool_id: str) -> Tool:
        return self._tools[tool_id]

    def choose_tool(self, tool_id: str) -> None:
        self.canvas.set_tool(self._tools[tool_id])

    @Slot(object, bool)
    def _object_clicked(self, point: Point, add: bool) -> None:
        layer = self.session.active_layer
        if layer is None or layer.tiles is None:
            return
        place = layer.transform.inverse().map(point)
        seed = Seed(int(place.x), int(place.y), add)
        if layer.tiles.bounds.contains(place):
            self.session.submit(SelectObject((seed,)), layer.id)
