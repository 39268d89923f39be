# SPDX-License-Identifier: Apache-2.0
"""Ways to look at a cut-out. Each is a Document made from the real one, so all are drawn alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from types import MappingProxyType
from weakref import WeakKeyDictionary

import numpy as np

from prodedit.core.coverage import moved
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import IDENTITY, Rect, Size, Transform
from prodedit.core.layer import Colour, FillContent, Layer, Mask, PixelContent, SolidFill
from prodedit.core.tiles import TILE, Block, Place, Tiles, places
from prodedit.render.masks import to_canvas


class MaskView(Enum):
    """What the canvas shows of the active layer's mask."""

    OFF = "off"
    OVERLAY = "overlay"
    """The whole photo, what is hidden tinted red; of other layers the whole picture."""
    OVERLAY_GREEN = "overlay-green"
    """For what lies before red."""
    ALONE = "alone"
    """The mask itself: white is kept, black is hidden."""
    ON_BLACK = "on-black"
    ON_WHITE = "on-white"
    UNCERTAINTY = "uncertainty"
    """The photo dimmed, with amber where the cut-out may be wrong."""


_TINTS: Mapping[MaskView, Colour] = MappingProxyType(
    {MaskView.OVERLAY: Colour(255, 32, 64), MaskView.OVERLAY_GREEN: Colour(0, 224, 64)}
)
_DOUBT = Colour(255, 176, 0)
_BLACK, _WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


class MaskLook:
    """Makes the documents to show; keeps what it computed of a block as long as the block lives."""

    def __init__(self) -> None:
        self._inverted: WeakKeyDictionary[Block, Block] = WeakKeyDictionary()
        self._solids: dict[tuple[Size, Colour], Tiles] = {}
        self._moved: tuple[Tiles, Transform, Size, Tiles] | None = None
        self._full = Block(np.full((TILE, TILE), 255, np.uint8))

    def shown(self, document: Document, layer_id: str | None, view: MaskView) -> Document:
        """The document itself where the layer has no mask to look at."""
        layer = None if layer_id is None else document.find(layer_id)
        if view is MaskView.OFF or layer is None or layer.mask is None:
            return document
        if layer.tiles is None and view in _TINTS:
            return self._over(document, layer, layer.mask, _TINTS[view])
        if layer.tiles is None and view is MaskView.UNCERTAINTY:
            return document
        plain = replace(layer, opacity=1.0, visible=True, blend="normal", clip=False)
        return replace(document, layers=_LOOKS[view](self, plain, layer.mask))

    def overlay(
        self, layer: Layer, mask: Mask, tint: Colour = _TINTS[MaskView.OVERLAY]
    ) -> tuple[Layer, ...]:
        return (
            replace(layer, mask=None),
            self._tinted(to_canvas(mask, layer), tint, self.inverse(mask.alpha), 0.5),
        )

    def overlay_green(self, layer: Layer, mask: Mask) -> tuple[Layer, ...]:
        return self.overlay(layer, mask, _TINTS[MaskView.OVERLAY_GREEN])

    def alone(self, layer: Layer, mask: Mask) -> tuple[Layer, ...]:
        return (_fill(_BLACK), self._tinted(to_canvas(mask, layer), _WHITE, mask.alpha))

    def on_black(self, layer: Layer, mask: Mask) -> tuple[Layer, ...]:
        return (_fill(_BLACK), replace(layer, mask=replace(mask, enabled=True)))

    def on_white(self, layer: Layer, mask: Mask) -> tuple[Layer, ...]:
        return (_fill(_WHITE), replace(layer, mask=replace(mask, enabled=True)))

    def uncertainty(self, layer: Layer, mask: Mask) -> tuple[Layer, ...]:
        dimmed = (_fill(_BLACK), replace(layer, mask=None, opacity=0.4))
        if mask.confidence is None:
            return dimmed
        return (
            *dimmed,
            self._tinted(to_canvas(mask, layer), _DOUBT, self.inverse(mask.confidence)),
        )

    def inverse(self, tiles: Tiles) -> Tiles:
        """255 - tiles; blocks that were inverted before are the same objects again."""
        blocks = {place: self._inverse(tiles, place) for place, _ in places(tiles.bounds)}
        return tiles.with_blocks(blocks)

    def _inverse(self, tiles: Tiles, place: Place) -> Block:
        block = tiles.blocks.get(place)
        if block is None:
            return self._full
        known = self._inverted.get(block)
        if known is None:
            known = self._inverted[block] = Block(255 - block.pixels)
        return known

    def _over(self, document: Document, layer: Layer, mask: Mask, colour: Colour) -> Document:
        """The picture as it is, tinted where the mask of what has no pixels of its own hides it."""
        place, alpha = to_canvas(mask, layer), mask.alpha
        if (place, alpha.size) != (IDENTITY, document.size):
            alpha = self._on_canvas(alpha, place, document.size)
        tint = self._tinted(IDENTITY, colour, self.inverse(alpha), 0.5)
        return replace(document, layers=(*document.layers, tint))

    def _on_canvas(self, alpha: Tiles, place: Transform, size: Size) -> Tiles:
        """What lies beyond the mask is hidden, too."""
        if self._moved is None or self._moved[:3] != (alpha, place, size):
            seen = Tiles.from_array(moved(alpha, place, Rect.of(size)))
            self._moved = (alpha, place, size, seen)
        return self._moved[3]

    def _tinted(
        self, place: Transform, colour: Colour, alpha: Tiles, opacity: float = 1.0
    ) -> Layer:
        tiles = self._solid(alpha.size, colour)
        content = PixelContent(tiles)
        tint = Layer("mask-view-tint", "", content, opacity, mask=Mask(alpha))
        return replace(tint, transform=place)

    def _solid(self, size: Size, colour: Colour) -> Tiles:
        if (size, colour) not in self._solids:
            self._solids[size, colour] = solid_tiles(size, colour)
        return self._solids[size, colour]


_LOOKS: Mapping[MaskView, Callable[[MaskLook, Layer, Mask], tuple[Layer, ...]]] = MappingProxyType(
    {
        MaskView.OVERLAY: MaskLook.overlay,
        MaskView.OVERLAY_GREEN: MaskLook.overlay_green,
        MaskView.ALONE: MaskLook.alone,
        MaskView.ON_BLACK: MaskLook.on_black,
        MaskView.ON_WHITE: MaskLook.on_white,
        MaskView.UNCERTAINTY: MaskLook.uncertainty,
    }
)


def photo_document(document: Document) -> Document:
    """The photo as it was opened: "before". The document itself where its photo layer is gone."""
    photo = document.find(PHOTO)
    if photo is None or photo.tiles is None:
        return document
    plain = replace(photo, mask=None, opacity=1.0, visible=True, blend="normal")
    return replace(document, layers=(plain,))


def solid_tiles(size: Size, colour: Colour) -> Tiles:
    """Tiles of one opaque colour; blocks that look alike are one object."""
    blocks: dict[Size, Block] = {}
    picture: dict[Place, Block] = {}
    for place, part in places(Rect.of(size)):
        if part.size not in blocks:
            pixels = np.zeros((TILE, TILE, 4), np.uint8)
            pixels[: part.height, : part.width] = (colour.blue, colour.green, colour.red, 255)
            blocks[part.size] = Block(pixels)
        picture[place] = blocks[part.size]
    return Tiles.empty(size).with_blocks(picture)


def _fill(colour: Colour) -> Layer:
    return Layer("mask-view-ground", "", FillContent(SolidFill(colour)))
