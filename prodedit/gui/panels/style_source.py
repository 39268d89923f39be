# SPDX-License-Identifier: Apache-2.0
"""A picture of one's own as style: a file, the clipboard, another layer, or what is dropped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from prodedit.core.layer import Layer
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.pictures import photo_tiles
from prodedit.gui.commands.clipboard import (
    image_tiles,
    nothing_to_paste,
    on_clipboard,
    pasted_image,
)
from prodedit.gui.commands.files import PICTURES
from prodedit.gui.icons import set_icon
from prodedit.gui.late import while_there
from prodedit.gui.panels.thumbnails import SIDE, Thumbnails
from prodedit.gui.theme import palette_now


class OwnStyle(NamedTuple):
    """`tiles`: the picture's colours, opaque."""

    name: str
    tiles: Tiles


class StyleSource(QWidget):
    """Says which picture is the style, and lets the person choose one."""

    chosen = Signal(object)
    """An OwnStyle; None: no picture any more."""
    failed = Signal(object)
    """A Problem."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self._thumbnails = Thumbnails()
        self.button = QToolButton(self)
        self.button.setProperty("look", "menu")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(SIDE, SIDE) / 1.5)
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self.menu)
        self.drop_it = QToolButton(self)
        set_icon(self.drop_it, "x", palette_now())
        self.drop_it.setToolTip(self.tr("No picture of my own"))
        self.drop_it.setAccessibleName(self.tr("No picture of my own"))
        self.drop_it.clicked.connect(lambda: self.chosen.emit(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.button)
        row.addWidget(self.drop_it)
        row.addStretch(1)
        self.setAcceptDrops(True)
        self.show_own(None)

    def set_session(self, session: EditSession | None) -> None:
        self._session = session

    def show_own(self, own: OwnStyle | None) -> None:
        text = self.tr("Use a picture as style") if own is None else own.name
        self.button.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 190))
        self.button.setToolTip(text)
        if own is None:
            set_icon(self.button, "photo-plus", palette_now())
        else:
            self.button.setIcon(QIcon(self._thumbnails.of_tiles(own.tiles)))
        self.drop_it.setVisible(own is not None)

    def use_file(self, path: Path) -> None:
        """Read the picture away from the window's thread."""
        errand = self._workspace.run(partial(_read, self._workspace, path))
        errand.done.connect(while_there(self, self.chosen.emit))
        errand.failed.connect(while_there(self, self.failed.emit))

    def use_clipboard(self) -> None:
        image = pasted_image(on_clipboard())
        if image.isNull():
            self.failed.emit(nothing_to_paste())
            return
        self.chosen.emit(OwnStyle(self.tr("Clipboard"), image_tiles(image)[0]))

    def use_layer(self, layer: Layer) -> None:
        if layer.tiles is not None:
            self.chosen.emit(OwnStyle(layer.name, layer.tiles))

    @Slot()
    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(self.tr("From a file…")).triggered.connect(self._choose_file)
        self.menu.addAction(self.tr("From the clipboard")).triggered.connect(self.use_clipboard)
        layers = self.menu.addMenu(self.tr("From a layer"))
        for layer in self._other_layers():
            entry = layers.addAction(layer.name.replace("&", "&&"))
            entry.triggered.connect(partial(self.use_layer, layer))
        layers.setEnabled(not layers.isEmpty())

    def _other_layers(self) -> list[Layer]:
        session = self._session
        if session is None:
            return []
        layers = [layer for layer in session.document.walk() if layer.tiles is not None]
        return [layer for layer in layers[::-1] if layer.id != session.active_id]

    def _choose_file(self) -> None:
        filters = self.tr("Pictures ({patterns})").format(patterns=PICTURES)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Picture as style"), "", filters)
        if name:
            self.use_file(Path(name))

    # Qt's own names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if any(url.isLocalFile() for url in data.urls()) or data.hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self.use_file(Path(files[0]))
        elif not (image := pasted_image(data)).isNull():
            self.chosen.emit(OwnStyle(self.tr("Dropped picture"), image_tiles(image)[0]))
        event.acceptProposedAction()


def _read(workspace: Workspace, path: Path) -> OwnStyle:
    return OwnStyle(path.name, photo_tiles(workspace.decoder.decode(path))[0])
