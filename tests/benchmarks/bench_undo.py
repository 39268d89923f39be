# SPDX-License-Identifier: Apache-2.0
"""A hundred undo steps on a layer of 24 megapixels: `python -m tests.benchmarks.bench_undo`.

Against a copy of the whole layer for each step. Both paint the same bands of pixels, and both get
back to the picture before the first of them, which is checked. Memory is what the strokes leave
allocated, once the session has rested; the peer's is that of ten of them, times ten: 9.6 GB would
not fit everywhere.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from tests.benchmarks.timing import as_json, paired, quantile, seconds, table

Row = dict[str, Any]
Pixels = NDArray[np.uint8]

SIZE = Size(6000, 4000)
STEPS, PEER_STEPS = 100, 10
BRUSH = 100
TARGET = 15.0
UNDO_MS = 30.0
STROKES = {"across the picture": 6000, "of 1000 pixels": 1000}
"""Lengths of a straight stroke with a brush of 100 pixels."""


class NoDesk:
    """No task is handed in here."""

    def submit(self, order: Order) -> None:
        raise AssertionError(order)

    def cancel(self, job_id: str) -> None:
        raise AssertionError(job_id)


class Ours:
    def __init__(self, pixels: Pixels) -> None:
        layer = Layer(PHOTO, "photo", PixelContent(Tiles.from_array(pixels)))
        self.session = EditSession(Document(SIZE, (layer,)), "bench", NoDesk())

    @property
    def tiles(self) -> Tiles:
        tiles = self.session.document.layers[0].tiles
        assert tiles is not None
        return tiles

    def paint(self, rect: Rect, colour: Pixels) -> None:
        band = np.broadcast_to(colour, (rect.height, rect.width, 4))
        painted = self.tiles.paste(np.ascontiguousarray(band), rect.x, rect.y)
        assert self.session.apply(edits.SetPixels(PHOTO), {"pixels": painted})

    def rest(self) -> None:
        self.session.undo_memory.rest()

    def undo(self) -> None:
        self.session.undo()


class WholeLayers:
    """The peer."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels.copy()
        self.kept: list[Pixels] = []

    def paint(self, rect: Rect, colour: Pixels) -> None:
        self.kept.append(self.pixels.copy())
        self.pixels[rect.y : rect.bottom, rect.x : rect.right] = colour

    def rest(self) -> None:
        pass

    def undo(self) -> None:
        self.pixels = self.kept.pop()


def rows() -> list[Row]:
    app = QCoreApplication.instance() or QCoreApplication(sys.argv)
    assert app is not None
    pixels = np.random.default_rng(0).integers(0, 256, (SIZE.height, SIZE.width, 4), np.uint8)
    pixels[..., 3] = 255
    return [row for name, length in STROKES.items() for row in _rows(name, length, pixels)]


def _rows(name: str, length: int, pixels: Pixels) -> list[Row]:
    ours, peer = Ours(pixels), WholeLayers(pixels)
    strokes = list(_strokes(length))
    used = _grown(lambda: _paint_all(ours, strokes))
    back = [seconds(ours.undo) for _ in strokes]
    assert np.array_equal(ours.tiles.to_array(), pixels)
    peer_used = _grown(lambda: _paint_all(peer, strokes[:PEER_STEPS])) * STEPS / PEER_STEPS
    for _ in range(PEER_STEPS):
        peer.undo()
    assert np.array_equal(peer.pixels, pixels)
    return [_memory_row(name, used, peer_used), _time_row(name, ours, peer, strokes, back)]


def _memory_row(name: str, used: float, peer: float) -> Row:
    return {
        "name": f"100 undo steps, stroke {name} (MB)",
        "peer": "whole layers",
        "ours_ms": used / 1e6,
        "peer_ms": peer / 1e6,
        "ratio": peer / used,
        "target": TARGET,
        "reached": peer / used >= TARGET,
        "note": "memory; more is better",
    }


def _time_row(
    name: str, ours: Ours, peer: WholeLayers, strokes: list[tuple[Rect, Pixels]], back: list[float]
) -> Row:
    def step(side: Ours | WholeLayers) -> Callable[[], None]:
        def run() -> None:
            side.paint(*strokes[0])
            side.undo()

        return run

    row = paired(step(ours), step(peer), pairs=9).row(f"stroke {name}, and undo", "whole layers", 1)
    p95 = quantile(back, 0.95) * 1e3
    row["reached"] = row["reached"] and p95 <= UNDO_MS
    return row | {"note": f"undo p95 {p95:.1f} ms (at most {UNDO_MS:.0f})"}


def _paint_all(side: Ours | WholeLayers, strokes: list[tuple[Rect, Pixels]]) -> None:
    for rect, colour in strokes:
        side.paint(rect, colour)
        side.rest()


def _grown(work: Callable[[], None]) -> float:
    """Bytes of Python's and numpy's memory, which is where all pixels are."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def _strokes(length: int) -> list[tuple[Rect, Pixels]]:
    rng = np.random.default_rng(length)
    found = []
    for _ in range(STEPS):
        x = int(rng.integers(0, SIZE.width - length + 1))
        y = int(rng.integers(0, SIZE.height - BRUSH))
        colour = np.array([*rng.integers(0, 256, 3), 255], np.uint8)
        found.append((Rect(x, y, length, BRUSH), colour))
    return found


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
