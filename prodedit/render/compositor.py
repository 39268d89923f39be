# SPDX-License-Identifier: Apache-2.0
"""Layers, masks and blend modes become one picture."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from PySide6.QtGui import QPainter

from prodedit.core.blend import BlendMode, composite, mix
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices
from prodedit.render.images import Surface, alpha_image_of, image_of
from prodedit.render.program import Draw, Pop, Program, Push, compiled
from prodedit.render.sources import Piece, Sources

BUDGET = 128 << 20


class Step(NamedTuple):
    """An op that shows in the block at hand; `pieces` are a Draw's."""

    op: Draw | Push | Pop
    pieces: list[Piece]


class Compositor:
    """Composites blocks one after the other, all layers of a block while it is in the cache.

    Holds nothing but what can be computed again: blocks that were masked or resampled, within
    `budget` bytes. For one thread at a time; needs no QGuiApplication. (QPainter keeps Python's
    lock while it draws, so a second thread gains nothing; one core is near the memory's limit.)
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self.sources = Sources(budget)
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
        run = _Run(part, target, self._faded)
        try:
            for step in steps:
                run.do(step)
        finally:
            run.close()
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

    def _steps(
        self, program: Program, canvas: Size, place: Place, part: Rect
    ) -> tuple[list[Step], bool]:
        """What shows in `part`, lowest first, and whether the lowest step covers all of it.

        Read from the top: below a layer that hides everything, up to where its group opens,
        nothing is looked at."""
        steps: list[Step] = []
        hidden = 0
        for op in reversed(program):
            if hidden:
                hidden += _depth(op)
                if hidden:
                    continue
            if isinstance(op, Push) and steps and isinstance(steps[-1].op, Pop):
                steps.pop()
                continue
            pieces = self._pieces(op, canvas, place, part) if isinstance(op, Draw) else []
            if isinstance(op, Draw) and not pieces:
                continue
            steps.append(Step(op, pieces))
            if isinstance(op, Draw) and _hides(op, pieces, part):
                if _open(steps) == 0:
                    return steps[::-1], True
                hidden = 1
        return steps[::-1], False

    def _pieces(self, op: Draw, canvas: Size, place: Place, part: Rect) -> list[Piece]:
        pieces = self.sources.pieces(op.source, canvas, place, part)
        if len(pieces) == 1 and pieces[0].area == part:
            return pieces
        return [piece for piece in pieces if not piece.area.intersect(part).is_empty]


def _depth(op: Draw | Push | Pop) -> int:
    return isinstance(op, Pop) - isinstance(op, Push)


def _open(steps: list[Step]) -> int:
    """How many groups the op last found (from the top) lies in."""
    return sum(_depth(step.op) for step in steps)


def _hides(op: Draw, pieces: list[Piece], part: Rect) -> bool:
    if op.opacity < 1 or op.mode.id != "normal" or not any(piece.solid for piece in pieces):
        return False
    covered = sum(piece.area.intersect(part).size.area for piece in pieces if piece.solid)
    return covered == part.size.area


class _Run:
    """One part of one block: the stack of surfaces, and the painter on the topmost."""

    def __init__(self, part: Rect, target: Surface, faded: Pixels) -> None:
        self._part = part
        self._stack = [target]
        self._faded = faded
        self._painter: QPainter | None = None
        self._mode = ""

    def do(self, step: Step) -> None:
        op = step.op
        if isinstance(op, Draw):
            self._draw(step.pieces, op.opacity, op.mode)
        elif isinstance(op, Push):
            self._push(op)
        else:
            self._pop(op)

    def close(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def _draw(self, pieces: list[Piece], opacity: float, mode: BlendMode) -> None:
        painter_mode = mode.painter_at(opacity)
        if painter_mode is None:
            composite(self._stack[-1].array, self._flat(pieces), opacity, mode.formula)
            return
        painter = self._on(painter_mode)
        for piece in pieces:
            if opacity >= 1:
                painter.drawImage(
                    piece.x - self._part.x, piece.y - self._part.y, image_of(piece.pixels)
                )
            else:
                self._draw_faded(painter, piece, opacity)

    def _draw_faded(self, painter: QPainter, piece: Piece, opacity: float) -> None:
        """QPainter's own opacity has 256 steps and is up to 2.4 / 255 off."""
        area = piece.area.intersect(self._part)
        pixels = slices(piece.pixels, area.translate(-piece.x, -piece.y))
        faded = self._faded[: area.height, : area.width]
        cv2.convertScaleAbs(pixels, dst=faded, alpha=opacity)
        painter.drawImage(area.x - self._part.x, area.y - self._part.y, image_of(faded))

    def _flat(self, pieces: list[Piece]) -> Pixels:
        """The pieces as one array of the part's size."""
        if len(pieces) == 1 and pieces[0].area == self._part:
            return slices(pieces[0].pixels, self._part.translate(-pieces[0].x, -pieces[0].y))
        flat = np.zeros_like(self._stack[-1].array)
        for piece in pieces:
            area = piece.area.intersect(self._part)
            slices(flat, area.translate(-self._part.x, -self._part.y))[...] = slices(
                piece.pixels, area.translate(-piece.x, -piece.y)
            )
        return flat

    def _push(self, op: Push) -> None:
        self.close()
        surface = Surface.blank(self._part.width, self._part.height)
        if not op.isolated:
            surface.array[...] = self._stack[-1].array
        self._stack.append(surface)

    def _pop(self, op: Pop) -> None:
        self.close()
        group = self._stack.pop().array
        mask = self._mask(op)
        if not op.isolated:
            mix(self._stack[-1].array, group, mask, op.opacity)
            return
        if mask is not None:
            _cut(group, mask)
        whole = Piece(group, self._part.x, self._part.y, self._part, False)
        self._draw([whole], op.opacity, op.mode)

    def _mask(self, op: Pop) -> Pixels | None:
        return None if op.mask is None else op.mask.alpha.to_array(self._part)

    def _on(self, mode: str) -> QPainter:
        if self._painter is None:
            self._painter = QPainter(self._stack[-1].image)
            self._mode = ""
        if mode != self._mode:
            self._painter.setCompositionMode(_PAINTER_MODES[mode])
            self._mode = mode
        return self._painter


def _cut(pixels: Pixels, alpha: Pixels) -> None:
    surface = Surface(pixels)  # a painter does not keep its picture alive
    painter = QPainter(surface.image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha_image_of(alpha))
    painter.end()


_PAINTER_MODES = {
    mode.name.removeprefix("CompositionMode_"): mode for mode in QPainter.CompositionMode
}
