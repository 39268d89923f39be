# SPDX-License-Identifier: Apache-2.0
"""How fast this processor could multiply and add, and how near to that a network comes."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import process_time

import torch


def distance(gflop: float, of_processor: float, threads: int) -> str:
    """A note: work in 10^9 multiplications and additions, done in so many seconds of a processor's
    time, all threads together, against both limits of one thread."""
    rate = gflop / of_processor
    units, reached = nominal(threads) / threads, product(1)
    return (
        f"{rate:.0f} GFLOP/s for each thread: {rate / units:.0%} of {units:.0f} (units times "
        f"clock), {rate / reached:.0%} of {reached:.0f} (matrix product)"
    )


def nominal(threads: int) -> float:
    """GFLOP/s: two fused multiply-adds a cycle over 8 floats (AVX2), over 16 with AVX-512."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    flags = next(line for line in lines if line.startswith("flags"))
    clock = median(float(line.split(":")[1]) for line in lines if line.startswith("cpu MHz"))
    return threads * (64 if " avx512f" in flags else 32) * clock / 1e3


def product(threads: int) -> float:
    """GFLOP/s of a 1024² product by torch's library, the best of five; by the processor's time, so
    that what else a busy machine does is left out."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    times = []
    for _ in range(5):
        start = process_time()
        a @ b
        times.append((process_time() - start) / threads)
    torch.set_num_threads(before)
    return 2 * 1024**3 / min(times) / 1e9
