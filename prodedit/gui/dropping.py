# SPDX-License-Identifier: Apache-2.0
"""Files and pictures that are dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from prodedit.editing.workspace import Workspace
from prodedit.gui.commands.clipboard import image_tiles, pasted_image
from prodedit.gui.commands.files import FileCommands
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
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._files = files
        self._takes = takes
        window.setAcceptDrops(True)

    def enter(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.lit.emit(True)

    def leave(self) -> None:
        self.lit.emit(False)

    def drop(self, event: QDropEvent) -> None:
        self.lit.emit(False)
        event.acceptProposedAction()
        mime = event.mimeData()
        if mime.hasUrls():
            names = (url.toLocalFile() for url in mime.urls())
            self._open_files([Path(name) for name in names if name])
        else:
            self._open_image(mime)

    def _open_files(self, paths: list[Path]) -> None:
        if not self._takes(paths):
            self._files.open_all(paths)

    def _open_image(self, mime: QMimeData) -> None:
        image = pasted_image(mime)
        if not image.isNull():
            tiles, alpha = image_tiles(image)
            self._workspace.open_pixels(tiles, translate("MainWindow", "Dropped picture"), alpha)
