# SPDX-License-Identifier: Apache-2.0
"""Something painted over goes, and what could have been behind it comes in its place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from prodedit.core.pixels import premultiply, straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.families.patch_fill import filled, is_plain, smoothly_filled
from prodedit.engine.families.shares import part
from prodedit.engine.results import PicturesResult
from prodedit.engine.tasks import EraseObject

Bytes = NDArray[np.uint8]

_SMOOTH = 1
"""The variant that is spanned smoothly, where what lies round the hole is a plain backdrop."""
_THERE = 128
"""Alpha from which on a pixel may be taken elsewhere."""


def erase_object(
    task: EraseObject, inputs: Mapping[str, Bytes], context: Context
) -> PicturesResult:
    """inputs: see the Task. Raises Problem where nothing is left to look at, and Cancelled."""
    source, hole = inputs["source"], inputs["erase"] > 0
    rgba = straight_rgba(source)
    avoid = rgba[..., 3] < _THERE
    if (hole | avoid).all():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "All of the layer is painted over, so nothing tells what could be there. Paint "
                "over less.",
            ),
            code="nothing-left",
        )
    colours = np.ascontiguousarray(rgba[..., :3])
    plain, made = is_plain(colours, hole), []
    for number in range(task.variants):
        report = part(context, number / task.variants, (number + 1) / task.variants)
        seed = 1000 * task.seed + number
        if plain and number == _SMOOTH:
            new = smoothly_filled(colours, hole, seed, report)
        else:
            new = filled(colours, hole, seed, report, avoid if avoid.any() else None)
        made.append(premultiply(np.dstack([new, rgba[..., 3]])))
    return PicturesResult(np.stack(made))
