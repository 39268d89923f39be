# SPDX-License-Identifier: Apache-2.0
"""Writing a file so that there is always a whole one: the old or the new, whatever happens.

A temporary file in the same folder is written, synced, read again and checked, and only then takes
the name of the old one. (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014, has
the order of the syncs.)
"""

import errno
import io
import os
import shutil
import stat
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.operating_system import SHARING_ERRORS, OperatingSystem
from prodedit.files.versions import version_name

Data = bytes | bytearray | memoryview
Writer = Callable[[IO[bytes]], None]
Verify = Callable[[Path], None]

_PIECE = 1 << 20  # bytes a call; a full disk or a pulled cable is noticed in between
_BEGINNING, _END = ".prodedit-", ".part"
_LACKING = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS})
"""What file systems say that have no permissions, or no second names (FAT, shares)."""
_DISK = OperatingSystem()

_SENTENCES = {
    "disk-full": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: the disk is full. Free some space or choose another place.",
    ),
    "quota": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: your share of the disk is used up. Free some space or choose "
        "another place.",
    ),
    "read-only": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: this disk can't be written to. Choose another place.",
    ),
    "not-allowed": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: you are not allowed to write in this folder. Choose another one.",
    ),
    "protected": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: the old file is protected against changes. Choose another name.",
    ),
    "folder-gone": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: its folder is not there any more. Choose another one.",
    ),
    "name-too-long": QT_TRANSLATE_NOOP(
        "Problem", "“{file}” was not saved: the name is too long. Choose a shorter one."
    ),
    "is-folder": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: there is a folder of that name. Choose another name.",
    ),
    "in-use": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: another program is using it. Close it there and save again.",
    ),
    "disk-error": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: the disk reported an error. Save it in another place.",
    ),
    "not-verified": QT_TRANSLATE_NOOP(
        "Problem",
        "“{file}” was not saved: what arrived on the disk was not what was written. Save it in "
        "another place.",
    ),
}
_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EDQUOT: "quota",
    errno.EROFS: "read-only",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.ENOENT: "folder-gone",
    errno.ENOTDIR: "folder-gone",
    errno.ENAMETOOLONG: "name-too-long",
    errno.EISDIR: "is-folder",
    errno.EBUSY: "in-use",
    errno.ETXTBSY: "in-use",
}


def write_atomic(
    path: Path,
    data: Data | Writer,
    *,
    verify: Verify | None = None,
    keep_previous: int = 0,
    system: OperatingSystem = _DISK,
) -> None:
    """Put `data`, or what the writer writes into the file it is given, under `path`.

    Either all of it is there afterwards, on the disk, or the old file is untouched and a Problem
    says why. (Should only the folder's own sync fail, the new file is there but not yet for sure.)
    `verify(path)` looks at the written file before it takes its place and raises Problem
    or any other Exception if it is not right; without it, `data` is compared byte by byte.
    A link is followed; the old file's permissions are kept where the file system has such; of
    the old files `keep_previous` stay (see `files.versions`). Exceptions of the writer pass, and
    leave nothing behind.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "There is a folder of that name", str(path))
        if target.exists() and not os.access(target, os.W_OK):
            raise Problem(_SENTENCES["protected"], code="protected", file=path.name)
        put_atomic(target, data, verify=verify, keep_previous=keep_previous, system=system)
    except OSError as error:
        raise problem_of(error, path) from error


def put_atomic(
    target: Path,
    data: Data | Writer,
    *,
    verify: Verify | None = None,
    keep_previous: int = 0,
    system: OperatingSystem = _DISK,
) -> None:
    """As `write_atomic`, for those with sentences of their own: raises OSError where the disk
    refuses. A link is replaced, not followed."""
    # Named without the target's name, which may be as long as names can be.
    temporary = target.parent / f"{_BEGINNING}{uuid.uuid4().hex}{_END}"
    mode = _mode(target)
    try:
        _fill(temporary, data, mode, system)
        _check(temporary, target, data, verify)
        if keep_previous and mode is not None:
            _keep_previous(target, keep_previous, system)
        system.replace(temporary, target)
    except BaseException:
        _discard(temporary, system)
        raise
    system.fsync_folder(target.parent)


def remove_leftovers(folder: Path, older_than: float) -> int:
    """Delete temporary files of killed programs, last changed before that time; how many."""
    removed = 0
    for path in folder.glob(f"{_BEGINNING}*{_END}"):
        try:
            if path.lstat().st_mtime < older_than:
                path.unlink()
                removed += 1
        except OSError:
            continue  # another program was faster, or it isn't ours to delete
    return removed


def _mode(target: Path) -> int | None:
    """Permissions of the file that is to be replaced; None when there is none."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _fill(temporary: Path, data: Data | Writer, mode: int | None, system: OperatingSystem) -> None:
    descriptor = system.create(temporary, 0o666 if mode is None else 0o600)
    try:
        with io.BufferedRandom(_Stream(descriptor, system), _PIECE) as stream:
            if callable(data):
                data(stream)
            else:
                stream.write(data)
        if mode is not None:
            _keep_mode(temporary, mode, system)
        system.fsync(descriptor)
    except BaseException:
        _close_quietly(descriptor, system)
        raise
    system.close(descriptor)


def _keep_mode(path: Path, mode: int, system: OperatingSystem) -> None:
    try:
        system.set_mode(path, mode)
    except OSError as error:
        if error.errno not in _LACKING:
            raise


class _Stream(io.RawIOBase):
    """The temporary file as the writer sees it: readable and seekable too, as zip files need."""

    def __init__(self, descriptor: int, system: OperatingSystem) -> None:
        self._descriptor = descriptor
        self._system = system

    def write(self, data: object) -> int:
        """All of it, in pieces."""
        rest = memoryview(data).cast("B")  # type: ignore[arg-type]
        length = len(rest)
        while rest:
            rest = rest[self._system.write(self._descriptor, rest[:_PIECE]) :]
        return length

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        found = os.read(self._descriptor, len(view))
        view[: len(found)] = found
        return len(found)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._descriptor, offset, whence)

    def truncate(self, size: int | None = None) -> int:
        length = self.tell() if size is None else size
        os.ftruncate(self._descriptor, length)
        return length

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def _check(temporary: Path, target: Path, data: Data | Writer, verify: Verify | None) -> None:
    """Raises Problem("not-verified") when the bytes on the disk are not the right ones."""
    try:
        if verify is not None:
            verify(temporary)
        elif not callable(data) and not _same(temporary, memoryview(data).cast("B")):
            raise ValueError("the bytes differ")
    except (Problem, OSError, MemoryError):
        raise
    except Exception as error:
        details = f"{type(error).__name__}: {error}"
        raise Problem(
            _SENTENCES["not-verified"], code="not-verified", details=details, file=target.name
        ) from error


def _same(path: Path, data: memoryview) -> bool:
    with path.open("rb") as file:
        position = 0
        while piece := file.read(_PIECE):
            if piece != data[position : position + len(piece)]:
                return False
            position += len(piece)
    return position == len(data)


def _keep_previous(target: Path, count: int, system: OperatingSystem) -> None:
    """Give the old file a second name; it keeps its first until the new one takes it. Older ones
    make room, the oldest goes."""
    for number in range(count - 1, 0, -1):
        with suppress(FileNotFoundError):  # another window may keep them, too
            system.replace(version_name(target, number), version_name(target, number + 1))
    backup = version_name(target, 1)
    step = target.parent / f"{_BEGINNING}{uuid.uuid4().hex}{_END}"
    try:
        try:
            system.link(target, step)
        except OSError as error:
            if error.errno not in (*_LACKING, errno.EMLINK):
                raise
            _fill(step, lambda stream: _copy(target, stream), _mode(target), system)
        system.replace(step, backup)
        if step.exists():  # nothing is renamed where both names are of one file already
            system.unlink(step)
    except BaseException:
        _discard(step, system)
        raise


def _copy(source: Path, stream: IO[bytes]) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, stream, _PIECE)


def _discard(temporary: Path, system: OperatingSystem) -> None:
    """Leave nothing behind; the error that brought us here is the one to tell."""
    try:
        system.unlink(temporary)
    except OSError:
        return


def _close_quietly(descriptor: int, system: OperatingSystem) -> None:
    try:
        system.close(descriptor)
    except OSError:
        return


def problem_of(error: OSError, path: Path) -> Problem:
    """The sentence for what the disk refused."""
    code = _CODES.get(error.errno or 0, "disk-error")
    if getattr(error, "winerror", None) in SHARING_ERRORS:
        code = "in-use"
    return Problem(_SENTENCES[code], code=code, details=str(error), file=path.name)
