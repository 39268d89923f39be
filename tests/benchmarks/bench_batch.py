# SPDX-License-Identifier: Apache-2.0
"""Cutting out a folder of 12-megapixel photos against rembg, with the same weights.

`python -m tests.benchmarks.bench_batch`. Each call is a whole program from its start to its end,
as a person types it; rembg from its own environment, `.venv-bench` (`make bench` makes it).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from prodedit.engine.service.store import Status, default_store
from tests.benchmarks.timing import as_json, paired, table
from tests.scenes import studio_scene

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / ".venv-bench" / "bin"
PICTURES = int(os.environ.get("PRODEDIT_BENCH_PICTURES", "6"))
PAIRS = int(os.environ.get("PRODEDIT_BENCH_PAIRS", "3"))
SIZE = (4000, 3000)
SCENES = (("mug", "sweep"), ("bottle", "wood"), ("carton", "cloth"), ("bear", "room"))
MOST_OFF = 2
"""Levels of 255 by which the alpha may differ from the peer's: rounding, no more."""
LARGEST = 1.25
"""How many times as large as the peer's our files may be."""
ON_WHITE = """
import sys
from pathlib import Path
from PIL import Image
from rembg import new_session, remove
session = new_session("u2net")
for path in sorted(Path(sys.argv[1]).iterdir()):
    cut = remove(Image.open(path), session=session)
    white = Image.new("RGBA", cut.size, (255, 255, 255, 255))
    white.alpha_composite(cut)
    target = Path(sys.argv[2]) / (path.stem + ".jpg")
    white.convert("RGB").save(target, quality=92, subsampling=0)
"""


def rows() -> list[Row]:
    """Nothing where the peer or the weights are not there."""
    if not (PEER / "rembg").exists():
        return []
    if default_store().state("u2net").status is Status.MISSING:
        return []
    with tempfile.TemporaryDirectory(prefix="prodedit-bench-") as name:
        folder = Path(name)
        make_photos(folder / "in")
        return [*_png_rows(folder), _jpeg_row(folder)]


def make_photos(folder: Path) -> None:
    """Rendered products as a telephone takes them: 12 megapixels, a sensor's noise, JPEG."""
    folder.mkdir()
    for number in range(PICTURES):
        thing, ground = SCENES[number % len(SCENES)]
        small = studio_scene(thing, ground, (1000, 750), number)[0]
        picture = cv2.resize(small, SIZE, interpolation=cv2.INTER_CUBIC).astype(np.int16)
        noise = np.random.default_rng(number).normal(0, 3, (SIZE[1], SIZE[0], 1))
        noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
        Image.fromarray(noisy).save(folder / f"{number}-{thing}.jpg", quality=92)


def _png_rows(folder: Path) -> list[Row]:
    peer = _rembg(folder, "png-peer")
    plain = _ours(folder, "png", "--no-refine")
    fine = _ours(folder, "png-fine")
    result = paired(plain, peer, PAIRS, warm=0)
    off, larger = _alpha_off(folder), _larger(folder, "png")
    row = _row(result, "batch cut-out to PNG, U²-Net", 3.0)
    row["reached"] = row["reached"] and off <= MOST_OFF and larger <= LARGEST
    row["note"] = f"alpha off by {off}, files {larger:.2f}x"
    refined = _row(paired(fine, peer, 1, warm=0), "the same with the edge refined", None)
    return [row, refined | {"note": f"files {_larger(folder, 'png', 'png-fine'):.2f}x"}]


def _jpeg_row(folder: Path) -> Row:
    plain = _ours(folder, "jpg", "--no-refine", "--format", "jpeg", "--quality", "92")
    peer = _program(folder, "jpg-peer", str(PEER / "python"), "-c", ON_WHITE)
    row = _row(paired(plain, peer, PAIRS, warm=0), "batch cut-out to JPEG on white, U²-Net", 1.5)
    larger = _larger(folder, "jpg")
    row["reached"] = row["reached"] and larger <= LARGEST
    return row | {"note": f"files {larger:.2f}x"}


def _row(result: Any, name: str, target: float | None) -> Row:
    return result.row(f"{name}, {PICTURES} x 12 MP", "rembg", target)


def _ours(folder: Path, place: str, *words: str) -> Callable[[], object]:
    out = folder / place
    start = (sys.executable, "-m", "prodedit", "cutout", str(folder / "in"), "-o", str(out))
    return lambda: _run((*start, "--model", "u2net", *words))


def _rembg(folder: Path, place: str) -> Callable[[], object]:
    return _program(folder, place, str(PEER / "rembg"), "p", "-m", "u2net")


def _program(folder: Path, place: str, *words: str) -> Callable[[], object]:
    out = folder / place

    def call() -> None:
        shutil.rmtree(out, ignore_errors=True)  # rembg passes over what is there
        out.mkdir()
        _run((*words, str(folder / "in"), str(out)))

    return call


def _run(command: tuple[str, ...]) -> None:
    weights = str(default_store().folder / "u2net")
    environment = {**os.environ, "U2NET_HOME": weights}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)


def _alpha_off(folder: Path) -> int:
    """The largest difference over all pictures, in levels of 255."""
    worst = 0
    for path in sorted((folder / "png").iterdir()):
        ours, theirs = (np.asarray(Image.open(p)) for p in (path, folder / "png-peer" / path.name))
        worst = max(worst, int(cv2.absdiff(_alpha(ours), _alpha(theirs)).max()))
    return worst


def _alpha(rgba: Any) -> Any:
    return np.ascontiguousarray(rgba[..., 3])


def _larger(folder: Path, place: str, ours: str = "") -> float:
    mine, theirs = (
        sum(path.stat().st_size for path in (folder / name).iterdir())
        for name in (ours or place, f"{place}-peer")
    )
    return mine / theirs


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
