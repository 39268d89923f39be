# SPDX-License-Identifier: Apache-2.0
"""Snapping on one canvas: what a tool drags goes through here, and why it jumped is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from prodedit.core.geometry import Point, Rect, bounding
from prodedit.core.guides import Guide
from prodedit.gui.snap_targets import SeenBounds, targets_of
from prodedit.gui.snapping import Box, Free, Snapped, Targets, snap_box

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas
    from prodedit.gui.tools.tool import Pointer

_REACH = 6.0
"""Widget units: so near a line catches what is dragged."""


class Snapper:
    """`begin` at the press, then `point` or `shift` for each move, `end` at the release."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._seen = SeenBounds()
        self._targets: Targets | None = None

    def begin(self, moving: Iterable[str] = (), without: Guide | None = None) -> None:
        """`moving`: layers that are dragged; `without`: a guide that is."""
        document, aids = self._canvas.session.document, self._canvas.marks.aids
        rest = replace(document, guides=tuple(g for g in document.guides if g != without))
        self._targets = targets_of(rest, aids, self._seen, frozenset(moving))

    def box_of(self, layer_ids: Iterable[str]) -> Box | None:
        """What can be seen of these layers; None: nothing that has a place."""
        document = self._canvas.session.document
        layers = (document.find(layer_id) for layer_id in layer_ids)
        rect = bounding(self._seen.of(layer, document) for layer in layers if layer is not None)
        return None if rect.is_empty else box_of(rect)

    def point(self, pointer: Pointer, free: Free = "xy") -> Point:
        """Where the pointer is, or the place on a line near to it. Ctrl: just where it is."""
        snapped = self._snapped(Box(*pointer.point, *pointer.point), pointer, free)
        return Point(pointer.point.x + snapped.dx, pointer.point.y + snapped.dy)

    def shift(
        self, box: Box | None, dx: float, dy: float, pointer: Pointer, free: Free = "xy"
    ) -> tuple[float, float]:
        """By how much to move `box` instead of (dx, dy); `free`: "x", "y" or both: the ways in
        which it may move."""
        if box is None:
            return dx, dy
        snapped = self._snapped(box.shifted(dx, dy), pointer, free)
        return dx + snapped.dx, dy + snapped.dy

    def near(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
        """By how much to shift a box, or a point, that is dragged. For tools that know neither
        canvas nor pointer: the first question of a drag begins it."""
        return self._asked(Box(left, top, right, bottom), ())

    def near_chosen(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float]:
        """The same where it is the chosen layers that are dragged."""
        return self._asked(Box(left, top, right, bottom), self._canvas.session.chosen)

    def _asked(self, box: Box, moving: Iterable[str]) -> tuple[float, float]:
        pointer = self._canvas.pointer
        if pointer is None:
            return 0.0, 0.0
        if self._targets is None:
            self.begin(moving)
        snapped = self._snapped(box, pointer, "xy")
        return snapped.dx, snapped.dy

    def end(self) -> None:
        """What was dragged is let go of; also where none was."""
        self._targets = None
        self._canvas.marks.show_lines(())

    def _snapped(self, box: Box, pointer: Pointer, free: Free = "xy") -> Snapped:
        targets = self._targets
        if targets is None or pointer.control:
            self._canvas.marks.show_lines(())
            return Snapped()
        viewport = self._canvas.viewport
        reach = _REACH * viewport.ratio / viewport.zoom
        snapped = snap_box(box, targets, reach, free)
        self._canvas.marks.show_lines(snapped.lines)
        return snapped


def box_of(rect: Rect) -> Box:
    return Box(rect.x, rect.y, rect.right, rect.bottom)
