# SPDX-License-Identifier: Apache-2.0
"""What the canvas draws from: the composite in 256 x 256 blocks at every zoom level."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from PySide6.QtGui import QImage

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices
from prodedit.render.active import ActiveLayer
from prodedit.render.compositor import Compositor
from prodedit.render.images import Surface
from prodedit.render.program import compiled
from prodedit.render.sketch import Sketch

SMALLEST = 512
"""The coarsest level fits a square of this side."""

Key = tuple[int, int, int]
"""(level, column, row)."""


class Projection:
    """Level 0 is the canvas, each next one half as large, until the picture fits 512 pixels.

    Nothing is computed before it is asked for, and then only what changed, to the pixel. Where so
    much changed that this takes long, `sketch` gives a near answer first, without the finer levels.
    For the thread that made it. The QImages stay the projection's own: draw them at once, never
    paint on them; a later `image` or `sketch` may change what they show.
    """

    def __init__(self, document: Document, compositor: Compositor | None = None) -> None:
        self.document = document
        self._compositor = Compositor() if compositor is None else compositor
        self._program = compiled(document.layers)
        self._active = ActiveLayer(self._compositor, document.size)
        self._blocks: dict[Key, Surface] = {}
        self._stale: dict[Key, Rect] = {}
        self._near: set[Key] = set()
        """Stale ones that were sketched since."""
        self._seeded: set[Key] = set()
        self._sketch: Sketch | None = None
        self._active_id: str | None = None
        self._sizes = _level_sizes(document.size)

    @property
    def levels(self) -> int:
        """How many levels there are, at least 1."""
        return len(self._sizes)

    def size(self, level: int) -> Size:
        """The picture's size at `level`: the canvas' halved `level` times, rounded up."""
        return self._sizes[level]

    @property
    def nbytes(self) -> int:
        """Bytes of pixels held here and in the compositor's cache, beside the document's own."""
        own = sum(s.array.nbytes for s in self._blocks.values() if s.array.flags.writeable)
        own += 0 if self._sketch is None else self._sketch.nbytes
        return own + self._active.nbytes + self._compositor.sources.cache.nbytes

    def update(self, document: Document, rects: Iterable[Rect]) -> None:
        """Show `document` from now on; only `rects` of the canvas are made anew (see
        changed_rects), or everything where its size changed."""
        resized = document.size != self.document.size
        self.document = document
        self._program = compiled(document.layers)
        self._active.follow(self._program, document.size)
        if resized:
            self._sizes = _level_sizes(document.size)
            self._blocks.clear()
            self._stale.clear()
            self._near.clear()
            self._seeded.clear()
        else:
            for rect in rects:
                self._soil(rect)

    def set_active(self, layer_id: str | None) -> None:
        """The layer that is being painted on: where it changes, what lies below and above it is
        kept merged."""
        self._active_id = layer_id
        self._active.choose(layer_id, self._program)
        if self._sketch is not None:
            self._sketch.set_active(layer_id)

    def is_fresh(self, level: int, column: int, row: int) -> bool:
        """Whether `image` would have nothing to compute."""
        key = (level, column, row)
        return key in self._blocks and key not in self._stale

    def is_near(self, level: int, column: int, row: int) -> bool:
        """Whether what is known of the block shows the document as it is now, or nearly."""
        key = (level, column, row)
        return key in self._near or self.is_fresh(*key)

    def missing(self, level: int, column: int, row: int) -> int:
        """So many pixels of the canvas have changed since the block was made; 0 of one that never
        was, or that is near."""
        key = (level, column, row)
        part = self._stale.get(key)
        known = part is None or key in self._near or key in self._seeded
        return 0 if part is None or known else part.size.area << 2 * level

    def sketch(self, level: int, column: int, row: int) -> None:
        """Make what has changed of the block near what it will be, from reduced layers."""
        key = (level, column, row)
        known, part = self._blocks.get(key), self._stale.get(key)
        if known is None or part is None:
            return
        if not known.array.flags.writeable:
            known = self._blocks[key] = Surface(known.array.copy())
        inside = part.translate(-column * TILE, -row * TILE)
        target = Surface(slices(known.array, inside))
        self._sketch_at(level).paint(self.document, (column, row), part, target)
        self._near.add(key)

    def _sketch_at(self, level: int) -> Sketch:
        """Of one level only: the others were looked at before."""
        if self._sketch is None or self._sketch.level != level:
            self._sketch = Sketch(self._compositor, level)
            self._sketch.set_active(self._active_id)
        return self._sketch

    def image(self, level: int, column: int, row: int) -> QImage:
        """The 256 x 256 block (zero beyond the canvas), computed now if it is stale."""
        return self._fresh((level, column, row)).image

    def known_image(self, level: int, column: int, row: int) -> tuple[QImage, Rect] | None:
        """Something to show at once: the block, even if stale, else a coarser one.

        With it the part of that image which shows this block (256 x 256 for the block itself, 128 x
        128 of the level above, ...). None where nothing was computed yet."""
        for up in range(self.levels - level):
            known = self._blocks.get((level + up, column >> up, row >> up))
            side = TILE >> up
            if known is not None and side:
                x, y = (column * side) % TILE, (row * side) % TILE
                return known.image, Rect(x, y, side, side)
        return None

    def seed(self, pixels: Pixels) -> None:
        """Show `pixels`, the whole picture made smaller, wherever nothing better is known yet.

        (h, w, 4) premultiplied BGRA; of the size of a level nothing is lost."""
        fitting = (n for n, size in enumerate(self._sizes) if size.width <= pixels.shape[1])
        level = next(fitting, self.levels - 1)
        for number in range(level, self.levels):
            if (pixels.shape[1], pixels.shape[0]) != self._sizes[number]:
                area = cv2.INTER_AREA
                pixels = np.asarray(cv2.resize(pixels, self._sizes[number], interpolation=area))
            for place, part in places(Rect.of(self._sizes[number])):
                key = (number, *place)
                if key not in self._blocks:
                    self._blocks[key] = _surface(pixels, place, part)
                    self._stale[key] = part
                    self._seeded.add(key)

    def _soil(self, rect: Rect) -> None:
        for level, size in enumerate(self._sizes):
            inside = rect.intersect(Rect.of(size))
            for (column, row), part in places(inside):
                key = (level, column, row)
                self._near.discard(key)
                self._seeded.discard(key)
                if key in self._blocks:
                    self._stale[key] = self._stale.get(key, Rect(0, 0, 0, 0)).union(part)
            rect = Rect.between(rect.x / 2, rect.y / 2, rect.right / 2, rect.bottom / 2)

    def _fresh(self, key: Key) -> Surface:
        known = self._blocks.get(key)
        part = self._stale.get(key)
        if known is None:
            known = self._made(key)
        elif part is not None:
            known = self._mended(key, known, part)
        self._blocks[key] = known
        self._stale.pop(key, None)
        self._near.discard(key)
        self._seeded.discard(key)
        return known

    def _made(self, key: Key) -> Surface:
        level, column, row = key
        area = block_rect((column, row)).intersect(Rect.of(self._sizes[level]))
        if level == 0:
            shared = self._compositor.shared(self._program, self.document.size, (column, row))
            if shared is not None:
                return Surface(shared)
        surface = Surface.blank()
        self._compute(key, surface, area)
        return surface

    def _mended(self, key: Key, known: Surface, part: Rect) -> Surface:
        """`known` with `part` (pixels of its level) made anew."""
        if not known.array.flags.writeable:
            known = Surface(known.array.copy())
        self._compute(key, known, part)
        return known

    def _compute(self, key: Key, surface: Surface, part: Rect) -> None:
        level, column, row = key
        x, y = column * TILE, row * TILE
        if part.is_empty:
            return
        whole = part == Rect(x, y, TILE, TILE)
        target = surface if whole else Surface(slices(surface.array, part.translate(-x, -y)))
        if level == 0:
            painted = part.size.area if key in self._blocks else 0
            program = self._active.program(self._program, (column, row), painted)
            self._compositor.paint(program, self.document.size, (column, row), part, target)
        else:
            self._reduce(level, part, target.array)

    def _reduce(self, level: int, part: Rect, target: Pixels) -> None:
        """Means of 2 x 2 pixels of the next finer level; its last column and row count twice where
        their number is odd."""
        finer = Rect(part.x * 2, part.y * 2, part.width * 2, part.height * 2)
        for place, piece in places(finer.intersect(Rect.of(self._sizes[level - 1]))):
            pixels = self._fresh((level - 1, *place)).array
            shown = slices(pixels, piece.translate(-place[0] * TILE, -place[1] * TILE))
            small = _halved(shown)
            x, y = piece.x // 2 - part.x, piece.y // 2 - part.y
            target[y : y + small.shape[0], x : x + small.shape[1]] = small


class Still(Projection):
    """A picture of which no more is known than one that is smaller; see `seed`."""

    def __init__(self, size: Size, pixels: Pixels) -> None:
        super().__init__(Document(size, ()))
        self.seed(pixels)

    def is_fresh(self, level: int, column: int, row: int) -> bool:
        """Whatever is known is all there will be."""
        return True


def _surface(pixels: Pixels, place: Place, part: Rect) -> Surface:
    surface = Surface.blank()
    inside = part.translate(-place[0] * TILE, -place[1] * TILE)
    slices(surface.array, inside)[...] = slices(pixels, part)
    return surface


def _level_sizes(canvas: Size) -> list[Size]:
    sizes = [canvas]
    while max(sizes[-1]) > SMALLEST:
        width, height = sizes[-1]
        sizes.append(Size(-(-width // 2), -(-height // 2)))
    return sizes


def _halved(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    if height % 2 or width % 2:
        pixels = np.asarray(
            cv2.copyMakeBorder(pixels, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
        )
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
