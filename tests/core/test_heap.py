# SPDX-License-Identifier: Apache-2.0
"""Freed memory is kept while there is work, and given back when nothing waits."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mallopt is glibc's")

_PROGRAM = """
import sys, numpy as np
from prodedit.core import heap
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 >> 20
habit, each, count = getattr(heap, sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
heap.keep(habit)
before = resident()
blocks = [np.ones(each << 17, np.float64) for _ in range(count)]
full = resident()
del blocks
kept = resident()
heap.give_back()
print(before, full, kept, resident())
"""


_THREADS = """
import ctypes, threading
from prodedit.core import heap
heap.keep(heap.PREVIEWS)
libc, all_there = ctypes.CDLL(None), threading.Barrier(12)
libc.fopen.restype = ctypes.c_void_p
def ask():
    libc.malloc(1000)
    all_there.wait(60)
threads = [threading.Thread(target=ask) for _ in range(12)]
[one.start() for one in threads]
[one.join() for one in threads]
told = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, told)
libc.fclose(told)
"""


def test_threads_of_the_window_share_few_heaps() -> None:
    command = [sys.executable, "-c", _THREADS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.count("<heap nr=") == 2


def _resident(habit: str, megabytes: int, count: int) -> list[int]:
    """Megabytes above those at the start: with the blocks, when they are freed, given back."""
    command = [sys.executable, "-c", _PROGRAM, habit, str(megabytes), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    before, *after = map(int, done.stdout.split())
    return [amount - before for amount in after]


@pytest.mark.parametrize("habit", ["NETWORKS", "PREVIEWS"])
def test_what_is_freed_stays_until_it_is_given_back(habit: str) -> None:
    full, kept, given = _resident(habit, 8, 16)
    assert full > 100
    assert kept > 100, "the next layer of a network, or movement of a slider, finds it there"
    assert given < 30


def test_a_picture_that_the_window_closes_goes_at_once() -> None:
    full, kept, _ = _resident("PREVIEWS", 96, 2)
    assert full > 180
    assert kept < 30
