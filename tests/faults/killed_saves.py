# SPDX-License-Identifier: Apache-2.0
"""Files that are written by a process that dies meanwhile; a program of its own (see forking.py).

`python -m tests.faults.killed_saves calls|random|limit WRITER FOLDER SECONDS` prints what was found
as JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from prodedit.core.problem import Problem
from prodedit.files.atomic import write_atomic
from prodedit.files.operating_system import OperatingSystem
from tests.faults.disturbed import Disturbed, dying
from tests.faults.forking import ended, forked

OLD = bytes(range(256)) * 40
NEW = bytes(reversed(range(256))) * 8000  # 2 MB: several writes
Save = Callable[[Path, bytes, OperatingSystem], None]
_FULL, _OTHER = 42, 43


def save(path: Path, data: bytes, system: OperatingSystem) -> None:
    write_atomic(path, data, keep_previous=1, system=system)


def save_in_place(path: Path, data: bytes, system: OperatingSystem) -> None:
    """What programs do that lose files: the broken writer that these tests must catch."""
    descriptor = os.open(path, os.O_RDWR | os.O_TRUNC)
    rest = memoryview(data)
    while rest:
        rest = rest[system.write(descriptor, rest) :]
    system.fsync(descriptor)
    system.close(descriptor)


SAVES: Mapping[str, Save] = MappingProxyType({"good": save, "broken": save_in_place})


def calls_of(save_it: Save, folder: Path) -> list[str]:
    """The calls that a save makes, so that each can be struck."""
    counted = Disturbed()
    path = folder / "counted"
    path.write_bytes(OLD)
    save_it(path, NEW, counted)
    return counted.calls


def is_whole(path: Path) -> bool:
    return path.exists() and path.read_bytes() in (OLD, NEW)


def at_every_call(save_it: Save, folder: Path, _seconds: float) -> list[bool]:
    """Whether the file was whole after each of the deaths."""
    outcomes = []
    for at, after in itertools.product(range(len(calls_of(save_it, folder))), (False, True)):
        path = folder / f"{at}-{after}"
        path.write_bytes(OLD)
        system = Disturbed(at, dying, after=after)
        child = forked(lambda path=path, system=system: save_it(path, NEW, system))  # type: ignore[misc]
        assert ended(child) == -signal.SIGKILL
        outcomes.append(is_whole(path))
    return outcomes


def at_random_moments(save_it: Save, folder: Path, seconds: float) -> list[bool]:
    """The same for deaths over the whole span of a save, as many as there is time for."""
    path = folder / "picture"
    path.write_bytes(OLD)
    started = time.perf_counter()
    save_it(path, NEW, OperatingSystem())
    span = time.perf_counter() - started
    chance, outcomes, killed = random.Random(7), list[bool](), 0
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline or killed < 4:
        path.write_bytes(OLD)
        child = forked(lambda: save_it(path, NEW, OperatingSystem()))
        time.sleep(chance.uniform(0, 1.5 * span))
        os.kill(child, signal.SIGKILL)
        killed += ended(child) == -signal.SIGKILL  # it was still under way
        outcomes.append(is_whole(path))
    return outcomes


def under_a_limit(save_it: Save, folder: Path, _seconds: float) -> list[bool]:
    """Whether a save that is too large for the disk says so, and leaves the old file alone."""
    path = folder / "picture"
    path.write_bytes(OLD)
    status = ended(forked(lambda: _limited(save_it, path)))
    return [status == _FULL, path.read_bytes() == OLD, list(folder.iterdir()) == [path]]


def _limited(save_it: Save, path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        save_it(path, NEW, OperatingSystem())
    except Problem as problem:
        os._exit(_FULL if problem.code == "disk-full" else _OTHER)


_WAYS = {"calls": at_every_call, "random": at_random_moments, "limit": under_a_limit}

if __name__ == "__main__":
    way, writer, place, time_left = sys.argv[1:]
    print(json.dumps(_WAYS[way](SAVES[writer], Path(place), float(time_left))))
