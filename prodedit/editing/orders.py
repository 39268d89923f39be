# SPDX-License-Identifier: Apache-2.0
"""Tasks on their way for a document, and how their results get on its layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import Layer
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.engine import replay
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import SelectObject, Task


class TaskDesk(Protocol):
    """Where a session hands in its tasks: the Worker, or a fake one in tests."""

    def submit(self, order: Order) -> None: ...

    def cancel(self, job_id: str) -> None: ...


class Landing(NamedTuple):
    """A result as the Edit that puts it on its layer, and the pixels for that."""

    edit: edits.Edit
    inputs: edits.Inputs


Take = Callable[[Landing], None]
See = Callable[[Job], None]
"""Called once, with a job that is over: done, failed or cancelled."""


@dataclass(frozen=True, eq=False)
class Order:
    """A task for a layer of a document as it was when it was asked for."""

    job_id: str
    task: Task
    document: Document
    layer_id: str
    inputs: edits.Inputs = field(default_factory=dict)
    """Pixels that the task needs besides the layer's, such as a picture as style."""
    take: Take | None = None
    see: See | None = None
    """Who gets the result, where it is not to land on the layer."""
    is_part: bool = False
    """Of something larger, which is listed among the jobs in its place."""

    @property
    def label(self) -> str:
        """The layer that its job is listed with."""
        return PREVIEW if self.is_part else self.layer_id


@dataclass(frozen=True, eq=False)
class LandedJob(Job):
    """A job that is done, whose Landing was made away from the window's thread: for a large photo
    that is a hundred megabytes to copy."""

    landing: Landing | None = None


def has_home(order: Order, document: Document) -> bool:
    """Whether the layer that a task was given is still the one that it was in `document`."""
    if replay.makes_alone(order.task):
        return True
    asked, now = order.document.find(order.layer_id), document.find(order.layer_id)
    return asked is not None and now is not None and not has_changed(asked, now, order.task)


def has_changed(asked: Layer, now: Layer, task: Task) -> bool:
    """Whether a layer is another than the one that `task` was given."""
    if asked.tiles is not now.tiles:
        return True
    # A click adds to the cut-out that there was; a stroke that came since must not be lost.
    return isinstance(task, SelectObject) and _alpha(asked) is not _alpha(now)


def _alpha(layer: Layer) -> Tiles | None:
    return None if layer.mask is None else layer.mask.alpha


def landing_of(job: Job, order: Order) -> Landing:
    """How the result of a job that is done gets on its layer."""
    if isinstance(job, LandedJob) and job.landing is not None:
        return job.landing
    assert job.result is not None
    return Landing(*replay.edit_for(job.result, order.task, order.layer_id))
