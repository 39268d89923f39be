# SPDX-License-Identifier: Apache-2.0
"""A disk on which one call fails, or during which the program dies."""

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

from prodedit.files.operating_system import OperatingSystem

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT)
CALLS = ("create", "set_mode", "write", "fsync", "close", "link", "replace", "fsync_folder")


class Disturbed(OperatingSystem):
    """Counts the calls a save makes and lets `happen(name)` come before or after number `at`.

    `unlink` is not counted: it is what cleans up after the error.
    """

    def __init__(
        self, at: int = -1, happen: Callable[[str], None] | None = None, *, after: bool = False
    ) -> None:
        self.calls: list[str] = []
        self._at = at
        self._happen = happen
        self._after = after

    def _strikes(self, name: str, *, after: bool) -> None:
        if not after:
            self.calls.append(name)
        due = len(self.calls) - 1 == self._at and after == self._after
        if due and self._happen is not None:
            self._happen(name)

    def create(self, path: Path, mode: int) -> int:
        self._strikes("create", after=False)
        descriptor = super().create(path, mode)
        self._strikes("create", after=True)
        return descriptor

    def set_mode(self, path: Path, mode: int) -> None:
        self._strikes("set_mode", after=False)
        super().set_mode(path, mode)
        self._strikes("set_mode", after=True)

    def write(self, descriptor: int, data: memoryview) -> int:
        """In halves, so that there is a moment in the middle."""
        self._strikes("write", after=False)
        written = super().write(descriptor, data[: max(1, len(data) // 2)])
        self._strikes("write", after=True)
        return written

    def fsync(self, descriptor: int) -> None:
        self._strikes("fsync", after=False)
        super().fsync(descriptor)
        self._strikes("fsync", after=True)

    def close(self, descriptor: int) -> None:
        """The descriptor is gone even when closing reports an error, as on Linux."""
        super().close(descriptor)
        self._strikes("close", after=False)
        self._strikes("close", after=True)

    def link(self, source: Path, target: Path) -> None:
        self._strikes("link", after=False)
        super().link(source, target)
        self._strikes("link", after=True)

    def replace(self, source: Path, target: Path) -> None:
        self._strikes("replace", after=False)
        super().replace(source, target)
        self._strikes("replace", after=True)

    def fsync_folder(self, folder: Path) -> None:
        self._strikes("fsync_folder", after=False)
        super().fsync_folder(folder)
        self._strikes("fsync_folder", after=True)


def failing(number: int) -> Callable[[str], None]:
    """Raises that error of the system."""

    def fail(name: str) -> None:
        raise OSError(number, os.strerror(number), name)

    return fail


def dying(name: str) -> None:
    """kill -9, from inside."""
    del name
    os.kill(os.getpid(), signal.SIGKILL)
