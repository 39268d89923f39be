# SPDX-License-Identifier: Apache-2.0
"""Where a ruler has its ticks: pure numbers."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import NamedTuple

LABEL_ROOM = 64.0
"""Widget units from one number to the next, at least."""
TICK_ROOM = 5.0
"""Widget units from one tick to the next, at least."""
_PARTS = {1: (10, 5, 2), 2: (4, 2), 5: (5,)}
"""Into how many parts a step of 1, 2 or 5 is divided, finest first."""


class Tick(NamedTuple):
    """`at`: widget units along the ruler. `text`: "" for all but the long ones."""

    at: float
    text: str
    is_half: bool = False


def ticks(start: float, end: float, length: float, whole: bool) -> list[Tick]:
    """Of a ruler `length` widget units long that shows from `start` to `end`, in its own unit;
    `start` may be the larger. `whole`: there is nothing between two whole numbers (pixels)."""
    if length <= 0 or start == end:
        return []
    per = length / abs(end - start)
    step, digit = _step(LABEL_ROOM / per, whole)
    parts = _parts(step, digit, per, whole)
    fine = step / parts
    low, high = sorted((start, end))
    found = []
    for number in range(floor(low / fine), ceil(high / fine) + 1):
        at = (number * fine - start) / (end - start) * length
        text = f"{round(number * fine, 6) + 0.0:.10g}" if number % parts == 0 else ""
        found.append(Tick(at, text, 2 * (number % parts) == parts))
    return found


def _step(least: float, whole: bool) -> tuple[float, int]:
    """(1, 2 or 5 times a power of ten that is not below `least`, its first digit)."""
    power = floor(log10(least) + 1e-9)
    if whole and power < 0:
        return 1.0, 1
    for digit in (1, 2, 5):
        if digit * 10.0**power >= least * (1 - 1e-9):
            return digit * 10.0**power, digit
    return 10.0 ** (power + 1), 1


def _parts(step: float, digit: int, per: float, whole: bool) -> int:
    for parts in _PARTS[digit]:
        fits = step / parts * per >= TICK_ROOM
        if fits and (not whole or (step / parts) % 1 == 0):
            return parts
    return 1
