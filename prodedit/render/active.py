# SPDX-License-Identifier: Apache-2.0
"""What lies below and above the layer being painted on, merged: a stroke costs three draws."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

from prodedit.core.blend import BLEND_MODES
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import TILE, Place, block_rect
from prodedit.render.compositor import Compositor
from prodedit.render.images import Surface
from prodedit.render.program import Adjust, Draw, Merged, Op, Pop, Program, Push, layers_of, span

BUDGET = 96 << 20

Side = Literal["below", "above"]


class ActiveLayer:
    """Splits a program into what lies below the active layer, itself, and what lies above.

    Each side is merged block by block, once as much was painted on a block as merging it costs, if
    that is exact: above only layers that lie normally over what is below them."""

    def __init__(self, compositor: Compositor, canvas: Size, budget: int = BUDGET) -> None:
        self._compositor = compositor
        self._canvas = canvas
        self._budget = budget
        self._id: str | None = None
        self._parts: dict[Side, Program] = {"below": (), "above": ()}
        self._own: Program = ()
        self._merged: OrderedDict[tuple[Side, Place], Merged] = OrderedDict()
        self._nbytes = 0
        self._painted: dict[Place, int] = {}

    @property
    def nbytes(self) -> int:
        return self._nbytes

    def choose(self, layer_id: str | None, program: Program) -> None:
        if layer_id != self._id:
            self._id = layer_id
            self._painted.clear()
            self.follow(program, self._canvas)

    def follow(self, program: Program, canvas: Size) -> None:
        """The document became another: forget the sides that did."""
        own = range(0) if self._id is None else span(program, self._id)
        parts: dict[Side, Program] = {"below": (), "above": ()}
        if own:
            parts = {"below": program[: own.start], "above": program[own.stop :]}
        for side in parts:
            if canvas != self._canvas or not _same(parts[side], self._parts[side]):
                self._forget(side)
        self._own = program[own.start : own.stop]
        self._parts = parts
        self._canvas = canvas

    def program(self, whole: Program, place: Place, painted: int) -> Program:
        """What to run for the block at `place`; `painted`: so many of its pixels change now, 0
        where it is not under the brush but made for the first time."""
        before = self._painted.get(place, 0)
        if not painted or not self._own:
            return whole
        self._painted[place] = before + painted
        if before < TILE * TILE:
            return whole
        below, above = self._parts["below"], self._parts["above"]
        if len(below) > 1:
            below = (self._draw("below", place),)
        if len(above) > 1 and _lies_normally(above):
            above = (self._draw("above", place),)
        return (*below, *self._own, *above)

    def _draw(self, side: Side, place: Place) -> Draw:
        merged = self._merged.get((side, place))
        if merged is None:
            merged = self._make(side, place)
            self._nbytes += merged.pixels.nbytes
        self._merged[side, place] = merged
        self._merged.move_to_end((side, place))
        while len(self._merged) > 2 and self._nbytes > self._budget:
            self._nbytes -= self._merged.popitem(last=False)[1].pixels.nbytes
        return Draw(merged, 1.0, BLEND_MODES["normal"])

    def _make(self, side: Side, place: Place) -> Merged:
        area = block_rect(place).intersect(Rect.of(self._canvas))
        surface = Surface.blank(area.width, area.height)
        solid = self._compositor.paint(self._parts[side], self._canvas, place, area, surface)
        return Merged(place, surface.array, solid)

    def _forget(self, side: Side) -> None:
        for key in [key for key in self._merged if key[0] == side]:
            self._nbytes -= self._merged.pop(key).pixels.nbytes


def _same(one: Program, other: Program) -> bool:
    return len(one) == len(other) and all(map(_same_op, one, other))


def _same_op(one: Op, other: Op) -> bool:
    ours, theirs = layers_of(one), layers_of(other)
    same = len(ours) == len(theirs) and all(a is b for a, b in zip(ours, theirs, strict=True))
    return same and type(one) is type(other)


def _lies_normally(program: Program) -> bool:
    """Whether these may be merged on their own first: "over" is associative, nothing else is."""
    depth = 0
    for op in program:
        depth -= isinstance(op, Pop)
        if depth == 0 and isinstance(op, Push) and not op.isolated:
            return False
        if depth == 0 and isinstance(op, Adjust):
            return False
        if depth == 0 and isinstance(op, Draw | Pop) and op.mode.id != "normal":
            return False
        depth += isinstance(op, Push)
    return True
