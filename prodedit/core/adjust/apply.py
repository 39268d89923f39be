# SPDX-License-Identifier: Apache-2.0
"""Which maths an adjustment is done with, and a row of them as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from prodedit.core.adjust.area import blur, sharpen
from prodedit.core.adjust.denoise import denoise
from prodedit.core.adjust.point import Point, program
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import Adjustment, Blur, Denoise, Sharpen
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels

Around = Callable[[Pixels, Any, Rect, Size], Pixels]


def adjusted(pixels: Pixels, adjustment: Adjustment, area: Rect, canvas: Size) -> Pixels:
    """See the package."""
    _check(pixels, area)
    if area.is_empty:
        return pixels
    around = _AROUND.get(type(adjustment))
    if around is not None:
        return around(pixels, adjustment, area, canvas)
    return _program((adjustment,)).run(pixels, area, canvas)


def fused(adjustments: tuple[Adjustment, ...]) -> Callable[[Pixels, Rect, Size], Pixels]:
    """See the package."""
    if any(reach(adjustment) for adjustment in adjustments):
        raise ValueError("an adjustment that looks round a pixel needs the rounded ones below it")
    point = _program(adjustments)

    def run(pixels: Pixels, area: Rect, canvas: Size) -> Pixels:
        _check(pixels, area)
        return point.run(pixels, area, canvas)

    return run


@lru_cache(maxsize=32)
def _program(adjustments: tuple[Adjustment, ...]) -> Point:
    """Tables take as long to make as a block or two of pixels to change."""
    return program(adjustments)


def _check(pixels: Pixels, area: Rect) -> None:
    if pixels.dtype != np.uint8 or pixels.shape != (area.height, area.width, 4):
        raise ValueError(f"expected uint8 of {area.size} x 4, got {pixels.dtype} {pixels.shape}")


_AROUND: Mapping[type, Around] = MappingProxyType({Blur: blur, Sharpen: sharpen, Denoise: denoise})
