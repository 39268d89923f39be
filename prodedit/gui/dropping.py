# SPDX-License-Identifier: Apache-2.0
"""Files and pictures that are dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.clipboard import image_tiles, pasted_image
from prodedit.gui.commands.files import FileCommands, place_pixels
from prodedit.gui.documents.drop_places import DropPlaces
from prodedit.gui.translation import translate


class Dropping(QObject):
    """What the drag events of `window` mean. takes: whether files were meant for somebody else,
    who has them now."""

    lit = Signal(bool)
    """Whether something that can be dropped hovers over the window."""

    def __init__(
        self,
        workspace: Workspace,
        files: FileCommands,
        takes: Callable[[list[Path]], bool],
        window: QWidget,
        places: DropPlaces,
    ) -> None:
        """places: shown while there is a picture that layers can be added to."""
        super().__init__(window)
        self.places = places
        self._workspace = workspace
        self._files = files
        self._takes = takes
        self._window = window
        window.setAcceptDrops(True)

    def enter(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            if self._workspace.current is None:
                self.lit.emit(True)
            else:
                self.places.begin()

    def move(self, event: QDragMoveEvent) -> None:
        if not self.places.isHidden():
            self.places.hover(_on_screen(self._window, event))

    def leave(self) -> None:
        self.lit.emit(False)
        self.places.hide()

    def drop(self, event: QDropEvent) -> None:
        as_layers = not self.places.isHidden() and self.places.is_layer(
            _on_screen(self._window, event)
        )
        self.leave()
        event.acceptProposedAction()
        mime = event.mimeData()
        if mime.hasUrls():
            names = (url.toLocalFile() for url in mime.urls())
            self._open_files([Path(name) for name in names if name], as_layers)
        else:
            self._open_image(mime, as_layers)

    def _open_files(self, paths: list[Path], as_layers: bool) -> None:
        session = self._workspace.current
        if self._takes(paths):
            return
        if session is None or not as_layers:
            self._files.open_all(paths)
            return
        for path in paths:
            self._files.place_file(session, path)

    def _open_image(self, mime: QMimeData, as_layer: bool) -> None:
        image = pasted_image(mime)
        if image.isNull():
            return
        tiles, alpha = image_tiles(image)
        name, session = translate("MainWindow", "Dropped picture"), self._workspace.current
        if session is None or not as_layer:
            self._workspace.open_pixels(tiles, name, alpha)
        else:
            place_pixels(session, name, (tiles, alpha))


def _on_screen(window: QWidget, event: QDropEvent) -> QPoint:
    return window.mapToGlobal(event.position().toPoint())
