# SPDX-License-Identifier: Apache-2.0
"""How this process asks the system for memory.

glibc takes every large block from the system and gives it back when it is freed, so each layer of a
network pays for fresh pages: measured with style transfer at 512 x 512, a layer's additions took
45 ms so, and 3 ms in memory that was kept. `give_back` returns what is kept (mallopt(3)).
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4
"""Options of mallopt, from glibc's malloc.h."""
_NEVER = -1
_AHEAD = 64 << 20


def keep() -> None:
    """From now on, freed blocks stay in this process until `give_back`. Nothing where the C library
    is another one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            for option, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _AHEAD)):
                mallopt(option, value)


def give_back() -> None:
    """Return to the system what nobody uses."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
