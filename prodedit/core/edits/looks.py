# SPDX-License-Identifier: Apache-2.0
"""Edits of how a layer looks without its pixels changing: adjustments, effects, clipping."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import cv2
import numpy as np

from prodedit.core import adjust
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import Adjustment
from prodedit.core.blend import mix
from prodedit.core.document import Document
from prodedit.core.edits.layers import (
    EditTable,
    Inputs,
    added,
    existing,
    misfit,
    selected_only,
    unlocked,
    with_alpha_of,
)
from prodedit.core.edits.selected import on_layer
from prodedit.core.edits.selection import mask_region
from prodedit.core.effects import Effect
from prodedit.core.geometry import Rect
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Mask, PixelContent
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Pixels, Tiles, block_rect
from prodedit.core.values import Value


class AddAdjustmentLayer(Value, frozen=True):
    """Changes the colours of all that lies below; with `clip` of the one layer below it. Where a
    part of the picture is selected it gets that as its mask, with an edge softened over about
    `soft` pixels to both sides; and of the layer `product` only what its mask lets show, although
    that may be switched off."""

    layer: str
    name: str
    adjustment: Adjustment
    parent: str | None = None
    index: int = 1 << 30
    clip: bool = False
    soft: float = 0.0
    product: str = ""


class SetAdjustment(Value, frozen=True):
    layer: str
    adjustment: Adjustment


class AdjustPixels(Value, frozen=True):
    """Change a layer's own pixels for good, inside of the selection where there is one.

    Inputs `adjusted` and, of a mask that has one, `foreground`: what comes out, where that was
    computed already; it is not computed again then."""

    layer: str
    adjustment: Adjustment


class SetEffects(Value, frozen=True):
    layer: str
    effects: tuple[Effect, ...]


class SetClip(Value, frozen=True):
    """Show the layer only where the one below it shows."""

    layer: str
    clip: bool


class SetIsolated(Value, frozen=True):
    """Whether a group is composited on its own first; otherwise its layers meet what lies below."""

    group: str
    isolated: bool


def add_adjustment_layer(document: Document, edit: AddAdjustmentLayer, inputs: Inputs) -> Document:
    content = AdjustmentContent(edit.adjustment)
    mask = selected_only(document)
    if mask is not None and edit.soft > 0:
        mask = replace(mask, alpha=_softened(mask.alpha, edit.soft))
    if edit.product:
        shown = mask_region(document, edit.product).pixels
        mask = Mask(Tiles.from_array(shown if mask is None else _both(shown, mask.alpha)))
    layer = Layer(edit.layer, edit.name, content, mask=mask, clip=edit.clip)
    return added(document, layer, edit.parent, edit.index)


def _softened(alpha: Tiles, radius: float) -> Tiles:
    sigma = max(0.1, min(radius, 500.0) / 2)
    soft = cv2.GaussianBlur(alpha.to_array(), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return Tiles.from_array(np.asarray(soft, np.uint8))


def _both(one: Pixels, other: Tiles) -> Pixels:
    return np.asarray(cv2.multiply(one, other.to_array(), scale=1 / 255), np.uint8)


def set_adjustment(document: Document, edit: SetAdjustment, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if not isinstance(layer.content, AdjustmentContent):
        raise misfit(edit.layer)
    if layer.content.adjustment == edit.adjustment:
        return document
    content = AdjustmentContent(edit.adjustment)
    return document.replace_layer(edit.layer, lambda old: replace(old, content=content))


def adjust_pixels(document: Document, edit: AdjustPixels, inputs: Inputs) -> Document:
    layer = unlocked(document, edit.layer, "pixels")
    if layer.tiles is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” holds no pixels to change. Choose a photo, or add an adjustment layer.",
            ),
            code="no-pixels",
            name=layer.name,
        )
    weight = None if document.selection is None else on_layer(layer, document.selection)
    known = inputs.get("adjusted")
    tiles = adjusted_tiles(layer.tiles, edit.adjustment, weight) if known is None else known
    if document.locks(edit.layer).alpha:
        tiles = with_alpha_of(layer.tiles, tiles)
    mask = layer.mask
    if mask is not None and mask.foreground is not None and not reach(edit.adjustment):
        # The colour of the soft edge is a part of how the product looks. (It is sparse: what looks
        # round a pixel would see holes.)
        edge = inputs.get("foreground")
        edge = adjusted_tiles(mask.foreground, edit.adjustment, weight) if edge is None else edge
        mask = replace(mask, foreground=edge)
    return document.replace_layer(
        edit.layer, lambda old: replace(old, content=PixelContent(tiles), mask=mask)
    )


def adjusted_tiles(tiles: Tiles, adjustment: Adjustment, weight: Tiles | None = None) -> Tiles:
    """The picture with its colours changed, as far as `weight` (1 channel, its size) says."""
    blocks = dict(tiles.blocks)
    changed = tiles
    for place in blocks if weight is None else weight.blocks:
        area = block_rect(place).intersect(tiles.bounds)
        old = tiles.to_array(area)
        new = _adjusted_part(tiles, adjustment, area)
        if weight is not None:
            kept = old.copy()
            mix(kept, new, weight.to_array(area), 1.0)
            new = kept
        if not np.array_equal(old, new):
            changed = changed.paste(new, area.x, area.y)
    return changed


def _adjusted_part(tiles: Tiles, adjustment: Adjustment, area: Rect) -> Pixels:
    """`area` with what lies round it taken into account; beyond the picture its edge goes on."""
    margin = reach(adjustment)
    if not margin:
        return adjust.adjusted(tiles.to_array(area), adjustment, area, tiles.size)
    wanted = area.inflate(margin)
    inside = wanted.intersect(tiles.bounds)
    sides = (
        inside.y - wanted.y,
        wanted.bottom - inside.bottom,
        inside.x - wanted.x,
        wanted.right - inside.right,
    )
    pixels = np.asarray(
        cv2.copyMakeBorder(tiles.to_array(inside), *sides, cv2.BORDER_REPLICATE), np.uint8
    )
    made = adjust.adjusted(pixels, adjustment, wanted, tiles.size)
    return made[margin : margin + area.height, margin : margin + area.width]


def set_effects(document: Document, edit: SetEffects, inputs: Inputs) -> Document:
    return document.replace_layer(edit.layer, lambda old: replace(old, effects=edit.effects))


def set_clip(document: Document, edit: SetClip, inputs: Inputs) -> Document:
    parent, index = document.place(edit.layer)
    if edit.clip and index == 0:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "There is no layer below “{name}” that it could be clipped to."
            ),
            code="nothing-below",
            name=document.siblings(parent)[0].name,
        )
    return document.replace_layer(edit.layer, lambda old: replace(old, clip=edit.clip))


def set_isolated(document: Document, edit: SetIsolated, inputs: Inputs) -> Document:
    group = existing(document, edit.group)
    if not isinstance(group.content, GroupContent):
        raise misfit(edit.group)
    content = replace(group.content, isolated=edit.isolated)
    return document.replace_layer(edit.group, lambda old: replace(old, content=content))


LookEdit = AddAdjustmentLayer | SetAdjustment | AdjustPixels | SetEffects | SetClip | SetIsolated
EDITS: EditTable = MappingProxyType(
    {
        AddAdjustmentLayer: (QT_TRANSLATE_NOOP("Edit", "Add adjustment"), add_adjustment_layer),
        SetAdjustment: (QT_TRANSLATE_NOOP("Edit", "Change adjustment"), set_adjustment),
        AdjustPixels: (QT_TRANSLATE_NOOP("Edit", "Adjust colours"), adjust_pixels),
        SetEffects: (QT_TRANSLATE_NOOP("Edit", "Layer effects"), set_effects),
        SetClip: (QT_TRANSLATE_NOOP("Edit", "Clip to the layer below"), set_clip),
        SetIsolated: (QT_TRANSLATE_NOOP("Edit", "Group on its own"), set_isolated),
    }
)
