# SPDX-License-Identifier: Apache-2.0
"""The Edit menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.pixels import opaque_and_alpha, straight_rgba
from prodedit.core.tiles import Tiles
from prodedit.editing.workspace import Workspace
from prodedit.files.png import encode_png
from prodedit.gui.dialogs.preferences import Preferences
from prodedit.render.compositor import Compositor
from prodedit.render.images import image_of


class EditCommands(QObject):
    """Undo, redo, the clipboard, preferences."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def undo(self) -> None:
        if self._workspace.current is not None:
            self._workspace.current.undo()

    def redo(self) -> None:
        if self._workspace.current is not None:
            self._workspace.current.redo()

    def copy(self) -> None:
        """The picture as it shows, with transparency: as PNG bytes and as an image."""
        session = self._workspace.current
        if session is not None:
            errand = self._workspace.run(partial(_copied, session.document))
            errand.done.connect(_to_clipboard)
            errand.failed.connect(self._workspace.failed)

    def paste(self) -> None:
        """A picture as a new layer, or as a new document where none is open; files are opened."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasUrls():
            for url in mime.urls():
                self.open_url(url.toLocalFile())
            return
        image = pasted_image(mime)
        if not image.isNull():
            self._insert(image)

    def open_url(self, name: str) -> None:
        if name:
            self._workspace.open(Path(name))

    def preferences(self) -> None:
        Preferences(self._workspace, self._window).show()

    def _insert(self, image: QImage) -> None:
        tiles, alpha = image_tiles(image)
        name = self.tr("Pasted picture")
        session = self._workspace.current
        if session is None:
            self._workspace.open_pixels(tiles, name, alpha)
            return
        edit = edits.AddPixelLayer(session.document.new_id(), name)
        inputs = {"pixels": tiles} if alpha is None else {"pixels": tiles, "mask": alpha}
        if session.apply(edit, inputs, text=self.tr("Paste")):
            session.activate(edit.layer)


def image_tiles(image: QImage) -> tuple[Tiles, Tiles | None]:
    """(opaque colour, alpha or None) of an image that came from the clipboard or a drop."""
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(straight.height(), -1)
    pixels: NDArray[np.uint8] = rows[:, : straight.width() * 4].reshape(straight.height(), -1, 4)
    colour, alpha = opaque_and_alpha(pixels)
    return colour, None if (pixels[..., 3] == 255).all() else alpha


def pasted_image(mime: QMimeData) -> QImage:
    """PNG bytes first: some systems drop alpha from their own picture format."""
    for kind in ("image/png", "PNG"):
        if mime.hasFormat(kind):
            image = QImage.fromData(mime.data(kind))
            if not image.isNull():
                return image
    return QImage(mime.imageData()) if mime.hasImage() else QImage()


class _Copied(NamedTuple):
    png: bytes
    image: QImage


def _copied(document: Document) -> _Copied:
    merged = Compositor().merged(document)
    return _Copied(encode_png(straight_rgba(merged)), image_of(merged).copy())


def _to_clipboard(copied: _Copied) -> None:
    mime = QMimeData()
    mime.setData("image/png", copied.png)
    mime.setImageData(copied.image)
    QGuiApplication.clipboard().setMimeData(mime)
