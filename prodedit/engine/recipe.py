# SPDX-License-Identifier: Apache-2.0
"""What was done to one picture, to be done to ten thousand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from prodedit.core import edits, values
from prodedit.core.export_setting import ExportSetting
from prodedit.core.values import Value
from prodedit.engine.replay import Step
from prodedit.engine.tasks import TransferStyle

_BOUND_TO_ONE_PICTURE = (
    edits.AddMadeLayer,
    edits.AddPixelLayer,
    edits.ApplyMask,
    edits.EnhanceLayer,
    edits.MergeLayers,
    edits.PaintMask,
    edits.Rasterise,
    edits.SetMask,
    edits.SetPixels,
    edits.SetSelection,
)
"""Edits that bring pixels of their own: a brush stroke means nothing on another photo."""


class Recipe(Value, frozen=True):
    """A name, steps in their order, and how the result is written; `replay` does it."""

    name: str
    steps: tuple[Step, ...]
    export: ExportSetting = ExportSetting()
    schema: Literal[1] = 1


def from_history(name: str, steps: Iterable[Step], export: ExportSetting) -> Recipe:
    """The steps that mean something on another picture."""
    kept = tuple(step for step in steps if not is_bound(step))
    return Recipe(name, kept, export)


def is_bound(step: Step) -> bool:
    """Whether `step` needs pixels that only this picture has."""
    pictures = isinstance(step, edits.SetBackground) and isinstance(
        step.background, edits.PictureBackground
    )
    as_seen = isinstance(step, edits.SelectWand | edits.SelectColour) and not step.layer
    pictures = pictures or (isinstance(step, TransferStyle) and step.uses_picture)
    return pictures or as_seen or isinstance(step, _BOUND_TO_ONE_PICTURE)


def to_json(recipe: Recipe) -> Any:
    return values.to_json(recipe)


def from_json(data: Any) -> Recipe:
    """Raises Problem where `data` is no recipe of this version."""
    recipe: Recipe = values.from_json(data, Recipe)
    return recipe
