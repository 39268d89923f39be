# SPDX-License-Identifier: Apache-2.0
"""Puts a generated picture on the canvas, and opens layers that were made so."""

from __future__ import annotations

from functools import partial

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal

from prodedit.core.document import Document
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.provenance import is_generated
from prodedit.core.tiles import Tiles
from prodedit.core.values import from_json
from prodedit.editing.session import EditSession
from prodedit.engine.generating import Generate
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.late import soon
from prodedit.gui.studio.generator_bar import class_title
from prodedit.gui.studio.picks import Pick, task_for
from prodedit.gui.studio.studio import Studio

_WHITE_SIDE = 1024
_NO_FIELDS = ("networks", "fidelity")
"""What a layer says of its making besides the task."""


class Sending(QObject):
    """Into the open picture, or a new white one."""

    activated = Signal()
    """The layer that was made is the active one now."""

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._jobs: dict[str, tuple[EditSession, frozenset[str]]] = {}
        studio.workspace.session_opened.connect(self._listen)
        studio.workspace.session_closed.connect(self._forget)

    def send(self, pick: Pick) -> None:
        """As a new layer."""
        choice, workspace = self._studio.choice, self._studio.workspace
        task = task_for(pick, self._title(pick), cut_out=choice.cut_out, side=choice.side)
        if pick.photo is None:
            session = workspace.current or self._white()
            self._submit(session, task, session.active_id)
        elif pick.photo.session not in workspace.sessions:
            self._studio.failed.emit(_photo_gone())
        else:
            workspace.make_current(pick.photo.session)
            self._submit(pick.photo.session, task, pick.photo.layer)

    def update(self, pick: Pick, session: EditSession, layer: Layer) -> None:
        """In the place of a layer that was made so, in its size."""
        assert layer.tiles is not None
        task = task_for(
            pick, layer.name, cut_out=layer.mask is not None, side=layer.tiles.size.width
        )
        session.submit(msgspec.structs.replace(task, again=True), layer.id)

    def _submit(self, session: EditSession, task: Generate, layer_id: str) -> None:
        there = frozenset(layer.id for layer in session.document.walk())
        self._jobs[session.submit(task, layer_id)] = (session, there)

    def _white(self) -> EditSession:
        name = self.tr("New picture")
        white = np.full((_WHITE_SIDE, _WHITE_SIDE, 4), 255, np.uint8)
        return self._studio.workspace.open_pixels(Tiles.from_array(white), name)

    def _title(self, pick: Pick) -> str:
        if pick.photo is not None:
            layer = pick.photo.session.document.find(pick.photo.layer)
            return self.tr("{name}, changed").format(name="" if layer is None else layer.name)
        generator = self._studio.generator
        classes = () if generator is None or generator.card is None else generator.card.classes
        label = pick.latent.label
        return class_title(classes[label]) if label < len(classes) else self.tr("Generated")

    def _listen(self, session: EditSession) -> None:
        session.job_changed.connect(self._job_changed)

    def _forget(self, session: EditSession) -> None:
        self._jobs = {job: told for job, told in self._jobs.items() if told[0] is not session}

    def _job_changed(self, job: Job) -> None:
        if job.over and (told := self._jobs.pop(job.id, None)) and job.state is State.DONE:
            soon(self, partial(self._activate, *told))  # it lands first

    def _activate(self, session: EditSession, there: frozenset[str]) -> None:
        if session not in self._studio.workspace.sessions:
            return
        made = [one for one in session.document.walk() if is_generated(one) and one.id not in there]
        if made:
            session.activate(made[-1].id)
            self.activated.emit()


def made_by(layer: Layer | None) -> Generate | None:
    """The task that a layer was generated with; None where it was not, or can't be read."""
    if layer is None or layer.tiles is None or (layer.made_by or {}).get("type") != "Generate":
        return None
    plain = {name: value for name, value in (layer.made_by or {}).items() if name not in _NO_FIELDS}
    try:
        task: Generate = from_json(plain, Generate)
    except Problem:
        return None
    return task


def can_update(task: Generate, layer: Layer) -> bool:
    """Whether another picture can take the place of this one."""
    tiles = layer.tiles
    return task.base is None and tiles is not None and tiles.size.width == tiles.size.height


def photo_below(document: Document, layer: Layer) -> Layer | None:
    """The layer that a photo's change was made of: the next one below with pixels of its size."""
    parent, index = document.place(layer.id)
    assert layer.tiles is not None
    for below in reversed(document.siblings(parent)[:index]):
        if below.tiles is not None and below.tiles.size == layer.tiles.size:
            return below
    return None


def _photo_gone() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The photo that this was made of is not open any more."),
        code="photo-gone",
    )
