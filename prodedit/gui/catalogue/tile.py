# SPDX-License-Identifier: Apache-2.0
"""One picture of the strip: small, with its flags in the corner, and below it stars or its name."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from prodedit.catalogue.folder.marks import MOST_STARS, NO_MARK, Mark
from prodedit.core.colour import Colour
from prodedit.gui.catalogue.model import Index, Role
from prodedit.gui.icons import pixmap
from prodedit.gui.theme import Palette, palette_now, qcolor

WIDTH, FOOT = 92, 18
"""Of a tile that is as high as the strip is at first; of the line below the picture."""
_GAP, _RADIUS, _BADGE, _STAR = 4, 4, 18, 15
_STATE = QStyle.StateFlag


class Tile(QStyledItemDelegate):
    """Paints; and a click on one of the five places below a picture rates it."""

    rated = Signal(object, int)
    """(Picture, stars)"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.size = QSize(WIDTH, 76)

    # Qt's own names

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, rect = palette_now(), option.rect
        box, foot = _parts(rect)
        hovered = bool(option.state & _STATE.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _paint_ground(painter, rect, option, palette)
        if index.data(Role.PROBLEM) is not None:
            _paint_unreadable(painter, box, palette)
        else:
            _paint_picture(painter, box, index.data(Role.SMALL), palette)
        _paint_badges(painter, box, index, palette)
        if index.data(Role.IS_OPEN):
            _paint_line(painter, rect, palette)
        self._paint_foot(painter, foot, option, index, hovered)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            stars = _stars_at(_parts(option.rect)[1], event.position().toPoint())
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if stars and plain and event.button() == Qt.MouseButton.LeftButton:
                mark = index.data(Role.MARK)
                same = isinstance(mark, Mark) and mark.stars == stars
                self.rated.emit(index.data(Role.PICTURE), 0 if same else stars)
                return True
        return super().editorEvent(event, model, option, index)

    def _paint_foot(
        self,
        painter: QPainter,
        foot: QRect,
        option: QStyleOptionViewItem,
        index: Index,
        hovered: bool,
    ) -> None:
        palette, mark = palette_now(), index.data(Role.MARK)
        stars = mark.stars if isinstance(mark, Mark) else NO_MARK.stars
        selected = bool(option.state & _STATE.State_Selected)
        ink = palette.on_accent if selected else palette.text
        if stars or hovered:
            _paint_stars(painter, foot, stars, ink, hovered)
            return
        font = option.font
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(qcolor(ink if selected else palette.secondary))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, foot.width() - 2 * _GAP
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, name)


def _parts(rect: QRect) -> tuple[QRect, QRect]:
    """The place of the picture, and of the line below it."""
    box = rect.adjusted(_GAP, _GAP, -_GAP, -FOOT)
    return box, QRect(rect.x(), rect.bottom() - FOOT + 1, rect.width(), FOOT)


def _stars_at(foot: QRect, place: QPoint) -> int:
    """Which of the five places is there; 0: none."""
    if not foot.contains(place):
        return 0
    number = (place.x() - _first_star(foot)) // _STAR + 1
    return number if 1 <= number <= MOST_STARS else 0


def _first_star(foot: QRect) -> int:
    return foot.x() + (foot.width() - MOST_STARS * _STAR) // 2


def _paint_ground(
    painter: QPainter, rect: QRect, option: QStyleOptionViewItem, palette: Palette
) -> None:
    selected = bool(option.state & _STATE.State_Selected)
    focused = bool(option.state & _STATE.State_HasFocus)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), _RADIUS + 2, _RADIUS + 2)
    if selected:
        painter.fillPath(path, qcolor(palette.accent))
    elif option.state & _STATE.State_MouseOver:
        painter.fillPath(path, qcolor(palette.raised))
    if focused:
        painter.setPen(QPen(qcolor(palette.text if selected else palette.link), 1.5))
        painter.drawPath(path)


def _paint_picture(painter: QPainter, box: QRect, small: object, palette: Palette) -> None:
    """All of it, as large as it goes; a frame where it has not come yet."""
    if not isinstance(small, QPixmap):
        painter.setPen(QPen(qcolor(palette.border), 1))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        return
    size = small.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    size = size.expandedTo(QSize(1, 1))
    place = QRect(QPoint(0, 0), size)
    place.moveCenter(box.center())
    if small.hasAlphaChannel():
        painter.fillRect(place, qcolor(palette.checker_dark))
    painter.drawPixmap(place, small)


def _paint_unreadable(painter: QPainter, box: QRect, palette: Palette) -> None:
    painter.setPen(QPen(qcolor(palette.danger), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    _paint_icon(painter, "photo-x", palette.danger, box.center(), 20)


def _paint_badges(painter: QPainter, box: QRect, index: Index, palette: Palette) -> None:
    """In the upper right corner, each on a plate, so that it is seen on any photo."""
    mark = index.data(Role.MARK)
    mark = mark if isinstance(mark, Mark) else NO_MARK
    shown = (
        ("alert-triangle", palette.danger, bool(mark.fails)),
        ("file-export", palette.success, bool(mark.exported)),
        ("photo-edit", palette.text, bool(index.data(Role.IS_EDITED))),
    )
    right = box.right() - _BADGE + 2
    for name, colour, is_there in shown:
        if is_there:
            plate = QRect(right, box.y() - 1, _BADGE, _BADGE)
            path = QPainterPath()
            path.addRoundedRect(QRectF(plate), _RADIUS, _RADIUS)
            painter.fillPath(path, qcolor(palette.panel))
            _paint_icon(painter, name, colour, plate.center(), 14)
            right -= _BADGE + 2


def _paint_icon(painter: QPainter, name: str, colour: Colour, centre: QPoint, side: int) -> None:
    scale = painter.device().devicePixelRatioF()
    place = QRect(0, 0, side, side)
    place.moveCenter(centre)
    painter.drawPixmap(place, _icon(name, colour, side, scale))


@lru_cache(maxsize=64)
def _icon(name: str, colour: Colour, side: int, scale: float) -> QPixmap:
    return pixmap(name, colour, side, scale)


def _paint_line(painter: QPainter, rect: QRect, palette: Palette) -> None:
    """Over the picture that is open, as over the chosen tab."""
    line = QRectF(rect.x() + _GAP, rect.y(), rect.width() - 2 * _GAP, 2)
    painter.fillRect(line, qcolor(palette.link))


def _paint_stars(painter: QPainter, foot: QRect, stars: int, ink: Colour, hovered: bool) -> None:
    left, middle = _first_star(foot), foot.center().y() + 0.5
    for number in range(MOST_STARS):
        star = _star().translated(left + (number + 0.5) * _STAR, middle)
        if number < stars:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(ink))
            painter.drawPolygon(star)
        elif hovered:
            painter.setPen(QPen(qcolor(ink), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(star)


def _star() -> QPolygonF:
    """Round the origin."""
    points = []
    for corner in range(10):
        reach = 6.0 if corner % 2 == 0 else 2.6
        angle = pi * corner / 5
        points.append(QPointF(reach * sin(angle), -reach * cos(angle)))
    return QPolygonF(points)
