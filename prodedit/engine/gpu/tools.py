# SPDX-License-Identifier: Apache-2.0
"""The programs that make an environment and fill it: pip with Python's own venv, or uv. Both know
their indexes, proxies and mirrors; nothing here names a host."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from prodedit.engine.gpu import problems
from prodedit.engine.gpu.wanted import Wanted
from prodedit.files.own_programs import NO_WINDOW, is_packaged

OLDEST, NEWEST = (3, 11), (3, 14)
"""Pythons for which the packages of the lock have wheels."""
_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
_VERSION = "import sys, venv; print(*sys.version_info[:2])"
Command = Sequence[str]


class Tool(NamedTuple):
    """environment(folder): makes it; packages(python, lock): fills it with the lock's, by hash;
    torch(python, wanted): puts torch in, and what that asks for."""

    name: str
    environment: Callable[[Path], Command]
    packages: Callable[[Path, Path], Command]
    torch: Callable[[Path, Wanted], Command]


def found_tool(name: str = "") -> Tool:
    """The one of that name, else uv where it is there, else pip. Raises Problem: there is none."""
    program = None if name == "pip" else found_uv()
    if program is not None:
        return uv(program, "3.12" if is_packaged() else sys.executable)
    python = found_python()
    if python is None or name == "uv":
        raise problems.no_python(".".join(map(str, OLDEST)))
    return pip(python)


def found_uv() -> str | None:
    """Beside the program, where packages may put it; else where programs are."""
    name = "uv.exe" if sys.platform == "win32" else "uv"
    beside = Path(sys.executable).with_name(name)
    return str(beside) if is_packaged() and beside.is_file() else shutil.which("uv")


def found_python() -> str | None:
    """One that can make environments: the own one, but a packaged program's is none."""
    if not is_packaged():
        return sys.executable
    return next((found for name in _NAMES if (found := shutil.which(name)) and _fits(found)), None)


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def pip(python: str) -> Tool:
    """Python's venv, and the pip that comes into it."""

    def install(inside: Path, *words: str) -> Command:
        quiet = ("--no-input", "--no-user", "--no-cache-dir", "--progress-bar=off")
        fixed = ("--disable-pip-version-check", "--only-binary=:all:")
        return (str(inside), "-m", "pip", "install", *quiet, *fixed, *words)

    return Tool(
        "pip",
        lambda folder: (python, "-m", "venv", str(folder)),
        lambda inside, lock: install(inside, "--no-deps", "--require-hashes", "-r", str(lock)),
        lambda inside, want: install(inside, want.torch, *_index(want)),
    )


def uv(program: str, python: str) -> Tool:
    """uv, which asks the driver and takes the build that fits it, unless an index is named."""

    def install(inside: Path, *words: str) -> Command:
        fixed = ("--no-cache", "--no-progress", "--only-binary=:all:")
        return (program, "pip", "install", "--python", str(inside), *fixed, *words)

    new = ("venv", "--no-project", "--allow-existing", "--python", python)
    return Tool(
        "uv",
        lambda folder: (program, *new, str(folder)),
        lambda inside, lock: install(inside, "--no-deps", "--require-hashes", "-r", str(lock)),
        lambda inside, want: install(
            inside, want.torch, *(_index(want) or ("--torch-backend", "auto"))
        ),
    )


def _index(want: Wanted) -> tuple[str, ...]:
    return ("--index-url", want.index) if want.index else ()


def _fits(python: str) -> bool:
    with suppress(OSError, subprocess.SubprocessError, ValueError):
        answer = subprocess.run(
            [python, "-I", "-c", _VERSION], capture_output=True, text=True, timeout=30.0,
            check=True, stdin=subprocess.DEVNULL, creationflags=NO_WINDOW,
        )  # fmt: skip
        major, minor = map(int, answer.stdout.split())
        return OLDEST <= (major, minor) <= NEWEST
    return False
