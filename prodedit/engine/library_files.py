# SPDX-License-Identifier: Apache-2.0
"""Libraries that are folders of small JSON files: what recipes and presets have in common."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.files.atomic import write_atomic

SUFFIX = ".json"


def files_in(folder: Path) -> list[Path]:
    """Sorted by name; none where there is no such folder."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError:
        return []
    return [path for path in paths if path.is_file()]


def write(path: Path, data: bytes) -> None:
    """Whole or not at all; its folder is made where there is none. Raises Problem."""
    with contextlib.suppress(OSError):  # what is wrong with the place, the writing tells
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)


def remove(path: Path) -> None:
    """Nothing where it has gone already. Raises Problem where it can't be."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{file}” could not be deleted: {why}."),
            code="not-deleted",
            file=path.name,
            why=error.strerror or str(error),
        ) from error


def key(name: str) -> str:
    """The same for names that a person would take for one."""
    return unicodedata.normalize("NFC", name).strip().casefold()
