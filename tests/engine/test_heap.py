# SPDX-License-Identifier: Apache-2.0
"""The engine keeps freed memory while it works, and gives it back when nothing waits."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mallopt is glibc's")

_PROGRAM = """
import ctypes, numpy as np
from prodedit.engine.service import heap
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 >> 20
heap.keep()
before = resident()
blocks = [np.ones((1 << 20,), np.float64) for _ in range(16)]  # 128 MB
full = resident()
del blocks
kept = resident()
heap.give_back()
print(before, full, kept, resident())
"""


def test_what_is_freed_stays_until_it_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=120
    )
    before, full, kept, given = map(int, done.stdout.split())
    assert full > before + 100
    assert kept > before + 100, "the next layer of a network finds its memory there"
    assert given < before + 30
