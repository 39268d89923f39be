# SPDX-License-Identifier: Apache-2.0
"""The row of small pictures: mouse, wheel and keys; it tells which of them are seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from prodedit.catalogue.folder.listing import Picture
from prodedit.gui.catalogue.model import PicturesModel, Role
from prodedit.gui.catalogue.tile import FOOT, Tile

_REST_MS = 30
_MARGIN = 6
"""Tiles beside those that are seen, which are likely to be seen next."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STARS: Mapping[int, int] = {
    key.value: stars
    for stars, key in enumerate(
        (
            Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2,
            Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5,
        )
    )
}  # fmt: skip
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PictureRow(QListView):
    """One line, scrolled sideways."""

    open_wanted = Signal(object)
    """A list of Pictures."""
    rated = Signal(object, int)
    """(a list of Pictures, stars)"""
    seen = Signal(object)
    """A tuple of Pictures: those that show now, and then those beside them."""

    def __init__(self, model: PicturesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tile = Tile(self)
        self._tile.rated.connect(lambda picture, stars: self.rated.emit([picture], stars))
        self.setModel(model)
        self.setItemDelegate(self._tile)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "gallery")
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Pictures of the folder"))
        self._resting = QTimer(self, interval=_REST_MS, singleShot=True)
        self._resting.timeout.connect(self._tell_seen)
        self.horizontalScrollBar().valueChanged.connect(self._moved)
        model.modelReset.connect(self._moved)

    @property
    def chosen(self) -> list[Picture]:
        """In the order in which they are shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._model.rows[row] for row in rows]

    @property
    def current_path(self) -> Path | None:
        picture = self.currentIndex().data(Role.PICTURE)
        return picture.path if isinstance(picture, Picture) else None

    def choose(self, paths: set[Path], current: Path | None) -> None:
        """Those of them that are shown, and no others."""
        flag = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.clearSelection()
        for path in paths:
            row = self._model.row_of(path)
            if row is not None:
                selection.select(self._model.index(row), flag.Select)
        row = self._model.row_of(current)
        if row is not None:
            selection.setCurrentIndex(self._model.index(row), flag.NoUpdate)

    def show_row(self, row: int) -> None:
        """In sight, with the one before and the one after it."""
        for near in (row - 1, row + 1, row):
            if 0 <= near < len(self._model.rows):
                self.scrollTo(self._model.index(near))

    def look(self) -> None:
        """Tell what is seen, soon."""
        self._moved()

    def _moved(self) -> None:
        if not self._resting.isActive():
            self._resting.start()

    def _tell_seen(self) -> None:
        rows, width = self._model.rows, self._tile.size.width()
        if not rows or not self.isVisible():
            return
        left = self.horizontalScrollBar().value()
        first = max(0, left // width)
        last = min(len(rows), (left + self.viewport().width()) // width + 1)
        after = rows[last : last + _MARGIN]
        before = rows[max(0, first - _MARGIN) : first]
        self.seen.emit((*rows[first:last], *after, *reversed(before)))

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles as high as there is room for, in the shape of a photo."""
        height = max(48, self.viewport().height())
        size = QSize(round((height - FOOT) * 1.45) + 8, height)
        if size != self._tile.size:
            self._tile.size = size
            self.setGridSize(size)
            self.doItemsLayout()
        super().resizeEvent(event)
        self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """There is only one way to go, whichever way the wheel turns."""
        turned, pixels = event.angleDelta(), event.pixelDelta()
        if not pixels.isNull():
            step = pixels.x() or pixels.y()
        else:
            step = (turned.x() or turned.y()) * self._tile.size.width() // 60
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - step)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in _PLAIN
        if plain and event.key() in _ENTER and self.chosen:
            self.open_wanted.emit(self.chosen)
        elif plain and event.key() in _STARS and self.chosen:
            self.rated.emit(self.chosen, _STARS[event.key()])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the stars it is two clicks."""
        index = self.indexAt(event.position().toPoint())
        picture = index.data(Role.PICTURE)
        on_stars = event.position().y() > self.visualRect(index).bottom() - FOOT
        if on_stars:
            self.mousePressEvent(event)
        elif isinstance(picture, Picture) and event.button() == Qt.MouseButton.LeftButton:
            self.open_wanted.emit([picture])
