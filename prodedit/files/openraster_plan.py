# SPDX-License-Identifier: Apache-2.0
"""What a project file holds: which pictures, of which names, and what of the last one is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.reach import reach
from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import (
    AdjustmentContent,
    FillContent,
    GroupContent,
    Layer,
    PixelContent,
    clip_stacks,
)
from prodedit.core.tiles import TILE, Tiles
from prodedit.files.openraster_xml import ATOP, NORMAL, SHARED_MODES, Stack, StackLayer
from prodedit.files.strip_index import Head
from prodedit.files.strips import Kind, kind_of, rows_of

Pixels = NDArray[np.uint8]
_NEIGHBOURS = 2
"""Pixels beside a change that resampling may change too."""


class Bake(Protocol):
    """Gives what other programs are to see; called from the thread that saves."""

    def merged(self, rect: Rect) -> Pixels:
        """`rect` of the whole picture: (h, w, 4) premultiplied BGRA."""

    def layer(self, layer: Layer, rect: Rect, as_normal: bool) -> Pixels:
        """`rect` of the canvas with this layer alone (a group: with what is in it): mask and
        transform applied, its own opacity, blend mode and visibility not.

        as_normal: others lack the layer's mode, so give what shows the same in normal mode over
        what lies below: with b all that lies below, r the same with the layer on top (at full
        opacity) and a the alpha of the layer alone, all premultiplied: r - b (1 - a), and a. Of an
        adjustment that `lies_atop`: r / (its alpha), opaque.
        """


class Kept(NamedTuple):
    """A picture in the last file, and the strips of it that no longer hold."""

    member: str
    kind: Kind
    dirty: frozenset[int]


@dataclass(frozen=True)
class Raster:
    """A PNG to be written. kind None: RGB unless some strip turns out to need alpha."""

    name: str
    size: Size
    pixels: Callable[[Rect], Pixels]
    kind: Kind | None = None
    kept: Kept | None = None


class Baked(NamedTuple):
    layer: Layer
    rect: Rect
    as_normal: bool
    member: str


@dataclass(frozen=True)
class Contents:
    """What a file on the disk holds of which document: saving again writes only what differs."""

    document: Document
    tiles: Mapping[tuple[str, str], tuple[Tiles, str]]
    baked: Mapping[str, Baked]
    heads: Mapping[str, Head]


class Plan:
    """Names and sources of all pictures of one document.

    A plain pixel layer is its own picture for everybody: its PNG unpacks to the very same bits.
    What is masked, resampled or of a mode that others lack is baked for them, and kept in full
    under prodedit/ for us.
    """

    def __init__(
        self,
        document: Document,
        bake: Bake | None,
        last: Contents | None,
        kinds: Mapping[int, Kind] | None = None,
    ) -> None:
        """`kinds`: by id of the Tiles, what is known of them without a look."""
        self.document = document
        self.rasters: list[Raster] = []
        self.tiles: dict[tuple[str, str], tuple[Tiles, str]] = {}
        self.baked: dict[str, Baked] = {}
        self.unshared: list[str] = []
        self.shown: dict[str, list[str]] = {}
        self._names: dict[int, str] = {}
        self._kinds = dict(kinds or {})
        self._bake = bake or _NoBake()
        self._last = last
        self._numbers = {layer.id: n for n, layer in enumerate(document.walk())}
        self._plain = {layer.id for layer in document.walk() if self._is_plain(layer)}
        self.stack = Stack(document.size, self._level(document.layers))
        self._add_originals()

    def name_of(self, tiles: Tiles) -> str:
        return self._names[id(tiles)]

    def merged(self) -> Raster:
        size, last = self.document.size, self._last
        kept = None
        if last is not None and last.document.size == size:
            changed = changed_rects(last.document, self.document)
            kept = self._kept("mergedimage.png", size, rows(changed, Rect.of(size)))
        return Raster("mergedimage.png", size, self._bake.merged, kept=kept)

    def _level(self, layers: tuple[Layer, ...]) -> tuple[StackLayer, ...]:
        """For stack.xml: from the topmost to the lowest."""
        elements: list[StackLayer] = []
        for base, clipped in reversed(tuple(clip_stacks(layers))):
            if clipped and not isinstance(base.content, AdjustmentContent):
                elements += map(self._blank, reversed(clipped))
                elements.append(self._clip_stack(base, clipped))
            else:
                elements += map(self._element, (*reversed(clipped), base))
        return tuple(elements)

    def _clip_stack(self, base: Layer, clipped: list[Layer]) -> StackLayer:
        """Others know no clipping: they see the layer with all that is clipped to it in one."""
        plain = replace(base, opacity=1.0, blend="normal", visible=True)
        whole = replace(base, content=GroupContent((plain, *clipped)), mask=None, effects=())
        mode = SHARED_MODES.get(base.blend)
        return self._add_baked(whole, self._plain_element(whole), mode is None)

    def _blank(self, layer: Layer) -> StackLayer:
        """What others see elsewhere: its name stays in their list of layers."""
        member = f"data/{self._numbers[layer.id]:03}.png"
        size = Size(1, 1)
        self.rasters.append(Raster(member, size, lambda part: _nothing(part.size)))
        return self._plain_element(layer)._replace(src=member)

    def _plain_element(self, layer: Layer) -> StackLayer:
        return StackLayer(
            layer.name,
            opacity=layer.opacity,
            visible=layer.visible,
            mode=SHARED_MODES.get(layer.blend) or NORMAL,
            locked=layer.locks.pixels,
        )

    def _element(self, layer: Layer) -> StackLayer:
        """`layer` for stack.xml; what is needed for it is added to the pictures."""
        element = self._plain_element(layer)
        if isinstance(layer.content, GroupContent) and _is_shared_group(layer):
            children = self._level(layer.content.layers)
            return element._replace(layers=children, isolated=layer.content.isolated)
        if layer.id in self._plain:
            assert layer.tiles is not None
            member = self._add_tiles(layer, "pixels", layer.tiles, "data/{:03}.png")
            self.shown.setdefault(member, []).append(layer.id)
            x, y = round(layer.transform.dx), round(layer.transform.dy)
            return element._replace(src=member, x=x, y=y)
        if isinstance(layer.content, AdjustmentContent):
            mode = ATOP if lies_atop(self.document, layer) else NORMAL
            return self._add_baked(layer, element._replace(mode=mode), as_normal=True)
        if layer.effects and layer.blend != "normal":
            # The mode is the layer's, not that of its shadow: both at once, as they show.
            within = GroupContent((layer,), isolated=False)
            whole = Layer(layer.id, layer.name, within, visible=layer.visible)
            return self._add_baked(whole, self._plain_element(whole), as_normal=True)
        as_normal = layer.blend not in SHARED_MODES or _is_faded_pass_through(layer)
        return self._add_baked(layer, element, as_normal)

    def _is_plain(self, layer: Layer) -> bool:
        """Whether others may see the layer's own pixels as they are."""
        return (
            layer.tiles is not None
            and layer.blend in SHARED_MODES
            and not _is_masked(layer)
            and layer.transform.is_whole_shift
            and not (layer.warp or layer.effects)
            and self._kind(layer, "pixels", layer.tiles) is not Kind.RAW
        )

    def _add_baked(self, layer: Layer, element: StackLayer, as_normal: bool) -> StackLayer:
        canvas = Rect.of(self.document.size)
        rect = layer.bounds(self.document.size).intersect(canvas)
        rect = Rect(0, 0, 1, 1) if rect.is_empty else rect
        member = f"data/{self._numbers[layer.id]:03}.png"
        if as_normal:
            self.unshared.append(layer.name)
        baked = Baked(layer, rect, as_normal, member)
        self.baked[layer.id] = baked
        self.shown[member] = [layer.id]
        self.rasters.append(
            Raster(
                member,
                rect.size,
                lambda part: self._bake.layer(layer, part.translate(rect.x, rect.y), as_normal),
                kept=self._kept_baked(baked),
            )
        )
        return element._replace(src=member, x=rect.x, y=rect.y)

    def _add_originals(self) -> None:
        if self.document.selection is not None:
            self._add_part("", "selection", self.document.selection, "prodedit/selection.png")
        for layer in self.document.walk():
            for role, tiles in parts(layer):
                if (layer.id, role) not in self.tiles:  # else others see the very same
                    self._add_tiles(layer, role, tiles, "prodedit/{:03}-{}.png")

    def _add_tiles(self, layer: Layer, role: str, tiles: Tiles, pattern: str) -> str:
        return self._add_part(layer.id, role, tiles, pattern.format(self._numbers[layer.id], role))

    def _add_part(self, layer_id: str, role: str, tiles: Tiles, member: str) -> str:
        """Pixels that two layers share are written once."""
        known = self._names.get(id(tiles))
        if known is None:
            kept = self._kept_tiles(layer_id, role, tiles)
            kind = self._kind_of(tiles, kept)
            if kept is not None and kept.kind is not kind:
                kept = None
            self.rasters.append(Raster(member, tiles.size, tiles.to_array, kind, kept))
            self._names[id(tiles)] = known = member
        self.tiles[layer_id, role] = (tiles, known)
        return known

    def _kind(self, layer: Layer, role: str, tiles: Tiles) -> Kind:
        return self._kind_of(tiles, self._kept_tiles(layer.id, role, tiles))

    def _kind_of(self, tiles: Tiles, kept: Kept | None) -> Kind:
        if tiles.channels == 1:
            return Kind.GREY
        if id(tiles) not in self._kinds:
            among = range(rows_of(tiles.size)) if kept is None else kept.dirty
            least = Kind.RGB if kept is None else kept.kind
            self._kinds[id(tiles)] = max(least, smallest_kind(tiles, among))
        return self._kinds[id(tiles)]

    def _kept_tiles(self, layer_id: str, role: str, tiles: Tiles) -> Kept | None:
        known = self._last.tiles.get((layer_id, role)) if self._last is not None else None
        if known is None or (known[0].size, known[0].channels) != (tiles.size, tiles.channels):
            return None
        return self._kept(known[1], tiles.size, rows(tiles.changed(known[0]), tiles.bounds))

    def _kept_baked(self, baked: Baked) -> Kept | None:
        last = self._last
        known = None if last is None else last.baked.get(baked.layer.id)
        if last is None or known is None or known.rect != baked.rect:
            return None
        if known.as_normal != baked.as_normal:
            return None
        size = self.document.size
        changed = changed_rects(_alone(known.layer, size), _alone(baked.layer, size))
        if baked.as_normal:
            if known.layer.blend != baked.layer.blend:
                return None
            changed += changed_rects(last.document, self.document)
        near = [rect.inflate(_NEIGHBOURS) for rect in changed]
        return self._kept(known.member, baked.rect.size, rows(near, baked.rect))

    def _kept(self, member: str, size: Size, dirty: frozenset[int]) -> Kept | None:
        head = None if self._last is None else self._last.heads.get(member)
        if head is None or head.kind is None or head.size != size or len(dirty) == rows_of(size):
            return None
        return Kept(member, head.kind, dirty)


class _NoBake:
    """For a plan that is only read: what is where in a file that exists."""

    def merged(self, rect: Rect) -> Pixels:
        raise NotImplementedError

    def layer(self, layer: Layer, rect: Rect, as_normal: bool) -> Pixels:
        raise NotImplementedError


def parts(layer: Layer) -> Iterator[tuple[str, Tiles]]:
    """All pixels that belong to the layer itself, each with its role."""
    if isinstance(layer.content, PixelContent):
        yield "pixels", layer.content.tiles
    if isinstance(layer.content, FillContent) and layer.content.pattern is not None:
        yield "pattern", layer.content.pattern
    if layer.mask is not None:
        yield "alpha", layer.mask.alpha
        if layer.mask.confidence is not None:
            yield "confidence", layer.mask.confidence
        if layer.mask.foreground is not None:
            yield "foreground", layer.mask.foreground


def rows(rects: Iterable[Rect], within: Rect) -> frozenset[int]:
    """The strips of `within` (counted from its top) that the rectangles touch."""
    found: set[int] = set()
    for rect in rects:
        part = rect.intersect(within).translate(-within.x, -within.y)
        if not part.is_empty:
            found.update(range(part.y // TILE, -(-part.bottom // TILE)))
    return frozenset(found)


def smallest_kind(tiles: Tiles, among: Iterable[int]) -> Kind:
    """The kind that keeps every bit of these rows of blocks."""
    kind = Kind.RGB
    for row in among:
        for column in range(-(-tiles.size.width // TILE)):
            part = Rect(column * TILE, row * TILE, TILE, TILE).intersect(tiles.bounds)
            pixels = tiles.block(column, row)
            found = Kind.RGBA if pixels is None else kind_of(pixels[: part.height, : part.width])
            kind = max(kind, found)
    return kind


def _nothing(size: Size) -> Pixels:
    return np.zeros((size.height, size.width, 4), np.uint8)


def _is_masked(layer: Layer) -> bool:
    return layer.mask is not None and layer.mask.enabled


def _is_shared_group(layer: Layer) -> bool:
    """Whether others can have the group as a group."""
    is_known = layer.blend in SHARED_MODES and not _is_masked(layer) and not layer.effects
    if isinstance(layer.content, GroupContent) and layer.content.isolated and is_adjusted(layer):
        return False
    return is_known and not _is_faded_pass_through(layer)


def is_adjusted(group: Layer) -> bool:
    """Whether an adjustment works on the group's own surface. Where that is transparent, no picture
    laid over it shows the same."""
    through = (child for child in group.children if is_pass_through(child))
    own = any(isinstance(child.content, AdjustmentContent) for child in group.children)
    return own or any(map(is_adjusted, through))


def lies_atop(document: Document, layer: Layer) -> bool:
    """Whether others see it right by svg:src-atop, also over transparency. Not what looks round: it
    changes that. Nor in a group, which they isolate: they would cut it to what is in there."""
    content = layer.content
    is_plain = isinstance(content, AdjustmentContent) and not reach(content.adjustment)
    return is_plain and any(one is layer for one in document.layers)


def is_pass_through(layer: Layer) -> bool:
    """Whether it is a group whose layers meet what lies below it."""
    return isinstance(layer.content, GroupContent) and not layer.content.isolated


def _is_faded_pass_through(layer: Layer) -> bool:
    """OpenRaster isolates every group below full opacity; that shows where modes are within."""
    if not is_pass_through(layer) or layer.opacity == 1:
        return False
    return any(child.blend != "normal" for child in layer.walk() if child is not layer)


def _alone(layer: Layer, canvas: Size) -> Document:
    """Only what the baked picture shows of the layer."""
    shown = replace(layer, visible=True, opacity=1.0, blend="normal")
    return Document(canvas, (shown,))
