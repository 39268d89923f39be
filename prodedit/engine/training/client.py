# SPDX-License-Identifier: Apache-2.0
"""The training process, seen from its parent: started, listened to, paused, stopped. No torch."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.service.programs import Program, programs_for
from prodedit.files.own_programs import NO_WINDOW, own_code_first

Event = Mapping[str, Any]
"""One line of the process's; engine/training/teller.py has what stands in it."""

_TRAINING = "prodedit.engine.training.process"
STOPPED = 130
_BESIDE_OTHERS = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads that have nothing to do sleep. By default they spin, and a training of two threads on two
processors that somebody else uses, too, takes ten times as long and gives nothing for it."""
_GOODBYE_SECONDS = 300.0
"""For the checkpoint that comes before an end; on a busy disk it takes a while."""


class TrainingProcess:
    """A running training. `events` ends when the process does; `finish` then tells how."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        variables = {**_BESIDE_OTHERS, **os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
        if command is None:
            self._process = _started(programs_for(_TRAINING, variables), folder)
        else:
            only = Program(tuple(command), own_code_first(variables))
            self._process = _started((only,), folder)
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._last_words: deque[str] = deque(maxlen=40)
        self._problem: Problem | None = None
        self._threads = [
            threading.Thread(target=work, name=f"training {work.__name__.strip('_')}", daemon=True)
            for work in (self._read, self._overhear)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def events(self, seconds: float | None = None) -> Iterator[Event | None]:
        """What the process tells, until it ends; None where `seconds` have passed without a word,
        so that who waits hears of other things."""
        while True:
            try:
                event = self._events.get(timeout=seconds)
            except queue.Empty:
                yield None
                continue
            if event is None:
                return
            yield event

    def pause(self) -> None:
        """Let the computer be; nothing is lost."""
        self._say("pause")

    def go_on(self) -> None:
        """After `pause`."""
        self._say("go on")

    def stop(self) -> None:
        """End after the step that is under way, with a checkpoint."""
        self._say("stop")

    def finish(self) -> bool:
        """Wait for the end: True where the training is done, False where it was stopped. Raises
        Problem where it failed."""
        status = self._process.wait()
        for thread in self._threads:
            thread.join()
        if self._problem is not None:
            raise self._problem
        if status not in (0, STOPPED):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "The training ended unexpectedly. It goes on from its last checkpoint when it "
                    "is started again.",
                ),
                code="training-ended",
                details=f"status {status}\n{''.join(self._last_words)}",
            )
        return status == 0

    def close(self) -> None:
        """Stop, and wait; one that hangs is killed. May be repeated."""
        self.stop()
        try:
            self._process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _say(self, word: str) -> None:
        stream = self._process.stdin
        if stream is not None and not stream.closed:
            with contextlib.suppress(OSError):  # it is gone: the reading thread tells
                stream.write(f"{word}\n")
                stream.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        for line in stream or ():
            with contextlib.suppress(ValueError):  # a library's chatter
                event = json.loads(line)
                if isinstance(event, dict):
                    self._hear(event)
        self._events.put(None)

    def _hear(self, event: Event) -> None:
        if "problem" in event:
            self._problem = Problem(
                str(event["problem"]),
                code=str(event.get("code", "failed")),
                details=str(event.get("details", "")),
                **{str(name): value for name, value in event.get("values", {}).items()},
            )
        self._events.put(event)

    def _overhear(self) -> None:
        for line in self._process.stderr or ():
            self._last_words.append(line)


def _started(programs: Sequence[Program], folder: Path) -> subprocess.Popen[str]:
    """The first of these programs that starts at all. Raises OSError."""
    for program in programs[:-1]:
        with contextlib.suppress(OSError):  # the interpreter of a GPU pack is damaged
            return _begun(program, folder)
    return _begun(programs[-1], folder)


def _begun(program: Program, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*program.command, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(program.environment),
        creationflags=NO_WINDOW,
        start_new_session=True,  # a terminal's Ctrl+C is for the parent to hear
        encoding="utf-8",
        errors="replace",
    )
