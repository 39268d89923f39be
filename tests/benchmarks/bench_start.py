# SPDX-License-Identifier: Apache-2.0
"""From the command to the first paint: `python -m tests.benchmarks.bench_start`.

Against PySide6 alone: an empty window, and one with as many plain widgets as ours then shows. Each
start is a process of its own; what is watched is the window's first paint event, and the next turn
of the event loop, by which all of the window is painted. The same watch sits in ours and in the
peer. Files are in the system's cache. Without a screen, and on an X server where there is Xvfb.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tests.benchmarks.timing import as_json, paired, quantile, table

Row = dict[str, Any]
Environment = dict[str, str]

PAIRS = 9
TARGET = 1 / 1.5
"""Of the peer's speed: at most one and a half times as long."""

_WATCH = """
import os, sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, window, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 1 << 20)
        return False

    def customEvent(self, event):
        print(len(QApplication.allWidgets()), flush=True)
        os._exit(0)

watch, plain_show = Watch(), QMainWindow.show

def show(window):
    window.installEventFilter(watch)
    plain_show(window)

QMainWindow.show = show
"""

_OURS = _WATCH + "from prodedit.__main__ import main\nmain([])\n"

_WHOLE = """
import os
from PySide6.QtWidgets import QApplication
from prodedit.gui.main_window import MainWindow

plain = MainWindow.furnish

def furnish(window, workspace):
    plain(window, workspace)
    window.repaint()
    print(len(QApplication.allWidgets()), flush=True)
    os._exit(0)

MainWindow.furnish = furnish
from prodedit.__main__ import main
main([])
"""
"""Until everything that comes in after the first paint is painted, too."""

_PLAIN = (
    _WATCH
    + """
from PySide6.QtWidgets import (
    QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget,
)

app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
if COUNT:
    whole = QWidget()
    grid = QGridLayout(whole)
    kinds = (QPushButton, QLabel, QToolButton, QSlider)
    for number in range(COUNT):
        widget = kinds[number % len(kinds)](whole)
        grid.addWidget(widget, number // 10, number % 10)
    window.setCentralWidget(whole)
window.show()
app.exec()
"""
)


def rows() -> list[Row]:
    found = []
    with _surroundings() as off_screen:
        found += _platform_rows("no screen", off_screen)
        with _x_server() as display:
            if display is not None:
                on_x = off_screen | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
                found += _platform_rows("X", on_x)
    return found


def _platform_rows(name: str, env: Environment) -> list[Row]:
    ours = partial(_start, _OURS, env)
    count = ours()
    empty = partial(_start, "COUNT = 0" + _PLAIN, env)
    filled = partial(_start, f"COUNT = {count}" + _PLAIN, env)
    whole = partial(_start, _WHOLE, env)
    results = (
        (f"start to first paint, {name}", f"{count} widgets", filled, ours),
        (f"start to first paint, {name}", "empty", empty, ours),
        (f"start to all panels, {name}", "empty", empty, whole),
    )
    return [
        _row(what, peer_name, paired(run, peer, PAIRS), what.startswith("start to first"))
        for what, peer_name, peer, run in results
    ]


def _row(what: str, peer: str, result: Any, has_target: bool) -> Row:
    row: Row = result.row(what, peer, TARGET if has_target else None)
    times = f"{row['ours_ms'] / row['peer_ms']:.2f} times as long"
    best = f"best of each {min(result.ours) * 1e3:.0f} and {min(result.peer) * 1e3:.0f} ms"
    spread = quantile(result.peer, 0.9) / quantile(result.peer, 0.1)
    return row | {"note": f"{times}; {best}; the peer's own spread {spread:.1f}x"}


def _start(code: str, env: Environment) -> int:
    """Run until the program says that it is painted; the number of its widgets."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@contextmanager
def _surroundings() -> Iterator[Environment]:
    """A person's first start: no settings, nothing to recover."""
    with tempfile.TemporaryDirectory(prefix="prodedit-start-") as folder:
        own = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "CACHE", "STATE")}
        yield os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def _x_server() -> Iterator[str | None]:
    if shutil.which("Xvfb") is None:
        yield None
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        yield f":{number}" if number else None
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
