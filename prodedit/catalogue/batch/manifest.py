# SPDX-License-Identifier: Apache-2.0
"""The file that knows how far a batch is: a line for each thing that has come to pass, which is on
the disk before anybody is told.

Lines, not a database: they are only ever added, by one program, so that what was written stays as
it is whatever comes later; SQLite's log needs memory that processes share, which folders on a
network do not have, and shops keep their photos there. Each line begins with its checksum. One that
was being written when the program was killed is left out, and written over by the next.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from prodedit.files.atomic import problem_of
from prodedit.files.operating_system import OperatingSystem

Record = Mapping[str, Any]
_FIGURES = 8


class Manifest:
    """An open file of lines, `end` bytes long. May be written to from any thread. Raises Problem
    where the disk refuses; what was there before is still there then."""

    def __init__(self, path: Path, end: int, system: OperatingSystem | None = None) -> None:
        self.path = path
        self._system = system or OperatingSystem()
        self._lock = threading.Lock()
        self._end = end
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file: int | None = os.open(path, flags, 0o666)
        except OSError as error:
            raise problem_of(error, path) from error

    def add(self, records: Iterable[Record]) -> None:
        """Write lines; they are on the disk when this returns."""
        data = lines(records)
        with self._lock:
            if self._file is None:
                return
            try:
                self._put(self._file, data)
            except OSError as error:
                raise problem_of(error, self.path) from error
            self._end += len(data)

    def close(self) -> None:
        with self._lock:
            file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _put(self, file: int, data: bytes) -> None:
        os.ftruncate(file, self._end)  # what a failed call has left
        os.lseek(file, self._end, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[self._system.write(file, rest) :]
        self._system.fsync(file)


def lines(records: Iterable[Record]) -> bytes:
    """As they stand in the file. ASCII, as names of files may hold what UTF-8 can't."""
    return b"".join(map(_line, records))


def read(path: Path) -> list[Record]:
    """What whole lines say; nothing where there is no file. Raises Problem where it can't be
    read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise problem_of(error, path) from error
    return [json.loads(line[_FIGURES + 1 :]) for line in data.split(b"\n") if _is_whole(line)]


def _line(record: Record) -> bytes:
    text = json.dumps(record, separators=(",", ":")).encode()
    return b"%b %b\n" % (_checksum(text), text)


def _is_whole(line: bytes) -> bool:
    return len(line) > _FIGURES and line[:_FIGURES] == _checksum(line[_FIGURES + 1 :])


def _checksum(text: bytes) -> bytes:
    return b"%0*x" % (_FIGURES, zlib.crc32(text))
