# SPDX-License-Identifier: Apache-2.0
"""One open document, its undo history and its jobs: the only place where a document is replaced."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack
from shiboken6 import isValid

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document, changed_rects
from prodedit.core.geometry import Rect
from prodedit.core.layer import Layer
from prodedit.core.problem import Problem
from prodedit.editing.commands import Command
from prodedit.editing.orders import (
    Landing,
    Order,
    See,
    Take,
    TaskDesk,
    has_home,
    landing_of,
)
from prodedit.editing.undo_memory import UndoMemory
from prodedit.engine.recipe import Done
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import Task, title

Translate = Callable[[str, str], str]
"""(context, English text) -> the text in the window's language."""

DEFAULT_BUDGET = 2 << 30
_REST_MS = 100
"""So long after the last step what undo holds is made smaller, a little at a time."""


class Journal(Protocol):
    """Where a session's steps are kept against a crash."""

    def record(self, document: Document, text: str) -> object: ...


def untranslated(context: str, text: str) -> str:
    del context
    return text


class EditSession(QObject):
    """Holds the document and replaces it; tells what changed, once, by `changed`."""

    changed = Signal(object, object, object)
    """(Document before, Document after, tuple of dirty Rects)"""
    previewed = Signal(object, object)
    """(the Document to show for now, tuple of dirty Rects): a stroke or a slider in the making"""
    active_changed = Signal(str)
    chosen_changed = Signal()
    """Other layers are chosen than before; after active_changed."""
    file_changed = Signal()
    """The path, the name or whether there is something to save has changed."""
    job_changed = Signal(object)
    """A Job of this session, in its new state."""
    result_homeless = Signal(object, object)
    """(Order, Landing): the layer has changed or gone meanwhile; offer it as a new layer."""
    failed = Signal(object)
    """A Problem to tell."""

    def __init__(
        self,
        document: Document,
        name: str,
        desk: TaskDesk,
        *,
        path: Path | None = None,
        source: Path | None = None,
        budget: int = DEFAULT_BUDGET,
        translate: Translate = untranslated,
        parent: QObject | None = None,
    ) -> None:
        """`path`: the project file it is saved in; `source`: the photo it came from."""
        super().__init__(parent)
        self._document = document
        self._shown = document
        self.original = document
        self.name = name
        self.path = path
        self.source = source
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self._clean_changed)
        self.stack.indexChanged.connect(self._index_changed)
        self.journal: Journal | None = None
        self.undo_memory = UndoMemory(self.stack, budget)
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._rest)
        self._desk = desk
        self._translate = translate
        self._orders: dict[str, Order] = {}
        self._active_id = PHOTO if document.find(PHOTO) else self._top_id()
        self._others: frozenset[str] = frozenset()

    def end(self) -> None:
        """Nothing is done to it any more. Its steps go now, by Qt's hand: Python's garbage
        collector would take them in an order that Qt does not survive."""
        self._resting.stop()
        self.stack.blockSignals(True)
        self.stack.clear()
        self.deleteLater()

    @property
    def document(self) -> Document:
        return self._document

    @property
    def shown(self) -> Document:
        """What the canvas shows: the document, or the preview of a change in the making."""
        return self._shown

    @property
    def is_dirty(self) -> bool:
        return not self.stack.isClean()

    @property
    def active_id(self) -> str:
        """Id of the layer that tools and panels work on; "" in an empty document."""
        return self._active_id

    @property
    def active_layer(self) -> Layer | None:
        return self._document.find(self._active_id)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the active layer and of all that were chosen with it, from the lowest; those in a
        group before the group."""
        wanted = self._others | {self._active_id}
        return tuple(layer_id for layer_id in self._document.rows() if layer_id in wanted)

    def activate(self, layer_id: str) -> None:
        """Choose this layer and no other."""
        self.choose((layer_id,), layer_id)

    def choose(self, layer_ids: Iterable[str], active_id: str) -> None:
        """Commands work on all of these from now on; panels and tools of one layer on the active
        one, which is chosen in any case. Nothing where that is not there."""
        if self._document.find(active_id) is None:
            return
        chosen, was_active = self.chosen, self._active_id
        self._active_id, self._others = active_id, frozenset(layer_ids) - {active_id}
        if active_id != was_active:
            self.active_changed.emit(active_id)
        if chosen != self.chosen:
            self.chosen_changed.emit()

    def apply(
        self,
        edit: edits.Edit,
        inputs: edits.Inputs = edits.NO_INPUTS,
        *,
        text: str = "",
        gesture: object = None,
        made: Document | None = None,
    ) -> bool:
        """Do an edit as one undo step; False where it can't be done, which `failed` then tells.
        `made`: what it gives, where that was computed before.

        Edits with the same `gesture` object, one after the other, become one undo step.
        """
        try:
            after = made or edits.apply(self._document, edit, inputs)
        except Problem as problem:
            self.end_preview()
            self.failed.emit(problem)
            return False
        text = text or self._translate("Edit", edits.title(edit))
        self.put(after, (Done(edit),), text, gesture)
        return True

    def put(
        self,
        after: Document,
        done: tuple[Done, ...],
        text: str,
        gesture: object = None,
        *,
        anew: bool = False,
    ) -> None:
        """What `done` has made of the document, as one undo step. anew: `after` comes from
        elsewhere, and nothing that was done before is part of it."""
        if after is self._document:
            self.end_preview()
            return
        before = self._document
        command = Command(before, after, done, text, self._replace, gesture, anew=anew)
        self.stack.push(command)
        if not isValid(command):  # it was merged
            command.let_go()

    @property
    def history(self) -> tuple[Done, ...]:
        """All that was done since it was opened, and not undone."""
        done: list[Done] = []
        for number in range(self.stack.index()):
            command = self.stack.command(number)
            if isinstance(command, Command):
                done = [*([] if command.anew else done), *command.done]
        return tuple(done)

    def preview(self, document: Document, rects: tuple[Rect, ...] | None = None) -> None:
        """Show `document` for now; nothing is committed.

        `rects`: the parts of the canvas in which it differs from what is shown now, where the
        caller knows them better than to a block."""
        if rects is None:
            rects = changed_rects(self._shown, document)
        self._shown = document
        if rects:
            self.previewed.emit(document, rects)

    def preview_edit(self, edit: edits.Edit, inputs: edits.Inputs = edits.NO_INPUTS) -> None:
        """Show what `edit` would do."""
        try:
            self.preview(edits.apply(self._document, edit, inputs))
        except Problem as problem:
            self.end_preview()
            self.failed.emit(problem)

    def end_preview(self) -> None:
        """Show the document again."""
        self.preview(self._document)

    def undo(self) -> None:
        self.stack.undo()

    def redo(self) -> None:
        self.stack.redo()

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` commands are done."""
        self.stack.setIndex(index)

    def submit(self, task: Task, layer_id: str = "", inputs: edits.Inputs = edits.NO_INPUTS) -> str:
        """Hand a task in for a layer (default: the active one), with the pixels that it needs
        besides that layer's; the job's id."""
        order = self._order(task, self._document, layer_id or self._active_id)
        return self._hand_in(replace(order, inputs=inputs))

    def ask(self, task: Task, document: Document, layer_id: str, take: Take) -> str:
        """As `submit`, of a document of one's own; the result does not land: `take` gets it."""
        return self._hand_in(replace(self._order(task, document, layer_id), take=take))

    def look(
        self,
        task: Task,
        document: Document,
        layer_id: str,
        see: See,
        inputs: edits.Inputs = edits.NO_INPUTS,
    ) -> str:
        """As `ask`, for what becomes no part of a document; nobody else is told of a failure."""
        order = self._order(task, document, layer_id)
        return self._hand_in(replace(order, see=see, inputs=inputs))

    def _order(self, task: Task, document: Document, layer_id: str) -> Order:
        return Order(uuid.uuid4().hex, task, document, layer_id)

    def _hand_in(self, order: Order) -> str:
        self._orders[order.job_id] = order
        self._desk.submit(order)
        return order.job_id

    def cancel(self, job_id: str) -> None:
        """Nobody wants that job's result any more; nothing where it is over."""
        if job_id in self._orders:
            self._desk.cancel(job_id)

    def cancel_jobs(self) -> None:
        for job_id in tuple(self._orders):
            self._desk.cancel(job_id)

    @property
    def pending(self) -> tuple[Order, ...]:
        return tuple(self._orders.values())

    @Slot(object)
    def job_moved(self, job: Job) -> None:
        """A job somewhere has a new state; those of other sessions are passed over."""
        order = self._orders.get(job.id)
        if order is None:
            return
        if job.over:
            del self._orders[job.id]
        self.job_changed.emit(job)
        if order.see is not None:
            if job.over:
                order.see(job)
        elif job.state is State.DONE and job.result is not None:
            (order.take or partial(self._accept, order))(landing_of(job, order))
        elif job.state is State.FAILED and job.problem is not None:
            self.failed.emit(job.problem)

    def insert_result(self, order: Order, landing: Landing) -> None:
        """Put a result whose layer changed meanwhile into the document as a layer of its own: the
        picture as it was when the task was asked for, with the result on it."""
        layer = order.document.find(order.layer_id)
        if layer is None or layer.tiles is None:
            return
        new_id = self._document.new_id()
        add = edits.AddPixelLayer(new_id, layer.name)
        gesture = object()
        mask = {} if layer.mask is None else {"mask": layer.mask.alpha}
        if self.apply(add, {"pixels": layer.tiles, **mask}, gesture=gesture):
            if layer.mask is not None and not layer.mask.enabled:
                self.apply(edits.EnableMask(new_id, False), gesture=gesture)
            edit = msgspec.structs.replace(landing.edit, layer=new_id)
            self.apply(
                edit,
                landing.inputs,
                text=self._translate("Edit", edits.title(add)),
                gesture=gesture,
            )
            self.activate(new_id)

    def mark_saved(self, path: Path, document: Document) -> None:
        """`document` is in `path` now; it may be older than the present one."""
        self.path = path
        self.name = path.name
        if document is self._document:
            self.stack.setClean()
        self.file_changed.emit()

    def _accept(self, order: Order, landing: Landing) -> None:
        if not has_home(order, self._document):
            self.result_homeless.emit(order, landing)
            return
        try:
            after = edits.apply(self._document, landing.edit, landing.inputs)
        except Problem as problem:
            self.failed.emit(problem)
            return
        made = (layer.id for layer in after.walk() if self._document.find(layer.id) is None)
        done = Done(order.task, order.layer_id, tuple(made))
        self.put(after, (done,), self._translate("Task", title(order.task)))

    def _replace(self, document: Document) -> None:
        before, shown = self._document, self._shown
        self._document = self._shown = document
        if self.journal is not None:
            self.journal.record(document, self.name)
        rects = changed_rects(shown, document)
        self.changed.emit(before, document, rects)
        if document.find(self._active_id) is None:
            left = self.chosen
            self._active_id = left[-1] if left else self._top_id()
            self.active_changed.emit(self._active_id)
            self.chosen_changed.emit()

    def _top_id(self) -> str:
        return self._document.layers[-1].id if self._document.layers else ""

    @Slot(int)
    def _index_changed(self, index: int) -> None:
        self.undo_memory.settle(self._document)
        self._resting.start(_REST_MS)

    @Slot()
    def _rest(self) -> None:
        if self.undo_memory.squeeze_some():
            self._resting.start(0)

    @Slot(bool)
    def _clean_changed(self, clean: bool) -> None:
        self.file_changed.emit()
