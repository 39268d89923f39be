# SPDX-License-Identifier: Apache-2.0
"""A stroke on a layer's mask: its scratch buffer, and the masks made from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prodedit.core.bend import bend_of
from prodedit.core.document import Document, shown_rects
from prodedit.core.geometry import IDENTITY, Point, Rect, Size
from prodedit.core.layer import Layer, Mask
from prodedit.core.paint.bent_stroke import BentStroke
from prodedit.core.paint.seen import seen_at, seen_through
from prodedit.core.paint.stroke import Brush, Stroke, as_bytes, painted
from prodedit.core.pixels import scale
from prodedit.core.tiles import TILE, Block, Pixels, Place, Tiles, block_rect, places, slices
from prodedit.render.masks import to_canvas


class MaskStroke:
    """Paints on `layer` as it was when the stroke began."""

    def __init__(
        self, layer: Layer, brush: Brush, restores: bool, selection: Tiles | None = None
    ) -> None:
        """`brush`: in pixels of the mask; of a bent layer, of the canvas. `selection`: of the
        document; where it is 0 nothing is painted.

        Raises ValueError where the layer has neither a mask nor pixels, or is squeezed to a
        line."""
        if layer.tiles is None and layer.mask is None:
            raise ValueError(f"layer {layer.id!r} has nothing to paint on")
        self.layer = layer
        self.end = Point(0, 0)
        self.shown: Document | None = None
        """What `on` has made last."""
        self._old = _mask_of(layer)
        self._placed = to_canvas(self._old, layer)
        self._brush = brush
        self._restores = restores
        self._selection = selection
        bend = bend_of(replace(layer, mask=self._old), masked=True)
        self._inverse = self._placed.inverse() if bend is None else IDENTITY
        self._stroke: Stroke | BentStroke = (
            Stroke(self._old.alpha.bounds, brush)
            if bend is None
            else BentStroke(self._old.alpha.bounds, brush, bend)
        )
        self._alpha: dict[Place, Block | None] = {}
        self._foreground: dict[Place, Block | None] = {}
        self._selected: dict[Place, Pixels] = {}
        self._changed: list[Rect] = []

    @property
    def rect(self) -> Rect:
        """The blocks of the mask that were painted on."""
        return self._stroke.rect

    def line_to(self, point: Point, pressure: float = 1.0) -> None:
        """`point`: of the document."""
        self.end = point
        self._stroke.line_to(self._inverse.map(point), pressure)

    def on(self, document: Document) -> Document:
        """`document` with what is painted so far."""
        for place, part in self._stroke.take_touched().items():
            self._paint(place, part)
            self._changed.append(part)
        mask = replace(
            self._old,
            alpha=_with(self._old.alpha, self._alpha),
            foreground=self._old.foreground and _with(self._old.foreground, self._foreground),
        )
        self.shown = document.replace_layer(self.layer.id, lambda layer: replace(layer, mask=mask))
        return self.shown

    def take_changed(self) -> tuple[Rect, ...] | None:
        """The parts of the canvas that look different since the last call; None: not known."""
        changed, self._changed = self._changed, []
        return None if self.shown is None else shown_rects(self.shown, self.layer.id, changed)

    def finished(self, document: Document) -> Mask | None:
        """The mask after the stroke; None where it has changed nothing."""
        done = self.on(document).find(self.layer.id)
        changed = any(
            not _same(self._old.alpha.blocks.get(place), block)
            for place, block in self._alpha.items()
        )
        return done.mask if done is not None and (changed or self._foreground) else None

    def _paint(self, place: Place, part: Rect) -> None:
        """`part`: the mask's pixels of that block that the stroke has come to since."""
        inside = part.translate(-place[0] * TILE, -place[1] * TILE)
        coverage = self._limited(place, inside)
        old = self._old.alpha.block(*place)
        known = None if old is None else slices(old, inside)
        alpha = _copied(self._alpha.get(place, self._old.alpha.blocks.get(place)))
        slices(alpha, inside)[...] = painted(known, coverage, self._brush.opacity, self._restores)
        self._alpha[place] = Block(alpha)
        self._uncolour(place, inside, coverage)

    def _uncolour(self, place: Place, inside: Rect, coverage: Pixels) -> None:
        """The foreground was computed for the old alpha; where that is painted over, the photo's
        own colour shows until someone computes it anew."""
        if self._old.foreground is None:
            return
        colour = self._foreground.get(place, self._old.foreground.blocks.get(place))
        if colour is not None:
            kept = colour.pixels.copy()
            slices(kept, inside)[coverage > 0] = 0
            self._foreground[place] = Block(kept) if kept.any() else None

    def _limited(self, place: Place, inside: Rect) -> Pixels:
        """The stroke's coverage of a part of a block, as far as it is selected."""
        coverage = slices(as_bytes(self._stroke.coverage[place]), inside)
        if self._selection is None:
            return coverage
        if place not in self._selected:
            self._selected[place] = self._selection_at(place)
        return scale(coverage, slices(self._selected[place], inside))

    def _selection_at(self, place: Place) -> Pixels:
        """The document's selection as the mask's block sees it."""
        assert self._selection is not None
        if isinstance(self._stroke, BentStroke):
            return seen_at(self._selection.to_array, *self._stroke.shown_at(place))
        return seen_through(self._selection.to_array, self._placed, block_rect(place))


def _mask_of(layer: Layer) -> Mask:
    if layer.mask is not None:
        return layer.mask
    assert layer.tiles is not None
    return Mask(alpha=all_shown(layer.tiles.size))


def all_shown(size: Size) -> Tiles:
    """A mask that hides nothing; blocks that look alike are one object."""
    blocks: dict[Size, Block] = {}
    mask: dict[Place, Block] = {}
    for place, part in places(Rect.of(size)):
        if part.size not in blocks:
            pixels = np.zeros((TILE, TILE), np.uint8)
            pixels[: part.height, : part.width] = 255
            blocks[part.size] = Block(pixels)
        mask[place] = blocks[part.size]
    return Tiles.empty(size, 1).with_blocks(mask)


def _with(tiles: Tiles, changed: dict[Place, Block | None]) -> Tiles:
    """`tiles` with these blocks in place of its own; None: nothing there."""
    if not changed:
        return tiles
    blocks = {**tiles.blocks, **changed}
    return tiles.with_blocks({place: block for place, block in blocks.items() if block is not None})


def _copied(block: Block | None) -> Pixels:
    return np.zeros((TILE, TILE), np.uint8) if block is None else block.pixels.copy()


def _same(old: Block | None, new: Block | None) -> bool:
    nothing = np.zeros((TILE, TILE), np.uint8)
    return np.array_equal(
        nothing if old is None else old.pixels, nothing if new is None else new.pixels
    )
