# SPDX-License-Identifier: Apache-2.0
"""New layers: empty, of a fill, an adjustment of what lies below."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from prodedit.core import edits
from prodedit.core.adjust.values import Adjustment
from prodedit.core.fill import Fill, GradientFill, PatternFill, SolidFill
from prodedit.core.pixels import premultiply, tiles_from_rgb
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.files import PICTURES
from prodedit.gui.recipes.words import step_text
from prodedit.gui.tools.placing import above_active


class NewLayerCommands(QObject):
    """Each stands just above the active layer, and is active afterwards."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def new_layer(self) -> None:
        session = self._workspace.current
        if session is not None:
            add_empty_layer(session, self.tr("Layer"))

    def new_colour(self) -> None:
        self._fill(self.tr("Colour"), SolidFill(self._workspace.settings.colours.foreground))

    def new_gradient(self) -> None:
        pair = self._workspace.settings.colours
        self._fill(self.tr("Gradient"), GradientFill(pair.foreground, pair.background))

    def new_pattern(self) -> None:
        """A picture that is laid side by side."""
        filters = self.tr("Pictures ({patterns})").format(patterns=PICTURES)
        title = self.tr("Picture of the pattern")
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", filters)
        if name:
            self.new_pattern_of(Path(name))

    def new_pattern_of(self, path: Path) -> None:
        session = self._workspace.current
        if session is None:
            return
        errand = self._workspace.run(partial(_picture, self._workspace, path))
        errand.done.connect(
            lambda tiles: self._add_fill(session, path.stem, PatternFill(), {"pattern": tiles})
        )
        errand.failed.connect(self._workspace.failed)

    def add_adjustment(self, name: str, adjustment: Adjustment) -> None:
        """`name`: of the layer, in the window's language."""
        session = self._workspace.current
        if session is None:
            return
        new_id, (parent, index) = session.document.new_id(), above_active(session)
        edit = edits.AddAdjustmentLayer(new_id, name, adjustment, parent, index)
        if session.apply(edit, text=step_text(edit)):
            session.activate(new_id)

    def _fill(self, name: str, fill: Fill) -> None:
        if self._workspace.current is not None:
            self._add_fill(self._workspace.current, name, fill)

    def _add_fill(
        self, session: EditSession, name: str, fill: Fill, inputs: edits.Inputs = edits.NO_INPUTS
    ) -> None:
        new_id, (parent, index) = session.document.new_id(), above_active(session)
        if session.apply(edits.AddFillLayer(new_id, name, fill, parent, index), inputs):
            session.activate(new_id)


def add_empty_layer(session: EditSession, name: str) -> None:
    """As large as the canvas, and active."""
    new_id, (parent, index) = session.document.new_id(), above_active(session)
    edit = edits.AddPixelLayer(new_id, name, parent, index)
    if session.apply(edit, {"pixels": Tiles.empty(session.document.size, 4)}):
        session.activate(new_id)


def _picture(workspace: Workspace, path: Path) -> Tiles:
    pixels = workspace.decoder.decode(path).pixels
    if pixels.shape[2] == 3:
        return tiles_from_rgb(pixels)
    return Tiles.from_array(premultiply(pixels)).without_blank()
