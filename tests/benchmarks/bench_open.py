# SPDX-License-Identifier: Apache-2.0
"""Opening 24 megapixels in the window: `python -m tests.benchmarks.bench_open`.

Ours: from `open` until the canvas shows it, everything settled: the decoder process, the document,
the journal, panels and thumbnails. The peer: Pillow in this process, and one copy into a QImage.
A project counts until its preview is painted; its layers are not waited for. The peer: Pillow reads
the merged picture of the same file. The longest stall is that of a timer in the window's thread
which wants to ring every 5 ms.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path
from time import monotonic
from typing import Any

import cv2
import numpy as np
from PIL import Image
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.workspace import Workspace
from prodedit.gui.main_window import MainWindow
from prodedit.gui.theme import apply_theme
from prodedit.render.project import save_project
from tests.benchmarks.timing import Paired, as_json, paired, quantile, seconds, table
from tests.projects import photo
from tests.window import Stalls, opened_workspace

Row = dict[str, Any]

WIDTH, HEIGHT = 6000, 4000
PAIRS = 5
STALL_MS = 16.0


def rows() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    palette = apply_theme(app, "dark")
    with (
        tempfile.TemporaryDirectory(prefix="prodedit-open-") as folder,
        opened_workspace(Path(folder)) as workspace,
    ):
        window = MainWindow(workspace.settings, palette)
        window.furnish(workspace)
        window.show()
        found = _measured(app, window, workspace, _photo(Path(folder)))
        found.append(_project_row(app, window, workspace, Path(folder) / "layers.ora"))
        window.close()
    return found


def _photo(folder: Path) -> Path:
    """Smooth shapes with a sensor's noise, at a camera's quality."""
    rng = np.random.default_rng(0)
    small = rng.integers(0, 256, (HEIGHT // 100, WIDTH // 100, 3), dtype=np.uint8)
    pixels = np.asarray(cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
    grain = rng.integers(0, 12, pixels.shape, dtype=np.uint8)
    path = folder / "camera.jpg"
    Image.fromarray(np.minimum(pixels, 243) + grain).save(path, quality=92)
    return path


def _measured(app: QApplication, window: MainWindow, workspace: Workspace, path: Path) -> list[Row]:
    stalls: list[float] = []

    def ours() -> None:
        _close(app, workspace)
        with Stalls() as stall:
            workspace.open(path)
            while window.canvas is None or not window.canvas.is_settled:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            app.processEvents()
        stalls.append(stall.longest)

    _check(workspace, ours, path)
    result = paired(ours, lambda: _pillow(path), PAIRS)
    _close(app, workspace)
    row = result.row("open a JPEG of 24 megapixels", "Pillow", 1.0)
    megabytes = path.stat().st_size / 1e6
    idle = _idle_stall(app, row["ours_ms"] / 1e3)
    return [row | {"note": f"{megabytes:.0f} MB of JPEG"}, _stall_row(stalls[1:], idle)]


def _check(workspace: Workspace, ours: Any, path: Path) -> None:
    """Both have the same pixels."""
    ours()
    session = workspace.current
    assert session is not None
    tiles = session.document.layers[0].tiles
    assert tiles is not None
    shown = tiles.to_array()[..., 2::-1]
    worst = int(cv2.absdiff(np.ascontiguousarray(shown), np.asarray(Image.open(path))).max())
    if worst > 2:
        raise AssertionError(f"the pictures differ by {worst}")


def _project_row(app: QApplication, window: MainWindow, workspace: Workspace, path: Path) -> Row:
    layers = tuple(
        Layer(f"{n}", f"{n}", PixelContent(Tiles.from_array(photo(WIDTH, HEIGHT, n))), opacity=0.6)
        for n in range(3)
    )
    save_project(Document(Size(WIDTH, HEIGHT), layers), path)

    def ours() -> None:
        workspace.open(path)
        while window.openings.current is None:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        window.openings.current.repaint()

    def give_up() -> None:
        opening = workspace.current_opening
        assert opening is not None
        workspace.cancel_opening(opening)
        workspace.wait_for_files()

    mine, theirs = [], []
    for _ in range(PAIRS):
        mine.append(seconds(ours))
        give_up()
        theirs.append(seconds(lambda: _pillow_project(path)))
    result = Paired(tuple(mine), tuple(theirs))
    return result.row("a project's first paint in the window, 24 megapixels", "Pillow ORA", 10.0)


def _pillow_project(path: Path) -> QImage:
    with zipfile.ZipFile(path) as archive, archive.open("mergedimage.png") as member:
        return _pillow(io.BytesIO(member.read()))


def _pillow(path: Path | io.BytesIO) -> QImage:
    with Image.open(path) as image:
        data = image.convert("RGBA").tobytes()
    return QImage(data, WIDTH, HEIGHT, QImage.Format.Format_RGBA8888).convertToFormat(
        QImage.Format.Format_ARGB32_Premultiplied
    )


def _close(app: QApplication, workspace: Workspace) -> None:
    for session in workspace.sessions:
        session.stack.setClean()
        workspace.close_session(session)
    workspace.wait_for_files()
    app.processEvents()


def _idle_stall(app: QApplication, length: float) -> float:
    """Of a window that does nothing for as long: what the machine itself takes away."""
    with Stalls() as stall:
        end = monotonic() + length
        while monotonic() < end:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
    return stall.longest


def _stall_row(stalls: list[float], idle: float) -> Row:
    worst, middle = max(stalls), quantile(stalls, 0.5)
    return {
        "name": "longest stall of the window while it opens",
        "peer": "frame",
        "ours_ms": middle,
        "ours_p95_ms": worst,
        "peer_ms": STALL_MS,
        "ratio": STALL_MS / worst,
        "target": 1.0,
        "reached": worst <= STALL_MS,
        "note": f"worst of {len(stalls)} openings {worst:.0f} ms, best {min(stalls):.0f}; "
        f"of a window that does nothing for as long {idle:.0f}",
    }


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
