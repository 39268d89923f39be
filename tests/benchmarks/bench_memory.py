# SPDX-License-Identifier: Apache-2.0
"""The window's memory with a document of 24 megapixels and ten layers:
`python -m tests.benchmarks.bench_memory`.

In a process of its own, with the real window: layers of noise, which nothing shrinks, put in one by
one, looked at fitted and at 100 %, the picture's own journal written. Against the raw size of the
layers. Engine and decoder are processes of their own and not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from prodedit.core import edits
from prodedit.core.geometry import Size
from prodedit.core.tiles import Tiles
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import apply_theme
from tests.benchmarks.timing import as_json, resident, table
from tests.window import opened_workspace

Row = dict[str, Any]

SIZE, LAYERS = Size(6000, 4000), 10
TARGET = 1.6
REST_SECONDS = 15
"""For the journal and the thumbnails, which work on after the last edit."""


def rows() -> list[Row]:
    command = [sys.executable, "-m", "tests.benchmarks.bench_memory", "--measure"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    raw = SIZE.width * SIZE.height * 4 * LAYERS
    used = told["used"]
    note = (
        f"{used / raw:.2f} times the raw size; peak {told['peak'] / raw:.2f}, "
        f"the empty window {told['empty'] / 1e6:.0f} MB of it; less is better"
    )
    row = {
        "name": "window with 24 megapixels x 10 layers (MB)",
        "peer": "raw layers",
        "ours_ms": used / 1e6,
        "peer_ms": raw / 1e6,
        "ratio": used / raw,
        "target": TARGET,
        "reached": used <= TARGET * raw,
        "note": note,
    }
    return [row]


def measure() -> dict[str, int]:
    """Bytes: of the empty window, with the document at rest, and at the highest."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv)
    palette = apply_theme(app, "dark")
    with (
        tempfile.TemporaryDirectory(prefix="prodedit-memory-") as folder,
        opened_workspace(Path(folder)) as workspace,
    ):
        window = MainWindow(workspace.settings, palette)
        window.furnish(workspace)
        window.resize(1366, 768)
        window.show()
        app.processEvents()
        empty = resident()
        rng = np.random.default_rng(0)
        session = workspace.open_pixels(_noise(rng), "bench")
        for number in range(1, LAYERS):
            edit = edits.AddPixelLayer(f"layer-{number}", str(number))
            assert session.apply(edit, {"pixels": _noise(rng)})
            app.processEvents()
        assert window.canvas is not None
        _look_at_all(app, window.canvas)
        used = resident()
        session.stack.setClean()
        window.close()
        return {"empty": empty, "used": used, "peak": _peak()}


def _look_at_all(app: QApplication, canvas: Canvas) -> None:
    canvas.one_to_one()
    canvas.settle()
    for dx, dy in ((900, 0), (0, 600), (-1800, 0), (0, -1200)):
        canvas.pan(dx, dy)
        canvas.settle()
    canvas.fit()
    canvas.settle()
    end = monotonic() + REST_SECONDS
    while monotonic() < end:
        app.processEvents()


def _noise(rng: np.random.Generator) -> Tiles:
    """Half-transparent everywhere; made in strips, so that the peak is the program's."""
    tiles = Tiles.empty(SIZE)
    for y in range(0, SIZE.height, 256):
        strip = rng.integers(0, 256, (min(256, SIZE.height - y), SIZE.width, 4), dtype=np.uint8)
        strip[..., 3] |= 1
        np.minimum(strip, strip[..., 3:], out=strip)
        tiles = tiles.paste(strip, 0, y)
    return tiles


def _peak() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("this system does not say how much memory a process held")


if __name__ == "__main__":
    if "--measure" in sys.argv:
        print(json.dumps(measure()))
    else:
        measured = rows()
        print(as_json(measured) if "--json" in sys.argv else table(measured))
