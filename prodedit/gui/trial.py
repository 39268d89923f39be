# SPDX-License-Identifier: Apache-2.0
"""A task tried on a small copy of a layer, and its result shown on the canvas in place of the real
one: soft, but within a second, whatever the picture's size; then on a larger copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine import replay
from prodedit.engine.results import PixelsResult, Result
from prodedit.engine.tasks import Task
from prodedit.gui.looking import Looking

SIDES = (512, 1536)
"""The longer side of the copies, at most: one that is soon there, and one on which brush strokes
are as large as in the real result."""
_DELAY = 120
"""Milliseconds that a choice rests before it is tried."""
Change = Callable[[Document], Document]


@dataclass(frozen=True)
class Trial:
    """What is to be seen: `task` on `layer`, with the pixels that it needs besides; then `change`
    done to the document that has its result, which costs no new run."""

    task: Task
    layer: str
    inputs: Mapping[str, Tiles]
    change: Change


class Trials(QObject):
    """One at a time; a new one takes the place of what is shown or on its way."""

    failed = Signal(object)
    """A Problem."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Trial | None = None
        self._small: dict[int, tuple[Layer, Document]] = {}
        self._turn = 0  # which of SIDES is being tried
        self._result: tuple[Trial, Document, Document] | None = None  # of what, before, after
        self._looking = Looking(workspace, _DELAY, self._begin, self)
        self._looking.failed.connect(self.failed)
        self._looking.overtaken.connect(self.drop)

    @property
    def is_shown(self) -> bool:
        session = self._looking.session
        return session is not None and session.shown is not session.document

    def set_session(self, session: EditSession | None) -> None:
        self.drop()
        self._looking.set_session(session)
        self._small = {}

    def show(self, trial: Trial) -> None:
        """As soon as can be. Where the last one has the same task, at once."""
        self._wanted = trial
        if self._result is not None and _same_work(self._result[0], trial):
            self._show_result(trial)
        else:
            self._turn = 0
            self._looking.rest()

    @Slot()
    def drop(self) -> None:
        """Show the document again, and forget what was tried."""
        self._looking.stop()
        self._wanted = None
        result, self._result = self._result, None
        session = self._looking.session
        if result is not None and session is not None and self.is_shown:
            session.end_preview()

    def _begin(self) -> None:
        session, wanted = self._looking.session, self._wanted
        layer = None if session is None or wanted is None else session.document.find(wanted.layer)
        if layer is None or layer.tiles is None:
            return
        self._looking.stop()
        side = SIDES[self._turn]
        known = self._small.get(side)
        if known is not None and _same_pixels(known[0], layer):
            self._ask(layer, side, known[1])
        else:
            self._looking.work(partial(small_copy, layer, side), partial(self._ask, layer, side))

    def _ask(self, layer: Layer, side: int, small: Document) -> None:
        session, wanted = self._looking.session, self._wanted
        if session is None or wanted is None:
            return
        self._small[side] = (layer, small)
        see = partial(self._seen, wanted, session.document)
        self._looking.look(wanted.task, small, wanted.inputs, see)

    def _seen(self, trial: Trial, document: Document, result: Result) -> None:
        assert isinstance(result, PixelsResult)
        work = partial(_with_result, document, trial, result)
        self._looking.work(work, partial(self._made, trial, document))

    def _made(self, trial: Trial, before: Document, after: Document) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._result = (trial, before, after)
        if _same_work(trial, wanted):
            self._show_result(wanted)
            self._look_closer(wanted)

    def _look_closer(self, trial: Trial) -> None:
        """Once more on a larger copy, where the picture has more pixels than the last one."""
        assert self._looking.session is not None
        layer = self._looking.session.document.find(trial.layer)
        last = self._turn + 1 == len(SIDES)
        if not last and layer is not None and layer.tiles is not None:
            self._turn += 1
            if max(layer.tiles.size) > SIDES[self._turn - 1]:
                self._begin()

    def _show_result(self, trial: Trial) -> None:
        assert self._result is not None
        assert self._looking.session is not None
        self._looking.session.preview(trial.change(self._result[2]))


def small_copy(layer: Layer, side: int) -> Document:
    """A document with nothing but the layer's pixels and its mask, at most `side` pixels large."""
    assert layer.tiles is not None
    size = layer.tiles.size.fit(side)
    mask = layer.mask
    if mask is not None:
        mask = Mask(reduced(mask.alpha, size), enabled=mask.enabled)
    small = Layer(PREVIEW, layer.name, PixelContent(reduced(layer.tiles, size)), mask=mask)
    return Document(size, (small,))


def reduced(tiles: Tiles, size: Size) -> Tiles:
    """Averages of the pixels."""
    small = cv2.resize(tiles.to_array(), tuple(size), interpolation=cv2.INTER_AREA)
    return Tiles.from_array(np.asarray(small, np.uint8))


def _with_result(document: Document, trial: Trial, result: PixelsResult) -> Document:
    """The document as the task will make it, with the result enlarged to the layer's size."""
    layer = document.find(trial.layer)
    assert layer is not None
    assert layer.tiles is not None
    how = cv2.INTER_LINEAR
    pixels = cv2.resize(result.pixels, tuple(layer.tiles.size), interpolation=how)
    large = replace(result, pixels=cast("NDArray[np.uint8]", pixels))
    return edits.apply(document, *replay.edit_for(large, trial.task, trial.layer))


def _same_work(one: Trial, other: Trial) -> bool:
    same = one.task == other.task and one.layer == other.layer
    return same and dict(one.inputs) == dict(other.inputs)


def _same_pixels(one: Layer, other: Layer) -> bool:
    masks = one.mask and one.mask.alpha, other.mask and other.mask.alpha
    return one.tiles is other.tiles and masks[0] is masks[1]
