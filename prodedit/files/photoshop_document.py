# SPDX-License-Identifier: Apache-2.0
"""Layers as the decoder process told them become a document."""

from __future__ import annotations

from collections.abc import Iterator

from prodedit.core.document import Document
from prodedit.core.geometry import Size, Transform
from prodedit.core.layer import (
    FillContent,
    GroupContent,
    Layer,
    Mask,
    PixelContent,
    SolidFill,
)
from prodedit.core.tiles import Tiles
from prodedit.files.layered import Layered
from prodedit.files.photoshop_layers import PhotoshopLayer, mask_rect, walk


def document_of(layered: Layered) -> Document:
    """The document, with ids that no two layers share."""
    picture = layered.picture
    made = _Making(layered)
    layers = tuple(made.layers(picture.layers))
    return Document(picture.size, layers, guides=picture.guides, paths=picture.paths)


class _Making:
    def __init__(self, layered: Layered) -> None:
        self._layered = layered
        self._canvas = layered.picture.size
        self._places = {id(one): place for place, one in enumerate(walk(layered.picture.layers))}

    def layers(self, told: tuple[PhotoshopLayer, ...]) -> Iterator[Layer]:
        for one in told:
            yield self._layer(one)

    def _layer(self, told: PhotoshopLayer) -> Layer:
        place = self._places[id(told)]
        return Layer(
            f"layer-{place + 1}",
            told.name,
            self._content(told, place),
            opacity=min(1.0, max(0.0, told.opacity)),
            visible=told.visible,
            locks=told.locks,
            blend=told.blend,
            transform=Transform(dx=float(told.rect.x), dy=float(told.rect.y)),
            mask=self._mask(told, place),
            clip=told.clip,
        )

    def _content(
        self, told: PhotoshopLayer, place: int
    ) -> GroupContent | FillContent | PixelContent:
        if told.layers is not None:
            return GroupContent(tuple(self.layers(told.layers)), told.isolated)
        if told.fill is not None:
            return FillContent(SolidFill(told.fill))
        # An empty layer of theirs has no size; one of ours can be painted on.
        size = self._canvas if told.rect.is_empty else told.rect.size
        return PixelContent(self._layered.pixels.get(place, Tiles.empty(size)))

    def _mask(self, told: PhotoshopLayer, place: int) -> Mask | None:
        if not told.mask:
            return None
        size: Size = mask_rect(told, self._canvas).size
        alpha = self._layered.masks.get(place, Tiles.empty(size, 1))
        return Mask(alpha=alpha, enabled=told.mask == "on")
