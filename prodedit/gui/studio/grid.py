# SPDX-License-Identifier: Apache-2.0
"""Pictures to choose from, close together; a heart keeps one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
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
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from prodedit.gui.icons import pixmap
from prodedit.gui.studio.picks import Pick
from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor

COLUMNS = 4
"""At least; where the side is wider there are more."""
_CELL = 76
"""Widget units that a cell has at least where there are more than COLUMNS."""
_GAP = 2
_HEART, _SPOT = 14, 24
"""Side of the heart, and of the corner in which a click means it."""
_PICK = Qt.ItemDataRole.UserRole
_PIXMAP = Qt.ItemDataRole.UserRole + 1
_KEPT = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class PickGrid(QListWidget):
    """As high as its rows: the panel scrolls, not the grid. Enter and a double click send a
    picture to the canvas, H keeps it."""

    picked = Signal(object)
    """The Pick that the person chose, by mouse or keys."""
    sent = Signal(object)
    hearted = Signal(object)

    def __init__(
        self,
        title: str,
        keeps: Callable[[Pick], bool],
        parent: QWidget | None = None,
        *,
        hearts: bool = True,
    ) -> None:
        """hearts: whether a click can keep a picture."""
        super().__init__(parent)
        self.hearts = hearts
        self._keeps = keeps
        self._title = title
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setProperty("look", "gallery")
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(title)
        self.currentItemChanged.connect(self._current_changed)
        self.itemDoubleClicked.connect(self._send)

    @property
    def picks(self) -> tuple[Pick, ...]:
        every = (self.item(row).data(_PICK) for row in range(self.count()))
        return tuple(pick for pick in every if pick is not None)

    @property
    def marked(self) -> Pick | None:
        """The picture that is marked as chosen."""
        pick = self.currentItem().data(_PICK) if self.currentRow() >= 0 else None
        return pick if isinstance(pick, Pick) else None

    @property
    def columns(self) -> int:
        return max(COLUMNS, self.width() // _CELL)

    def show_picks(self, picks: Sequence[Pick | None], chosen: Pick | None) -> None:
        """In their places; an empty frame for None. Tells nobody."""
        blocked = self.blockSignals(True)
        while self.count() > len(picks):
            self.takeItem(self.count() - 1)
        while self.count() < len(picks):
            self.addItem(QListWidgetItem())
        for row, pick in enumerate(picks):
            self._fill(self.item(row), row, pick)
        self.blockSignals(blocked)
        self.show_chosen(chosen)
        self._fit()

    def show_chosen(self, chosen: Pick | None) -> None:
        blocked = self.blockSignals(True)
        rows = [row for row in range(self.count()) if self.item(row).data(_PICK) is chosen]
        if chosen is None or not rows:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentRow(rows[0])
        self.blockSignals(blocked)
        self.viewport().update()

    @Slot()
    def show_kept(self) -> None:
        """Draw the hearts anew."""
        for row in range(self.count()):
            pick = self.item(row).data(_PICK)
            self.item(row).setData(_KEPT, pick is not None and self._keeps(pick))

    def _fill(self, item: QListWidgetItem, row: int, pick: Pick | None) -> None:
        item.setData(_KEPT, pick is not None and self._keeps(pick))
        name = self.tr("{title} {number}").format(title=self._title, number=row + 1)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(Qt.ItemFlag.NoItemFlags if pick is None else usable)
        if item.data(_PICK) is not pick:
            item.setData(_PICK, pick)
            item.setData(_PIXMAP, None if pick is None else QPixmap.fromImage(pick.image))

    def _fit(self) -> None:
        """Whole columns over all of the width, and as high as they are long."""
        side = (self.width() - 1) // self.columns
        if side < 1:
            return
        if self.gridSize() != QSize(side, side):
            self.setGridSize(QSize(side, side))
        rows = -(-self.count() // self.columns)
        self.setFixedHeight(max(1, rows * side))

    def _current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PICK) is not None:
            self.picked.emit(item.data(_PICK))

    def _send(self, item: QListWidgetItem) -> None:
        if item.data(_PICK) is not None:
            self.sent.emit(item.data(_PICK))

    # Qt's own names

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the picture that is chosen chooses it again: it may have been changed."""
        item = self.itemAt(event.position().toPoint())
        was = self.currentItem()
        super().mousePressEvent(event)
        if item is not None and item is was:
            self._current_changed(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pick = self.marked
        if pick is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sent.emit(pick)
        elif pick is not None and event.key() == Qt.Key.Key_H and not event.modifiers():
            self.hearted.emit(pick)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Cell(QStyledItemDelegate):
    """A square picture; the heart shows where it is kept, and under the pointer."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = palette_now()
        square = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        picture = index.data(_PIXMAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(square, RADIUS, RADIUS)
        painter.fillPath(outline, qcolor(palette.field))
        if isinstance(picture, QPixmap):
            painter.setClipPath(outline)
            painter.drawPixmap(square, picture)
            painter.setClipping(False)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(
            QPen(qcolor(palette.accent if chosen else palette.border), 3 if chosen else 1)
        )
        painter.drawPath(outline)
        kept, hovered = bool(index.data(_KEPT)), option.state & QStyle.StateFlag.State_MouseOver
        grid = self.parent()
        hearts = isinstance(grid, PickGrid) and grid.hearts
        if hearts and isinstance(picture, QPixmap) and (kept or hovered):
            self._paint_heart(painter, square, kept=kept)
        painter.restore()

    def _paint_heart(self, painter: QPainter, square: QRect, *, kept: bool) -> None:
        """On a disc of its own, so that it is seen on every picture."""
        palette = palette_now()
        disc = _spot(square)
        painter.setPen(QPen(qcolor(palette.border), 1))
        painter.setBrush(qcolor(palette.panel))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        scale = painter.device().devicePixelRatio()
        ink = palette.danger if kept else palette.text
        drawing = pixmap("heart-filled" if kept else "heart", ink, _HEART, scale)
        place = QRect(QPoint(0, 0), QSize(_HEART, _HEART))
        place.moveCenter(disc.center())
        painter.drawPixmap(place, drawing)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click into the heart's corner."""
        grid = self.parent()
        pick = index.data(_PICK)
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(grid, PickGrid)
            and grid.hearts
            and pick is not None
            and _spot(option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)).contains(
                event.position().toPoint()
            )
        ):
            grid.hearted.emit(pick)
            return True
        return super().editorEvent(event, model, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else super().sizeHint(option, index)


def _spot(square: QRect) -> QRect:
    """The upper right corner."""
    return QRect(square.right() - _SPOT - 1, square.top() + 2, _SPOT, _SPOT)
