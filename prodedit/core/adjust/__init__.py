# SPDX-License-Identifier: Apache-2.0
"""Adjustments: values, and the maths that makes new colours of old ones.

`adjusted` does one, `fused` a row of them; `exactly` and `nearly` either. What they need of numpy
and OpenCV is loaded by the first call: the values alone are wanted before the window's first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodedit.core.adjust.values import Adjustment
    from prodedit.core.geometry import Rect, Size
    from prodedit.core.tiles import Pixels

    Fused = Callable[[Pixels, Rect, Size], Pixels]
    Change = Callable[[Sequence[Adjustment], Pixels, Rect, Size], Pixels]


def adjusted(pixels: Pixels, adjustment: Adjustment, area: Rect, canvas: Size) -> Pixels:
    """The pixels of `area` of a canvas with their colours changed.

    pixels: (h, w, 4) uint8 premultiplied BGRA, h and w those of `area`; never written to. Returned
    is an array of the same shape, or `pixels` itself where nothing changes. What is made of a
    pixel does not depend on the rectangle it was asked in, save within `reach(adjustment)` of an
    edge of `area` inside of the canvas; beyond the canvas its outermost pixels go on.
    Alpha stays as it is, but for Blur. Raises ValueError where the shape is another.
    """
    from prodedit.core.adjust.apply import adjusted as apply

    return apply(pixels, adjustment, area, canvas)


def fused(adjustments: Sequence[Adjustment]) -> Fused:
    """All of `adjustments`, lowest first, as one function of (pixels, area, canvas): reckoned in
    float and rounded once. Raises ValueError where one looks round a pixel (`reach` > 0)."""
    from prodedit.core.adjust.apply import fused as fuse

    return fuse(tuple(adjustments))


def exactly(adjustments: Sequence[Adjustment], pixels: Pixels, area: Rect, canvas: Size) -> Pixels:
    """One adjustment, or a row of them that look at each pixel alone."""
    if len(adjustments) == 1:
        return adjusted(pixels, adjustments[0], area, canvas)
    return fused(adjustments)(pixels, area, canvas)


def nearly(adjustments: Sequence[Adjustment], pixels: Pixels, area: Rect, canvas: Size) -> Pixels:
    """The same, off by a level or two, where that is faster: for what is seen for a moment."""
    from prodedit.core.adjust.near import near

    table = near(tuple(adjustments))
    if table is None or area.is_empty:
        return exactly(adjustments, pixels, area, canvas)
    return table.run(pixels)
