# SPDX-License-Identifier: Apache-2.0
"""Selections on a picture of 24 megapixels: the wand, edges that move, and ants that march.

The peer of the wand is Pillow's ImageDraw.floodfill on a quarter of each side (it walks pixel by
pixel in Python, so its time is multiplied by 16); the peer of a frame of ants is the budget of one
millisecond. That both floods find the same is checked on the small picture.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication

from prodedit.core import coverage, edits, selection
from prodedit.core.document import PHOTO, Document, from_photo
from prodedit.core.edits import Box
from prodedit.core.tiles import Pixels, Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.theme import apply_theme
from prodedit.gui.tools.wand import found
from tests.benchmarks.bench_canvas import SIZE, VIEW, NoDesk
from tests.benchmarks.timing import as_json, quantile, table

Row = dict[str, Any]

WAND_MS, FRAME_MS = 300.0, 1.0
TOLERANCE = 24
FRAMES = 200
ROUNDS = 5
SHRUNK = 4
SEED = (200, 200)
"""A place of the backdrop."""


def photo() -> Pixels:
    """A product with texture on a backdrop that is lit unevenly, with a little noise."""
    height, width = SIZE.height, SIZE.width
    random = np.random.default_rng(7)
    light = np.linspace(225, 245, width, dtype=np.float32)[None, :, None]
    grain = random.normal(0, 1.5, (height, width, 1)).astype(np.float32)
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(light + grain, 0, 255).astype(np.uint8)
    rough = cv2.resize(
        random.integers(20, 160, (60, 90, 3), np.uint8), SIZE, interpolation=cv2.INTER_CUBIC
    )
    product = np.zeros((height, width), np.uint8)
    cv2.ellipse(product, (width // 2, height // 2), (2000, 1400), 20, 0, 360, 255, -1)
    pixels[product > 0, :3] = rough[product > 0]
    return pixels


def wand(pixels: Pixels, document: Document) -> Row:
    edit = edits.SelectWand(*SEED, TOLERANCE, layer=PHOTO)
    ours = _times(lambda: found(document, edit))
    small = np.ascontiguousarray(pixels[::SHRUNK, ::SHRUNK])
    x, y = SEED[0] // SHRUNK, SEED[1] // SHRUNK
    image = Image.fromarray(np.ascontiguousarray(small[..., 2::-1]))
    begin = perf_counter()
    ImageDraw.floodfill(image, (x, y), (255, 0, 255), thresh=3 * TOLERANCE)
    peer = (perf_counter() - begin) * SHRUNK * SHRUNK * 1e3
    theirs = (np.asarray(image) == (255, 0, 255)).all(axis=2)
    same = (coverage.wand(small, x, y, TOLERANCE) > 0) == theirs
    assert same.mean() > 0.99, same.mean()
    return _row("magic wand on a layer", "Pillow floodfill x 16", ours, peer, WAND_MS)


def edges(document: Document) -> list[Row]:
    """Each within the wand's limit: they are previewed while a slider moves."""
    chosen = edits.apply(document, edits.SelectEllipse(Box(800, 500, 5200, 3500))).selection
    assert chosen is not None
    works: dict[str, Callable[[], object]] = {
        "grow by 20": lambda: selection.grown(chosen, 20),
        "feather by 50": lambda: selection.feathered(chosen, 50),
        "smooth by 20": lambda: selection.smoothed(chosen, 20),
        "invert": lambda: selection.inverted(chosen),
    }
    return [_row(name, "limit", _times(work), WAND_MS, WAND_MS) for name, work in works.items()]


def ants(app: QApplication, canvas: Canvas, name: str, edit: edits.Edit) -> Row:
    """The processor's time of a frame: what other programs do does not lengthen it."""
    canvas.session.apply(edit)
    view = canvas.selection_view
    app.processEvents()
    view._ants.stop()
    samples = []
    for _ in range(FRAMES):
        begin = process_time()
        view._march()
        app.processEvents()
        samples.append((process_time() - begin) * 1e3)
    begin = perf_counter()
    view._outline = None
    outline = view._current()
    traced = (perf_counter() - begin) * 1e3
    assert outline is not None
    row = _row(name, "1 ms", samples, FRAME_MS, FRAME_MS)
    p95 = quantile(samples, 0.95)
    return row | {"note": f"p95 {p95:.2f} ms; traced in {traced:.0f} ms, {outline.points} corners"}


def _times(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        work()
        times.append((perf_counter() - begin) * 1e3)
    return times


def _row(name: str, peer: str, ours: list[float], peer_ms: float, limit: float) -> Row:
    middle = median(ours)
    return {
        "name": f"{name}, 24 megapixels",
        "peer": peer,
        "ours_ms": middle,
        "peer_ms": peer_ms,
        "ratio": peer_ms / middle,
        "target": 1.0,
        "reached": middle <= limit,
        "note": f"limit {limit:.0f} ms, worst {max(ours):.0f}",
    }


def rows() -> list[Row]:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    apply_theme(app, "dark")
    pixels = photo()
    document = from_photo(Tiles.from_array(pixels), "bench")
    canvas = Canvas(EditSession(document, "bench", NoDesk()))
    canvas.resize(*VIEW)
    canvas.show()
    canvas.fit()
    canvas.settle()
    ellipse = edits.SelectEllipse(Box(800, 500, 5200, 3500))
    backdrop = edits.SelectWand(*SEED, TOLERANCE, layer=PHOTO)
    measured = [
        wand(pixels, document),
        *edges(document),
        ants(app, canvas, "a frame of ants round an ellipse", ellipse),
        ants(app, canvas, "a frame of ants round the backdrop", backdrop),
    ]
    canvas.close()
    return measured


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
