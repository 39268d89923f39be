# SPDX-License-Identifier: Apache-2.0
"""Tests that need a person who may not write everywhere, also where the suite is run by root.

There the test is run again, in a Python of its own that has given up root's right to pass over
permissions. It keeps root's number: another user may not even reach this Python or this checkout.
"""

from __future__ import annotations

import ctypes
import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

P = ParamSpec("P")
ROOT = Path(__file__).parents[1]
_PR_CAPBSET_DROP = 24
_SECONDS = 240
_PASSING_OVER_PERMISSIONS = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH of linux/capability.h


def as_ordinary_user(test: Callable[P, None]) -> Callable[P, None]:
    """Run `test` here where permissions hold for us, else in a process for which they do."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        if permissions_hold():
            test(*args, **kwargs)
        else:
            _run_again(os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0])

    return run


def permissions_hold() -> bool:
    """Whether a folder that may not be written to can't be written to by this process."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o500)
        try:
            (Path(name) / "a").touch()
        except PermissionError:
            return True
    return False


def _run_again(test: str) -> None:
    """Raises AssertionError, with all that it said, where the test does not pass there."""
    with tempfile.TemporaryDirectory(prefix="prodedit-ordinary-") as folder:
        options = ["-q", "-p", "no:cacheprovider", f"--basetemp={folder}/tests", "--rootdir=."]
        # By a Python in between, and not between fork and exec of this process, whose other threads
        # may hold what the loader of libraries waits for.
        done = subprocess.run(
            [sys.executable, "-m", "tests.ordinary_user", *options, test],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout, done.stdout


def _give_up_rights() -> None:
    """From the next program on."""
    for right in _PASSING_OVER_PERMISSIONS:
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "root's rights can't be given up here")


if __name__ == "__main__":
    _give_up_rights()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])
