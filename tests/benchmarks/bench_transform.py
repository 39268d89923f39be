# SPDX-License-Identifier: Apache-2.0
"""Dragging a transform's handles on a document of 24 megapixels and 10 layers, against the frame.

A sample is the time from the mouse event to the end of the paint that shows the change. While the
mouse moves a smaller copy of the picture is shown; how long that takes to make, and how long it
takes after the release until all of the real picture is drawn, are rows of their own. Without the
copy (the last row) every movement would wait for the real one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from math import cos, sin
from time import perf_counter

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from prodedit.core import heap
from prodedit.core.geometry import Point
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import apply_theme
from prodedit.gui.tools.tool import Pointer
from prodedit.gui.tools.transform import TransformTool
from prodedit.gui.tools.transform_grips import Mode
from tests.benchmarks.bench_canvas import (
    _NO_TARGET,
    VIEW,
    NoDesk,
    Row,
    Sample,
    _row,
    _timed,
    document,
)
from tests.benchmarks.timing import as_json, quantile, table

MOVES = 40
_RELEASED = ("scale", "warp")
"""Until all of the real picture is there takes many seconds on a busy machine."""
_LAYER = "layer-7"


class Waiting(QObject):
    """An errand that is run when it is told to."""

    done = Signal(object)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.work = work


class Bench:
    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.canvas = Canvas(EditSession(document(), "bench", NoDesk()))
        self.canvas.resize(*VIEW)
        self.canvas.show()
        self.canvas.fit()
        self.canvas.settle()
        self.canvas.session.activate(_LAYER)
        self.errands: list[Waiting] = []

    def begun(self, *, copies: bool) -> TransformTool:
        tool = TransformTool(self.canvas.session, self.canvas)
        if copies:
            tool.run = self._run  # type: ignore[assignment]
        assert tool.begin()
        self.canvas.set_tool(tool)
        return tool

    def copy(self) -> float:
        """Seconds that the smaller copies take."""
        taken = 0.0
        for errand in self.errands:
            begin = perf_counter()
            made = errand.work()
            taken += perf_counter() - begin
            errand.done.emit(made)
        self.errands.clear()
        return taken

    def drag(self, tool: TransformTool, start: Point, moves: int = MOVES) -> list[Sample]:
        tool.press(self._at(start))
        self.app.processEvents()
        places = (
            Point(start.x + 12 * t * cos(t / 5), start.y + 10 * t * sin(t / 7))
            for t in range(1, moves + 1)
        )
        samples = []
        for place in places:
            move = partial(tool.move, self._at(place))
            drawn = partial(self._is_shown, tool)
            samples.append(_timed(self.app, self.canvas, move, is_done=drawn))
        return samples

    def release(self, tool: TransformTool) -> Sample:
        """Until all of it is drawn, sharp."""
        at = tool.pivot
        session = self.canvas.session
        return _timed(
            self.app,
            self.canvas,
            partial(tool.release, self._at(at)),
            has_begun=lambda: session.shown is not session.document,
        )

    def _is_shown(self, tool: TransformTool) -> bool:
        preview = tool._preview
        copied = preview is not None and preview.draft is not None and preview.draft.is_shown
        return copied or self.canvas.is_drawn

    def _run(self, work: Callable[[], object]) -> Waiting:
        self.errands.append(Waiting(work))
        return self.errands[-1]

    def _at(self, point: Point) -> Pointer:
        return Pointer(point, self.canvas.viewport.to_widget(point))


def rows() -> list[Row]:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    heap.keep(heap.PREVIEWS)  # as the window does
    apply_theme(app, "dark")
    bench = Bench(app)
    copying: list[float] = []
    releases: list[Sample] = []

    def dragged(mode: Mode, start: Callable[[TransformTool], Point]) -> list[Sample]:
        tool = bench.begun(copies=True)
        copying.append(bench.copy())
        tool.set_mode(mode)
        samples = bench.drag(tool, start(tool))
        if mode in _RELEASED:
            releases.append(bench.release(tool))
        else:
            tool.cancel()
        tool.drop()
        bench.canvas.settle()
        app.processEvents()
        return samples

    found = [
        _row("transform: scale, 24 megapixels, 10 layers", dragged("scale", _corner)),
        _row("transform: rotate", dragged("rotate", _corner)),
        _row("transform: perspective", dragged("perspective", _corner)),
        _row("transform: warp", dragged("warp", lambda tool: _mesh_point(tool))),
        _row("transform: sharp again after the release", releases) | _NO_TARGET,
    ]
    tool = bench.begun(copies=False)
    slow = bench.drag(tool, _corner(tool), 2)
    tool.cancel()
    tool.drop()
    found.append(_row("transform: scale without the small copy", slow) | _NO_TARGET)
    found[0]["note"] += f"; the copies made aside in {quantile(copying, 0.5) * 1e3:.0f} ms"
    bench.canvas.close()
    return found


def _corner(tool: TransformTool) -> Point:
    return tool.outline[2]


def _mesh_point(tool: TransformTool) -> Point:
    assert tool.pose is not None
    return tool.pose.grid[5]


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
