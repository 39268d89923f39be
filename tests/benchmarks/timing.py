# SPDX-License-Identifier: Apache-2.0
"""Ours and a peer timed in turn, in one process, so that a noisy machine is noisy for both.

A benchmark module has `rows() -> list[dict]`, made of `paired(...).row(...)`, and prints
`table(rows())` when it is run.
"""

from __future__ import annotations

import gc
import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from prodedit.core import heap

Call = Callable[[], object]


@dataclass(frozen=True)
class Paired:
    """Seconds of each call, in the order in which they were measured."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]
    ours_processor: tuple[float, ...] = ()
    peer_processor: tuple[float, ...] = ()
    """Of the processor, in all threads: what a busy machine changes least."""

    @property
    def ratio(self) -> float:
        """How many times as fast ours is: the median over the pairs; above 1 ours is faster."""
        return median(b / a for a, b in zip(self.ours, self.peer, strict=True))

    @property
    def processor_ratio(self) -> float:
        """The same of the processor's time."""
        pairs = zip(self.ours_processor, self.peer_processor, strict=True)
        return median(b / a for a, b in pairs)

    def row(self, name: str, peer: str, target: float | None = None, **more: Any) -> dict[str, Any]:
        """For the table and for JSON; `target` is the ratio to reach."""
        numbers = {
            "ours_ms": median(self.ours) * 1e3,
            "ours_p95_ms": quantile(self.ours, 0.95) * 1e3,
            "peer_ms": median(self.peer) * 1e3,
            "ratio": self.ratio,
        }
        reached = None if target is None else self.ratio >= target
        return {"name": name, "peer": peer, **numbers, "target": target, "reached": reached, **more}


def paired(ours: Call, peer: Call, pairs: int = 5, warm: int = 1) -> Paired:
    """Time both `pairs` times: ours, peer, peer, ours, ...; before that `warm` calls of each."""
    for call in (ours, peer) * warm:
        call()
    times: dict[Call, list[float]] = {ours: [], peer: []}
    processor: dict[Call, list[float]] = {ours: [], peer: []}
    for pair in range(pairs):
        for call in (ours, peer) if pair % 2 == 0 else (peer, ours):
            start = process_time()
            times[call].append(seconds(call))
            processor[call].append(process_time() - start)
    of = [tuple(found[call]) for found in (times, processor) for call in (ours, peer)]
    return Paired(*of)


def seconds(call: Call) -> float:
    gc.collect()
    gc.disable()
    try:
        start = perf_counter()
        call()
        return perf_counter() - start
    finally:
        gc.enable()


def peak(call: Call) -> int:
    """Bytes that this process holds at most during `call`, above those before it (Linux)."""
    heap.give_back()
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak that was
    before = resident()
    call()
    return _status("VmHWM:") - before


def quantile(values: Iterable[float], share: float) -> float:
    """The smallest value that is at least as large as `share` of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def resident() -> int:
    """Bytes of this process in memory."""
    return _status("VmRSS:")


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise OSError("this system does not say how much memory a process holds")


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = f"{names[0].split(':')[1].strip()} x {len(names)}" if names else cpu
    return {"cpu": cpu, "system": platform.platform(), "python": platform.python_version()}


def table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{'what':<46} {'peer':<12} {'ours':>9} {'peer':>9} {'ratio':>7} {'target':>7}"]
    for row in rows:
        cells = [_number(row.get(key)) for key in ("ours_ms", "peer_ms", "ratio", "target")]
        ours, peer, ratio, target = cells
        verdict = {True: "reached", False: "MISSED", None: ""}[row.get("reached")]
        lines.append(
            f"{row['name']:<46} {row['peer']:<12} {ours:>9} {peer:>9} {ratio:>7} {target:>7}"
            f" {verdict} {row.get('note', '')}".rstrip()
        )
    return "\n".join(lines)


def as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps({"machine": machine(), "rows": rows}, indent=1)


def raw(result: Paired) -> dict[str, Any]:
    """All the times, for a row's `**more` where they shall be kept."""
    return asdict(result)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"
