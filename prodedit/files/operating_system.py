# SPDX-License-Identifier: Apache-2.0
"""The calls to the disk that saving makes, as one object: tests let each of them fail."""

import errno
import os
import sys
import time
from pathlib import Path

_FULL_SYNC = 51  # F_FULLFSYNC of macOS, where fsync alone leaves data in the drive's cache
SHARING_ERRORS = frozenset({5, 32, 33})  # Windows: a virus scanner holds the file for a moment
_SHARING_TRIES = 6
# Folders of some file systems (FAT, network shares) can't be synced; their renames are as they are.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})


class OperatingSystem:
    """Plain calls; every one raises OSError as the system does."""

    def create(self, path: Path, mode: int) -> int:
        """Descriptor of a new file, open for writing; FileExistsError if there is one."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, mode)

    def set_mode(self, path: Path, mode: int) -> None:
        path.chmod(mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Number of bytes that were written; may be fewer than given."""
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        """Return when the file's bytes are on the disk."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(descriptor, _FULL_SYNC)
        else:
            os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def link(self, source: Path, target: Path) -> None:
        """A second name for the same file."""
        target.hardlink_to(source)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over what is there, at once and as a whole."""
        for attempt in range(_SHARING_TRIES):
            try:
                source.replace(target)
            except OSError as error:
                held = getattr(error, "winerror", None) in SHARING_ERRORS
                if not held or attempt == _SHARING_TRIES - 1:
                    raise
                time.sleep(0.05 * 2**attempt)
            else:
                return

    def unlink(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, folder: Path) -> None:
        """FileExistsError if there is one."""
        folder.mkdir()

    def fsync_folder(self, folder: Path) -> None:
        """Return when the folder's entries are on the disk, where the file system can tell."""
        if sys.platform == "win32":
            return
        try:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:  # one that may be written but not read can't even be opened
            if error.errno not in _NO_FOLDER_SYNC:
                raise
