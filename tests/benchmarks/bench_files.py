# SPDX-License-Identifier: Apache-2.0
"""Project files against OpenRaster through Pillow: `python -m tests.benchmarks.bench_files`.

Both are handed the merged picture, so neither composites. The peer writes and reads what pyora
does, without pyora's compositing in Python: a PNG a layer, mergedimage and thumbnail, in a zip.
PRODEDIT_BENCH_WIDTH and _LAYERS choose another document than 24 megapixels and ten layers.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodedit.core.document import PHOTO, Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Layer, Mask, PixelContent
from prodedit.core.pixels import premultiply, scale, straight_rgba
from prodedit.core.tiles import Tiles
from prodedit.files.journal import JournalWriter
from prodedit.files.openraster import save
from prodedit.files.openraster_read import load, load_preview
from tests.benchmarks.timing import as_json, paired, quantile, seconds, table
from tests.projects import photo

Bytes = NDArray[np.uint8]
Row = dict[str, Any]

WIDTH = int(os.environ.get("PRODEDIT_BENCH_WIDTH", "6000"))
HEIGHT = WIDTH * 2 // 3
LAYERS = int(os.environ.get("PRODEDIT_BENCH_LAYERS", "10"))
WINDOW = 1600


class Ready:
    """Hands out pixels that are there already."""

    def __init__(self, merged: Bytes, cut: Bytes) -> None:
        self._merged = merged
        self._cut = cut

    def merged(self, rect: Rect) -> Bytes:
        return self._merged[rect.y : rect.bottom, rect.x : rect.right]

    def layer(self, layer: Layer, rect: Rect, as_normal: bool) -> Bytes:
        return self._cut[rect.y : rect.bottom, rect.x : rect.right]


@cache
def document() -> Document:
    """The photo with a mask, and above it soft-edged pictures that cover a part of it."""
    layers = [Layer(PHOTO, "photo", PixelContent(Tiles.from_array(photo(WIDTH, HEIGHT))))]
    disc = _disc()
    layers[0] = Layer(PHOTO, "photo", layers[0].content, mask=Mask(Tiles.from_array(disc)))
    for number in range(1, LAYERS):
        pixels = _cut(photo(WIDTH, HEIGHT, number), np.roll(disc, 300 * number, axis=1))
        layers.append(Layer(f"{number}", f"{number}", PixelContent(Tiles.from_array(pixels))))
    return Document(Size(WIDTH, HEIGHT), tuple(layers))


def after_a_stroke(before: Document) -> Document:
    """A stroke of 600 x 200 pixels on the topmost layer."""
    top = before.layers[-1]
    assert top.tiles is not None
    tiles = top.tiles.paste(photo(600, 200, 77), WIDTH // 3, HEIGHT // 2)
    return before.replace_layer(top.id, lambda _: Layer(top.id, top.name, PixelContent(tiles)))


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="prodedit-bench-") as folder:
        return [*_file_rows(Path(folder)), _journal_row(Path(folder) / "recovery")]


def _file_rows(folder: Path) -> list[Row]:
    ours, theirs, doc = folder / "ours.ora", folder / "theirs.ora", document()
    merged = photo(WIDTH, HEIGHT, 99)
    first = doc.layers[0]
    assert first.tiles is not None
    bake = Ready(merged, _cut(first.tiles.to_array(), _disc()))
    straight = [straight_rgba(_shown(layer, bake)) for layer in doc.layers]
    picture = straight_rgba(merged)
    what = f"{WIDTH * HEIGHT / 1e6:.0f} megapixels x {LAYERS} layers"
    fresh = paired(
        lambda: save(doc, ours, bake), lambda: _pillow_save(theirs, straight, picture), 1, 0
    )
    _check(ours, theirs)
    sizes = f"{ours.stat().st_size / theirs.stat().st_size:.2f}x the size"
    found = [fresh.row(f"project save, {what}", "Pillow ORA", 5.0, note=sizes)]
    last, edited = save(doc, ours, bake), after_a_stroke(doc)
    again = [seconds(lambda: save(edited, ours, bake, last=last))]
    found.append(_against("save again after one stroke", again, fresh.peer, 20.0))
    paint = paired(lambda: load_preview(ours), lambda: _pillow_first_paint(theirs), 3)
    found.append(paint.row("read a project's preview", "Pillow ORA", 10.0))
    whole = paired(lambda: load(ours), lambda: _pillow_open(theirs), 1, 0)
    found.append(whole.row("open, all layers", "Pillow ORA"))
    return found


def _against(
    name: str, ours: list[float], peer: tuple[float, ...], target: float, **more: Any
) -> Row:
    """The peer has nothing cheaper than to write all once more."""
    ratio = min(peer) / min(ours)
    return {
        "name": name,
        "peer": "Pillow ORA",
        "ours_ms": min(ours) * 1e3,
        "peer_ms": min(peer) * 1e3,
        "ratio": ratio,
        "target": target,
        "reached": ratio >= target,
        **more,
    }


def _journal_row(folder: Path) -> Row:
    """How long the window's thread is kept by a step, and how soon the step is on the disk."""
    writer, doc = JournalWriter(folder), document()
    writer.record(doc, "Open")
    writer.flush(600)
    kept, written = [], []
    for _ in range(20):
        doc = after_a_stroke(doc)
        began = perf_counter()
        writer.record(doc, "Stroke")
        kept.append(perf_counter() - began)
        writer.flush(60)
        written.append(perf_counter() - began)
    writer.close()
    note = f"p95 on the disk after {quantile(written, 0.95) * 1e3:.0f} ms"
    return {
        "name": "journal: a stroke, in the window's thread",
        "peer": "none",
        "ours_ms": quantile(kept, 0.95) * 1e3,
        "note": note,
    }


@cache
def _disc() -> Bytes:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(mask, (WIDTH // 2, HEIGHT // 2), HEIGHT // 3, 255, -1)
    return np.asarray(cv2.blur(mask, (21, 21)))


def _cut(pixels: Bytes, alpha: Bytes) -> Bytes:
    return np.dstack([scale(pixels[..., channel], alpha) for channel in range(4)])


def _shown(layer: Layer, bake: Ready) -> Bytes:
    assert layer.tiles is not None
    whole = Rect(0, 0, WIDTH, HEIGHT)
    return layer.tiles.to_array() if layer.mask is None else bake.layer(layer, whole, False)


def _pillow_save(path: Path, layers: list[Bytes], merged: Bytes) -> None:
    elements = [f'<layer name="{n}" src="data/{n}.png"/>' for n in reversed(range(len(layers)))]
    stack = f'<image w="{WIDTH}" h="{HEIGHT}"><stack>{"".join(elements)}</stack></image>'
    image = Image.fromarray(merged)
    small = image.copy()
    small.thumbnail((256, 256))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", stack)
        for number, layer in enumerate(layers):
            archive.writestr(f"data/{number}.png", _pillow_png(Image.fromarray(layer)))
        archive.writestr("mergedimage.png", _pillow_png(image))
        archive.writestr("Thumbnails/thumbnail.png", _pillow_png(small))


def _pillow_png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _pillow_read(path: Path, name: str) -> Image.Image:
    with zipfile.ZipFile(path) as archive:
        image = Image.open(io.BytesIO(archive.read(name)))
        image.load()
        return image


def _pillow_first_paint(path: Path) -> object:
    return _pillow_read(path, "mergedimage.png").reduce(max(1, WIDTH // WINDOW)).tobytes()


def _pillow_open(path: Path) -> list[bytes]:
    """As arrays in memory, as ours are afterwards."""
    return [_pillow_read(path, f"data/{number}.png").tobytes() for number in range(LAYERS)]


def _check(ours: Path, theirs: Path) -> None:
    """The same picture, and for ours the same bits after opening."""
    for name in ("mergedimage.png", f"data/{LAYERS - 1}.png"):
        mine = "mergedimage.png" if name == "mergedimage.png" else f"data/{LAYERS - 1:03}.png"
        read = [_pillow_read(ours, mine), _pillow_read(theirs, name)]
        one, other = (premultiply(np.asarray(image.convert("RGBA"))) for image in read)
        if not np.array_equal(one, other):
            raise AssertionError(f"{name} differs")


if __name__ == "__main__":
    result = rows()
    print(as_json(result) if "--json" in sys.argv else json.dumps(result) and table(result))
