# SPDX-License-Identifier: Apache-2.0
"""The engine as a program: `python -m prodedit.engine.service.process`.

Frames come in on standard input and go out on what was standard output; whatever libraries print
goes to standard error. One thread computes; another reads, so that cancelling is heard while a
network runs. When the parent goes, this process goes, whatever it is doing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

import msgspec
import numpy as np

from prodedit.core import heap
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.results import Result
from prodedit.engine.service import frames, problems, runner
from prodedit.engine.service.device import thread_count
from prodedit.engine.service.surroundings import JobContext, Surroundings
from prodedit.engine.tasks import Task, from_json
from prodedit.files.shared_arrays import SharedArray

PULSE = 1.0
"""Seconds between two signs of life."""

REPORT = 0.03
"""Seconds between two reports that are sent on: the window need not hear of every tile."""

IDLE_VARIABLE = "PRODEDIT_ENGINE_IDLE"
"""Seconds without work after which the memory of networks is given back; 0: never."""

IDLE = 300.0

_UNSAYABLE = (frames.ProtocolError, TypeError)
"""What says that a frame can't be written."""

Families = Mapping[type[Task], str | runner.Function]


class Voice:
    """Sends frames from any thread. A parent that hears no more is the reader's affair."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def say(self, frame: frames.Frame) -> None:
        data = frames.encode_frame(frame)
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._stream.write(data)
            self._stream.flush()


class Inbox:
    """What the parent asked for: filled by the reader, emptied by the computer."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[frames.Work]] = {"interactive": deque(), "batch": deque()}
        self._warm: deque[dict[str, Any]] = deque()
        self._unwanted: set[str] = set()
        self._running: set[str] = set()
        self._warming = False
        self._blocks: dict[tuple[str, str], frames.Block | None] = {}

    def hear(self, frame: frames.ToEngine) -> None:
        """Take in one frame (reader thread)."""
        with self._changed:
            match frame:
                case frames.Work():
                    self._waiting[frame.lane].append(frame)
                case frames.Warm():
                    self._warm.extend(frame.tasks)
                case frames.Cancel():
                    self._cancel(frame.job)
                case frames.Allocated():
                    self._blocks[frame.job, frame.name] = frame.block
            self._changed.notify_all()

    def _cancel(self, job: str) -> None:
        if job in self._running:
            self._unwanted.add(job)
            return
        for waiting in self._waiting.values():
            for work in [work for work in waiting if work.job == job]:
                waiting.remove(work)
                self._voice.say(frames.Dropped(job))

    def next(self, patience: float | None = None) -> frames.Work | dict[str, Any] | None:
        """The next job, or a task to get ready for; waits for one. None after `patience` seconds
        without."""
        end = None if patience is None else time.monotonic() + patience
        with self._changed:
            self._warming = False
            while True:
                work = self._take("interactive") or self._take("batch")
                if work is not None:
                    return work
                if self._warm:
                    self._warming = True
                    return self._warm.popleft()
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    return None
                self._changed.wait(left)

    def next_interactive(self) -> frames.Work | None:
        """An interactive job that waits, if there is one; does not wait."""
        with self._changed:
            return self._take("interactive")

    def _take(self, lane: str) -> frames.Work | None:
        if not self._waiting[lane]:
            return None
        work = self._waiting[lane].popleft()
        self._running.add(work.job)
        return work

    def over(self, job: str) -> None:
        """The job runs no more."""
        with self._changed:
            self._running.discard(job)
            self._unwanted.discard(job)

    def unwanted(self, job: str) -> bool:
        """Whether the job was cancelled while it ran."""
        return job in self._unwanted

    def busy(self) -> bool:
        """Whether the computing thread has something to do."""
        return self._warming or bool(self._running)

    def is_empty(self) -> bool:
        """Whether no job waits."""
        with self._changed:
            return not any(self._waiting.values())

    def wait_for_block(self, job: str, name: str) -> frames.Block | None:
        """The parent's answer to an Allocate."""
        with self._changed:
            self._changed.wait_for(lambda: (job, name) in self._blocks)
            return self._blocks.pop((job, name))


class Engine:
    """The computing thread's life: takes jobs and answers each."""

    def __init__(
        self, voice: Voice, inbox: Inbox, families: Families, idle: float | None = IDLE
    ) -> None:
        self._voice = voice
        self._inbox = inbox
        self._families = families
        self._idle = idle
        self._surroundings = Surroundings()
        self._reported = 0.0

    def serve(self) -> None:
        """Until the process ends. Left alone for long, it gives its networks' memory back."""
        patience = None
        while True:
            order = self._inbox.next(patience)
            patience = None if order is None else self._idle
            if order is None:
                self._surroundings.release()
                runner.free_caches()
            elif isinstance(order, frames.Work):
                self._do(order)
                if self._inbox.is_empty():  # within a batch, the next picture needs it, too
                    heap.give_back()
            else:
                self._warm(order)

    def _do(self, work: frames.Work) -> None:
        self._voice.say(frames.Started(work.job))
        self._reported = 0.0
        answer = self._answer(work)
        self._inbox.over(work.job)
        try:
            self._voice.say(answer)
        except _UNSAYABLE as error:
            self._voice.say(sayable(work.job, answer, error))

    def _answer(self, work: frames.Work) -> frames.Frame:
        try:
            with attached(work.inputs) as inputs:
                result = runner.run(
                    from_json(work.task), inputs, self._context(work), self._families
                )
            return self._hand_over(work.job, result)
        except Cancelled:
            return frames.Dropped(work.job)
        except Problem as problem:
            return problems.to_frame(work.job, problem)
        except runner.DeviceLostError as error:
            return problems.to_frame(work.job, problems.device_lost(str(error)))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - told to the person
            traceback.print_exception(error)
            return problems.to_frame(work.job, problems.unexpected(error))

    def _context(self, work: frames.Work) -> JobContext:
        def report(fraction: float, text: str) -> None:
            self._checkpoint(work, fraction, text)

        def cancelled() -> bool:
            return self._inbox.unwanted(work.job)

        return JobContext(self._surroundings, report, cancelled, cpu_only=work.device == "cpu")

    def _checkpoint(self, work: frames.Work, fraction: float, text: str) -> None:
        """Where a job may be told to stop, and a batch job lets interactive ones pass."""
        if self._inbox.unwanted(work.job):
            raise Cancelled
        now = time.monotonic()
        if now - self._reported > REPORT or fraction >= 1.0:
            self._reported = now
            self._voice.say(frames.Progressed(work.job, float(fraction), text))
        while work.lane == "batch" and (urgent := self._inbox.next_interactive()) is not None:
            self._do(urgent)

    def _hand_over(self, job: str, result: Result) -> frames.Frame:
        """Put the result's arrays into memory that the parent owns."""
        fields = {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
        arrays = {name: value for name, value in fields.items() if isinstance(value, np.ndarray)}
        for name, array in arrays.items():
            self._voice.say(frames.Allocate(job, name, array.shape, array.dtype.str))
            block = self._inbox.wait_for_block(job, name)
            if block is None:
                raise problems.no_memory()
            with SharedArray.attach(block.name, block.shape, block.dtype) as target:
                np.copyto(target.array, array)
        plain = {name: value for name, value in fields.items() if name not in arrays}
        return frames.Finished(job, type(result).__name__, plain, tuple(arrays))

    def _warm(self, data: dict[str, Any]) -> None:
        """Load what the task will need; whatever goes wrong is told when it is really asked for."""
        try:
            self._surroundings.warm(from_json(data), self._families)
        except Exception:  # noqa: BLE001 - the job itself will meet it again
            traceback.print_exc()


def sayable(job: str, answer: frames.Frame, error: Exception) -> frames.Frame:
    """Instead of an answer that no frame can carry: its texts made readable, since names of files
    may be no text; where that is not why, the failure."""
    clean = readable(answer)
    try:
        frames.encode_frame(clean)
    except _UNSAYABLE:
        return readable(problems.to_frame(job, problems.unexpected(error)))
    return clean


def readable(frame: frames.Frame) -> frames.Frame:
    """The frame with "?" in its texts for what UTF-8 can't hold."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode()
        if isinstance(value, dict):
            return {clean(name): clean(item) for name, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(clean(item) for item in value)
        return value

    fields = {name: clean(getattr(frame, name)) for name in frame.__struct_fields__}
    return msgspec.structs.replace(frame, **fields)


def idle_seconds(environ: Mapping[str, str] = os.environ) -> float | None:
    """What the variable says, else the default; None for never."""
    try:
        seconds = float(environ.get(IDLE_VARIABLE, IDLE))
    except ValueError:
        return IDLE
    return seconds if seconds > 0 else None


@contextlib.contextmanager
def attached(blocks: Mapping[str, frames.Block]) -> Iterator[dict[str, np.ndarray]]:
    """The arrays in these blocks, read-only: the parent, and its document, see the same memory."""
    shared: list[SharedArray] = []
    arrays: dict[str, np.ndarray] = {}
    try:
        for name, block in blocks.items():
            shared.append(SharedArray.attach(block.name, block.shape, block.dtype))
            arrays[name] = shared[-1].array
            arrays[name].flags.writeable = False
        yield arrays
    finally:
        for array in shared:
            array.close()


def read_frames(stream: BinaryIO, inbox: Inbox) -> None:
    """The reader thread. Ends the process with its parent, or when it hears nonsense."""
    status = 0
    try:
        while (frame := frames.read_to_engine(stream)) is not None:
            inbox.hear(frame)
    except Exception:  # noqa: BLE001 - this process is no use without its reader
        traceback.print_exc()
        status = 2
    # Not sys.exit: the computing thread may be deep in C for another minute.
    os._exit(status)


def beat(voice: Voice, inbox: Inbox) -> None:
    """The pulse thread: tells a process that works from one that sleeps."""
    while True:
        time.sleep(PULSE)
        if inbox.busy():
            voice.say(frames.Pulse(time.process_time()))


def die_with_parent() -> None:
    """Linux: the kernel kills this process when its parent dies, even if all threads hang."""
    if sys.platform == "linux":
        import ctypes

        set_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)


def take_over_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipe's two ends; from here on what is printed goes to standard error."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return orders, answers


def set_threads() -> None:
    """Tell OpenMP and OpenCV, before they are loaded, how many threads this process may use."""
    with contextlib.suppress(Problem):  # a bad setting is told with the first job
        threads = str(thread_count())
        os.environ.setdefault("OMP_NUM_THREADS", threads)
        os.environ.setdefault("OPENCV_FOR_THREADS_NUM", threads)


def main(families: Families = runner.FAMILIES) -> None:
    """Serve the parent at the other end of standard input and output until it goes."""
    die_with_parent()
    heap.keep()
    faulthandler.enable()
    set_threads()
    # Ctrl+C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, answers = take_over_standard_streams()
    voice = Voice(answers)
    inbox = Inbox(voice)
    voice.say(frames.Hello(frames.PROTOCOL, os.getpid()))
    for work, arguments in ((read_frames, (orders, inbox)), (beat, (voice, inbox))):
        _start_thread(work, arguments)
    Engine(voice, inbox, families, idle_seconds()).serve()


def _start_thread(work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=work, args=arguments, name=work.__name__, daemon=True).start()


if __name__ == "__main__":
    main()
