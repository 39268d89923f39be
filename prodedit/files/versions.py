# SPDX-License-Identifier: Apache-2.0
"""Earlier saves of a file, which stay beside it: `mug.ora.bak` the newest, then `mug.ora.bak2`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

MOST = 20


class Version(NamedTuple):
    """time: when it was written, in seconds since 1970."""

    path: Path
    time: float
    nbytes: int


def version_name(path: Path, number: int) -> Path:
    """number: 1 for the last save before the present one."""
    return path.with_name(f"{path.name}.bak{number if number > 1 else ''}")


def versions_of(path: Path) -> tuple[Version, ...]:
    """Those that are there, the newest first."""
    found = (_looked_at(version_name(path, number)) for number in range(1, MOST + 1))
    return tuple(sorted((v for v in found if v is not None), key=lambda v: v.time, reverse=True))


def _looked_at(path: Path) -> Version | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return Version(path, told.st_mtime, told.st_size)
