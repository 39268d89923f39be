# SPDX-License-Identifier: Apache-2.0
"""`python -m prodedit`, and beside it a file that says where on the screen each thing is, so that
a test can aim: `python -m tests.walks.observed FILE.json ARGUMENTS...`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QSlider, QWidget

import prodedit.app
from prodedit.core.selection import bounds
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjustments.curve_graph import CurveGraph
from prodedit.gui.panels.adjustments.handles import HandleBar
from prodedit.gui.panels.layer_tree import LayerTree
from prodedit.gui.panels.layers_model import LayerRole


class Observed(QApplication):
    """Tells a few times a second; does nothing else."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._told = 0
        self._timer = QTimer(self, interval=60)
        self._timer.timeout.connect(self._tell)
        self._timer.start()

    def _tell(self) -> None:
        self._told += 1
        seen = {"number": self._told, "places": dict(self._places()), **self._state()}
        fresh = Path(f"{OUT}.new")
        fresh.write_text(json.dumps(seen))
        fresh.replace(OUT)

    def _places(self) -> Iterator[tuple[str, list[int]]]:
        for widget in self.allWidgets():
            name = name_of(widget)
            if name and widget.isVisible() and not widget.visibleRegion().isEmpty():
                rect = widget.visibleRegion().boundingRect()
                corner = widget.mapToGlobal(QPoint(rect.x(), rect.y()))
                yield name, [corner.x(), corner.y(), rect.width(), rect.height()]
            if isinstance(widget, LayerTree) and widget.isVisible():
                yield from _rows(widget)

    def _state(self) -> dict[str, object]:
        windows = [w for w in self.topLevelWidgets() if isinstance(w, MainWindow)]
        workspace = getattr(windows[0], "workspace", None) if windows else None
        session = None if workspace is None else workspace.current
        return {
            "windows": [w.windowTitle() for w in self.topLevelWidgets() if w.isVisible()],
            "told": [] if workspace is None else list(windows[0].notices.texts),
            "steps": -1 if session is None else session.stack.index(),
            "selected": None if session is None else _selected(session),
            "layers": [] if session is None else [one.id for one in session.document.layers],
            "rows": [] if session is None else [one.name for one in session.document.walk()],
            "dirty": session is not None and session.is_dirty,
            "busy": workspace is not None and workspace.is_busy_with_files,
        }


def _rows(tree: LayerTree) -> Iterator[tuple[str, list[int]]]:
    """ "mug.jpg/eye": the parts of the rows that are in sight."""
    index = tree.indexAt(QPoint(tree.viewport().width() // 2, 1))
    while index.isValid():
        layer = index.data(LayerRole.LAYER)
        for part, rect in tree.row.parts(tree.visualRect(index), layer).items():
            seen = rect.intersected(tree.viewport().rect())
            corner = tree.viewport().mapToGlobal(seen.topLeft())
            if not seen.isEmpty():
                place = [corner.x(), corner.y(), seen.width(), seen.height()]
                yield f"{layer.name}/{part}", place
        index = tree.indexBelow(index)


def _selected(session: EditSession) -> list[int] | None:
    """The rectangle round what is selected at all; None: nothing, so all."""
    chosen = session.document.selection
    return None if chosen is None else list(bounds(chosen))


def name_of(widget: QWidget) -> str:
    """What a person would call it."""
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "") or widget.accessibleName()
    if isinstance(widget, Canvas):
        return "canvas"
    if isinstance(widget, QLineEdit):
        return widget.objectName()
    if isinstance(widget, CurveGraph | HandleBar):
        return widget.accessibleName()
    if isinstance(widget, QSlider):
        return f"{widget.accessibleName()} slider"
    return widget.text() if isinstance(widget, QLabel) else ""


if __name__ == "__main__":
    OUT = sys.argv[1]
    prodedit.app.QApplication = Observed  # type: ignore[misc]
    sys.exit(prodedit.app.main(sys.argv[2:]))
