# SPDX-License-Identifier: Apache-2.0
"""Small pictures of layers and masks, kept as long as their pixels live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import (
    Colour,
    FillContent,
    Layer,
    PatternFill,
    ShapeContent,
    TextContent,
)
from prodedit.core.tiles import TILE, Pixels, Tiles
from prodedit.gui.theme import palette_now, qcolor
from prodedit.render.colours import brush_over
from prodedit.render.drawn import draw
from prodedit.render.text import content_of

SIDE = 36
_LETTERS = 2
_SAMPLES = 96
"""Pixels a side that are looked at: enough for 36, and quick at any size of picture."""


class Thumbnails:
    """Made anew when the theme changes: the checkerboard is part of them."""

    def __init__(self) -> None:
        self._palette = palette_now()
        self._known: WeakKeyDictionary[Tiles, QPixmap] = WeakKeyDictionary()

    def of_layer(self, layer: Layer) -> QPixmap | None:
        """Its own pixels, fill, shape or letters; None for what has no picture of its own."""
        if layer.tiles is not None:
            return self.of_tiles(layer.tiles)
        maker = _KINDS.get(type(layer.content))
        return None if maker is None else maker(self, layer.content)

    def of_tiles(self, tiles: Tiles) -> QPixmap:
        if self._palette is not palette_now():
            self._palette = palette_now()
            self._known.clear()
        pixmap = self._known.get(tiles)
        if pixmap is None:
            pixmap = self._known[tiles] = self._drawn(_image(sampled(tiles)))
        return pixmap

    def _of_fill(self, content: FillContent) -> QPixmap:
        if content.pattern is not None:
            return self.of_tiles(content.pattern)
        if isinstance(content.fill, PatternFill):
            return self._drawn(_blank())
        image = _blank()
        painter = QPainter(image)
        painter.fillRect(image.rect(), brush_over(content.fill, QRectF(image.rect())))
        painter.end()
        return self._drawn(image)

    def _of_text(self, content: TextContent) -> QPixmap:
        """Its first letters: all of it would be a grey line."""
        letters = "".join(content.text.text.split())[:_LETTERS]
        text = msgspec.structs.replace(content.text, text=letters, width=0.0)
        return self._of_drawn(content_of(text))

    def _of_drawn(self, content: TextContent | ShapeContent) -> QPixmap:
        own = Layer("", "", content).own_bounds
        if own is None or own.is_empty:
            return self._drawn(_blank())
        scale = (SIDE - 6) / max(own.size)
        x = SIDE / 2 - (own.x + own.width / 2) * scale
        y = SIDE / 2 - (own.y + own.height / 2) * scale
        place = Transform(scale, 0, 0, scale, x, y)
        return self._drawn(_image(draw(content, place, Rect(0, 0, SIDE, SIDE))))

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


_KINDS: Mapping[type, Callable[[Thumbnails, Any], QPixmap]] = MappingProxyType(
    {
        FillContent: Thumbnails._of_fill,
        TextContent: Thumbnails._of_text,
        ShapeContent: Thumbnails._of_drawn,
    }
)


def _blank() -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    return image


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
