# SPDX-License-Identifier: Apache-2.0
"""What the canvas draws from: the composite in 256 x 256 blocks at every zoom level."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QImage

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.render.compositor import Compositor


class Projection:
    """Level 0 is the canvas, each next one half as large, until the picture fits 512 pixels.

    For the thread that made it. The QImages stay the projection's own: draw them at once; a later
    `image` or `update` may paint into them.
    """

    def __init__(self, document: Document, compositor: Compositor | None = None) -> None:
        raise NotImplementedError

    document: Document
    levels: int
    """How many levels there are, at least 1."""

    def size(self, level: int) -> Size:
        """The picture's size at `level`: the canvas' halved `level` times, rounded up."""
        raise NotImplementedError

    def update(self, document: Document, rects: Iterable[Rect]) -> None:
        """Show `document` from now on; only `rects` of the canvas (see changed_rects) are made anew.

        A document of another size: everything is."""
        raise NotImplementedError

    def set_active(self, layer_id: str | None) -> None:
        """The layer that is being painted on: what lies below and above it is kept merged."""
        raise NotImplementedError

    def is_fresh(self, level: int, column: int, row: int) -> bool:
        """Whether `image` would have nothing to compute."""
        raise NotImplementedError

    def image(self, level: int, column: int, row: int) -> QImage:
        """The 256 x 256 block (zero beyond the canvas), computed now if it is stale."""
        raise NotImplementedError

    def known_image(self, level: int, column: int, row: int) -> tuple[QImage, Rect] | None:
        """Something to show at once: the block, even if stale, else a coarser one.

        With it the part of that image which shows this block (256 x 256 for the block itself, 128 x
        128 of the level above, ...). None where nothing was computed yet."""
        raise NotImplementedError

    @property
    def nbytes(self) -> int:
        """Bytes of pixels held here and in the compositor's caches."""
        raise NotImplementedError
