# SPDX-License-Identifier: Apache-2.0
"""How a layer would look enhanced: what is in sight first, from the middle outwards.

Seen small, the layer is tried as a copy of about the screen's resolution: enlarging would not show.
Seen large, in pieces of its own pixels, one job each, so that the first is there soon. Light and
colour are measured on a copy of the whole layer, so that a piece gets what the whole will get.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil, sqrt

import cv2
import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size, Transform
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.workspace import Workspace
from prodedit.engine.enhancing import network_of
from prodedit.engine.results import PixelsResult
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import Enhance
from prodedit.engine.tasks import Piece as Share
from prodedit.gui.document_view import DocumentView
from prodedit.gui.late import while_there
from prodedit.gui.split_view import Patch, SplitView
from prodedit.gui.trial import reduced
from prodedit.render.images import image_of

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


@dataclass(frozen=True, eq=False)
class _Piece:
    """`source` is tried; its `inner` pixels are shown, at `place` on the document."""

    source: Document
    inner: Rect
    place: Transform
    task: Enhance


class EnhancePreview(QObject):
    """Of the active layer of one view, while a panel wants it."""

    busy_changed = Signal(bool)
    failed = Signal(object)
    """A Problem."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._view: DocumentView | None = None
        self._task: Enhance | None = None
        self._of: Layer | None = None
        self._split: SplitView | None = None
        self._reference: Tiles | None = None
        self._patches: dict[Rect, Patch] = {}
        self._waiting: list[Rect] = []
        self._job_id = ""
        self._round = 0
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self._begin)

    @property
    def is_shown(self) -> bool:
        return self._split is not None

    def set_view(self, view: DocumentView | None) -> None:
        self.drop()
        if self._view is not None:
            self._view.canvas.viewport_changed.disconnect(self._moved)
            self._view.session.changed.disconnect(self.drop)
            self._view.session.active_changed.disconnect(self.drop)
        self._view = view
        if view is not None:
            view.canvas.viewport_changed.connect(self._moved)
            view.session.changed.connect(self.drop)
            view.session.active_changed.connect(self.drop)

    def show(self, task: Enhance) -> None:
        """As soon as can be, in place of what is shown."""
        self._stop()
        self._task = msgspec.structs.replace(task, canvas=False)
        self._patches.clear()
        if self._split is None and self._view is not None:
            self._split = SplitView(self._view.canvas)
        self._delay.start()

    @Slot()
    def drop(self, *_ignored: object) -> None:
        """Show the document alone."""
        self._stop()
        self._task, self._reference = None, None
        self._patches.clear()
        split, self._split = self._split, None
        if split is not None:
            split.end()

    def _stop(self) -> None:
        self._delay.stop()
        self._round += 1
        self._waiting = []
        job_id, self._job_id = self._job_id, ""
        if job_id and self._view is not None:
            self._view.session.cancel(job_id)
        self.busy_changed.emit(False)

    @Slot()
    def _moved(self, *_ignored: object) -> None:
        if self._task is not None:
            self._delay.start()

    def _begin(self) -> None:
        view, task = self._view, self._task
        layer = None if view is None else view.session.active_layer
        if view is None or task is None or layer is None or layer.tiles is None or layer.warp:
            return
        self._stop()
        self._of = layer
        try:
            self._waiting = self._missing(layer, layer.tiles, task)
        except Problem as problem:  # more pixels than there can be
            self._failed(problem)
            return
        self.busy_changed.emit(bool(self._waiting))
        self._next()

    def _missing(self, layer: Layer, tiles: Tiles, task: Enhance) -> list[Rect]:
        """The pieces in sight that are not there yet, those in the middle first."""
        assert self._view is not None
        seen = layer.transform.inverse().map_rect(self._view.canvas.viewport.visible)
        seen = seen.intersect(Rect.of(tiles.size))
        if seen.is_empty:
            return []
        if self._is_small:
            self._patches.clear()
            return [seen]
        learned = network_of(task, tiles.size, on_gpu=False) is not None
        side = _LEARNED if learned else _CLASSIC
        pieces = [
            Rect(x * side, y * side, side, side).intersect(Rect.of(tiles.size))
            for y in range(seen.y // side, ceil(seen.bottom / side))
            for x in range(seen.x // side, ceil(seen.right / side))
        ]
        middle = (seen.x + seen.width / 2, seen.y + seen.height / 2)
        pieces.sort(key=lambda piece: _distance(piece, middle))
        return [piece for piece in pieces if piece not in self._patches]

    @property
    def _is_small(self) -> bool:
        assert self._view is not None
        assert self._of is not None
        a, b, c, d = self._of.transform[:4]
        return sqrt(abs(a * d - b * c)) * self._view.canvas.viewport.zoom < _SMALL_FROM

    def _next(self) -> None:
        layer, task = self._of, self._task
        if not self._waiting or layer is None or task is None:
            self.busy_changed.emit(False)
            return
        rect = self._waiting.pop(0)
        work = partial(_piece, layer, rect, task, self._is_small, self._reference)
        errand = self._workspace.run(work, optional=True)
        errand.done.connect(while_there(self, self._submit, self._round, rect))
        errand.failed.connect(while_there(self, self._failed))

    def _submit(self, round_: int, rect: Rect, made: tuple[_Piece, Tiles]) -> None:
        if round_ != self._round or self._view is None:
            return
        piece, self._reference = made
        see = while_there(self, self._seen, rect, piece)
        inputs = {REFERENCE: self._reference}
        self._job_id = self._view.session.look(piece.task, piece.source, PREVIEW, see, inputs)

    def _seen(self, rect: Rect, piece: _Piece, job: Job) -> None:
        if job.id != self._job_id:
            return
        self._job_id = ""
        if job.state is State.FAILED and job.problem is not None:
            self._failed(job.problem)
        elif job.state is State.DONE and isinstance(job.result, PixelsResult):
            self._patches[rect] = _patch(piece, job.result, self._of)
            if self._split is not None:
                self._split.show(self._patches.values())
            self._next()

    def _failed(self, problem: Problem) -> None:
        self._stop()
        self.failed.emit(problem)


def _piece(
    layer: Layer, rect: Rect, task: Enhance, small: bool, reference: Tiles | None
) -> tuple[_Piece, Tiles]:
    """What is to be tried of a layer, and the copy of all of it that light is measured on."""
    assert layer.tiles is not None
    whole = reference or reduced(layer.tiles, layer.tiles.size.fit(_REFERENCE))
    if small:
        return _whole_piece(layer, layer.tiles, rect, task), whole
    wide = rect.inflate(_MARGIN).intersect(Rect.of(layer.tiles.size))
    pixels = layer.tiles.to_array(wide)
    inner = Rect(rect.x - wide.x, rect.y - wide.y, rect.width, rect.height)
    place = layer.transform.after(Transform(dx=rect.x, dy=rect.y))
    size = layer.tiles.size
    part = msgspec.structs.replace(_sized(task, size), piece=_share(wide, size))
    return _Piece(_document(pixels), inner, place, part), whole


def _whole_piece(layer: Layer, tiles: Tiles, rect: Rect, task: Enhance) -> _Piece:
    """All in sight as a copy of fewer pixels; enlarging is left out."""
    step = max(1.0, (rect.size.area / _COPY) ** 0.5)
    size = Size(max(1, round(rect.width / step)), max(1, round(rect.height / step)))
    pixels = cv2.resize(tiles.to_array(rect), tuple(size), interpolation=cv2.INTER_AREA)
    place = layer.transform.after(
        Transform(rect.width / size.width, 0, 0, rect.height / size.height, rect.x, rect.y)
    )
    part = _share(rect, tiles.size)
    plain = msgspec.structs.replace(task, upscale=1.0, size=None, piece=part)
    return _Piece(_document(np.asarray(pixels, np.uint8)), Rect.of(size), place, plain)


def _document(pixels: np.ndarray) -> Document:
    tiles = Tiles.from_array(np.ascontiguousarray(pixels))
    return Document(tiles.size, (Layer(PREVIEW, "", PixelContent(tiles)),))


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


def _patch(piece: _Piece, result: PixelsResult, layer: Layer | None) -> Patch:
    """Its inner part as an image, as transparent as the layer's mask makes it."""
    before = piece.source.size
    height, width = result.pixels.shape[:2]
    fx, fy = width / before.width, height / before.height
    inner = piece.inner
    x, y = round(inner.x * fx), round(inner.y * fy)
    right, bottom = round(inner.right * fx), round(inner.bottom * fy)
    pixels = np.ascontiguousarray(result.pixels[y:bottom, x:right])
    size = Size(pixels.shape[1], pixels.shape[0])
    place = piece.place.after(Transform(inner.width / size.width, 0, 0, inner.height / size.height))
    alpha = _mask_at(layer, place, size)
    if alpha is not None:
        scaled = pixels.astype(np.uint16) * alpha[..., None]
        pixels = ((scaled + 127) // 255).astype(np.uint8)
    image: QImage = image_of(pixels).copy()
    return Patch(image, place)


def _mask_at(layer: Layer | None, place: Transform, size: Size) -> np.ndarray | None:
    """(h, w) of the layer's mask where a patch lies; None: it hides nothing."""
    if layer is None or layer.mask is None or not layer.mask.enabled:
        return None
    onto = layer.mask.transform.inverse().after(layer.transform.inverse().after(place))
    matrix = np.array([[onto.a, onto.c, onto.dx], [onto.b, onto.d, onto.dy]], np.float64)
    alpha = layer.mask.alpha.to_array()
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(alpha, matrix, tuple(size), flags=flags), np.uint8)


def _distance(piece: Rect, point: tuple[float, float]) -> float:
    x, y = piece.x + piece.width / 2, piece.y + piece.height / 2
    return (x - point[0]) ** 2 + (y - point[1]) ** 2
