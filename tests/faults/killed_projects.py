# SPDX-License-Identifier: Apache-2.0
"""Saves and edits that are killed; a program of its own (see forking.py).

`python -m tests.faults.killed_projects WHAT FOLDER SECONDS` prints the outcomes as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import cv2

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.files.atomic import Writer
from prodedit.files.journal import JournalWriter
from prodedit.files.journal_read import recoverable
from prodedit.files.openraster import save
from prodedit.files.openraster_read import load
from prodedit.files.operating_system import OperatingSystem
from tests.faults.disturbed import Disturbed, dying
from tests.faults.forking import forked
from tests.projects import Baker, differences, document, painted

SEED = 7
LOSS_SECONDS = 2.0


class Whole(Disturbed):
    """Writes what it is given at once: the calls are then few enough to try each."""

    def write(self, descriptor: int, data: memoryview) -> int:
        self._strikes("write", after=False)
        written = OperatingSystem.write(self, descriptor, data)
        self._strikes("write", after=True)
        return written


class Late(OperatingSystem):
    """Keeps what is written in memory for ten seconds: the broken journal that must be caught."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._since = time.monotonic()

    def write(self, descriptor: int, data: memoryview) -> int:
        self._kept.append(bytes(data))
        if time.monotonic() - self._since > 10:
            os.write(descriptor, b"".join(self._kept))
            self._kept.clear()
        return len(data)


def versions() -> tuple[Document, Document]:
    old = document(300, 270)
    return old, painted(painted(old, "photo", 30, 40), "shift", 200, 20)


def save_well(doc: Document, path: Path, system: OperatingSystem) -> None:
    save(doc, path, Baker(doc), system=system)


def save_in_place(doc: Document, path: Path, system: OperatingSystem) -> None:
    """As programs do that lose files."""

    def straight(target: Path, data: Writer, **_: Any) -> None:
        with target.open("wb", buffering=0) as stream:
            system.fsync(stream.fileno())
            data(_Counted(stream, system))
            system.fsync(stream.fileno())

    import prodedit.files.openraster as module

    module.write_atomic = straight  # type: ignore[assignment]
    save(doc, path, Baker(doc), system=system)


class _Counted:
    """A file each of whose writes may be struck."""

    def __init__(self, stream: Any, system: OperatingSystem) -> None:
        self._stream = stream
        self._system = system

    def write(self, data: Any) -> int:
        return self._system.write(self._stream.fileno(), memoryview(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


SAVES = {"good": save_well, "broken": save_in_place}


def is_whole(path: Path, known: tuple[Document, ...]) -> bool:
    try:
        loaded = load(path)
    except Problem:
        return False
    return not loaded.notes and any(not differences(loaded.document, one) for one in known)


def at_calls(how: str, folder: Path, most: int) -> dict[str, Any]:
    """Dies before and after calls of a save: all of them, or `most` spread over all."""
    old, new = versions()
    path, saving = folder / "a.ora", SAVES[how]
    counted = Whole()
    os.waitpid(forked(lambda: _report(folder, saving, new, counted)), 0)
    calls = json.loads((folder / "calls").read_text())
    points = [(at, after) for at in range(len(calls)) for after in (False, True)]
    rare = [p for p in points if calls[p[0]] != "write"]
    common = [p for p in points if calls[p[0]] == "write"]
    step = max(1, len(common) * 1.0 / max(1, most - len(rare)))
    chosen = rare + [common[int(n * step)] for n in range(int(len(common) / step))]
    outcomes = []
    for at, after in chosen:
        save_well(old, path, OperatingSystem())
        system = Whole(at, dying, after=after)
        os.waitpid(forked(lambda s=system: saving(new, path, s)), 0)  # type: ignore[misc]
        outcomes.append(is_whole(path, (old, new)))
    return {"outcomes": outcomes, "calls": len(calls), "tried": len(chosen)}


def _report(folder: Path, saving: Any, new: Document, counted: Whole) -> None:
    saving(new, folder / "counted.ora", counted)
    (folder / "calls").write_text(json.dumps(counted.calls))


def at_random(how: str, folder: Path, kills: int) -> dict[str, Any]:
    """SIGKILL at times spread evenly over a save."""
    old, new = versions()
    path, saving, system = folder / "a.ora", SAVES[how], OperatingSystem()
    save_well(old, path, system)
    began = time.monotonic()
    os.waitpid(forked(lambda: saving(new, path, system)), 0)
    span = time.monotonic() - began
    outcomes, fresh = [], 0
    for number in range(kills):
        save_well(old, path, system)
        child = forked(lambda: saving(new, path, system))
        time.sleep(span * (number + random.random()) / kills)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        outcomes.append(is_whole(path, (old, new)))
        fresh += outcomes[-1] and is_whole(path, (new,))
    return {"outcomes": outcomes, "span": span, "new": fresh}


def edited(base: Document, steps: int) -> Document:
    for number in range(1, steps + 1):
        base = painted(base, "photo", number * 37 % 260, number * 53 % 230, number)
    return base


def _edit(folder: Path, report: int, system: OperatingSystem) -> None:
    """Edits for ever, 20 times a second, and says after each when it was done."""
    doc = document(300, 270)
    writer = JournalWriter(folder, name="a.jpg", system=system)
    number = 0
    while True:
        number += 1
        doc = painted(doc, "photo", number * 37 % 260, number * 53 % 230, number)
        writer.record(doc, f"Dab {number}")
        os.write(report, f"{number} {time.time()}\n".encode())
        time.sleep(0.05)


def while_editing(how: str, folder: Path, kills: int) -> dict[str, Any]:
    """For each kill: how many seconds of work were lost, or -1 where what came back is wrong."""
    random.seed(SEED)
    lost = []
    for number in range(kills):
        place = folder / f"{number}"
        place.mkdir()
        system = Late() if how == "broken" else OperatingSystem()
        receive, send = os.pipe()
        child = forked(lambda p=place, s=send, d=system: _edit(p, s, d))  # type: ignore[misc]
        os.close(send)
        first = os.read(receive, 100)  # it has begun
        time.sleep(random.uniform(0.1, 0.9) + (3 if how == "broken" or not number else 0))
        os.kill(child, signal.SIGKILL)
        killed = time.time()
        os.waitpid(child, 0)
        lost.append(_loss(place, _read_all(receive, first), killed))
    return {"lost": lost}


def _read_all(receive: int, first: bytes) -> list[tuple[int, float]]:
    with os.fdopen(receive, "rb") as stream:
        lines = [line.split() for line in (first + stream.read()).splitlines()]
    return [(int(number), float(when)) for number, when in lines]


def _loss(folder: Path, done: list[tuple[int, float]], killed: float) -> float:
    found = recoverable(folder)
    got = 0
    if found:
        recovered = found[0].load()
        got = int(found[0].steps[-1].split()[1])
        expected = edited(document(300, 270), got)
        if differences(recovered.document, expected):
            return -1.0
        found[0].release()
    missing = [when for number, when in done if number > got]
    return killed - min(missing) if missing else 0.0


RUNS = {"calls": at_calls, "random": at_random, "editing": while_editing}


def main() -> None:
    cv2.setNumThreads(1)  # OpenCV's threads do not survive a fork
    what, how, folder, amount = sys.argv[1:]
    print(json.dumps(RUNS[what](how, Path(folder), int(amount))))


if __name__ == "__main__":
    main()
