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
from prodedit.core.adjust.point import STRIP, Point, program
from prodedit.core.adjust.reach import reach
from prodedit.core.adjust.values import Adjustment, Blur, Denoise, Sharpen
from prodedit.core.geometry import Rect, Size
from prodedit.core.tiles import Pixels, slices

Around = Callable[[Pixels, Any, Rect, Size], Pixels]


def adjusted(pixels: Pixels, adjustment: Adjustment, area: Rect, canvas: Size) -> Pixels:
    """See the package."""
    _check(pixels, area)
    if area.is_empty:
        return pixels
    around = _AROUND.get(type(adjustment))
    if around is not None:
        return _in_strips(around, pixels, adjustment, area, canvas)
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


def _in_strips(
    around: Around, pixels: Pixels, adjustment: Adjustment, area: Rect, canvas: Size
) -> Pixels:
    """A few rows at a time, with what they need above and below, so that floats stay in the
    cache. Whatever the strips, the same comes out."""
    margin = reach(adjustment)
    height = max(STRIP // area.width, 4 * margin, 1)
    if area.height <= height + 2 * margin or isinstance(adjustment, Blur):
        return around(pixels, adjustment, area, canvas)
    result = np.empty(pixels.shape, np.uint8)
    for top in range(0, area.height, height):
        rows = Rect(0, top, area.width, min(height, area.height - top))
        wide = rows.inflate(margin).intersect(Rect(0, 0, *area.size))
        part = slices(pixels, wide)
        new = around(part, adjustment, wide.translate(area.x, area.y), canvas)
        slices(result, rows)[...] = new[top - wide.y : top - wide.y + rows.height]
    return result


@lru_cache(maxsize=12)
def _program(adjustments: tuple[Adjustment, ...]) -> Point:
    """Tables take as long to make as a block or two of pixels to change; those of a photo filter or
    a gradient are 786 kB."""
    return program(adjustments)


def _check(pixels: Pixels, area: Rect) -> None:
    if pixels.dtype != np.uint8 or pixels.shape != (area.height, area.width, 4):
        raise ValueError(f"expected uint8 of {area.size} x 4, got {pixels.dtype} {pixels.shape}")


_AROUND: Mapping[type, Around] = MappingProxyType({Blur: blur, Sharpen: sharpen, Denoise: denoise})
