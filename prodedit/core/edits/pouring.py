# SPDX-License-Identifier: Apache-2.0
"""Edits that pour: one colour over all that is alike, or a gradient along a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prodedit.core.bend import bend_of
from prodedit.core.colour import Colour
from prodedit.core.document import Document
from prodedit.core.edits.layers import EditTable, Inputs, misfit
from prodedit.core.edits.painting import ground_of
from prodedit.core.edits.selection import SelectWand, select_wand
from prodedit.core.geometry import Point, Rect
from prodedit.core.paint.bent_stroke import BentStroke
from prodedit.core.paint.ground import Ground, mixed, over, with_alpha
from prodedit.core.paint.seen import Floats, Region, seen_at, seen_through
from prodedit.core.paint.stroke import Brush
from prodedit.core.paint.work import Work
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.tiles import TILE, Pixels, Place, block_rect, places
from prodedit.core.values import Value

Shape = Literal["linear", "radial", "angle", "reflected", "diamond"]

_COLOURS = 4096
"""Steps between a gradient's ends: no two neighbours differ by a level."""


class FillArea(Value, frozen=True):
    """What looks like the pixel at (x, y) of the canvas, within the selection; see SelectWand.
    all_layers: as the picture shows, input `pixels`, 4 channels of the canvas."""

    layer: str
    x: int
    y: int
    colour: Colour
    opacity: float = 1.0
    tolerance: int = 32
    contiguous: bool = True
    all_layers: bool = False
    smooth: bool = True


class DrawGradient(Value, frozen=True):
    """Over all of the layer, within the selection. The points lie on the canvas; the colours'
    alpha counts. shape: along the line; round its start; turning about it; along it to both
    sides; a square that stands on its corner."""

    layer: str
    start: Point
    end: Point
    first: Colour
    last: Colour
    shape: Shape = "linear"
    opacity: float = 1.0


def fill_area(document: Document, edit: FillArea, inputs: Inputs) -> Document:
    ground = ground_of(document, edit.layer)
    looked_at = "" if edit.all_layers or ground.layer.warp is not None else edit.layer
    if not looked_at and "pixels" not in inputs:
        raise misfit(edit.layer)
    wand = SelectWand(
        edit.x, edit.y, edit.tolerance, edit.contiguous, looked_at, smooth=edit.smooth
    )
    found = select_wand(replace(document, selection=None), wand, inputs).selection
    if found is None:
        return document
    flat = np.empty((TILE, TILE, 4), np.uint8)
    flat[...] = (edit.colour.blue, edit.colour.green, edit.colour.red, 255)
    return _poured(document, ground, edit.opacity, lambda _place: flat, found.to_array)


def draw_gradient(document: Document, edit: DrawGradient, inputs: Inputs) -> Document:
    ground = ground_of(document, edit.layer)
    colours, where = _between(edit.first, edit.last), _Where(ground)
    dx, dy = edit.end.x - edit.start.x, edit.end.y - edit.start.y
    if dx == dy == 0:
        return document

    def colour_at(place: Place) -> Pixels:
        x, y = where.middles(place)
        along = _SHAPES[edit.shape](x - edit.start.x, y - edit.start.y, dx, dy)
        steps = np.rint(np.clip(along, 0, 1) * (_COLOURS - 1)).astype(np.intp)
        smooth = colours[steps] + _grain()[..., None]
        return np.asarray(np.rint(np.clip(smooth, 0, 255)), np.uint8)

    return _poured(document, ground, edit.opacity, colour_at, None)


def _poured(
    document: Document,
    ground: Ground,
    opacity: float,
    colour_at: Callable[[Place], Pixels],
    region: Region | None,
) -> Document:
    """The layer with these colours laid over it, block by block, where `region` of the canvas is
    covered and selected; None: everywhere."""
    work, where = Work(ground.layer, ground.tiles), _Where(ground)
    limits = [one for one in (region, ground.selection and ground.selection.to_array) if one]
    for place, part in places(ground.tiles.bounds):
        share: Floats = np.full((TILE, TILE), opacity, np.float32)
        for limit in limits:
            share *= where.seen(limit, place) * np.float32(1 / 255)
        if share.any():
            _lay(work, ground, place, part, colour_at(place), share)
    layer = work.finished()
    if layer is None:
        return document
    return document.replace_layer(ground.layer.id, lambda _old: layer)


def _lay(
    work: Work, ground: Ground, place: Place, part: Rect, colours: Pixels, share: Floats
) -> None:
    inside = part.translate(-place[0] * TILE, -place[1] * TILE)
    rows, columns = slice(0, inside.height), slice(0, inside.width)
    old = work.old(place, inside)
    new = over(np.ascontiguousarray(colours[rows, columns]), old)
    if ground.keeps_alpha:
        new = with_alpha(new, old[..., 3])
    share = np.ascontiguousarray(share[rows, columns])
    work.put(place, inside, mixed(old, new, share))
    work.uncolour(place, inside, (share > 0).view(np.uint8))


class _Where:
    """Where on the canvas a layer's blocks lie."""

    def __init__(self, ground: Ground) -> None:
        bend = bend_of(ground.layer)
        self._placed = ground.placed
        self._bent = None if bend is None else BentStroke(ground.tiles.bounds, Brush(), bend)

    def seen(self, region: Region, place: Place) -> Pixels:
        if self._bent is not None:
            return seen_at(region, *self._bent.shown_at(place))
        return seen_through(region, self._placed, block_rect(place))

    def middles(self, place: Place) -> tuple[Floats, Floats]:
        """(256, 256) each."""
        if self._bent is not None:
            return self._bent.shown_at(place)
        a, b, c, d, dx, dy = self._placed
        u = place[0] * TILE + np.arange(TILE, dtype=np.float32)[None, :] + np.float32(0.5)
        v = place[1] * TILE + np.arange(TILE, dtype=np.float32)[:, None] + np.float32(0.5)
        x, y = a * u + c * v + dx, b * u + d * v + dy
        return np.asarray(x, np.float32), np.asarray(y, np.float32)


def _between(first: Colour, last: Colour) -> NDArray[np.float32]:
    """(steps, 4): premultiplied BGRA from one to the other."""
    ends = [
        np.array([one.blue, one.green, one.red, 255], np.float64) * one.alpha / 255
        for one in (first, last)
    ]
    part = np.linspace(0, 1, _COLOURS)[:, None]
    return np.asarray(ends[0] * (1 - part) + ends[1] * part, np.float32)


@lru_cache(maxsize=1)
def _grain() -> NDArray[np.float32]:
    """(256, 256), less than half a level: a wide gradient has no bands, and a flat colour stays."""
    return np.random.default_rng(1).uniform(-0.499, 0.499, (TILE, TILE)).astype(np.float32)


def _linear(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    return np.asarray((x * dx + y * dy) / (dx * dx + dy * dy), np.float32)


def _radial(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    return np.asarray(np.hypot(x, y) / np.hypot(dx, dy), np.float32)


def _angle(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    turn = np.arctan2(y * dx - x * dy, x * dx + y * dy) / (2 * np.pi)
    return np.asarray(turn % 1, np.float32)


def _reflected(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    return np.asarray(np.abs(_linear(x, y, dx, dy)), np.float32)


def _diamond(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    return np.asarray(np.abs(_linear(x, y, dx, dy)) + np.abs(_linear(x, y, -dy, dx)), np.float32)


_SHAPES: Mapping[Shape, Callable[[Floats, Floats, float, float], Floats]] = MappingProxyType(
    {
        "linear": _linear,
        "radial": _radial,
        "angle": _angle,
        "reflected": _reflected,
        "diamond": _diamond,
    }
)

PouringEdit = FillArea | DrawGradient
EDITS: EditTable = MappingProxyType(
    {
        FillArea: (QT_TRANSLATE_NOOP("Edit", "Fill area"), fill_area),
        DrawGradient: (QT_TRANSLATE_NOOP("Edit", "Gradient"), draw_gradient),
    }
)
