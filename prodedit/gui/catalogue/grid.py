# SPDX-License-Identifier: Apache-2.0
"""Pictures as large as a playing card, with a line or two below each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from prodedit.catalogue.folder.listing import Picture
from prodedit.gui.catalogue.model import Index, PicturesModel, Role
from prodedit.gui.theme import palette_now, qcolor

CARD = QSize(176, 196)
_GAP, _LINE, _RADIUS = 6, 18, 6
_REST_MS = 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PictureGrid(QListView):
    """In rows from left to right, as many beside each other as there is room for."""

    open_wanted = Signal(object)
    """A list of Pictures."""
    seen = Signal(object)
    """A list of Pictures that show now."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PicturesModel(self)
        self._card = _Card(self)
        self.setModel(self.pictures)
        self.setItemDelegate(self._card)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setGridSize(CARD)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "gallery")
        self.setAccessibleName(name)
        self._resting = QTimer(self, interval=_REST_MS, singleShot=True)
        self._resting.timeout.connect(self._tell_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._resting.start())

    @property
    def chosen(self) -> list[Picture]:
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.pictures.rows[row] for row in rows]

    def show_pictures(self, pictures: Sequence[Picture], captions: Mapping[Path, str]) -> None:
        """captions: below the names; one for each that has more to tell."""
        self._card.captions = dict(captions)
        self.pictures.set_rows(pictures)
        self.viewport().update()
        self._resting.start()

    def _tell_seen(self) -> None:
        view = self.viewport().rect()
        rows = self.pictures.rows
        if not rows or not self.isVisible():
            return
        columns = max(1, view.width() // CARD.width())
        first = self.verticalScrollBar().value() // CARD.height() * columns
        last = first + (view.height() // CARD.height() + 2) * columns
        self.seen.emit(list(rows[first:last]))

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resting.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.chosen:
            self.open_wanted.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        picture = self.indexAt(event.position().toPoint()).data(Role.PICTURE)
        if isinstance(picture, Picture):
            self.open_wanted.emit([picture])


class _Card(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.captions: dict[Path, str] = {}

    # Qt's own names

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CARD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _paint_ground(painter, option)
        box = rect.adjusted(_GAP, _GAP, -_GAP, -_GAP - 2 * _LINE)
        _paint_small(painter, box, index.data(Role.SMALL))
        self._paint_lines(painter, option, index, box.bottom() + 2)
        painter.restore()

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, top: int
    ) -> None:
        """Its name, and what else is to be told."""
        palette, rect, picture = palette_now(), option.rect, index.data(Role.PICTURE)
        caption = self.captions.get(picture.path, "") if isinstance(picture, Picture) else ""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        font = option.font
        font.setPixelSize(12)
        painter.setFont(font)
        name = (str(index.data()), Qt.TextElideMode.ElideMiddle, palette.text)
        more = (caption, Qt.TextElideMode.ElideRight, palette.secondary)
        for number, (text, elide, colour) in enumerate((name, more)):
            line = QRect(rect.x(), top + number * _LINE, rect.width(), _LINE)
            painter.setPen(qcolor(palette.on_accent if selected else colour))
            short = painter.fontMetrics().elidedText(text, elide, rect.width() - 2 * _GAP)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, short)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    palette = palette_now()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    path = QPainterPath()
    path.addRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), _RADIUS, _RADIUS)
    if selected:
        painter.fillPath(path, qcolor(palette.accent))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(qcolor(palette.text if selected else palette.link), 1.5))
        painter.drawPath(path)


def _paint_small(painter: QPainter, box: QRect, small: object) -> None:
    """All of it; a frame where it has not come yet."""
    if not isinstance(small, QPixmap):
        painter.setPen(QPen(qcolor(palette_now().border), 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        return
    size = small.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), size.expandedTo(QSize(1, 1)))
    place.moveCenter(box.center())
    painter.drawPixmap(place, small)
