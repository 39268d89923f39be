# SPDX-License-Identifier: Apache-2.0
"""A document made small, quickly: for previews, histograms and thumbnails.

Each layer is reduced on its own, by a power of two, in the blocks that it is stored in; then they
are composited. Of 24 megapixels that is a tenth of the work of compositing them all. Blending and
adjusting what was reduced is not just reducing what was blended, but near enough to look at.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from prodedit.core.coverage import moved
from prodedit.core.document import Document
from prodedit.core.edits.scaling import Scaling
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import GroupContent, Layer, Mask
from prodedit.core.tiles import TILE, Pixels, Tiles, block_rect, slices
from prodedit.render.compositor import Compositor

COARSEST = 5
"""Halvings at most; thumbnails of larger pictures are made smaller afterwards."""


def halvings(size: Size, side: int) -> int:
    """So many that the longer side is not below `side`, which it would be after another."""
    count = 0
    while count < COARSEST and max(size) >> (count + 1) >= side:
        count += 1
    return count


class Reduced:
    """Reduced pixels and masks, kept as long as what they were made of. For any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: WeakKeyDictionary[Tiles, dict[int, Tiles]] = WeakKeyDictionary()

    def tiles(self, tiles: Tiles, step: int) -> Tiles:
        with self._lock:
            made = self._known.setdefault(tiles, {}).get(step)
        if made is None:
            made = reduced_tiles(tiles, step)
            with self._lock:
                self._known.setdefault(tiles, {})[step] = made
        return made


def small_document(document: Document, count: int, known: Reduced | None = None) -> Document:
    """The document with its sides halved `count` times, rounded up, without its selection."""
    if count == 0:
        return Document(document.size, document.layers)
    size = _reduced_size(document.size, 1 << count)
    scaling = _Halving(document.size, size, 1 << count, known or Reduced())
    return Document(size, tuple(map(scaling.layer, document.layers)))


def small_pixels(document: Document, side: int, known: Reduced | None = None) -> Pixels:
    """(h, w, 4) premultiplied BGRA: the whole picture, its longer side `side` at most."""
    small = small_document(document, halvings(document.size, side), known)
    pixels = Compositor().merged(small)
    wanted = document.size.fit(side)
    if small.size == wanted:
        return pixels
    return np.asarray(cv2.resize(pixels, tuple(wanted), interpolation=cv2.INTER_AREA), np.uint8)


def small_part(
    document: Document, where: Mask | None, side: int, known: Reduced | None = None
) -> Pixels:
    """As `small_pixels`, of what a mask over the canvas lets show; None: all of it."""
    pixels = small_pixels(document, side, known)
    if where is None or not where.enabled:
        return pixels
    area = Rect(0, 0, pixels.shape[1], pixels.shape[0])
    shrunk = Transform(a=area.width / document.size.width, d=area.height / document.size.height)
    seen = moved(where.alpha, shrunk.after(where.transform), area)
    return np.asarray(cv2.multiply(pixels, cv2.merge([seen] * 4), scale=1 / 255), np.uint8)


def below(document: Document, layer_id: str) -> Document:
    """What an adjustment layer works on, as a document: what lies below it, or of one that is
    clipped the layer it is clipped to. Empty where there is no such layer."""
    return Document(document.size, _below(document.layers, layer_id) or ())


def _below(layers: tuple[Layer, ...], layer_id: str) -> tuple[Layer, ...] | None:
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            return layers[_base(layers, index) if layer.clip else 0 : index]
        if isinstance(layer.content, GroupContent):
            inner = _below(layer.content.layers, layer_id)
            if inner is not None:
                return inner if layer.content.isolated else (*layers[:index], *inner)
    return None


def _base(layers: tuple[Layer, ...], index: int) -> int:
    """Where the layer lies that a clipped one shows on."""
    while index > 0 and layers[index].clip:
        index -= 1
    return index


class _Halving(Scaling):
    """As for another size of the picture, with means over whole squares instead of a resampling."""

    def __init__(self, before: Size, after: Size, step: int, known: Reduced) -> None:
        super().__init__(Transform(a=1 / step, d=1 / step), before, after)
        self._step = step
        self._known = known

    def resized(self, tiles: Tiles, size: Size) -> Tiles:
        return self._known.tiles(tiles, self._step)

    def size_of(self, size: Size) -> Size:
        return _reduced_size(size, self._step)


def reduced_tiles(tiles: Tiles, step: int) -> Tiles:
    """A `step`th of the sides, rounded up; `step` divides 256. Colours premultiplied."""
    size = _reduced_size(tiles.size, step)
    shape = (size.height, size.width, 4) if tiles.channels == 4 else (size.height, size.width)
    small = np.zeros(shape, np.uint8)
    side = TILE // step
    for place, block in tiles.blocks.items():
        x, y = place[0] * side, place[1] * side
        target = slices(small, Rect(x, y, side, side).intersect(Rect.of(size)))
        area = block_rect(place).intersect(tiles.bounds)
        own = block.pixels[: area.height, : area.width]
        target[...] = _averaged(own, step)
    return Tiles.from_array(small)


def _averaged(pixels: Pixels, step: int) -> Pixels:
    """Halved again and again: OpenCV's means of 2 x 2 are by far its fastest."""
    while step > 1:
        size = (-(-pixels.shape[1] // 2), -(-pixels.shape[0] // 2))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        step //= 2
    return pixels


def _reduced_size(size: Size, step: int) -> Size:
    return Size(-(-size.width // step), -(-size.height // step))
