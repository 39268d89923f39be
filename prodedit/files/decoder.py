# SPDX-License-Identifier: Apache-2.0
"""Opens pictures without ever reading them here: the asking side of the decoder process."""

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.facts import facts_from
from prodedit.files.frames import read_frame, write_frame
from prodedit.files.layered import Layered, NoLayers, received
from prodedit.files.metadata import Metadata
from prodedit.files.own_programs import NO_WINDOW, module_command, own_code_first
from prodedit.files.photo import LIMITS, Limits, Note, Photo
from prodedit.files.refusals import refusal
from prodedit.files.shared_arrays import SharedArray

T = TypeVar("T")
COMMAND = module_command("prodedit.files.decoder_process")
_START_SECONDS = 120.0
"""One that can't start ends at once; a computer that is slow, busy or being searched for viruses
may take half a minute for one that can."""
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
        self._cancelled = 0  # how often; a call that waited through one is cancelled too
        self._closed = False

    def decode(self, path: Path, *, accept_damaged: bool = False) -> Photo:
        """The whole picture. Raises Problem with a code of `refusals.REFUSALS`, or Cancelled.

        A damaged picture raises Problem("damaged", percent=...); with `accept_damaged` what is
        left of it is opened.
        """
        return self._ask(path, None, accept_damaged)

    def thumbnail(self, path: Path, side: int) -> Photo:
        """The picture at most `side` pixels wide and high; fast for JPEG. Raises as `decode`."""
        return self._ask(path, side, accept_damaged=True)

    def layers(self, path: Path) -> Layered | NoLayers:
        """The layers of a Photoshop file, if it has such as can be opened. Raises as `decode`; the
        time it may take is counted anew for each layer."""
        return self._asked(path, {"layers": True}, received)

    def cancel(self) -> None:
        """Let all calls that are under way or waiting raise Cancelled at once."""
        self._cancelled += 1
        for reader in self._all:
            reader.cancel()

    def close(self) -> None:
        """End the processes; calls under way and later ones raise Cancelled. May be repeated."""
        self._closed = True
        self.cancel()
        for reader in [self._free.get() for _ in self._all]:
            reader.close()
            self._free.put(reader)

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
        request = {"side": side, "accept_damaged": accept_damaged}
        return self._asked(path, request, lambda reader: reader.photo())

    def _asked(
        self, path: Path, request: Mapping[str, Any], conversation: "Callable[[_Reader], T]"
    ) -> T:
        asked = {"path": os.fspath(Path(path).absolute()), **request}
        with self._reader() as reader:
            try:
                return reader.ask(asked, conversation)
            except Problem as problem:
                problem.values.setdefault("file", Path(path).name)
                raise

    @contextmanager
    def _reader(self) -> "Iterator[_Reader]":
        cancelled = self._cancelled
        reader = self._free.get()
        try:
            if self._closed or cancelled != self._cancelled:
                raise Cancelled
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

    @property
    def limits(self) -> Limits:
        return self._limits

    def ask(self, request: Mapping[str, Any], conversation: "Callable[[_Reader], T]") -> T:
        """The whole conversation about one picture."""
        with self._lock:
            self._busy, self._stopped_for = True, ""
        try:
            self._begin(request)
            return self._converse(conversation)
        finally:
            with self._lock:
                self._busy = False

    def _start(self) -> None:
        """Have a process. Raises Problem("reader-missing") where none can be had, or Cancelled."""
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        try:
            self._process = _started(self._command)
        except OSError as error:
            raise refusal("reader-missing", details=str(error)) from error
        with self._killed_after(_START_SECONDS):
            greeted = self._receive()
        if self._stopped_for == "cancel":
            raise Cancelled
        if not greeted:
            raise refusal("reader-missing", details=f"exit code {self._end()}")

    def _begin(self, request: Mapping[str, Any]) -> None:
        """A process that died since the last picture is no fault of this one."""
        self._start()
        try:
            self._send(request)
        except OSError:
            self._end()
            self._start()
            self._send(request)

    def photo(self) -> Photo:
        with (
            self._killed_after(self._limits.seconds),
            self.shared(self._granted(self._answer())) as shared,
        ):
            self._send(shared.describe())
            return _photo(self._answer(), shared.array)

    def tell(self, message: Mapping[str, Any]) -> None:
        self._send(message)

    def answer(self) -> dict[str, Any]:
        """What the process says within the time for one picture."""
        with self._killed_after(self._limits.seconds):
            return self._answer()

    def _converse(self, conversation: "Callable[[_Reader], T]") -> T:
        """Every word is checked: a hostile picture may have taken the process over."""
        try:
            return conversation(self)
        except OSError as error:
            raise self._gone() from error
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            self._end()
            details = f"unexpected answer: {error!r}"
            raise refusal("reader-stopped", details=details) from error

    def _granted(self, answer: dict[str, Any]) -> tuple[int, int, int]:
        """The shape asked for, if it is within the limits."""
        height, width, channels = (int(side) for side in answer["array"])
        if min(height, width) < 1 or height * width > self._limits.pixels or channels not in (3, 4):
            raise ValueError(f"shape {height} x {width} x {channels}")
        return height, width, channels

    def shared(self, shape: tuple[int, ...]) -> SharedArray:
        try:
            return SharedArray.create(shape)
        except Problem:
            self.give_up()
            raise

    def give_up(self) -> None:
        """The process waits for an answer, and would take the next request for that."""
        self._end()

    def _answer(self) -> dict[str, Any]:
        """What the process says next; the Problem it tells is raised."""
        answer = self._receive()
        if answer is None:
            raise self._gone()
        if "problem" in answer:
            raise _told_problem(answer)
        return answer

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        write_frame(self._process.stdin, message)

    def _receive(self) -> dict[str, Any] | None:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            return read_frame(self._process.stdout)
        except (OSError, ValueError):
            return None

    def _gone(self) -> Exception:
        """Why the process ended: by us for its time or at the person's wish, or by itself."""
        code = self._end()
        if self._stopped_for == "cancel":
            return Cancelled()
        if self._stopped_for == "time":
            return refusal("too-slow", seconds=round(self._limits.seconds))
        return refusal("reader-stopped", details=f"exit code {code}")

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
            process = self._process
            if self._busy and not self._stopped_for:
                self._stopped_for = reason
                if process is not None:
                    process.kill()

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
            pass  # it is made to end next
        finally:
            self._end()

    def _end(self) -> int | None:
        """Kill the process and let go of it; its exit code, None when it won't end."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        assert process.stdin is not None
        assert process.stdout is not None
        _close_pipe(process.stdin)
        _close_pipe(process.stdout)
        try:
            return process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:  # stuck in the system; nobody waits for that
            threading.Thread(target=process.wait, name="decoder's end", daemon=True).start()
            return None


def _close_pipe(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # the process is gone and took unsent bytes with it


def _photo(answer: dict[str, Any], pixels: NDArray[np.uint8]) -> Photo:
    metadata = Metadata.from_json(answer["metadata"])
    notes = tuple(Note.from_json(note) for note in answer["notes"])
    width, height = (int(side) for side in answer["size"])
    for note in notes:
        str(note)  # KeyError unless its values fill it
    return Photo(pixels, metadata, notes, Size(width, height), facts_from(answer["facts"]))


def _told_problem(answer: dict[str, Any]) -> Problem:
    """Only the code and plain values are taken from the process: the sentences are ours."""
    values = {
        str(name): value if isinstance(value, int) else str(value)
        for name, value in answer["values"].items()
    }
    problem = refusal(answer["problem"], details=str(answer["details"]), **values)
    str(problem)  # KeyError unless its values fill it
    return problem


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """The program with the same package as ours, wherever both were started from."""
    environment = own_code_first(os.environ)
    # numpy's threads would each take a share of the limited address space.
    environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=NO_WINDOW,
    )
