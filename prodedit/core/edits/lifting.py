# SPDX-License-Identifier: Apache-2.0
"""What is selected of a layer, lifted off it, transformed, and put down on it again.

All of it happens in the plane of the layer's own pixels, so that a layer that is shown smaller or
turned is resampled no further than the transform itself demands."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple

import cv2
import numpy as np

from prodedit.core import selection
from prodedit.core.bent import Plane, bent
from prodedit.core.coverage import Region
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.layers import EditTable, Inputs, existing, unlocked
from prodedit.core.edits.placing import is_flat, no_size, sound_warp
from prodedit.core.edits.selected import cleared, on_layer, own_alpha, untouched
from prodedit.core.edits.selection import chosen_part
from prodedit.core.geometry import IDENTITY, Rect, Transform
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.pixels import scale
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.resample import interpolated, reduction
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, places, slices
from prodedit.core.values import Value
from prodedit.core.warp import Warp
from prodedit.core.warp import bounds as warp_bounds

_AREA = 512
"""Side of what is resampled in one go: the maps of a large picture would fill the memory."""


class TransformSelected(Value, frozen=True):
    """Map what is selected of a layer's pixels, and the selection, by `warp` and then `onto`.

    Both are of the canvas; `warp` bends what lies in `lifted_box`. copies: what it is lifted from
    stays as it is. What comes to lie beyond both layer and canvas is cut off."""

    layer: str
    onto: Transform = IDENTITY
    warp: Warp | None = None
    copies: bool = False


class Piece(NamedTuple):
    """Premultiplied pixels of `rect` in a layer's own plane."""

    pixels: Pixels
    rect: Rect


def liftable(document: Document, layer_id: str) -> Layer:
    """The layer. Raises Problem where a part of it can't be lifted."""
    unlocked(document, layer_id, "pixels")
    layer = unlocked(document, layer_id, "position")
    if layer.tiles is None or layer.warp is not None:
        raise Problem(_NO_PIXELS, code="no-pixels", name=layer.name)
    if document.locks(layer_id).alpha:
        raise Problem(_ALPHA_LOCKED, code="alpha-locked", name=layer.name)
    if layer.mask is not None and not layer.mask.enabled:
        raise Problem(_MASK_OFF, code="mask-off", name=layer.name)
    return layer


def lifted_box(document: Document, layer_id: str) -> Rect:
    """What of the canvas is lifted, at most. Raises Problem where nothing is selected, or that does
    not touch the layer."""
    layer, chosen = liftable(document, layer_id), chosen_part(document)
    assert layer.tiles is not None
    reach = layer.transform.map_rect(layer.tiles.bounds)
    box = selection.bounds(chosen).intersect(reach)
    if box.is_empty:
        raise untouched(layer)
    return box


def transform_selected(document: Document, edit: TransformSelected, inputs: Inputs) -> Document:
    box = lifted_box(document, edit.layer)
    layer, chosen = existing(document, edit.layer), chosen_part(document)
    _check(layer, box, edit)
    found = _lifted(layer, chosen, box)
    left = layer if edit.copies else cleared(layer, chosen)
    done = _put_down(left, _mapped(found, layer, box, edit, document))
    moved = _selection(chosen, box, edit)
    return replace(
        document.replace_layer(edit.layer, lambda _old: done),
        selection=selection.combined(None, moved, "replace", chosen.size),
    )


def _check(layer: Layer, box: Rect, edit: TransformSelected) -> None:
    if edit.warp is not None:
        sound_warp(layer, box, edit.warp)
    if not all(isfinite(number) and abs(number) < 1e7 for number in edit.onto):
        raise no_size(layer)
    if is_flat(edit.onto):
        raise no_size(layer)


def _lifted(layer: Layer, chosen: Tiles, box: Rect) -> Piece:
    """As it shows without what lies below: with its mask, and the colours that came with that."""
    assert layer.tiles is not None
    rect = layer.transform.inverse().map_rect(box).intersect(layer.tiles.bounds)
    alpha = on_layer(layer, chosen).to_array(rect)
    if layer.mask is not None:
        alpha = scale(alpha, own_alpha(layer.mask, layer.tiles.bounds).to_array(rect))
    pixels = _colours(layer, rect)
    if alpha.min() < 255:
        pixels = scale(pixels, _four(alpha))
    if not pixels[..., 3].any():
        raise untouched(layer)
    return Piece(pixels, rect)


def _colours(layer: Layer, rect: Rect) -> Pixels:
    """The layer's own, with those of its soft edge over them."""
    assert layer.tiles is not None
    pixels = layer.tiles.to_array(rect)
    if layer.mask is None or layer.mask.foreground is None:
        return pixels
    edge = layer.mask.foreground.to_array(rect)
    return np.asarray(edge + scale(pixels, _four(255 - edge[..., 3])), np.uint8)


def _mapped(
    piece: Piece, layer: Layer, box: Rect, edit: TransformSelected, document: Document
) -> Piece:
    """Where it is put down, in the layer's own plane."""
    back = layer.transform.inverse()
    onto = _tidy(back.after(edit.onto))
    own = _tidy(onto.after(layer.transform))
    assert layer.tiles is not None
    room = back.map_rect(Rect.of(document.size)).union(layer.tiles.bounds)
    if edit.warp is None and own.is_whole_shift:
        return _cut(piece._replace(rect=piece.rect.translate(int(own.dx), int(own.dy))), room)
    if edit.warp is None:
        area = own.map_rect(piece.rect).inflate(1).intersect(room)
        pixels = _interpolated(piece, own, area)
    else:
        area = onto.map_rect(warp_bounds(edit.warp)).inflate(1).intersect(room)
        pixels = _bent(edit.warp, onto, box, piece.pixels, area, (back, piece.rect))
    # Bicubic weights swing over: no colour is above its alpha.
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    return Piece(pixels, area)


def _selection(chosen: Tiles, box: Rect, edit: TransformSelected) -> Region:
    """What was selected of the box, where that is now."""
    alpha = chosen.to_array(box)
    if edit.warp is None and edit.onto.is_whole_shift:
        return Region(alpha, box.x + int(edit.onto.dx), box.y + int(edit.onto.dy))
    if edit.warp is None:
        area = edit.onto.map_rect(box).inflate(1).intersect(chosen.bounds)
        return Region(_interpolated(Piece(alpha, box), edit.onto, area), area.x, area.y)
    area = edit.onto.map_rect(warp_bounds(edit.warp)).inflate(1).intersect(chosen.bounds)
    found = _bent(edit.warp, edit.onto, box, alpha, area, (IDENTITY, box))
    return Region(found, area.x, area.y)


def _interpolated(piece: Piece, own: Transform, area: Rect) -> Pixels:
    """`area` of the plane in which the piece was mapped by `own`."""
    onto = own.after(Transform(dx=piece.rect.x, dy=piece.rect.y))
    region = Rect.of(piece.rect.size)
    found = np.zeros((area.height, area.width, *piece.pixels.shape[2:]), np.uint8)
    whole = reduction(onto) > 0  # it is reduced once, then
    for part in (area,) if whole else _parts(area):
        slices(found, part.translate(-area.x, -area.y))[...] = interpolated(
            piece.pixels, region, region, onto, part, finely=True
        )
    return found


def _bent(warp: Warp, onto: Transform, box: Rect, pixels: Pixels, area: Rect, on: Plane) -> Pixels:
    """`area` of the plane to which `onto` maps the bent box; `on`: where the pixels lie in it."""
    corner, channels = on[1], pixels.shape[2:]

    def own(rect: Rect) -> Pixels:
        return slices(pixels, rect.translate(-corner.x, -corner.y))

    found = np.zeros((area.height, area.width, *channels), np.uint8)
    for part in _parts(area):
        slices(found, part.translate(-area.x, -area.y))[...] = bent(
            warp, onto, box, own, part, on=on, finely=True, channels=channels
        )
    return found


def _put_down(layer: Layer, piece: Piece) -> Layer:
    """The piece over what the layer shows, which grows where it has no room for it."""
    piece = _trimmed(piece)
    if piece.rect.is_empty:
        return layer
    layer, dx, dy = _grown(layer, piece.rect)
    piece = piece._replace(rect=piece.rect.translate(dx, dy))
    assert layer.tiles is not None
    if layer.mask is None:
        tiles = layer.tiles.paste(
            _over(piece.pixels, layer.tiles.to_array(piece.rect)), *piece.rect[:2]
        )
        return replace(layer, content=PixelContent(tiles))
    return _on_masked(layer, layer.mask, piece)


def _on_masked(layer: Layer, mask: Mask, piece: Piece) -> Layer:
    """Opaque colours stay opaque, and what the mask hides elsewhere is not lost."""
    tiles, rect = layer.tiles, piece.rect
    assert tiles is not None
    alpha = own_alpha(mask, tiles.bounds)
    new_tiles, new_alpha = dict(tiles.blocks), dict(alpha.blocks)
    for place, part in places(rect):
        over = slices(piece.pixels, part.translate(-rect.x, -rect.y))
        if over[..., 3].any():
            own, shown = tiles.to_array(part), alpha.to_array(part)
            whole, left = _merged(over, own, _colours(layer, part), shown)
            new_tiles[place] = _with(tiles, place, part, whole)
            new_alpha[place] = _with(alpha, place, part, left)
    foreground = mask.foreground
    if foreground is not None:
        bare = np.where(piece.pixels[..., 3:] > 0, 0, foreground.to_array(rect))
        foreground = foreground.paste(bare.astype(np.uint8), rect.x, rect.y).without_blank()
    kept_alpha = alpha.with_blocks(new_alpha)
    kept = replace(mask, alpha=kept_alpha, foreground=foreground, transform=IDENTITY)
    return replace(layer, content=PixelContent(tiles.with_blocks(new_tiles)), mask=kept)


def _merged(over: Pixels, own: Pixels, colours: Pixels, shown: Pixels) -> tuple[Pixels, Pixels]:
    """Own pixels and their alpha after `over` was laid on what they showed."""
    alpha = np.ascontiguousarray(over[..., 3])
    if alpha.min() == 255:
        return over, alpha
    left = alpha + scale(shown, 255 - alpha)
    seen = over + scale(colours, _four(scale(shown, 255 - alpha)))
    factor = np.float32(255) / np.maximum(left, 1)
    whole = cv2.convertScaleAbs(seen * factor[..., None])
    hit = alpha > 0
    return np.where(hit[..., None], whole, own), np.where(hit, left, shown)


def _with(tiles: Tiles, place: Place, part: Rect, pixels: Pixels) -> Block:
    """The block with `pixels` as `part` of it."""
    if part.size == (TILE, TILE):
        return Block(np.ascontiguousarray(pixels))
    return tiles.paste(pixels, part.x, part.y).blocks[place]


def _grown(layer: Layer, rect: Rect) -> tuple[Layer, int, int]:
    """With room for `rect` of its plane, and by how much that has moved in it."""
    tiles, mask = layer.tiles, layer.mask
    assert tiles is not None
    whole = tiles.bounds.union(rect)
    if whole == tiles.bounds:
        return layer, 0, 0
    if mask is None and layer.id == PHOTO:
        mask = Mask(selection.full(tiles.size))
    if mask is not None:
        alpha = own_alpha(mask, tiles.bounds)
        mask = replace(mask, alpha=alpha, transform=IDENTITY)
        mask = mask.changed(lambda one: _wider(one, whole))
    place = layer.transform.after(Transform(dx=whole.x, dy=whole.y))
    content = PixelContent(_wider(tiles, whole))
    return replace(layer, content=content, mask=mask, transform=place), -whole.x, -whole.y


def _wider(tiles: Tiles, whole: Rect) -> Tiles:
    empty = Tiles.empty(whole.size, tiles.channels)
    return empty.paste(tiles.to_array(), -whole.x, -whole.y).without_blank()


def _trimmed(piece: Piece) -> Piece:
    """Without what is transparent all round."""
    alpha = Tiles.from_array(np.ascontiguousarray(piece.pixels[..., 3]))
    inner = selection.bounds(alpha)
    return Piece(slices(piece.pixels, inner), inner.translate(piece.rect.x, piece.rect.y))


def _cut(piece: Piece, room: Rect) -> Piece:
    rect = piece.rect.intersect(room)
    return Piece(slices(piece.pixels, rect.translate(-piece.rect.x, -piece.rect.y)), rect)


def _over(upper: Pixels, lower: Pixels) -> Pixels:
    return upper + scale(lower, _four(255 - upper[..., 3]))


def _four(alpha: Pixels) -> Pixels:
    return np.asarray(cv2.merge((alpha, alpha, alpha, alpha)), np.uint8)


def _parts(area: Rect) -> list[Rect]:
    ys, xs = range(area.y, area.bottom, _AREA), range(area.x, area.right, _AREA)
    return [Rect(x, y, _AREA, _AREA).intersect(area) for y in ys for x in xs]


def _tidy(transform: Transform) -> Transform:
    """Without the noise of floats, which would make a whole shift a resampling."""
    return Transform(*(round(number, 9) + 0.0 for number in transform))


_NO_PIXELS = QT_TRANSLATE_NOOP(
    "Problem",
    "A part of “{name}” can't be transformed: it is no plain picture. Rasterise it first, or "
    "deselect to transform all of it.",
)
_ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "Problem", "The transparency of “{name}” is locked. Unlock it to transform a part of the layer."
)
_MASK_OFF = QT_TRANSLATE_NOOP(
    "Problem", "The mask of “{name}” is switched off. Switch it on, or remove it, first."
)

LiftingEdit = TransformSelected
EDITS: EditTable = MappingProxyType(
    {TransformSelected: (QT_TRANSLATE_NOOP("Edit", "Transform selection"), transform_selected)}
)
