# SPDX-License-Identifier: Apache-2.0
"""What the networks run on: the one place that asks for a GPU.

torch takes seconds to import, so it is asked only where a GPU may be there at all; the choice of
the processor never imports it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.gpu.cards import torch_knows_cards

Kind = Literal["cpu", "cuda", "mps"]
SETTINGS = ("auto", "cpu", "cuda", "mps")
DEVICE_VARIABLE = "PRODEDIT_DEVICE"
"""auto, cpu, cuda, cuda:1, mps; wins over the setting."""
THREADS_VARIABLE = "PRODEDIT_THREADS"


@dataclass(frozen=True)
class Device:
    """Where networks run. `threads` is what the processor's part of the work may use."""

    kind: Kind
    index: int
    name: str
    threads: int
    reason: str = ""
    """Why this one, for the log and the "About" page."""

    @property
    def torch_name(self) -> str:
        """As torch calls it: "cpu", "cuda:0", "mps"."""
        return f"cuda:{self.index}" if self.kind == "cuda" else self.kind


def cpu_device(environ: Mapping[str, str] = os.environ, reason: str = "") -> Device:
    """The processor, with as many threads as this process may use."""
    return Device("cpu", 0, "CPU", thread_count(environ), reason)


def best_device(setting: str = "auto", environ: Mapping[str, str] = os.environ) -> Device:
    """The device that the person wants, or with "auto" the fastest one that works.

    Raises Problem where a device that was asked for by name is not there or fails its test.
    """
    wanted = (environ.get(DEVICE_VARIABLE) or setting).strip().lower()
    kind, _, index = wanted.partition(":")
    if kind not in SETTINGS or (index and not (kind == "cuda" and index.isdigit())):
        raise _unknown(wanted)
    if kind == "auto":
        return _automatic(environ)
    return _CHOICES[kind](int(index or 0), environ)


def thread_count(environ: Mapping[str, str] = os.environ) -> int:
    """Threads for networks: the variable, else the processors that this process may use."""
    said = environ.get(THREADS_VARIABLE, "").strip()
    if said:
        if not said.isdigit() or not 1 <= int(said) <= 1024:
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "{name} has to be a number from 1, not {value}."),
                code="bad-thread-count",
                name=THREADS_VARIABLE,
                value=repr(said),
            )
        return int(said)
    return max(1, min(_allowed_processors(), _container_share()))


def _automatic(environ: Mapping[str, str]) -> Device:
    for kind, plausible in _PLAUSIBLE.items():
        if plausible():
            try:
                return _CHOICES[kind](0, environ)
            except Problem as problem:
                return cpu_device(environ, f"{kind} did not work: {problem.details}")
    return cpu_device(environ, "no GPU that this installation could use")


def _cpu(index: int, environ: Mapping[str, str]) -> Device:
    del index
    return cpu_device(environ, "chosen by the person")


def _cuda(index: int, environ: Mapping[str, str]) -> Device:
    try_torch(f"cuda:{index}")
    import torch

    name = torch.cuda.get_device_name(index)
    return Device("cuda", index, name, thread_count(environ), "passed its test")


def _mps(index: int, environ: Mapping[str, str]) -> Device:
    try_torch("mps")
    return Device("mps", index, "Apple GPU", thread_count(environ), "passed its test")


def try_torch(torch_name: str) -> None:
    """One convolution whose answer is known: drivers fail at the first kernel, not at the query."""
    try:
        import torch

        device = torch.device(torch_name)
        ones = torch.ones(1, 1, 4, 4, device=device)
        answer = torch.nn.functional.conv2d(ones, torch.ones(1, 1, 3, 3, device=device))
        works = answer.tolist() == [[[[9.0, 9.0], [9.0, 9.0]]]]
    except Exception as error:
        raise _not_working(torch_name, f"{type(error).__name__}: {error}") from error
    if not works:
        raise _not_working(torch_name, f"wrong answer {answer.tolist()}")


_CHOICES: Mapping[str, Callable[[int, Mapping[str, str]], Device]] = {
    "cpu": _cpu,
    "cuda": _cuda,
    "mps": _mps,
}


def _cuda_is_plausible() -> bool:
    """A driver and a torch that was built for it, seen without importing torch."""
    driver = (
        Path("/dev/nvidiactl").exists() or Path("/dev/kfd").exists() or Path("/dev/dxg").exists()
    )
    if sys.platform == "win32":
        driver = (
            Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32/nvcuda.dll"
        ).exists()
    return driver and torch_knows_cards()


def _mps_is_plausible() -> bool:
    return sys.platform == "darwin" and os.uname().machine == "arm64"


_PLAUSIBLE: Mapping[str, Callable[[], bool]] = {
    "cuda": _cuda_is_plausible,
    "mps": _mps_is_plausible,
}


def _allowed_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _container_share(limit: Path = Path("/sys/fs/cgroup/cpu.max")) -> int:
    """Processors that the container may use at once (Linux control groups, version 2)."""
    try:
        quota, period = limit.read_text(encoding="ascii").split()
        return max(1, round(int(quota) / int(period)))
    except (OSError, ValueError):
        return 1 << 16


def _unknown(wanted: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is no device called {name}. Choose one of: {choices}."),
        code="unknown-device",
        name=repr(wanted),
        choices=", ".join(SETTINGS),
    )


def _not_working(name: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The device {name} does not work here. Choose “auto” or “cpu” instead."
        ),
        code="device-not-working",
        name=name,
        details=details,
    )
