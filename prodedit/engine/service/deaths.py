# SPDX-License-Identifier: Apache-2.0
"""Whether it was for want of memory that something failed, or that the engine process died: by what
the system counts, by how the process ended, and by what was said."""

from __future__ import annotations

import signal
from pathlib import Path

_WORDS = (
    "out of memory",
    "outofmemory",
    "memoryerror",
    "bad_alloc",
    "can't allocate memory",
    "cannot allocate memory",
    "failed to allocate",
    "memory allocation",
    "failed to map segment",  # a library that found no room
    "can't start new thread",  # no memory for its stack
    "thread creation failed",
    "paging file is too small",
)
"""As Python, C++, torch, ONNX Runtime, OpenMP, OpenBLAS and the loaders of systems say it."""
_STATUSES = frozenset({0xC0000017, 0xC00000A1, 0xC000012D})
"""Of Windows: STATUS_NO_MEMORY, STATUS_WORKING_SET_QUOTA, STATUS_COMMITMENT_LIMIT."""
_KILLED = -getattr(signal, "SIGKILL", 9)


def speaks_of_memory(text: str) -> bool:
    """An error's words, or the last ones of a process."""
    said = text.lower()
    return any(words in said for words in _WORDS)


def kills(counters: Path = Path("/proc/vmstat")) -> int:
    """So many processes the system has killed for memory since it started, also those of a group
    with a limit of its own; 0 where it does not tell (Linux 4.13 does)."""
    try:
        lines = counters.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))
    except (OSError, ValueError, StopIteration):
        return 0


def died_of_memory(status: int, last_words: str, killed_since: int) -> bool:
    """Of a process; killed_since: what `kills` has counted more since it was started."""
    if status == _KILLED:
        return killed_since > 0
    return status in _STATUSES or (status != 0 and speaks_of_memory(last_words))
