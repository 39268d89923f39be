# SPDX-License-Identifier: Apache-2.0
"""How far round a pixel an adjustment looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, log2
from types import MappingProxyType
from typing import Any

from prodedit.core.adjust.values import Adjustment, Blur, Denoise, Sharpen

DENOISE_REACH = 12
WIDE = 8.0
"""From this sigma on, in pixels, a blur is made of a smaller picture."""
_SIGMAS = 3


def reach(adjustment: Adjustment) -> int:
    """Pixels; 0 where a new pixel depends on itself alone (and perhaps on where it lies)."""
    return _REACH.get(type(adjustment), lambda _: 0)(adjustment)


def shrinking(sigma: float) -> int:
    """By how much a picture is made smaller for a blur: a power of two that leaves a sigma of four
    pixels at least."""
    return 1 if sigma < WIDE else 2 ** int(log2(sigma / 4))


def blur_reach(sigma: float) -> int:
    """Pixels; what a smaller picture mixes on the way down and up is added."""
    return ceil(_SIGMAS * max(sigma, 0.0)) + 1 + 3 * (shrinking(sigma) - 1)


_REACH: Mapping[type, Callable[[Any], int]] = MappingProxyType(
    {
        Blur: lambda blur: blur_reach(blur.radius),
        Sharpen: lambda sharpen: blur_reach(sharpen.radius),
        Denoise: lambda denoise: DENOISE_REACH,
    }
)
