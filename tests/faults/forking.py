# SPDX-License-Identifier: Apache-2.0
"""Children that are copies of their parent; only for programs of one thread.

Never in the process of the tests: a copy of it has one thread of many, with locks that the others
held, and its garbage collector ends what belongs to those that are not there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_SECONDS = 800


def forked(work: Callable[[], None]) -> int:
    """The number of a copy of this process that does `work` and ends."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def ended(child: int) -> int:
    """Its exit status, once it has ended; negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def answer(module: str, *words: object) -> Any:
    """What a module of the tests prints as JSON, run as a program of its own."""
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
