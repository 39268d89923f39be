# SPDX-License-Identifier: Apache-2.0
"""How a layer would look enhanced: what is in sight first, from the middle outwards.

Seen small, the layer is tried as a copy of about the screen's resolution: enlarging would not show.
Seen large, in pieces of its own pixels, one job each, so that the first is there soon. Light and
colour are measured on a copy of the whole layer, so that a piece gets what the whole will get. What
came is shown in the layer's place among the others, right of a line.
"""

from __future__ import annotations

from functools import partial
from math import ceil, log2, sqrt
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core.document import Document
from prodedit.core.geometry import IDENTITY, Rect, Size
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.pixels import Pixels
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.workspace import Workspace
from prodedit.engine.enhancing import network_of
from prodedit.engine.results import PixelsResult, Result
from prodedit.engine.tasks import Enhance
from prodedit.engine.tasks import Piece as Share
from prodedit.gui.document_view import DocumentView
from prodedit.gui.enhanced_layer import EnhancedLayer, Made, begun
from prodedit.gui.looking import Looking
from prodedit.gui.split_view import SplitView
from prodedit.gui.trial import reduced

_DELAY = 250
"""Milliseconds of rest after a change of the view or of a setting."""
_SMALL_FROM = 0.7
"""Screen pixels a pixel of the layer from which on its own pixels are tried."""
_LEARNED, _CLASSIC = 224, 640
"""Sides of a piece in the layer's pixels: with a network, and without one."""
_MARGIN = 12
"""Pixels round a piece that are computed and not shown: what is near its edge needs neighbours."""
_COPY = 1_000_000
"""Pixels of the copy of a layer that is seen small, at most."""
_REFERENCE = 512
REFERENCE = "reference"


class _Piece(NamedTuple):
    """`source` is the layer's pixels `wide`, to be tried; `inner` of them are to be shown."""

    source: Document
    wide: Rect
    inner: Rect
    task: Enhance


class EnhancePreview(QObject):
    """Of the active layer of one view, while a panel wants it."""

    failed = Signal(object)
    """A Problem."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: DocumentView | None = None
        self._task: Enhance | None = None
        self._enhanced: EnhancedLayer | None = None
        self._split: SplitView | None = None
        self._reference: Tiles | None = None
        self._made: dict[Rect, Made] = {}
        self._is_small = False
        self._waiting: list[Rect] = []
        self._looking = Looking(workspace, _DELAY, self._begin, self)
        self._looking.failed.connect(self._failed)
        self._looking.overtaken.connect(self.drop)

    @property
    def is_shown(self) -> bool:
        return self._split is not None

    @property
    def is_complete(self) -> bool:
        """Whether all that was in sight is there."""
        return bool(self._made) and not self._waiting

    def set_view(self, view: DocumentView | None) -> None:
        self.drop()
        if self._view is not None:
            self._view.canvas.viewport_changed.disconnect(self._moved)
        self._view = view
        self._looking.set_session(None if view is None else view.session)
        if view is not None:
            view.canvas.viewport_changed.connect(self._moved)

    def show(self, task: Enhance) -> None:
        """As soon as can be, in place of what is shown."""
        self._looking.stop()
        self._task = msgspec.structs.replace(task, canvas=False)
        self._made.clear()
        if self._split is None and self._view is not None:
            self._split = SplitView(self._view.canvas)
        self._looking.rest()

    @Slot()
    def drop(self) -> None:
        """Show the document alone."""
        self._looking.stop()
        self._task, self._enhanced, self._reference = None, None, None
        self._made.clear()
        self._waiting.clear()
        split, self._split = self._split, None
        if split is not None:
            split.end()

    @Slot()
    def _moved(self, *_ignored: object) -> None:
        if self._task is not None:
            self._looking.rest()

    def _begin(self) -> None:
        view, task = self._view, self._task
        layer = None if view is None else view.session.active_layer
        if view is None or task is None or layer is None or layer.tiles is None:
            return
        self._looking.stop()
        zoom, seen = _zoom(layer) * view.canvas.viewport.zoom, Rect.of(layer.tiles.size)
        if layer.warp is None:
            shown = layer.transform.inverse().map_rect(view.canvas.viewport.visible)
            seen = seen.intersect(shown)
        else:
            zoom = 0.0  # where a piece of it would lie is hard to tell: all of it, as if seen small
        self._is_small = zoom < _SMALL_FROM
        if self._is_small:
            self._made.clear()
        try:
            wanted = _in_sight(layer.tiles.size, seen, task, zoom)
        except Problem as problem:  # more pixels than there can be
            self._failed(problem)
            return
        self._waiting = [rect for rect in wanted if rect not in self._made]
        work = partial(begun, layer, _scale(task, layer, seen, zoom), seen, self._made.values())
        self._looking.work(work, self._begun)

    def _begun(self, enhanced: EnhancedLayer) -> None:
        self._enhanced = enhanced
        self._show()
        self._next()

    def _next(self) -> None:
        enhanced, task = self._enhanced, self._task
        if self._waiting and enhanced is not None and task is not None:
            rect, small = self._waiting[0], self._is_small
            work = partial(_piece, enhanced, rect, task, small, self._reference)
            self._looking.work(work, self._ask)

    def _ask(self, made: tuple[_Piece, Tiles]) -> None:
        piece, self._reference = made
        inputs = {REFERENCE: self._reference}
        self._looking.look(piece.task, piece.source, inputs, partial(self._seen, piece))

    def _seen(self, piece: _Piece, result: Result) -> None:
        assert isinstance(result, PixelsResult)
        assert self._enhanced is not None
        made = Made(piece.wide, piece.inner, result)
        self._made[piece.inner] = made
        self._waiting.pop(0)
        self._enhanced = self._enhanced.with_piece(made)
        self._show()
        self._next()

    def _show(self) -> None:
        enhanced, view = self._enhanced, self._view
        if enhanced is not None and view is not None and self._split is not None and self._made:
            layer = enhanced.layer
            after = view.session.document.replace_layer(layer.id, lambda _old: enhanced.shown)
            size = view.session.document.size
            bent = (layer.content_bounds(size),)
            places = map(layer.transform.map_rect, self._made) if layer.warp is None else bent
            self._split.show(after, places)

    @Slot(object)
    def _failed(self, problem: Problem) -> None:
        self._looking.stop()
        self.failed.emit(problem)


def _zoom(layer: Layer) -> float:
    """Pixels of the canvas for one of the layer's, each way."""
    a, b, c, d = layer.transform[:4]
    return sqrt(abs(a * d - b * c))


def _in_sight(size: Size, seen: Rect, task: Enhance, zoom: float) -> list[Rect]:
    """The pieces in which a layer of that size is tried, those in the middle first; `zoom`: screen
    pixels for one of the layer's."""
    if seen.is_empty:
        return []
    if zoom < _SMALL_FROM:
        return [seen]
    side = _CLASSIC if network_of(task, size, on_gpu=False) is None else _LEARNED
    pieces = [
        Rect(x * side, y * side, side, side).intersect(Rect.of(size))
        for y in range(seen.y // side, ceil(seen.bottom / side))
        for x in range(seen.x // side, ceil(seen.right / side))
    ]
    middle = (seen.x + seen.width / 2, seen.y + seen.height / 2)
    return sorted(pieces, key=lambda piece: _distance(piece, middle))


def _scale(task: Enhance, layer: Layer, seen: Rect, zoom: float) -> float:
    """How many pixels the layer is shown with for one of its own: no more than the screen has."""
    assert layer.tiles is not None
    if zoom < _SMALL_FROM:
        return 1 / max(1.0, sqrt(seen.size.area / _COPY))
    factor = _sized(task, layer.tiles.size).upscale
    return 1.0 if zoom <= 1 else max(1.0, min(factor, 2.0 ** ceil(log2(zoom))))


def _piece(
    enhanced: EnhancedLayer, rect: Rect, task: Enhance, small: bool, reference: Tiles | None
) -> tuple[_Piece, Tiles]:
    """What is to be tried of a layer, and the copy of all of it that light is measured on."""
    layer = enhanced.layer
    assert layer.tiles is not None
    size = layer.tiles.size
    whole = reference or reduced(layer.tiles, size.fit(_REFERENCE))
    if small:
        plain = msgspec.structs.replace(task, upscale=1.0, size=None, piece=_share(rect, size))
        return _Piece(_document(layer, rect, enhanced.scale), rect, rect, plain), whole
    wide = rect.inflate(_MARGIN).intersect(Rect.of(size))
    part = msgspec.structs.replace(_sized(task, size), piece=_share(wide, size))
    return _Piece(_document(layer, wide, 1.0), wide, rect, part), whole


def _document(layer: Layer, rect: Rect, scale: float) -> Document:
    """A part of the layer, and of its mask what has to go along."""
    assert layer.tiles is not None
    size = Size(max(1, round(rect.width * scale)), max(1, round(rect.height * scale)))

    def change(tiles: Tiles) -> Tiles:
        return Tiles.from_array(_resized(tiles.to_array(rect), size))

    mask = layer.mask
    if mask is not None:
        is_on_pixels = mask.transform == IDENTITY and mask.alpha.size == layer.tiles.size
        colours = None if mask.foreground is None else change(mask.foreground)
        mask = Mask(change(mask.alpha), foreground=colours) if is_on_pixels else None
    return Document(size, (Layer(PREVIEW, "", PixelContent(change(layer.tiles)), mask=mask),))


def _resized(pixels: Pixels, size: Size) -> Pixels:
    if pixels.shape[1::-1] == tuple(size):
        return pixels
    return np.asarray(cv2.resize(pixels, tuple(size), interpolation=cv2.INTER_AREA), np.uint8)


def _share(rect: Rect, of: Size) -> Share:
    return Share(
        rect.x / of.width, rect.y / of.height, rect.right / of.width, rect.bottom / of.height
    )


def _sized(task: Enhance, whole: Size) -> Enhance:
    """The size of the whole as the factor by which a piece of it grows."""
    if task.size is None:
        return task
    factor = min(task.size.width / whole.width, task.size.height / whole.height)
    return msgspec.structs.replace(task, size=None, upscale=min(8.0, max(1.0, factor)))


def _distance(piece: Rect, point: tuple[float, float]) -> float:
    x, y = piece.x + piece.width / 2, piece.y + piece.height / 2
    return (x - point[0]) ** 2 + (y - point[1]) ** 2
