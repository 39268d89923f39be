# SPDX-License-Identifier: Apache-2.0
"""The edit that gives a layer other pixels, perhaps more or fewer of them, in the same place."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from prodedit.core.document import Document
from prodedit.core.edits.canvas import carried, checked
from prodedit.core.edits.carrying import carried_layer
from prodedit.core.edits.layers import EditTable, Inputs, misfit, unlocked
from prodedit.core.edits.scaling import Scaling
from prodedit.core.geometry import IDENTITY, Point, Size, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.provenance import with_origins
from prodedit.core.resample import resized_tiles
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value
from prodedit.core.warp import MeshWarp, Perspective, Warp


class EnhanceLayer(Value, frozen=True):
    """Input `pixels`: 4 channels, of any size; inputs `alpha` and `foreground`, of the same size,
    for the layer's mask. `task`: what made them.

    canvas: the document grows with the layer, and all other layers by their transforms, so that
    their own pixels stay as they are. Otherwise the layer keeps its place and size on the canvas.
    """

    layer: str
    canvas: bool = True
    task: dict[str, Any] | None = None


def enhance_layer(document: Document, edit: EnhanceLayer, inputs: Inputs) -> Document:
    layer, pixels = unlocked(document, edit.layer, "pixels"), inputs["pixels"]
    if layer.tiles is None or pixels.channels != 4:
        raise misfit(edit.layer)
    new = _filled(layer, layer.tiles.size, inputs, edit)
    own = _between(pixels.size, layer.tiles.size)
    if own == IDENTITY:
        return document.replace_layer(edit.layer, lambda _: new)
    if not edit.canvas:
        placed = replace(new, transform=layer.transform.after(own))
        return document.replace_layer(edit.layer, lambda _: placed)
    onto = own.inverse()
    size = _grown(document, layer, pixels.size, onto)
    checked(size)
    grown = document.replace_layer(edit.layer, lambda _: new)
    return carried(grown, size, onto, _Growing(onto, document.size, size, edit.layer, own).layer)


class _Growing(Scaling):
    """Of the one layer there are enough pixels now; others keep theirs, and are drawn larger."""

    def __init__(
        self, onto: Transform, before: Size, after: Size, enhanced: str, own: Transform
    ) -> None:
        super().__init__(onto, before, after)
        self._enhanced, self._own = enhanced, own

    def pixels(self, layer: Layer, tiles: Tiles) -> Layer:
        if layer.id != self._enhanced:
            return carried_layer(layer, self._onto)
        place = self._onto.map(Point(layer.transform.dx, layer.transform.dy))
        return replace(layer, transform=Transform(dx=round(place.x), dy=round(place.y)))

    def layer(self, layer: Layer) -> Layer:
        if layer.id != self._enhanced or (layer.transform.is_whole_shift and layer.warp is None):
            return super().layer(layer)
        # Slanted or bent: its own plane has become finer, the canvas too.
        return super().layer(replace(layer, transform=layer.transform.after(self._own)))


def _filled(layer: Layer, before: Size, inputs: Inputs, edit: EnhanceLayer) -> Layer:
    pixels = inputs["pixels"]
    return replace(
        layer,
        content=PixelContent(pixels),
        mask=_mask(layer.mask, before, inputs),
        warp=scaled_warp(layer.warp, _between(before, pixels.size)),
        made_by=with_origins(edit.task, (layer,)),
    )


def _mask(mask: Mask | None, before: Size, inputs: Inputs) -> Mask | None:
    """On the new pixels as it was on the old ones."""
    after = inputs["pixels"].size
    if mask is None:
        return None
    if mask.transform != IDENTITY or mask.alpha.size != before:
        return replace(mask, transform=_between(before, after).after(mask.transform))
    foreground = inputs.get("foreground") if mask.foreground is not None else None
    if before == after:
        return replace(mask, foreground=foreground or mask.foreground)
    resized = mask.changed(lambda tiles: resized_tiles(tiles, after))
    return replace(
        resized,
        alpha=inputs.get("alpha", resized.alpha),
        foreground=foreground or resized.foreground,
    )


def scaled_warp(warp: Warp | None, onto: Transform) -> Warp | None:
    """The same bend of a layer's plane after that was mapped."""
    if isinstance(warp, Perspective):
        first, second, third, fourth = map(onto.map, warp.corners)
        return Perspective((first, second, third, fourth))
    if isinstance(warp, MeshWarp):
        return MeshWarp(warp.columns, warp.rows, tuple(map(onto.map, warp.points)))
    return None


def _between(first: Size, second: Size) -> Transform:
    return Transform(a=second.width / first.width, d=second.height / first.height)


def _grown(document: Document, layer: Layer, pixels: Size, onto: Transform) -> Size:
    """The canvas after it has grown; where the layer fills it, to the pixel."""
    assert layer.tiles is not None
    if layer.transform == IDENTITY and layer.tiles.size == document.size and layer.warp is None:
        return pixels
    width, height = document.size
    return Size(max(1, round(width * onto.a)), max(1, round(height * onto.d)))


EnlargingEdit = EnhanceLayer
EDITS: EditTable = MappingProxyType(
    {EnhanceLayer: (QT_TRANSLATE_NOOP("Edit", "Enhance"), enhance_layer)}
)
