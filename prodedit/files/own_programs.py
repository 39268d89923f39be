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
PROCESS = "--process"
"""A packaged program's word for: run that module of ours (prodedit/packaged.py)."""
PROGRAMS = frozenset(
    {
        "prodedit",
        "prodedit.engine.service.pickled_weights",
        "prodedit.engine.service.process",
        "prodedit.engine.training.evaluating",
        "prodedit.engine.training.process",
        "prodedit.files.decoder_process",
        "prodedit.files.encoder_process",
        "prodedit.render.drawing_process",
    }
)
"""What a packaged program runs by name; nothing else."""


def module_command(module: str) -> tuple[str, ...]:
    """Run a module of ours with this interpreter; a packaged program is its own.

    -P: nothing is imported from the folder that the person happens to stand in.
    """
    if is_packaged():
        return sys.executable, PROCESS, module
    return sys.executable, "-P", "-m", module


def own_code_first(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` in which a child of this Python runs the same code as this process does."""
    if is_packaged():  # it carries its code inside and looks nowhere else
        return dict(environment)
    package = str(Path(prodedit.__file__).resolve().parents[1])
    paths = (package, environment.get("PYTHONPATH", ""))
    return {**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def is_packaged() -> bool:
    """True in a bundle, whose interpreter is the program itself."""
    return bool(getattr(sys, "frozen", False))
