# SPDX-License-Identifier: Apache-2.0
"""Lengths as people read them: pixels, centimetres, inches."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prodedit.editing.aids import Unit

UNTOLD = 72.0
"""Pixels per inch of a picture that does not tell its own."""
_OF_AN_INCH: Mapping[Unit, float] = MappingProxyType({"cm": 2.54, "in": 1.0})
_DECIMALS: Mapping[Unit, int] = MappingProxyType({"px": 1, "cm": 2, "in": 3})


def pixels_per(unit: Unit, resolution: float) -> float:
    """Pixels of the picture in one `unit`; `resolution`: pixels per inch, 0 when not told."""
    if unit == "px":
        return 1.0
    return (resolution if resolution > 0 else UNTOLD) / _OF_AN_INCH[unit]


def length_text(pixels: float, unit: Unit, resolution: float) -> str:
    """ "120 px", "4.23 cm": without zeros at the end."""
    value = round(pixels / pixels_per(unit, resolution), _DECIMALS[unit])
    return f"{value + 0.0:.{_DECIMALS[unit]}f}".rstrip("0").rstrip(".") + f" {unit}"
