# SPDX-License-Identifier: Apache-2.0
"""The Picture menu: the cut-out and its corrections."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from prodedit.core import edits
from prodedit.core.export_setting import ExportSetting
from prodedit.core.tiles import Tiles
from prodedit.editing.workspace import Workspace
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import encode
from prodedit.gui.commands.files import PICTURES

STEP = 2
"""Pixels by which the menu grows, shrinks and feathers; the panel has the exact number."""


class CutoutCommands(QObject):
    """Works on the active layer of the current picture."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def remove_background(self) -> None:
        session = self._workspace.current
        if session is not None:
            session.submit(RemoveBackground(model=self._workspace.settings.cutout_model))

    def invert_mask(self) -> None:
        self._apply(edits.InvertMask(self._layer_id))

    def grow_mask(self) -> None:
        self._apply(edits.GrowMask(self._layer_id, STEP))

    def shrink_mask(self) -> None:
        self._apply(edits.GrowMask(self._layer_id, -STEP))

    def feather_mask(self) -> None:
        self._apply(edits.FeatherMask(self._layer_id, STEP))

    def defringe(self) -> None:
        self._apply(edits.Defringe(self._layer_id, STEP))

    def toggle_mask(self) -> None:
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None and layer.mask is not None:
            self._apply(edits.EnableMask(layer.id, not layer.mask.enabled))

    def remove_mask(self) -> None:
        self._apply(edits.RemoveMask(self._layer_id))

    def import_mask(self) -> None:
        filters = self.tr("Pictures ({patterns})").format(patterns=PICTURES)
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import mask"), "", filters)
        if name:
            self.import_mask_file(Path(name))

    def import_mask_file(self, path: Path) -> None:
        """Its alpha where it has some, else its brightness, becomes the active layer's mask."""
        session = self._workspace.current
        if session is None:
            return
        layer_id = session.active_id
        errand = self._workspace.run(partial(_read_mask, self._workspace, path))
        errand.failed.connect(self._workspace.failed)

        def put(alpha: Tiles) -> None:
            session.apply(edits.SetMask(layer_id), {"alpha": alpha}, text=self.tr("Import mask"))

        errand.done.connect(put)

    def export_mask(self) -> None:
        session = self._workspace.current
        if session is None:
            return
        stem = Path(session.name).stem
        folder = session.source.parent if session.source else Path.home()
        proposed = str(folder / f"{stem}-mask.png")
        title = self.tr("Export mask")
        name, _ = QFileDialog.getSaveFileName(self._window, title, proposed, "PNG (*.png)")
        if name:
            self.export_mask_file(Path(name))

    def export_mask_file(self, path: Path) -> None:
        """Write the active layer's mask as a grey PNG: white is product, black is background."""
        session = self._workspace.current
        layer = None if session is None else session.active_layer
        if layer is not None and layer.mask is not None:
            errand = self._workspace.run(partial(_write_mask, layer.mask.alpha, path))
            errand.failed.connect(self._workspace.failed)

    @property
    def _layer_id(self) -> str:
        session = self._workspace.current
        return "" if session is None else session.active_id

    def _apply(self, edit: edits.Edit) -> None:
        if self._workspace.current is not None:
            self._workspace.current.apply(edit)


def _read_mask(workspace: Workspace, path: Path) -> Tiles:
    pixels = workspace.decoder.decode(path).pixels
    if pixels.shape[2] == 4 and not (pixels[..., 3] == 255).all():
        return Tiles.from_array(np.ascontiguousarray(pixels[..., 3]))
    grey: NDArray[np.uint8] = np.asarray(
        cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2GRAY), np.uint8
    )
    return Tiles.from_array(grey)


def _write_mask(alpha: Tiles, path: Path) -> None:
    grey = alpha.to_array()
    rgb = np.repeat(grey[..., None], 3, axis=2)
    write_atomic(path, encode(rgb, ExportSetting(format="png"), None))
