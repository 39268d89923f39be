# SPDX-License-Identifier: Apache-2.0
"""Does the device of this process work, with all that networks run on?"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.results import DoneResult
from prodedit.engine.service.device import best_device, try_torch
from prodedit.engine.tasks import TryDevice

_RUNTIMES = ("cv2", "onnxruntime", "PIL.Image", "safetensors.torch", "torch")


def try_device(
    task: TryDevice, inputs: Mapping[str, NDArray[np.uint8]], context: Context
) -> DoneResult:
    """All runtimes load, and torch computes on the device. Raises Problem."""
    del inputs
    for done, name in enumerate(_RUNTIMES):
        context.report(done / (len(_RUNTIMES) + 1), "")
        try:
            importlib.import_module(name)
        except Exception as error:
            raise _not_loaded(name, f"{type(error).__name__}: {error}") from error
    try_torch(best_device(task.kind, {}).torch_name)
    return DoneResult()


def _not_loaded(name: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The library {name} can't be loaded."),
        code="library-not-loaded",
        name=name.partition(".")[0],
        details=details,
    )
