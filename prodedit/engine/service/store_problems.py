# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with weights, in words for the person."""

from __future__ import annotations

import errno
from pathlib import Path

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

_DETAILS = 4000
FINAL = frozenset({"disk-full", "read-only-folder"})
"""Codes after which another source would fail in the same way."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
DISK_ERRORS = _FULL | {errno.EROFS}
"""What only a disk says that is written to."""


def unknown_model(name: str, known: list[str]) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is no model called {name}. There are: {known}."),
        code="unknown-model",
        name=repr(name),
        known=", ".join(known) or "none",
    )


def not_there(title: str, name: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The model {title} is not on this computer yet. Get it with: {command}"
        ),
        code="model-missing",
        title=title,
        model=name,
        command=f"prodedit models pull {name}",
    )


def tampered(title: str, path: Path, found: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The file of the model {title} is damaged or was changed, so it is not used. "
            "Get it again with: {command}",
        ),
        code="model-mismatch",
        title=title,
        command=f"prodedit models pull {path.parent.name}",
        details=f"{path}: {found}",
    )


def damaged_inside(title: str, path: Path, found: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The file of the model {title} that came with ProdEdit is damaged, so it is not used. "
            "Please install ProdEdit again.",
        ),
        code="model-mismatch",
        title=title,
        details=f"{path}: {found}",
    )


def wrong_content(title: str, expected: str, found: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "What came for the model {title} is not the file that was expected, so it was thrown "
            "away; nothing was changed.",
        ),
        code="wrong-sha256",
        title=title,
        details=f"expected {expected}, received {found}",
    )


def no_network(tool: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The model could not be brought: {tool} reached no network. Check the connection, or "
            "the proxy and mirror settings of {tool}.",
        ),
        code="no-network",
        tool=tool,
        details=details[-_DETAILS:],
    )


def package_missing(tool: str, package: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The package {package} that carries the model is not where {tool} looks for packages.",
        ),
        code="package-missing",
        tool=tool,
        package=package,
        details=details[-_DETAILS:],
    )


def tool_missing(tool: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The model could not be brought: {tool} is not there to bring packages with."
        ),
        code=f"{tool}-missing",
        tool=tool,
        details=details[-_DETAILS:],
    )


def tool_failed(tool: str, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The model could not be brought: {tool} failed. {why}"),
        code="pull-failed",
        tool=tool,
        why=_last_error(details),
        details=details[-_DETAILS:],
    )


def not_in_package(package: str, member: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The package {package} came, but the model's file is not in it."
        ),
        code="member-missing",
        package=package,
        details=member,
    )


def no_source(title: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The model {title} can't be brought from anywhere: add its file again."
        ),
        code="no-source",
        title=title,
    )


def cannot_write(error: OSError, folder: Path) -> Problem:
    """The sentence for an error of the file system below `folder`."""
    if error.errno in _FULL:
        return Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The disk is full: the model could not be stored in {folder}."
            ),
            code="disk-full",
            folder=str(folder),
            details=str(error),
        )
    if error.errno in _FORBIDDEN:
        return Problem(
            QT_TRANSLATE_NOOP("Problem", "ProdEdit may not write in the folder {folder}."),
            code="read-only-folder",
            folder=str(folder),
            details=str(error),
        )
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The model could not be stored in {folder}: {why}."),
        code="cannot-write",
        folder=str(folder),
        why=error.strerror or str(error),
    )


def refused_pickle(name: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "{name} is a PyTorch checkpoint. Opening one can run any program hidden in it, so "
            "ProdEdit does not. Convert the model to ONNX first.",
        ),
        code="model-is-pickle",
        name=name,
        details=why,
    )


def not_usable(name: str, why: str, details: str = "") -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "{name} can't be used for this: {why}."),
        code="model-not-usable",
        name=name,
        why=why,
        details=details[-_DETAILS:],
    )


def bad_answer(title: str, why: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "The model {title} gave no usable answer for this picture; it was not used."
        ),
        code="bad-network-answer",
        title=title,
        details=why,
    )


def _last_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()] or lines
    return errors[-1][:300] if errors else ""
