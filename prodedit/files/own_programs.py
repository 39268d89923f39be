# SPDX-License-Identifier: Apache-2.0
"""How this installation starts the programs that are parts of it: decoder and engine process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import prodedit

NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For Popen's creationflags: Windows would open a console for each child."""


def module_command(module: str) -> tuple[str, ...]:
    """Run a module of ours with this interpreter.

    -P: nothing is imported from the folder that the person happens to stand in.
    """
    return sys.executable, "-P", "-m", module


def own_code_first(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` in which a child of this Python runs the same code as this process does."""
    package = str(Path(prodedit.__file__).resolve().parents[1])
    paths = (package, environment.get("PYTHONPATH", ""))
    return {**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
