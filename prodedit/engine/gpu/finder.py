# SPDX-License-Identifier: Apache-2.0
"""What makes the interpreter of a pack run the code of the program that started it.

Nothing of ours is installed there, so a pack never holds old code, and two versions of the program
can use one. A `.pth` file has Python import the module below at its start.
"""

from __future__ import annotations

from pathlib import Path

CODE_VARIABLE = "PRODEDIT_CODE"
"""The folder of the package `prodedit`, told to a process in a pack."""

_NAME = "prodedit_code"
_MODULE = f'''\
# SPDX-License-Identifier: Apache-2.0
"""Finds ProdEdit's code where the program that started this Python has it."""
import importlib.util
import os
import sys

PLACE = os.environ.get("{CODE_VARIABLE}", "")


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "prodedit":
            return None
        start = os.path.join(PLACE, "__init__.py")
        return importlib.util.spec_from_file_location(
            name, start, submodule_search_locations=[PLACE]
        )


if PLACE:
    # The packages beside it are for another Python.
    beside = os.path.dirname(PLACE)
    sys.path[:] = [place for place in sys.path if os.path.abspath(place) != beside]
    sys.meta_path.insert(0, Finder)
'''


def write_finder(environment: Path) -> None:
    """Put it into the environment in this folder. Raises OSError."""
    places = [*environment.glob("lib/python*/site-packages"), environment / "Lib/site-packages"]
    (places[0] / f"{_NAME}.py").write_text(_MODULE, "utf-8")
    (places[0] / f"{_NAME}.pth").write_text(f"import {_NAME}\n", "utf-8")
