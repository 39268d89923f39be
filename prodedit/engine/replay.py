# SPDX-License-Identifier: Apache-2.0
"""Steps on a document: one way for the window, the command line and batches, so bytes agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.layers import existing
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.engine import tasks
from prodedit.engine.results import MaskResult, Result
from prodedit.engine.tasks import RemoveBackground, SelectObject, Task

Step = Task | edits.Edit
TaskInputs = dict[str, NDArray[np.uint8]]
RunTask = Callable[[Task, TaskInputs], Result]


def inputs_for(task: Task, document: Document, layer_id: str) -> TaskInputs:
    """The pixels that the engine needs for `task` on a layer, copied out of its tiles.

    Raises Problem where the layer is gone or holds no pixels.
    """
    return _INPUTS[type(task)](existing(document, layer_id))


def edit_for(result: Result, task: Task, layer_id: str) -> tuple[edits.Edit, edits.Inputs]:
    """The edit that puts a result into the document, with its pixels."""
    return _EDITS[type(result)](result, task, layer_id)


def replay(
    document: Document,
    steps: Sequence[Step],
    run: RunTask,
    inputs: Mapping[int, edits.Inputs] | None = None,
    layer_id: str = PHOTO,
) -> Document:
    """`document` after all `steps`. `run` does a Task and waits; `inputs`: by step number, the
    pixels that an Edit needs and JSON cannot carry (a picture as background, say)."""
    for number, step in enumerate(steps):
        if isinstance(step, Task):
            result = run(step, inputs_for(step, document, layer_id))
            document = edits.apply(document, *edit_for(result, step, layer_id))
        else:
            document = edits.apply(document, step, (inputs or {}).get(number, edits.NO_INPUTS))
    return document


def _source(layer: Layer) -> TaskInputs:
    if layer.tiles is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The layer “{name}” holds no photo. Choose one that does."
            ),
            code="no-pixels",
            name=layer.name,
        )
    return {"source": layer.tiles.to_array()}


def _source_and_mask(layer: Layer) -> TaskInputs:
    source = _source(layer)
    empty = np.zeros(source["source"].shape[:2], np.uint8)
    return {**source, "mask": empty if layer.mask is None else layer.mask.alpha.to_array()}


def _set_mask(result: MaskResult, task: Task, layer_id: str) -> tuple[edits.Edit, edits.Inputs]:
    pixels = {
        "alpha": Tiles.from_array(result.alpha).without_blank(),
        "confidence": Tiles.from_array(result.confidence),
    }
    if result.foreground is not None:
        pixels["foreground"] = Tiles.from_array(result.foreground).without_blank()
    made_by = {**tasks.to_json(task), "networks": result.model}
    return edits.SetMask(layer_id, score=result.score, task=made_by), pixels


_INPUTS: Mapping[type, Callable[[Layer], TaskInputs]] = {
    RemoveBackground: _source,
    SelectObject: _source_and_mask,
}
_EDITS: Mapping[type, Callable[[Any, Task, str], tuple[edits.Edit, edits.Inputs]]] = {
    MaskResult: _set_mask,
}
