# SPDX-License-Identifier: Apache-2.0
"""How a layer's photo would look in each style: small pictures, a few at a time, remembered.

    gallery = StyleGallery(session, workspace.make)
    gallery.arrived.connect(put_into_its_place)     # (style's id, its picture)
    gallery.ended.connect(tell)                     # None, or the Problem that ended it
    gallery.show(session.active_id)                 # again whenever the layer or its photo changes
    gallery.cancel()                                # when the panel goes, or the person applies

`show` for a photo whose pictures are known gives them at once. Jobs of previews are listed nowhere
and keep a task of the person's waiting for no more than a few small pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from prodedit.core.document import Document
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.errands import Errand
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.engine.results import PicturesResult
from prodedit.engine.service.jobs import Job
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import PreviewStyles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

Run = Callable[[Callable[[], object]], Errand]
AT_ONCE = 6
"""Pictures in one batch: as many as take a fraction of a second."""
SIDE = 160
"""Pixels on a picture's long side. At much less, brush strokes are coarser than in the result."""


class StyleGallery(QObject):
    arrived = Signal(str, object)
    """(style's id, (h, w, 4) uint8 premultiplied BGRA)"""
    ended = Signal(object)
    """All pictures are there: None; or there will be no more: a Problem. Not after `cancel`."""

    def __init__(
        self, session: EditSession, run: Run, *, side: int = SIDE, parent: QObject | None = None
    ) -> None:
        """run: does a function on a thread, such as Workspace.make."""
        super().__init__(parent)
        self._session = session
        self._run = run
        self._side = side
        self._tiles: Tiles | None = None
        self._known: dict[str, Picture] = {}
        self._turn: object = None
        self._job = ""

    def show(self, layer_id: str) -> None:
        """Give the pictures of this layer's photo; ends what was under way for another one. A layer
        that holds no photo gives none."""
        layer = self._session.document.find(layer_id)
        if layer is None or layer.tiles is None:
            self.cancel()
            return
        if layer.tiles is self._tiles and self._turn is not None:
            return
        self.cancel()
        if layer.tiles is not self._tiles:
            self._tiles, self._known = layer.tiles, {}
        self._begin(layer.tiles)

    def cancel(self) -> None:
        """No picture comes any more; those that came stay known."""
        self._turn = None
        if self._job:
            self._session.cancel(self._job)
            self._job = ""

    def _begin(self, tiles: Tiles) -> None:
        for style, picture in self._known.items():
            self.arrived.emit(style, picture)
        missing = [style.id for style in STYLES if style.id not in self._known]
        if not missing:
            self.ended.emit(None)
            return
        turn = self._turn = object()
        errand = self._run(partial(_small, tiles, self._side))
        errand.done.connect(partial(self._reduced, turn, missing))
        errand.failed.connect(partial(self._failed, turn))

    def _reduced(self, turn: object, missing: list[str], document: Document) -> None:
        if turn is self._turn:
            self._ask(turn, document, _batches(missing))

    def _ask(self, turn: object, document: Document, batches: Iterator[tuple[str, ...]]) -> None:
        styles = next(batches, None)
        if styles is None:
            self._turn = None
            self.ended.emit(None)
            return
        see = partial(self._seen, turn, document, batches)
        self._job = self._session.look(PreviewStyles(styles, self._side), document, PREVIEW, see)

    def _seen(
        self, turn: object, document: Document, batches: Iterator[tuple[str, ...]], job: Job
    ) -> None:
        if turn is not self._turn:
            return
        self._job = ""
        if job.problem is not None:
            self._failed(turn, job.problem)
        elif isinstance(job.result, PicturesResult) and isinstance(job.task, PreviewStyles):
            for style, picture in zip(job.task.styles, job.result.pictures, strict=True):
                self._known[style] = picture
                self.arrived.emit(style, picture)
            if turn is self._turn:  # nobody cancelled on hearing of a picture
                self._ask(turn, document, batches)
        else:
            self._turn = None  # cancelled from elsewhere

    def _failed(self, turn: object, problem: Problem) -> None:
        if turn is self._turn:
            self._turn = None
            self.ended.emit(problem)


def _batches(styles: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(styles), AT_ONCE):
        yield tuple(styles[start : start + AT_ONCE])


def _small(tiles: Tiles, side: int) -> Document:
    """A document of the photo, reduced; on a thread."""
    import cv2

    from prodedit.engine.families.reduced import scaled

    width, height = tiles.size
    share = min(1.0, side / max(width, height))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = Tiles.from_array(scaled(tiles.to_array(), size, cv2.INTER_AREA))
    return Document(small.size, (Layer(PREVIEW, PREVIEW, PixelContent(small)),))
