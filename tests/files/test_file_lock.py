# SPDX-License-Identifier: Apache-2.0
import errno
import os
from pathlib import Path

import pytest

from prodedit.files import file_lock
from prodedit.files.file_lock import FileLock


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first = FileLock.try_lock(tmp_path / "lock")
    assert first is not None
    assert FileLock.try_lock(tmp_path / "lock") is None
    first.release()
    first.release()
    second = FileLock.try_lock(tmp_path / "lock")
    assert second is not None
    second.release()


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not taken for a lock that another has: whoever waits for that would wait for ever."""

    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(file_lock, "_lock", refuse)
    with pytest.raises(OSError, match="No locks"):
        FileLock.try_lock(tmp_path / "lock")
