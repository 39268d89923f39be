# SPDX-License-Identifier: Apache-2.0
"""A layer as far as it was enhanced for a look: the pieces that came, in place of its own pixels.

Mask, effects, opacity and all that lies above and below stay as they are, so that the look is what
the whole will be. Where the screen shows more than the layer has pixels, it gets more of them;
where it shows a large picture small, fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core.edits.enlarging import scaled_warp
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.pixels import Pixels
from prodedit.core.tiles import Tiles
from prodedit.engine.results import PixelsResult

_ROUND = 64
"""Pixels round what is in sight that are there, too: effects look at their surroundings."""


class Made(NamedTuple):
    """What came back for the layer's pixels `wide`, of which `inner` are to be shown."""

    wide: Rect
    inner: Rect
    result: PixelsResult


@dataclass(frozen=True, eq=False)
class EnhancedLayer:
    """`shown`: the layer with `scale` pixels for one of its own, each way."""

    layer: Layer
    scale: float
    shown: Layer

    def with_piece(self, made: Made) -> EnhancedLayer:
        """Its inner part, in place of what was there."""
        assert self.shown.tiles is not None
        target = _scaled(made.inner, self.scale).intersect(self.shown.tiles.bounds)
        if target.is_empty:
            return self
        pixels = _cut(made, made.result.pixels, target)
        content = PixelContent(self.shown.tiles.paste(pixels, target.x, target.y))
        mask = self._mask_with(made, target)
        return replace(self, shown=replace(self.shown, content=content, mask=mask))

    def _mask_with(self, made: Made, target: Rect) -> Mask | None:
        """Its colours for the product's edge are in the new light."""
        mask, colours = self.shown.mask, made.result.foreground
        is_on_pixels = mask is not None and mask.transform == IDENTITY
        if mask is None or colours is None or mask.foreground is None or not is_on_pixels:
            return mask
        new = mask.foreground.paste(_cut(made, colours, target), target.x, target.y)
        return replace(mask, foreground=new)


def begun(layer: Layer, scale: float, seen: Rect, pieces: Iterable[Made]) -> EnhancedLayer:
    """The layer as it is where nothing else is known; `seen`: what of its pixels is in sight.

    Takes its time for other scales than 1: not to be called by the window's thread."""
    assert layer.tiles is not None
    enhanced = EnhancedLayer(layer, scale, layer if scale == 1 else _rescaled(layer, scale, seen))
    for made in pieces:
        enhanced = enhanced.with_piece(made)
    return enhanced


def _rescaled(layer: Layer, scale: float, seen: Rect) -> Layer:
    """Blank where it is far out of sight."""
    assert layer.tiles is not None
    old = layer.tiles.size
    size = Size(max(1, round(old.width * scale)), max(1, round(old.height * scale)))
    part = seen.inflate(ceil(_ROUND / min(1.0, scale))).intersect(Rect.of(old))

    def change(tiles: Tiles) -> Tiles:
        target = _scaled(part, scale).intersect(Rect.of(size))
        pixels = _resized(tiles.to_array(part), target.size)
        return Tiles.empty(size, tiles.channels).paste(pixels, target.x, target.y)

    onto = Transform(a=old.width / size.width, d=old.height / size.height)
    mask, place = layer.mask, layer.transform.after(onto)
    if mask is not None and mask.transform == IDENTITY and mask.alpha.size == old:
        mask = mask.changed(change)
    elif mask is not None:
        mask = replace(mask, transform=onto.inverse().after(mask.transform))
    return replace(
        layer,
        content=PixelContent(change(layer.tiles)),
        transform=place,
        mask=mask,
        warp=scaled_warp(layer.warp, onto.inverse()),
    )


def _cut(made: Made, pixels: Pixels, target: Rect) -> Pixels:
    """The inner part of what came, with as many pixels as its place has."""
    height, width = pixels.shape[:2]
    fx, fy = width / made.wide.width, height / made.wide.height
    left, top = made.inner.x - made.wide.x, made.inner.y - made.wide.y
    x, y = round(left * fx), round(top * fy)
    right, bottom = round((left + made.inner.width) * fx), round((top + made.inner.height) * fy)
    inner = pixels[y : max(bottom, y + 1), x : max(right, x + 1)]
    return _resized(inner, target.size)


def _resized(pixels: Pixels, size: Size) -> Pixels:
    """Quickly: it is only looked at."""
    if pixels.shape[1::-1] == tuple(size):
        return pixels
    shrinks = size.width * size.height < pixels.shape[0] * pixels.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, tuple(size), interpolation=how), np.uint8)


def _scaled(rect: Rect, scale: float) -> Rect:
    x, y = round(rect.x * scale), round(rect.y * scale)
    right, bottom = round(rect.right * scale), round(rect.bottom * scale)
    return Rect(x, y, max(1, right - x), max(1, bottom - y))
