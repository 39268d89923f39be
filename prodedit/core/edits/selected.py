# SPDX-License-Identifier: Apache-2.0
"""Edits of what is selected: cleared, filled, copied, made a mask of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from prodedit.core import coverage, selection
from prodedit.core.colour import Colour
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.layers import EditTable, Inputs, existing, unlocked
from prodedit.core.edits.selection import chosen_part, no_pixels
from prodedit.core.geometry import IDENTITY, Point, Rect
from prodedit.core.layer import Layer, Locks, Mask, PixelContent
from prodedit.core.pixels import scale
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import TILE, Block, Pixels, Tiles
from prodedit.core.values import Value


class MaskFromSelection(Value, frozen=True):
    """Only what is selected shows of the layer from now on; a mask that it had is replaced."""

    layer: str


class ClearSelected(Value, frozen=True):
    """Nothing of the layer shows any more where the selection is. A photo and a cut-out keep their
    pixels, and are hidden there by their mask."""

    layer: str


class FillSelected(Value, frozen=True):
    """The selected pixels in one colour; all of the layer where nothing is selected."""

    layer: str
    colour: Colour


class CopySelected(Value, frozen=True):
    """A new layer `copy` of the selected part, just above."""

    layer: str
    copy: str
    name: str


class CutSelected(Value, frozen=True):
    """A new layer `copy` of the selected part, which is cleared in the layer itself."""

    layer: str
    copy: str
    name: str


def mask_from_selection(document: Document, edit: MaskFromSelection, inputs: Inputs) -> Document:
    chosen_part(document)
    layer = existing(document, edit.layer)
    mask = mask_for(layer, document)
    return document.replace_layer(edit.layer, lambda old: replace(old, mask=mask))


def clear_selected(document: Document, edit: ClearSelected, inputs: Inputs) -> Document:
    chosen = chosen_part(document)
    layer = _changeable(document, edit.layer)
    if document.locks(edit.layer).alpha:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The transparency of “{name}” is locked. Unlock it to clear a part of the layer.",
            ),
            code="alpha-locked",
            name=layer.name,
        )
    return document.replace_layer(edit.layer, lambda old: cleared(old, chosen))


def fill_selected(document: Document, edit: FillSelected, inputs: Inputs) -> Document:
    layer = _changeable(document, edit.layer)
    tiles = layer.tiles
    assert tiles is not None
    chosen = selection.full(tiles.size)
    if document.selection is not None:
        chosen = on_layer(layer, document.selection)
    filled = _filled(tiles, chosen, edit.colour, keeps_alpha=document.locks(edit.layer).alpha)

    def change(old: Layer) -> Layer:
        return replace(old, content=PixelContent(filled), mask=_uncoloured(old.mask, chosen))

    return document.replace_layer(edit.layer, change)


def copy_selected(document: Document, edit: CopySelected, inputs: Inputs) -> Document:
    layer = _with_pixels(document, edit.layer)
    copy = _part(layer, chosen_part(document), edit.copy, edit.name)
    parent, index = document.place(edit.layer)
    return document.insert(copy, parent, index + 1)


def cut_selected(document: Document, edit: CutSelected, inputs: Inputs) -> Document:
    cleared = clear_selected(document, ClearSelected(edit.layer), inputs)
    copy = _part(existing(document, edit.layer), chosen_part(document), edit.copy, edit.name)
    parent, index = cleared.place(edit.layer)
    return cleared.insert(copy, parent, index + 1)


def mask_for(layer: Layer, document: Document) -> Mask:
    """The document's selection as a mask of that layer; of all where nothing is selected."""
    chosen = document.selection or selection.full(document.size)
    if layer.tiles is not None and layer.warp is None:
        return Mask(on_layer(layer, chosen))
    if layer.own_bounds is None:
        return Mask(chosen)
    return Mask(chosen, transform=layer.transform.inverse())


def on_layer(layer: Layer, chosen: Tiles) -> Tiles:
    """A selection of the canvas as the layer's own pixels lie, 1 channel of their size."""
    tiles = layer.tiles
    assert tiles is not None
    if layer.transform == IDENTITY and tiles.size == chosen.size:
        return chosen
    place = layer.transform.inverse()
    area = place.map_rect(selection.bounds(chosen)).inflate(2).intersect(tiles.bounds)
    empty = Tiles.empty(tiles.size, 1)
    if area.is_empty:
        return empty
    seen = coverage.moved(chosen, place, area)
    return selection.tidy(empty.paste(seen, area.x, area.y)) or empty


def _changeable(document: Document, layer_id: str) -> Layer:
    return unlocked(document, _with_pixels(document, layer_id).id, "pixels")


def _with_pixels(document: Document, layer_id: str) -> Layer:
    layer = existing(document, layer_id)
    if layer.tiles is None or layer.warp is not None:
        raise no_pixels(layer)
    return layer


def cleared(layer: Layer, chosen: Tiles) -> Layer:
    """The layer with nothing left where a selection of the canvas is; see ClearSelected."""
    tiles = layer.tiles
    assert tiles is not None
    part = on_layer(layer, chosen)
    mask = layer.mask
    if mask is None and layer.id != PHOTO:
        return replace(layer, content=PixelContent(_blockwise(tiles, part, _without)))
    mask = mask or Mask(selection.full(tiles.size))
    alpha = _blockwise(own_alpha(mask, tiles.bounds), part, _without)
    return replace(layer, mask=replace(mask, alpha=alpha, transform=IDENTITY))


def _part(layer: Layer, chosen: Tiles, new_id: str, name: str) -> Layer:
    """The layer's selected part, its pixels whole and a mask on them."""
    tiles = layer.tiles
    assert tiles is not None
    part = selection.tidy(on_layer(layer, chosen))
    if part is None:
        raise untouched(layer)
    rect = selection.bounds(part)
    alpha = part.to_array(rect)
    mask = layer.mask
    if mask is not None and mask.enabled:
        alpha = scale(alpha, coverage.moved(mask.alpha, mask.transform, rect))
    kept = Mask(Tiles.from_array(alpha))
    if mask is not None and mask.foreground is not None:
        foreground = Tiles.from_array(mask.foreground.to_array(rect)).without_blank()
        kept = replace(kept, foreground=foreground)
    corner = layer.transform.map(Point(rect.x, rect.y))
    return replace(
        layer,
        id=new_id,
        name=name,
        content=PixelContent(Tiles.from_array(tiles.to_array(rect))),
        transform=layer.transform._replace(dx=corner.x, dy=corner.y),
        mask=kept,
        locks=Locks(),
    )


def untouched(layer: Layer) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The selection does not touch the layer “{name}”."),
        code="nothing-selected",
        name=layer.name,
    )


def own_alpha(mask: Mask, bounds: Rect) -> Tiles:
    """The mask's alpha on the layer's own pixels."""
    if mask.transform == IDENTITY and mask.alpha.bounds == bounds:
        return mask.alpha
    return Tiles.from_array(coverage.moved(mask.alpha, mask.transform, bounds))


def _blockwise(tiles: Tiles, part: Tiles, change: Callable[[Pixels, Pixels], Pixels]) -> Tiles:
    """`change(old pixels, selected)` of each block of which some is selected."""
    blocks = dict(tiles.blocks)
    for place, block in part.blocks.items():
        old = blocks.get(place)
        if old is not None:
            blocks[place] = Block(change(old.pixels, block.pixels))
    return tiles.with_blocks(blocks).without_blank()


def _without(pixels: Pixels, chosen: Pixels) -> Pixels:
    """Premultiplied colours, or alpha, faded where they are chosen."""
    left = 255 - chosen
    return scale(pixels, left if pixels.ndim == 2 else np.repeat(left[..., None], 4, axis=2))


def _filled(tiles: Tiles, chosen: Tiles, colour: Colour, *, keeps_alpha: bool) -> Tiles:
    """The colour over the pixels; keeps_alpha: only as far as they are opaque."""
    bgra = np.array([colour.blue, colour.green, colour.red, 255], np.uint8)

    def fill(old: Pixels, part: Pixels) -> Pixels:
        alpha = np.ascontiguousarray(old[..., 3])
        cover = scale(part, alpha) if keeps_alpha else part
        paint = scale(np.broadcast_to(bgra, old.shape).copy(), np.repeat(cover[..., None], 4, 2))
        paint += _without(old, part)
        if keeps_alpha:  # both parts of a pixel were rounded
            paint[..., 3] = alpha
            np.minimum(paint[..., :3], paint[..., 3:], out=paint[..., :3])
        return paint

    blank = {p: tiles.blocks.get(p, _BLANK) for p in chosen.blocks}
    return _blockwise(tiles.with_blocks({**tiles.blocks, **blank}), chosen, fill)


def _uncoloured(mask: Mask | None, chosen: Tiles) -> Mask | None:
    """What was computed for the old pixels of the soft edge is no more."""
    if mask is None or mask.foreground is None:
        return mask
    return replace(mask, foreground=_blockwise(mask.foreground, chosen, _bare))


def _bare(pixels: Pixels, chosen: Pixels) -> Pixels:
    kept = pixels.copy()
    kept[chosen > 0] = 0
    return kept


_BLANK = Block(np.zeros((TILE, TILE, 4), np.uint8))

SelectedEdit = MaskFromSelection | ClearSelected | FillSelected | CopySelected | CutSelected
EDITS: EditTable = MappingProxyType(
    {
        MaskFromSelection: (QT_TRANSLATE_NOOP("Edit", "Mask from selection"), mask_from_selection),
        ClearSelected: (QT_TRANSLATE_NOOP("Edit", "Clear selection"), clear_selected),
        FillSelected: (QT_TRANSLATE_NOOP("Edit", "Fill"), fill_selected),
        CopySelected: (QT_TRANSLATE_NOOP("Edit", "Layer via copy"), copy_selected),
        CutSelected: (QT_TRANSLATE_NOOP("Edit", "Layer via cut"), cut_selected),
    }
)
