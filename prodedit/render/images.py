# SPDX-License-Identifier: Apache-2.0
"""QImages over numpy memory, without a copy.

A QImage made here holds the array's buffer (PySide keeps the reference). Nothing stops a painter
from writing into a read-only array: paint only on a Surface.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided
from PySide6.QtGui import QImage

from prodedit.core.geometry import Size
from prodedit.core.tiles import TILE, Pixels

FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def image_of(pixels: Pixels) -> QImage:
    """(h, w, 4) premultiplied BGRA whose pixels of a row lie side by side; to be read only."""
    height, width = pixels.shape[:2]
    if pixels.flags.c_contiguous:
        return QImage(pixels.data, width, height, width * 4, FORMAT)
    stride = pixels.strides[0]
    run = as_strided(pixels, ((height - 1) * stride + width * 4,), (1,))
    return QImage(run.data, width, height, stride, FORMAT)


def alpha_image_of(alpha: Pixels) -> QImage:
    """(h, w) coverage, contiguous; to be read only."""
    height, width = alpha.shape
    assert alpha.flags.c_contiguous
    return QImage(alpha.data, width, height, width, QImage.Format.Format_Alpha8)


def is_opaque(image: QImage, size: Size) -> bool:
    """Whether all of the upper left part of that size is; of a premultiplied image."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return int(rows[: size.height, 3 : 4 * size.width : 4].min(initial=255)) == 255


class Surface:
    """Pixels that are painted on: `array` and `image` are the same memory."""

    __slots__ = ("array", "image")

    def __init__(self, array: Pixels) -> None:
        self.array = array
        self.image = image_of(array)

    @staticmethod
    def blank(width: int = TILE, height: int = TILE) -> Surface:
        return Surface(np.zeros((height, width, 4), np.uint8))
