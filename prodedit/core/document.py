# SPDX-License-Identifier: Apache-2.0
"""The picture being edited: an immutable value. An edit makes a new one that shares the rest."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from prodedit.core import effects
from prodedit.core.adjust.reach import reach as looks_round
from prodedit.core.bend import bend_of
from prodedit.core.geometry import IDENTITY, Rect, Size
from prodedit.core.guides import Guide
from prodedit.core.layer import (
    TRANSPARENCY,
    AdjustmentContent,
    FillContent,
    GroupContent,
    Layer,
    Locks,
    Mask,
    PixelContent,
)
from prodedit.core.path import NamedPath
from prodedit.core.tiles import Block, Tiles

PHOTO = "photo"
"""Id of the layer that holds the photo a document began with."""
BACKGROUND = "background"
"""Id of the layer put behind the product."""


@dataclass(frozen=True)
class Document:
    """`layers` from the lowest to the topmost; `selection` is a 1-channel mask over the canvas."""

    size: Size
    layers: tuple[Layer, ...] = ()
    selection: Tiles | None = None
    guides: tuple[Guide, ...] = ()
    paths: tuple[NamedPath, ...] = ()

    def walk(self) -> Iterator[Layer]:
        for layer in self.layers:
            yield from layer.walk()

    def find(self, layer_id: str) -> Layer | None:
        return next((layer for layer in self.walk() if layer.id == layer_id), None)

    def place(self, layer_id: str) -> tuple[str | None, int]:
        """(group's id or None, index from the bottom). Raises KeyError where it is missing."""
        for parent, layers in self._levels():
            for index, layer in enumerate(layers):
                if layer.id == layer_id:
                    return parent, index
        raise KeyError(layer_id)

    def siblings(self, parent: str | None) -> tuple[Layer, ...]:
        """The layers of a group, or of the top level. Raises KeyError for no group's id."""
        for group, layers in self._levels():
            if group == parent:
                return layers
        raise KeyError(parent)

    def replace_layer(self, layer_id: str, change: Callable[[Layer], Layer]) -> Document:
        """Raises KeyError where there is no such layer."""
        parent, index = self.place(layer_id)
        layers = self.siblings(parent)
        return self.with_level(
            parent, (*layers[:index], change(layers[index]), *layers[index + 1 :])
        )

    def with_level(self, parent: str | None, layers: tuple[Layer, ...]) -> Document:
        """The document with `layers` in place of the group's (or the top level's)."""
        if parent is None:
            return replace(self, layers=layers)
        return self.replace_layer(parent, lambda group: group.with_children(layers))

    def insert(self, layer: Layer, parent: str | None, index: int) -> Document:
        layers = self.siblings(parent)
        index = max(0, min(index, len(layers)))
        return self.with_level(parent, (*layers[:index], layer, *layers[index:]))

    def remove(self, layer_id: str) -> Document:
        parent, index = self.place(layer_id)
        layers = self.siblings(parent)
        return self.with_level(parent, (*layers[:index], *layers[index + 1 :]))

    def groups_round(self, layer_id: str) -> tuple[Layer, ...]:
        """The groups that a layer lies in, the innermost first."""
        return tuple(_path(self.layers, layer_id))[1:]

    def locks(self, layer_id: str) -> Locks:
        """What of a layer is locked, by its own locks or by those of a group that it lies in.
        Nothing where there is no such layer."""
        every = [layer.locks for layer in _path(self.layers, layer_id)]
        return Locks(*(any(parts) for parts in zip(*every, strict=True)))

    def rows(self) -> tuple[str, ...]:
        """All ids as panels list them, from the lowest: what is in a group before the group."""
        return tuple(_rows(self.layers))

    def outermost(self, layer_ids: Iterable[str]) -> tuple[str, ...]:
        """Those of them, from the lowest, that lie in no other of them."""
        wanted = set(layer_ids)
        chosen = [layer for layer in self.walk() if layer.id in wanted]
        inner = {child.id for layer in chosen for child in layer.walk() if child is not layer}
        return tuple(layer_id for layer_id in self.rows() if layer_id in wanted - inner)

    def new_id(self) -> str:
        """An id no layer has; the same document gives the same one, so that replays agree."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> tuple[str, ...]:
        return free_ids({layer.id for layer in self.walk()}, count)

    def blocks(self) -> Iterator[Block]:
        """Every block of pixels the document holds, some perhaps more than once."""
        for tiles in self._all_tiles():
            yield from tiles.blocks.values()

    def _all_tiles(self) -> Iterator[Tiles]:
        if self.selection is not None:
            yield self.selection
        for layer in self.walk():
            yield from layer_tiles(layer)

    def _levels(self) -> Iterator[tuple[str | None, tuple[Layer, ...]]]:
        yield None, self.layers
        for layer in self.walk():
            if isinstance(layer.content, GroupContent):
                yield layer.id, layer.content.layers


def _rows(layers: Iterable[Layer]) -> Iterator[str]:
    for layer in layers:
        yield from _rows(layer.children)
        yield layer.id


def layer_tiles(layer: Layer) -> Iterator[Tiles]:
    """All pixels that one layer (not its children) holds."""
    if isinstance(layer.content, PixelContent):
        yield layer.content.tiles
    if isinstance(layer.content, FillContent) and layer.content.pattern is not None:
        yield layer.content.pattern
    if layer.mask is not None:
        parts = (layer.mask.alpha, layer.mask.confidence, layer.mask.foreground)
        yield from (tiles for tiles in parts if tiles is not None)


def from_photo(tiles: Tiles, name: str, alpha: Tiles | None = None) -> Document:
    """A document of one layer, the photo; its own transparency becomes the layer's mask."""
    mask = None if alpha is None else Mask(alpha=alpha, task=TRANSPARENCY)
    photo = Layer(PHOTO, name, PixelContent(tiles), mask=mask)
    return Document(tiles.size, (photo,))


def free_ids(used: Collection[str], count: int) -> tuple[str, ...]:
    """Ids of layers that are not used."""
    free = (f"layer-{number}" for number in itertools.count(len(used) + 1))
    return tuple(itertools.islice((one for one in free if one not in used), count))


def changed_rects(before: Document, after: Document) -> tuple[Rect, ...]:
    """The parts of the canvas that may look different: to a block where only pixels changed."""
    if before is after:
        return ()
    if before.size != after.size:
        return (Rect.of(after.size),)
    rects = _level_changes(before.layers, after.layers, after.size)
    canvas, margin = Rect.of(after.size), max(_surroundings(before), _surroundings(after))
    clipped = (rect.inflate(margin).intersect(canvas) for rect in rects if not rect.is_empty)
    return tuple(dict.fromkeys(rect for rect in clipped if not rect.is_empty))


def shown_rects(
    document: Document, layer_id: str, local: Iterable[Rect]
) -> tuple[Rect, ...] | None:
    """Where on the canvas a change of these pixels of a layer, or of its mask, may show: to the
    pixel, unlike changed_rects. None where that is not known; raises KeyError for no layer's id."""
    path = list(_path(document.layers, layer_id))
    if not path:
        raise KeyError(layer_id)
    layer = path[0]
    placed = layer.mask is None or layer.mask.transform == IDENTITY
    if not placed or any(each.warp is not None for each in path[1:]):
        return None
    rects = [reach(layer, rect) for rect in local]
    for each in path:
        whole = each.content_bounds(document.size)
        rects = [effects.reach(each.effects, rect, whole) for rect in rects]
    canvas, margin = Rect.of(document.size), _surroundings(document)
    clipped = (rect.inflate(margin).intersect(canvas) for rect in rects if not rect.is_empty)
    return tuple(rect for rect in clipped if not rect.is_empty)


def _path(layers: Iterable[Layer], layer_id: str) -> Iterator[Layer]:
    """The layer, and the groups that it lies in, the innermost first."""
    for layer in layers:
        inner = layer.content.layers if isinstance(layer.content, GroupContent) else ()
        below = list(_path(inner, layer_id))
        if below or layer.id == layer_id:
            yield from (*below, layer)


def _surroundings(document: Document) -> int:
    """How far a change may show through the adjustments that look round each pixel."""
    shown = (layer.content for layer in document.walk() if layer.visible)
    return sum(looks_round(c.adjustment) for c in shown if isinstance(c, AdjustmentContent))


def _level_changes(before: tuple[Layer, ...], after: tuple[Layer, ...], canvas: Size) -> list[Rect]:
    if [layer.id for layer in before] != [layer.id for layer in after]:
        return _reordered(before, after, canvas)
    rects: list[Rect] = []
    for old, new in zip(before, after, strict=True):
        if old is not new:
            rects += _layer_changes(old, new, canvas)
    if any(old.clip != new.clip for old, new in zip(before, after, strict=True)):
        rects += _clipped(after, canvas)
    return rects


def _clipped(layers: tuple[Layer, ...], canvas: Size) -> list[Rect]:
    """Where layers show that may be clipped by another one from now on."""
    return [layer.bounds(canvas) for layer in layers if layer.clip]


def _reordered(before: tuple[Layer, ...], after: tuple[Layer, ...], canvas: Size) -> list[Rect]:
    """Layers came, went or moved: all that differ in place or value may show."""
    old = {layer.id: (index, layer) for index, layer in enumerate(before)}
    new = {layer.id: (index, layer) for index, layer in enumerate(after)}
    kept = [layer.id for layer in before if layer.id in new]
    order_same = kept == [layer.id for layer in after if layer.id in old]
    rects = [old[i][1].bounds(canvas) for i in old if i not in new or not order_same]
    rects += [new[i][1].bounds(canvas) for i in new if i not in old or not order_same]
    rects += _clipped(before, canvas) + _clipped(after, canvas)
    if order_same:
        for layer_id in kept:
            a, b = old[layer_id][1], new[layer_id][1]
            if a is not b:
                rects += _layer_changes(a, b, canvas)
    return rects


_SHOWN = ("opacity", "visible", "blend", "transform", "clip", "warp", "effects")


def _layer_changes(old: Layer, new: Layer, canvas: Size) -> list[Rect]:
    if not (old.visible or new.visible):
        return []
    both = [old.bounds(canvas), new.bounds(canvas)]
    if any(getattr(old, name) != getattr(new, name) for name in _SHOWN):
        return both
    content, mask = _content_changes(old, new, canvas), _mask_changes(old, new)
    if content is None or mask is None:
        return both
    whole = new.content_bounds(canvas)
    return [effects.reach(new.effects, rect, whole) for rect in content + mask]


def _content_changes(old: Layer, new: Layer, canvas: Size) -> list[Rect] | None:
    """Parts of the canvas; None: perhaps everywhere."""
    before, after = old.content, new.content
    if before is after:
        return []
    if isinstance(before, PixelContent) and isinstance(after, PixelContent):
        return [reach(new, rect) for rect in before.tiles.changed(after.tiles)]
    if isinstance(before, GroupContent) and isinstance(after, GroupContent):
        if before.isolated != after.isolated:
            return None
        return _level_changes(before.layers, after.layers, canvas)
    return None if before != after else []


def _mask_changes(old: Layer, new: Layer) -> list[Rect] | None:
    before, after = _active(old), _active(new)
    if before is after:
        return []
    if before is None or after is None or before.transform != after.transform:
        return None
    local = [*before.alpha.changed(after.alpha), *_foreground_changes(before, after)]
    moved = [after.transform.map_rect(rect) for rect in local]
    return [rect if new.own_bounds is None else reach(new, rect) for rect in moved]


def _foreground_changes(before: Mask, after: Mask) -> tuple[Rect, ...]:
    if before.foreground is after.foreground:
        return ()
    known = before.foreground or after.foreground
    assert known is not None
    blank = Tiles.empty(known.size, 4)
    return (before.foreground or blank).changed(after.foreground or blank)


def reach(layer: Layer, rect: Rect) -> Rect:
    """The canvas that pixels of `rect` of a layer can show on. Interpolation carries them to the
    next pixel; of layers shown smaller, to 8 pixels of canvas at most (two boxes that are averaged
    before)."""
    bend = bend_of(layer)
    if bend is not None:
        return bend.shown_rect(rect)
    if layer.transform.is_whole_shift:
        return layer.transform.map_rect(rect)
    return layer.transform.map_rect(rect.inflate(1)).inflate(8)


def _active(layer: Layer) -> Mask | None:
    return layer.mask if layer.mask is not None and layer.mask.enabled else None
