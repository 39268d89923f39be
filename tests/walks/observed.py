# SPDX-License-Identifier: Apache-2.0
"""`python -m prodedit`, and beside it a file that says where on the screen each thing is, so that
a test can aim: `python -m tests.walks.observed FILE.json ARGUMENTS...`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QTableWidget,
    QTreeWidget,
    QWidget,
)

import prodedit.app
from prodedit.core.selection import bounds
from prodedit.editing.session import EditSession
from prodedit.gui.actions import tooltip
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.adjustments.curve_graph import CurveGraph
from prodedit.gui.panels.adjustments.handles import HandleBar
from prodedit.gui.panels.layer_tree import LayerTree
from prodedit.gui.panels.layers_model import LayerRole
from prodedit.gui.studio.grid import PickGrid
from prodedit.gui.studio.large_picture import LargePicture
from prodedit.gui.studio.panel import StudioPanel
from prodedit.gui.training.window import TrainingWindow


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
        for widget in sorted(self.allWidgets(), key=_prominence):
            name = name_of(widget)
            if name and widget.isVisible() and not widget.visibleRegion().isEmpty():
                rect = widget.visibleRegion().boundingRect()
                corner = widget.mapToGlobal(QPoint(rect.x(), rect.y()))
                yield name, [corner.x(), corner.y(), rect.width(), rect.height()]
            if isinstance(widget, LayerTree) and widget.isVisible():
                yield from _rows(widget)
            if isinstance(widget, PickGrid) and widget.isVisible():
                yield from _cells(widget)
            if isinstance(widget, QTableWidget | QTreeWidget) and widget.isVisible():
                yield from _lines(widget)
            if isinstance(widget, QMenu) and widget.isVisible():
                yield from _entries(widget)

    def _state(self) -> dict[str, object]:
        windows = [w for w in self.topLevelWidgets() if isinstance(w, MainWindow)]
        workspace = getattr(windows[0], "workspace", None) if windows else None
        session = None if workspace is None else workspace.current
        return {
            "open": [] if workspace is None else [one.name for one in workspace.sessions],
            "windows": [w.windowTitle() for w in self.topLevelWidgets() if w.isVisible()],
            "told": [] if workspace is None else list(windows[0].notices.texts),
            "steps": -1 if session is None else session.stack.index(),
            "selected": None if session is None else _selected(session),
            "layers": [] if session is None else [one.id for one in session.document.layers],
            "rows": [] if session is None else [one.name for one in session.document.walk()],
            "dirty": session is not None and session.is_dirty,
            "busy": workspace is not None and workspace.is_busy_with_files,
            "values": dict(_values(self.allWidgets())),
            "focus": "" if (focused := self.focusWidget()) is None else name_of(focused),
            "lightness": self.palette().window().color().lightness(),
            **(_studio(windows[0].studio) if workspace is not None else {}),
            **(_training(windows[0].trainings.window) if workspace is not None else {}),
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


def _lines(table: QTableWidget | QTreeWidget) -> Iterator[tuple[str, list[int]]]:
    """ "Posterise/line": those of a list that are in sight, by what stands first in them."""
    down, room = 2, table.viewport().rect()
    while down < room.height() and (index := table.indexAt(QPoint(2, down))).isValid():
        rect = table.visualRect(index)
        yield f"{index.data()}/line", _on_screen(table.viewport(), rect.intersected(room))
        down = max(down, rect.bottom()) + 3


def _entries(menu: QMenu) -> Iterator[tuple[str, list[int]]]:
    """ "Duplicate/entry": of an open menu, those that can be chosen."""
    for action in menu.actions():
        if action.isVisible() and action.isEnabled() and not action.isSeparator():
            place = _on_screen(menu, menu.actionGeometry(action))
            yield f"{tooltip(action.text(), ())}/entry", place


def _on_screen(widget: QWidget, rect: QRect) -> list[int]:
    corner = widget.mapToGlobal(rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]


def _values(widgets: list[QWidget]) -> Iterator[tuple[str, str]]:
    """What fields that are in sight say."""
    for widget in sorted(widgets, key=_prominence):
        if widget.isVisible() and isinstance(widget, QLineEdit):
            yield name_of(widget), widget.text()
        if widget.isVisible() and isinstance(widget, QComboBox):
            yield name_of(widget), widget.currentText()


def _prominence(widget: QWidget) -> tuple[bool, bool]:
    """Of two with one name the last is meant: what can be used, in the newest window."""
    return not isinstance(widget.window(), MainWindow), not isinstance(widget, QLabel)


def _cells(grid: PickGrid) -> Iterator[tuple[str, list[int]]]:
    """ "Picture 3": those that are wholly in sight."""
    for row in range(grid.count()):
        item = grid.item(row)
        rect = grid.visualItemRect(item)
        if grid.visibleRegion().contains(rect) and item.flags():
            corner = grid.viewport().mapToGlobal(rect.topLeft())
            name = item.data(Qt.ItemDataRole.AccessibleTextRole)
            yield name, [corner.x(), corner.y(), rect.width(), rect.height()]


def _studio(panel: StudioPanel) -> dict[str, object]:
    """What the Generate panel shows; `chosen`: another number, another picture."""
    chosen = panel.studio.chosen
    return {
        "made": len([pick for pick in panel.sampler.slots if pick is not None]),
        "chosen": None if chosen is None else id(chosen.latent),
        "pulls": panel.change.part.dragger.is_going,
    }


def _training(window: TrainingWindow | None) -> dict[str, object]:
    """What the training window says."""
    if window is None:
        return {"trained": "", "begun": 0}
    runs = window.course is not None
    return {
        "trained": window.progress.told.text() if runs else "",
        "refused": window.told.text(),
        "figures": len(window.progress.plot.shown),
        "begun": window.trainings.count() - 1,
    }


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
        its = widget.accessibleName()
        return its if its and widget.objectName().startswith("qt_") else widget.objectName() or its
    if isinstance(widget, CurveGraph | HandleBar):
        return widget.accessibleName()
    if isinstance(widget, QComboBox):
        return widget.accessibleName() or _beside(widget)
    if isinstance(widget, LargePicture):
        return widget.accessibleName()
    if isinstance(widget, QSlider):
        return f"{widget.accessibleName()} slider"
    return widget.text() if isinstance(widget, QLabel) else ""


def _beside(widget: QWidget) -> str:
    """The label that says what it is for."""
    labels = widget.window().findChildren(QLabel) if widget.isVisible() else []
    return next((label.text() for label in labels if label.buddy() is widget), "")


if __name__ == "__main__":
    OUT = sys.argv[1]
    prodedit.app.QApplication = Observed  # type: ignore[misc]
    sys.exit(prodedit.app.main(sys.argv[2:]))
