# SPDX-License-Identifier: Apache-2.0
"""A picture in the making, shown from a smaller copy of it while the mouse moves.

Of 24 megapixels and 10 layers a transform changes everything at every movement. What shows of the
layers is reduced once, aside; a movement then costs what it costs in a small picture. When the
mouse rests, the canvas makes the real one below, and the copy goes as soon as that is drawn. Drawn
in one go, it never shows one part before a movement and another one after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QApplication

from prodedit.core import adjust
from prodedit.core.document import Document, changed_rects
from prodedit.core.geometry import Rect, Size
from prodedit.core.selection import tidy
from prodedit.core.tiles import TILE
from prodedit.gui.screen import qtransform
from prodedit.gui.theme import current_palette
from prodedit.gui.tools.wand import Run
from prodedit.gui.view_buffer import ViewBuffer
from prodedit.gui.viewport import Viewport
from prodedit.render.compositor import Compositor
from prodedit.render.projection import Projection
from prodedit.render.reduced import Smaller, warmed
from prodedit.render.small import reduced_tiles

if TYPE_CHECKING:
    from prodedit.gui.canvas import Canvas

_LOOK_MS = 30
_ROUND = 4
"""Pixels of the copy."""
_BUDGET = 48 << 20
"""Bytes of what is kept while it moves."""


@dataclass(frozen=True)
class _Soft(Viewport):
    """Never drawn as squares: its pixels are several of the picture."""

    @property
    def is_smooth(self) -> bool:
        return True


class Draft(QObject):
    """The copy of one document, until `end`."""

    def __init__(
        self,
        canvas: Canvas,
        document: Document,
        layers: Iterable[str],
        run: Run,
        step: int,
        *,
        selected: bool = False,
    ) -> None:
        """`step`: see there. `selected`: what is done to it asks for what is selected."""
        super().__init__(canvas)
        self._canvas = canvas
        self._layers = tuple(layers)
        self._step = step
        self._size = document.size
        self._smaller = Smaller(step)
        self._small: Document | None = None
        self._projection: Projection | None = None
        self._buffer: ViewBuffer | None = None
        self._is_shown = self._has_ended = False
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._left_out = Rect(0, 0, 0, 0)
        self._area = self._seen_area
        errand = run(partial(_copy, self._smaller, document, self._area, selected))
        errand.done.connect(self._take)

    @property
    def is_shown(self) -> bool:
        return self._is_shown

    @property
    def small(self) -> Document | None:
        """The copy; None: not ready yet."""
        return self._small

    @property
    def step(self) -> int:
        """Pixels of the picture that are one of the copy, each way."""
        return self._step

    @property
    def size(self) -> Size:
        """Of the picture."""
        return self._size

    @property
    def has_ended(self) -> bool:
        return self._has_ended

    @property
    def is_ahead(self) -> bool:
        """Whether it shows what the canvas has not been told of, so that it need not hurry."""
        return self._is_shown and not self._looking.isActive()

    @property
    def covered(self) -> QRect:
        """What of the widget `paint` draws over, wholly."""
        if not self._is_shown or self._canvas.viewport.angle:
            return QRect()
        seen, ratio = self._seen, self._canvas.viewport.ratio
        x, y = ceil(seen.x() / ratio), ceil(seen.y() / ratio)
        right = floor((seen.x() + seen.width()) / ratio)
        bottom = floor((seen.y() + seen.height()) / ratio)
        return QRect(x, y, max(0, right - x), max(0, bottom - y))

    def follow(self, document: Document) -> bool:
        """Show the copy of another document of that size, as `show` does."""
        return self.show(lambda _small: self._smaller.document(document))

    def show(self, change: Callable[[Document], Document]) -> bool:
        """Show the copy changed; False where there is none yet. What `change` raises is raised."""
        if self._small is None:
            return False
        after = change(self._small)
        self._looking.stop()
        if self._projection is None or self._buffer is None:
            self._projection = Projection(self._small, Compositor(_BUDGET, adjust.nearly))
            self._projection.set_active(self._layers[0])
            viewport = self._viewport(self._small.size)
            palette = current_palette(_application())
            self._buffer = ViewBuffer(self._projection, viewport, palette)
        self._buffer.set_viewport(self._viewport(self._small.size))
        self._update(self._projection, after)
        while not self._buffer.is_done:
            self._buffer.mend(1.0)
        self._is_shown = True
        self._canvas.draft = self
        self._canvas.update()
        return True

    def give_way(self) -> None:
        """The canvas computes the real one: go once it is drawn."""
        if self._is_shown:
            self._looking.start()
            self._canvas.go_on()

    def hide(self) -> None:
        self._looking.stop()
        if self._is_shown:
            self._is_shown = False
            self._canvas.update()
            self._canvas.go_on()

    def end(self) -> None:
        self._has_ended = True
        self.hide()
        if self._canvas.draft is self:
            self._canvas.draft = None
        self._small = self._projection = self._buffer = None
        self.deleteLater()

    def paint(self, painter: QPainter) -> None:
        """Over the picture, in widget units."""
        if not self._is_shown or self._buffer is None or self._small is None:
            return
        viewport = self._viewport(self._small.size)
        self._buffer.set_viewport(viewport)
        if self._area != self._seen_area and self._projection is not None:
            self._update(self._projection, self._projection.document)
        if self._buffer.is_dirty:
            self._buffer.mend(1.0)
        shown, seen = self._canvas.viewport, self._seen
        painter.save()
        painter.scale(1 / viewport.ratio, 1 / viewport.ratio)
        if shown.angle:
            painter.setTransform(qtransform(shown.turn), True)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(seen.topLeft(), self._buffer.image, seen)
        painter.restore()

    def _update(self, projection: Projection, after: Document) -> None:
        """Have what shows made as `after` has it; what does not is left as it was until the view
        has moved."""
        assert self._buffer is not None
        rects, area = changed_rects(projection.document, after), self._seen_area
        again = () if area == self._area else (self._left_out,)
        shown = [rect.intersect(area) for rect in (*rects, *again)]
        projection.update(after, shown)
        for rect in shown:
            self._buffer.invalidate(rect)
        self._area = area
        for rect in rects:
            if rect.intersect(area) != rect:
                self._left_out = self._left_out.union(rect)

    @property
    def _seen_area(self) -> Rect:
        """What of the copy shows, with what smooth scaling looks at."""
        x, y, width, height = self._canvas.viewport.upright.visible
        step, right, bottom = self._step, x + width, y + height
        return Rect.between(x / step, y / step, right / step, bottom / step).inflate(_ROUND)

    @property
    def _seen(self) -> QRect:
        """Where the picture lies in the view, in device pixels as if nothing were turned."""
        shown = self._canvas.viewport.upright
        return QRectF(*shown.picture).toAlignedRect().intersected(QRect(0, 0, *shown.view))

    def _viewport(self, size: Size) -> Viewport:
        shown = self._canvas.viewport.upright
        return _Soft(size, shown.view, shown.ratio, shown.zoom * self._step, shown.origin)

    def _take(self, small: Document) -> None:
        if not self._has_ended:
            self._small = small

    def _look(self) -> None:
        if self._canvas.is_drawn:
            self.hide()


def left_bare(region: QRegion, draft: Draft | None) -> QRegion:
    """What of the widget is to be painted below the draft."""
    return region if draft is None else region - QRegion(draft.covered)


def step_for(viewport: Viewport, pixels: int) -> int:
    """A power of two: of what shows, the copy has no more than so many pixels."""
    seen, step = viewport.upright.visible.size.area, 1
    while seen > pixels * step * step and step < TILE:
        step *= 2
    return step


def _copy(smaller: Smaller, document: Document, area: Rect, selected: bool) -> Document:
    """`area`: what of the copy shows; the rest is reduced when it is looked at."""
    small = warmed(smaller.document(document), area)
    if not selected or document.selection is None:
        return small
    return replace(small, selection=tidy(reduced_tiles(document.selection, smaller.step)))


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
