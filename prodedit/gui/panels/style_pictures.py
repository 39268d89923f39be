# SPDX-License-Identifier: Apache-2.0
"""Where the gallery's pictures come from: the engine makes them of the photo, some at a time, those
in sight first; they are kept as long as the photo's pixels live."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from prodedit.core.document import Document
from prodedit.core.layer import Layer
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.results import PicturesResult
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import PreviewStyles
from prodedit.gui.late import while_there
from prodedit.gui.trial import small_copy
from prodedit.render.images import image_of

SIDE = 160
_AT_ONCE = 6
"""Styles a job: the first pictures come soon, and a job for a click waits for few."""

Images = dict[tuple[str, bool], QImage]


class StylePictures(QObject):
    came = Signal(str, object)
    """A style's id, and its QImage."""
    failed = Signal(object)
    """A Problem: no more pictures come until the next `want`."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._known: WeakKeyDictionary[Tiles, Images] = WeakKeyDictionary()
        self._session: EditSession | None = None
        self._tiles: Tiles | None = None
        self._small: Document | None = None
        self._missing: list[str] = []
        self._keep_colour = False
        self._job_id = ""
        workspace.session_closed.connect(self._forget)

    def want(
        self, session: EditSession, layer: Layer, styles: Sequence[str], *, keep_colour: bool
    ) -> None:
        """Pictures of the layer in these styles, in this order. `came` tells each of them."""
        self.stop()
        assert layer.tiles is not None
        images = self._known.setdefault(layer.tiles, {})
        self._session, self._keep_colour = session, keep_colour
        self._missing = [style for style in styles if (style, keep_colour) not in images]
        for style in styles:
            if style not in self._missing:
                self.came.emit(style, images[style, keep_colour])
        if not self._missing:
            return
        if self._tiles is layer.tiles and self._small is not None:
            self._ask()
            return
        self._tiles, self._small = layer.tiles, None
        errand = self._workspace.run(partial(small_copy, layer, SIDE), optional=True)
        errand.done.connect(while_there(self, self._take_small, layer.tiles))

    def stop(self) -> None:
        """No more for now."""
        self._missing = []
        job_id, self._job_id = self._job_id, ""
        if job_id and self._session is not None:
            self._session.cancel(job_id)

    def _forget(self, session: EditSession) -> None:
        """It is closed: nothing of it is kept."""
        if session is self._session:
            self.stop()
            self._session = self._tiles = self._small = None

    def _take_small(self, tiles: Tiles, small: Document) -> None:
        if tiles is self._tiles:
            self._small = small
            self._ask()

    def _ask(self) -> None:
        styles = tuple(self._missing[:_AT_ONCE])
        if styles and self._session is not None and self._small is not None:
            task = PreviewStyles(styles, SIDE, self._keep_colour)
            see = while_there(self, self._seen, self._tiles, task)
            self._job_id = self._session.look(task, self._small, PREVIEW, see)

    def _seen(self, tiles: Tiles, task: PreviewStyles, job: Job) -> None:
        if job.id != self._job_id:
            return
        self._job_id = ""
        if job.state is State.DONE and isinstance(job.result, PicturesResult):
            self._keep(tiles, task, job.result)
            self._missing = [style for style in self._missing if style not in task.styles]
            self._ask()
        elif job.state is State.FAILED and job.problem is not None:
            self._missing = []
            self._tell(job.problem)

    def _keep(self, tiles: Tiles, task: PreviewStyles, result: PicturesResult) -> None:
        images = self._known.setdefault(tiles, {})
        for style, pixels in zip(task.styles, result.pictures, strict=True):
            image = image_of(np.ascontiguousarray(pixels)).copy()
            images[style, task.keep_colour] = image
            self.came.emit(style, image)

    def _tell(self, problem: Problem) -> None:
        self.failed.emit(problem)
