# SPDX-License-Identifier: Apache-2.0
"""Small pictures of layers and masks, kept as long as their pixels live."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPixmap

from prodedit.core.layer import Colour, Fill, FillContent, Layer, SolidFill
from prodedit.core.tiles import TILE, Pixels, Tiles
from prodedit.gui.theme import palette_now, qcolor

SIDE = 36
_SAMPLES = 96
"""Pixels a side that are looked at: enough for 36, and quick at any size of picture."""


class Thumbnails:
    """Made anew when the theme changes: the checkerboard is part of them."""

    def __init__(self) -> None:
        self._palette = palette_now()
        self._known: WeakKeyDictionary[Tiles, QPixmap] = WeakKeyDictionary()

    def of_layer(self, layer: Layer) -> QPixmap | None:
        """The layer's own pixels or fill; None for a group."""
        if layer.tiles is not None:
            return self.of_tiles(layer.tiles)
        if isinstance(layer.content, FillContent):
            return self._of_fill(layer.content.fill)
        return None

    def of_tiles(self, tiles: Tiles) -> QPixmap:
        if self._palette is not palette_now():
            self._palette = palette_now()
            self._known.clear()
        pixmap = self._known.get(tiles)
        if pixmap is None:
            pixmap = self._known[tiles] = self._drawn(_image(sampled(tiles)))
        return pixmap

    def _of_fill(self, fill: Fill) -> QPixmap:
        image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(0, 0, 0, 0))
        painter = QPainter(image)
        if isinstance(fill, SolidFill):
            painter.fillRect(image.rect(), qcolor(fill.colour))
        else:
            gradient = QLinearGradient(0, 0, 0, SIDE)
            gradient.setColorAt(0, qcolor(fill.start))
            gradient.setColorAt(1, qcolor(fill.end))
            painter.fillRect(image.rect(), gradient)
        painter.end()
        return self._drawn(image)

    def _drawn(self, image: QImage) -> QPixmap:
        pixmap = QPixmap(SIDE, SIDE)
        painter = QPainter(pixmap)
        for row in range(4):
            for column in range(4):
                colour = self._checker(row + column)
                painter.fillRect(column * 9, row * 9, 9, 9, qcolor(colour))
        fitted = image.scaled(
            SIDE,
            SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage((SIDE - fitted.width()) // 2, (SIDE - fitted.height()) // 2, fitted)
        painter.setPen(qcolor(self._palette.border))
        painter.drawRect(0, 0, SIDE - 1, SIDE - 1)
        painter.end()
        return pixmap

    def _checker(self, place: int) -> Colour:
        return self._palette.checker_dark if place % 2 else self._palette.checker_light


def sampled(tiles: Tiles) -> Pixels:
    """About 96 pixels a side of a picture, one of each so many, without copying the rest."""
    step = max(1, max(tiles.size) // _SAMPLES)
    height, width = -(-tiles.size.height // step), -(-tiles.size.width // step)
    shape = (height, width) if tiles.channels == 1 else (height, width, 4)
    small = np.zeros(shape, np.uint8)
    for column, row in tiles.blocks:
        block = tiles.block(column, row)
        if block is None:
            continue
        first_x, first_y = -(column * TILE) % step, -(row * TILE) % step
        part = block[first_y::step, first_x::step]
        x, y = (column * TILE + first_x) // step, (row * TILE + first_y) // step
        target = small[y : y + part.shape[0], x : x + part.shape[1]]
        target[...] = part[: target.shape[0], : target.shape[1]]
    return small


def _image(pixels: Pixels) -> QImage:
    height, width = pixels.shape[:2]
    if pixels.ndim == 2:
        kind = QImage.Format.Format_Grayscale8
    else:
        kind = QImage.Format.Format_ARGB32_Premultiplied
    contiguous = np.ascontiguousarray(pixels)
    return QImage(contiguous.data, width, height, contiguous.strides[0], kind).copy()
