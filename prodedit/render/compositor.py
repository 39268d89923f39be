# SPDX-License-Identifier: Apache-2.0
"""Layers, masks and blend modes become one picture."""

from __future__ import annotations

import cv2
import numpy as np

from prodedit.core import adjust
from prodedit.core.document import Document
from prodedit.core.effects import extent
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Layer
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices
from prodedit.render.effects import effect_pixels
from prodedit.render.images import Surface
from prodedit.render.program import (
    Adjust,
    Draw,
    EffectSource,
    Program,
    compiled,
    layers_of,
    silhouette,
)
from prodedit.render.run import Run, Step
from prodedit.render.silhouette import Silhouettes
from prodedit.render.sources import Piece, Sources
from prodedit.render.steps import steps_in

BUDGET = 128 << 20


class Compositor:
    """Composites blocks one after the other, all layers of a block while it is in the cache.

    Holds nothing but what can be computed again: blocks that were masked or resampled, within
    `budget` bytes. For one thread at a time; only text needs a QGuiApplication. (QPainter keeps
    Python's lock while it draws, so a second thread gains nothing; one core is near the memory's
    limit.)
    """

    def __init__(self, budget: int = BUDGET, change: adjust.Change = adjust.exactly) -> None:
        """`change`: how pixels are adjusted by what looks at each of them alone."""
        self.sources = Sources(budget)
        self._change = change
        self._shapes = Silhouettes(self.alone, self.sources.cache)
        self._faded = np.empty((TILE, TILE, 4), np.uint8)
        # Rows that lie together: those of a large picture fall on the same lines of the cache.
        self._scratch = np.empty((TILE * TILE, 4), np.uint8)

    def render(self, document: Document, rect: Rect | None = None) -> Pixels:
        """(h, w, 4) uint8 premultiplied BGRA of `rect` of the canvas (default: all of it), a new
        array; zero beyond the canvas."""
        rect = Rect.of(document.size) if rect is None else rect
        pixels = np.zeros((rect.height, rect.width, 4), np.uint8)
        program = compiled(document.layers)
        for place, part in places(rect.intersect(Rect.of(document.size))):
            target = Surface(self._scratch[: part.size.area].reshape(part.height, part.width, 4))
            self.paint(program, document.size, place, part, target)
            slices(pixels, part.translate(-rect.x, -rect.y))[...] = target.array
        return pixels

    def merged(self, document: Document) -> Pixels:
        """The whole canvas."""
        return self.render(document)

    def tile(self, document: Document, column: int, row: int) -> Pixels:
        """(256, 256, 4): one block of canvas, zero beyond the canvas."""
        return self.render(document, block_rect((column, row)))

    def paint(
        self, program: Program, canvas: Size, place: Place, part: Rect, target: Surface
    ) -> bool:
        """Make all of `target`, which shows `part` of the block of canvas at `place`.

        Returns whether it is opaque for certain."""
        steps, solid = self._steps(program, canvas, place, part)
        if not solid:
            target.array.fill(0)
        run = Run(canvas, place, part, target, self._faded, self.sources.cache, self._change)
        self._do(run, steps, canvas, place, part)
        return solid

    def shared(self, program: Program, canvas: Size, place: Place) -> Pixels | None:
        """The block of canvas at `place`, read-only, where it is just a layer's own block."""
        area = block_rect(place)
        if area.intersect(Rect.of(canvas)) != area:
            return None
        steps, _ = self._steps(program, canvas, place, area)
        if len(steps) != 1 or not isinstance(steps[0].op, Draw):
            return None
        op, pieces = steps[0].op, steps[0].pieces
        whole = len(pieces) == 1 and (pieces[0].x, pieces[0].y) == (area.x, area.y)
        plain = op.opacity >= 1 and pieces[0].area == area
        return pieces[0].pixels if whole and plain else None

    def alone(self, layer: Layer, canvas: Size, place: Place) -> Pixels | None:
        """(256, 256, 4), read-only: a layer without effects and fading in one block of the canvas'
        plane, also beyond the canvas. None where nothing of it lies."""
        program, area = silhouette(layer), block_rect(place)
        steps, _ = self._steps(program, canvas, place, area)
        if not steps:
            return None
        pieces = steps[0].pieces if len(steps) == 1 else []
        if len(pieces) == 1 and pieces[0][1:4] == (area.x, area.y, area):
            return pieces[0].pixels
        parts = tuple(piece.pixels for piece in pieces) or (layer,)
        key = ("alone", canvas, place, *(piece[1:4] for piece in pieces))
        return self.sources.cache.get(parts, key, lambda: self._block(program, canvas, place))

    def _steps(
        self, program: Program, canvas: Size, place: Place, part: Rect
    ) -> tuple[list[Step], bool]:
        return steps_in(program, part, lambda op: self._pieces(op, canvas, place, part))

    def _do(self, run: Run, steps: list[Step], canvas: Size, place: Place, part: Rect) -> None:
        try:
            for step in steps:
                if isinstance(step.op, Adjust) and step.op.below:
                    step = step._replace(pixels=self._looked_round(step.op, canvas, part))
                run.do(step)
        finally:
            run.close()

    def _pieces(self, op: Draw, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        if isinstance(op.source, EffectSource):
            return self._effect(op.source, canvas, place)
        pieces = self.sources.pieces(op.source, canvas, place, part)
        if len(pieces) == 1 and pieces[0].area == part:
            return pieces
        return [piece for piece in pieces if not piece.area.intersect(part).is_empty]

    def _effect(self, source: EffectSource, canvas: Size, place: Place) -> list[Piece]:
        layer, effect = source
        area, whole = block_rect(place), layer.content_bounds(canvas)
        if extent(effect, whole, whole).intersect(area).is_empty:
            return []
        pixels = self.sources.cache.get(
            (layer,), (effect, canvas, place), lambda: self._made_effect(source, canvas, area)
        )
        return [Piece(pixels, area.x, area.y, area, False)] if pixels.size else []

    def _made_effect(self, source: EffectSource, canvas: Size, area: Rect) -> Pixels:
        made = effect_pixels(self._shapes.of(source.layer, canvas), source.effect, area)
        return np.zeros((0, 0, 4), np.uint8) if made is None else made

    def _looked_round(self, op: Adjust, canvas: Size, part: Rect) -> Pixels:
        """`part` adjusted, with what lies round it; beyond the canvas its edge goes on."""
        margin = op.reach
        area = part.inflate(margin)
        inside = area.intersect(Rect.of(canvas))
        below = np.zeros((inside.height, inside.width, 4), np.uint8)
        for place, piece in places(inside):
            block = self._below(op, canvas, place)
            own = piece.translate(-place[0] * TILE, -place[1] * TILE)
            slices(below, piece.translate(-inside.x, -inside.y))[...] = slices(block, own)
        left, top = inside.x - area.x, inside.y - area.y
        right, bottom = area.right - inside.right, area.bottom - inside.bottom
        if left or top or right or bottom:
            below = np.asarray(
                cv2.copyMakeBorder(below, top, bottom, left, right, cv2.BORDER_REPLICATE)
            )
        made = adjust.adjusted(below, op.adjustments[0], area, canvas)
        return made[margin : margin + part.height, margin : margin + part.width]

    def _below(self, op: Adjust, canvas: Size, place: Place) -> Pixels:
        """The block of canvas as it is below an adjustment."""
        layers = {id(layer): layer for one in op.below for layer in layers_of(one)}
        parts = tuple(layers.values())
        key = ("below", canvas, place)
        return self.sources.cache.get(parts, key, lambda: self._block(op.below, canvas, place))

    def _block(self, program: Program, canvas: Size, place: Place) -> Pixels:
        """The surface that `program` leaves on top, which need not be closed."""
        target, area = Surface.blank(), block_rect(place)
        room, cache = np.empty_like(self._faded), self.sources.cache
        run = Run(canvas, place, area, target, room, cache, self._change)
        steps, _ = self._steps(program, canvas, place, area)
        self._do(run, steps, canvas, place, area)
        return run.top
