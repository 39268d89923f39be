# SPDX-License-Identifier: Apache-2.0
"""A stroke on a layer's pixels: its coverage, and the layer with the ink laid on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from prodedit.core.document import Document, shown_rects
from prodedit.core.geometry import IDENTITY, Point, Rect
from prodedit.core.layer import Layer
from prodedit.core.paint.bent_stroke import BentStroke
from prodedit.core.paint.ground import Ground, mixed
from prodedit.core.paint.healing import healed
from prodedit.core.paint.inks import Healing, Ink, Spot, laid
from prodedit.core.paint.room import cut, painted, reached
from prodedit.core.paint.seen import Floats, seen_at, seen_through
from prodedit.core.paint.stroke import Brush, Stroke, part_of
from prodedit.core.paint.work import Work
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places, slices


class Touch(NamedTuple):
    """A place of the brush on the canvas; pressure: 0..1."""

    x: float
    y: float
    pressure: float = 1.0


class LayerStroke:
    """What strokes on a layer's pixels share: the work done so far, shown and finished."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.shown: Document | None = None
        """What `on` has made last."""
        self._work = Work(ground.layer, ground.tiles)
        self._changed: list[Rect] = []
        self._extent = ground.tiles.bounds
        """What of the ground's layer is shown."""

    def on(self, document: Document) -> Document:
        """`document` with what is painted so far."""
        layer, room = self._work.painted(), self.ground.room
        if room is not None:
            self._extent = reached(room, self._work.places)
            layer = cut(room, layer, self._extent)
        self.shown = self._put_into(document, layer)
        return self.shown

    def take_changed(self) -> tuple[Rect, ...] | None:
        """The parts of the canvas that look different since the last call; None: not known."""
        changed, self._changed = self._changed, []
        if self.shown is None:
            return None
        x, y = self._extent.x, self._extent.y
        there = [rect.translate(-x, -y) for rect in changed]
        return shown_rects(self.shown, self.ground.layer.id, there)

    def finished(self, document: Document) -> Document | None:
        """`document` after the stroke; None where that has changed nothing. For any thread, once
        the stroke has come to its end."""
        layer, room = self._work.finished(), self.ground.room
        if layer is None or layer.tiles is None:
            return None
        if room is not None:
            layer = cut(room, layer, painted(room, layer.tiles))
        return self._put_into(document, layer)

    def _put_into(self, document: Document, layer: Layer) -> Document:
        return document.replace_layer(self.ground.layer.id, lambda _old: layer)


class PixelStroke(LayerStroke):
    """Paints on the ground as it was when the stroke began: in whatever pieces it is shown, and
    whether it is shown at all, the pixels at its end are the same."""

    def __init__(self, ground: Ground, brush: Brush, ink: Ink) -> None:
        """`brush`: in pixels of the canvas. Raises ValueError where the layer is squeezed to a
        line."""
        super().__init__(ground)
        self.ink = ink
        self._brush = ground.brush(brush)
        bounds, bend = ground.bounds, ground.bend
        self._inverse = ground.placed.inverse() if bend is None else IDENTITY
        self._trail: Stroke | BentStroke = (
            Stroke(bounds, self._brush) if bend is None else BentStroke(bounds, self._brush, bend)
        )
        self._selected: dict[Place, Pixels] = {}

    @property
    def reached(self) -> bool:
        """Whether it has come to any of the layer's pixels."""
        return bool(self._trail.coverage)

    @property
    def rect(self) -> Rect:
        """All blocks of the layer that it has come to."""
        return self._trail.rect

    @property
    def takes_long(self) -> bool:
        """Whether `finished` has more to do than what was shown."""
        return isinstance(self.ink, Healing)

    def line_to(self, touch: Touch) -> None:
        place = self._inverse.map(Point(touch.x, touch.y))
        self._trail.line_to(place, touch.pressure)

    def on(self, document: Document) -> Document:
        for place, part in self._trail.take_touched().items():
            self._paint(place, part)
            self._changed.append(part)
        return super().on(document)

    def finished(self, document: Document) -> Document | None:
        self.on(document)
        if isinstance(self.ink, Healing):
            self._heal(self.ink)
        return super().finished(document)

    def share_in(self, area: Rect) -> Floats:
        """(h, w) 0..1: how far the layer is painted over in `area` of it."""
        share = np.zeros((area.height, area.width), np.float32)
        for place, part in places(area.intersect(self.ground.tiles.bounds)):
            if place in self._trail.coverage:
                inside = part.translate(-place[0] * TILE, -place[1] * TILE)
                into = part.translate(-area.x, -area.y)
                share[into.y : into.bottom, into.x : into.right] = self._share(place, inside)
        return share

    def selected_in(self, area: Rect) -> Pixels | None:
        """(h, w): how far `area` of the layer is selected; None: all of it."""
        if self.ground.selection is None:
            return None
        selected = np.zeros((area.height, area.width), np.uint8)
        for place, part in places(area.intersect(self.ground.tiles.bounds)):
            inside = part.translate(-place[0] * TILE, -place[1] * TILE)
            into = slices(selected, part.translate(-area.x, -area.y))
            into[...] = slices(self._selection_at(place), inside)
        return selected

    def _paint(self, place: Place, part: Rect) -> None:
        inside = part.translate(-place[0] * TILE, -place[1] * TILE)
        share, old = self._share(place, inside), self._work.old(place, inside)
        spot = Spot(part, old)
        if isinstance(self._trail, BentStroke):
            x, y = (part_of(one, inside) for one in self._trail.shown_at(place))
            spot = spot._replace(x=x, y=y)
        self._lay(place, inside, old, laid(self.ground, self.ink, spot), share)

    def _lay(self, place: Place, inside: Rect, old: Pixels, new: Pixels, share: Floats) -> None:
        self._work.put(place, inside, mixed(old, new, share))
        self._work.uncolour(place, inside, (share > 0).view(np.uint8))

    def _heal(self, ink: Healing) -> None:
        """In place of what was shown meanwhile, colours that fit to what lies round it."""
        area, new = healed(self.ground, ink, self._trail.rect, self.share_in)
        for place, part in places(area):
            if place in self._trail.coverage:
                inside = part.translate(-place[0] * TILE, -place[1] * TILE)
                fitted = np.ascontiguousarray(slices(new, part.translate(-area.x, -area.y)))
                share, old = self._share(place, inside), self._work.old(place, inside)
                self._lay(place, inside, old, fitted, share)

    def _share(self, place: Place, inside: Rect) -> Floats:
        """How far a part of a block is painted over, 0..1, as far as it is selected."""
        covered = part_of(self._trail.coverage[place], inside)
        share = covered * np.float32(self._brush.opacity / 255)
        if self.ground.selection is not None:
            if place not in self._selected:
                self._selected[place] = self._selection_at(place)
            share *= slices(self._selected[place], inside) * np.float32(1 / 255)
        return np.asarray(share, np.float32)

    def _selection_at(self, place: Place) -> Pixels:
        assert self.ground.selection is not None
        region = self.ground.selection.to_array
        if isinstance(self._trail, BentStroke):
            return seen_at(region, *self._trail.shown_at(place))
        return seen_through(region, self.ground.placed, block_rect(place))
