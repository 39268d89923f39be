# SPDX-License-Identifier: Apache-2.0
"""Where a new adjustment goes, what it works on, and which are read off the picture itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from prodedit.core import edits
from prodedit.core.adjust.auto import auto_colour, auto_tone, auto_white_balance
from prodedit.core.adjust.histogram import Histogram, histogram
from prodedit.core.adjust.values import Adjustment, Invert, Recolour
from prodedit.core.document import BACKGROUND, Document
from prodedit.core.geometry import IDENTITY
from prodedit.core.layer import AdjustmentContent, Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.render.small import Reduced, below, small_pixels

NOTHING_BELOW = QT_TRANSLATE_NOOP("Problem", "There is nothing below that could be adjusted.")
_SOFT = 2.0
"""Pixels: a new colour that ends hard in the middle of a thing looks pasted."""
_SIDE = 512
"""Pixels of the small picture that is read."""


class Place(NamedTuple):
    parent: str | None
    at: int
    clip: bool


class Auto(NamedTuple):
    title: str
    make: Callable[[Histogram], Adjustment]


AUTO: Mapping[str, Auto] = MappingProxyType(
    {
        "auto_tone": Auto(QT_TRANSLATE_NOOP("Adjustment", "Auto tone"), auto_tone),
        "auto_colour": Auto(QT_TRANSLATE_NOOP("Adjustment", "Auto colour"), auto_colour),
        "auto_white_balance": Auto(
            QT_TRANSLATE_NOOP("Adjustment", "Auto white balance"), auto_white_balance
        ),
    }
)


def placed(document: Document, active_id: str) -> Place:
    """Just above the active layer: clipped to it where it is a cut-out product (or clipped
    itself), else above all that is clipped to it, which would change hands otherwise."""
    layer = document.find(active_id)
    if layer is None:
        return Place(None, len(document.layers), False)
    parent, index = document.place(active_id)
    siblings = document.siblings(parent)
    if layer.clip or is_product(layer):
        return Place(parent, index + 1, True)
    index += 1
    while index < len(siblings) and siblings[index].clip:
        index += 1
    return Place(parent, index, False)


def adding(
    document: Document, active_id: str, new_id: str, name: str, adjustment: Adjustment
) -> edits.AddAdjustmentLayer:
    """What adds `adjustment` for the active layer. A new colour keeps to the product, for what
    stands behind it may have that colour, too: it is clipped to it, whatever layer is active, or
    gets its mask where that is switched off, or what is selected, with a soft edge."""
    place, product = placed(document, active_id), None
    if isinstance(adjustment, Recolour):
        product = _product_for(document, active_id)
    if product is None:
        soft = _SOFT if isinstance(adjustment, Recolour) else 0.0
        return edits.AddAdjustmentLayer(new_id, name, adjustment, *place, soft=soft)
    if product.id != active_id and not place.clip:
        place = placed(document, product.id)
    masked = "" if product.mask is None or product.mask.enabled else product.id
    return edits.AddAdjustmentLayer(new_id, name, adjustment, *place, soft=_SOFT, product=masked)


def _product_for(document: Document, active_id: str) -> Layer | None:
    """The active layer, or the one it is clipped to; else the only one that can be seen."""
    layer = document.find(active_id)
    if layer is not None and layer.clip:
        parent, index = document.place(active_id)
        siblings = document.siblings(parent)
        layer = next((one for one in reversed(siblings[:index]) if not one.clip), None)
        return layer if layer is not None and is_product(layer) else None
    if layer is not None and is_product(layer):
        return layer
    products = [one for one in document.walk() if is_product(one) and one.visible]
    return products[0] if len(products) == 1 else None


def is_product(layer: Layer) -> bool:
    return layer.tiles is not None and layer.mask is not None and layer.id != BACKGROUND


def with_auto(document: Document, active_id: str, name: str, reduced: Reduced) -> Adjustment:
    """The adjustment of AUTO for a layer that is added there. Raises Problem where there is
    nothing to read it off."""
    place = placed(document, active_id)
    new_id = document.new_id()
    add = edits.AddAdjustmentLayer(new_id, "", Invert(), place.parent, place.at, place.clip)
    under = below(edits.apply(document, add), new_id)
    found = histogram(small_pixels(under, _SIDE, reduced))
    if found.pixels <= 0:
        raise Problem(NOTHING_BELOW, code="nothing-to-adjust")
    return AUTO[name].make(found)


def pixels_below(document: Document, layer_id: str) -> Layer | None:
    """The layer whose pixels an adjustment layer can be worked into: the one it is clipped to, or
    the next one below that is no adjustment. None where it lies lowest."""
    parent, index = document.place(layer_id)
    siblings = document.siblings(parent)
    clipped = siblings[index].clip
    for layer in reversed(siblings[:index]):
        through = layer.clip if clipped else isinstance(layer.content, AdjustmentContent)
        if not through:
            return layer
    return None


Steps = tuple[tuple[edits.Edit, edits.Inputs], ...]


def computed(document: Document, steps: Steps) -> Steps:
    """The same steps with the pixels that come out of them, which takes seconds for large pictures
    and is for another thread than the window's. Raises Problem where one can't be done."""
    done: list[tuple[edits.Edit, edits.Inputs]] = []
    for edit, inputs in steps:
        document = edits.apply(document, edit, inputs)
        layer = document.find(edit.layer) if isinstance(edit, edits.AdjustPixels) else None
        if layer is not None and layer.tiles is not None:
            edge = None if layer.mask is None else layer.mask.foreground
            inputs = {"adjusted": layer.tiles, **({} if edge is None else {"foreground": edge})}
        done.append((edit, inputs))
    return tuple(done)


def worked_in(document: Document, layer: Layer) -> Steps:
    """The edits that put an adjustment layer into the pixels below and take it away; together they
    are one step. Raises Problem where those pixels could not look as it does now."""
    content = layer.content
    assert isinstance(content, AdjustmentContent)
    target = pixels_below(document, layer.id)
    if target is None:
        raise Problem(NOTHING_BELOW, code="nothing-to-adjust")
    _check_plain(layer)
    adjust: tuple[edits.Edit, edits.Inputs] = (
        edits.AdjustPixels(target.id, content.adjustment),
        edits.NO_INPUTS,
    )
    remove: tuple[edits.Edit, edits.Inputs] = (edits.RemoveLayer(layer.id), edits.NO_INPUTS)
    weight = _weight(document, layer)
    if weight is None:
        return (adjust, remove)
    before = document.selection
    back: tuple[edits.Edit, edits.Inputs] = (
        (edits.Deselect(), edits.NO_INPUTS)
        if before is None
        else (edits.SetSelection(), {"selection": before})
    )
    return ((edits.SetSelection(), {"selection": weight}), adjust, back, remove)


def _check_plain(layer: Layer) -> None:
    placed_mask = layer.mask is not None and layer.mask.transform != IDENTITY
    if layer.blend != "normal" or placed_mask:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” is blended in a way that pixels alone can't show. Merge it down instead.",
            ),
            code="adjustment-not-plain",
            name=layer.name,
        )


def _weight(document: Document, layer: Layer) -> Tiles | None:
    """How far the layer shows, where that is not just as far as the selection goes."""
    mask = layer.mask if layer.mask is not None and layer.mask.enabled else None
    if mask is None and layer.opacity >= 1:
        return None
    known = document.selection if mask is None else mask.alpha
    whole = np.full((document.size.height, document.size.width), 255, np.uint8)
    alpha = whole if known is None else known.to_array()
    return Tiles.from_array(np.rint(alpha * layer.opacity).astype(np.uint8))
