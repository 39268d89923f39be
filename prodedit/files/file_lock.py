# SPDX-License-Identifier: Apache-2.0
"""A lock that the system lets go of when its process dies: a number in a file would outlive it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What the systems say of a lock that another has; anything else means that there are no locks."""


class FileLock:
    """`try_lock` gives one, or None where a living process (this one too) holds it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @staticmethod
    def try_lock(path: Path) -> FileLock | None:
        """Raises OSError where the file cannot be made, or its file system knows no locks."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _TAKEN:
                return None
            raise
        return FileLock(descriptor)

    def release(self) -> None:
        """Let go; the file stays."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Raises OSError where it is taken. Not lockf: that one forgets its lock when any other
    descriptor of the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
