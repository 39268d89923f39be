# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with a GPU pack, in words for the person."""

from __future__ import annotations

import errno
from pathlib import Path

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.service.frames import GPU_UNUSABLE
from prodedit.engine.service.outside_tools import Why, why_failed

_DETAILS = 4000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def no_card() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "No NVIDIA graphics card was found on this computer, or it has no driver."
        ),
        code="gpu-none",
    )


def being_made() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "Another ProdEdit is making or removing the GPU pack right now. Wait until it is done.",
        ),
        code="gpu-being-made",
    )


def no_space(folder: Path, needed: int, free: int) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack needs {needed} GB of space in {folder}, and only {free} GB are free.",
        ),
        code="disk-full",
        needed=gigabytes(needed),
        free=gigabytes(free),
        folder=str(folder),
    )


def cannot_write(error: Exception, folder: Path) -> Problem:
    """The file system refused."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return _disk_full(folder, str(error))
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The GPU pack can't be stored in {folder}: {why}."),
        code="gpu-cannot-write",
        folder=str(folder),
        why=(error.strerror if isinstance(error, OSError) else None) or str(error),
    )


def no_code(folder: Path) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "This copy of ProdEdit can't run its engine in a GPU pack: its own code is not in "
            "{folder}.",
        ),
        code="gpu-no-code",
        folder=str(folder),
    )


def no_python(oldest: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack needs Python {oldest} or newer, or the program uv, and neither was "
            "found. Install one of them and try again.",
        ),
        code="gpu-no-python",
        oldest=oldest,
    )


def tool_failed(tool: str, output: str, folder: Path) -> Problem:
    """The program that makes the environment failed; nothing was changed."""
    why = why_failed(output)
    if why is Why.NO_SPACE:
        return _disk_full(folder, output)
    text, code = _TOOL[why]
    return Problem(text, code=code, tool=tool, why=_last_error(output), details=output[-_DETAILS:])


def no_use(why: Problem) -> Problem:
    """It was made, and does not work."""
    text, code = _NO_USE.get(why.code, _NO_USE[""])
    return Problem(text, code=code, details=f"{why}\n{why.details}"[-_DETAILS:])


def not_used(why: Problem, words: str) -> Problem:
    """A pack that worked once does not any more; the processor takes over."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack could not be used, so the processor computes until ProdEdit is started "
            "again. Nothing was lost.",
        ),
        code="gpu-not-used",
        details=f"{why}\n{words}"[-_DETAILS:],
    )


def outdated() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack belongs to another version of ProdEdit, so the processor computes. Make "
            "it anew in the preferences, or with: {command}",
        ),
        code="gpu-outdated",
        command="prodedit gpu install",
    )


def broken() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack is damaged, so the processor computes. Make it anew in the preferences, "
            "or with: {command}",
        ),
        code="gpu-broken",
        command="prodedit gpu install",
    )


def card_unusable(reason: str) -> Problem:
    """What the engine process in a pack says where its torch finds no card."""
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "torch can't use the graphics card."),
        code=GPU_UNUSABLE,
        details=reason[-_DETAILS:],
    )


def gigabytes(count: int) -> str:
    """Bytes as a person reads them: "7.1"."""
    return f"{count / 1e9:.1f}"


def _disk_full(folder: Path, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The disk is full: the GPU pack could not be stored in {folder}."
        ),
        code="disk-full",
        folder=str(folder),
        details=details[-_DETAILS:],
    )


def _last_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return errors[-1][:300] if errors else ""


_TOOL = {
    Why.NO_NETWORK: (
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack could not be fetched: {tool} reached no network. Check the connection, "
            "or the proxy and mirror settings of {tool}.",
        ),
        "no-network",
    ),
    Why.NO_PACKAGE: (
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack could not be fetched: a package is not where {tool} looks for packages. "
            "{why}",
        ),
        "package-missing",
    ),
    Why.OTHER: (
        QT_TRANSLATE_NOOP("Problem", "The GPU pack could not be made: {tool} failed. {why}"),
        "gpu-tool-failed",
    ),
}

_NO_USE = {
    "device-not-working": (
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack was made, but its torch can't use the graphics card, so it was thrown "
            "away. Another driver or another build of torch may help.",
        ),
        "gpu-wrong-torch",
    ),
    "": (
        QT_TRANSLATE_NOOP(
            "Problem",
            "The GPU pack was made, but it does not run on this computer, so it was thrown away.",
        ),
        "gpu-no-use",
    ),
}
