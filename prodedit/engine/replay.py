# SPDX-License-Identifier: Apache-2.0
"""What a step asks of a document, and what becomes of a result: one way for the window, the command
line and batches, so that bytes agree. (Step after step: engine/replaying.py.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits.layers import existing, unlocked
from prodedit.core.edits.made import scope_mask
from prodedit.core.geometry import IDENTITY, Rect
from prodedit.core.layer import Layer
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles, block_rect, slices
from prodedit.engine import tasks
from prodedit.engine.generating import Drag, Generate, Invert, Mix, Morph, Sample, Shift, Vary
from prodedit.engine.results import MaskResult, PixelsResult, Result
from prodedit.engine.tasks import (
    DescribePictures,
    Enhance,
    EraseObject,
    EraseRegion,
    FindText,
    GetModel,
    PreviewStyles,
    RemoveBackground,
    SelectObject,
    Task,
    TransferStyle,
    TryDevice,
)

Step = Task | edits.Edit
TaskInputs = dict[str, NDArray[np.uint8]]
RunTask = Callable[[Task, TaskInputs], Result]
_ALONE = DescribePictures | GetModel | TryDevice | Sample | Vary | Morph | Mix | Shift | Drag
"""Tasks that ask nothing of a layer."""


def inputs_for(
    task: Task, document: Document, layer_id: str, inputs: edits.Inputs = edits.NO_INPUTS
) -> TaskInputs:
    """The pixels that the engine needs for `task` on a layer, copied out of its tiles; `inputs`:
    those that the layer does not have, such as a picture as style.

    Raises Problem where the layer is gone, holds no pixels, or is locked against the task.
    """
    if isinstance(task, Enhance | EraseRegion):
        unlocked(document, layer_id, "pixels")
    arrays = {name: tiles.to_array() for name, tiles in inputs.items()}
    if isinstance(task, _ALONE) or makes_alone(task):
        return arrays
    return {**_INPUTS[type(task)](existing(document, layer_id), task), **arrays}


def makes_alone(task: Task) -> bool:
    """Whether its result is put into the document whatever has become of any layer."""
    return isinstance(task, Generate) and task.base is None


def becomes_edit(task: Task) -> bool:
    """Whether the result of such a task is for the document, or only to be looked at."""
    return not isinstance(task, PreviewStyles | EraseObject | FindText | _ALONE | Invert)


def edit_for(result: Result, task: Task, layer_id: str) -> tuple[edits.Edit, edits.Inputs]:
    """The edit that puts a result into the document, with its pixels."""
    return _EDITS[type(result)](result, task, layer_id)


def _source(layer: Layer, task: Task) -> TaskInputs:
    if layer.tiles is None:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The layer “{name}” holds no photo. Choose one that does."
            ),
            code="no-pixels",
            name=layer.name,
        )
    return {"source": layer.tiles.to_array()}


def _source_and_mask(layer: Layer, task: Task) -> TaskInputs:
    source = _source(layer, task)
    empty = np.zeros(source["source"].shape[:2], np.uint8)
    return {**source, "mask": empty if layer.mask is None else layer.mask.alpha.to_array()}


def _picture(layer: Layer, task: TransferStyle | PreviewStyles) -> TaskInputs:
    """The photo, with the colours made for the product's edge where only the product shows; and the
    mask, if it has one, on the photo's own pixels."""
    inputs = _source(layer, task)
    scope = task.scope if isinstance(task, TransferStyle) else "all"
    scope_mask(layer, scope)  # refuses what nobody could do before anything is computed
    if layer.mask is None or layer.mask.transform != IDENTITY:
        return inputs
    inputs["mask"] = layer.mask.alpha.to_array()
    if layer.mask.enabled and layer.mask.foreground is not None and scope != "background":
        _lay_over(inputs["source"], layer.mask.foreground)
    return inputs


def _enhanced(layer: Layer, task: Enhance) -> TaskInputs:
    """The photo, and of its mask what has to go along: alpha and the colours of its own."""
    inputs = _source(layer, task)
    mask = layer.mask
    if mask is None or mask.transform != IDENTITY:
        return inputs
    if layer.tiles is not None and mask.alpha.size == layer.tiles.size:
        inputs["mask"] = mask.alpha.to_array()
        if mask.foreground is not None:
            inputs["foreground"] = mask.foreground.to_array()
    return inputs


def _lay_over(picture: NDArray[np.uint8], sparse: Tiles) -> None:
    """Put what there is of `sparse` (premultiplied BGRA) over `picture`, in place."""
    for place, block in sparse.blocks.items():
        part = block_rect(place).intersect(sparse.bounds)
        piece = slices(block.pixels, Rect(0, 0, part.width, part.height))
        target = slices(picture, part)
        there = piece[..., 3] > 0
        kept = (255 - piece[there][:, 3:].astype(np.uint16)) * target[there]
        target[there] = piece[there] + ((kept + 127) // 255).astype(np.uint8)


def _set_mask(result: MaskResult, task: Task, layer_id: str) -> tuple[edits.Edit, edits.Inputs]:
    pixels = {
        "alpha": Tiles.from_array(result.alpha).without_blank(),
        "confidence": Tiles.from_array(result.confidence),
    }
    if result.foreground is not None:
        pixels["foreground"] = Tiles.from_array(result.foreground).without_blank()
    made_by = {**tasks.to_json(task), "networks": result.model}
    return edits.SetMask(layer_id, score=result.score, task=made_by), pixels


def _add_layer(
    result: PixelsResult, task: TransferStyle, layer_id: str
) -> tuple[edits.Edit, edits.Inputs]:
    """A layer of its own: the photo stays what it was."""
    edit = edits.AddMadeLayer(layer_id, task.name, task.scope, _made_by(result, task))
    return edit, {"pixels": Tiles.from_array(result.pixels)}


def _enhance_layer(
    result: PixelsResult, task: Enhance, layer_id: str
) -> tuple[edits.Edit, edits.Inputs]:
    """The layer's pixels are others, and where its mask has pixels, those too."""
    pixels = {"pixels": Tiles.from_array(result.pixels)}
    if result.alpha is not None:
        pixels["alpha"] = Tiles.from_array(result.alpha).without_blank()
    if result.foreground is not None:
        pixels["foreground"] = Tiles.from_array(result.foreground).without_blank()
    return edits.EnhanceLayer(layer_id, task.canvas, _made_by(result, task)), pixels


def _lay_region(
    result: PixelsResult, task: EraseRegion, layer_id: str
) -> tuple[edits.Edit, edits.Inputs]:
    """Only what is covered."""
    assert result.alpha is not None
    rows, columns = (np.flatnonzero(result.alpha.any(axis=axis)) for axis in (1, 0))
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    pixels = {
        "patch": Tiles.from_array(np.ascontiguousarray(result.pixels[part])),
        "share": Tiles.from_array(np.ascontiguousarray(result.alpha[part])),
    }
    return edits.LayPatch(layer_id, int(columns[0]), int(rows[0])), pixels


def _made_by(result: PixelsResult, task: Task) -> dict[str, Any]:
    """What a layer says of how it was made."""
    # Through JSON, so that it equals what comes back from a file: tuples are lists there.
    made_by: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(tasks.to_json(task)))
    made_by["networks"] = result.model
    if result.fidelity is not None:
        made_by["fidelity"] = result.fidelity._asdict()
    return made_by


def _generated(
    result: PixelsResult, task: Generate, layer_id: str
) -> tuple[edits.Edit, edits.Inputs]:
    pixels = {"pixels": Tiles.from_array(result.pixels)}
    made_by = _made_by(result, task)
    if task.base is not None:
        return edits.AddMadeLayer(layer_id, task.name, task=made_by), pixels
    if result.alpha is not None:
        pixels["alpha"] = Tiles.from_array(result.alpha).without_blank()
    if result.foreground is not None:
        pixels["foreground"] = Tiles.from_array(result.foreground).without_blank()
    instead = layer_id if task.again else ""
    return edits.AddGeneratedLayer(task.name, instead_of=instead, task=made_by), pixels


def _place_pixels(
    result: PixelsResult, task: Task, layer_id: str
) -> tuple[edits.Edit, edits.Inputs]:
    return _PIXELS[type(task)](result, task, layer_id)


_INPUTS: Mapping[type, Callable[[Layer, Any], TaskInputs]] = {
    RemoveBackground: _source,
    SelectObject: _source_and_mask,
    TransferStyle: _picture,
    PreviewStyles: _picture,
    Enhance: _enhanced,
    EraseObject: _source,
    EraseRegion: _source,
    FindText: _source,
    Invert: _enhanced,
    Generate: _source,
}
_EDITS: Mapping[type, Callable[[Any, Any, str], tuple[edits.Edit, edits.Inputs]]] = {
    MaskResult: _set_mask,
    PixelsResult: _place_pixels,
}
_PIXELS: Mapping[type, Callable[[Any, Any, str], tuple[edits.Edit, edits.Inputs]]] = {
    TransferStyle: _add_layer,
    Enhance: _enhance_layer,
    EraseRegion: _lay_region,
    Generate: _generated,
}
"""What becomes of new pixels is a matter of the Task."""
