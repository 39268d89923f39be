# SPDX-License-Identifier: Apache-2.0
"""A recipe on a folder of 12-megapixel photos, against rembg with Pillow, and without a network
against pyvips; and whether memory stays flat over many pictures.

`python -m tests.benchmarks.bench_recipes`. Each call is a whole program from its start to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.engine.recipe import Recipe, to_bytes
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.tasks import RemoveBackground
from tests import batches
from tests.benchmarks.bench_batch import PAIRS, PEER, PICTURES, ROOT, make_photos
from tests.benchmarks.timing import as_json, paired, table

Row = dict[str, Any]

FEW, MANY = 500, 2000
"""Small pictures of the two batches whose memory is compared. (The first few hundred fill what the
allocator keeps: 135 MB after 250, 150 after 750, 157 after 2,000, 142 after 2,800.)"""
MOST_OFF = 3.0
"""Levels by which the pictures may differ on the average: the peers' filters are others."""
WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))
JPEG = ExportSetting("jpeg", 92)
SQUARE = Recipe(
    "Square",
    (
        RemoveBackground("u2net", refine=False),
        WHITE,
        edits.FrameProduct(PHOTO, 1, 1, 0.85),
        edits.ResizeImage(Size(2000, 2000)),
    ),
    JPEG,
)
PADDED = Recipe(
    "Padded",
    (edits.ResizeImage(Size(2000, 1500)), edits.CropCanvas(Rect(0, -250, 2000, 2000))),
    JPEG,
)
SQUARE_PEER = """
import sys
from pathlib import Path
from PIL import Image
from rembg import new_session, remove
session = new_session("u2net")
for path in sorted(Path(sys.argv[1]).iterdir()):
    cut = remove(Image.open(path), session=session)
    left, top, right, bottom = cut.getchannel("A").point(lambda a: 255 * (a >= 128)).getbbox()
    side = round(max(right - left, bottom - top) / 0.85)
    white = Image.new("RGB", (side, side), "white")
    place = ((side - left - right) // 2, (side - top - bottom) // 2)
    white.paste(cut, place, cut)
    white = white.resize((2000, 2000), Image.Resampling.LANCZOS)
    white.save(Path(sys.argv[2]) / (path.stem + ".jpg"), quality=92, subsampling=0)
"""
PADDED_PEER = """
import sys
from pathlib import Path
import pyvips
for path in sorted(Path(sys.argv[1]).iterdir()):
    small = pyvips.Image.thumbnail(str(path), 2000)
    white = small.gravity("centre", 2000, 2000, extend="background", background=[255, 255, 255])
    target = Path(sys.argv[2]) / (path.stem + ".jpg")
    white.jpegsave(str(target), Q=92, subsample_mode="off", keep="none")
"""


def rows() -> list[Row]:
    """Without a row where its peer or the weights are not there."""
    with tempfile.TemporaryDirectory(prefix="prodedit-bench-") as name:
        folder = Path(name)
        make_photos(folder / "in")
        return [*_square_rows(folder), *_padded_rows(folder), _memory_row(folder)]


def _square_rows(folder: Path) -> list[Row]:
    missing = default_store().state("u2net").status is Status.MISSING
    if missing or not (PEER / "rembg").exists():
        return []
    peer = _program(folder, "square-peer", str(PEER / "python"), "-c", SQUARE_PEER)
    name = f"recipe: cut out, white, 2000², JPEG, {PICTURES} x 12 MP"
    return [_compared(folder, "square", SQUARE, peer, name, "rembg+Pillow", 1.5)]


def _padded_rows(folder: Path) -> list[Row]:
    try:
        import pyvips  # noqa: F401
    except ImportError:
        return []
    peer = _program(folder, "padded-peer", sys.executable, "-c", PADDED_PEER)
    name = f"recipe: 2000², padded white, JPEG, {PICTURES} x 12 MP"
    return [_compared(folder, "padded", PADDED, peer, name, "pyvips", 0.9)]


def _compared(
    folder: Path,
    place: str,
    recipe: Recipe,
    peer: Callable[[], object],
    name: str,
    who: str,
    target: float,
) -> Row:
    result = paired(_ours(folder, place, recipe), peer, PAIRS, warm=0)
    off = _off(folder, place)
    row = result.row(name, who, target, note=f"pictures differ by {off:.2f} levels")
    row["reached"] = row["reached"] and off <= MOST_OFF
    return row


def _ours(folder: Path, place: str, recipe: Recipe) -> Callable[[], object]:
    file = folder / f"{place}.json"
    file.write_bytes(to_bytes(recipe))
    words = (sys.executable, "-m", "prodedit", "batch", str(folder / "in"))
    return lambda: _run((*words, "-o", str(folder / place), "--recipe", str(file)))


def _program(folder: Path, place: str, *words: str) -> Callable[[], object]:
    out = folder / place
    out.mkdir()
    return lambda: _run((*words, str(folder / "in"), str(out)))


def _run(command: tuple[str, ...]) -> None:
    environment = {**os.environ, "U2NET_HOME": str(default_store().folder / "u2net")}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)


def _off(folder: Path, place: str) -> float:
    """Mean difference of the worst picture, in levels."""
    worst = 0.0
    for path in sorted((folder / place).glob("*.jpg")):
        ours, theirs = (
            np.asarray(Image.open(p), np.int16)
            for p in (path, folder / f"{place}-peer" / path.name)
        )
        worst = max(worst, float(np.abs(ours - theirs).mean()))
    return worst


def _memory_row(folder: Path) -> Row:
    """Of the program that runs the batch, at its peak; without networks, as they are elsewhere."""
    few, many = (_peak(folder, count) / 1e6 for count in (FEW, MANY))
    return {
        "name": f"peak memory of a batch (MB), {MANY} and {FEW}",
        "peer": f"{FEW} pictures",
        "ours_ms": many,
        "peer_ms": few,
        "ratio": few / many,
        "target": 0.9,
        "reached": few / many >= 0.9,
    }


def _peak(folder: Path, count: int) -> int:
    """Bytes."""
    source, recipe = folder / f"small-{count}", folder / "small.json"
    recipe.write_bytes(to_bytes(Recipe("White", (RemoveBackground(), WHITE), JPEG)))
    first = batches.picture(source / "0000.png")
    for number in range(1, count):
        (source / f"{number:04}.png").hardlink_to(first)
    words = batches.words(
        "quick", "batch", source, "-o", folder / f"made-{count}", "--recipe", recipe
    )
    program = subprocess.Popen(words, cwd=ROOT)
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode or len(list((folder / f"made-{count}").glob("*.jpg"))) != count:
        raise RuntimeError(f"the batch of {count} pictures failed")
    return used.ru_maxrss * 1024


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
