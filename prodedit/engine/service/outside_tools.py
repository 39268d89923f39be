# SPDX-License-Identifier: Apache-2.0
"""Programs of others that bring packages (pip, uv, npm): run, watched, ended; and what their last
words mean."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path

from prodedit.files.own_programs import NO_WINDOW


class Why(Enum):
    """Why such a program failed, as far as its words tell."""

    NO_SPACE = "no space"
    NO_NETWORK = "no network"
    NO_PACKAGE = "no package"
    OTHER = "other"


_SAID: Mapping[Why, re.Pattern[str]] = {
    Why.NO_SPACE: re.compile(
        r"No space left on device|ENOSPC|not enough space on the disk|os error 28\b", re.IGNORECASE
    ),
    Why.NO_NETWORK: re.compile(
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Retrying \(Retry|"
        r"Network is unreachable|dns error|error sending request|"
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    ),
    Why.NO_PACKAGE: re.compile(
        r"No matching distribution|Could not find a version|No solution found|"
        r"not found in the package registry|\bE404\b|\bETARGET\b|not in this registry"
    ),
}
"""In this order: one that finds no network says, too, that it found no package."""


class NotThereError(Exception):
    """The program could not be started; the text says why."""


def run_tool(
    command: Sequence[str], folder: Path, log: Path, watch: Callable[[], None], every: float = 0.1
) -> str | None:
    """Run it until its end; None where all went well, else what it wrote.

    folder: where it runs and puts what it needs for the moment; watch: called every so many
    seconds; what it raises ends the program. Raises NotThereError.
    """
    around = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    with log.open("wb") as out:
        try:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                cwd=folder, env=around, start_new_session=True, creationflags=NO_WINDOW,
            )  # fmt: skip
        except OSError as error:
            raise NotThereError(str(error)) from error
        try:
            while child.poll() is None:
                watch()
                _wait(child, every)
        finally:
            _end(child)
    if child.returncode == 0:
        return None
    return log.read_text(encoding="utf-8", errors="replace")


def why_failed(output: str) -> Why:
    """What the words of a failed program mean."""
    return next((why for why, words in _SAID.items() if words.search(output)), Why.OTHER)


def bytes_below(folder: Path) -> int:
    """Not by `rglob`: the program removes its own folders meanwhile, at which that one raises."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # gone already
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118
    return total


def _wait(child: subprocess.Popen[bytes], seconds: float) -> None:
    """At most so long; `Popen.wait` with a time limit would poll too slowly for short ones."""
    end = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < end:
        time.sleep(min(0.1, seconds))


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of the child is left running, npm's own children included."""
    if child.poll() is not None:
        return
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
