# SPDX-License-Identifier: Apache-2.0
"""A picture and all in it in another size."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from prodedit.core.adjust.values import Adjustment, Blur, Sharpen
from prodedit.core.edits.carrying import carried_layer, patterned
from prodedit.core.effects import Effect
from prodedit.core.geometry import IDENTITY, Point, Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
)
from prodedit.core.resample import resized_tiles
from prodedit.core.tiles import Tiles


class Scaling:
    """Pixels that lie straight on the canvas are resampled; all else is drawn anew at its size."""

    def __init__(self, onto: Transform, before: Size, after: Size) -> None:
        self._onto = onto
        self._before, self._after = before, after
        self._mean = (onto.a + onto.d) / 2

    def layer(self, layer: Layer) -> Layer:
        effects = tuple(_scaled_effect(effect, self._mean) for effect in layer.effects)
        layer = replace(layer, effects=effects)
        if isinstance(layer.content, GroupContent):
            layer = replace(layer, mask=self._canvas_mask(layer.mask))
            return layer.with_children(tuple(map(self.layer, layer.children)))
        if isinstance(layer.content, FillContent):
            return patterned(replace(layer, mask=self._canvas_mask(layer.mask)), self._onto)
        if isinstance(layer.content, AdjustmentContent):
            content = AdjustmentContent(scaled_adjustment(layer.content.adjustment, self._mean))
            return replace(layer, content=content, mask=self._canvas_mask(layer.mask))
        if layer.tiles is not None and layer.transform.is_whole_shift and layer.warp is None:
            return self.pixels(layer, layer.tiles)
        return self.carried(layer)

    def carried(self, layer: Layer) -> Layer:
        """What has no pixels, or none that lie straight."""
        return carried_layer(layer, self._onto)

    def size_of(self, size: Size) -> Size:
        """That pixels of `size` get."""
        return Size(
            max(1, round(size.width * self._onto.a)), max(1, round(size.height * self._onto.d))
        )

    def resized(self, tiles: Tiles, size: Size) -> Tiles:
        """Pixels or a mask in their new size."""
        return resized_tiles(tiles, size)

    def pixels(self, layer: Layer, tiles: Tiles) -> Layer:
        """A layer whose pixels lie straight on the canvas."""
        size = self.size_of(tiles.size)
        place = self._onto.map(Point(layer.transform.dx, layer.transform.dy))
        return replace(
            layer,
            content=PixelContent(self.resized(tiles, size)),
            transform=Transform(dx=round(place.x), dy=round(place.y)),
            mask=self._own_mask(layer.mask, tiles.size, size),
        )

    def _own_mask(self, mask: Mask | None, before: Size, after: Size) -> Mask | None:
        if mask is None:
            return None
        if mask.transform == IDENTITY and mask.alpha.size == before:
            return mask.changed(lambda tiles: self.resized(tiles, after))
        back = Transform(a=before.width / after.width, d=before.height / after.height)
        return replace(mask, transform=back.inverse().after(mask.transform))

    def _canvas_mask(self, mask: Mask | None) -> Mask | None:
        return self._own_mask(mask, self._before, self._after)


_LENGTHS = ("distance", "blur", "spread", "offset", "gap", "width", "size")


def _scaled_effect(effect: Effect, scale: float) -> Effect:
    named = {name: getattr(effect, name) for name in _LENGTHS if hasattr(effect, name)}
    scaled = {name: length * scale for name, length in named.items()}
    changed: Effect = msgspec.structs.replace(effect, **scaled)
    return changed


def scaled_adjustment(adjustment: Adjustment, scale: float) -> Adjustment:
    """What it is in a picture of another size: radii are in pixels."""
    if isinstance(adjustment, Blur | Sharpen):
        radius = min(500.0, max(0.1, adjustment.radius * scale))
        return msgspec.structs.replace(adjustment, radius=radius)
    return adjustment
