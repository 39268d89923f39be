# SPDX-License-Identifier: Apache-2.0
"""Where a picture lies on a page of paper, and painting it there."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter, QPdfWriter

from prodedit.core.geometry import Size
from prodedit.render.contact_sheet import DOTS, fitted

Fit = Literal["page", "actual"]
INCH = 25.4


def size_in_mm(size: Size, resolution: float) -> tuple[float, float]:
    """resolution: pixels per inch."""
    return size.width / resolution * INCH, size.height / resolution * INCH


def place_on(page: QRectF, size: Size, fit: Fit, resolution: float) -> QRectF:
    """In millimetres, in the middle of `page`, which is what the printer reaches of the paper."""
    if fit == "page":
        return fitted(size, page)
    width, height = size_in_mm(size, resolution)
    centre = page.center()
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)


def paint_on(painter: QPainter, per_mm: float, page: QRectF, place: QRectF, image: QImage) -> None:
    """Nothing beyond `page`. per_mm: the painter's units in a millimetre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipRect(_scaled(page, per_mm))
    painter.drawImage(_scaled(place, per_mm), image)
    painter.restore()


def to_pdf(layout: QPageLayout, place: QRectF, image: QImage, title: str) -> bytes:
    """One page with the picture at `place`, in millimetres of the paper."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(title)
    writer.setCreator("ProdEdit")
    whole = QPageLayout(layout)
    whole.setMode(QPageLayout.Mode.FullPageMode)
    writer.setPageLayout(whole)
    page = layout.paintRect(QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    try:
        paint_on(painter, DOTS / INCH, page, place, image)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _scaled(rect: QRectF, by: float) -> QRectF:
    return QRectF(rect.x() * by, rect.y() * by, rect.width() * by, rect.height() * by)
