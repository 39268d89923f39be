# SPDX-License-Identifier: Apache-2.0
"""What there is in a document to snap to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from prodedit.core.document import Document
from prodedit.core.geometry import IDENTITY, Rect, bounding
from prodedit.core.guides import Guide
from prodedit.core.layer import AdjustmentContent, FillContent, GroupContent, Layer, Mask
from prodedit.core.tiles import Tiles, block_rect
from prodedit.editing.aids import Aids
from prodedit.gui.snapping import Box, Target, Targets, edges, joined


class SeenBounds:
    """Where layers can be seen, to the pixel where they lie straight; for many questions about the
    same pixels, each of which is looked at once."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Tiles, Rect] = WeakKeyDictionary()

    def of(self, layer: Layer, document: Document) -> Rect:
        """Empty of what has no place (it covers the canvas) or can't be seen."""
        content = layer.content
        if not layer.visible or isinstance(content, FillContent | AdjustmentContent):
            return Rect(0, 0, 0, 0)
        if isinstance(content, GroupContent):
            return bounding(self.of(child, document) for child in layer.children)
        tiles, mask = layer.tiles, layer.mask
        if tiles is None or layer.warp is not None:
            return layer.content_bounds(document.size)
        own = self._alpha(tiles)
        if mask is not None and _lies_on_it(mask):
            own = own.intersect(self._alpha(mask.alpha))
        return own if own.is_empty else layer.transform.map_rect(own)

    def _alpha(self, tiles: Tiles) -> Rect:
        if tiles not in self._known:
            self._known[tiles] = alpha_bounds(tiles)
        return self._known[tiles]


def alpha_bounds(tiles: Tiles) -> Rect:
    """The smallest rectangle round all that is not zero (of pixels: not transparent). From the
    borders inwards, so that blocks within what is known already are not looked at."""
    middle = (tiles.size.width / 2, tiles.size.height / 2)
    whole = Rect(0, 0, 0, 0)

    def distance(place: tuple[int, int]) -> float:
        rect = block_rect(place)
        x, y = rect.x + rect.width / 2 - middle[0], rect.y + rect.height / 2 - middle[1]
        return -(x * x + y * y)

    for place in sorted(tiles.blocks, key=distance):
        rect = block_rect(place).intersect(tiles.bounds)
        if whole.union(rect) == whole:
            continue
        pixels = tiles.blocks[place].pixels
        alpha = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., 3])
        x, y, width, height = cv2.boundingRect(alpha)
        if width:
            whole = whole.union(Rect(rect.x + x, rect.y + y, width, height))
    return whole


def targets_of(
    document: Document, aids: Aids, seen: SeenBounds, moving: Collection[str] = ()
) -> Targets:
    """`moving`: layers that are dragged themselves, each with all in it."""
    if not aids.snap:
        return Targets()
    found: list[Targets] = []
    if aids.guides and aids.snap_guides:
        found.append(of_guides(document.guides))
    if aids.snap_canvas:
        width, height = document.size
        found.append(edges(Box(0, 0, width, height), "canvas"))
    if aids.snap_layers:
        rects = (seen.of(layer, document) for layer in _still(document.layers, moving))
        boxes = {rect for rect in rects if not rect.is_empty}
        found += [edges(Box(r.x, r.y, r.right, r.bottom), "layer") for r in sorted(boxes)]
    if aids.grid and aids.snap_grid:
        found.append(Targets(grid=aids.grid_step))
    return joined(found)


def of_guides(guides: tuple[Guide, ...]) -> Targets:
    return Targets(
        tuple(Target(one.position, "guide") for one in guides if one.direction == "upright"),
        tuple(Target(one.position, "guide") for one in guides if one.direction == "level"),
    )


def _still(layers: tuple[Layer, ...], moving: Collection[str]) -> Iterator[Layer]:
    """Single layers that stay, those in groups too."""
    for layer in layers:
        if layer.id in moving or not layer.visible:
            continue
        if isinstance(layer.content, GroupContent):
            yield from _still(layer.children, moving)
        else:
            yield layer


def _lies_on_it(mask: Mask) -> bool:
    return mask.enabled and mask.transform == IDENTITY
