# SPDX-License-Identifier: Apache-2.0
"""Small pictures of a folder, and search among them: `python -m tests.benchmarks.bench_similar`.

Thumbnails: 1,000 photos of 2 megapixels become small JPEGs. Ours reads them in processes of their
own with limits, as many as the window uses, and writes what comes to the cache's file; the peer is
Pillow's `draft` and `thumbnail` in one process, which keeps the JPEGs in memory.
Search: the 60 nearest of 10,000 pictures by 1,280 features, and all pairs of them that are alike.
The peer has the features in double precision, as numpy makes them unasked, and multiplies plainly.
"""

from __future__ import annotations

import io
import itertools
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from prodedit.catalogue.folder.listing import Picture, listed
from prodedit.catalogue.folder.making import ThumbnailMaker
from prodedit.catalogue.folder.thumbnails import SIDE, Thumbnail, ThumbnailCache
from prodedit.catalogue.similar.groups import SAME, found, nearest
from prodedit.catalogue.similar.index import DIMENSIONS, Index
from prodedit.files.decoder import Decoder
from prodedit.gui.catalogue.thumbs import decoders
from tests.benchmarks.timing import as_json, paired, seconds, table

Row = dict[str, Any]
PHOTOS, DISTINCT = 1000, 20
WIDTH, HEIGHT = 1600, 1200
KNOWN, PAIRED, MANY = 10_000, 3_000, 50_000
NEAREST = 60


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="prodedit-similar-") as folder:
        return [_thumbnail_row(Path(folder)), *_search_rows()]


# Thumbnails


def _photos(folder: Path) -> tuple[Picture, ...]:
    """A thousand names of twenty photos, with a sensor's noise, at a camera's quality."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(DISTINCT):
        small = rng.integers(0, 244, (HEIGHT // 100, WIDTH // 100, 3), dtype=np.uint8)
        pixels = np.asarray(cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
        grain = rng.integers(0, 12, pixels.shape, dtype=np.uint8)
        made.append(folder / f"{number}.jpeg")
        Image.fromarray(np.minimum(pixels, 243) + grain).save(made[-1], quality=92)
    shop = folder / "shop"
    shop.mkdir()
    for number, source in zip(range(PHOTOS), itertools.cycle(made)):
        os.link(source, shop / f"{number:04}.jpg")
    return listed([shop]).pictures


def _thumbnail_row(folder: Path) -> Row:
    pictures = _photos(folder)
    numbers = itertools.count()

    caches: list[ThumbnailCache] = []

    def ours() -> None:
        cache = ThumbnailCache(folder / f"{next(numbers)}.sqlite")
        maker = ThumbnailMaker(Decoder(decoders()), cache, lambda *_: None, decoders())
        maker.fill(pictures)
        while maker.left:
            threading.Event().wait(0.002)
        maker.close()
        caches.append(cache)

    result = paired(ours, lambda: [_pillow(one.path) for one in pictures], 2, warm=0)
    _check_thumbnails(pictures, caches[-1])
    row = result.row(f"thumbnails of {PHOTOS:,} photos of 2 megapixels", "Pillow")
    speed = PHOTOS / row["ours_ms"] * 1e3
    return row | {"note": f"{decoders()} processes, kept on the disk; {speed:.0f} a second"}


def _pillow(path: Path) -> bytes:
    with Image.open(path) as image:
        image.draft("RGB", (SIDE, SIDE))
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        image.save(file, "JPEG", quality=85)
    return file.getvalue()


def _check_thumbnails(pictures: tuple[Picture, ...], cache: ThumbnailCache) -> None:
    """All are there, and like the peer's."""
    for one in pictures:
        if not cache.has(one):
            raise AssertionError(f"{one.path.name} has no thumbnail")
    kept = cache.get(pictures[0])
    assert isinstance(kept, Thumbnail)
    mine = cv2.imdecode(np.frombuffer(kept.data, np.uint8), cv2.IMREAD_COLOR)
    data = np.frombuffer(_pillow(pictures[0].path), np.uint8)
    theirs = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if mine.shape != theirs.shape or float(cv2.absdiff(mine, theirs).mean()) > 3:
        raise AssertionError("the thumbnails differ")
    cache.close()


# Search


def _index(count: int) -> Index:
    """Random directions, a tenth of them twice with a little noise: as copies are."""
    rng = np.random.default_rng(1)
    features = rng.standard_normal((count, DIMENSIONS), np.float32)
    copies = count // 10
    noise = rng.standard_normal((copies, DIMENSIONS), np.float32)
    features[-copies:] = features[:copies] + 0.1 * noise
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    marks = rng.integers(0, 256, (count, 16, 16, 3), np.uint8)
    marks[-copies:] = marks[:copies]
    standings = np.full((count, 6), np.nan, np.float32)
    return Index(tuple(map(str, range(count))), features.astype(np.float16), marks, standings)


def _search_rows() -> list[Row]:
    index = _index(KNOWN)
    doubles = index.features.astype(np.float64)
    turn = itertools.count()

    def ours() -> list[int]:
        return [row for row, _ in nearest(index, next(turn) % KNOWN, NEAREST)]

    def peer() -> list[int]:
        query = doubles[next(turn) % KNOWN]
        distances = np.sqrt(((doubles - query) ** 2).sum(axis=1))
        return np.argsort(distances)[1 : NEAREST + 1].tolist()

    turn = itertools.count()
    mine = ours()
    turn = itertools.count()
    if mine[:20] != peer()[:20]:
        raise AssertionError("other pictures are the nearest")
    one = paired(ours, peer, 9).row(f"the {NEAREST} nearest of {KNOWN:,}", "numpy float64")
    few = _index(PAIRED)
    return [one | {"note": _at_many()}, _pairs_row(few, few.features.astype(np.float64))]


def _at_many() -> str:
    index = _index(MANY)
    took = min(seconds(lambda: nearest(index, 7, NEAREST)) for _ in range(3))
    return f"of {MANY:,}: {took * 1e3:.0f} ms, {index.features.nbytes / 1e6:.0f} MB"


def _pairs_row(index: Index, doubles: np.ndarray) -> Row:
    def peer() -> int:
        alike = 0
        for start in range(0, len(doubles), 1000):
            likeness = doubles[start : start + 1000] @ doubles.T
            alike += int((likeness >= SAME[1][1]).sum())
        return (alike - len(doubles)) // 2

    def ours() -> int:
        return len(found(index).same)

    if ours() != peer():
        raise AssertionError("other pictures are alike")
    result = paired(ours, peer, 1, warm=0)
    row = result.row(f"all that is there twice in {PAIRED:,}", "numpy float64")
    guess = row["ours_ms"] / 1e3 * (MANY / PAIRED) ** 2 / 60
    return row | {"note": f"with the square of the number: {guess:.1f} min for {MANY:,}"}


if __name__ == "__main__":
    print(as_json(rows()) if "--json" in sys.argv else table(rows()))
