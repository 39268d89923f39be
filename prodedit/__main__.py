# SPDX-License-Identifier: Apache-2.0
"""The program's first lines: choose the window or the command line, and import only that one.

Nothing heavy is imported here: a command needs no Qt, and the window must paint before anything
slow is loaded.
"""

import builtins
import importlib
import sys
from collections.abc import Sequence

from prodedit import __version__

COMMANDS = frozenset(
    {
        "batch", "check", "cutout", "enhance", "evaluate", "generate", "gpu", "invert", "models",
        "presets", "recipes", "selftest", "sheet", "similar", "style", "styles", "train",
    }
)  # fmt: skip
"""Words that start a command; anything else is a file for the window (`prodedit -- FILE`)."""

HELP = frozenset({"-h", "--help", "--install-completion", "--show-completion"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on `arguments` (default: the process's own) and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    first = words[0] if words else ""
    if first == "--version":
        sys.stdout.write(f"prodedit {__version__}\n")
        return 0
    if first in COMMANDS or first in HELP:
        return _command_line(words)
    return _window(words[1:] if first == "--" else words)


def _command_line(words: Sequence[str]) -> int:
    from prodedit.cli import main as command_line

    return command_line(list(words))


def _window(words: Sequence[str]) -> int:
    _import_qt()
    from prodedit.app import main as window

    return window(list(words))


def _import_qt() -> None:
    """Load Qt, and leave Python's own import in its place.

    PySide6 puts one there that reads the source of every module which is imported from then on,
    to look for its own name. That is for `from __feature__ import`, which is used nowhere here,
    and would take a tenth of the start (measured; https://github.com/napari/napari/issues/8584).
    """
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain


if __name__ == "__main__":
    sys.exit(main())
