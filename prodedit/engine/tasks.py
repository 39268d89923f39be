# SPDX-License-Identifier: Apache-2.0
"""What the engine can be asked to do: frozen values that survive JSON."""

from __future__ import annotations

from typing import Any, NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.core.values import Value
from prodedit.core.values import from_json as value_from_json
from prodedit.core.values import to_json as value_to_json


class RemoveBackground(Value, frozen=True):
    """Cut the product out. Input `source`: (h, w, 4) uint8 premultiplied BGRA.

    model:  "auto" (the best of what is there), "u2net", "isnet" or another cut-out card's id.
    refine: find the edge anew at the photo's own resolution, and the product's colour there.
    """

    model: str = "auto"
    refine: bool = True


class Seed(NamedTuple):
    """A click on the photo, in its pixels: the object here is wanted, or it is not."""

    x: int
    y: int
    add: bool


class SelectObject(Value, frozen=True):
    """Add or remove the objects clicked on. Inputs `source` (h, w, 4) and `mask` (h, w) uint8."""

    seeds: tuple[Seed, ...] = ()


class ExportVariants(Value, frozen=True):
    """Write the picture in so many colours. The window's own work: it is only listed among the
    jobs, the engine never gets it."""

    count: int


Task = RemoveBackground | SelectObject

_TITLES: dict[type, str] = {
    RemoveBackground: QT_TRANSLATE_NOOP("Task", "Remove background"),
    SelectObject: QT_TRANSLATE_NOOP("Task", "Choose object"),
    ExportVariants: QT_TRANSLATE_NOOP("Task", "Export variants"),
}


def title(task: Task) -> str:
    """The task's name for a person: English, to be translated in the context "Task"."""
    return _TITLES[type(task)]


def to_json(task: Task) -> dict[str, Any]:
    """The task as JSON-able data; `from_json` gives an equal task back."""
    data: dict[str, Any] = value_to_json(task)
    return data


def from_json(data: Any) -> Task:
    """Raises Problem where the data names no task, or fields that the task does not have."""
    task: Task = value_from_json(data, Task)
    return task
