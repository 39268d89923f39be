# SPDX-License-Identifier: Apache-2.0
"""The layers as ProdEdit itself wrote them, without what is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from prodedit.core.document import Document, layer_tiles
from prodedit.core.geometry import IDENTITY, Size
from prodedit.core.layer import FillContent, GroupContent, Layer, Mask, PixelContent
from prodedit.core.problem import Problem
from prodedit.core.serial import rebuild
from prodedit.core.tiles import Tiles
from prodedit.files.openraster_members import Pictures
from prodedit.files.openraster_notes import ProjectNote

_GREY = ("-alpha.png", "-confidence.png", "selection.png")

Replacement = Callable[[Layer], Layer | None]


class Originals:
    """`document` as described, with blank pixels where a picture is lost. Raises Problem and
    ValueError where the description cannot be understood."""

    def __init__(self, description: bytes, pictures: Pictures) -> None:
        self.names: dict[int, str] = {}
        self._pictures = pictures
        self._alive: list[Tiles] = []  # an id means something only as long as its object lives
        self._lost: set[int] = set()
        self._damaged: set[int] = set()
        data: Any = json.loads(description)
        self.document: Document = rebuild(data, self._tiles)

    @property
    def is_whole(self) -> bool:
        return not self._lost and not self._damaged

    def mended(self, shown: Replacement, notes: list[ProjectNote]) -> Document:
        """The document without what is lost; `shown` gives what others see in place of a layer."""
        document = self.document
        if document.selection is not None and self._is_bad(document.selection):
            notes.append(ProjectNote("lost-selection"))
            document = replace(document, selection=None)
        return replace(document, layers=tuple(self._mend(document.layers, shown, notes)))

    def _mend(
        self, layers: tuple[Layer, ...], shown: Replacement, notes: list[ProjectNote]
    ) -> Iterator[Layer]:
        for layer in layers:
            if isinstance(layer.content, GroupContent):
                children = tuple(self._mend(layer.content.layers, shown, notes))
                if children != layer.content.layers:
                    layer = layer.with_children(children)
            mended = self._with_pixels(layer, shown)
            if mended is None:
                notes.append(ProjectNote("lost-layer", layer.name))
                continue
            if mended is not layer or self._is_damaged(layer):
                notes.append(ProjectNote("damaged-layer", layer.name))
            yield mended

    def _with_pixels(self, layer: Layer, shown: Replacement) -> Layer | None:
        if isinstance(layer.content, PixelContent) and id(layer.content.tiles) in self._lost:
            return shown(layer)
        if isinstance(layer.content, FillContent) and id(layer.content.pattern) in self._lost:
            return shown(layer)
        if layer.mask is None:
            return layer
        mask = self._mask(layer.mask, _mask_size(layer, self.document.size))
        return layer if mask is layer.mask else replace(layer, mask=mask)

    def _mask(self, mask: Mask, size: Size | None) -> Mask | None:
        """Without what is lost: better all of the photo than nothing of it."""
        if self._does_not_fit(mask.alpha, size):
            return None
        if mask.confidence is not None and self._does_not_fit(mask.confidence, size):
            mask = replace(mask, confidence=None)
        if mask.foreground is not None and self._does_not_fit(mask.foreground, size):
            mask = replace(mask, foreground=None)
        return mask

    def _does_not_fit(self, tiles: Tiles, size: Size | None) -> bool:
        return id(tiles) in self._lost or (size is not None and tiles.size != size)

    def _is_damaged(self, layer: Layer) -> bool:
        return any(self._is_bad(tiles) for tiles in layer_tiles(layer))

    def _is_bad(self, tiles: Tiles) -> bool:
        return id(tiles) in self._lost or id(tiles) in self._damaged

    def _tiles(self, name: str) -> Tiles:
        found = self._pictures.get(name)
        tiles = Tiles.empty(Size(1, 1), 1 if name.endswith(_GREY) else 4)
        if found is None:
            self._lost.add(id(tiles))
        else:
            tiles = found.tiles
            if found.is_damaged:
                self._damaged.add(id(tiles))
        self._alive.append(tiles)
        self.names[id(tiles)] = name
        return tiles


def _mask_size(layer: Layer, canvas: Size) -> Size | None:
    """The size its mask has to have; None where any does, since it has a place of its own."""
    if layer.mask is None or layer.mask.transform != IDENTITY:
        return None
    if layer.tiles is not None:
        return layer.tiles.size
    return canvas if layer.own_bounds is None else None


def read_originals(
    description: bytes | None, pictures: Pictures, notes: list[ProjectNote]
) -> Originals | None:
    """None, and a note, where the description is damaged. Raises Problem where it is too new."""
    try:
        if description is not None:
            return Originals(description, pictures)
    except Problem as problem:
        if problem.code == "newer-version":
            raise
    except (ValueError, RecursionError):
        pass
    notes.append(ProjectNote("lost-description"))
    return None
