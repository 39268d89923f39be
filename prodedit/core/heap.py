# SPDX-License-Identifier: Apache-2.0
"""How this process asks the system for memory.

glibc takes every large block from the system and gives it back when it is freed, so each layer of a
network, and each movement of a slider, pays for fresh pages: measured with style transfer at 512 x
512, a layer's additions took 45 ms so, and 3 ms in memory that was kept. `give_back` returns what
is kept (mallopt(3), malloc_trim(3)). With another C library none of this does anything.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import NamedTuple

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -2, -3, -4, -8
"""Options of mallopt, from glibc's malloc.h."""
_ANY, _NEVER = 65536, -1


class Habit(NamedTuple):
    """largest: bytes of a block that goes back to the system at once when it is freed; at_end: free
    bytes that are kept at the end of the heap (-1: all); ahead: bytes asked for at a time; mapped:
    how many blocks may come straight from the system; heaps: how many the threads share (0: eight
    for each core)."""

    largest: int
    at_end: int
    ahead: int
    mapped: int
    heaps: int


NETWORKS = Habit(32 << 20, _NEVER, 64 << 20, 0, 0)
"""Of the engine, which gives back after each job: no block is too large to be kept."""
PREVIEWS = Habit(32 << 20, 256 << 20, 16 << 20, _ANY, 2)
"""Of the window: what a movement of a slider frees is there for the next one, but a whole picture
that is closed leaves at once. 32 MB are the most that glibc lets one choose. Its threads come and
go, and each that has a heap of its own leaves holes in it: after 2,000 actions by script 30 MB."""


def keep(habit: Habit = NETWORKS) -> None:
    """From now on, freed blocks stay in this process until `give_back`."""
    options = (
        (_MMAP_MAX, habit.mapped),
        (_MMAP_THRESHOLD, habit.largest),
        (_TRIM_THRESHOLD, habit.at_end),
        (_TOP_PAD, habit.ahead),
        (_ARENA_MAX, habit.heaps),
    )
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            for option, value in options:
                mallopt(option, value)


def give_back() -> None:
    """Return to the system what nobody uses."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(ctypes.c_size_t(0))
