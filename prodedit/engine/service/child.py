# SPDX-License-Identifier: Apache-2.0
"""One run of the engine program, seen from its parent: started, spoken to, heard, killed."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from prodedit.engine.service import frames
from prodedit.engine.service.deaths import died_of_memory, kills
from prodedit.files.own_programs import NO_WINDOW

log = logging.getLogger(__name__)

_LAST_WORDS = 1.0
"""Seconds that are given to what an ended process said: a child of its own may hold that open."""


def engine_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with `changes` on top, and nothing printed held back.

    numpy's products of small matrices gain nothing from threads, which would spin beside the
    network's.
    """
    fixed = {"PYTHONUNBUFFERED": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **fixed, **(changes or {})}


class Child:
    """A running engine process.

    `on_frame(child, frame)` and `on_end(child, reason)` are called on the thread that reads its
    answers; `on_end` once, after the process is gone. Raises OSError where it can't be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_frame: Callable[[Child, frames.FromEngine], None],
        on_end: Callable[[Child, str], None],
    ) -> None:
        self._on_frame = on_frame
        self._on_end = on_end
        self._orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._last_words: deque[str] = deque(maxlen=40)
        self._kills = kills()
        self.is_starved = False
        """Known once it has ended: it died for want of memory."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            creationflags=NO_WINDOW,
        )
        self._threads = [
            threading.Thread(target=work, name=f"engine {work.__name__.strip('_')}", daemon=True)
            for work in (self._overhear, self._write, self._read)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def say(self, frame: frames.Frame) -> None:
        """Send a frame; returns at once, also when the process does not read.

        Raises ProtocolError where the frame is too long.
        """
        self._orders.put(frames.encode_frame(frame))

    def leave(self) -> None:
        """Close the pipe: the process ends by itself, unless it hangs."""
        self._orders.put(None)

    def kill(self) -> None:
        """End the process at once; `on_end` follows."""
        self._process.kill()

    def join(self, seconds: float) -> bool:
        """Wait until the process and its threads are gone; False where that took too long."""
        end = time.monotonic() + seconds
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def last_words(self) -> str:
        """The last lines that the process printed."""
        return "".join(self._last_words)

    def _read(self) -> None:
        reason = "it ended"
        try:
            while (frame := frames.read_from_engine(_open(self._process.stdout))) is not None:
                self._on_frame(self, frame)
        except (frames.ProtocolError, OSError) as error:
            reason = f"it said something odd: {error}"
        self._process.kill()
        status = self._process.wait()
        _open(self._process.stdout).close()
        self.leave()
        self._threads[0].join(_LAST_WORDS)  # begun before this one
        self.is_starved = died_of_memory(status, self.last_words(), kills() - self._kills)
        self._on_end(self, f"{reason}, with status {status}")

    def _write(self) -> None:
        stream = _open(self._process.stdin)
        # A process that is gone or going can't be written to: the reading thread sees to that.
        with contextlib.suppress(OSError):
            while (order := self._orders.get()) is not None:
                stream.write(order)
                stream.flush()
        with contextlib.suppress(OSError):
            stream.close()

    def _overhear(self) -> None:
        stream = _open(self._process.stderr)
        while line := stream.readline(4096):
            text = line.decode("utf-8", "replace")
            self._last_words.append(text)
            log.debug("engine: %s", text.rstrip())
        stream.close()


def _open(stream: object) -> BinaryIO:
    """A pipe that Popen was asked to make is there."""
    return stream  # type: ignore[return-value]
