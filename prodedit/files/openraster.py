# SPDX-License-Identifier: Apache-2.0
"""The project file: OpenRaster for everybody, with all that ProdEdit knows beside it.

mimetype, stack.xml, data/*.png, mergedimage.png and Thumbnails/thumbnail.png are as the OpenRaster
specification asks. prodedit/ holds document.json (the layers in full), the pixels others don't see,
a preview, and sums.json: which bytes the shared members had, so that a change by another program
is noticed. Everything is stored, not packed again, and document.json comes before the pixels: a
file that was cut still gives up its whole layers.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.core.serial import describe
from prodedit.files.atomic import write_atomic
from prodedit.files.openraster_pictures import Encoder, Preview, thumbnail, whole
from prodedit.files.openraster_plan import Bake, Contents, Plan
from prodedit.files.openraster_xml import read_stack, write_stack
from prodedit.files.openraster_zip import Members
from prodedit.files.operating_system import OperatingSystem
from prodedit.files.strip_index import Head, index_of

__all__ = ["Bake", "Saved", "save"]

Pixels = NDArray[np.uint8]

MIMETYPE = b"image/openraster"
DOCUMENT = "prodedit/document.json"
SUMS = "prodedit/sums.json"
PREVIEW = "prodedit/preview.png"
MERGED = "mergedimage.png"
THUMBNAIL = "Thumbnails/thumbnail.png"
STACK = "stack.xml"
Stamp = tuple[int, int, int]
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""No dates inside files: the same document gives the same bytes."""


@dataclass(frozen=True)
class Saved:
    """What is on the disk: hand it to the next `save`, which then writes only what changed.

    unshared: names of layers whose mode other programs show right but cannot change.
    """

    path: Path
    stamp: Stamp
    contents: Contents
    preview: Pixels
    unshared: tuple[str, ...] = ()


def save(
    document: Document,
    path: Path,
    bake: Bake,
    *,
    last: Saved | None = None,
    system: OperatingSystem | None = None,
    keep_previous: int = 0,
    guard: Callable[[], None] | None = None,
) -> Saved:
    """Write `document` to `path`: whole and checked, or the old file stays and a Problem is raised.

    `last` is what an earlier `save` or `load` returned: strips whose blocks are the same objects
    are copied from that file, if it still is the one it was. `guard` is called before the work and
    just before the new file takes its place: where it raises Problem, the old file stays.
    """
    if guard is not None:
        guard()
    last = last if last is not None and stamp_of(last.path) == last.stamp else None
    writing = _Writing(document, bake, last)
    write_atomic(
        path,
        writing.write,
        verify=partial(_verified, writing, guard),
        keep_previous=keep_previous,
        system=system or OperatingSystem(),
    )
    return writing.saved(path)


def _verified(writing: _Writing, guard: Callable[[], None] | None, path: Path) -> None:
    writing.verify(path)
    if guard is not None:
        guard()


class _Writing:
    """One save: the plan, and what was found when the file was read again."""

    def __init__(self, document: Document, bake: Bake, last: Saved | None) -> None:
        self._document = document
        self._last = last
        self._plan = Plan(document, bake, None if last is None else last.contents)
        same_size = last is not None and last.contents.document.size == document.size
        small = last.preview if last is not None and same_size else None
        self._preview = Preview(document.size, small)
        self._heads: dict[str, Head] = {}

    def write(self, stream: IO[bytes]) -> None:
        workers = max(1, min(8, os.cpu_count() or 1))
        old = None if self._last is None else _opened(self._last.path)
        try:
            with ThreadPoolExecutor(workers, "save") as pool:
                encoder = Encoder(pool, workers, old)
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
                    self._write_members(archive, encoder)
        finally:
            if old is not None:
                old.close()  # before the new file takes its place: Windows insists

    def verify(self, path: Path) -> None:
        """Every member against its CRC, every layer there. Raises ValueError where it is not so."""
        with Members(path) as members:
            stack = read_stack(members.text(STACK) or b"")
            written = len(list(self._plan.stack.walk()))
            if stack is None or len(list(stack.walk())) != written:
                raise ValueError("the layers are not those that were written")
            self._heads = dict(_checked(members))
        expected = {raster.name for raster in self._plan.rasters}
        if missing := expected - self._heads.keys():
            raise ValueError(f"{sorted(missing)} are missing")

    def saved(self, path: Path) -> Saved:
        plan = self._plan
        contents = Contents(self._document, plan.tiles, plan.baked, self._heads)
        pixels, unshared = self._preview.pixels, tuple(plan.unshared)
        return Saved(path, stamp_of(path) or (0, 0, 0), contents, pixels, unshared)

    def _write_members(self, archive: zipfile.ZipFile, encoder: Encoder) -> None:
        plan = self._plan
        _put(archive, "mimetype", [MIMETYPE])
        _put(archive, STACK, [write_stack(plan.stack)])
        data = describe(self._document, plan.name_of)
        # ASCII alone: names of files may hold bytes that are no text, which UTF-8 refuses.
        _put(archive, DOCUMENT, [json.dumps(data).encode()])
        for raster in plan.rasters:
            _put(archive, raster.name, encoder.png(raster))
        merged = plan.merged()
        if not self._preview.is_patched:
            merged = replace(merged, kept=None)
        _put(archive, MERGED, encoder.png(merged, self._preview))
        small = self._preview.pixels
        _put(archive, PREVIEW, encoder.png(whole(PREVIEW, small)))
        _put(archive, THUMBNAIL, encoder.png(whole(THUMBNAIL, thumbnail(small))))
        _put(archive, SUMS, [json.dumps(_sums(archive, plan.shown)).encode()])


def _opened(path: Path) -> Members | None:
    """The old file; None where nothing can be copied from it any more."""
    try:
        return Members(path)
    except (OSError, Problem):
        return None


def stamp_of(path: Path) -> Stamp | None:
    """Tells a file from one that took its place; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _put(archive: zipfile.ZipFile, name: str, parts: list[bytes]) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.file_size = sum(len(part) for part in parts)
    info.external_attr = 0o644 << 16
    with archive.open(info, "w") as member:
        for part in parts:
            member.write(part)


def _sums(archive: zipfile.ZipFile, shown: dict[str, list[str]]) -> dict[str, object]:
    """CRC-32 and length of what other programs may change, and which layers show each picture."""
    shared = [info for info in archive.infolist() if not info.filename.startswith("prodedit/")]
    sums = {info.filename: [info.CRC, info.file_size] for info in shared}
    return {"sums": sums, "layers": shown}


def _checked(members: Members) -> Iterator[tuple[str, Head]]:
    """The strips of each picture, once its bytes are known to be those that were written."""
    for name in members.names:
        data = members.text(name, most=1 << 40)
        if data is None:
            raise ValueError(f"{name} is damaged")
        if name.endswith(".png"):
            index = index_of(data)
            if index is None or not index.is_whole:
                raise ValueError(f"{name} is not whole")
            yield name, Head(index.size, index.kind)
