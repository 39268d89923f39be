# SPDX-License-Identifier: Apache-2.0
"""Regions of the screen, cut into rectangles to be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from prodedit.core.geometry import Rect

BAND = 128
"""Device pixels: of so many lines all that is read to draw them stays in the cache."""
_MOST_RECTS = 6
"""A dirty region of more rectangles than this is drawn as the one round them all."""


def rects_of(region: QRegion) -> list[QRect]:
    # A QRegion can be iterated over, but PySide6's stubs do not know it.
    return list(region)  # type: ignore[call-overload, no-any-return]


def few_rects(region: QRegion) -> list[QRect]:
    """As they are, or the one round them all."""
    if region.isEmpty():
        return []
    return rects_of(region) if region.rectCount() <= _MOST_RECTS else [region.boundingRect()]


def bands(rect: QRect) -> Iterator[QRect]:
    """The rectangle from above, some lines at a time."""
    for top in range(rect.top(), rect.top() + rect.height(), BAND):
        height = min(BAND, rect.top() + rect.height() - top)
        yield QRect(rect.left(), top, rect.width(), height)


def qrect(rect: Rect) -> QRect:
    return QRect(*rect)
