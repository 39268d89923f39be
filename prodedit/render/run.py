# SPDX-License-Identifier: Apache-2.0
"""Runs the steps of one part of one block: a stack of surfaces, and a painter on the topmost."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import cv2
import numpy as np
from PySide6.QtGui import QImage, QPainter

from prodedit.core import adjust
from prodedit.core.blend import BlendMode, composite, mix
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Mask
from prodedit.core.tiles import TILE, Pixels, Place, slices
from prodedit.render.cache import PixelCache
from prodedit.render.images import Surface, alpha_image_of, image_of
from prodedit.render.masks import canvas_block
from prodedit.render.program import Adjust, Draw, Hold, Op, Pop, Push
from prodedit.render.sources import Piece

_SMALL = 1_000_000
"""Pixels of a canvas whose faded layers are kept."""


class Step(NamedTuple):
    """An op that shows in the block at hand. pieces: a Draw's; pixels: what an Adjust that looks
    round each pixel makes of this part."""

    op: Op
    pieces: list[Piece]
    pixels: Pixels | None = None


class Run:
    """One part of one block: the stack of surfaces, and the painter on the topmost."""

    def __init__(
        self,
        canvas: Size,
        place: Place,
        part: Rect,
        target: Surface,
        faded: Pixels,
        cache: PixelCache,
        change: adjust.Change,
    ) -> None:
        """`faded`: room for a block, to be used again and again."""
        self._cache = cache
        self._change = change
        self._canvas = canvas
        self._place = place
        self._part = part
        self._stack = [target]
        self._faded = faded
        self._painter: QPainter | None = None
        self._mode = ""
        self._held: list[Pixels] = []

    @property
    def top(self) -> Pixels:
        return self._stack[-1].array

    def do(self, step: Step) -> None:
        op = step.op
        if isinstance(op, Draw):
            self._draw(step.pieces, op.opacity, op.mode)
        elif isinstance(op, Push):
            self._push(op)
        elif isinstance(op, Hold):
            self._hold()
        elif isinstance(op, Adjust):
            self._adjust(op, step.pixels)
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
        inside = area.translate(-piece.x, -piece.y)
        pixels = slices(piece.pixels, inside)
        if self._canvas.area <= _SMALL:  # what a control shows as it moves, again and again
            key = ("faded", opacity, inside)
            faded = self._cache.get((piece.pixels,), key, partial(_faded, pixels, opacity))
        else:
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
        if op.held:
            _cut(group, self._held.pop())
        mask = self._mask(op.mask)
        if not op.isolated:
            mix(self._stack[-1].array, group, mask, op.opacity)
            return
        if mask is not None:
            _cut(group, mask)
        whole = Piece(group, self._part.x, self._part.y, self._part, False)
        self._draw([whole], op.opacity, op.mode)

    def _hold(self) -> None:
        """Colours as if all were opaque: blend modes and adjustments then do the same to every
        pixel, and the alpha comes back with the Pop."""
        self.close()
        top = self.top
        self._held.append(np.ascontiguousarray(top[..., 3]))
        top[...] = _opaque(top)

    def _adjust(self, op: Adjust, pixels: Pixels | None) -> None:
        self.close()
        top, mask = self.top, self._mask(op.mask)
        if mask is not None and not mask.any():
            return
        if pixels is None:
            pixels = self._change(op.adjustments, top, self._part, self._canvas)
        if op.mode.id == "normal":
            mix(top, pixels, mask, op.opacity)
            return
        alpha = np.ascontiguousarray(top[..., 3])
        under, over = _opaque(top), _opaque(pixels)
        if mask is not None:
            _cut(over, mask)
        composite(under, over, op.opacity, op.mode.formula)
        _cut(under, alpha)
        top[...] = under

    def _mask(self, mask: Mask | None) -> Pixels | None:
        """(h, w) of this part: of what has no pixels of its own, so on the canvas."""
        if mask is None:
            return None
        block = canvas_block(self._cache, mask.alpha, mask.transform, self._place)
        if block is None:
            return np.zeros((self._part.height, self._part.width), np.uint8)
        inside = self._part.translate(-self._place[0] * TILE, -self._place[1] * TILE)
        return np.ascontiguousarray(slices(block, inside))

    def _on(self, mode: str) -> QPainter:
        if self._painter is None:
            self._painter = QPainter(self._stack[-1].image)
            self._mode = ""
        if mode != self._mode:
            self._painter.setCompositionMode(_PAINTER_MODES[mode])
            self._mode = mode
        return self._painter


def _faded(pixels: Pixels, opacity: float) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=opacity), np.uint8)


def _opaque(pixels: Pixels) -> Pixels:
    """Straight colours without alpha; black where nothing is."""
    if int(pixels[..., 3].min()) == 255:
        return pixels.copy()
    height, width = pixels.shape[:2]
    image = image_of(pixels).convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)
    straight = rows.copy()
    straight[..., 3] = 255
    return straight


def _cut(pixels: Pixels, alpha: Pixels) -> None:
    surface = Surface(pixels)  # a painter does not keep its picture alive
    painter = QPainter(surface.image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha_image_of(alpha))
    painter.end()


_PAINTER_MODES = {
    mode.name.removeprefix("CompositionMode_"): mode for mode in QPainter.CompositionMode
}
