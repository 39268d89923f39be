# SPDX-License-Identifier: Apache-2.0
"""The first lines of a packaged program: window, command line, or one of the processes that they
start, which are modules of ours and named in a list.

What keeps a packaged program from starting is told in a sentence: on stderr and, where a window was
wanted, in whatever box the system has.
"""

from __future__ import annotations

import ctypes
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from prodedit.files.own_programs import PROCESS, PROGRAMS

_SCREENLESS = ("offscreen", "minimal", "vnc")
_LIBRARY = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")
_NO_SCREEN = (
    (
        "ProdEdit can't show its window: there is no screen here, as neither DISPLAY nor "
        "WAYLAND_DISPLAY is set. Without one, `prodedit --help` lists what it does."
    ),
    (
        "ProdEdit 无法显示窗口：这里没有屏幕（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）。"
        "没有屏幕时可用的功能请看 `prodedit --help`。"
    ),
)
_NO_LIBRARY = (
    (
        "ProdEdit can't start: the system library {name} is missing. Please install it; on Debian "
        "and Ubuntu the .deb of ProdEdit brings all of them."
    ),
    (
        "ProdEdit 无法启动：缺少系统库 {name}，请先安装。在 Debian 和 Ubuntu 上，"
        "用 ProdEdit 的 .deb 安装包会自动装好所需的系统库。"
    ),
)
"""In English and Chinese: Qt, which translates the others, is not there yet."""
_BOXES = (
    ("zenity", "--error", "--no-markup", "--title=ProdEdit", "--text={}"),
    ("kdialog", "--title", "ProdEdit", "--error", "{}"),
    ("xmessage", "-center", "{}"),
)


def main(words: Sequence[str] | None = None) -> int:
    """Run the program on `words` (default: the process's own) and return its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    give_back_library_path(os.environ)
    if words[:1] == [PROCESS]:
        return run_process(words[1:])
    from prodedit.__main__ import COMMANDS, HELP
    from prodedit.__main__ import main as program

    wants_window = not words or words[0] not in {*COMMANDS, *HELP, "--version", "--screenshot"}
    why = why_no_window(os.environ) if wants_window and sys.platform == "linux" else ""
    if why:
        return _refuse(why, in_box=True)
    try:
        return program(words)
    except ImportError as error:
        why = missing_library(error, os.environ)
        if not why:
            raise
        return _refuse(why, in_box=wants_window)


def run_process(words: Sequence[str]) -> int:
    """Run a module of ours as `python -m` would; one that is not in the list is refused."""
    if not words or words[0] not in PROGRAMS:
        return _refuse(f"{PROCESS} runs parts of ProdEdit only: {', '.join(sorted(PROGRAMS))}")
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    return 0


def give_back_library_path(environment: MutableMapping[str, str]) -> None:
    """Programs of the system that we start (a browser, a file manager) get the system's libraries.

    The starter of a bundle puts its own folder first, for this process alone, where it has worked
    already. Children of ours are told to begin as their parent did, with a starter that does so.
    """
    if not hasattr(sys, "_MEIPASS"):
        return
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def why_no_window(variables: Mapping[str, str], folder: Path | None = None) -> str:
    """Why Qt would end the program before its window shows, as a sentence; "" where it would not.

    folder: of Qt's platforms; default the bundle's own.
    """
    wanted = variables.get("QT_QPA_PLATFORM", "").split(":")[0]
    if wanted in _SCREENLESS:
        return ""
    if not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
        return _spoken(_NO_SCREEN, variables)
    if variables.get("WAYLAND_DISPLAY") or wanted not in ("", "xcb"):
        return ""
    if folder is None:
        inside = Path(getattr(sys, "_MEIPASS", ""))
        folder = inside / "PySide6" / "Qt" / "plugins" / "platforms"
    try:
        ctypes.CDLL(str(folder / "libqxcb.so"))
    except OSError as error:
        return missing_library(error, variables)
    return ""


def missing_library(error: Exception, variables: Mapping[str, str]) -> str:
    """The sentence for a library that the system lacks; "" for an error of another kind."""
    found = _LIBRARY.search(str(error))
    if not found:
        return ""
    return _spoken(_NO_LIBRARY, variables).format(name=found[1])


def _spoken(sentence: tuple[str, str], variables: Mapping[str, str]) -> str:
    """In the language of this session."""
    said = (variables.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return sentence[next(filter(None, said), "").startswith("zh")]


def _refuse(sentence: str, *, in_box: bool = False) -> int:
    if sys.stderr is not None:  # a program of Windows without a console has none
        sys.stderr.write(f"{sentence}\n")
    if in_box and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        for name, *words in _BOXES:
            program = shutil.which(name)
            if program:
                command = [program, *(word.format(sentence) for word in words)]
                subprocess.run(command, check=False, capture_output=True)
                break
    return 1
