# SPDX-License-Identifier: Apache-2.0
"""Batches without networks: `python -m tests.batches engine` is an engine that does what a
picture's corner asks for, `python -m tests.batches COMMAND ...` the command line with that engine,
`python -m tests.batches quick COMMAND ...` with one in the same process, which starts at once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.context import Context
from prodedit.engine.results import MaskResult, Result, TextResult
from prodedit.engine.service import process
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.runner import FAMILIES
from prodedit.engine.tasks import Enhance, FindText, RemoveBackground, Task
from prodedit.files.decoder import Decoder

if TYPE_CHECKING:  # an engine does not need what comes with them
    from prodedit.catalogue.batch.doing import Doing
    from prodedit.catalogue.batch.work import Workshop

ROOT = Path(__file__).parents[1]
DEADLY, DEADLY_ONCE, EMPTY, BUG = (255, 0, 0), (255, 255, 0), (0, 255, 0), (0, 0, 255)
"""Corner colours (red, green, blue): the engine's death, only the first time, and so on."""
PAUSE, KILLED = "PRODEDIT_TEST_PAUSE", "PRODEDIT_TEST_KILLED"


def picture(path: Path, corner: tuple[int, int, int] = (90, 90, 90), size: int = 64) -> Path:
    """A PNG or JPEG of noise with a square product; lossless ones keep their corner's colour."""
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    pixels = rng.integers(100, 140, (size, size, 3), dtype=np.uint8)
    middle = slice(size // 4, -size // 4)
    pixels[middle, middle] = rng.integers(0, 256, pixels[middle, middle].shape)
    pixels[0, 0] = corner
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def cut_square(
    task: RemoveBackground, inputs: dict[str, np.ndarray], context: Context
) -> MaskResult:
    """The middle of the picture, softly; or what its corner asks for."""
    source = inputs["source"]
    time.sleep(float(os.environ.get(PAUSE, "0")))
    corner = tuple(int(value) for value in source[0, 0, 2::-1])
    if corner == DEADLY or (corner == DEADLY_ONCE and _first_time()):
        os.kill(os.getpid(), signal.SIGKILL)
    if corner == BUG:
        raise ZeroDivisionError
    height, width = source.shape[:2]
    alpha = np.zeros((height, width), np.uint8)
    if corner != EMPTY:
        alpha[height // 4 : -height // 4, width // 4 : -width // 4] = 255
        alpha[height // 4] //= 2
    context.report(1.0, "done")
    return MaskResult(alpha, np.full_like(alpha, 255), None, 0.75, task.model)


def see_no_text(task: FindText, inputs: dict[str, np.ndarray], context: Context) -> TextResult:
    """There is none."""
    context.report(1.0, "done")
    return TextResult(np.zeros(inputs["source"].shape[:2], np.uint8))


class QuickEngine:
    """An engine in this process. A picture's corner asks as in `cut_square`, and its green is the
    score. `held`: each task waits for it."""

    def __init__(self) -> None:
        self.started: list[Task] = []
        self.asked: list[Task] = []
        self.held = threading.Event()
        self.held.set()
        self.problems: list[Problem] = []
        self.closed = False

    def start(self, *tasks: Task) -> None:
        self.started += tasks
        self.closed = False

    def run(self, task: Task, inputs: Mapping[str, Any], **named: Any) -> Result:
        assert named["lane"] == "batch"
        self.asked.append(task)
        while not self.held.wait(0.01):
            if self.closed:
                raise Cancelled
        if self.problems:
            raise self.problems.pop()
        source = inputs["source"]
        source = getattr(source, "array", source)
        if isinstance(task, FindText):
            return TextResult(np.zeros(source.shape[:2], np.uint8))
        assert isinstance(task, RemoveBackground)
        height, width = source.shape[:2]
        corner = tuple(int(value) for value in source[0, 0, 2::-1])
        if corner == DEADLY:
            raise Problem("The engine stopped.", code="engine-stopped")
        if corner == BUG:
            raise ZeroDivisionError
        alpha = np.zeros((height, width), np.uint8)
        if corner != EMPTY:
            alpha[height // 4 : -height // 4, width // 4 : -width // 4] = 255
            alpha[height // 4] //= 2
        certain = np.full_like(alpha, 255)
        return MaskResult(alpha, certain, None, float(source[0, 0, 1]) / 255, task.model)

    def close(self) -> None:
        self.closed = True


class LentDecoder:
    """A decoder that several tests use, one after the other: it is not ended by any of them."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self.decode, self.thumbnail = decoder.decode, decoder.thumbnail
        self.layers = decoder.layers

    def cancel(self) -> None:
        """Not for the others."""

    def close(self) -> None:
        """Not for the others."""


def _first_time() -> bool:
    try:
        Path(os.environ[KILLED]).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def engine(**environment: str) -> EngineClient:
    """A client of the engine in this module."""
    command = (sys.executable, "-P", "-m", "tests.batches", "engine")
    return EngineClient(command, {"PYTHONPATH": str(ROOT), **environment})


def words(*arguments: object) -> list[str]:
    """The command line with that engine, as a program to start."""
    return [sys.executable, "-m", "tests.batches", *(str(argument) for argument in arguments)]


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with that engine to its end."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        words(*arguments), env=variables, capture_output=True, text=True, check=False, timeout=300
    )


def report(output: str) -> dict[str, Any]:
    """The JSON document that a command printed."""
    found: dict[str, Any] = json.loads(output)
    return found


def failures(found: dict[str, Any]) -> dict[str, str]:
    """Name of each picture that failed -> code."""
    return {Path(r["input"]).name: r["code"] for r in found["results"] if not r["ok"]}


def workshop(made: Path, doing: Doing) -> Workshop:
    """A cluster's worker with that engine. Leaves a file in `made` for each time it is called."""
    from prodedit.catalogue.batch.work import Workshop

    (made / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    return Workshop(doing, Decoder(), engine(**{PAUSE: "0.1"}))


def serve_cluster() -> int:
    """A scheduler and two workers, until our input ends. Says where."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
    return 0


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["engine"]:
        process.main(
            {
                RemoveBackground: cut_square,
                Enhance: FAMILIES[Enhance],
                FindText: see_no_text,
            }
        )
        return 0
    if arguments[:1] == ["cluster"]:
        return serve_cluster()
    from prodedit import cli
    from prodedit.catalogue.batch import watching
    from prodedit.cli import batch, choices, cutout, enhance

    cutout.new_engine = enhance.new_engine = batch.new_engine = engine
    if arguments[:1] == ["quick"]:
        batch.new_engine, watching.SETTLED = QuickEngine, 0.3
        arguments = arguments[1:]
    choices.check_model = lambda model, store: None
    return cli.main(list(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
