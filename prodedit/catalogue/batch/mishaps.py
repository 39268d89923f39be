# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with one picture of many, whatever is done to it, as a sentence."""

from __future__ import annotations

import os
from pathlib import Path

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem


def make_folder(output: Path) -> None:
    """The folder of a file that is to be written: before the work, so that a place that can't be
    written to costs none. Raises Problem."""
    folder = output.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The folder “{folder}” could not be made: {why}."),
            code="no-folder",
            folder=str(folder),
            why=error.strerror or str(error),
        ) from error
    if not os.access(folder, os.W_OK):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "You are not allowed to write in the folder “{folder}”."),
            code="not-allowed",
            folder=str(folder),
        )


def no_memory() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is not enough memory for this picture."),
        code="no-memory",
    )


def unexpected(error: Exception) -> Problem:
    """Where no thread can be started there is no memory for its stack: that is no riddle."""
    if "can't start new thread" in str(error):
        return no_memory()
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This picture failed for a reason nobody foresaw: {error}"),
        code="unexpected",
        error=f"{type(error).__name__}: {error}",
    )
