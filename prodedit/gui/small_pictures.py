# SPDX-License-Identifier: Apache-2.0
"""Small pictures in the rows of tables, kept from one paint to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache

SHOWN = 48
"""Of the longer side, in widget units."""
_GAP = 4


def small_picture(path: Path, name: str) -> QPixmap | None:
    """The file's picture, reduced; None where there is none yet. name: another one where the file
    has another content."""
    known = QPixmap()
    if QPixmapCache.find(name, known):
        return known
    whole = QPixmap(str(path))
    if whole.isNull():
        return None
    mode = Qt.TransformationMode.SmoothTransformation
    small = whole.scaled(QSize(SHOWN, SHOWN), Qt.AspectRatioMode.KeepAspectRatio, mode)
    QPixmapCache.insert(name, small)
    return small


def beside(pictures: Sequence[QPixmap | None]) -> QPixmap | None:
    """All in one row of equal places; None where there is none of them."""
    there = [picture for picture in pictures if picture is not None]
    if not there:
        return None
    row = QPixmap(len(there) * (SHOWN + _GAP) - _GAP, SHOWN)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    for number, picture in enumerate(there):
        x = number * (SHOWN + _GAP) + (SHOWN - picture.width()) // 2
        painter.drawPixmap(x, (SHOWN - picture.height()) // 2, picture)
    painter.end()
    return row
