# SPDX-License-Identifier: Apache-2.0
"""Layers, masks and blend modes become one picture."""

from __future__ import annotations

from prodedit.core.document import Document
from prodedit.core.geometry import Rect
from prodedit.core.tiles import Pixels


class Compositor:
    """Stateless but for caches of masked and resampled blocks; for one thread at a time."""

    def __init__(self, budget: int = 128 << 20) -> None:
        raise NotImplementedError

    def render(self, document: Document, rect: Rect | None = None) -> Pixels:
        """(h, w, 4) uint8 premultiplied BGRA of `rect` of the canvas, a new array."""
        raise NotImplementedError

    def merged(self, document: Document) -> Pixels:
        """The whole canvas."""
        return self.render(document)
