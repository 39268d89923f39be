# SPDX-License-Identifier: Apache-2.0
"""Room that a view makes for a high options bar, and takes back when that goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from prodedit.core.edits.bending import Corners
from prodedit.core.geometry import Point
from prodedit.gui.canvas_bar import CanvasBar
from prodedit.gui.viewport import Viewport

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_FREE = 20
"""Pixels round what is worked on."""
_MUCH = 0.6
"""A view is not zoomed out further than that unasked."""


class _Made(NamedTuple):
    """The view before, at which zoom it was to fit (None: it was not), and the view made of it."""

    before: Viewport
    fit_limit: float | None
    after: Viewport


class BarRoom:
    """Zooms a view out, by little, so that no handle lies below the bar."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._made: _Made | None = None

    def make(self, bar: CanvasBar, corners: Corners) -> None:
        """Nothing where there is room, or where a person works on a small part."""
        canvas, before = self._canvas, self._canvas.viewport
        top = (bar.geometry().bottom() - canvas.y()) * before.ratio + _FREE
        if before.angle or not bar.isVisible():
            return
        if min(before.to_widget(corner).y for corner in corners) > top:
            return
        after = _below(before, corners, top)
        if after.zoom < before.zoom * _MUCH:
            return
        known, limit = self._made, canvas.fit_limit
        canvas.set_viewport(after)
        if known is not None and known.after == before:  # one bar came after another
            self._made = known._replace(after=after)
        else:
            self._made = _Made(before, limit, after)

    def give_back(self) -> None:
        """The view as it was: what filled its place fills it again. A view that was zoomed since
        stays; one that was only pushed gets its zoom back, round its middle."""
        made, self._made = self._made, None
        now = self._canvas.viewport
        if made is None or now.zoom != made.after.zoom or now.angle:
            return
        if made.fit_limit is not None:
            self._canvas.set_viewport(now.fit(made.fit_limit), fit_limit=made.fit_limit)
        elif now == made.after:
            self._canvas.set_viewport(made.before)
        else:
            self._canvas.set_viewport(now.zoom_to(made.before.zoom))


def _below(view: Viewport, corners: Corners, top: float) -> Viewport:
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    across, down = max(1.0, max(xs) - min(xs)), max(1.0, max(ys) - min(ys))
    room = (view.view.width - 2 * _FREE, view.view.height - top - 2 * _FREE)
    zoom = min(room[0] / across, room[1] / down, view.zoom)
    x = view.view.width / 2 - (max(xs) + min(xs)) / 2 * zoom
    y = (view.view.height + top) / 2 - (max(ys) + min(ys)) / 2 * zoom
    return replace(view, zoom=zoom, origin=Point(x, y)).clamped()
