# SPDX-License-Identifier: Apache-2.0
"""Pictures of a project file become PNG, strip by strip on all cores; old strips are copied."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE
from prodedit.files.openraster_plan import Raster
from prodedit.files.openraster_zip import Members
from prodedit.files.strip_index import index_of, strip_at, strip_height
from prodedit.files.strips import DamagedError, Kind, Strip, assemble, encode, kind_of, rows_of

Pixels = NDArray[np.uint8]
PREVIEW_SIDE = 2048
"""The picture shown at once when a file is opened: about as large as a window."""


class Preview:
    """The merged picture made smaller by a power of two, patched strip by strip."""

    def __init__(self, size: Size, last: Pixels | None = None) -> None:
        self.step = preview_step(size)
        shape = (-(-size.height // self.step), -(-size.width // self.step), 4)
        fits = last is not None and last.shape == shape
        self.pixels: Pixels = (
            last.copy() if fits and last is not None else np.zeros(shape, np.uint8)
        )
        self.is_patched = fits

    def patch(self, row: int, strip: Pixels) -> None:
        """Take over a strip of up to 256 rows of the merged picture."""
        height, width = -(-strip.shape[0] // self.step), self.pixels.shape[1]
        below, right = height * self.step - strip.shape[0], width * self.step - strip.shape[1]
        if below or right:
            strip = np.pad(strip, ((0, below), (0, right), (0, 0)), "edge")
        top = row * TILE // self.step
        small = cv2.resize(strip, (width, height), interpolation=cv2.INTER_AREA)
        self.pixels[top : top + height] = small


def preview_step(size: Size) -> int:
    """A power of two, so that strips of 256 rows become whole rows."""
    step = 1
    while max(size) > PREVIEW_SIDE * step and step < TILE:
        step *= 2
    return step


class Encoder:
    """Makes PNGs; use it in a `with` block. `old` is the file that unchanged strips come from."""

    def __init__(self, pool: ThreadPoolExecutor, workers: int, old: Members | None) -> None:
        self._pool = pool
        self._window = 2 * workers
        self._old = old

    def png(self, raster: Raster, preview: Preview | None = None) -> list[bytes]:
        """The file in parts."""
        kept = self._kept_strips(raster)
        kind = raster.kind
        if kind is None:
            kind = Kind.RGB if raster.kept is None or not kept else raster.kept.kind
        strips = self._strips(raster, kind, kept, preview)
        if strips is None:
            kind = Kind.RGBA
            strips = self._strips(raster, kind, {}, preview)
            assert strips is not None
        return list(assemble(raster.size, kind, strips))

    def _kept_strips(self, raster: Raster) -> dict[int, Strip]:
        """Empty where the old file has changed meanwhile, is damaged or can't be read any more:
        then all is made anew."""
        if raster.kept is None or self._old is None:
            return {}
        try:
            data = self._old.picture(raster.kept.member, most=1 << 40)  # a file of our own
        except OSError:  # else it would be told as an error of the file that is written
            return {}
        if data is None:
            return {}
        try:
            index = index_of(data)
            if index is None or not index.is_whole or index.kind is not raster.kept.kind:
                return {}
            kept = [row for row in range(len(index.spans)) if row not in raster.kept.dirty]
            return {row: strip_at(data, index, row) for row in kept}
        except DamagedError:
            return {}

    def _strips(
        self, raster: Raster, kind: Kind, kept: dict[int, Strip], preview: Preview | None
    ) -> list[Strip] | None:
        """None where a strip needs alpha, and `kind` has none."""
        strips = dict(kept)
        waiting: deque[tuple[int, Future[Strip]]] = deque()
        for row, pixels in _sources(raster, kept):
            if raster.kind is None and kind is Kind.RGB and kind_of(pixels) is not Kind.RGB:
                return None
            if preview is not None:
                preview.patch(row, pixels)
            waiting.append((row, self._pool.submit(encode, pixels, kind)))
            if len(waiting) > self._window:
                _collect(waiting.popleft(), strips)
        for one in waiting:
            _collect(one, strips)
        return [strips[row] for row in range(rows_of(raster.size))]


def whole(name: str, pixels: Pixels) -> Raster:
    """A small picture from an array of premultiplied BGRA."""
    size = Size(pixels.shape[1], pixels.shape[0])

    def part(rect: Rect) -> Pixels:
        return pixels[rect.y : rect.bottom, rect.x : rect.right]

    return Raster(name, size, part)


def thumbnail(preview: Pixels, side: int = 256) -> Pixels:
    """At most `side` pixels wide and high, as the specification asks."""
    size = Size(preview.shape[1], preview.shape[0]).fit(side)
    return np.asarray(cv2.resize(preview, size, interpolation=cv2.INTER_AREA))


def _sources(raster: Raster, kept: Iterable[int]) -> Iterator[tuple[int, Pixels]]:
    known = set(kept)
    for row in range(rows_of(raster.size)):
        if row not in known:
            height = strip_height(raster.size, row)
            yield row, raster.pixels(Rect(0, row * TILE, raster.size.width, height))


def _collect(one: tuple[int, Future[Strip]], strips: dict[int, Strip]) -> None:
    strips[one[0]] = one[1].result()
