# SPDX-License-Identifier: Apache-2.0
"""Cut, copy and paste, by the system's clipboard: with transparency, both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from prodedit.core import edits, selection
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.pixels import opaque_and_alpha, scale, straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.png import encode_png
from prodedit.gui.canvas import Canvas
from prodedit.render.compositor import Compositor
from prodedit.render.images import image_of
from prodedit.render.layers_here import alone

PLACE = "application/x-prodedit-place"
"""Our own addition to a picture on the clipboard: where it was, "x,y" in pixels."""


class Stage(Protocol):
    @property
    def canvas(self) -> Canvas | None: ...


class Copied(NamedTuple):
    """A picture as it goes to the clipboard, and where it was."""

    png: bytes
    image: QImage
    place: Rect


class ClipboardCommands(QObject):
    """Works on the selected part of the active layer of the current picture."""

    def __init__(self, workspace: Workspace, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._stage = stage

    def copy(self) -> None:
        """The active layer, as far as it is selected."""
        session = self._workspace.current
        if session is not None:
            self._copy(partial(copied_layer, session.document, session.active_id))

    def copy_merged(self) -> None:
        """The picture as it shows, as far as it is selected."""
        session = self._workspace.current
        if session is not None:
            self._copy(partial(copied, session.document))

    def cut(self) -> None:
        session = self._workspace.current
        if session is None:
            return
        edit = edits.ClearSelected(session.active_id)
        work = partial(_cut, session.document, session.active_id)
        self._copy(work, lambda: session.apply(edit, text=self.tr("Cut")))

    def paste(self) -> None:
        """A picture as a new layer in the middle of what shows, or as a new document where none is
        open; files are opened."""
        self._paste(in_place=False)

    def paste_in_place(self) -> None:
        """A picture that was copied here, where it was."""
        self._paste(in_place=True)

    def open_url(self, name: str) -> None:
        if name:
            self._workspace.open(Path(name))

    def _copy(self, work: Callable[[], Copied], then: Callable[[], object] | None = None) -> None:
        errand = self._workspace.run(work)
        errand.done.connect(_to_clipboard)
        if then is not None:
            errand.done.connect(lambda _: then())
        errand.failed.connect(self._workspace.failed)

    def _paste(self, *, in_place: bool) -> None:
        mime = on_clipboard()
        if mime.hasUrls():
            for url in mime.urls():
                self.open_url(url.toLocalFile())
            return
        image = pasted_image(mime)
        if image.isNull():
            self._workspace.failed.emit(nothing_to_paste())
            return
        self._insert(image, place_of(mime) if in_place else None)

    def _insert(self, image: QImage, place: tuple[int, int] | None) -> None:
        tiles, alpha = image_tiles(image)
        name = self.tr("Pasted picture")
        session = self._workspace.current
        if session is None:
            self._workspace.open_pixels(tiles, name, alpha)
            return
        x, y = place or self._middle(session, tiles.size)
        edit = edits.AddPixelLayer(session.document.new_id(), name, x=x, y=y)
        inputs = {"pixels": tiles} if alpha is None else {"pixels": tiles, "mask": alpha}
        if session.apply(edit, inputs, text=self.tr("Paste")):
            session.activate(edit.layer)

    def _middle(self, session: EditSession, size: Size) -> tuple[int, int]:
        """Over what is selected, else over what of the picture shows."""
        canvas, chosen = self._stage.canvas, session.document.selection
        area = Rect.of(session.document.size)
        if chosen is not None:
            area = selection.bounds(chosen)
        elif canvas is not None and size != session.document.size:
            area = canvas.viewport.visible
        return area.x + (area.width - size.width) // 2, area.y + (area.height - size.height) // 2


def copied(document: Document) -> Copied:
    """The document as it shows. Raises Problem where there is nothing."""
    area = Rect.of(document.size)
    if document.selection is not None:
        area = selection.bounds(document.selection)
    pixels = Compositor().render(document, area)
    if document.selection is not None:
        chosen = np.ascontiguousarray(document.selection.to_array(area))
        pixels = scale(pixels, np.repeat(chosen[..., None], 4, axis=2))
    if not pixels.any():
        text = QT_TRANSLATE_NOOP("Problem", "There is nothing to copy: this place is empty.")
        raise Problem(text, code="nothing-to-copy")
    return Copied(encode_png(straight_rgba(pixels)), image_of(pixels).copy(), area)


def copied_layer(document: Document, layer_id: str) -> Copied:
    """One layer alone, as if it were all there is."""
    return copied(alone(document, layer_id))


def _cut(document: Document, layer_id: str) -> Copied:
    edits.apply(document, edits.ClearSelected(layer_id))  # tells what keeps it from being done
    return copied_layer(document, layer_id)


def image_tiles(image: QImage) -> tuple[Tiles, Tiles | None]:
    """(opaque colour, alpha or None) of an image that came from the clipboard or a drop."""
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(straight.height(), -1)
    pixels: NDArray[np.uint8] = rows[:, : straight.width() * 4].reshape(straight.height(), -1, 4)
    colour, alpha = opaque_and_alpha(pixels)
    return colour, None if (pixels[..., 3] == 255).all() else alpha


def on_clipboard() -> QMimeData:
    """Empty where nothing is there: then Qt gives None, which its stubs do not tell."""
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if mime is None else mime


def nothing_to_paste() -> Problem:
    text = QT_TRANSLATE_NOOP("Problem", "There is no picture to paste. Copy one first.")
    return Problem(text, code="nothing-to-paste")


def pasted_image(mime: QMimeData) -> QImage:
    """PNG bytes first: some systems drop alpha from their own picture format."""
    for kind in ("image/png", "PNG"):
        if mime.hasFormat(kind):
            image = QImage.fromData(mime.data(kind))
            if not image.isNull():
                return image
    return QImage(mime.imageData()) if mime.hasImage() else QImage()


def place_of(mime: QMimeData) -> tuple[int, int] | None:
    """Where a picture of ours was copied from; None for others."""
    x, _, y = bytes(mime.data(PLACE).data()).decode("ascii", "replace").partition(",")
    try:
        return int(x), int(y)
    except ValueError:
        return None


def _to_clipboard(copied: Copied) -> None:
    mime = QMimeData()
    mime.setData("image/png", copied.png)
    mime.setData(PLACE, f"{copied.place.x},{copied.place.y}".encode())
    mime.setImageData(copied.image)
    QGuiApplication.clipboard().setMimeData(mime)
