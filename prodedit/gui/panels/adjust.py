# SPDX-License-Identifier: Apache-2.0
"""The Adjust panel: all adjustments to choose from, and the controls of the one that is active."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from prodedit.core.adjust.values import Adjustment, Lut, Recolour
from prodedit.core.colour import Colour
from prodedit.core.layer import AdjustmentContent, Layer
from prodedit.editing.adjusting import AUTO, adding, with_auto
from prodedit.editing.session import EditSession
from prodedit.editing.variants import VariantExports
from prodedit.editing.workspace import Workspace
from prodedit.files.cube import read_cube
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.bench import Bench
from prodedit.gui.panels.adjustments.controls import Controls
from prodedit.gui.panels.adjustments.grid import Grid
from prodedit.gui.panels.adjustments.kinds import BY_ID
from prodedit.gui.panels.adjustments.lut import SUFFIX, ask_for_table, dropped_table
from prodedit.gui.panels.adjustments.recolour import RecolourSection
from prodedit.gui.panels.histogram import HistogramSection
from prodedit.gui.recipes.words import step_text
from prodedit.gui.translation import translate


class AdjustPanel(QWidget):
    """Adding makes a layer above the active one; its controls stay as long as it is active."""

    told = Signal(str)
    """A sentence to tell."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._view: DocumentView | None = None
        self._browsed = ""
        self.bench = Bench(workspace, self)
        self.exports = VariantExports(workspace, self)
        self.histogram = HistogramSection(workspace, self.bench.reduced, self)
        self.grid = Grid(self)
        self.controls = Controls(self.bench, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.histogram)
        column.addWidget(self.grid)
        column.addWidget(self.controls)
        column.addStretch(1)
        self.setMinimumWidth(1)
        self.setAcceptDrops(True)
        self.grid.chosen.connect(self.add)
        self.grid.auto_chosen.connect(self.add_auto)
        self.controls.left.connect(self._browse)
        self.controls.export_wanted.connect(self._choose_folder)
        self.exports.told.connect(self.told)

    @property
    def session(self) -> EditSession | None:
        return None if self._view is None else self._view.session

    def set_view(self, view: DocumentView | None) -> None:
        if self.session is not None:
            self.session.changed.disconnect(self._follow)
            self.session.active_changed.disconnect(self._follow)
        self._view = view
        if view is not None:
            view.session.changed.connect(self._follow)
            view.session.active_changed.connect(self._follow)
        self.histogram.set_session(self.session)
        self.setEnabled(view is not None)
        self._follow()

    def add(self, kind_id: str) -> None:
        """A new layer of that kind; of a colour table its file is asked for first."""
        kind = BY_ID[kind_id]
        if self.session is None:
            return
        if kind.first is None:
            ask_for_table(self, self.add_table)
            return
        section = self.insert(kind.first, kind.title)
        if section and isinstance(self.controls.section, RecolourSection):
            self.controls.section.begin()

    def add_table(self, path: Path) -> None:
        """A layer with the colour table in a .cube file."""
        session = self.session
        errand = self._workspace.run(partial(read_cube, path))
        errand.done.connect(while_there(self, self._insert_table, session))
        errand.failed.connect(self._workspace.failed)

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether what was dropped on the window is a colour table for the open picture."""
        if self.session is None or len(paths) != 1 or paths[0].suffix.lower() != SUFFIX:
            return False
        self.add_table(paths[0])
        return True

    def add_auto(self, name: str) -> None:
        """Levels or white balance read off what lies below; see AUTO."""
        session = self.session
        if session is None:
            return
        document, active = session.document, session.active_id
        work = partial(with_auto, document, active, name, self.bench.reduced)
        errand = self._workspace.run(work)
        errand.done.connect(while_there(self, self._insert_auto, session, AUTO[name].title))
        errand.failed.connect(self._workspace.failed)

    def insert(self, adjustment: Adjustment, name: str) -> bool:
        """Above the active layer, and only for it where that is a cut-out product; see `adding`."""
        session = self.session
        if session is None:
            return False
        new_id = session.document.new_id()
        edit = adding(session.document, session.active_id, new_id, name, adjustment)
        if not session.apply(edit, text=step_text(edit)):
            return False
        self._browsed = ""
        session.activate(new_id)
        return True

    def _insert_table(self, session: EditSession | None, table: Lut) -> None:
        if session is not None and session is self.session:
            self.insert(table, table.name)

    def _insert_auto(self, session: EditSession, title: str, adjustment: Adjustment) -> None:
        if session is self.session:
            self.insert(adjustment, translate("Adjustment", title))

    @Slot()
    def _follow(self, *_ignored: object) -> None:
        layer = None if self.session is None else self.session.active_layer
        shown = layer if layer is not None and _adjusts(layer) else None
        if shown is None or shown.id != self._browsed:
            self._browsed = ""
        else:
            shown = None
        self.bench.show_layer(self._view, "" if shown is None else shown.id)
        self.controls.show_layer(shown)
        self.controls.setVisible(shown is not None)
        self.grid.setVisible(shown is None)

    def _browse(self) -> None:
        """All adjustments again, though one is active."""
        self._browsed = "" if self.session is None else self.session.active_id
        self._follow()

    def _choose_folder(self, recolour: Recolour, colours: tuple[Colour, ...]) -> None:
        title = self.tr("Folder for the variants")
        start = self._workspace.settings.export_folder
        name = QFileDialog.getExistingDirectory(self, title, start)
        if name:
            self.export_variants(recolour, colours, Path(name))

    def export_variants(
        self, recolour: Recolour, colours: tuple[Colour, ...], folder: Path
    ) -> None:
        """One file for each colour, with the setting of the Export panel."""
        layer = self.bench.layer
        if self.session is not None and layer is not None:
            self.exports.start(self.session, layer.id, recolour, colours, folder)

    # Qt's own names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_table(event.mimeData()) is not None and self.session is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_table(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.add_table(path)


def _adjusts(layer: Layer) -> bool:
    return isinstance(layer.content, AdjustmentContent)
