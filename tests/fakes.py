# SPDX-License-Identifier: Apache-2.0
"""Scriptable task functions: each fault that a real one can have, asked for by the model's name.

`RemoveBackground(model="sleep:60")` sleeps for a minute in C. They run in a real engine process,
`python -m tests.fake_engine`, so that only the networks are missing.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.engine.context import Context
from prodedit.engine.enhancing import target_size
from prodedit.engine.generating import Generate
from prodedit.engine.results import (
    DoneResult,
    Fidelity,
    MaskResult,
    PicturesResult,
    PixelsResult,
    Remark,
)
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.desk import PATIENCE, Patience
from prodedit.engine.tasks import Enhance, GetModel, PreviewStyles, RemoveBackground, TransferStyle

ROOT = Path(__file__).parents[1]
FAKE_ENGINE = (sys.executable, "-P", "-m", "tests.fake_engine")

Inputs = Mapping[str, np.ndarray]
Fault = Callable[[str, Context], None]


def fake_client(patience: Patience = PATIENCE, **environment: str) -> EngineClient:
    """A client whose engine process runs the functions of this module."""
    return EngineClient(FAKE_ENGINE, {"PYTHONPATH": str(ROOT), **environment}, patience)


def asked(script: str) -> RemoveBackground:
    """The task that makes the fake engine do this."""
    return RemoveBackground(model=script)


def photo(height: int = 40, width: int = 60) -> np.ndarray:
    """An opaque BGRA picture whose blue channel is a ramp."""
    picture = np.full((height, width, 4), 255, np.uint8)
    picture[..., 0] = np.linspace(0, 255, width).astype(np.uint8)
    return picture


def fake_remove_background(task: RemoveBackground, inputs: Inputs, context: Context) -> MaskResult:
    """Follow the script in the model's name; if it lets us, the mask is the blue channel."""
    name, _, argument = task.model.partition(":")
    context.report(0.0, name)
    if name in FAULTS:
        FAULTS[name](argument, context)
    return spoil(name, mask_of(inputs["source"], task))


def fake_transfer_style(task: TransferStyle, inputs: Inputs, context: Context) -> PixelsResult:
    """The photo in negative; a script in the style's name is followed as with the cut-out."""
    name, _, argument = task.style.partition(":")
    context.report(0.0, name)
    if name in FAULTS:
        FAULTS[name](argument, context)
    pixels = 255 - inputs["source"]
    pixels[..., 3] = inputs["source"][..., 3]
    remark = Remark("Worked out at {width} pixels.", {"width": 7})
    return PixelsResult(pixels, name, Fidelity(0.25, 9.5), (remark,))


def fake_preview_styles(task: PreviewStyles, inputs: Inputs, context: Context) -> PicturesResult:
    """One picture for each style, of a grey that tells how long its name is."""
    for style in task.styles:
        name, _, argument = style.partition(":")
        if name in FAULTS:
            FAULTS[name](argument, context)
    pictures = np.full((len(task.styles), 12, task.side, 4), 255, np.uint8)
    for picture, style in zip(pictures, task.styles, strict=True):
        picture[..., :3] = len(style)
    return PicturesResult(pictures, "fake")


def fake_enhance(task: Enhance, inputs: Inputs, context: Context) -> PixelsResult:
    """Each pixel so many times as the task says; brighter by what "low_light" says of 100."""
    context.report(0.0, "enlarging")
    source = inputs["source"]
    size = target_size(task, Size(source.shape[1], source.shape[0]))
    rows = np.arange(size.height) * source.shape[0] // size.height
    columns = np.arange(size.width) * source.shape[1] // size.width
    pixels = source[rows][:, columns].astype(int) + round(100 * task.low_light)
    pixels[..., 3] = 255
    remarks = (Remark("Reference: {there}", {"there": "reference" in inputs}),)
    return PixelsResult(np.clip(pixels, 0, 255).astype(np.uint8), "fake", remarks=remarks)


def fake_generate(task: Generate, inputs: Inputs, context: Context) -> PixelsResult:
    """All of one colour, which tells the latent's first number; cut out, its left half."""
    context.report(0.0, "generating")
    if task.base is not None:
        return PixelsResult(inputs["source"], "fake")
    side = task.side or 64
    pixels = np.full((side, side, 4), 255, np.uint8)
    pixels[..., 0] = int(task.latent.array().ravel()[0]) % 256
    if not task.cut_out:
        return PixelsResult(pixels, "fake")
    alpha = np.zeros((side, side), np.uint8)
    alpha[:, : side // 2] = 255
    return PixelsResult(pixels, "fake", alpha=alpha)


def fake_get_model(task: GetModel, inputs: Inputs, context: Context) -> DoneResult:
    """Nothing is brought; a name that is a fault is followed."""
    name, _, argument = task.model.partition(":")
    context.report(0.5, "bringing")
    if name in FAULTS:
        FAULTS[name](argument, context)
    return DoneResult()


def warm_up(task: RemoveBackground, context: Context) -> None:
    """Called by `start`; does what PRODEDIT_TEST_WARM says."""
    script = os.environ.get("PRODEDIT_TEST_WARM", "")
    if script:
        FAULTS[script]("", context)


def mask_of(source: np.ndarray, task: RemoveBackground) -> MaskResult:
    """The blue channel as a mask, certain everywhere."""
    alpha = source[..., 0].copy()
    certain = np.full_like(alpha, 255)
    foreground = np.zeros_like(source) if task.refine else None
    return MaskResult(alpha, certain, foreground, 0.5, f"{task.model}@{os.getpid()}")


def wait_until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something that another thread or process brings about: long, as the machine that
    runs this may be slow and busy."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    """Whether the process has ended; a zombie has (Linux)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def process_of(client: EngineClient) -> int:
    """The number of the process that does a job now, by its own words."""
    return int(client.run(asked("mask"), {"source": photo()}).model.partition("@")[2])


def threads_and_files() -> tuple[int, int, int]:
    """How many threads, open files and pieces of shared memory this process has (Linux), without
    what only waits for Python's collector: a process of many tests lets that wait long."""
    gc.collect()
    threads = len(list(Path("/proc/self/task").iterdir()))
    shared = Path("/proc/self/maps").read_text().count("/memfd:prodedit")
    return threads, files_of(os.getpid()), shared


def files_of(pid: int) -> int:
    """How many files the process has open (Linux)."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def spoil(name: str, good: MaskResult) -> MaskResult:
    """Wrong in the way that the name says."""
    alpha: Any = {
        "nan": np.full(good.alpha.shape, np.nan, np.float32),
        "shape": good.alpha[:-1],
        "constant": np.zeros_like(good.alpha),
        "float": good.alpha.astype(np.float32),
    }.get(name, good.alpha)
    score = float("nan") if name == "score" else good.score
    return MaskResult(alpha, good.confidence, good.foreground, score, good.model)


def crash(argument: str, context: Context) -> None:
    """Read from address zero, as a faulty driver would."""
    ctypes.string_at(0)


def abort(argument: str, context: Context) -> None:
    """What a failed assertion in C++ does."""
    os.abort()


def leave(argument: str, context: Context) -> None:
    """A library that ends the program."""
    os._exit(int(argument or 0))


def starve(argument: str, context: Context) -> None:
    """What OpenMP does where there is no memory for its threads."""
    os.write(2, b"libgomp: Thread creation failed: Resource temporarily unavailable\n")
    os._exit(1)


def python_exit(argument: str, context: Context) -> None:
    """A library that raises SystemExit."""
    sys.exit(3)


def stop(argument: str, context: Context) -> None:
    """Stand still, threads and all."""
    os.kill(os.getpid(), signal.SIGSTOP)


def sleep(argument: str, context: Context) -> None:
    """Be deep in C, other threads run."""
    time.sleep(float(argument))


def hold(argument: str, context: Context) -> None:
    """Be deep in C with Python's lock held: no other thread of the process runs."""
    ctypes.PyDLL(None).sleep(int(argument))


def spin(argument: str, context: Context) -> None:
    """An endless loop."""
    while True:
        pass


def work(argument: str, context: Context) -> None:
    """So many seconds of computing without a report, as a large network on a slow machine."""
    end = time.monotonic() + float(argument)
    while time.monotonic() < end:
        pass


def steps(argument: str, context: Context) -> None:
    """So many steps of a hundredth of a second, each reported."""
    for step in range(int(argument)):
        time.sleep(0.01)
        context.report((step + 1) / int(argument), f"step {step + 1}")


def no_memory(argument: str, context: Context) -> None:
    """Never enough memory."""
    raise MemoryError


def no_memory_once(argument: str, context: Context) -> None:
    """Not enough memory on the best device, enough on the processor."""
    if not getattr(context, "cpu_only", False):
        raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB")


def device_lost(argument: str, context: Context) -> None:
    """A graphics card that fails; "always": the processor fails, too."""
    if argument == "always" or not getattr(context, "cpu_only", False):
        raise RuntimeError("CUDA error: unspecified launch failure")


def bug(argument: str, context: Context) -> None:
    """A plain mistake in a program."""
    raise ZeroDivisionError("division by zero")


def odd_name(argument: str, context: Context) -> None:
    """Tell of a file whose name is no text."""
    raise Problem("“{file}” is odd.", code="odd", file="caf\udce9.png")


def chatter(argument: str, context: Context) -> None:
    """Print on standard output, from Python and from C."""
    print("a library says hello")
    os.write(1, b"\xff" * 5000)


FAULTS: dict[str, Fault] = {
    "odd-name": odd_name,
    "crash": crash,
    "abort": abort,
    "exit": leave,
    "starve": starve,
    "sys-exit": python_exit,
    "stop": stop,
    "sleep": sleep,
    "hold": hold,
    "spin": spin,
    "work": work,
    "steps": steps,
    "no-memory": no_memory,
    "no-memory-once": no_memory_once,
    "device-lost": device_lost,
    "bug": bug,
    "chatter": chatter,
}
