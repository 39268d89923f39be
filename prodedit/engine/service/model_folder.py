# SPDX-License-Identifier: Apache-2.0
"""Files of weights on the disk: written whole or not at all, locked between processes, hashed."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prodedit.engine.service import store_problems

CHUNK = 1 << 20
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".arriving-")
    except OSError as error:
        raise store_problems.cannot_write(error, path.parent) from error
    arriving = Path(name)
    try:
        _write(handle, _checked(chunks, sha256, size, title), path.parent)
        arriving.chmod(0o644)
        arriving.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise store_problems.cannot_write(error, path.parent) from error
    finally:
        arriving.unlink(missing_ok=True)


def _write(handle: int, chunks: Iterator[bytes], folder: Path) -> None:
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            try:
                file.write(chunk)
            except OSError as error:
                raise store_problems.cannot_write(error, folder) from error
        file.flush()
        os.fsync(file.fileno())


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


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder last through a power cut, where the system knows how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems can't; the rename itself is done
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(folder: Path, name: str, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock `name` of a folder against other processes; `wait` is called while another has
    it, and may raise. The system frees it when the holder dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f".{name}.lock").open("a+b")
    except OSError as error:
        raise store_problems.cannot_write(error, folder) from error
    with file:
        while not _try_lock(file.fileno()):
            wait()
            time.sleep(0.1)
        yield  # closing the file frees the lock


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _look(path: Path) -> Seen:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino
