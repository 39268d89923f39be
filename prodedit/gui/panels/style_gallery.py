# SPDX-License-Identifier: Apache-2.0
"""Small pictures to choose a style from: the photo itself in each of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor

_COLUMNS = 3
_NAME = 20
"""Height of a name."""
_GAP = 4
_PICTURE = Qt.ItemDataRole.UserRole + 1
_ID = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class StyleGallery(QListWidget):
    """Three beside each other; those whose picture has not come yet are empty frames."""

    picked = Signal(str)
    """The id of the style that the person chose, by mouse or keys."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`titles`: id -> name, translated, in the order in which they are shown."""
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setProperty("look", "gallery")
        self.setItemDelegate(_Tile(self))
        self.setAccessibleName(self.tr("Styles"))
        self._items = {style: self._item(style, title) for style, title in titles.items()}
        self.currentItemChanged.connect(self._current_changed)

    @property
    def current(self) -> str:
        """ "" while nothing is chosen."""
        items = self.selectedItems()
        return str(items[0].data(_ID)) if items else ""

    @property
    def seen_first(self) -> tuple[str, ...]:
        """All ids; those that show now come first."""
        view = self.viewport().rect()
        styles = list(self._items)
        shows = {s: self.visualItemRect(self._items[s]).intersects(view) for s in styles}
        return tuple(sorted(styles, key=lambda style: not shows[style]))

    def show_current(self, style: str) -> None:
        """Mark it without telling; "": none."""
        blocked = self.blockSignals(True)
        self.setCurrentItem(self._items.get(style))  # type: ignore[arg-type]  # None: no item
        self.blockSignals(blocked)
        self.viewport().update()

    def show_picture(self, style: str, image: QImage | None) -> None:
        picture = None if image is None else QPixmap.fromImage(image)
        self._items[style].setData(_PICTURE, picture)

    def clear_pictures(self) -> None:
        for item in self._items.values():
            item.setData(_PICTURE, None)

    def _item(self, style: str, title: str) -> QListWidgetItem:
        item = QListWidgetItem(title, self)
        item.setData(_ID, style)
        item.setToolTip(title)
        return item

    def _current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(str(item.data(_ID)))

    # Qt's own names

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = (self.viewport().width() - 1) // _COLUMNS
        self.setGridSize(QSize(side, side + _NAME))
        super().resizeEvent(event)


class _Tile(QStyledItemDelegate):
    """A square picture with round corners, its name below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = palette_now()
        rect: QRect = option.rect
        state = option.state
        side = rect.width() - 2 * _GAP
        square = QRect(rect.x() + _GAP, rect.y() + _GAP, side, side)
        name = QRect(rect.x(), square.bottom() + 2, rect.width(), _NAME)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(square, RADIUS, RADIUS)
        painter.fillPath(outline, qcolor(palette.field))
        picture = index.data(_PICTURE)
        if isinstance(picture, QPixmap):
            painter.setClipPath(outline)
            painter.drawPixmap(square, picture, _middle(picture.size()))
            painter.setClipping(False)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        line = palette.accent if chosen else palette.border
        painter.setPen(QPen(qcolor(line), 3 if chosen else 1))
        painter.drawPath(outline)
        painter.setPen(qcolor(palette.text if chosen else palette.secondary))
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, name.width() - 2 * _GAP
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignHCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """What is painted anew when its picture comes."""
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else super().sizeHint(option, index)


def _middle(size: QSize) -> QRect:
    """The largest square in the middle."""
    side = min(size.width(), size.height())
    return QRect((size.width() - side) // 2, (size.height() - side) // 2, side, side)
