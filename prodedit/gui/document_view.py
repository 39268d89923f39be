# SPDX-License-Identifier: Apache-2.0
"""One open picture in the window: its canvas, its tools, and what clicks ask the engine for."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodedit.core.geometry import Point
from prodedit.editing.recolour import recoloured
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job
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
        self._seeds: list[tuple[str, Seed]] = []
        session.job_changed.connect(self._job_changed)
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
            self._seeds.append((layer.id, seed))
            self._submit_seeds()

    @Slot()
    def _submit_seeds(self) -> None:
        """One after the other: each adds to what the one before has found. Clicks that came while
        one was worked on go together."""
        waiting = any(isinstance(order.task, SelectObject) for order in self.session.pending)
        if self._seeds and not waiting:
            layer_id = self._seeds[0][0]
            seeds = tuple(seed for of, seed in self._seeds if of == layer_id)
            self._seeds = [(of, seed) for of, seed in self._seeds if of != layer_id]
            self.session.submit(SelectObject(seeds), layer_id)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if job.over and isinstance(job.task, SelectObject):
            QTimer.singleShot(0, self, self._submit_seeds)  # its result is put in place first
