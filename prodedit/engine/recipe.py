# SPDX-License-Identifier: Apache-2.0
"""What was done to one picture, to be done to ten thousand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, NamedTuple, get_args

import msgspec

from prodedit.core import edits, values
from prodedit.core.document import PHOTO, free_ids
from prodedit.core.export_setting import ExportSetting
from prodedit.core.layer import PatternFill
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value
from prodedit.engine import tasks
from prodedit.engine.layer_names import LayerNames
from prodedit.engine.replay import Step
from prodedit.engine.tasks import Enhance, EraseRegion, RemoveBackground, Task, TransferStyle

SCHEMA = 1
MOST_BYTES = 1 << 20
MOST_STEPS = 200
MOST_LETTERS = 80
"""In a recipe's name."""

_BOUND_TO_ONE_PICTURE = (
    edits.AddGeneratedLayer,
    edits.AddMadeLayer,
    edits.AddPixelLayer,
    edits.AddTextLayer,
    edits.ApplyMask,
    edits.DrawGradient,
    edits.EnhanceLayer,
    edits.FillArea,
    edits.LayPatch,
    edits.MergeLayers,
    edits.PaintMask,
    edits.PaintStroke,
    edits.Rasterise,
    edits.SetMask,
    edits.SetPixels,
    edits.SetSelection,
    edits.SetText,
)
"""They bring pixels of their own, or are about what this one picture shows where: a stroke of the
brush and a text that was placed by hand mean nothing on another photo."""
_TASKS = (RemoveBackground, TransferStyle, Enhance, EraseRegion)
"""The others ask for a click, for a generator, or for nothing that becomes part of a picture."""
_NEEDS_SELECTION = (
    edits.AddAdjustmentLayer,
    edits.AddFillLayer,
    edits.AdjustPixels,
    edits.BorderSelection,
    edits.ClearSelected,
    edits.CopySelected,
    edits.CutSelected,
    edits.FeatherSelection,
    edits.FillSelected,
    edits.GrowSelection,
    edits.InvertSelection,
    edits.MaskFromSelection,
    edits.MoveSelection,
    edits.PathFromSelection,
    edits.SmoothSelection,
    edits.TransformSelected,
)
"""Without the selection that was there they would do something else."""
_SELECTS = (
    edits.SelectAll,
    edits.SelectAlpha,
    edits.SelectColour,
    edits.SelectEllipse,
    edits.SelectPath,
    edits.SelectPolygon,
    edits.SelectRectangle,
    edits.SelectWand,
    edits.SelectionFromMask,
    edits.SetSelection,
    edits.Deselect,
)


_IN_PIXELS = (
    edits.AddShapeLayer,
    edits.CropCanvas,
    edits.CropPerspective,
    edits.DistortLayers,
    edits.MoveSelection,
    edits.SelectEllipse,
    edits.SelectPath,
    edits.SelectPolygon,
    edits.SelectRectangle,
    edits.SelectWand,
    edits.SetShape,
    edits.SetWarp,
    edits.ShiftLayer,
    edits.TransformLayers,
    edits.TransformSelected,
)


class Recipe(Value, frozen=True):
    """A name, steps in their order, and how the result is written; `Replay` does it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LETTERS)]
    steps: Annotated[tuple[Step, ...], msgspec.Meta(max_length=MOST_STEPS)]
    export: ExportSetting = ExportSetting()
    schema: Literal[1] = 1


class Done(NamedTuple):
    """A step of a history. layer: what a Task was done to; made: the ids of layers it added."""

    step: Step
    layer: str = PHOTO
    made: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What of a history can be done to other pictures, and what can't."""

    steps: tuple[Step, ...]
    left_out: tuple[Step, ...]


def from_history(history: Iterable[Done]) -> Taken:
    """The steps that mean something on another picture, with layers named as they will be there;
    and those that only this one can have, with all that depends on them."""
    names, selection = LayerNames(), True  # whether the selection is as it will be there
    kept: list[Step] = []
    left: list[Step] = []
    for done in history:
        step = done.step
        goes = not is_bound(step) and _is_there(done, names) and (selection or not _asks(step))
        if isinstance(step, _SELECTS):
            selection = goes
        if not goes:
            left.append(step)
        elif isinstance(step, Task):
            kept.append(step)
            for made in done.made:
                names.pair(made, free_ids(names.after, 1)[0])
        else:
            kept.append(names.renamed(step, names.after))
    return Taken(tuple(kept), tuple(left))


def is_bound(step: Step) -> bool:
    """Whether `step` needs pixels that only this picture has, or places in it."""
    if isinstance(step, edits.Together):
        return any(map(is_bound, step.edits))
    pictures = isinstance(step, edits.SetBackground) and isinstance(
        step.background, edits.PictureBackground
    )
    patterns = isinstance(getattr(step, "fill", None), PatternFill)
    as_seen = isinstance(step, edits.SelectWand | edits.SelectColour) and not step.layer
    style = isinstance(step, TransferStyle) and step.uses_picture
    if isinstance(step, Task):
        return style or not isinstance(step, _TASKS)
    return pictures or patterns or as_seen or isinstance(step, _BOUND_TO_ONE_PICTURE)


def is_in_pixels(step: Step) -> bool:
    """Whether `step` says where, in pixels of the picture that it was made with."""
    if isinstance(step, edits.Together):
        return any(map(is_in_pixels, step.edits))
    return isinstance(step, _IN_PIXELS)


def title(step: Step) -> str:
    """English, to be translated in the context "Task" or "Edit"; see `title_context`."""
    return tasks.title(step) if isinstance(step, Task) else edits.title(step)


def title_context(step: Step) -> str:
    return "Task" if isinstance(step, Task) else "Edit"


def to_json(recipe: Recipe) -> Any:
    return values.to_json(recipe)


def to_bytes(recipe: Recipe) -> bytes:
    """A file that a person can read."""
    return msgspec.json.format(msgspec.json.encode(recipe), indent=2) + b"\n"


def from_bytes(data: bytes) -> Recipe:
    """Raises Problem with the sentence for what is no recipe, or none that can be replayed."""
    if len(data) > MOST_BYTES:
        raise _no_recipe()
    try:
        read = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _no_recipe() from error
    return from_json(read)


def from_json(data: Any) -> Recipe:
    """Raises Problem where `data` is no recipe of this version, or has a step that is unknown or
    can't be replayed: that is named."""
    if not isinstance(data, dict) or data.get("type") != Recipe.__name__:
        raise _no_recipe()
    schema = data.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This recipe was made by a newer version of ProdEdit. Install that one to use it.",
            ),
            code="newer-recipe",
        )
    steps = data.get("steps")
    for step in steps if isinstance(steps, list) else ():
        _check_known(step)
    recipe: Recipe = values.from_json(data, Recipe)
    for known in recipe.steps:
        _check_free(known)
    return recipe


def _is_there(done: Done, names: LayerNames) -> bool:
    if isinstance(done.step, Task):
        return done.layer == PHOTO
    return names.knows(done.step)


def _asks(step: Step) -> bool:
    """Whether the step does something else where another part of the picture is selected."""
    if isinstance(step, edits.Together):
        return any(map(_asks, step.edits))
    is_added = isinstance(step, _SELECTS) and getattr(step, "mode", "replace") != "replace"
    return is_added or isinstance(step, _NEEDS_SELECTION)


def _check_known(step: Any) -> None:
    """Raises Problem for a step of a kind that there is not, which may lie in another one."""
    kind = step.get("type") if isinstance(step, dict) else None
    if not isinstance(kind, str) or kind not in _KINDS:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This recipe has a step that nobody knows: “{step}”."),
            code="unknown-step",
            step=str(kind)[:MOST_LETTERS],
        )
    inner = step.get("edits", ())
    for one in inner if kind == edits.Together.__name__ and isinstance(inner, list) else ():
        _check_known(one)


def _check_free(step: Step) -> None:
    if is_bound(step):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This recipe has a step that only fits one picture: “{step}”. Take it out.",
            ),
            code="bound-step",
            step=title(step),
        )


def _no_recipe() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This file is no recipe, or is damaged."), code="no-recipe"
    )


_KINDS = frozenset(kind.__name__ for kind in (*get_args(Task), *get_args(edits.Edit)))
