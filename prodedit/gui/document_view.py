# SPDX-License-Identifier: Apache-2.0
"""One open picture in the window: its canvas, its tools, and what clicks ask the engine for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from prodedit.core.colour import Colour
from prodedit.core.geometry import Point
from prodedit.core.selection import Mode
from prodedit.editing.aids import Aids
from prodedit.editing.colour_pair import ColourPair
from prodedit.editing.recolour import recoloured
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import Seed, SelectObject
from prodedit.gui.canvas import Canvas
from prodedit.gui.late import soon
from prodedit.gui.lent_tools import LentTools
from prodedit.gui.opacity_keys import OpacityKeys
from prodedit.gui.paint_options import PaintOptions
from prodedit.gui.product_selection import ask_for_selection, no_pixels_here
from prodedit.gui.rulers import Rulers
from prodedit.gui.select_options import SelectOptions
from prodedit.gui.selection_bar import SelectionBar
from prodedit.gui.tools import (
    ClickSelect,
    Eraser,
    Eyedropper,
    MaskBrush,
    ObjectSelect,
    PaintBrush,
    PaintTool,
    PouringTool,
    QuickMask,
    SelectTool,
    ShapeTool,
    TextTool,
    Tool,
    Wand,
    make_tools,
)
from prodedit.gui.tools.wand import Run


class DocumentView(QWidget):
    """Lives as long as its session's tab."""

    colour_taken = Signal(object, bool)
    """By the eyedropper: a Colour, and whether it is to be the one behind."""

    def __init__(
        self, session: EditSession, parent: QWidget | None = None, run: Run | None = None
    ) -> None:
        """`run`: does something away from the window's thread; without it the window waits."""
        super().__init__(parent)
        self.session = session
        self.run = run
        self.canvas = Canvas(session, self)
        self.canvas.moving.run = run
        self._tools = make_tools(session, self.canvas)
        self.brush.recolour = recoloured
        self.canvas.refused.connect(session.failed)
        click_select = self._tools[ClickSelect.id]
        assert isinstance(click_select, ClickSelect)
        click_select.clicked.connect(self._object_clicked)
        self.quick_mask = QuickMask(session, self.canvas)
        self._tool_id = ""
        self._opacity = OpacityKeys()
        for tool in self._tools.values():
            if isinstance(tool, Wand):
                tool.run = run
            elif isinstance(tool, ObjectSelect):
                tool.picked.connect(self._object_picked)
            elif isinstance(tool, Eyedropper):
                tool.picked.connect(partial(self._colour_picked, tool))
            elif isinstance(tool, PaintTool | PouringTool):
                self._set_up(tool)
        self._seeds: list[tuple[str, Seed]] = []
        session.job_changed.connect(self._job_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.rulers = Rulers(self.canvas, self)
        selecting = tuple(t for t in self._tools.values() if isinstance(t, SelectTool))
        self.select_options = SelectOptions(self, selecting)
        self.paint_options = PaintOptions(self)
        self.lent = LentTools(self)
        self._bar: SelectionBar | None = None
        self.canvas.tool_changed.connect(self._show_options)

    @property
    def brush(self) -> MaskBrush:
        tool = self._tools[MaskBrush.id]
        assert isinstance(tool, MaskBrush)
        return tool

    def set_aids(self, aids: Aids, resolution: float) -> None:
        """`resolution`: pixels per inch as the photo told, 0 when it did not."""
        self.canvas.marks.resolution = resolution
        self.canvas.marks.set_aids(aids)
        self.rulers.follow(aids)
        if self._bar is not None:
            self._bar.place()
        self._show_options(self.canvas.tool)

    def set_colours(self, pair: ColourPair) -> None:
        """What new text and shapes are drawn in, and what brushes paint."""
        for tool in self._tools.values():
            if isinstance(tool, TextTool | ShapeTool):
                tool.colour = pair.foreground
            elif isinstance(tool, PaintTool | PouringTool):
                tool.colours = pair

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(self._tools.values())

    def tool(self, tool_id: str) -> Tool:
        return self._tools[tool_id]

    def show_bar(self, bar: SelectionBar | None) -> None:
        """What asks for a number over the canvas, in the place of any other."""
        old, self._bar = self._bar, bar
        if bar is not None:
            if old is not None:
                old.close_down()
                self._bar = bar
            bar.show()
            bar.place()
            bar.raise_()
            bar.setFocus()
        self._show_options(self.canvas.tool)

    def restore_tool(self) -> None:
        """The one that was chosen, after another was lent."""
        self.choose_tool(self._tool_id)

    def choose_tool(self, tool_id: str) -> None:
        self._tool_id = tool_id
        brushes = (MaskBrush.id, PaintBrush.id)
        masking = tool_id in brushes and self.canvas.selection_view.is_quick_mask
        self.canvas.set_tool(self.quick_mask if masking else self._tools[tool_id])

    def set_quick_mask(self, on: bool) -> None:
        """Paint the selection with the brush; afterwards the tool that was chosen before."""
        self.canvas.selection_view.set_quick_mask(on)
        if on:
            self.canvas.set_tool(self.quick_mask)
        else:
            self.choose_tool(self._tool_id)

    @Slot(object)
    def _show_options(self, tool: Tool | None) -> None:
        free = None if self._bar is not None else tool
        self.select_options.show_for(free)
        self.paint_options.show_for(free)
        self.lent.show_for(free)

    def _set_up(self, tool: PaintTool | PouringTool) -> None:
        tool.run = self.run
        if isinstance(tool, PaintBrush):
            tool.picked.connect(lambda colour: self.colour_taken.emit(colour, False))
        elif isinstance(tool, Eraser):
            tool.hiding.recolour = recoloured

    def _colour_picked(self, tool: Eyedropper, colour: Colour) -> None:
        if self._bar is None and self._tool_id == tool.id:  # not lent
            self.colour_taken.emit(colour, tool.is_behind)

    @Slot(object, str)
    def _object_picked(self, point: Point, mode: Mode) -> None:
        """Ask what is there as if nothing had been cut out; the answer is selected."""
        layer = self.session.active_layer
        if layer is None or layer.tiles is None:
            self.canvas.refused.emit(no_pixels_here())
            return
        place = layer.transform.inverse().map(point)
        if layer.tiles.bounds.contains(place):
            task = SelectObject((Seed(int(place.x), int(place.y), True),))
            ask_for_selection(self.session, task, layer, mode)

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
            soon(self, self._submit_seeds)  # its result is put in place first

    # Qt's own names

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the canvas had no use for."""
        if not self._opacity.pressed(self.session, event):
            super().keyPressEvent(event)
