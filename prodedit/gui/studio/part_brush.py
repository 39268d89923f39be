# SPDX-License-Identifier: Apache-2.0
"""Paints on the large picture which part is meant."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen

from prodedit.core.edits import NO_INPUTS, Inputs
from prodedit.core.tiles import Tiles
from prodedit.gui.theme import palette_now, qcolor
from prodedit.render.images import image_of

_SIDE = 256
_TINT = (60, 60, 255)
"""BGR of what is painted, as the canvas shows what a mask hides."""
_STRENGTH = 128


class PartBrush(QObject):
    """A PictureTool. `size`: percent of the side."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size = 20
        self._mask: NDArray[np.uint8] = np.zeros((_SIDE, _SIDE), np.uint8)
        self._last: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        return not self._mask.any()

    @property
    def inputs(self) -> Inputs:
        """For a task that does something to a part; nothing where none is painted."""
        return NO_INPUTS if self.is_empty else {"mask": Tiles.from_array(self._mask.copy())}

    def clear(self) -> None:
        self._mask[...] = 0
        self.changed.emit()

    def press(self, place: QPointF) -> None:
        self._last = None
        self.move(place)

    def move(self, place: QPointF) -> None:
        here = round(place.x() * _SIDE), round(place.y() * _SIDE)
        width = max(1, round(self.size / 100 * _SIDE))
        cv2.line(self._mask, self._last or here, here, 255, width, cv2.LINE_AA)
        self._last = here
        self.changed.emit()

    def release(self, place: QPointF) -> None:
        self._last = None

    def remove(self) -> None:
        self.clear()

    def paint(self, painter: QPainter, square: QRectF, pointer: QPointF | None) -> None:
        if not self.is_empty:
            painter.drawImage(square, self._tinted())
        if pointer is None:
            return
        radius = self.size / 200 * square.width()
        middle = QPointF(
            square.x() + pointer.x() * square.width(), square.y() + pointer.y() * square.height()
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        palette = palette_now()
        for ink, width in ((palette.checker_light, 3.0), (palette.surround, 1.0)):
            painter.setPen(QPen(qcolor(ink), width))  # to be seen on black and on white
            painter.drawEllipse(middle, radius, radius)

    def _tinted(self) -> QImage:
        share = (self._mask.astype(np.uint16) * _STRENGTH // 255)[..., None]
        tint = np.array((*_TINT, 255), np.uint16)
        return image_of((share * tint // 255).astype(np.uint8)).copy()
