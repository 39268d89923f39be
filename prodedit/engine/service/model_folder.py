# SPDX-License-Identifier: Apache-2.0
"""Files of weights on the disk: written whole or not at all, locked between processes, hashed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from prodedit.engine.service import store_problems
from prodedit.files.atomic import put_atomic, remove_leftovers
from prodedit.files.file_lock import FileLock

CHUNK = 1 << 20
STALE_SECONDS = 86_400.0
"""What a killed program left half-written is deleted when it is older; no pull takes a day."""
Seen = tuple[int, int, int]
"""Size, time of change in ns, number of a file: while they stay, its content counts as known."""


class Hashes:
    """sha256 of files, computed once in this process as long as a file stays as it is."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Seen, str]] = {}

    def of(self, path: Path) -> str:
        """The sha256 of a file in hexadecimal. Raises OSError."""
        seen = _look(path)
        known = self._known.get(path)
        if known is None or known[0] != seen:
            with path.open("rb") as file:
                known = seen, hashlib.file_digest(file, "sha256").hexdigest()
            self._known[path] = known
        return known[1]

    def known(self, path: Path) -> str | None:
        """The hash where it was computed and the file has stayed as it is."""
        known = self._known.get(path)
        return known[1] if known is not None and known[0] == _look(path) else None


def write_whole(path: Path, chunks: Iterable[bytes], sha256: str, size: int, title: str) -> None:
    """Put the chunks at `path` if they are the expected content; else leave what was there.

    Raises Problem: wrong content, full disk, read-only folder.
    """

    def write(stream: IO[bytes]) -> None:
        for chunk in _checked(chunks, sha256, size, title):
            stream.write(chunk)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(path.parent, time.time() - STALE_SECONDS)
        put_atomic(path, write)
    except OSError as error:
        raise store_problems.cannot_write(error, path.parent) from error


def _checked(chunks: Iterable[bytes], sha256: str, size: int, title: str) -> Iterator[bytes]:
    """The same chunks; raises at the first byte too many, and at the end if they are wrong."""
    digest, length = hashlib.sha256(), 0
    for chunk in chunks:
        length += len(chunk)
        if length > size:
            raise store_problems.wrong_content(title, f"{size} bytes", f"more than {size}")
        digest.update(chunk)
        yield chunk
    if length != size or digest.hexdigest() != sha256:
        found = f"{digest.hexdigest()} of {length} bytes"
        raise store_problems.wrong_content(title, f"{sha256} of {size} bytes", found)


def read_chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces of a megabyte."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def size_of(path: Path) -> int:
    """In bytes; -1 where another process has just removed the file."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


@contextmanager
def locked(folder: Path, name: str, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock `name` of a folder against other processes; `wait` is called while another has
    it, and may raise. The system frees it when the holder dies. Raises Problem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f".{name}.lock"
        while (lock := FileLock.try_lock(path)) is None:
            wait()
            time.sleep(0.1)
    except OSError as error:
        raise store_problems.cannot_write(error, folder) from error
    try:
        yield
    finally:
        lock.release()


def _look(path: Path) -> Seen:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino
