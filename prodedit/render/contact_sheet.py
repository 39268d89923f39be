# SPDX-License-Identifier: Apache-2.0
"""Many small pictures on pages of paper, each with its name: as a PDF, or painted for a preview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from prodedit.core.contact_sheet import Paper, Sheet
from prodedit.core.geometry import Size
from prodedit.render.fonts import require_fonts

DOTS = 300
"""Per inch, of the PDF's own grid."""
PICTURE_DOTS = 200
"""Per inch, of the pictures on it."""
_INCH = 25.4
_MARGIN, _GAP = 12.0, 5.0
_CAPTION, _TITLE, _FOOT = 6.0, 11.0, 6.0
_INK, _FAINT = QColor(30, 30, 30), QColor(120, 120, 120)


class Pictured(NamedTuple):
    """image: null where it could not be read."""

    caption: str
    image: QImage


def cells(sheet: Sheet) -> list[QRectF]:
    """Where the pictures lie, in millimetres; their captions stand below them."""
    width, height = sheet.page
    top = _MARGIN + (_TITLE if sheet.title else 0)
    below = _CAPTION if sheet.captions else 0
    across = (width - 2 * _MARGIN - (sheet.columns - 1) * _GAP) / sheet.columns
    room = height - _MARGIN - _FOOT - top
    down = (room - (sheet.rows - 1) * _GAP) / sheet.rows - below
    return [
        QRectF(
            _MARGIN + column * (across + _GAP),
            top + row * (down + below + _GAP),
            across,
            max(1.0, down),
        )
        for row in range(sheet.rows)
        for column in range(sheet.columns)
    ]


def picture_side(sheet: Sheet) -> int:
    """Pixels of the long side that a picture on it needs."""
    cell = cells(sheet)[0]
    return max(16, round(max(cell.width(), cell.height()) / _INCH * PICTURE_DOTS))


def to_pdf(pictures: Iterable[Pictured], count: int, sheet: Sheet) -> bytes:
    """`count`: how many there are, for the numbers of the pages; they are taken one page after the
    other. Raises Problem where there are no fonts."""
    require_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(sheet.title)
    writer.setCreator("ProdEdit")
    upright, across = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape
    lies = across if sheet.landscape else upright
    writer.setPageLayout(QPageLayout(_PAGE_SIZES[sheet.paper], lies, QMarginsF(0, 0, 0, 0)))
    pages = -(-count // sheet.on_a_page)
    painter = QPainter(writer)
    try:
        for number, page in enumerate(_paged(pictures, sheet.on_a_page)):
            if number:
                writer.newPage()
            paint_page(painter, DOTS / _INCH, sheet, page, f"{number + 1} / {pages}")
    finally:
        painter.end()  # before the writer goes: Qt would end the program
    return bytes(buffer.data().data())


def paint_page(
    painter: QPainter, per_mm: float, sheet: Sheet, pictures: Iterable[Pictured], foot: str
) -> None:
    """One page from the painter's origin on; per_mm: its units in a millimetre."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    width, height = sheet.page
    middle = Qt.AlignmentFlag.AlignCenter
    if sheet.title:
        place = QRectF(_MARGIN, _MARGIN, width - 2 * _MARGIN, _TITLE - 3)
        _write(painter, per_mm, place, sheet.title, 5.0, middle)
    for picture, cell in zip(pictures, cells(sheet), strict=False):
        _paint_picture(painter, _scaled(cell, per_mm), picture.image, low=sheet.captions)
        if sheet.captions:
            below = QRectF(cell.left(), cell.bottom() + 0.8, cell.width(), _CAPTION - 1)
            _write(painter, per_mm, below, picture.caption, 3.0, middle)
    foot_place = QRectF(_MARGIN, height - _MARGIN, width - 2 * _MARGIN, _FOOT)
    _write(painter, per_mm, foot_place, foot, 2.8, middle, _FAINT)


def fitted(size: Size, room: QRectF) -> QRectF:
    """As large as `room` allows, in its middle."""
    share = min(room.width() / size.width, room.height() / size.height)
    width, height = size.width * share, size.height * share
    left = room.left() + (room.width() - width) / 2
    return QRectF(left, room.top() + (room.height() - height) / 2, width, height)


def _paint_picture(painter: QPainter, room: QRectF, image: QImage, *, low: bool) -> None:
    """low: on its caption, rather than in the middle."""
    if not image.isNull():
        place = fitted(Size(image.width(), image.height()), room)
        if low:
            place.moveBottom(room.bottom())
        painter.drawImage(place, image)
        return
    painter.setPen(_FAINT)
    painter.drawRect(room)
    painter.drawLine(room.topLeft(), room.bottomRight())
    painter.drawLine(room.bottomLeft(), room.topRight())


def _write(
    painter: QPainter, per_mm: float, place: QRectF, text: str, height: float,
    where: Qt.AlignmentFlag, ink: QColor = _INK,
) -> None:  # fmt: skip
    """On one line; a name that is too long loses its middle. height: of the letters, in mm."""
    font = QFont()
    font.setPixelSize(max(1, round(height * per_mm)))
    room = _scaled(place, per_mm)
    metrics = QFontMetricsF(font, painter.device())
    short = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(room, where, short)


def _scaled(rect: QRectF, by: float) -> QRectF:
    return QRectF(rect.x() * by, rect.y() * by, rect.width() * by, rect.height() * by)


def _paged(pictures: Iterable[Pictured], most: int) -> Iterator[list[Pictured]]:
    """At least one page, if an empty one."""
    rest = iter(pictures)
    yield list(islice(rest, most))
    while page := list(islice(rest, most)):
        yield page


_PAGE_SIZES: Mapping[Paper, QPageSize] = MappingProxyType(
    {
        "A3": QPageSize(QPageSize.PageSizeId.A3),
        "A4": QPageSize(QPageSize.PageSizeId.A4),
        "A5": QPageSize(QPageSize.PageSizeId.A5),
        "Letter": QPageSize(QPageSize.PageSizeId.Letter),
    }
)
