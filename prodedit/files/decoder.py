# SPDX-License-Identifier: Apache-2.0
"""Opens pictures without ever reading them here: the asking side of the decoder process."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

import prodedit
from prodedit.core.geometry import Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.metadata import Metadata
from prodedit.files.photo import LIMITS, Limits, Note, Photo
from prodedit.files.refusals import REFUSALS, refusal
from prodedit.files.shared_arrays import SharedArray

COMMAND = (sys.executable, "-P", "-m", "prodedit.files.decoder_process")
_START_SECONDS = 30.0
_GOODBYE_SECONDS = 1.0


class Decoder:
    """Opens pictures in processes of their own; safe to use from any thread.

    A picture that takes too long, too much memory or the process's life is a Problem; the process
    is replaced at the next call. `processes`: how many pictures may be opened at the same time;
    further calls wait. `command` starts the program (a bundle has its own way).
    """

    def __init__(
        self, processes: int = 1, limits: Limits = LIMITS, command: Sequence[str] = COMMAND
    ) -> None:
        self._limits = limits
        self._all = [_Reader(limits, command) for _ in range(processes)]
        self._free: queue.LifoQueue[_Reader] = queue.LifoQueue()
        for reader in self._all:
            self._free.put(reader)

    def start(self) -> None:
        """Start a process now, so that the first picture doesn't wait for it (0.2 s)."""
        with self._reader() as reader:
            reader.start()

    def decode(self, path: Path, *, accept_damaged: bool = False) -> Photo:
        """The whole picture. Raises Problem with a code of `refusals.REFUSALS`, or Cancelled.

        A damaged picture raises Problem("damaged", percent=...); with `accept_damaged` what is
        left of it is opened.
        """
        return self._ask(path, None, accept_damaged)

    def thumbnail(self, path: Path, side: int) -> Photo:
        """The picture at most `side` pixels wide and high; fast for JPEG. Raises as `decode`."""
        return self._ask(path, side, accept_damaged=True)

    def cancel(self) -> None:
        """Let all calls that are under way raise Cancelled at once."""
        for reader in self._all:
            reader.cancel()

    def close(self) -> None:
        """End the processes; calls under way raise Cancelled. May be repeated."""
        self.cancel()
        for reader in self._all:
            reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, path: Path, side: int | None, accept_damaged: bool) -> Photo:
        request = {"path": os.fspath(Path(path).absolute()), "side": side}
        request["accept_damaged"] = accept_damaged
        with self._reader() as reader:
            try:
                return reader.ask(request)
            except Problem as problem:
                problem.values.setdefault("file", Path(path).name)
                raise

    @contextmanager
    def _reader(self) -> "Iterator[_Reader]":
        reader = self._free.get()
        try:
            yield reader
        finally:
            self._free.put(reader)


class _Reader:
    """One decoder process, started when needed and replaced when dead. One call at a time."""

    def __init__(self, limits: Limits, command: Sequence[str]) -> None:
        self._limits = limits
        self._command = (*command, *(str(value) for value in limits))
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()  # guards the fields below against `cancel`
        self._busy = False
        self._stopped_for = ""

    def start(self) -> None:
        """Raises Problem("reader-missing") when the program can't be started."""
        if self._process is not None and self._process.poll() is None:
            return
        self._forget()
        try:
            self._process = _started(self._command)
        except OSError as error:
            raise refusal("reader-missing", details=str(error)) from error
        with self._killed_after(_START_SECONDS):
            if not self._receive():
                raise refusal("reader-missing", details=f"exit code {self._process.poll()}")

    def ask(self, request: Mapping[str, Any]) -> Photo:
        """The whole conversation about one picture."""
        with self._lock:
            self._busy, self._stopped_for = True, ""
        try:
            self.start()
            with self._killed_after(self._limits.seconds):
                return self._converse(request)
        finally:
            with self._lock:
                self._busy = False

    def _converse(self, request: Mapping[str, Any]) -> Photo:
        self._send(request)
        answer = self._expect()
        _raise_problem(answer)
        with SharedArray.create(self._granted(answer)) as shared:
            self._send(shared.describe())
            answer = self._expect()
            _raise_problem(answer)
            return self._photo(answer, shared.array)

    def _granted(self, answer: dict[str, Any]) -> tuple[int, int, int]:
        """The shape asked for, if within the limits: the process may be under hostile rule."""
        height, width, channels = (int(side) for side in answer.get("array", (0, 0, 0)))
        allowed = 0 < height * width <= self._limits.pixels and channels in (3, 4)
        if not allowed or min(height, width) < 1:
            raise self._distrusted("shape")
        return height, width, channels

    def _photo(self, answer: dict[str, Any], pixels: NDArray[np.uint8]) -> Photo:
        try:
            metadata = Metadata.from_json(answer["metadata"])
            notes = tuple(Note.from_json(note) for note in answer["notes"])
            width, height = (int(side) for side in answer["size"])
        except (KeyError, TypeError, ValueError) as error:
            raise self._distrusted(f"answer: {error}") from error
        return Photo(pixels, metadata, notes, Size(width, height))

    def _distrusted(self, what: str) -> Problem:
        self._kill()
        return refusal("reader-stopped", details=f"unexpected {what}")

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, message)
        except OSError as error:
            raise self._gone() from error

    def _expect(self) -> dict[str, Any]:
        answer = self._receive()
        if answer is None:
            raise self._gone()
        return answer

    def _receive(self) -> dict[str, Any] | None:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            return read_frame(self._process.stdout)
        except (OSError, ValueError):
            self._kill()
            return None

    def _gone(self) -> Exception:
        """Why the process ended: by us for its time or at the person's wish, or by itself."""
        assert self._process is not None
        self._kill()
        if self._stopped_for == "cancel":
            return Cancelled()
        if self._stopped_for == "time":
            return refusal("too-slow", seconds=round(self._limits.seconds))
        return refusal("reader-stopped", details=f"exit code {self._process.wait()}")

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._stop, ("time",))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def cancel(self) -> None:
        """End the call under way, if there is one."""
        self._stop("cancel")

    def _stop(self, reason: str) -> None:
        with self._lock:
            if self._busy and not self._stopped_for:
                self._stopped_for = reason
                self._kill()

    def _kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def close(self) -> None:
        """Ask the process to end, make it end, and free its pipes."""
        process = self._process
        if process is None:
            return
        assert process.stdin is not None
        _close_pipe(process.stdin)
        try:
            process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self._forget()

    def _forget(self) -> None:
        if self._process is None:
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _close_pipe(self._process.stdin)
        _close_pipe(self._process.stdout)
        self._process.wait()
        self._process = None


def _close_pipe(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # the process is gone and took unsent bytes with it


def _raise_problem(answer: dict[str, Any]) -> None:
    """Only the code and plain values are taken from the process: the sentences are ours."""
    code = answer.get("problem")
    if code is None:
        return
    if code not in REFUSALS:
        raise refusal("reader-stopped", details=f"unexpected problem {code!r}")
    values = {
        str(name): value if isinstance(value, int) else str(value)
        for name, value in answer.get("values", {}).items()
    }
    raise refusal(code, details=str(answer.get("details", "")), **values)


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """The program with the same package as ours, wherever both were started from."""
    package = str(Path(prodedit.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        # numpy's threads would each take a share of the limited address space.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
