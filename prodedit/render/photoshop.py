# SPDX-License-Identifier: Apache-2.0
"""A document as a Photoshop file shows it: what the format has stays, the rest becomes pixels.

Layers, masks, groups, blend modes, clipping stay. Text, shapes, fills and what is transformed or
bent become pixels with their mask beside them; effects become a layer of their own below the
layer, and those within it part of its pixels. An adjustment becomes the picture that it makes. All
of it shows what the document shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import (
    AdjustmentContent,
    FillContent,
    GroupContent,
    Layer,
    PixelContent,
    SolidFill,
    clip_stacks,
)
from prodedit.core.pixels import straight_rgba
from prodedit.core.tiles import TILE, Pixels, places, slices
from prodedit.files.openraster_plan import is_adjusted, is_pass_through, smallest_kind
from prodedit.files.photoshop_layers import NOWHERE, PhotoshopLayer, PhotoshopPicture, Wanted
from prodedit.files.strips import Kind, rows_of
from prodedit.render.compositor import Compositor
from prodedit.render.effect_places import placed
from prodedit.render.images import Surface
from prodedit.render.masks import to_canvas
from prodedit.render.program import Program, compiled, effects_below
from prodedit.render.project import ProjectBake
from prodedit.render.rasterise import alpha_in, without_mask

Painter = Callable[[Pixels], None]
"""Fills an array of the raster's size."""
_MOST = 400_000_000
"""Pixels of one layer; of a larger one only what lies on the canvas is written."""
_ONLY = "Layer 1"
_EFFECTS = "{} fx"
"""The name of a layer that holds another one's effects; what the format's users call them."""


class PhotoshopPlan:
    """`picture` says what is written; `paint` makes the rasters, for one thread."""

    def __init__(self, document: Document, resolution: float = 0.0) -> None:
        self._document = document
        self._canvas = Rect.of(document.size)
        self._compositor = Compositor()
        self._bake = ProjectBake(document)
        self._painters: dict[tuple[int, bool], Painter] = {}
        self._hidden: dict[int, PhotoshopLayer] = {}
        layers = tuple(self._level(document.layers, covered=False, isolated=True))
        layers = layers or (PhotoshopLayer(_ONLY),)  # else nothing would say it is transparent
        self.picture = PhotoshopPicture(
            document.size, layers, document.guides, document.paths, resolution
        )

    def paint(self, wanted: Wanted | None, target: Pixels) -> None:
        """Fill `target` with a raster of `picture`, or for None with the merged picture."""
        if wanted is None:
            self._paint_program(compiled(self._document.layers), self._canvas, target)
        else:
            self._painters[id(wanted.layer), wanted.is_mask](target)

    # The tree

    def _level(
        self, layers: Sequence[Layer], *, covered: bool, isolated: bool
    ) -> list[PhotoshopLayer]:
        """`covered`: what these lie on is opaque; `isolated`: there is nothing below them."""
        found: list[PhotoshopLayer] = []
        layers, done = _released(layers), 0
        for base, clipped in clip_stacks(layers):
            open_below = isolated and not covered and base.visible
            if isinstance(base.content, AdjustmentContent) and not open_below:
                found.append(self._picture(base, partial(self._paint_as_normal, base)))
            elif open_below and not clipped and _changes_below(base):
                found = self._shown_instead(found, layers[:done], base)
            else:
                found += self._stack(base, clipped, covered)
                covered = covered or (not clipped and _covers(base, self._document.size))
            done += 1 + len(clipped)
        return found

    def _shown_instead(
        self, found: list[PhotoshopLayer], below: Sequence[Layer], layer: Layer
    ) -> list[PhotoshopLayer]:
        """What a layer makes of those below where something is transparent: no picture over them
        shows that without thicker edges, so theirs is taken, and they stay hidden below it."""
        inner = tuple(found)
        if found and id(found[0]) in self._hidden:  # one such group is enough
            inner = (*(found[0].layers or ()), *found[1:])
        hidden = PhotoshopLayer(layer.name, visible=False, layers=inner)
        self._hidden[id(hidden)] = hidden
        shown = PhotoshopLayer(layer.name, _rect(self._canvas))
        return [hidden, self._with(shown, self._alone((*below, layer)))]

    def _stack(
        self, base: Layer, clipped: Sequence[Layer], covered: bool
    ) -> Iterator[PhotoshopLayer]:
        under, _ = placed(base.effects)
        if under and base.opacity < 1 and base.blend == "normal":
            whole = replace(base, opacity=1.0, visible=True, clip=False)
            together = tuple(self._stacked(whole, clipped, covered))
            yield PhotoshopLayer(
                base.name, opacity=base.opacity, visible=base.visible, clip=base.clip,
                layers=together,
            )  # fmt: skip
        else:
            yield from self._stacked(base, clipped, covered)

    def _stacked(
        self, base: Layer, clipped: Sequence[Layer], covered: bool
    ) -> Iterator[PhotoshopLayer]:
        program = effects_below(base)
        if program:
            yield self._effects(base, program)
        yield self._layer(base, covered, is_base=bool(clipped))
        inner = replace(_plain(base), effects=placed(base.effects)[1])
        for number, layer in enumerate(clipped):
            if _changes_below(layer):
                stack = (inner, *clipped[:number], replace(_plain(layer), clip=True))
                yield self._picture(layer, self._opaque(stack), clip=True)
            else:
                yield from self._stack(layer, (), covered=True)

    def _effects(self, layer: Layer, program: Program) -> PhotoshopLayer:
        rect = layer.bounds(self._document.size).intersect(self._canvas)
        made = PhotoshopLayer(
            _EFFECTS.format(layer.name), _rect(rect), layer.opacity, layer.visible,
            clip=layer.clip,
        )  # fmt: skip
        return self._with(made, partial(self._paint_program, program, rect))

    def _layer(self, layer: Layer, covered: bool, is_base: bool) -> PhotoshopLayer:
        _, inside = placed(layer.effects)
        if not isinstance(layer.content, GroupContent):
            return self._pixels(layer, baked=bool(inside))
        if inside:
            return self._pixels(layer, baked=True)
        isolated = layer.content.isolated or is_base
        children = self._level(
            layer.content.layers, covered=covered and not isolated, isolated=isolated
        )
        made = _styled(layer, NOWHERE, layers=tuple(children), isolated=isolated)
        return self._with(made, None, self._mask(layer, self._canvas))

    def _pixels(self, layer: Layer, baked: bool) -> PhotoshopLayer:
        """baked: with its mask and the effects within it in its pixels."""
        rect = self._place(layer)
        if baked or rect.is_empty or _is_resampled(layer):
            shown = replace(_plain(layer), effects=placed(layer.effects)[1])
            made = _styled(replace(layer, mask=None), _rect(rect))
            return self._with(made, self._shown(shown, rect))
        paint = self._shown(without_mask(layer), rect)
        return self._with(_styled(layer, rect), paint, self._mask(layer, rect))

    def _place(self, layer: Layer) -> Rect:
        if layer.own_bounds is None:
            return self._canvas
        rect = layer.content_bounds(self._document.size)
        return rect if rect.size.area <= _MOST else rect.intersect(self._canvas)

    def _picture(self, layer: Layer, paint: Painter, *, clip: bool = False) -> PhotoshopLayer:
        """In place of a layer, what shows with it."""
        plain = replace(layer, blend="normal", clip=clip, mask=None)
        return self._with(_styled(plain, self._canvas), paint)

    def _with(
        self, layer: PhotoshopLayer, pixels: Painter | None, mask: Painter | None = None
    ) -> PhotoshopLayer:
        if pixels is not None:
            self._painters[id(layer), False] = pixels
        if mask is not None:
            self._painters[id(layer), True] = mask
        return layer

    # The rasters

    def _mask(self, layer: Layer, rect: Rect) -> Painter | None:
        return None if layer.mask is None else partial(_paint_mask, layer, rect)

    def _paint_program(self, program: Program, rect: Rect, target: Pixels) -> None:
        size, room = self._document.size, np.empty((TILE * TILE, 4), np.uint8)
        for place, part in places(rect):
            pixels = room[: part.size.area].reshape(part.height, part.width, 4)
            self._compositor.paint(program, size, place, part, Surface(pixels))
            slices(target, part.translate(-rect.x, -rect.y))[...] = pixels

    def _paint_as_normal(self, layer: Layer, target: Pixels) -> None:
        for strip in _strips(self._document.size):
            slices(target, strip)[...] = self._bake.layer(layer, strip, as_normal=True)

    def _alone(self, layers: Iterable[Layer]) -> Painter:
        return partial(self._paint_program, compiled(layers), self._canvas)

    def _shown(self, layer: Layer, rect: Rect) -> Painter:
        """A layer alone, also what of it lies beyond the canvas."""
        return partial(self._paint_program, compiled((layer,)), rect)

    def _opaque(self, layers: Iterable[Layer]) -> Painter:
        """What the layers show together, in full where anything of it shows: for what it is clipped
        to gives it its alpha again."""
        program = compiled(layers)

        def paint(target: Pixels) -> None:
            self._paint_program(program, self._canvas, target)
            for strip in _strips(self._document.size):
                part = slices(target, strip)
                rgba = straight_rgba(part)
                part[...] = rgba[..., [2, 1, 0, 3]]
                part[..., 3] = np.where(rgba[..., 3] > 0, 255, 0)

        return paint


def became_pixels(document: Document) -> tuple[str, ...]:
    """The names of the layers that are no more than pixels in such a file, from the topmost; of
    effects, that of the layer they become."""
    names = [name for layer in document.walk() for name in _as_pixels(layer)]
    return tuple(reversed(names))


def _as_pixels(layer: Layer) -> Iterator[str]:
    under, inside = placed(layer.effects)
    if under:
        yield _EFFECTS.format(layer.name)
    kept = isinstance(layer.content, PixelContent | GroupContent)
    if not kept or inside or layer.warp is not None:
        yield layer.name


def _is_resampled(layer: Layer) -> bool:
    """Whether its mask is bent or resampled together with its pixels; apart from them, both would
    have the soft edge."""
    if layer.mask is None or layer.own_bounds is None:
        return False
    return layer.warp is not None or not to_canvas(layer.mask, layer).is_whole_shift


def _paint_mask(layer: Layer, rect: Rect, target: Pixels) -> None:
    assert layer.mask is not None
    target[...] = alpha_in(layer, layer.mask, rect).to_array()


def _strips(size: Size) -> Iterator[Rect]:
    for row in range(rows_of(size)):
        top = row * TILE
        yield Rect(0, top, size.width, min(TILE, size.height - top))


def _plain(layer: Layer) -> Layer:
    """As it is before it is faded and blended; an adjustment's mode is part of what it makes."""
    blend = layer.blend if isinstance(layer.content, AdjustmentContent) else "normal"
    return replace(layer, opacity=1.0, visible=True, clip=False, blend=blend)


def _changes_below(layer: Layer) -> bool:
    """Whether it changes the colours of what it lies on."""
    if isinstance(layer.content, AdjustmentContent):
        return True
    return is_pass_through(layer) and is_adjusted(layer)


def _released(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Layers that stand clipped to an adjustment lie on it like any other."""
    found: list[Layer] = []
    for base, clipped in clip_stacks(layers):
        if isinstance(base.content, AdjustmentContent):
            clipped = [replace(layer, clip=False) for layer in clipped]
        found += (replace(base, clip=False) if base.clip else base, *clipped)
    return tuple(found)


def _styled(
    layer: Layer, rect: Rect, layers: tuple[PhotoshopLayer, ...] | None = None,
    isolated: bool = True,
) -> PhotoshopLayer:  # fmt: skip
    mask = layer.mask
    return PhotoshopLayer(
        layer.name, rect, layer.opacity, layer.visible, layer.blend, layer.clip, layer.locks,
        "" if mask is None else ("on" if mask.enabled else "off"), layers, isolated,
    )  # fmt: skip


def _rect(rect: Rect) -> Rect:
    return NOWHERE if rect.is_empty else rect


def _covers(layer: Layer, canvas: Size) -> bool:
    """Whether nothing below it shows, as far as that is known without a look at all pixels."""
    plain = layer.visible and layer.opacity >= 1 and layer.blend == "normal"
    if not plain or (layer.mask is not None and layer.mask.enabled):
        return False
    if isinstance(layer.content, FillContent):
        fill = layer.content.fill
        return isinstance(fill, SolidFill) and fill.colour.alpha == 255
    tiles = layer.tiles
    if tiles is None or layer.warp is not None or layer.transform != Transform():
        return False
    return tiles.size == canvas and smallest_kind(tiles, range(rows_of(canvas))) is Kind.RGB
