# SPDX-License-Identifier: Apache-2.0
"""Runs one task: finds its function, watches over memory, and refuses a result that is none."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from prodedit.core import heap
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.generating import Drag, Generate, Invert, Mix, Morph, Sample, Shift, Vary
from prodedit.engine.results import (
    DoneResult,
    FeaturesResult,
    LatentsResult,
    MaskResult,
    PicturesResult,
    PixelsResult,
    Result,
    TextResult,
)
from prodedit.engine.service import problems
from prodedit.engine.service.deaths import speaks_of_memory
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

Inputs = Mapping[str, NDArray[np.uint8]]
Function = Callable[[Any, Inputs, Context], Result]

FAMILIES: dict[type[Task], str] = {
    RemoveBackground: "prodedit.engine.families.background:remove_background",
    SelectObject: "prodedit.engine.families.background:select_object",
    TransferStyle: "prodedit.engine.families.style:transfer_style",
    PreviewStyles: "prodedit.engine.families.style:preview_styles",
    Enhance: "prodedit.engine.families.enhance:enhance",
    EraseObject: "prodedit.engine.families.erase:erase_object",
    EraseRegion: "prodedit.engine.families.erase:erase_region",
    FindText: "prodedit.engine.families.text_regions:find_text",
    DescribePictures: "prodedit.engine.families.describing:describe_pictures",
    GetModel: "prodedit.engine.families.models:get_model",
    TryDevice: "prodedit.engine.families.trying:try_device",
    Sample: "prodedit.engine.families.generate:sample",
    Vary: "prodedit.engine.families.generate:vary",
    Morph: "prodedit.engine.families.generate:morph",
    Mix: "prodedit.engine.families.generate:mix",
    Shift: "prodedit.engine.families.generate:shift",
    Drag: "prodedit.engine.families.generate:drag",
    Invert: "prodedit.engine.families.generate:invert",
    Generate: "prodedit.engine.families.generate:generate",
}
"""Task type -> "module:function", imported when first needed."""

_AGAIN = QT_TRANSLATE_NOOP("Progress", "Trying again with less memory")
_DEVICE_LOST = (
    "acceleratorerror",
    "unspecified launch failure",
    "device-side assert",
    "device lost",
    "cuda error",
)


class Retryable(Context, Protocol):
    """A context that can be had once more for the processor alone."""

    def on_cpu(self) -> Context:
        """The same job's context, with the processor as its device."""

    def release(self) -> None:
        """Give back the memory of loaded networks."""


class DeviceLostError(Exception):
    """The graphics card answers no more in this process; only a new process helps."""


def run(
    task: Task,
    inputs: Inputs,
    context: Retryable,
    families: Mapping[type[Task], str | Function] = FAMILIES,
) -> Result:
    """The checked result of `task`.

    Where memory runs out, what is cached is freed and the task is tried once more on the CPU.
    Raises Problem, Cancelled, or DeviceLostError.
    """
    function = find_function(type(task), families)
    result = _with_second_try(function, task, inputs, context)
    check_result(result, inputs)
    return result


def find_function(kind: type[Task], families: Mapping[type[Task], str | Function]) -> Function:
    """The function that does tasks of this type. Raises Problem where there is none."""
    entry = families.get(kind)
    if callable(entry):
        return entry
    if entry is None:
        raise problems.unknown_task(kind.__name__)
    module, _, name = entry.partition(":")
    return cast(Function, getattr(importlib.import_module(module), name))


def _with_second_try(function: Function, task: Task, inputs: Inputs, context: Retryable) -> Result:
    try:
        return function(task, inputs, context)
    except Exception as error:
        if is_device_lost(error):
            raise DeviceLostError(str(error)) from None
        if not is_out_of_memory(error):
            raise
    # Outside the except clause: the traceback held the arrays that filled the memory.
    context.release()
    free_caches()
    context.report(0.0, _AGAIN)
    try:
        return function(task, inputs, context.on_cpu())
    except Exception as error:
        if not is_out_of_memory(error):
            raise
    context.release()
    free_caches()
    raise problems.no_memory()


def is_out_of_memory(error: BaseException) -> bool:
    """Python, torch (CPU and GPU) and ONNX Runtime each say it in their own way."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    if isinstance(error, Problem):
        return error.code == "no-memory"
    return speaks_of_memory(str(error))


def is_device_lost(error: BaseException) -> bool:
    """A failed GPU fails every later call in its process (pytorch issue 27837)."""
    if isinstance(error, Problem) or is_out_of_memory(error):
        return False
    said = f"{type(error).__name__} {error}".lower()
    return any(words in said for words in _DEVICE_LOST)


def free_caches() -> None:
    """Give back what nobody uses: Python's garbage, the allocator's and torch's cached blocks."""
    gc.collect()
    heap.give_back()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()


def check_result(result: Result, inputs: Inputs) -> None:
    """Raises Problem where the result is of no known type, or its values can't be right."""
    check = CHECKS.get(type(result))
    if check is None:
        raise problems.bad_output(f"a {type(result).__name__} came back")
    check(result, inputs)


def _check_mask(result: MaskResult, inputs: Inputs) -> None:
    size = inputs["source"].shape[:2] if "source" in inputs else result.alpha.shape[:2]
    _check_array("alpha", result.alpha, size)
    _check_array("confidence", result.confidence, size)
    if result.foreground is not None:
        _check_array("foreground", result.foreground, (*size, 4))
    if not 0.0 <= result.score <= 1.0:
        raise problems.bad_output(f"the score is {result.score}")
    if result.alpha.min() == result.alpha.max():
        raise problems.nothing_found(int(result.alpha.min()))


def _check_pixels(result: PixelsResult, inputs: Inputs) -> None:
    del inputs  # the task may want another size than the source's
    _check_array("pixels", result.pixels, (*np.shape(result.pixels)[:2], 4))
    _check_filled(result.pixels)
    if result.alpha is not None:
        _check_array("alpha", result.alpha, result.pixels.shape[:2])
    if result.foreground is not None:
        _check_array("foreground", result.foreground, result.pixels.shape)


def _check_text(result: TextResult, inputs: Inputs) -> None:
    _check_array("share", result.share, inputs["source"].shape[:2])


def _check_features(result: FeaturesResult, inputs: Inputs) -> None:
    found, count = result.features, len(inputs["pictures"])
    if found.ndim != 2 or len(found) != count or found.dtype != np.float16:
        raise problems.bad_output(f"features of {found.shape} {found.dtype} for {count} pictures")
    if not np.isfinite(found).all() or (count > 1 and not found.any()):
        raise problems.bad_output("its features are no numbers, or nothing")


def _check_pictures(result: PicturesResult, inputs: Inputs) -> None:
    del inputs
    _check_array("pictures", result.pictures, (*np.shape(result.pictures)[:3], 4))
    _check_filled(result.pictures)


def _check_latents(result: LatentsResult, inputs: Inputs) -> None:
    del inputs
    count = len(result.labels)
    _check_array("pictures", result.pictures, (count, *np.shape(result.pictures)[1:3], 4))
    _check_filled(result.pictures)
    if len(result.latents) != count or not np.isfinite(result.latents).all():
        raise problems.bad_output("its latents are no numbers, or not as many")


def _check_filled(pixels: NDArray[np.uint8]) -> None:
    if not pixels.size:
        raise problems.bad_output("there are no pixels")


def _check_array(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> None:
    if np.shape(array) != tuple(shape):
        raise problems.bad_output(f"{name} has the shape {np.shape(array)}, not {tuple(shape)}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise problems.bad_output(f"{name} holds values that are no numbers")
    if array.dtype != np.uint8:
        raise problems.bad_output(f"{name} is of {array.dtype}, not uint8")


CHECKS: dict[type[Any], Callable[[Any, Inputs], None]] = {
    MaskResult: _check_mask,
    PixelsResult: _check_pixels,
    PicturesResult: _check_pictures,
    LatentsResult: _check_latents,
    TextResult: _check_text,
    FeaturesResult: _check_features,
    DoneResult: lambda result, inputs: None,
}
"""Result type -> what must hold for it."""
