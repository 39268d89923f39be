# SPDX-License-Identifier: Apache-2.0
"""Edits that make one layer of many, and masks into pixels."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, added, existing, misfit, unlocked
from prodedit.core.geometry import Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.provenance import shown, with_origins
from prodedit.core.selection import full
from prodedit.core.tiles import Tiles
from prodedit.core.values import Value


class MergeLayers(Value, frozen=True):
    """`layers` of one level become the layer `merged`, where the lowest of them was.

    Inputs `pixels` (4 channels) and, where not all of them is covered, `alpha` (1 channel, their
    size): what the layers show together, at (x, y) of the canvas. Made by render.rasterise."""

    layers: tuple[str, ...]
    merged: str
    name: str
    x: int = 0
    y: int = 0
    locked: bool = False
    """Whether locked ones are merged, too: of a picture that is flattened nothing is kept apart."""


class AddMask(Value, frozen=True):
    """A mask that shows all of the layer, or nothing of it."""

    layer: str
    shows: bool = True


class ApplyMask(Value, frozen=True):
    """What the mask hides is gone for good. Inputs as with MergeLayers, without `alpha`."""

    layer: str
    x: int = 0
    y: int = 0


def merge_layers(document: Document, edit: MergeLayers, inputs: Inputs) -> Document:
    levels = {document.place(layer)[0] for layer in edit.layers}
    if len(levels) != 1:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Only layers of the same group can be merged."),
            code="levels-differ",
        )
    for layer_id in edit.layers:
        existing(document, layer_id)
        if not edit.locked:
            unlocked(document, layer_id, "pixels")
    parent = levels.pop()
    chosen = set(edit.layers)
    siblings = document.siblings(parent)
    index = next(n for n, layer in enumerate(siblings) if layer.id in chosen)
    lowest = siblings[index]
    kept = tuple(layer for layer in siblings if layer.id not in chosen)
    parts = (part for layer in siblings if layer.id in chosen for part in shown((layer,)))
    alpha = inputs.get("alpha")
    merged = Layer(
        edit.merged,
        edit.name,
        PixelContent(inputs["pixels"]),
        transform=Transform(dx=edit.x, dy=edit.y),
        mask=None if alpha is None else Mask(alpha),
        clip=lowest.clip,
        made_by=with_origins(None, parts, "MergeLayers"),
    )
    return added(document.with_level(parent, kept), merged, parent, index)


def add_mask(document: Document, edit: AddMask, inputs: Inputs) -> Document:
    layer = existing(document, edit.layer)
    if layer.mask is not None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” has a mask already. Remove that one first."),
            code="has-mask",
            name=layer.name,
        )
    mask = whole_mask(layer, document, edit.shows)
    return document.replace_layer(edit.layer, lambda old: replace(old, mask=mask))


def whole_mask(layer: Layer, document: Document, shows: bool) -> Mask:
    """Of one value, on the layer's own pixels where it has some, else on the canvas."""
    size = document.size if layer.tiles is None else layer.tiles.size
    alpha = full(size) if shows else Tiles.empty(size, 1)
    if layer.tiles is None and layer.own_bounds is not None:
        return Mask(alpha, transform=layer.transform.inverse())
    return Mask(alpha)


def apply_mask(document: Document, edit: ApplyMask, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if layer.mask is None or layer.tiles is None:
        raise misfit(edit.layer)
    if document.locks(edit.layer).alpha:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The transparency of “{name}” is locked. Unlock it to apply the mask."
            ),
            code="alpha-locked",
            name=layer.name,
        )
    content = PixelContent(inputs["pixels"])
    place = Transform(dx=edit.x, dy=edit.y)
    return document.replace_layer(
        edit.layer,
        lambda old: replace(old, content=content, transform=place, mask=None, warp=None),
    )


MergingEdit = MergeLayers | AddMask | ApplyMask
EDITS: EditTable = MappingProxyType(
    {
        MergeLayers: (QT_TRANSLATE_NOOP("Edit", "Merge layers"), merge_layers),
        AddMask: (QT_TRANSLATE_NOOP("Edit", "Add mask"), add_mask),
        ApplyMask: (QT_TRANSLATE_NOOP("Edit", "Apply mask"), apply_mask),
    }
)
