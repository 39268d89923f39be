# SPDX-License-Identifier: Apache-2.0
"""How far round a pixel an adjustment looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from types import MappingProxyType
from typing import Any

from prodedit.core.adjust.values import Adjustment, Blur, Denoise, Sharpen

DENOISE_REACH = 12
_SIGMAS = 3


def reach(adjustment: Adjustment) -> int:
    """Pixels; 0 where a new pixel depends on itself alone (and perhaps on where it lies)."""
    return _REACH.get(type(adjustment), lambda _: 0)(adjustment)


_REACH: Mapping[type, Callable[[Any], int]] = MappingProxyType(
    {
        Blur: lambda blur: ceil(_SIGMAS * blur.radius) + 1,
        Sharpen: lambda sharpen: ceil(_SIGMAS * sharpen.radius) + 1,
        Denoise: lambda denoise: DENOISE_REACH,
    }
)
